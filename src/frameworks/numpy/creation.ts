// Arrays made from data, from nothing, and by counting. Ranges are computed as NumPy computes them, to the last digit.

import { resolveDim } from '../../ops/arguments';
import type { Interpreter } from '../../python/interpreter';
import { PyInstance, PyTuple, type Value } from '../../python/values';
import { type DType, kindOf } from '../../tensor/dtype';
import { CONTENTS_LIMIT, elementCount, type Shape, type TensorSpec } from '../../tensor/tensor';
import { tensorOf } from '../torch/tensors';
import { cast, dtypeArgument, intArgument, intsArgument, numberArgument, operandOf, specOf } from './convert';
import { stretched } from './layout';
import { resultType } from './promotion';
import { NotKnown, type Row, unread } from './rows';
import { numpyOf } from './state';

type Args = readonly Value[];

/** An array of one number, of known elements while it is small. */
function filled(shape: Shape, dtype: DType, value?: number): TensorSpec {
  const count = elementCount(shape);
  if (value === undefined || count > CONTENTS_LIMIT) return { shape, dtype };
  return cast({ shape, dtype, contents: new Array<number>(count).fill(value) }, dtype);
}

function shapeArgument(interpreter: Interpreter, value: Value): Shape {
  const shape = intsArgument(interpreter, value);
  if (shape.some((size) => size < 0)) interpreter.raise('ValueError', 'negative dimensions are not allowed');
  return shape;
}

const from =
  (value?: number) =>
  (interpreter: Interpreter, [shape, dtype]: Args): Value => {
    const type = dtypeArgument(interpreter, dtype) ?? 'float64';
    return numpyOf(interpreter).array(filled(shapeArgument(interpreter, shape as Value), type, value));
  };

const like =
  (value?: number) =>
  (interpreter: Interpreter, [a, dtype, , , shape]: Args): Value => {
    const input = specOf(interpreter, a as Value);
    const sizes = shape === null || shape === undefined ? input.shape : shapeArgument(interpreter, shape);
    return numpyOf(interpreter).array(filled(sizes, dtypeArgument(interpreter, dtype) ?? input.dtype, value));
  };

/** A copy; of a Python number, an array without dimensions. */
function array(interpreter: Interpreter, [object, dtype, , , , ndmin]: Args): Value {
  const input = specOf(interpreter, object as Value);
  const extra = Math.max(0, intArgument(interpreter, ndmin) - input.shape.length);
  const shape = [...new Array<number>(extra).fill(1), ...input.shape];
  return numpyOf(interpreter).array({
    ...cast(input, dtypeArgument(interpreter, dtype) ?? input.dtype),
    shape,
  });
}

/** An array that is one already, of the type that is asked for, stays itself. */
function asArray(interpreter: Interpreter, [object, dtype]: Args): Value {
  const np = numpyOf(interpreter);
  const input = specOf(interpreter, object as Value);
  const wanted = dtypeArgument(interpreter, dtype) ?? input.dtype;
  if (wanted !== input.dtype) return np.array(cast(input, wanted));
  if (object instanceof PyInstance && object.type === np.ndarray) return object;
  return np.array(input, tensorOf(object)?.storage);
}

function full(interpreter: Interpreter, [shape, value, dtype]: Args): Value {
  const fill = specOf(interpreter, value as Value);
  const type = dtypeArgument(interpreter, dtype) ?? fill.dtype;
  const sizes = shapeArgument(interpreter, shape as Value);
  return numpyOf(interpreter).array(stretched(cast(fill, type), sizes));
}

function fullLike(interpreter: Interpreter, [a, value, dtype]: Args): Value {
  const { shape, dtype: own } = specOf(interpreter, a as Value);
  const type = dtypeArgument(interpreter, dtype) ?? own;
  return numpyOf(interpreter).array(stretched(cast(specOf(interpreter, value as Value), type), shape));
}

// --- ranges -----------------------------------------------------------------------------------------------------------

function arange(interpreter: Interpreter, [first, second, third, dtype]: Args): Value {
  const bounds = second === null ? [0, first as Value] : [first as Value, second as Value];
  const given = [...bounds, third ?? 1].map((value) => operandOf(interpreter, value));
  const [start, stop, step] = [...bounds, third ?? 1].map((value) => numberArgument(interpreter, value)) as [
    number,
    number,
    number,
  ];
  const weak = given.flatMap((operand) => operand.weak ?? []);
  const strong = given.flatMap(({ spec, weak: isWeak }) => (isWeak ? [] : spec.dtype));
  const type = dtypeArgument(interpreter, dtype) ?? resultType(strong, weak);
  const length = Math.max(0, Math.ceil((stop - start) / step));
  return numpyOf(interpreter).array(counted(length, type, counter(start, step, type)));
}

