// Operators that move data or compute with shapes: reshape, transpose, slice, concat, pad and their like. They cost no
// FPO. What shapes are computed from is folded: Shape, Size, Range and constants leave no call.

import { arange, empty, full, repeat } from '../../ops/creation';
import { cat } from '../../ops/joining';
import { pad } from '../../ops/padding';
import { expand, permute, reshape, slice, split } from '../../ops/views';
import { broadcastShapes } from '../../tensor/broadcast';
import { kindOf } from '../../tensor/dtype';
import { FloatScalar } from '../../tensor/scalar';
import { elementCount, type Shape } from '../../tensor/tensor';
import { axisOf, type Row } from '../binding';
import type { NodeCall } from '../node-call';
import { Tensor, Unfollowed, type Value } from '../values';

const scalarOf = (n: NodeCall, index: number): number => {
  const [value] = n.numbers(index);
  if (value === undefined) throw new Unfollowed(`${n.node.op} needs a number as input ${index}`);
  return value;
};

/** The same elements in another shape, as a view. */
export const reshaped = (n: NodeCall, input: Tensor, shape: Shape): Tensor[] =>
  n.call(reshape, { input, shape }, { view: input });

/** 0 keeps a size, unless the node says that it means 0. */
function reshapeNode(n: NodeCall): Tensor[] {
  const input = n.in(0);
  const wanted = n.numbersOr(1, 'shape') ?? [];
  const zero = n.int('allowzero') !== 0;
  const shape = wanted.map((size, i) => (size === 0 && !zero ? (input.spec.shape[i] ?? 0) : size));
  return reshaped(n, input, filled(n, shape, elementCount(input.spec.shape)));
}

/** -1 takes what is left; of nothing, nothing. */
function filled(n: NodeCall, shape: readonly number[], total: number): number[] {
  const known = shape.reduce((product, size) => (size === -1 ? product : product * size), 1);
  if (shape.some((size) => size < -1))
    throw new Unfollowed(`${n.title} reshapes to [${shape.join(', ')}], which is no shape`);
  return shape.map((size) => (size === -1 ? (known === 0 ? 0 : total / known) : size));
}

function flatten(n: NodeCall): Tensor[] {
  const shape = n.shape(0);
  const axis = axisOf(n.int('axis', 1), shape.length);
  return reshaped(n, n.in(0), [elementCount(shape.slice(0, axis)), elementCount(shape.slice(axis))]);
}

function squeeze(n: NodeCall): Tensor[] {
  const shape = n.shape(0);
  const axes = n.numbersOr(1, 'axes')?.map((axis) => axisOf(axis, shape.length));
  if (axes?.some((axis) => shape[axis] !== 1))
    throw new Unfollowed(
      `${n.title} squeezes dimensions [${axes.join(', ')}] of shape [${shape.join(', ')}], which are not all 1`,
    );
  return reshaped(
    n,
    n.in(0),
    shape.filter((size, i) => (axes ? !axes.includes(i) : size !== 1)),
  );
}

function unsqueeze(n: NodeCall): Tensor[] {
  const shape = [...n.shape(0)];
  const axes = n.numbersOr(1, 'axes') ?? [];
  const rank = shape.length + axes.length;
  const at = new Set(axes.map((axis) => axisOf(axis, rank)));
  return reshaped(
    n,
    n.in(0),
    Array.from({ length: rank }, (_, i) => (at.has(i) ? 1 : (shape.shift() ?? 1))),
  );
}

function transpose(n: NodeCall): Tensor[] {
  const rank = n.shape(0).length;
  const dims = n.ints('perm') ?? Array.from({ length: rank }, (_, i) => rank - 1 - i);
  return n.call(permute, { input: n.in(0), dims });
}

function shapeNode(n: NodeCall): Tensor {
  const shape = n.shape(0);
  const bound = (at: number): number => Math.max(0, Math.min(axisOf(at, shape.length), shape.length));
  const sizes = shape.slice(bound(n.int('start')), bound(n.int('end', shape.length)));
  return n.folded([sizes.length], 'int64', sizes);
}

/** Joins; vectors of known elements also where one of them is empty. */
function concat(n: NodeCall): Tensor[] {
  const tensors = n.rest();
  const [first] = tensors;
  if (first === undefined) throw new Unfollowed(`${n.title} has nothing to join`);
  const { dtype, shape } = first.spec;
  if (shape.length === 1 && tensors.every(({ spec }) => spec.contents)) {
    const contents = tensors.flatMap(({ spec }) => [...(spec.contents ?? [])]);
    return [n.folded([contents.length], dtype, contents)];
  }
  return n.call(cat, { tensors, dim: n.int('axis', 1) }, { types: [dtype] });
}

interface Cut {
  readonly axis: number;
  readonly start: number;
  readonly length: number;
  readonly step: number;
}

