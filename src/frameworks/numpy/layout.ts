// Arrays in other shapes and put together: reshape, transpose, concatenate, split, tile, repeat, pad. The operators of
// PyTorch do most of it; here are NumPy's names, arguments and types.

import { broadcast, fail, resolveDim } from '../../ops/arguments';
import { cat } from '../../ops/joining';
import type { Op, OpArgument } from '../../ops/operator';
import { expand, permute as permuteOp, reshape as reshapeOp } from '../../ops/views';
import type { Interpreter } from '../../python/interpreter';
import { PyList, PyTuple, type Value } from '../../python/values';
import { stretchContents } from '../../tensor/contents';
import { elementCount, type Shape, type TensorSpec } from '../../tensor/tensor';
import { tensorOf } from '../torch/tensors';
import {
  arraysArgument,
  axesArgument,
  cast,
  dtypeArgument,
  intArgument,
  intsArgument,
  specOf,
} from './convert';
import { promote } from './promotion';
import type { Row } from './rows';
import { numpyOf } from './state';

type Args = readonly Value[];

/** The one output of an operator. */
export function inferred(op: Op, args: Readonly<Record<string, OpArgument>>): TensorSpec {
  const [{ strides: _, ...out }] = op.infer(args) as [TensorSpec];
  return out;
}

/** Stretched to a shape. */
export function stretched(spec: TensorSpec, shape: Shape): TensorSpec {
  const contents = stretchContents(spec, shape);
  inferred(expand, { input: spec, shape: [...shape] });
  return { shape, dtype: spec.dtype, ...(contents && { contents }) };
}

/** A view on the storage of the array that it is of. */
function viewOf(interpreter: Interpreter, of: Value | undefined, spec: TensorSpec): Value {
  return numpyOf(interpreter).array(spec, tensorOf(of)?.storage);
}

const reshaped = (input: TensorSpec, shape: Shape): TensorSpec => inferred(reshapeOp, { input, shape });
const permuted = (input: TensorSpec, dims: readonly number[]): TensorSpec =>
  inferred(permuteOp, { input, dims });

/** Axes in order, one of them moved. */
function moved(rank: number, from: readonly number[], to: readonly number[]): number[] {
  const rest = Array.from({ length: rank }, (_, axis) => axis).filter((axis) => !from.includes(axis));
  const places = to.map((place, i) => [place, from[i] as number] as const).sort(([a], [b]) => a - b);
  for (const [place, axis] of places) rest.splice(place, 0, axis);
  return rest;
}

export function concatenated(arrays: readonly TensorSpec[], axis: number): TensorSpec {
  const [first] = arrays;
  if (first === undefined) fail('need at least one array to concatenate');
  const dtype = arrays.reduce((so, { dtype: own }) => promote(so, own), first.dtype);
  const parts = arrays.map((array) => cast(array, dtype));
  // PyTorch leaves empty vectors out; here they take part like others.
  if (parts.every((part) => part.shape.length === 1)) return joinedVectors(parts);
  return inferred(cat, { tensors: parts, dim: axis });
}

function joinedVectors(parts: readonly TensorSpec[]): TensorSpec {
  const size = parts.reduce((sum, { shape }) => sum + (shape[0] as number), 0);
  const isKnown = parts.every(({ contents }) => contents !== undefined);
  const contents = isKnown ? parts.flatMap((part) => part.contents ?? []) : undefined;
  return { shape: [size], dtype: parts[0]?.dtype ?? 'float64', ...(contents && { contents }) };
}

const flat = (input: TensorSpec): TensorSpec => ({ ...input, shape: [elementCount(input.shape)] });

/** Column by column the elements come in another order: it is not followed. */
export const inOrder = ({ shape, dtype, contents }: TensorSpec, order: Value | undefined): TensorSpec =>
  order === 'F' && shape.length > 1 ? { shape, dtype } : { shape, dtype, ...(contents && { contents }) };

/** With as many dimensions as this at least; `where` says how new ones are placed. */
function atLeast(input: TensorSpec, rank: 1 | 2 | 3): TensorSpec {
  const { shape } = input;
  if (shape.length >= rank) return input;
  if (rank === 1) return { ...input, shape: [1] };
  if (rank === 2) return { ...input, shape: [1, shape[0] ?? 1] };
  return { ...input, shape: shape.length === 2 ? [...shape, 1] : [1, shape[0] ?? 1, 1] };
}

function concatenate(interpreter: Interpreter, [arrays, axis, , dtype]: Args): Value {
  const parts = arraysArgument(interpreter, arrays as Value);
  const made =
    axis === null ? concatenated(parts.map(flat), 0) : concatenated(parts, intArgument(interpreter, axis));
  return numpyOf(interpreter).array(cast(made, dtypeArgument(interpreter, dtype) ?? made.dtype));
}

