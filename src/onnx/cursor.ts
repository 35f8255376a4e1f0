// Reads the protobuf wire format forwards from a ByteSource, through one window of bytes that moves along. Whatever is
// skipped is not read. Groups (wire types 3 and 4) are refused: no ONNX message has them.

import { refuse } from './onnx-error';
import type { ByteSource } from './source';
import { readable } from './text';

const WINDOW = 1 << 16;

export const WIRE = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;

/** The number and wire type of a field. */
export interface Tag {
  readonly field: number;
  readonly wire: number;
}

export class Cursor {
  private window: Uint8Array = new Uint8Array(0);
  private start = 0;
  /** Offset of the next byte. */
  position = 0;

  constructor(private readonly source: ByteSource) {}

  get size(): number {
    return this.source.size;
  }

  byte(): number {
    const index = this.position - this.start;
    if (index < 0 || index >= this.window.length) return this.refill();
    this.position++;
    return this.window[index] as number;
  }

  private refill(): number {
    this.fill();
    return this.byte();
  }

  private fill(): void {
    if (this.position >= this.source.size) this.cutShort();
    this.window = readable(
      this.source.read(this.position, Math.min(WINDOW, this.source.size - this.position)),
    );
    this.start = this.position;
    if (this.window.length === 0) this.cutShort();
  }

  /** A varint as a number: exact up to 2^53, approximate above. */
  varint(): number {
    const first = this.byte();
    return first < 0x80 ? first : this.longVarint(first - 0x80);
  }

  private longVarint(lowest: number): number {
    let value = lowest;
    for (let shift = 7; shift < 70; shift += 7) {
      const byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
    return refuse(
      `This file is damaged, or no ONNX model: a number at byte ${this.position - 10} has no end; export or download it again.`,
    );
  }

  tag(): Tag {
    const value = this.varint();
    return { field: Math.floor(value / 8), wire: value % 8 };
  }

  /** The next bytes, copied. */
  bytes(length: number): Uint8Array {
    const index = this.position - this.start;
    const inWindow = index >= 0 && index + length <= this.window.length;
    const found = inWindow
      ? new Uint8Array(this.window.subarray(index, index + length))
      : this.source.read(this.position, length);
    if (found.length < length) this.cutShort();
    this.position += length;
    return found;
  }

  /** Hands the next bytes on, a window at a time, without a copy in between. */
  pass(length: number, take: (bytes: Uint8Array, from: number, to: number) => void): void {
    for (let rest = length; rest > 0; ) {
      const index = this.position - this.start;
      if (index < 0 || index >= this.window.length) this.fill();
      const from = this.position - this.start;
      const part = Math.min(rest, this.window.length - from);
      take(this.window, from, from + part);
      this.position += part;
      rest -= part;
    }
  }

  /** What is made of the next bytes, which are handed over in one piece. */
  take<T>(length: number, make: (bytes: Uint8Array, from: number, to: number) => T): T {
    const index = this.position - this.start;
    if (index < 0 || index + length > this.window.length) return make(this.bytes(length), 0, length);
    this.position += length;
    return make(this.window, index, index + length);
  }

  skip(length: number): void {
    this.position += length;
    if (this.position > this.source.size) this.cutShort();
  }

  /** Skips a field's value; gives the bytes it takes. */
  skipValue(wire: number): number {
    const before = this.position;
    if (wire === WIRE.varint) this.varint();
    else if (wire === WIRE.fixed64) this.skip(8);
    else if (wire === WIRE.fixed32) this.skip(4);
    else this.skip(this.varint());
    return this.position - before;
  }

  cutShort(): never {
    return refuse(
      `This file is cut short: it ends at byte ${this.source.size} in the middle of the model; download or export it again.`,
    );
  }
}
