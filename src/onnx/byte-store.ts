// Bytes that are kept one behind the other, as names and small payloads are: a graph has too many for an array of each.

import { readable } from './text';

export class ByteStore {
  /** Longer than what is kept. */
  bytes = readable(new Uint8Array(1 << 12));
  length = 0;

  /** Keeps a part of these bytes; gives where it begins. */
  add(from: Uint8Array, start: number, end: number): number {
    const at = this.length;
    this.length += end - start;
    if (this.length > this.bytes.length) this.grow();
    const { bytes } = this;
    for (let i = start, to = at; i < end; i++, to++) bytes[to] = from[i] as number;
    return at;
  }

  private grow(): void {
    const longer = readable(new Uint8Array(this.length * 2));
    longer.set(this.bytes);
    this.bytes = longer;
  }
}