function stack(interpreter: Interpreter, [arrays, axis]: Args): Value {
  const parts = arraysArgument(interpreter, arrays as Value);
  const [first] = parts;
  if (first === undefined) fail('need at least one array to stack');
  if (parts.some(({ shape }) => shape.join() !== first.shape.join()))
    fail('all input arrays must have the same shape');
  const at = resolveDim(intArgument(interpreter, axis), first.shape.length + 1);
  const wider = parts.map((part) => reshaped(part, [...part.shape.slice(0, at), 1, ...part.shape.slice(at)]));
  return numpyOf(interpreter).array(concatenated(wider, at));
}

const stackRow = (name: string, rank: 1 | 2 | 3, axis: (rank: number) => number): Row => [
  name,
  'tup, *, dtype=None, casting="same_kind"',
  (interpreter, [arrays]) => {
    const parts = arraysArgument(interpreter, arrays as Value).map((part) => atLeast(part, rank));
    return numpyOf(interpreter).array(concatenated(parts, axis(parts[0]?.shape.length ?? 1)));
  },
];

/** Vectors are columns. */
function columnStack(interpreter: Interpreter, [arrays]: Args): Value {
  const parts = arraysArgument(interpreter, arrays as Value);
  const columns = parts.map((part) =>
    part.shape.length < 2 ? { ...part, shape: [part.shape[0] ?? 1, 1] } : part,
  );
  return numpyOf(interpreter).array(concatenated(columns, 1));
}

/** Parts of an axis: so many of one size, or cut at places. */
function split(even: boolean) {
  return (interpreter: Interpreter, [ary, sections, axis]: Args): Value => {
    const input = specOf(interpreter, ary as Value);
    const at = resolveDim(intArgument(interpreter, axis), input.shape.length);
    const size = input.shape[at] as number;
    const cuts = cutsOf(interpreter, sections as Value, size, even);
    const parts = [...cuts, size].map((stop, i) => sliced(input, at, cuts[i - 1] ?? 0, stop));
    return new PyList(parts.map((part) => viewOf(interpreter, ary, part)));
  };
}

function cutsOf(interpreter: Interpreter, sections: Value, size: number, even: boolean): number[] {
  const given = specOf(interpreter, sections);
  if (given.shape.length > 0) return intsArgument(interpreter, sections);
  const count = intArgument(interpreter, sections);
  if (even && size % count !== 0) fail('array split does not result in an equal division');
  const cut = (i: number): number => i * Math.floor(size / count) + Math.min(i, size % count);
  return Array.from({ length: count - 1 }, (_, i) => cut(i + 1));
}

/** Elements from `start` to `stop` of an axis. */
export function sliced(input: TensorSpec, axis: number, start: number, stop: number): TensorSpec {
  const size = input.shape[axis] as number;
  const clip = (at: number): number => Math.min(Math.max(at < 0 ? at + size : at, 0), size);
  const places: number[] = [];
  for (let at = clip(start); at < clip(stop); at++) places.push(at);
  return taken(input, axis, places);
}

/** Elements of an axis by their places. */
export function taken(
  { shape, dtype, contents }: TensorSpec,
  axis: number,
  places: readonly number[],
): TensorSpec {
  const inner = elementCount(shape.slice(axis + 1));
  const size = shape[axis] as number;
  const outer = elementCount(shape.slice(0, axis));
  const out = { shape: shape.map((own, i) => (i === axis ? places.length : own)), dtype };
  if (contents === undefined) return out;
  const rows = Array.from({ length: outer }, (_, row) =>
    places.map((at) => contents.slice((row * size + at) * inner, (row * size + at + 1) * inner)),
  );
  return { ...out, contents: rows.flat(2) };
}

function tile(interpreter: Interpreter, [a, reps]: Args): Value {
  const input = specOf(interpreter, a as Value);
  const given = intsArgument(interpreter, reps as Value);
  const rank = Math.max(given.length, input.shape.length);
  const times = [...new Array<number>(rank - given.length).fill(1), ...given];
  const wide = { ...input, shape: [...new Array<number>(rank - input.shape.length).fill(1), ...input.shape] };
  const made = times.reduce((so, count, axis) => {
    const size = so.shape[axis] as number;
    return taken(
      so,
      axis,
      Array.from({ length: size * count }, (_, at) => at % size),
    );
  }, wide as TensorSpec);
  return numpyOf(interpreter).array(made);
}

