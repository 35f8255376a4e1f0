// Methods that arrays and scalars share with the functions of the module: `a.sum(axis=0)` is `np.sum(a, axis=0)`.

import type { Interpreter } from '../../python/interpreter';
import { NativeFunction, PyTuple, type Value } from '../../python/values';
import { cast, dtypeArgument, specOf } from './convert';
import { CREATION } from './creation';
import { inOrder, LAYOUT } from './layout';
import { PRODUCTS } from './linalg';
import { REDUCING } from './reductions';
import { arrayFunction, type Row } from './rows';
import { SEARCH } from './search';
import { SIGNAL } from './signal';
import { numpyOf } from './state';
import { callUfunc, UFUNCS } from './ufuncs';

/** Functions of the module that are methods too, the array as their first argument. */
const SHARED = [
  'all',
  'any',
  'argmax',
  'argmin',
  'argsort',
  'clip',
  'copy',
  'cumprod',
  'cumsum',
  'dot',
  'max',
  'mean',
  'min',
  'nonzero',
  'prod',
  'ptp',
  'ravel',
  'repeat',
  'round',
  'searchsorted',
  'squeeze',
  'std',
  'sum',
  'swapaxes',
  'take',
  'var',
];

const ALL: readonly Row[] = [...CREATION, ...LAYOUT, ...PRODUCTS, ...REDUCING, ...SEARCH, ...SIGNAL];

const rowOf = (name: string): Row => ALL.find(([own]) => own === name) as Row;

/** Sizes or axes given one by one are a tuple: `a.reshape(2, 3)`. */
const spread = (name: string): NativeFunction => {
  const inner = arrayFunction(rowOf(name));
  return new NativeFunction(name, (interpreter, [self, ...sizes], keywords) => {
    const shape = sizes.length > 1 ? new PyTuple(sizes) : sizes[0];
    return inner.body(interpreter, [self as Value, ...(shape === undefined ? [] : [shape])], keywords);
  });
};

function astype(interpreter: Interpreter, [self, dtype]: readonly Value[]): Value {
  const input = specOf(interpreter, self as Value);
  const made = cast(input, dtypeArgument(interpreter, dtype) ?? input.dtype);
  return like(interpreter, self as Value, made);
}

const flatten = (interpreter: Interpreter, [self, order]: readonly Value[]): Value => {
  const input = inOrder(specOf(interpreter, self as Value), order);
  const size = input.shape.reduce((a, b) => a * b, 1);
  return numpyOf(interpreter).array({ ...input, shape: [size] });
};

/** A scalar for a scalar, an array for an array. */
function like(interpreter: Interpreter, self: Value, spec: ReturnType<typeof specOf>): Value {
  const np = numpyOf(interpreter);
  return interpreter.isInstance(self, np.ndarray) ? np.array(spec) : np.result(spec);
}

const OWN: readonly Row[] = [
  ['astype', 'self, dtype, order="K", casting="unsafe", subok=True, copy=True', astype],
  ['conj', 'self', (interpreter, [self]) => callUfunc(interpreter, 'conj', [self as Value])],
  ['flatten', 'self, order="C"', flatten],
];

export const arrayMethods = (): [string, Value][] => [
  ...SHARED.map((name): [string, Value] => [name, arrayFunction(rowOf(name))]),
  ...['reshape', 'transpose'].map((name): [string, Value] => [name, spread(name)]),
  ...OWN.map((row): [string, Value] => [row[0], arrayFunction(row)]),
];

export const FUNCTIONS = ALL;
export const hasUfunc = (name: string): boolean => name in UFUNCS;
