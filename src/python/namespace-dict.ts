// A dict that is the variables of a module or the attributes of an object, as globals() and vars() give it: what is
// written to the one is seen in the other.

import { type Key, type Namespace, PyDict, type Value } from './values';

type Entry = [Value, Value];

/** Reads and writes a namespace as if it were a dict's entries. */
class LiveEntries extends Map<Key, Entry> {
  constructor(
    private readonly names: Namespace,
    private readonly read: (name: string) => Value | undefined,
  ) {
    super();
  }

  override get size(): number {
    return this.names.size;
  }

  override has(key: Key): boolean {
    return this.get(key) !== undefined;
  }

  override get(key: Key): Entry | undefined {
    const value = typeof key === 'string' ? this.read(key) : undefined;
    return value === undefined ? undefined : [key as string, value];
  }

  override set(key: Key, entry: Entry): this {
    if (typeof key === 'string') this.names.set(key, entry[1]);
    return this;
  }

  override delete(key: Key): boolean {
    return typeof key === 'string' && this.names.delete(key);
  }

  override clear(): void {
    this.names.clear();
  }

  override forEach(take: (entry: Entry, key: Key, map: Map<Key, Entry>) => void): void {
    for (const [key, entry] of this) take(entry, key, this);
  }

  override *entries(): MapIterator<[Key, Entry]> {
    for (const [name, value] of [...this.names]) yield [name, [name, value]];
    return undefined;
  }

  override *keys(): MapIterator<Key> {
    yield* [...this.names.keys()];
    return undefined;
  }

  override *values(): MapIterator<Entry> {
    for (const [, entry] of this.entries()) yield entry;
    return undefined;
  }

  override [Symbol.iterator](): MapIterator<[Key, Entry]> {
    return this.entries();
  }
}

/** A dict over a namespace; `read` finds names that are not in it yet. */
export function namespaceDict(
  names: Namespace,
  read: (name: string) => Value | undefined = (name) => names.get(name),
): PyDict {
  const dict = new PyDict();
  Object.defineProperty(dict, 'entries', { value: new LiveEntries(names, read) });
  return dict;
}