/** What a slice takes of a dimension, with ONNX's clamping of both ends. */
function cutOf(axis: number, size: number, start: number, end: number, step: number): Cut {
  const from = start < 0 ? start + size : start;
  const to = end < 0 ? end + size : end;
  const clamp = (at: number, low: number, high: number): number => Math.max(low, Math.min(at, high));
  const [first, last] =
    step > 0
      ? [clamp(from, 0, size), clamp(to, 0, size)]
      : [clamp(from, 0, size - 1), clamp(to, -1, size - 1)];
  return { axis, start: first, length: Math.max(0, Math.ceil((last - first) / step)), step };
}

function sliceNode(n: NodeCall): Tensor[] {
  const shape = n.shape(0);
  const [starts, ends] = [n.numbersOr(1, 'starts') ?? [], n.numbersOr(2, 'ends') ?? []];
  const axes = n.numbersOr(3, 'axes') ?? starts.map((_, i) => i);
  const steps = n.has(4) ? n.numbers(4) : [];
  const cuts = starts.map((start, i) => {
    const axis = axisOf(axes[i] ?? i, shape.length);
    return cutOf(axis, shape[axis] ?? 1, start, ends[i] ?? 0, steps[i] ?? 1);
  });
  return sliced(n, n.in(0), cuts);
}

/** One cut after the other; only the last one copies. */
function sliced(n: NodeCall, input: Tensor, cuts: readonly Cut[]): Tensor[] {
  const needed = cuts.filter(
    ({ axis, start, length, step }) => start !== 0 || step !== 1 || length !== input.spec.shape[axis],
  );
  let so = input;
  for (const [i, { axis, start, length, step }] of needed.entries()) {
    const args = { input: so, dim: axis, start: length === 0 ? 0 : start, length, step };
    [so] = n.call(slice, args, i < needed.length - 1 ? { view: so } : {}) as [Tensor];
  }
  return [so];
}

function expandNode(n: NodeCall): Tensor[] {
  const shape = broadcastShapes([n.shape(0), n.numbers(1)]);
  if (shape === null)
    throw new Unfollowed(
      `${n.title} expands [${n.shape(0).join(', ')}] to [${n.numbers(1).join(', ')}], which does not fit`,
    );
  return n.call(expand, { input: n.in(0), shape });
}

/** Before opset 6, one dimension is repeated so many times. */
function tile(n: NodeCall): Tensor[] {
  const rank = n.shape(0).length;
  const repeats =
    n.opset < 6
      ? Array.from({ length: rank }, (_, i) => (i === scalarOf(n, 2) ? scalarOf(n, 1) : 1))
      : [...n.numbers(1)];
  return n.call(repeat, { input: n.in(0), repeats });
}

/** Sizes of the pieces: given, or as even as can be. */
export function pieceSizes(given: readonly number[] | null, size: number, pieces: number): number[] {
  if (given) return [...given];
  const each = Math.ceil(size / pieces);
  return Array.from({ length: pieces }, (_, i) => Math.max(0, Math.min(each, size - i * each)));
}

function splitNode(n: NodeCall): Tensor[] {
  const dim = axisOf(n.int('axis'), n.shape(0).length);
  const pieces = n.int('num_outputs', n.node.outputs.length);
  n.few(pieces, 'pieces');
  const sizes = pieceSizes(n.numbersOr(1, 'split'), n.shape(0)[dim] ?? 1, pieces);
  return n.call(split, { input: n.in(0), sizes, dim });
}

const PAD_MODES: Readonly<Record<string, string>> = { edge: 'replicate', wrap: 'circular' };

/** Pads as [begins, ends] of the axes, brought into the catalogue's order from the last dimension on. */
function padNode(n: NodeCall): Tensor[] {
  const rank = n.shape(0).length;
  const pads = n.has(1) ? n.numbers(1) : (n.ints('pads') ?? n.ints('paddings') ?? []);
  const axes = n.has(3) ? n.numbers(3).map((axis) => axisOf(axis, rank)) : [...n.shape(0).keys()];
  const sizes = new Array<number>(2 * rank).fill(0);
  for (const [i, axis] of axes.entries()) {
    sizes[2 * (rank - 1 - axis)] = pads[i] ?? 0;
    sizes[2 * (rank - 1 - axis) + 1] = pads[i + axes.length] ?? 0;
  }
  const mode = n.text('mode', 'constant');
  const filler = n.maybe(2)?.spec.contents?.[0];
  const vague = n.has(2) && filler === undefined;
  const args = {
    input: n.in(0),
    pad: sizes,
    mode: PAD_MODES[mode] ?? mode,
    value: filler ?? n.float('value'),
  };
  return n.call(pad, args, vague ? { as: n.dtype(0) } : {});
}

export function rangeNode(n: NodeCall): Tensor[] {
  const dtype = n.dtype(0);
  const [start, end, step] = [scalarOf(n, 0), scalarOf(n, 1), scalarOf(n, 2)];
  if ((end - start) / step <= 0) return [n.folded([0], dtype, [])];
  const scalar = (value: number) => (kindOf(dtype) === 'float' ? new FloatScalar(value) : value);
  return n.call(arange, { start: scalar(start), end: scalar(end), step: scalar(step), dtype });
}

