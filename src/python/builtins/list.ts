// list and tuple, and how sequences are sorted.

import { hashOf } from '../hashing';
import type { Interpreter } from '../interpreter';
import { deleteFrom, itemOf, storeItem, wholeNumber } from '../items';
import { extendList } from '../iteration';
import { firstUnknown, known } from '../known';
import { native } from '../native';
import { builtinRepr } from '../text';
import {
  type Namespace,
  type NativeFunction,
  type PyClass,
  PyIterator,
  PyList,
  PyTuple,
  Unknown,
  type Value,
} from '../values';
import { binaryMethods, comparisonMethods, isInteger, reflectedMethods } from './dunders';
import { intArgument, listOf, table, tupleOf } from './receivers';

export function listMethods(): Namespace {
  const methods = table([
    ...binaryMethods(['add'], (other) => other instanceof PyList),
    ...binaryMethods(['mul'], isInteger),
    ...reflectedMethods(['mul'], isInteger),
    ...comparisonMethods(['ge', 'gt', 'le', 'lt'], (other) => other instanceof PyList),
    ...sequenceProtocol(listOf),
    native('__delitem__', 'self, index, /', (interpreter, [self, index]) => {
      deleteFrom(interpreter, listOf(interpreter, self), index as Value);
      return null;
    }),
    native('__iadd__', 'self, other, /', (interpreter, [self, other]) => {
      extendList(interpreter, listOf(interpreter, self), other as Value);
      return self as Value;
    }),
    native('__init__', 'self, iterable=None, /', (interpreter, [self, iterable]) => {
      listOf(interpreter, self).items = iterable === null ? [] : interpreter.list(iterable as Value);
      return null;
    }),
    native('__new__', 'cls, /, *args, **kwargs', (interpreter, [cls, args]) =>
      newList(interpreter, cls as PyClass, args),
    ),
    native(
      '__reversed__',
      'self, /',
      (interpreter, [self]) => new PyIterator([...listOf(interpreter, self).items].reverse().values()),
    ),
    native('__setitem__', 'self, index, value, /', (interpreter, [self, index, value]) => {
      storeItem(interpreter, listOf(interpreter, self), index as Value, value as Value);
      return null;
    }),
    ...changing(),
  ]);
  methods.set('__hash__', null);
  return methods;
}

const changing = (): NativeFunction[] => [
  native('append', 'self, object, /', (interpreter, [self, object]) => {
    const { items } = listOf(interpreter, self);
    items.push(object as Value);
    if (items.length > interpreter.limits.elements) interpreter.tooMany(items.length);
    return null;
  }),
  native('clear', 'self, /', (interpreter, [self]) => {
    listOf(interpreter, self).items.length = 0;
    return null;
  }),
  native('copy', 'self, /', (interpreter, [self]) => new PyList([...listOf(interpreter, self).items])),
  native('extend', 'self, iterable, /', (interpreter, [self, iterable]) => {
    extendList(interpreter, listOf(interpreter, self), iterable as Value);
    return null;
  }),
  native('insert', 'self, index, object, /', (interpreter, [self, index, object]) => {
    listOf(interpreter, self).items.splice(Number(intArgument(interpreter, index)), 0, object as Value);
    return null;
  }),
  known('pop', 'self, index=-1, /', pop),
  native('remove', 'self, value, /', (interpreter, [self, value]) => {
    const { items } = listOf(interpreter, self);
    const at = items.findIndex((item) => interpreter.equal(item, value as Value));
    if (at < 0) interpreter.raise('ValueError', 'list.remove(x): x not in list');
    items.splice(at, 1);
    return null;
  }),
  native('reverse', 'self, /', (interpreter, [self]) => {
    listOf(interpreter, self).items.reverse();
    return null;
  }),
  native('sort', 'self, /, *, key=None, reverse=False', (interpreter, [self, key, reverse]) => {
    const list = listOf(interpreter, self);
    const ordered = sorted(interpreter, list.items, key as Value, interpreter.truth(reverse as Value));
    if (ordered instanceof Unknown)
      interpreter.gap(`a list is sorted by what is not known: ${ordered.reason}`);
    else list.items = ordered;
    return null;
  }),
];

/** What `list(…)` is made of is not known: neither is the list. */
function newList(interpreter: Interpreter, cls: PyClass, args: Value | undefined): Value {
  const first = args instanceof PyTuple ? args.items[0] : undefined;
  const plain = cls === interpreter.types.list;
  return plain && first instanceof Unknown ? first : new PyList([], plain ? undefined : cls);
}

function pop(interpreter: Interpreter, [self, index]: readonly Value[]): Value {
  const { items } = listOf(interpreter, self);
  if (items.length === 0) interpreter.raise('IndexError', 'pop from empty list');
  const at = wholeNumber(interpreter, index as Value);
  const found = at < 0 ? at + items.length : at;
  if (found < 0 || found >= items.length) interpreter.raise('IndexError', 'pop index out of range');
  return items.splice(found, 1)[0] as Value;
}

