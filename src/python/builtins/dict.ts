// dict: construction, methods and views. A view is an object that looks into its dict each time it is asked.

import type { Interpreter } from '../interpreter';
import { deleteFrom, itemOf, storeItem } from '../items';
import { known, starred } from '../known';
import { native } from '../native';
import { builtinRepr } from '../text';
import {
  ClassMethod,
  type Namespace,
  NativeFunction,
  PyClass,
  PyDict,
  PyIterator,
  PyTuple,
  Unknown,
  type Value,
} from '../values';
import { binaryMethods, reflectedMethods } from './dunders';
import { raiseWith } from './raising';
import { dictOf, table } from './receivers';
import { makeView, type ViewTypes } from './views';

export function dictMethods(views: ViewTypes): Namespace {
  const isDict = (other: Value): boolean => other instanceof PyDict;
  const methods = table([
    ...binaryMethods(['or'], isDict),
    ...reflectedMethods(['or'], isDict),
    ...protocol(),
    native('clear', 'self, /', (interpreter, [self]) => {
      dictOf(interpreter, self).entries.clear();
      return null;
    }),
    native('copy', 'self, /', (interpreter, [self]) => copyDict(dictOf(interpreter, self))),
    native('get', 'self, key, default=None, /', (interpreter, [self, key, fallback]) => {
      if (key instanceof Unknown) return key;
      const entry = dictOf(interpreter, self).entries.get(interpreter.key(key as Value));
      return entry ? entry[1] : (fallback as Value);
    }),
    native('items', 'self, /', (interpreter, [self]) => makeView(views.items, dictOf(interpreter, self))),
    native('keys', 'self, /', (interpreter, [self]) => makeView(views.keys, dictOf(interpreter, self))),
    new NativeFunction('pop', pop, 'self, key, default, /'),
    native('popitem', 'self, /', popItem),
    native('setdefault', 'self, key, default=None, /', setDefault),
    new NativeFunction('update', (interpreter, [self, ...args], keywords) => {
      update(interpreter, dictOf(interpreter, self), args, keywords);
      return null;
    }),
    native('values', 'self, /', (interpreter, [self]) => makeView(views.values, dictOf(interpreter, self))),
  ]);
  methods.set('__hash__', null);
  methods.set('fromkeys', new ClassMethod(native('fromkeys', 'cls, iterable, value=None, /', fromKeys)));
  return methods;
}

const protocol = (): NativeFunction[] => [
  known('__contains__', 'self, key, /', (interpreter, [self, key]) =>
    dictOf(interpreter, self).entries.has(interpreter.key(key as Value)),
  ),
  native('__delitem__', 'self, key, /', (interpreter, [self, key]) => {
    deleteFrom(interpreter, dictOf(interpreter, self), key as Value);
    return null;
  }),
  native('__getitem__', 'self, key, /', (interpreter, [self, key]) =>
    itemOf(interpreter, dictOf(interpreter, self), key as Value),
  ),
  new NativeFunction('__init__', (interpreter, [self, ...args], keywords) => {
    update(interpreter, dictOf(interpreter, self), args, keywords);
    return null;
  }),
  native(
    '__iter__',
    'self, /',
    (interpreter, [self]) => new PyIterator(keysOf(dictOf(interpreter, self)).values(), 'dict_keyiterator'),
  ),
  native('__len__', 'self, /', (interpreter, [self]) => dictOf(interpreter, self).entries.size),
  native('__new__', 'cls, /, *args, **kwargs', newDict),
  native('__repr__', 'self, /', (interpreter, [self]) => builtinRepr(interpreter, dictOf(interpreter, self))),
  native(
    '__reversed__',
    'self, /',
    (interpreter, [self]) => new PyIterator(keysOf(dictOf(interpreter, self)).reverse().values()),
  ),
  native('__setitem__', 'self, key, value, /', (interpreter, [self, key, value]) => {
    storeItem(interpreter, dictOf(interpreter, self), key as Value, value as Value);
    return null;
  }),
];

export const keysOf = (dict: PyDict): Value[] => [...dict.entries.values()].map(([key]) => key);