function constantOfShape(n: NodeCall): Tensor[] {
  const value = n.attribute('value');
  const filler = value?.kind === 'tensor' ? n.follower.constant(value.tensor) : null;
  const dtype = filler instanceof Tensor ? filler.spec.dtype : 'float32';
  const fill = filler instanceof Tensor ? filler.spec.contents?.[0] : 0;
  const shape = [...n.numbers(0)];
  if (fill === undefined) return n.call(empty, { shape, dtype });
  return n.call(full, { shape, value: fill, dtype }, { types: [dtype] });
}

/** Blocks of channels become space, or the other way round: a reshape, a transpose and a reshape; one copy. */
function depthToSpace(n: NodeCall): Tensor[] {
  const [batch = 1, channels = 1, height = 1, width = 1] = n.shape(0);
  const block = n.int('blocksize', 1);
  const depth = channels / (block * block);
  const columnFirst = n.text('mode', 'DCR') === 'CRD';
  const cut = columnFirst
    ? [batch, depth, block, block, height, width]
    : [batch, block, block, depth, height, width];
  const dims = columnFirst ? [0, 1, 4, 2, 5, 3] : [0, 3, 4, 1, 5, 2];
  return rearranged(n, cut, dims, [batch, depth, height * block, width * block]);
}

function spaceToDepth(n: NodeCall): Tensor[] {
  const [batch = 1, channels = 1, height = 1, width = 1] = n.shape(0);
  const block = n.int('blocksize', 1);
  const cut = [batch, channels, height / block, block, width / block, block];
  const dims = n.text('mode', 'DCR') === 'CRD' ? [0, 1, 3, 5, 2, 4] : [0, 3, 5, 1, 2, 4];
  return rearranged(n, cut, dims, [batch, channels * block * block, height / block, width / block]);
}

function rearranged(n: NodeCall, cut: Shape, dims: readonly number[], shape: Shape): Tensor[] {
  const [blocks] = reshaped(n, n.in(0), cut) as [Tensor];
  const [turned] = n.call(permute, { input: blocks, dims }) as [Tensor];
  return reshaped(n, turned, shape);
}

/** Crops what is too large and pads what is too small, both around the middle. */
function centerCropPad(n: NodeCall): Tensor[] {
  const input = n.in(0);
  const shape = input.spec.shape;
  const axes = n.ints('axes')?.map((axis) => axisOf(axis, shape.length)) ?? [...shape.keys()];
  const wanted = new Map(axes.map((axis, i) => [axis, n.numbers(1)[i] ?? 1]));
  const cuts = [...wanted].flatMap(([axis, size]) => {
    const surplus = (shape[axis] ?? 1) - size;
    return surplus > 0 ? [{ axis, start: Math.floor(surplus / 2), length: size, step: 1 }] : [];
  });
  const [cropped] = sliced(n, input, cuts) as [Tensor];
  const rank = shape.length;
  const sizes = new Array<number>(2 * rank).fill(0);
  for (const [axis, size] of wanted) {
    const lack = Math.max(0, size - (shape[axis] ?? 1));
    sizes[2 * (rank - 1 - axis)] = Math.floor(lack / 2);
    sizes[2 * (rank - 1 - axis) + 1] = lack - Math.floor(lack / 2);
  }
  if (sizes.every((size) => size === 0)) return [cropped];
  return n.call(pad, { input: cropped, pad: sizes, mode: 'constant', value: 0 });
}

/** The value itself, whatever it is. */
export const passOn = (n: NodeCall): Value => n.value(0);

export const SHAPE_ROWS: readonly Row[] = [
  { op: 'CenterCropPad', bind: centerCropPad },
  { op: 'Concat', bind: concat },
  { op: 'ConstantOfShape', bind: constantOfShape },
  { op: 'DepthToSpace', bind: depthToSpace },
  { op: 'DynamicSlice', bind: sliceNode },
  { op: 'Expand', bind: expandNode },
  { op: 'Flatten', bind: flatten },
  { op: 'Identity', bind: passOn },
  { op: 'Pad', bind: padNode },
  { op: 'Range', bind: rangeNode },
  { op: 'Reshape', bind: reshapeNode },
  { op: 'Shape', bind: shapeNode },
  { op: 'Size', bind: (n) => n.folded([], 'int64', [elementCount(n.shape(0))]) },
  { op: 'Slice', bind: sliceNode },
  { op: 'SpaceToDepth', bind: spaceToDepth },
  { op: 'Split', bind: splitNode },
  { op: 'Squeeze', bind: squeeze },
  { op: 'Tile', bind: tile },
  { op: 'Transpose', bind: transpose },
  { op: 'Unsqueeze', bind: unsqueeze },
];