export function tupleMethods(): Namespace {
  return table([
    ...binaryMethods(['add'], (other) => other instanceof PyTuple),
    ...binaryMethods(['mul'], isInteger),
    ...reflectedMethods(['mul'], isInteger),
    ...comparisonMethods(['ge', 'gt', 'le', 'lt'], (other) => other instanceof PyTuple),
    ...sequenceProtocol(tupleOf),
    native('__hash__', 'self, /', (interpreter, [self]) => hashOf(interpreter, self as Value)),
    known('__new__', 'cls, iterable=(), /', newTuple),
  ]);
}

function newTuple(interpreter: Interpreter, [cls, iterable]: readonly Value[]): Value {
  const plain = cls === interpreter.types.tuple;
  if (plain && iterable instanceof PyTuple && !iterable.type) return iterable;
  return new PyTuple(interpreter.list(iterable as Value), plain ? undefined : (cls as PyClass));
}

type SequenceOf = (interpreter: Interpreter, self: Value | undefined) => PyList | PyTuple;

/** What list and tuple have in common. */
const sequenceProtocol = (of: SequenceOf): NativeFunction[] => [
  native('__contains__', 'self, item, /', (interpreter, [self, item]) =>
    containsItem(interpreter, of(interpreter, self).items, item as Value),
  ),
  native('__getitem__', 'self, index, /', (interpreter, [self, index]) =>
    itemOf(interpreter, of(interpreter, self), index as Value),
  ),
  native(
    '__iter__',
    'self, /',
    (interpreter, [self]) => new PyIterator(iterateLive(of(interpreter, self)), 'list_iterator'),
  ),
  native('__len__', 'self, /', (interpreter, [self]) => of(interpreter, self).items.length),
  native('__repr__', 'self, /', (interpreter, [self]) => builtinRepr(interpreter, of(interpreter, self))),
  known(
    'count',
    'self, value, /',
    (interpreter, [self, value]) =>
      of(interpreter, self).items.filter((item) => interpreter.equal(item, value as Value)).length,
  ),
  known('index', 'self, value, start=0, stop=None, /', (interpreter, [self, value, start, stop]) =>
    indexOf(interpreter, of(interpreter, self), value as Value, [start as Value, stop as Value]),
  ),
];

/** True where an element is equal; unknown where only an unknown one may be. */
function containsItem(interpreter: Interpreter, items: readonly Value[], wanted: Value): Value {
  if (items.some((item) => interpreter.equal(item, wanted))) return true;
  return wanted instanceof Unknown ? wanted : (firstUnknown(items) ?? false);
}

/** A list may grow while it is looped over. */
function* iterateLive(sequence: PyList | PyTuple): Generator<Value, undefined, Value> {
  for (let index = 0; index < sequence.items.length; index++) yield sequence.items[index] as Value;
  return undefined;
}

function indexOf(
  interpreter: Interpreter,
  sequence: PyList | PyTuple,
  value: Value,
  within: readonly Value[],
): Value {
  const { items } = sequence;
  const [start, stop] = within.map((bound, index) => {
    const at = bound === null ? items.length : wholeNumber(interpreter, bound);
    return at < 0 ? Math.max(0, at + items.length) : index === 0 ? at : Math.min(at, items.length);
  }) as [number, number];
  for (let at = start; at < stop; at++) {
    const item = items[at] as Value;
    if (interpreter.equal(item, value)) return at;
    if (item instanceof Unknown) return item;
  }
  const shown = interpreter.repr(value);
  const name = sequence instanceof PyTuple ? 'tuple.index(x): x not in tuple' : `${shown} is not in list`;
  return interpreter.raise('ValueError', name);
}

/** In order, stable, by `<` alone; unknown where a key is. */
export function sorted(
  interpreter: Interpreter,
  items: readonly Value[],
  key: Value,
  reverse: boolean,
): Value[] | Unknown {
  const keys = key === null ? items : items.map((item) => interpreter.call(key, [item]));
  const unknown = firstUnknown(keys);
  if (unknown) return unknown;
  const order = items.map((_, index) => index);
  const sign = reverse ? -1 : 1;
  const compare = comparer(interpreter, keys);
  order.sort((a, b) => sign * compare(keys[a] as Value, keys[b] as Value));
  return order.map((index) => items[index] as Value);
}

function comparer(interpreter: Interpreter, keys: readonly Value[]): (a: Value, b: Value) => number {
  if (keys.every((key) => typeof key === 'number')) return (a, b) => (a as number) - (b as number);
  const less = (a: Value, b: Value): boolean => interpreter.truth(interpreter.compare('<', a, b));
  return (a, b) => {
    interpreter.step();
    return less(a, b) ? -1 : less(b, a) ? 1 : 0;
  };
}
