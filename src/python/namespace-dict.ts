// Dicts that are the variables of a module or the attributes of an object, as `globals()` and `__dict__` give them, and
// attributes that are the entries of a dict, as `self.__dict__ = {}` makes them: what is written to the one is seen in
// the other. Technique: Maps that keep nothing themselves.

import { type Key, type Namespace, PyDict, type Value } from './values';

type Entry = [Value, Value];

/** How a namespace is read where its Map does not hold everything, because imports wait. */
export interface Waiting {
  readonly read: (name: string) => Value | undefined;
  readonly names: () => Iterable<string>;
}

/** A Map of which only `get`, `set`, `delete` and `keys` are to be said. */
abstract class LiveMap<K, V> extends Map<K, V> {
  abstract override get(key: K): V | undefined;
  abstract override set(key: K, value: V): this;
  abstract override delete(key: K): boolean;
  protected abstract list(): K[];

  override get size(): number {
    return this.list().length;
  }

  override has(key: K): boolean {
    return this.get(key) !== undefined;
  }

  override clear(): void {
    for (const key of this.list()) this.delete(key);
  }

  override forEach(take: (value: V, key: K, map: Map<K, V>) => void): void {
    for (const [key, value] of this) take(value, key, this);
  }

  override *entries(): MapIterator<[K, V]> {
    for (const key of this.list()) {
      const value = this.get(key);
      if (value !== undefined) yield [key, value];
    }
    return undefined;
  }

  override *keys(): MapIterator<K> {
    yield* this.list();
    return undefined;
  }

  override *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
    return undefined;
  }

  override [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }
}

/** A namespace as the entries of a dict. */
class EntriesOfNamespace extends LiveMap<Key, Entry> {
  constructor(
    private readonly own: Namespace,
    private readonly waiting: Waiting | undefined,
  ) {
    super();
  }

  override get(key: Key): Entry | undefined {
    if (typeof key !== 'string') return undefined;
    const own = this.own.get(key);
    const value = own === undefined ? this.waiting?.read(key) : own;
    return value === undefined ? undefined : [key, value];
  }

  override set(key: Key, [, value]: Entry): this {
    if (typeof key === 'string') this.own.set(key, value);
    return this;
  }

  override delete(key: Key): boolean {
    return typeof key === 'string' && this.own.delete(key);
  }

  protected override list(): Key[] {
    return [...new Set([...this.own.keys(), ...(this.waiting?.names() ?? [])])];
  }
}

/** The entries of a dict as a namespace. */
class NamespaceOfEntries extends LiveMap<string, Value> {
  constructor(private readonly dict: PyDict) {
    super();
  }

  override get(name: string): Value | undefined {
    return this.dict.entries.get(name)?.[1];
  }

  override set(name: string, value: Value): this {
    this.dict.entries.set(name, [name, value]);
    return this;
  }

  override delete(name: string): boolean {
    return this.dict.entries.delete(name);
  }

  protected override list(): string[] {
    return [...this.dict.entries.keys()].filter((key) => typeof key === 'string');
  }
}

/** A dict that is a namespace. */
export function namespaceDict(own: Namespace, waiting?: Waiting): PyDict {
  const dict = new PyDict();
  Object.defineProperty(dict, 'entries', { value: new EntriesOfNamespace(own, waiting) });
  return dict;
}

/** A namespace that is a dict. */
export const dictNamespace = (dict: PyDict): Namespace => new NamespaceOfEntries(dict);
