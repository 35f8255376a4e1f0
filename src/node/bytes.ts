// Byte ranges of a file through Node, for files that are too large to be read whole.

import fs from 'node:fs';

/** Random access to a file's bytes; the shape of src/onnx/source.ts. Close it when it is done with. */
export interface FileBytes {
  readonly size: number;
  read(offset: number, length: number): Uint8Array;
  close(): void;
}

/** Throws Node's error where the file cannot be opened. */
export function openBytes(path: string): FileBytes {
  const handle = fs.openSync(path, 'r');
  const { size } = fs.fstatSync(handle);
  return {
    size,
    read(offset, length) {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
      const got = fs.readSync(handle, bytes, 0, bytes.length, offset);
      return bytes.subarray(0, got);
    },
    close: () => fs.closeSync(handle),
  };
}
