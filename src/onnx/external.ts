// Payloads beside the model: the file names where they lie, and that name is only ever shown. A name that leads out of the
// model's folder is refused all the same, because whoever loads the model later would follow it. Where it can be seen what
// stands at that name, a file that is missing or a link that leads out of the folder is told.

import type { ModelRecord } from './model';
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

/** What stands at a name in the model's folder. */
export type Beside = 'there' | 'missing' | 'outside';

/** Names of the files that hold a model's weights. */
export const locationsOf = ({ graph }: ModelRecord): readonly string[] => [
  ...new Set(graph.initializers.flatMap(({ location }) => location ?? [])),
];

/** Sentences on weights that whoever loads the model will not find, or find elsewhere; the price does not need them. */
export function locationNotes(model: ModelRecord, look: (location: string) => Beside): string[] {
  return locationsOf(model).flatMap((location) => {
    const found = look(location);
    if (found === 'missing')
      return `The weights of this model lie in ${quoted(location)}, which is not beside it: the price is right, but to run the model copy that file too.`;
    return found === 'outside'
      ? `The weights of this model lie in ${quoted(location)}, a link that leads out of the model's folder; it was not followed, and should not be where the file comes from others.`
      : [];
  });
}