/** Elements go up by what the second one differs from the first. */
function counter(start: number, step: number, dtype: DType): (index: number) => number {
  if (kindOf(dtype) === 'float') return (index) => start + index * (start + step - start);
  const [first, second] = [Math.trunc(start), Math.trunc(start + step)];
  return (index) => first + index * (second - first);
}

function counted(length: number, dtype: DType, element: (index: number) => number): TensorSpec {
  const spec = { shape: [length], dtype };
  if (length > CONTENTS_LIMIT) return spec;
  return cast({ ...spec, contents: Array.from({ length }, (_, index) => element(index)) }, dtype);
}

/** The elements of linspace, and the step between them. */
function spaced(
  start: number,
  stop: number,
  num: number,
  endpoint: boolean,
): [(index: number) => number, number] {
  const parts = endpoint ? num - 1 : num;
  const step = parts > 0 ? (stop - start) / parts : Number.NaN;
  const isWhole = step !== 0 || parts <= 0;
  const at = (index: number): number => {
    if (endpoint && num > 1 && index === num - 1) return stop;
    if (parts <= 0) return index * (stop - start) + start;
    return (isWhole ? index * step : (index / parts) * (stop - start)) + start;
  };
  return [at, step];
}

/** Integers are rounded down, not cut off. */
const floored = (dtype: DType, value: number): number =>
  kindOf(dtype) === 'int' ? Math.floor(value) : value;

function linspace(interpreter: Interpreter, [start, stop, num, endpoint, retstep, dtype]: Args): Value {
  const np = numpyOf(interpreter);
  const count = intArgument(interpreter, num);
  const [low, high] = [numberArgument(interpreter, start), numberArgument(interpreter, stop)];
  const [at, step] = spaced(low, high, count, endpoint !== false);
  const type = dtypeArgument(interpreter, dtype) ?? 'float64';
  const made = np.array(counted(count, type, (index) => floored(type, at(index))));
  return retstep === true ? new PyTuple([made, np.scalar('float64', step)]) : made;
}

function logspace(interpreter: Interpreter, [start, stop, num, endpoint, base, dtype]: Args): Value {
  const count = intArgument(interpreter, num);
  const [low, high] = [numberArgument(interpreter, start), numberArgument(interpreter, stop)];
  const [at] = spaced(low, high, count, endpoint !== false);
  const root = numberArgument(interpreter, base);
  const type = dtypeArgument(interpreter, dtype) ?? 'float64';
  return numpyOf(interpreter).array(counted(count, type, (index) => root ** at(index)));
}

/** As powers of ten between the logarithms, both ends as given. */
function geomspace(interpreter: Interpreter, [start, stop, num, endpoint]: Args): Value {
  const count = intArgument(interpreter, num);
  const [low, high] = [numberArgument(interpreter, start), numberArgument(interpreter, stop)];
  const [at] = spaced(0, Math.log10(high / low), count, endpoint !== false);
  const element = (index: number): number => {
    if (index === 0) return low;
    return endpoint !== false && index === count - 1 ? high : 10 ** at(index) * low;
  };
  return numpyOf(interpreter).array(counted(count, 'float64', element));
}

// --- matrices ---------------------------------------------------------------------------------------------------------

/** A matrix by a function of row and column. */
function matrix(
  rows: number,
  columns: number,
  dtype: DType,
  element: (row: number, column: number) => number,
): TensorSpec {
  const spec = { shape: [rows, columns], dtype };
  if (rows * columns > CONTENTS_LIMIT) return spec;
  const contents = Array.from({ length: rows * columns }, (_, at) =>
    element(Math.floor(at / columns), at % columns),
  );
  return { ...spec, contents };
}

function eye(interpreter: Interpreter, [n, m, k, dtype]: Args): Value {
  const rows = intArgument(interpreter, n);
  const columns = m === null ? rows : intArgument(interpreter, m);
  const offset = intArgument(interpreter, k);
  const type = dtypeArgument(interpreter, dtype) ?? 'float64';
  return numpyOf(interpreter).array(matrix(rows, columns, type, (i, j) => Number(j - i === offset)));
}

const triangle =
  (keeps: (row: number, column: number, k: number) => boolean) =>
  (interpreter: Interpreter, [m, k]: Args): Value => {
    const input = specOf(interpreter, m as Value);
    const offset = intArgument(interpreter, k);
    const [rows = 1, columns = 1] = input.shape.slice(-2);
    const contents = input.contents?.map((item, at) =>
      keeps(Math.floor(at / columns) % rows, at % columns, offset) ? item : 0,
    );
    return numpyOf(interpreter).array({
      shape: input.shape,
      dtype: input.dtype,
      ...(contents && { contents }),
    });
  };

