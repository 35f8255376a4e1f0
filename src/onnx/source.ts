// Where the bytes of a model come from: a reader of ranges that is handed in. Files of many gigabytes are mostly weights,
// and the skimmer jumps over them, so nobody ever holds a whole file. File handles are the business of editor and cli.

/** Random access to the bytes of a file. */
export interface ByteSource {
  readonly size: number;
  /** The bytes [offset, offset + length); fewer only where the file ends before. */
  read(offset: number, length: number): Uint8Array;
}

/** A source over bytes that are in memory already. */
export const memorySource = (bytes: Uint8Array): ByteSource => ({
  size: bytes.length,
  read: (offset, length) => bytes.subarray(offset, Math.min(offset + length, bytes.length)),
});
