// Bytes of UTF-8 as text. Buffers of Node.js do it faster, so bytes are seen as such where there are any.

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });
const hasBuffers = typeof Buffer !== 'undefined';

/** The same bytes, as they are read fastest. */
export const readable = (bytes: Uint8Array): Uint8Array =>
  hasBuffers ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : bytes;

/** A part of these bytes as text. */
export const textAt = (bytes: Uint8Array, from: number, to: number): string =>
  hasBuffers && bytes instanceof Buffer
    ? bytes.toString('utf8', from, to)
    : utf8.decode(bytes.subarray(from, to));