/** A matrix from its diagonal, or the diagonal of a matrix. */
function diag(interpreter: Interpreter, [v, k]: Args): Value {
  const np = numpyOf(interpreter);
  const { shape, dtype, contents } = specOf(interpreter, v as Value);
  const offset = intArgument(interpreter, k);
  const [rows = 0, columns] = shape;
  if (columns === undefined) {
    const size = rows + Math.abs(offset);
    const at = (i: number, j: number): number =>
      j - i === offset ? (contents?.[Math.min(i, j)] as number) : 0;
    const made = matrix(size, size, dtype, at);
    return np.array(contents ? made : { shape: made.shape, dtype });
  }
  const [top, left] = [Math.max(0, -offset), Math.max(0, offset)];
  const length = Math.max(0, Math.min(rows - top, columns - left));
  const picked =
    contents && Array.from({ length }, (_, i) => contents[(top + i) * columns + left + i] as number);
  return np.array({ shape: [length], dtype, ...(picked && { contents: picked }) });
}

/** The place along each axis, for every element. */
function indices(interpreter: Interpreter, [dimensions, dtype]: Args): Value {
  const shape = shapeArgument(interpreter, dimensions as Value);
  const type = dtypeArgument(interpreter, dtype) ?? 'int64';
  const whole = { shape: [shape.length, ...shape], dtype: type };
  if (elementCount(whole.shape) > CONTENTS_LIMIT) return numpyOf(interpreter).array(whole);
  const contents = shape.flatMap((size, axis) => {
    const inner = elementCount(shape.slice(resolveDim(axis, shape.length) + 1));
    return Array.from({ length: elementCount(shape) }, (_, at) => Math.floor(at / inner) % size);
  });
  return numpyOf(interpreter).array({ ...whole, contents });
}

const unreadable =
  (name: string) =>
  (interpreter: Interpreter): Value => {
    throw new NotKnown(unread(interpreter, `what numpy.${name} reads is not known`));
  };

const READERS = ['fromfile', 'fromstring', 'frombuffer', 'genfromtxt', 'load', 'loadtxt', 'memmap'];

export const CREATION: readonly Row[] = [
  ['arange', 'start, stop=None, step=None, dtype=None, *, device=None, like=None', arange],
  ['array', 'object, dtype=None, copy=True, order="K", subok=False, ndmin=0, like=None', array],
  ['asanyarray', 'a, dtype=None, order=None, *, device=None, copy=None, like=None', asArray],
  ['asarray', 'a, dtype=None, order=None, *, device=None, copy=None, like=None', asArray],
  ['ascontiguousarray', 'a, dtype=None', asArray],
  [
    'copy',
    'a, order="K", subok=False',
    (interpreter, [a]) => numpyOf(interpreter).array(specOf(interpreter, a as Value)),
  ],
  ['diag', 'v, k=0', diag],
  ['empty', 'shape, dtype=None, order="C"', from()],
  ['empty_like', 'prototype, dtype=None, order="K", subok=True, shape=None', like()],
  ['eye', 'N, M=None, k=0, dtype=None, order="C"', eye],
  ['full', 'shape, fill_value, dtype=None, order="C"', full],
  ['full_like', 'a, fill_value, dtype=None, order="K", subok=True, shape=None', fullLike],
  ['geomspace', 'start, stop, num=50, endpoint=True, dtype=None, axis=0', geomspace],
  [
    'identity',
    'n, dtype=None',
    (interpreter, [n, dtype]) => eye(interpreter, [n as Value, null, 0, dtype as Value]),
  ],
  ['indices', 'dimensions, dtype=None, sparse=False', indices],
  ['linspace', 'start, stop, num=50, endpoint=True, retstep=False, dtype=None, axis=0', linspace],
  ['logspace', 'start, stop, num=50, endpoint=True, base=10.0, dtype=None, axis=0', logspace],
  ['ones', 'shape, dtype=None, order="C"', from(1)],
  ['ones_like', 'a, dtype=None, order="K", subok=True, shape=None', like(1)],
  ['tril', 'm, k=0', triangle((i, j, k) => j - i <= k)],
  ['triu', 'm, k=0', triangle((i, j, k) => j - i >= k)],
  ['zeros', 'shape, dtype=None, order="C"', from(0)],
  ['zeros_like', 'a, dtype=None, order="K", subok=True, shape=None', like(0)],
  ...READERS.map((name): Row => [name, '*args, **kwargs', unreadable(name)]),
];
