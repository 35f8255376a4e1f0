// Payloads beside the model: the file names where they lie, and that name is only ever shown. A name that leads out of the
// model's folder is refused all the same, because whoever loads the model later would follow it.

import { quoted, refuse } from './onnx-error';

/** Whether a relative path climbs out of its folder. */
function climbs(path: string): boolean {
  let depth = 0;
  for (const part of path.split(/[\\/]+/)) {
    if (part === '..') depth--;
    else if (part !== '.' && part !== '') depth++;
    if (depth < 0) return true;
  }
  return false;
}

const isAbsolute = (path: string): boolean => /^([\\/~]|[A-Za-z]:|[a-z][a-z0-9+.-]*:\/\/)/.test(path);

/** Refuses a location of external data that leaves the model's folder. */
export function checkLocation(location: string, tensor: string): void {
  if (isAbsolute(location) || climbs(location) || location.includes('\0'))
    refuse(
      `The weights ${quoted(tensor)} are said to lie outside of the model's folder, at ${quoted(location)}; do not trust this file, and export the model again.`,
    );
}
