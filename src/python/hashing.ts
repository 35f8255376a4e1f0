// Keys of dicts and sets: values that Python finds equal get the same JavaScript Map key.
// 1, 1.0 and True share a number; strings are themselves; tuples, frozensets and the like become a text of their
// elements behind a NUL; everything else is its own identity, or, where a class defines __hash__ and __eq__, the first
// equal object seen. Left out: a plain string that begins with such a text would be taken for the tuple.

import type { Interpreter } from './interpreter';
import { normalizeInt } from './numbers';
import { typeOf } from './types';
import { isForeignNumber, unwrap } from './unwrap';
import {
  BoundMethod,
  type Key,
  PyBytes,
  PyClass,
  PyComplex,
  PyDict,
  PyFloat,
  PyInstance,
  PyList,
  PyRange,
  PySet,
  PySlice,
  PyTuple,
  type Value,
} from './values';

const COMPOSITE = '\u0000';
const STATE = Symbol('identities and hashes');

interface HashState {
  readonly identities: WeakMap<object, number>;
  count: number;
  /** Objects with a `__hash__` of their own, by what it gave. */
  readonly byHash: Map<Key, Value[]>;
}

export function keyOf(interpreter: Interpreter, value: Value): Key {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
      return value;
    case 'boolean':
      return value ? 1 : 0;
  }
  if (value === null) return null;
  if (value instanceof PyFloat) return floatKey(value);
  if (value instanceof PyTuple) return tupleKey(interpreter, value);
  if (value instanceof PyInstance) return instanceKey(interpreter, value);
  if (value instanceof PyClass) return value;
  return rareKey(interpreter, value);
}

function floatKey(float: PyFloat): Key {
  if (Number.isNaN(float.value)) return float;
  return Number.isInteger(float.value) ? normalizeInt(float.value) : float.value;
}

function rareKey(
  interpreter: Interpreter,
  value: Exclude<Value, string | number | bigint | boolean | null>,
): Key {
  if (value instanceof PySet && value.frozen) return setKey(interpreter, value);
  if (value instanceof PyBytes) return `${COMPOSITE}b${value.text}`;
  if (value instanceof PyComplex && value.imag === 0) return floatKey(new PyFloat(value.real));
  if (value instanceof PyComplex) return `${COMPOSITE}c${value.real},${value.imag}`;
  if (value instanceof PyRange) return `${COMPOSITE}r${value.start},${value.length},${value.step}`;
  if (value instanceof BoundMethod)
    return `${COMPOSITE}m${part(interpreter, value.self)}${part(interpreter, value.callee)}`;
  if (
    value instanceof PyList ||
    value instanceof PyDict ||
    value instanceof PySet ||
    value instanceof PySlice
  ) {
    return ownHash(interpreter, value) ?? unhashable(interpreter, value);
  }
  return value;
}

const unhashable = (interpreter: Interpreter, value: Value): never =>
  interpreter.raise('TypeError', `unhashable type: '${typeOf(interpreter, value).name}'`);

function tupleKey(interpreter: Interpreter, tuple: PyTuple): Key {
  const own = tuple.type && ownHash(interpreter, tuple);
  if (own !== undefined) return own;
  let text = `${COMPOSITE}t`;
  for (const item of tuple.items) text += part(interpreter, item);
  return text;
}

function setKey(interpreter: Interpreter, set: PySet): Key {
  const parts = [...set.entries.values()].map((item) => part(interpreter, item));
  return `${COMPOSITE}f${parts.sort().join('')}`;
}

/** One element within a composite key, so that no two sequences of elements read alike. */
function part(interpreter: Interpreter, value: Value): string {
  if (typeof value === 'number') return `n${value};`;
  const plain = value instanceof PyList || value instanceof PyDict ? value : keyOf(interpreter, value);
  if (typeof plain === 'string') return `s${plain.length}:${plain}`;
  if (plain === null) return 'N;';
  return typeof plain === 'object' ? `o${identityOf(interpreter, plain)};` : `n${plain};`;
}

function instanceKey(interpreter: Interpreter, instance: PyInstance): Key {
  const own = isForeignNumber(instance) ? undefined : ownHash(interpreter, instance);
  if (own !== undefined) return own;
  const plain = unwrap(instance);
  return plain === instance ? instance : keyOf(interpreter, plain);
}

/** The key by a `__hash__` of the class; undefined where there is none but a built-in type's. */
function ownHash(
  interpreter: Interpreter,
  value: Exclude<Value, string | number | bigint | boolean | null>,
): Key | undefined {
  for (const cls of typeOf(interpreter, value).mro) {
    const method = cls.attributes.get('__hash__');
    if (isBuiltinType(cls) && (method !== null || !isContainer(value))) return undefined;
    if (method === null) return unhashable(interpreter, value);
    if (method !== undefined) return hashedKey(interpreter, value, interpreter.call(method, [value]));
    if (cls.attributes.has('__eq__')) return unhashable(interpreter, value);
  }
  return undefined;
}

const isBuiltinType = (cls: PyClass): boolean => cls.module === 'builtins' && !cls.fromSource;

const isContainer = (value: Value): boolean =>
  value instanceof PyList ||
  value instanceof PyDict ||
  (value instanceof PySet && !value.frozen) ||
  value instanceof PySlice;

/** The first object that had this hash and is equal. */
function hashedKey(interpreter: Interpreter, value: object & Value, hash: Value): Key {
  const { byHash } = hashState(interpreter);
  const key = keyOf(interpreter, hash);
  const known = byHash.get(key) ?? [];
  byHash.set(key, known);
  const same = known.find((other) => other === value || interpreter.equal(other, value));
  if (same !== undefined) return same as Key;
  known.push(value);
  return value;
}

function hashState(interpreter: Interpreter): HashState {
  const known = interpreter.state.get(STATE) as HashState | undefined;
  if (known) return known;
  const made: HashState = { identities: new WeakMap(), count: 0, byHash: new Map() };
  interpreter.state.set(STATE, made);
  return made;
}

/** A number of its own for each object: what `id()` gives. */
export function identityOf(interpreter: Interpreter, object: object): number {
  const state = hashState(interpreter);
  const known = state.identities.get(object);
  if (known !== undefined) return known;
  state.identities.set(object, ++state.count);
  return state.count;
}

/** `hash(value)`: equal values have the same. Strings hash to some number of our own, as in any run of CPython. */
export function hashOf(interpreter: Interpreter, value: Value): number | bigint {
  const key = keyOf(interpreter, value);
  if (typeof key === 'number' && Number.isInteger(key)) return key === -1 ? -2 : key;
  if (typeof key === 'bigint') return normalizeInt(key % ((1n << 61n) - 1n));
  if (typeof key === 'object' && key !== null) return identityOf(interpreter, key) * 16;
  return textHash(String(key));
}

/** FNV-1a, 32 bits. */
function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}
