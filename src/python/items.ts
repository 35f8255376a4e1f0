// Indexing, slicing and storing in built-in containers, with Python's rules for negative and missing indices.

import { raiseWith } from './builtins/raising';
import type { Interpreter } from './interpreter';
import { lookup, typeOf } from './types';
import {
  PyBytes,
  PyClass,
  PyDict,
  PyFloat,
  PyInstance,
  PyList,
  PyRange,
  PySlice,
  PyTuple,
  Unknown,
  type Value,
} from './values';

export function itemOf(interpreter: Interpreter, container: Value, index: Value): Value {
  if (index instanceof Unknown) return index;
  if (container instanceof PyDict) return entryOf(interpreter, container, index);
  if (container instanceof PyClass) return container;
  if (index instanceof PySlice) return sliceOf(interpreter, container, index);
  if (container instanceof PyList || container instanceof PyTuple) {
    return container.items[position(interpreter, index, container.items.length)] as Value;
  }
  if (typeof container === 'string')
    return container[position(interpreter, index, container.length)] as string;
  if (container instanceof PyRange) {
    return container.start + position(interpreter, index, container.length) * container.step;
  }
  if (container instanceof PyBytes)
    return container.text.charCodeAt(position(interpreter, index, container.text.length));
  return interpreter.raise(
    'TypeError',
    `'${typeOf(interpreter, container).name}' object is not subscriptable`,
  );
}

function entryOf(interpreter: Interpreter, dict: PyDict, key: Value): Value {
  const entry = dict.entries.get(interpreter.key(key));
  if (entry) return entry[1];
  const missing = dict.type && lookup(dict.type, '__missing__');
  if (missing !== undefined) return interpreter.call(missing, [dict, key]);
  if (dict.factory === undefined || dict.factory === null) return raiseKeyError(interpreter, key);
  const made = interpreter.call(dict.factory);
  dict.entries.set(interpreter.key(key), [key, made]);
  return made;
}

const raiseKeyError = (interpreter: Interpreter, key: Value): never =>
  raiseWith(interpreter, 'KeyError', [key]);

/** An index within [0, length), from one that may be negative. Raises IndexError. */
function position(interpreter: Interpreter, index: Value, length: number): number {
  const at = wholeNumber(interpreter, index);
  const found = at < 0 ? at + length : at;
  if (found < 0 || found >= length) interpreter.raise('IndexError', 'index out of range');
  return found;
}

/** An integer, or what gives one by `__index__`. */
export function wholeNumber(interpreter: Interpreter, value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return Number(value);
  if (value instanceof PyInstance) {
    const method = lookup(value.type, '__index__');
    if (method !== undefined) return wholeNumber(interpreter, interpreter.call(method, [value]));
  }
  const name = value instanceof PyFloat ? 'float' : typeOf(interpreter, value).name;
  return interpreter.raise('TypeError', `indices must be integers or slices, not ${name}`);
}

/** The positions that a slice picks from a sequence of this length. */
export function slicePositions(interpreter: Interpreter, slice: PySlice, length: number): number[] {
  const step = slice.step === null ? 1 : wholeNumber(interpreter, slice.step);
  if (step === 0) interpreter.raise('ValueError', 'slice step cannot be zero');
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
  const bound = (value: Value, fallback: number): number => {
    if (value === null) return fallback;
    const at = wholeNumber(interpreter, value);
    return Math.min(high, Math.max(low, at < 0 ? at + length : at));
  };
  const start = bound(slice.start, step > 0 ? low : high);
  const stop = bound(slice.stop, step > 0 ? high : low);
  const positions: number[] = [];
  for (let at = start; step > 0 ? at < stop : at > stop; at += step) positions.push(at);
  return positions;
}

function sliceOf(interpreter: Interpreter, container: Value, slice: PySlice): Value {
  const unknown = [slice.start, slice.stop, slice.step].find((part) => part instanceof Unknown);
  if (unknown !== undefined) return unknown;
  if (container instanceof PyRange) return rangeSlice(interpreter, container, slice);
  const pick = <T>(items: ArrayLike<T>): T[] =>
    slicePositions(interpreter, slice, items.length).map((at) => items[at] as T);
  if (container instanceof PyList) return new PyList(pick(container.items));
  if (container instanceof PyTuple) return new PyTuple(pick(container.items), sizeType(container));
  if (typeof container === 'string') return pick(container).join('');
  if (container instanceof PyBytes) return new PyBytes(pick(container.text).join(''));
  return interpreter.raise(
    'TypeError',
    `'${typeOf(interpreter, container).name}' object is not subscriptable`,
  );
}

/** A slice of a torch.Size is one; of a named tuple it is a plain tuple. */
const sizeType = (tuple: PyTuple): PyClass | undefined =>
  tuple.type?.name === 'Size' ? tuple.type : undefined;

function rangeSlice(interpreter: Interpreter, range: PyRange, slice: PySlice): Value {
  const positions = slicePositions(interpreter, slice, range.length);
  const first = positions[0] ?? 0;
  const step = positions.length > 1 ? (positions[1] as number) - first : 1;
  const start = range.start + first * range.step;
  return new PyRange(start, start + positions.length * step * range.step, step * range.step);
}

export function storeItem(interpreter: Interpreter, container: Value, index: Value, value: Value): void {
  if (index instanceof Unknown) interpreter.gap(`stored under an index that is not known: ${index.reason}`);
  else if (container instanceof PyDict)
    container.entries.set(interpreter.key(index), keepFirstKey(interpreter, container, index, value));
  else if (!(container instanceof PyList)) {
    interpreter.raise(
      'TypeError',
      `'${typeOf(interpreter, container).name}' object does not support item assignment`,
    );
  } else if (index instanceof PySlice) storeSlice(interpreter, container, index, value);
  else container.items[position(interpreter, index, container.items.length)] = value;
}

function keepFirstKey(interpreter: Interpreter, dict: PyDict, key: Value, value: Value): [Value, Value] {
  return [dict.entries.get(interpreter.key(key))?.[0] ?? key, value];
}

function storeSlice(interpreter: Interpreter, list: PyList, slice: PySlice, value: Value): void {
  const items = interpreter.list(value);
  const positions = slicePositions(interpreter, slice, list.items.length);
  if (slice.step !== null && slice.step !== 1) {
    positions.forEach((at, index) => {
      list.items[at] = items[index] ?? null;
    });
    return;
  }
  const start = positions[0] ?? startOf(interpreter, slice, list.items.length);
  list.items.splice(start, positions.length, ...items);
}

function startOf(interpreter: Interpreter, slice: PySlice, length: number): number {
  if (slice.start === null) return 0;
  const at = wholeNumber(interpreter, slice.start);
  return Math.min(length, Math.max(0, at < 0 ? at + length : at));
}

export function deleteFrom(interpreter: Interpreter, container: Value, index: Value): void {
  if (container instanceof PyDict) {
    if (!container.entries.delete(interpreter.key(index))) raiseKeyError(interpreter, index);
  } else if (!(container instanceof PyList)) {
    interpreter.raise(
      'TypeError',
      `'${typeOf(interpreter, container).name}' object doesn't support item deletion`,
    );
  } else if (index instanceof PySlice) {
    const gone = new Set(slicePositions(interpreter, index, container.items.length));
    container.items = container.items.filter((_, at) => !gone.has(at));
  } else container.items.splice(position(interpreter, index, container.items.length), 1);
}
