// set and frozenset.

import { hashOf } from '../hashing';
import type { Interpreter } from '../interpreter';
import { known, starred } from '../known';
import { native } from '../native';
import { builtinRepr } from '../text';
import {
  type Namespace,
  type NativeFunction,
  type PyClass,
  PyIterator,
  PySet,
  Unknown,
  type Value,
} from '../values';
import { binaryMethods, comparisonMethods, reflectedMethods } from './dunders';
import { raiseWith } from './raising';
import { setOf, table } from './receivers';
import { setFrom } from './views';

const OPERATORS = ['and', 'or', 'sub', 'xor'];

export function frozensetMethods(): Namespace {
  return table([
    ...shared(),
    native('__hash__', 'self, /', (interpreter, [self]) => hashOf(interpreter, self as Value)),
    known('__new__', 'cls, iterable=(), /', (interpreter, [cls, iterable]) =>
      typed(interpreter, setFrom(interpreter, interpreter.list(iterable as Value), true), cls),
    ),
  ]);
}

export function setMethods(): Namespace {
  const methods = table([
    ...shared(),
    native('__init__', 'self, iterable=(), /', (interpreter, [self, iterable]) => {
      const { entries } = setOf(interpreter, self);
      entries.clear();
      addAll(interpreter, entries, iterable as Value);
      return null;
    }),
    native('__new__', 'cls, /, *args, **kwargs', (interpreter, [cls, args]) => {
      const [first] = starred(args);
      if (cls === interpreter.types.set && first instanceof Unknown) return first;
      return typed(interpreter, new PySet(), cls);
    }),
    native('add', 'self, element, /', (interpreter, [self, element]) => {
      addAll(interpreter, setOf(interpreter, self).entries, [element as Value]);
      return null;
    }),
    native('clear', 'self, /', (interpreter, [self]) => {
      setOf(interpreter, self).entries.clear();
      return null;
    }),
    native('difference_update', 'self, *others', (interpreter, [self, others]) => {
      const { entries } = setOf(interpreter, self);
      for (const item of eachOf(interpreter, others)) entries.delete(interpreter.key(item));
      return null;
    }),
    native('discard', 'self, element, /', (interpreter, [self, element]) => {
      setOf(interpreter, self).entries.delete(interpreter.key(element as Value));
      return null;
    }),
    native('intersection_update', 'self, *others', (interpreter, [self, others]) => {
      const set = setOf(interpreter, self);
      replaceWith(set, intersection(interpreter, set, others));
      return null;
    }),
    native('pop', 'self, /', pop),
    native('remove', 'self, element, /', (interpreter, [self, element]) => {
      const gone = setOf(interpreter, self).entries.delete(interpreter.key(element as Value));
      return gone ? null : raiseWith(interpreter, 'KeyError', [element as Value]);
    }),
    native('symmetric_difference_update', 'self, other, /', (interpreter, [self, other]) => {
      const set = setOf(interpreter, self);
      replaceWith(set, symmetric(interpreter, set, other as Value));
      return null;
    }),
    native('update', 'self, *others', (interpreter, [self, others]) => {
      const { entries } = setOf(interpreter, self);
      for (const other of starred(others)) addAll(interpreter, entries, other);
      return null;
    }),
  ]);
  methods.set('__hash__', null);
  return methods;
}

type Entries = PySet['entries'];

