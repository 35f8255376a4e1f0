// Iteration over any value, lazily, with a step counted for each element so that endless iterators end.

import { PyRaise } from './exceptions';
import type { Interpreter } from './interpreter';
import { isSubclass, lookup, typeOf } from './types';
import { PyBytes, PyDict, PyIterator, PyList, PyRange, PySet, PyTuple, Unknown, type Value } from './values';

/** Elements in order. An Unknown has none, and a gap is noted; other values that cannot be iterated raise TypeError. */
export function iterate(interpreter: Interpreter, value: Value): Iterable<Value> {
  if (value instanceof PyTuple) return value.type ? (custom(interpreter, value) ?? value.items) : value.items;
  if (value instanceof PyList) return custom(interpreter, value) ?? liveItems(interpreter, value);
  if (value instanceof PyRange) return rangeItems(interpreter, value);
  if (typeof value === 'string') return value;
  if (value instanceof PyDict) return custom(interpreter, value) ?? keysOf(value);
  if (value instanceof PySet) return custom(interpreter, value) ?? [...value.entries.values()];
  if (value instanceof PyIterator) return sourceItems(interpreter, value);
  if (value instanceof PyBytes) return [...value.text].map((c) => c.charCodeAt(0));
  if (value instanceof Unknown) {
    interpreter.gap(`cannot loop over a value that is not known: ${value.reason}`);
    return [];
  }
  return byProtocol(interpreter, value);
}

/** `__iter__` of a user's subclass of a built-in container. */
function custom(
  interpreter: Interpreter,
  value: PyTuple | PyList | PyDict | PySet,
): Iterable<Value> | undefined {
  const own = value.type && lookup(value.type, '__iter__');
  if (!value.type || own === undefined) return undefined;
  const builtin = interpreter.types;
  const base = [builtin.tuple, builtin.list, builtin.dict, builtin.set].find(
    (b) => lookup(b, '__iter__') === own,
  );
  return base ? undefined : iterate(interpreter, interpreter.call(own, [value]));
}

const keysOf = (dict: PyDict): Value[] => [...dict.entries.values()].map(([key]) => key);

/** A list may grow while it is looped over. */
function* liveItems(interpreter: Interpreter, list: PyList): Generator<Value> {
  for (let index = 0; index < list.items.length; index++) {
    interpreter.step();
    yield list.items[index] as Value;
  }
}

function* rangeItems(interpreter: Interpreter, range: PyRange): Generator<Value> {
  const { start, step, length } = range;
  for (let index = 0; index < length; index++) {
    interpreter.step();
    yield start + index * step;
  }
}

function* sourceItems(interpreter: Interpreter, iterator: PyIterator): Generator<Value> {
  for (;;) {
    interpreter.step();
    const next = iterator.source.next(null);
    if (next.done) return;
    yield next.value;
  }
}

function byProtocol(interpreter: Interpreter, value: Value): Iterable<Value> {
  const type = typeOf(interpreter, value);
  const starter = lookup(type, '__iter__');
  if (starter !== undefined) {
    const iterator = interpreter.call(starter, [value]);
    return iterator === value ? nextItems(interpreter, value) : iterate(interpreter, iterator);
  }
  if (lookup(type, '__next__') !== undefined) return nextItems(interpreter, value);
  if (lookup(type, '__getitem__') !== undefined) return indexedItems(interpreter, value);
  if (type.unknownBase) return iterate(interpreter, type.unknownBase);
  return interpreter.raise('TypeError', `'${type.name}' object is not iterable`);
}

function* nextItems(interpreter: Interpreter, value: Value): Generator<Value> {
  for (;;) {
    interpreter.step();
    const next = interpreter.callOr(interpreter.getAttribute(value, '__next__'), [], 'StopIteration');
    if (next === undefined) return;
    yield next;
    if (next instanceof Unknown) return;
  }
}

function* indexedItems(interpreter: Interpreter, value: Value): Generator<Value> {
  for (let index = 0; ; index++) {
    interpreter.step();
    let item: Value;
    try {
      item = interpreter.getItem(value, index);
    } catch (error) {
      if (isException(interpreter, error, 'IndexError')) return;
      throw error;
    }
    yield item;
    if (item instanceof Unknown) return;
  }
}

/** Whether something caught is a Python exception of this built-in class. */
export function isException(interpreter: Interpreter, error: unknown, name: string): error is PyRaise {
  const type = interpreter.types.exceptions.get(name);
  return error instanceof PyRaise && type !== undefined && isSubclass(error.value.type, type);
}

/** Each item is there before the next one is made: `y.extend(layer(y[-1]) for layer in layers)`. */
export function extendList(interpreter: Interpreter, list: PyList, iterable: Value): void {
  const source = iterable === list ? [...list.items] : interpreter.iterate(iterable);
  for (const item of source) {
    list.items.push(item);
    if (list.items.length > interpreter.limits.elements) interpreter.tooMany(list.items.length);
  }
}
