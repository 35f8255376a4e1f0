// dict_keys, dict_values and dict_items: instances whose payload is the dict they look into.

import { keyOf } from '../hashing';
import type { Interpreter } from '../interpreter';
import { native } from '../native';
import { reprOf } from '../text';
import {
  type Namespace,
  NotImplementedValue,
  PyClass,
  PyDict,
  PyInstance,
  PyIterator,
  PySet,
  PyTuple,
  Unknown,
  type Value,
} from '../values';
import { table } from './receivers';

export interface ViewTypes {
  readonly keys: PyClass;
  readonly values: PyClass;
  readonly items: PyClass;
}

/** What a view shows of an entry. */
type Show = (entry: [Value, Value]) => Value;

const SHOWN = {
  keys: ([key]: [Value, Value]) => key,
  values: ([, value]: [Value, Value]) => value,
  items: (entry: [Value, Value]) => new PyTuple(entry),
} as const;

export function viewTypes(object: PyClass): ViewTypes {
  const make = (name: keyof typeof SHOWN): PyClass =>
    new PyClass(`dict_${name}`, [object], methodsOf(SHOWN[name], name), object.mro);
  return { keys: make('keys'), values: make('values'), items: make('items') };
}

export function makeView(type: PyClass, dict: PyDict): PyInstance {
  const view = new PyInstance(type);
  view.payload = dict;
  return view;
}

const entriesOf = (view: Value | undefined): ReadonlyMap<unknown, [Value, Value]> =>
  view instanceof PyInstance && view.payload instanceof PyDict ? view.payload.entries : new Map();

function methodsOf(show: Show, name: string): Namespace {
  const shown = (self: Value | undefined): Value[] => [...entriesOf(self).values()].map(show);
  const methods = table([
    native('__contains__', 'self, item, /', (interpreter, [self, item]) => {
      if (item instanceof Unknown) return item;
      if (name === 'keys') return entriesOf(self).has(interpreter.key(item as Value));
      return shown(self).some((value) => interpreter.equal(value, item as Value));
    }),
    native(
      '__iter__',
      'self, /',
      (_, [self]) => new PyIterator(shown(self).values(), `dict_${name}iterator`),
    ),
    native('__len__', 'self, /', (_, [self]) => entriesOf(self).size),
    native(
      '__repr__',
      'self, /',
      (interpreter, [self]) =>
        `dict_${name}([${shown(self)
          .map((value) => reprOf(interpreter, value))
          .join(', ')}])`,
    ),
    native('__reversed__', 'self, /', (_, [self]) => new PyIterator(shown(self).reverse().values())),
  ]);
  if (name !== 'values') for (const [key, value] of setMethods(shown)) methods.set(key, value);
  return methods;
}

const OPERATORS = {
  and: '&',
  or: '|',
  sub: '-',
  xor: '^',
  eq: '==',
  ge: '>=',
  gt: '>',
  le: '<=',
  lt: '<',
} as const;
const COMPARISONS = new Set(['eq', 'ge', 'gt', 'le', 'lt']);

/** Keys and items behave like sets. */
function setMethods(shown: (self: Value | undefined) => Value[]): Namespace {
  const asSet = (interpreter: Interpreter, value: Value): PySet | undefined => {
    if (value instanceof PySet) return value;
    const isView = value instanceof PyInstance && value.payload instanceof PyDict;
    const items = isView ? interpreter.list(value) : undefined;
    return items && setFrom(interpreter, items);
  };
  const natives = Object.entries(OPERATORS).flatMap(([name, operator]) => {
    const compute = (interpreter: Interpreter, self: Value, other: Value, swap: boolean): Value => {
      const left = setFrom(interpreter, shown(self));
      const right =
        asSet(interpreter, other) ??
        (COMPARISONS.has(name) ? undefined : setFrom(interpreter, interpreter.list(other)));
      if (!right) return NotImplementedValue.only;
      if (COMPARISONS.has(name)) return interpreter.compare(operator, left, right);
      return swap ? interpreter.binary(operator, right, left) : interpreter.binary(operator, left, right);
    };
    const method = native(`__${name}__`, 'self, other, /', (ip, [self, other]) =>
      compute(ip, self as Value, other as Value, false),
    );
    const reflected = native(`__r${name}__`, 'self, other, /', (ip, [self, other]) =>
      compute(ip, self as Value, other as Value, true),
    );
    return COMPARISONS.has(name) ? [method] : [method, reflected];
  });
  natives.push(
    native('isdisjoint', 'self, other, /', (interpreter, [self, other]) => {
      const mine = setFrom(interpreter, shown(self));
      return !interpreter.list(other as Value).some((item) => mine.entries.has(interpreter.key(item)));
    }),
  );
  return table(natives);
}

export function setFrom(interpreter: Interpreter, items: Iterable<Value>, frozen = false): PySet {
  const set = new PySet(frozen);
  for (const item of items) {
    const key = keyOf(interpreter, item);
    if (!set.entries.has(key)) set.entries.set(key, item);
  }
  return set;
}