/** What both have. */
const shared = (): NativeFunction[] => [
  ...binaryMethods(OPERATORS, (other) => other instanceof PySet),
  ...reflectedMethods(OPERATORS, (other) => other instanceof PySet),
  ...comparisonMethods(['ge', 'gt', 'le', 'lt'], (other) => other instanceof PySet),
  known('__contains__', 'self, item, /', (interpreter, [self, item]) =>
    setOf(interpreter, self).entries.has(interpreter.key(item as Value)),
  ),
  native(
    '__iter__',
    'self, /',
    (interpreter, [self]) =>
      new PyIterator([...setOf(interpreter, self).entries.values()].values(), 'set_iterator'),
  ),
  native('__len__', 'self, /', (interpreter, [self]) => setOf(interpreter, self).entries.size),
  native('__repr__', 'self, /', (interpreter, [self]) => builtinRepr(interpreter, setOf(interpreter, self))),
  native('copy', 'self, /', (interpreter, [self]) => copySet(setOf(interpreter, self))),
  known('difference', 'self, *others', (interpreter, [self, others]) => {
    const result = copySet(setOf(interpreter, self));
    for (const item of eachOf(interpreter, others)) result.entries.delete(interpreter.key(item));
    return result;
  }),
  known('intersection', 'self, *others', (interpreter, [self, others]) =>
    intersection(interpreter, setOf(interpreter, self), others),
  ),
  known('isdisjoint', 'self, other, /', (interpreter, [self, other]) => {
    const { entries } = setOf(interpreter, self);
    return !interpreter.list(other as Value).some((item) => entries.has(interpreter.key(item)));
  }),
  known('issubset', 'self, other, /', (interpreter, [self, other]) => within(interpreter, self, other)),
  known('issuperset', 'self, other, /', (interpreter, [self, other]) => {
    const { entries } = setOf(interpreter, self);
    return interpreter.list(other as Value).every((item) => entries.has(interpreter.key(item)));
  }),
  known('symmetric_difference', 'self, other, /', (interpreter, [self, other]) =>
    symmetric(interpreter, setOf(interpreter, self), other as Value),
  ),
  known('union', 'self, *others', (interpreter, [self, others]) => {
    const result = copySet(setOf(interpreter, self));
    addAll(interpreter, result.entries, eachOf(interpreter, others));
    return result;
  }),
];

function typed(interpreter: Interpreter, set: PySet, cls: Value | undefined): PySet {
  const { types } = interpreter;
  if (cls !== types.set && cls !== types.frozenset) set.type = cls as PyClass;
  return set;
}

export function copySet(set: PySet, type?: PyClass): PySet {
  const copy = new PySet(set.frozen);
  copy.type = type;
  for (const [key, value] of set.entries) copy.entries.set(key, value);
  return copy;
}

function addAll(interpreter: Interpreter, entries: Entries, items: Value | Iterable<Value>): void {
  const all = isValue(items) ? interpreter.iterate(items) : items;
  for (const item of all) {
    if (item instanceof Unknown) interpreter.gap(`an element of a set is not known: ${item.reason}`);
    const key = interpreter.key(item);
    if (!entries.has(key)) entries.set(key, item);
  }
}

const isValue = (items: Value | Iterable<Value>): items is Value => !Array.isArray(items);

/** All elements of several iterables. */
const eachOf = (interpreter: Interpreter, others: Value | undefined): Value[] =>
  starred(others).flatMap((other) => interpreter.list(other));

function intersection(interpreter: Interpreter, set: PySet, others: Value | undefined): PySet {
  const result = copySet(set);
  for (const other of starred(others)) {
    const kept = setFrom(interpreter, interpreter.list(other)).entries;
    for (const key of [...result.entries.keys()]) if (!kept.has(key)) result.entries.delete(key);
  }
  return result;
}

function symmetric(interpreter: Interpreter, set: PySet, other: Value): PySet {
  const result = copySet(set);
  for (const [key, value] of setFrom(interpreter, interpreter.list(other)).entries) {
    if (!result.entries.delete(key)) result.entries.set(key, value);
  }
  return result;
}

function within(interpreter: Interpreter, self: Value | undefined, other: Value | undefined): boolean {
  const { entries } = setFrom(interpreter, interpreter.list(other as Value));
  return [...setOf(interpreter, self).entries.keys()].every((key) => entries.has(key));
}

function replaceWith(set: PySet, other: PySet): void {
  set.entries.clear();
  for (const [key, value] of other.entries) set.entries.set(key, value);
}

function pop(interpreter: Interpreter, [self]: readonly Value[]): Value {
  const { entries } = setOf(interpreter, self);
  const [first] = entries;
  if (!first) return raiseWith(interpreter, 'KeyError', ['pop from an empty set']);
  entries.delete(first[0]);
  return first[1];
}
