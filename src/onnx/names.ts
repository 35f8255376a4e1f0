// Names of values as numbers. A graph has hundreds of thousands of them, each stands in the file several times, and few are
// ever shown: their bytes are kept once, one behind the other, and become text where somebody asks.

import { ByteStore } from './byte-store';
import { textAt } from './text';

/** The number of the empty name: an input or output that is left out. */
export const NO_NAME = 0;

const encoder = new TextEncoder();

export class Names {
  private readonly texts = new ByteStore();
  /** Where each name ends; it begins where the one before ends. */
  private ends = new Uint32Array(1 << 8);
  private hashes = new Uint32Array(1 << 8);
  /** Numbers in the place of their hash, or in the next free one; 0 is a free one. At least half are free. */
  private table = new Uint32Array(1 << 9);
  private count = 1;
  /** Where hashes begin: another one each time, so that no file can be made whose names all fall into one place. */
  private readonly seed = (Math.random() * 2 ** 32) | 0;

  /** Numbers of names are less than this. */
  get size(): number {
    return this.count;
  }

  text(name: number): string {
    return name === NO_NAME ? '' : textAt(this.texts.bytes, this.startOf(name), this.ends[name] as number);
  }

  /** The number of a name that is given as text. */
  of(text: string): number {
    return this.clean(encoder.encode(text));
  }

  /** The number of the name that stands in these bytes. */
  readonly at = (bytes: Uint8Array, from: number, to: number): number => {
    if (from === to) return NO_NAME;
    let hash = this.seed;
    for (let i = from; i < to; i++) {
      const byte = bytes[i] as number;
      // bytes that are no UTF-8 have the number of the text that is made of them
      if (byte >= 0x80) return this.of(textAt(bytes, from, to));
      hash = hashed(hash, byte);
    }
    return this.find(hash, bytes, from, to);
  };

  private clean(bytes: Uint8Array): number {
    if (bytes.length === 0) return NO_NAME;
    return this.find(bytes.reduce(hashed, this.seed), bytes, 0, bytes.length);
  }

  private find(hash: number, bytes: Uint8Array, from: number, to: number): number {
    const mask = this.table.length - 1;
    let place = placeOf(hash, mask);
    for (let name = this.table[place] as number; name !== 0; name = this.table[place] as number) {
      if (this.isAt(name, bytes, from, to)) return name;
      place = (place + 1) & mask;
    }
    return this.add(hash, bytes, from, to);
  }

  private isAt(name: number, bytes: Uint8Array, from: number, to: number): boolean {
    const start = this.startOf(name);
    if ((this.ends[name] as number) - start !== to - from) return false;
    const known = this.texts.bytes;
    for (let i = from, at = start; i < to; i++, at++) if (bytes[i] !== known[at]) return false;
    return true;
  }

  private startOf(name: number): number {
    return this.ends[name - 1] as number;
  }

  private add(hash: number, bytes: Uint8Array, from: number, to: number): number {
    const name = this.count++;
    if (name === this.ends.length) this.grow();
    this.ends[name] = this.texts.add(bytes, from, to) + to - from;
    this.hashes[name] = hash;
    this.place(name);
    return name;
  }

  private place(name: number): void {
    const mask = this.table.length - 1;
    let place = placeOf(this.hashes[name] as number, mask);
    while (this.table[place] !== 0) place = (place + 1) & mask;
    this.table[place] = name;
  }

  /** Makes room for as many names again. */
  private grow(): void {
    const { length } = this.ends;
    this.ends = longer(this.ends);
    this.hashes = longer(this.hashes);
    this.table = new Uint32Array(length * 4);
    for (let name = 1; name < length; name++) this.place(name);
  }
}

const hashed = (hash: number, byte: number): number => Math.imul(hash ^ byte, 0x01000193);

/** The upper bits of a hash are the better mixed ones. */
const placeOf = (hash: number, mask: number): number => (hash ^ (hash >>> 15)) & mask;

function longer(from: Uint32Array) {
  const to = new Uint32Array(from.length * 2);
  to.set(from);
  return to;
}

/** So many names, and so large a part of all, get a column: it is as long as all names together. */
const MANY = 1024;
const LARGE_PART = 1 / 16;

/** Something for each of some names: a map of a few, as bodies of loops have, or a column. */
export class NameTable<T> {
  private readonly few = new Map<number, T>();
  private column: (T | undefined)[] | undefined;

  constructor(private readonly names: Names) {}

  get(name: number): T | undefined {
    return this.column === undefined ? this.few.get(name) : this.column[name];
  }

  set(name: number, item: T): void {
    if (this.column !== undefined) this.column[name] = item;
    else if (this.few.size < Math.max(MANY, this.names.size * LARGE_PART)) this.few.set(name, item);
    else this.spread(name, item);
  }

  private spread(name: number, item: T): void {
    this.column = new Array<T | undefined>(this.names.size);
    for (const [one, its] of this.few) this.column[one] = its;
    this.column[name] = item;
    this.few.clear();
  }

  /** All names that have something. */
  *entries(): Iterable<[number, T]> {
    if (this.column === undefined) yield* this.few;
    else for (const [name, item] of this.column.entries()) if (item !== undefined) yield [name, item];
  }
}
