// Products of arrays and numpy.linalg. While a model runs, a product of arrays has a cost that nobody counts: a gap says so.

import { einsum as einsumOp } from '../../ops/einsum';
import { matmul as matmulOp, outer as outerOp } from '../../ops/matmul';
import type { Interpreter } from '../../python/interpreter';
import { PyTuple, type Value } from '../../python/values';
import { asElement } from '../../tensor/contents';
import { elementCount, type TensorSpec } from '../../tensor/tensor';
import { torchOf } from '../torch/state';
import { axesArgument, cast, numberArgument, specOf } from './convert';
import { inferred } from './layout';
import { floatFor, promote, resultType } from './promotion';
import { groupsAlong } from './reductions';
import type { Row } from './rows';
import { numpyOf } from './state';
import { callUfunc } from './ufuncs';

type Args = readonly Value[];

/** Two arrays in the type that both meet in. */
function pair(
  interpreter: Interpreter,
  a: Value | undefined,
  b: Value | undefined,
): [TensorSpec, TensorSpec] {
  if (torchOf(interpreter).recording?.active)
    interpreter.gap('a product of NumPy arrays while the model runs is not counted');
  const [one, other] = [specOf(interpreter, a as Value), specOf(interpreter, b as Value)];
  const dtype = promote(one.dtype, other.dtype);
  return [cast(one, dtype), cast(other, dtype)];
}

export function matmul(interpreter: Interpreter, [a, b]: Args): Value {
  const [input, other] = pair(interpreter, a, b);
  return numpyOf(interpreter).result(inferred(matmulOp, { input, other }));
}

/** Of numbers, their product; else the last axis of one with the last but one of the other. */
function dot(interpreter: Interpreter, [a, b]: Args): Value {
  const [input, other] = pair(interpreter, a, b);
  if (input.shape.length === 0 || other.shape.length === 0)
    return callUfunc(interpreter, 'multiply', [a as Value, b as Value]);
  if (input.shape.length <= 2 && other.shape.length <= 2)
    return matmul(interpreter, [a as Value, b as Value]);
  const shape = [...input.shape.slice(0, -1), ...other.shape.slice(0, -2), ...other.shape.slice(-1)];
  return numpyOf(interpreter).array({ shape, dtype: input.dtype });
}

function outer(interpreter: Interpreter, [a, b]: Args): Value {
  const flat = (spec: TensorSpec): TensorSpec => ({ ...spec, shape: [elementCount(spec.shape)] });
  const [input, other] = pair(interpreter, a, b);
  return numpyOf(interpreter).result(inferred(outerOp, { input: flat(input), other: flat(other) }));
}

function einsum(interpreter: Interpreter, [equation, operands]: Args): Value {
  const given = interpreter.list(operands as Value).map((operand) => specOf(interpreter, operand));
  const type = resultType(
    given.map(({ dtype }) => dtype),
    [],
  );
  const tensors = given.map((one) => cast(one, type));
  const { shape, dtype } = inferred(einsumOp, { equation: String(equation), operands: tensors });
  return numpyOf(interpreter).result({ shape, dtype });
}

/** The length of vectors: the square root of the sum of squares, or the order that is asked for. */
function norm(interpreter: Interpreter, [x, order, axis, keep]: Args): Value {
  const whole = specOf(interpreter, x as Value);
  const input = cast(whole, floatFor(whole.dtype));
  const { shape, groups } = groupsAlong(
    input,
    axesArgument(interpreter, axis, input.shape.length),
    keep === true,
  );
  const power = order === null ? 2 : order === 'fro' ? 2 : numberArgument(interpreter, order);
  const isVector = order === null || axis !== null || input.shape.length === 1;
  const length = (items: readonly number[]): number => {
    const sizes = items.map(Math.abs);
    if (power === Number.POSITIVE_INFINITY) return Math.max(...sizes);
    if (power === 2) return Math.sqrt(sizes.reduce((sum, size) => sum + size * size, 0));
    return sizes.reduce((sum, size) => sum + size ** power, 0) ** (1 / power);
  };
  const contents = isVector ? groups?.map((items) => asElement(length(items), input.dtype)) : undefined;
  return numpyOf(interpreter).result({ shape, dtype: input.dtype, ...(contents && { contents }) });
}

/** Results whose shape alone is known. */
const shaped =
  (shapesOf: (shape: readonly number[]) => readonly (readonly number[])[]) =>
  (interpreter: Interpreter, [a]: Args): Value => {
    const np = numpyOf(interpreter);
    const { shape, dtype } = specOf(interpreter, a as Value);
    const results = shapesOf(shape).map((size) => np.result({ shape: size, dtype: floatFor(dtype) }));
    return results.length === 1 ? (results[0] as Value) : new PyTuple(results);
  };

export const PRODUCTS: readonly Row[] = [
  ['dot', 'a, b, out=None', dot],
  ['einsum', 'subscripts, *operands, out=None, optimize=False', einsum],
  ['inner', 'a, b', dot],
  ['matmul', 'x1, x2, /, out=None', matmul],
  ['outer', 'a, b, out=None', outer],
  ['vdot', 'a, b', dot],
];

export const LINALG: readonly Row[] = [
  ['cholesky', 'a', shaped((shape) => [shape])],
  ['det', 'a', shaped((shape) => [shape.slice(0, -2)])],
  ['eigh', 'a, UPLO="L"', shaped((shape) => [shape.slice(0, -1), shape])],
  ['inv', 'a', shaped((shape) => [shape])],
  ['norm', 'x, ord=None, axis=None, keepdims=False', norm],
  ['pinv', 'a', shaped((shape) => [[...shape.slice(0, -2), shape.at(-1) ?? 1, shape.at(-2) ?? 1]])],
  ['qr', 'a, mode="reduced"', shaped(qrShapes)],
  ['solve', 'a, b', (interpreter, [, b]) => shaped((shape) => [shape])(interpreter, [b as Value])],
  [
    'svd',
    'a, full_matrices=True',
    (interpreter, [a, full]) =>
      shaped((shape) => svdShapes(shape, interpreter.truth(full as Value)))(interpreter, [a as Value]),
  ],
];

function svdShapes(shape: readonly number[], isFull: boolean): number[][] {
  const batch = shape.slice(0, -2);
  const [rows = 1, columns = 1] = shape.slice(-2);
  const rank = Math.min(rows, columns);
  return [
    [...batch, rows, isFull ? rows : rank],
    [...batch, rank],
    [...batch, isFull ? columns : rank, columns],
  ];
}

function qrShapes(shape: readonly number[]): number[][] {
  const [rows = 1, columns = 1] = shape.slice(-2);
  const rank = Math.min(rows, columns);
  return [
    [...shape.slice(0, -2), rows, rank],
    [...shape.slice(0, -2), rank, columns],
  ];
}