function repeat(interpreter: Interpreter, [a, repeats, axis]: Args): Value {
  const whole = specOf(interpreter, a as Value);
  const input = axis === null ? flat(whole) : whole;
  const at = axis === null ? 0 : resolveDim(intArgument(interpreter, axis), input.shape.length);
  const size = input.shape[at] as number;
  const counts = intsArgument(interpreter, repeats as Value);
  const count = (i: number): number => (counts.length === 1 ? counts[0] : counts[i]) as number;
  const places = Array.from({ length: size }, (_, i) => new Array<number>(count(i)).fill(i)).flat();
  return numpyOf(interpreter).array(taken(input, at, places));
}

/** Axes the other way round. */
function flip(interpreter: Interpreter, [m, axis]: Args): Value {
  const input = specOf(interpreter, m as Value);
  const axes = axesArgument(interpreter, axis, input.shape.length);
  const made = axes.reduce((so, at) => taken(so, at, [...new Array(so.shape[at]).keys()].reverse()), input);
  return viewOf(interpreter, m, made);
}

function roll(interpreter: Interpreter, [a, shift, axis]: Args): Value {
  const input = specOf(interpreter, a as Value);
  const axes = axis === null ? [0] : axesArgument(interpreter, axis, input.shape.length);
  const shifts = intsArgument(interpreter, shift as Value);
  const start = axis === null ? flat(input) : input;
  const made = axes.reduce((so, at, i) => {
    const size = so.shape[at] as number;
    const by = (shifts[i] ?? shifts[0]) as number;
    return taken(
      so,
      at,
      Array.from({ length: size }, (_, to) => (((to - by) % size) + size) % size),
    );
  }, start);
  return numpyOf(interpreter).array({ ...made, shape: input.shape });
}

/** Constant padding; other modes keep the shape alone. */
function pad(interpreter: Interpreter, [array, width, mode, options]: Args): Value {
  const input = specOf(interpreter, array as Value);
  const given = specOf(interpreter, width as Value);
  const widths =
    stretched(given, [input.shape.length, 2]).contents ?? intsArgument(interpreter, width as Value);
  const shape = input.shape.map(
    (size, axis) => size + (widths[2 * axis] as number) + (widths[2 * axis + 1] as number),
  );
  const isZero = mode === 'constant' && interpreter.list(options as Value).length === 0;
  if (!isZero || input.contents === undefined)
    return numpyOf(interpreter).array({ shape, dtype: input.dtype });
  const made = input.shape.reduce(
    (so, _, axis) => padded(so, axis, widths[2 * axis] as number, shape[axis] as number),
    input,
  );
  return numpyOf(interpreter).array(made);
}

function padded(input: TensorSpec, axis: number, before: number, size: number): TensorSpec {
  const zeros = (count: number): TensorSpec => {
    const shape = input.shape.map((own, i) => (i === axis ? count : own));
    return { shape, dtype: input.dtype, contents: new Array<number>(elementCount(shape)).fill(0) };
  };
  const after = size - before - (input.shape[axis] as number);
  return inferred(cat, {
    tensors: [zeros(before), input, zeros(after)].filter(({ contents }) => contents?.length !== 0),
    dim: axis,
  });
}

function squeeze(interpreter: Interpreter, [a, axis]: Args): Value {
  const input = specOf(interpreter, a as Value);
  const axes = axesArgument(interpreter, axis, input.shape.length).filter(
    (at) => axis !== null || input.shape[at] === 1,
  );
  if (axes.some((at) => input.shape[at] !== 1))
    fail('cannot select an axis to squeeze out which has size not equal to one');
  return viewOf(interpreter, a, { ...input, shape: input.shape.filter((_, at) => !axes.includes(at)) });
}

function expandDims(interpreter: Interpreter, [a, axis]: Args): Value {
  const input = specOf(interpreter, a as Value);
  const given = intsArgument(interpreter, axis as Value);
  const rank = input.shape.length + given.length;
  const axes = given.map((at) => resolveDim(at, rank)).sort((x, y) => x - y);
  const shape = [...input.shape];
  for (const at of axes) shape.splice(at, 0, 1);
  return viewOf(interpreter, a, { ...input, shape });
}

function transpose(interpreter: Interpreter, [a, axes]: Args): Value {
  const input = specOf(interpreter, a as Value);
  const order = axes === null ? [...input.shape.keys()].reverse() : intsArgument(interpreter, axes as Value);
  return viewOf(interpreter, a, permuted(input, order));
}

function swapAxes(interpreter: Interpreter, [a, one, other]: Args): Value {
  const input = specOf(interpreter, a as Value);
  const [x, y] = [one, other].map((axis) => resolveDim(intArgument(interpreter, axis), input.shape.length));
  return viewOf(
    interpreter,
    a,
    permuted(
      input,
      input.shape.map((_, i) => (i === x ? y : i === y ? x : i) as number),
    ),
  );
}

