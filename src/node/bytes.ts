// Byte ranges of a file through Node, for files that are too large to be read whole.

import fs from 'node:fs';
import path from 'node:path';
import { UnreadableFile } from '../base/files';

/** Random access to a file's bytes; the shape of src/onnx/source.ts. Close it when it is done with. */
export interface FileBytes {
  readonly size: number;
  read(offset: number, length: number): Uint8Array;
  /** What stands under a relative name in the file's folder; nothing is opened, and no link is followed out of it. */
  beside(name: string): 'there' | 'missing' | 'outside';
  close(): void;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'you may not read it; ask for its permission to be changed',
  EIO: 'the disk gives an error; copy or download it again',
  ENOENT: 'it is not there (any more)',
  EPERM: 'you may not read it; ask for its permission to be changed',
};

/** Throws UnreadableFile where the file cannot be opened. */
export function openBytes(file: string): FileBytes {
  const handle = tried(() => openRegular(file));
  const { size } = fs.fstatSync(handle);
  return {
    size,
    read: (offset, length) =>
      tried(() => readAll(handle, offset, Math.max(0, Math.min(length, size - offset)))),
    beside: (name) => besideFile(path.dirname(file), name),
    close: () => fs.closeSync(handle),
  };
}

/** Opening a pipe would wait for somebody to write into it. */
function openRegular(file: string): number {
  if (!fs.statSync(file).isFile())
    throw new UnreadableFile('This is no file with contents, but a folder, a pipe or a device.');
  return fs.openSync(file, 'r');
}

function besideFile(folder: string, name: string): ReturnType<FileBytes['beside']> {
  try {
    const within = path.relative(fs.realpathSync(folder), fs.realpathSync(path.join(folder, name)));
    return within.startsWith('..') || path.isAbsolute(within) ? 'outside' : 'there';
  } catch {
    return 'missing';
  }
}

function readAll(handle: number, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let got = 0;
  while (got < length) {
    const more = fs.readSync(handle, bytes, got, length - got, offset + got);
    if (more === 0) break;
    got += more;
  }
  return bytes.subarray(0, got);
}

function tried<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    const code = String(error.code);
    throw new UnreadableFile(`This file cannot be read: ${REASONS[code] ?? `the system says ${code}`}.`);
  }
}
