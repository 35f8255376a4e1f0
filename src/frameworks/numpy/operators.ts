// Python's operators on arrays and on NumPy's scalars: `a + b`, `2 * a`, `a == b`, `-a`. Each is a ufunc. What is no
// number on the other side is left to that side.

import type { Interpreter } from '../../python/interpreter';
import { intOf, isForeignNumber } from '../../python/unwrap';
import {
  NativeFunction,
  NotImplementedValue,
  PyInstance,
  PyList,
  PyTuple,
  Unknown,
  type Value,
} from '../../python/values';
import { tensorOf } from '../torch/tensors';
import { cast } from './convert';
import { matmul } from './linalg';
import { guarded } from './rows';
import { numpyOf } from './state';
import { callUfunc, isOperand } from './ufuncs';

/** Dunder stem and ufunc. Each gives `__add__`, `__radd__` and `__iadd__`. */
const ARITHMETIC: Readonly<Record<string, string>> = {
  add: 'add',
  and: 'bitwise_and',
  floordiv: 'floor_divide',
  lshift: 'left_shift',
  mod: 'remainder',
  mul: 'multiply',
  or: 'bitwise_or',
  pow: 'power',
  rshift: 'right_shift',
  sub: 'subtract',
  truediv: 'divide',
  xor: 'bitwise_xor',
};

const COMPARISONS: Readonly<Record<string, string>> = {
  eq: 'equal',
  ge: 'greater_equal',
  gt: 'greater',
  le: 'less_equal',
  lt: 'less',
  ne: 'not_equal',
};

const UNARY: Readonly<Record<string, string>> = {
  abs: 'abs',
  invert: 'bitwise_not',
  neg: 'negative',
  pos: 'positive',
};

type Operator = (interpreter: Interpreter, self: Value, other: Value) => Value;

const method = (name: string, body: Operator): [string, Value] => [
  name,
  new NativeFunction(name, (interpreter, [self, other]) =>
    guarded(interpreter, () => body(interpreter, self as Value, other ?? null)),
  ),
];

function binary(call: Operator, isReflected = false): Operator {
  return (interpreter, self, other) => {
    if (other instanceof Unknown) return other;
    if (!isOperand(other) && !(other instanceof PyList || other instanceof PyTuple))
      return NotImplementedValue.only;
    return isReflected ? call(interpreter, other, self) : call(interpreter, self, other);
  };
}

/** `a += b`: into the array, in its own type. Scalars have none of these. */
function inplace(call: Operator): Operator {
  return (interpreter, self, other) => {
    const result = binary(call)(interpreter, self, other);
    const [target, made] = [tensorOf(self), tensorOf(result)];
    if (!target || !made) return result instanceof Unknown ? forget(self, result) : result;
    (self as PyInstance).payload = target.rewritten(cast(made.spec, target.spec.dtype));
    return self;
  };
}

/** Something that is not known was written into an array. */
export function forget(self: Value, unknown: Unknown): Value {
  const data = tensorOf(self);
  if (!data) return unknown;
  data.storage.version++;
  return self;
}

const ufunc =
  (name: string): Operator =>
  (interpreter, a, b) =>
    (name === 'multiply' ? repeated(interpreter, a, b) : undefined) ?? callUfunc(interpreter, name, [a, b]);

/** A list times an integer is a longer list, also where NumPy made the integer. */
function repeated(interpreter: Interpreter, a: Value, b: Value): Value | undefined {
  const [list, times] = isForeignNumber(a) ? [b, a] : [a, b];
  const count = intOf(times);
  const isList = list instanceof PyList || list instanceof PyTuple;
  return isList && isForeignNumber(times) && count !== undefined
    ? interpreter.binary('*', list, count)
    : undefined;
}

/** What an array and a scalar have in common. */
export const sharedOperators = (): [string, Value][] => [
  ...Object.entries(ARITHMETIC).flatMap(([stem, name]) => [
    method(`__${stem}__`, binary(ufunc(name))),
    method(`__r${stem}__`, binary(ufunc(name), true)),
  ]),
  ...Object.entries(COMPARISONS).map(([stem, name]) => method(`__${stem}__`, binary(ufunc(name)))),
  ...Object.entries(UNARY).map(([stem, name]) =>
    method(`__${stem}__`, (interpreter, self) => callUfunc(interpreter, name, [self])),
  ),
];

const product: Operator = (interpreter, a, b) => matmul(interpreter, [a, b]);

/** What arrays have besides. */
export const arrayOperators = (): [string, Value][] => [
  ...sharedOperators(),
  ...Object.entries(ARITHMETIC).map(([stem, name]) => method(`__i${stem}__`, inplace(ufunc(name)))),
  method('__matmul__', binary(product)),
  method('__rmatmul__', binary(product, true)),
];

export const isArray = (interpreter: Interpreter, value: Value | undefined): value is PyInstance =>
  value instanceof PyInstance && value.type.mro.includes(numpyOf(interpreter).ndarray);