function moveAxis(interpreter: Interpreter, [a, source, destination]: Args): Value {
  const input = specOf(interpreter, a as Value);
  const rank = input.shape.length;
  const [from, to] = [source, destination].map((axes) => axesArgument(interpreter, axes, rank)) as [
    number[],
    number[],
  ];
  return viewOf(interpreter, a, permuted(input, moved(rank, from, to)));
}

function meshgrid(interpreter: Interpreter, [vectors, indexing, sparse]: Args): Value {
  const inputs = interpreter.list(vectors as Value).map((vector) => flat(specOf(interpreter, vector)));
  const swap = indexing === 'xy' && inputs.length > 1;
  const place = (i: number): number => (swap && i < 2 ? 1 - i : i);
  const shape = inputs.map((_, i) => inputs[place(i)]?.shape[0] as number);
  return new PyTuple(
    inputs.map((input, i) => {
      const thin = shape.map((size, axis) => (axis === place(i) ? size : 1));
      const placed = reshaped(input, thin);
      return numpyOf(interpreter).array(sparse === true ? placed : stretched(placed, shape));
    }),
  );
}

function broadcastArrays(interpreter: Interpreter, [arrays]: Args): Value {
  const inputs = interpreter.list(arrays as Value).map((array) => specOf(interpreter, array));
  const shape = broadcast(...inputs.map((input) => input.shape));
  return new PyTuple(inputs.map((input) => numpyOf(interpreter).array(stretched(input, shape))));
}

const atLeastRow = (rank: 1 | 2 | 3): Row => [
  `atleast_${rank}d`,
  'ary',
  (interpreter, [a]) => viewOf(interpreter, a, atLeast(specOf(interpreter, a as Value), rank)),
];

const flipRow = (name: string, axis: number): Row => [
  name,
  'm',
  (interpreter, [m]) => flip(interpreter, [m as Value, axis]),
];

/** Along a given axis, a fixed one in the variants of split. */
const splitRow = (name: string, axis: number): Row => [
  name,
  'ary, indices_or_sections',
  (interpreter, [ary, sections]) => split(true)(interpreter, [ary as Value, sections as Value, axis]),
];

export const LAYOUT: readonly Row[] = [
  [
    'append',
    'arr, values, axis=None',
    (interpreter, [a, b, axis]) =>
      concatenate(interpreter, [new PyTuple([a as Value, b as Value]), axis as Value]),
  ],
  ['array_split', 'ary, indices_or_sections, axis=0', split(false)],
  atLeastRow(1),
  atLeastRow(2),
  atLeastRow(3),
  ['broadcast_arrays', '*args', broadcastArrays],
  [
    'broadcast_to',
    'array, shape, subok=False',
    (interpreter, [array, shape]) =>
      viewOf(
        interpreter,
        array,
        stretched(specOf(interpreter, array as Value), intsArgument(interpreter, shape as Value)),
      ),
  ],
  ['column_stack', 'tup', columnStack],
  ['concatenate', 'arrays, axis=0, out=None, dtype=None, casting="same_kind"', concatenate],
  stackRow('dstack', 3, () => 2),
  ['expand_dims', 'a, axis', expandDims],
  ['flip', 'm, axis=None', flip],
  flipRow('fliplr', 1),
  flipRow('flipud', 0),
  splitRow('hsplit', 1),
  stackRow('hstack', 1, (rank) => (rank === 1 ? 0 : 1)),
  ['meshgrid', '*xi, indexing="xy", sparse=False, copy=True', meshgrid],
  ['moveaxis', 'a, source, destination', moveAxis],
  ['pad', 'array, pad_width, mode="constant", **kwargs', pad],
  [
    'ravel',
    'a, order="C"',
    (interpreter, [a, order]) =>
      viewOf(interpreter, a, flat(inOrder(specOf(interpreter, a as Value), order))),
  ],
  ['repeat', 'a, repeats, axis=None', repeat],
  [
    'reshape',
    'a, shape, order="C", *, copy=None',
    (interpreter, [a, shape, order]) => {
      const input = inOrder(specOf(interpreter, a as Value), order);
      const made = reshaped(input, intsArgument(interpreter, shape as Value));
      return viewOf(interpreter, a, inOrder(made, order));
    },
  ],
  ['roll', 'a, shift, axis=None', roll],
  ['split', 'ary, indices_or_sections, axis=0', split(true)],
  ['squeeze', 'a, axis=None', squeeze],
  ['stack', 'arrays, axis=0, out=None, *, dtype=None, casting="same_kind"', stack],
  ['swapaxes', 'a, axis1, axis2', swapAxes],
  ['tile', 'A, reps', tile],
  ['transpose', 'a, axes=None', transpose],
  splitRow('vsplit', 0),
  stackRow('vstack', 2, () => 0),
];