function newDict(interpreter: Interpreter, [cls, args]: readonly Value[]): Value {
  const [first] = starred(args);
  const plain = cls === interpreter.types.dict;
  if (plain && first instanceof Unknown) return first;
  const dict = new PyDict();
  if (!plain && cls instanceof PyClass) dict.type = cls;
  return dict;
}

/** A copy with the same class and factory; `dict.copy` of a subclass gives a plain dict, defaultdict's a defaultdict. */
export function copyDict(dict: PyDict, type?: PyClass): PyDict {
  const copy = new PyDict();
  copy.type = type;
  copy.factory = type ? dict.factory : undefined;
  for (const [key, [name, value]] of dict.entries) copy.entries.set(key, [name, value]);
  return copy;
}

/** What `dict(…)` and `dict.update(…)` take: a mapping or pairs, then keywords. */
export function update(
  interpreter: Interpreter,
  dict: PyDict,
  args: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
): void {
  if (args.length > 1) interpreter.raise('TypeError', `dict expected at most 1 argument, got ${args.length}`);
  const [source] = args;
  if (source !== undefined) updateFrom(interpreter, dict, source);
  for (const [name, value] of keywords) put(interpreter, dict, name, value);
}

function updateFrom(interpreter: Interpreter, dict: PyDict, source: Value): void {
  if (source instanceof Unknown) {
    interpreter.gap(`a dict is filled from what is not known: ${source.reason}`);
    return;
  }
  if (source instanceof PyDict && !source.type) {
    for (const [key, value] of [...source.entries.values()]) put(interpreter, dict, key, value);
    return;
  }
  const keys = interpreter.findAttribute(source, 'keys');
  if (keys === undefined) {
    updateFromPairs(interpreter, dict, source);
    return;
  }
  for (const key of interpreter.list(interpreter.call(keys))) {
    put(interpreter, dict, key, interpreter.getItem(source, key));
  }
}

function updateFromPairs(interpreter: Interpreter, dict: PyDict, pairs: Value): void {
  let index = 0;
  for (const item of interpreter.iterate(pairs)) {
    if (item instanceof Unknown) interpreter.gap(`a dict is filled from what is not known: ${item.reason}`);
    else {
      const { length, 0: key, 1: value } = interpreter.list(item);
      if (length !== 2) {
        const message = `dictionary update sequence element #${index} has length ${length}; 2 is required`;
        interpreter.raise('ValueError', message);
      }
      put(interpreter, dict, key as Value, value as Value);
    }
    index++;
  }
}

function put(interpreter: Interpreter, dict: PyDict, key: Value, value: Value): void {
  const hashed = interpreter.key(key);
  dict.entries.set(hashed, [dict.entries.get(hashed)?.[0] ?? key, value]);
}

function pop(interpreter: Interpreter, [self, key, fallback]: readonly Value[]): Value {
  const { entries } = dictOf(interpreter, self);
  if (key instanceof Unknown) return key;
  const hashed = interpreter.key(key as Value);
  const entry = entries.get(hashed);
  if (!entry) return fallback === undefined ? raiseWith(interpreter, 'KeyError', [key as Value]) : fallback;
  entries.delete(hashed);
  return entry[1];
}

function popItem(interpreter: Interpreter, [self]: readonly Value[]): Value {
  const { entries } = dictOf(interpreter, self);
  const last = [...entries.keys()].at(-1);
  const entry = last === undefined ? undefined : entries.get(last);
  if (!entry) return raiseWith(interpreter, 'KeyError', ['popitem(): dictionary is empty']);
  entries.delete(last as string);
  return new PyTuple(entry);
}

function setDefault(interpreter: Interpreter, [self, key, value]: readonly Value[]): Value {
  const { entries } = dictOf(interpreter, self);
  const hashed = interpreter.key(key as Value);
  const entry = entries.get(hashed);
  if (entry) return entry[1];
  entries.set(hashed, [key as Value, value as Value]);
  return value as Value;
}

function fromKeys(interpreter: Interpreter, [cls, iterable, value]: readonly Value[]): Value {
  if (iterable instanceof Unknown) return iterable;
  const dict = interpreter.call(cls as Value);
  for (const key of interpreter.list(iterable as Value)) interpreter.setItem(dict, key, value as Value);
  return dict;
}
