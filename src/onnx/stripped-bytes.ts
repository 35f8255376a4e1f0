// A growing buffer of protobuf fields. The length of a nested message is not known when it begins, so five bytes are kept
// free for it and filled in when it ends (a varint may carry leading zeros).

import { refuse } from './onnx-error';

const LIMIT = 256 * 1024 * 1024;
const LENGTH_BYTES = 5;

export class StrippedBytes {
  private buffer = new Uint8Array(1 << 16);
  length = 0;
  /** Bytes that were taken away, or are kept elsewhere. */
  kept = 0;

  byte(value: number): void {
    this.reserve(1);
    this.buffer[this.length++] = value;
  }

  write(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.buffer.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** A part of these bytes, copied. */
  readonly append = (bytes: Uint8Array, from: number, to: number): void => {
    const count = to - from;
    this.reserve(count);
    const { buffer, length } = this;
    // a loop is faster than a view and its copy for what is as short as names are
    if (count > 64) buffer.set(bytes.subarray(from, to), length);
    else for (let i = 0; i < count; i++) buffer[length + i] = bytes[from + i] as number;
    this.length += count;
  };

  varint(value: number): void {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.byte((rest % 0x80) | 0x80);
    this.byte(rest);
  }

  tag(field: number, wire: number): void {
    this.varint(field * 8 + wire);
  }

  /** Begins a nested message; the function that comes back ends it. */
  open(): () => void {
    const at = this.length;
    this.reserve(LENGTH_BYTES);
    this.length += LENGTH_BYTES;
    return () => this.patch(at, this.length - at - LENGTH_BYTES);
  }

  private patch(at: number, length: number): void {
    let rest = length;
    for (let i = 0; i < LENGTH_BYTES; i++) {
      this.buffer[at + i] = (rest & 0x7f) | (i < LENGTH_BYTES - 1 ? 0x80 : 0);
      rest = Math.floor(rest / 0x80);
    }
  }

  /** Takes away what was written since this length. */
  cut(start: number): Uint8Array {
    const bytes = this.buffer.slice(start, this.length);
    this.kept += bytes.length;
    this.length = start;
    return bytes;
  }

  /** What is made of what was written since this length, which is not kept. */
  use<T>(start: number, make: (bytes: Uint8Array) => T): T {
    const made = make(this.buffer.subarray(start, this.length));
    this.kept += this.length - start;
    this.length = start;
    return made;
  }

  /** Counts bytes that are kept elsewhere. */
  count(bytes: number): void {
    this.kept += bytes;
    this.reserve(0);
  }

  finish(): Uint8Array {
    return this.buffer.subarray(0, this.length);
  }

  private reserve(count: number): void {
    const needed = this.length + count;
    if (needed <= this.buffer.length && needed + this.kept <= LIMIT) return;
    if (needed + this.kept > LIMIT)
      refuse(
        `This file describes a graph of more than ${LIMIT >> 20} MiB without its weights, which is more than this tool reads; it may be damaged.`,
      );
    const grown = new Uint8Array(Math.min(Math.max(needed, this.buffer.length * 2), LIMIT));
    grown.set(this.buffer.subarray(0, this.length));
    this.buffer = grown;
  }
}
