// Operator methods of the built-in types: `int.__add__`, `str.__lt__`. The operators themselves are in operators.ts; here
// `self` and `other` are stripped of what subclasses add, so that a class derived from int, str or dict computes like it.

import type { Interpreter } from '../interpreter';
import { known } from '../known';
import { unaryOperation } from '../operators';
import { isForeignNumber, unwrap } from '../unwrap';
import {
  type NativeFunction,
  NotImplementedValue,
  PyComplex,
  PyDict,
  PyFloat,
  PyInstance,
  PyList,
  PySet,
  PyTuple,
  type Value,
} from '../values';

const OPERATORS: Readonly<Record<string, string>> = {
  add: '+',
  and: '&',
  floordiv: '//',
  lshift: '<<',
  mod: '%',
  mul: '*',
  or: '|',
  pow: '**',
  rshift: '>>',
  sub: '-',
  truediv: '/',
  xor: '^',
};

const COMPARISONS: Readonly<Record<string, string>> = {
  eq: '==',
  ge: '>=',
  gt: '>',
  le: '<=',
  lt: '<',
  ne: '!=',
};

/** Whether two stripped values are what an operator of this type takes. */
export type Fits = (other: Value) => boolean;

export const isNumber: Fits = (value) =>
  typeof value === 'number' ||
  typeof value === 'bigint' ||
  typeof value === 'boolean' ||
  value instanceof PyFloat ||
  value instanceof PyComplex;

export const isInteger: Fits = (value) => isNumber(value) && typeof value !== 'object';

export const isText: Fits = (value) => typeof value === 'string';

/** The plain value: payload of an instance, contents of a container without its class. */
export function stripped(value: Value): Value {
  if (value instanceof PyInstance) return unwrap(value);
  if (value instanceof PyTuple && value.type) return new PyTuple(value.items);
  if (value instanceof PyList && value.type) return new PyList(value.items);
  if (value instanceof PyDict && value.type) return copyEntries(value, new PyDict());
  if (value instanceof PySet && value.type) return copyEntries(value, new PySet(value.frozen));
  return value;
}

function copyEntries<T extends PyDict | PySet>(from: T, to: T): T {
  for (const [key, entry] of from.entries) (to.entries as Map<typeof key, typeof entry>).set(key, entry);
  return to;
}

/** `__name__` for each name, where the other operand fits. */
export const binaryMethods = (names: readonly string[], fits: Fits): NativeFunction[] =>
  names.map((name) =>
    binaryMethod(`__${name}__`, fits, (interpreter, self, other) =>
      interpreter.binary(OPERATORS[name] as string, self, other),
    ),
  );

/** `__rname__` for each name: the operands the other way round. */
export const reflectedMethods = (names: readonly string[], fits: Fits): NativeFunction[] =>
  names.map((name) =>
    binaryMethod(`__r${name}__`, fits, (interpreter, self, other) =>
      interpreter.binary(OPERATORS[name] as string, other, self),
    ),
  );

export const comparisonMethods = (names: readonly string[], fits: Fits): NativeFunction[] =>
  names.map((name) =>
    binaryMethod(`__${name}__`, fits, (interpreter, self, other) =>
      interpreter.compare(COMPARISONS[name] as string, self, other),
    ),
  );

type Compute = (interpreter: Interpreter, self: Value, other: Value) => Value;

function binaryMethod(name: string, fits: Fits, compute: Compute): NativeFunction {
  return known(name, 'self, other, /', (interpreter, [self, other]) => {
    if (isForeignNumber(other as Value)) return NotImplementedValue.only;
    const right = stripped(other as Value);
    return fits(right) ? compute(interpreter, stripped(self as Value), right) : NotImplementedValue.only;
  });
}

/** `__neg__` and the like. */
export const unaryMethods = (names: Readonly<Record<string, string>>): NativeFunction[] =>
  Object.entries(names).map(([name, operator]) =>
    known(`__${name}__`, 'self, /', (interpreter, [self]) =>
      unaryOperation(interpreter, operator, stripped(self as Value)),
    ),
  );
