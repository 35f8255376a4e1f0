// Views and rearrangements: reshape, permute, split, expand, flip and the like.

import { fail, isTensor, resolveDim, sizeAt } from '../../../ops/arguments';
import { clone, contiguous, convert, copyInto, fill } from '../../../ops/copies';
import { diagEmbed, flip, repeat, repeatInterleave, roll, rot90 } from '../../../ops/creation';
import { indexSelect } from '../../../ops/gathering';
import { broadcastTensors } from '../../../ops/joining';
import {
  alias,
  asStrided,
  detach,
  diagonal,
  expand,
  part,
  permute,
  reshape,
  select,
  slice,
  split,
  squeeze,
  transpose,
  unbind,
  unfold,
  unsqueeze,
  viewAs,
  viewAsComplex,
  viewAsReal,
  viewDtype,
} from '../../../ops/views';
import { kindOf } from '../../../tensor/dtype';
import type { TensorSpec } from '../../../tensor/tensor';
import type { Binding, BoundArguments } from '../binding';
import { BOTH, dimsOf, METHOD, num, numOr, numOrNull, nums, row, TORCH, tensor, tensors } from './rows';

const inputOf = (args: BoundArguments): TensorSpec => tensor(args.input, 'input');

/** Sizes of pieces of at most `size`. */
function pieces(total: number, size: number): number[] {
  if (total === 0) return [0];
  return Array.from({ length: Math.ceil(total / size) }, (_, i) => Math.min(size, total - i * size));
}

const along = (args: BoundArguments): { input: TensorSpec; dim: number; size: number } => {
  const input = inputOf(args);
  const dim = resolveDim(numOr(args.dim, 0), input.shape.length);
  return { input, dim, size: sizeAt(input, dim) };
};

function splitArgs(args: BoundArguments) {
  const { input, dim, size } = along(args);
  const by = args.split_size_or_sections ?? args.split_size ?? args.split_sizes;
  return { input, dim, sizes: Array.isArray(by) ? nums(by) : pieces(size, num(by)) };
}

function chunkArgs(args: BoundArguments) {
  const { input, dim, size } = along(args);
  const chunks = num(args.chunks);
  if (chunks < 1) fail(`chunk needs at least one piece, but got ${chunks}`);
  return {
    input,
    dim,
    sizes: size === 0 ? new Array<number>(chunks).fill(0) : pieces(size, Math.ceil(size / chunks)),
  };
}

/** tensor_split: pieces as equal as can be, the larger first; or cuts at indices. */
function tensorSplitArgs(args: BoundArguments) {
  const { input, dim, size } = along(args);
  const by = args.indices_or_sections ?? args.sections ?? args.indices;
  if (!Array.isArray(by) && !(isTensor(by) && by.shape.length === 1)) {
    const n = num(by);
    return {
      input,
      dim,
      sizes: Array.from({ length: n }, (_, i) => Math.floor(size / n) + Number(i < size % n)),
    };
  }
  const clip = (at: number): number => Math.min(Math.max(at < 0 ? at + size : at, 0), size);
  const cuts = [0, ...nums(by).map(clip), size];
  return { input, dim, sizes: cuts.slice(1).map((cut, i) => Math.max(0, cut - (cuts[i] as number))) };
}

/** hsplit, vsplit, dsplit: along one dimension. */
const splitAt = (dim: number) => (args: BoundArguments) => {
  const input = inputOf(args);
  const at = dim === 1 && input.shape.length === 1 ? 0 : dim;
  return tensorSplitArgs({ ...args, dim: at });
};

function flattened(args: BoundArguments) {
  const input = inputOf(args);
  const rank = input.shape.length;
  const [start, end] = [
    resolveDim(numOr(args.start_dim, 0), rank),
    resolveDim(numOr(args.end_dim, -1), rank),
  ];
  if (start > end) fail(`flatten from dimension ${start} to ${end} goes backwards`);
  const middle = input.shape.slice(start, end + 1).reduce((a, b) => a * b, 1);
  return {
    input,
    shape: rank === 0 ? [1] : [...input.shape.slice(0, start), middle, ...input.shape.slice(end + 1)],
  };
}

function unflattened(args: BoundArguments) {
  const { input, dim, size } = along(args);
  const sizes = nums(args.sizes);
  const known = sizes.filter((n) => n !== -1).reduce((a, b) => a * b, 1);
  const filled = sizes.map((n) => (n === -1 ? size / known : n));
  return { input, shape: [...input.shape.slice(0, dim), ...filled, ...input.shape.slice(dim + 1)] };
}

/** movedim: source dimensions go to destinations, the others keep their order. */
function movedDims(args: BoundArguments) {
  const input = inputOf(args);
  const rank = input.shape.length;
  const from = nums(args.source).map((dim) => resolveDim(dim, rank));
  const to = nums(args.destination).map((dim) => resolveDim(dim, rank));
  const rest = [...input.shape.keys()].filter((dim) => !from.includes(dim));
  const dims = input.shape.map((_, at) => {
    const i = to.indexOf(at);
    return i >= 0 ? (from[i] as number) : (rest.shift() as number);
  });
  return { input, dims };
}

const swapped = (a: string, b: string) => (args: BoundArguments) => ({
  input: args.input ?? null,
  dim0: args[a] ?? null,
  dim1: args[b] ?? null,
});

/** x.T and x.t(): all dimensions turned around, at most two of them. */
const turned = (args: BoundArguments) => {
  const input = inputOf(args);
  return { input, dims: [...input.shape.keys()].reverse() };
};

const lastTwo = ({ input = null }: BoundArguments) => ({ input, dim0: -2, dim1: -1 });

const shapeOf = (args: BoundArguments) => ({
  input: args.input ?? null,
  shape: nums(args.shape ?? args.size),
});

const like = ({ input = null, other }: BoundArguments) => ({ input, shape: tensor(other, 'other').shape });

/** At least so many dimensions: new ones of size 1. */
const atLeast = (rank: number) => (args: BoundArguments) => {
  const input = inputOf(args);
  const { shape } = input;
  if (shape.length >= rank) return { input, shape };
  if (rank === 3 && shape.length === 2) return { input, shape: [...shape, 1] };
  if (rank === 3 && shape.length === 1) return { input, shape: [1, ...shape, 1] };
  return { input, shape: [...new Array<number>(rank - shape.length).fill(1), ...shape] };
};

const repeated = (args: BoundArguments) => ({ input: args.input ?? null, repeats: nums(args.repeats) });

/** tile: like repeat, but fewer numbers than dimensions are filled up with ones in front. */
const tiled = (args: BoundArguments) => {
  const input = inputOf(args);
  const dims = nums(args.dims);
  const missing = Math.max(0, input.shape.length - dims.length);
  return { input, repeats: [...new Array<number>(missing).fill(1), ...dims] };
};

const interleaved = ({ input = null, repeats = null, dim, output_size }: BoundArguments) => ({
  input,
  repeats: Array.isArray(repeats) ? tensorOfNumbers(nums(repeats)) : repeats,
  dim: numOrNull(dim),
  outputSize: numOrNull(output_size),
});

const tensorOfNumbers = (contents: readonly number[]): TensorSpec => ({
  shape: [contents.length],
  dtype: 'int64',
  contents,
});

export const VIEW_BINDINGS: readonly Binding[] = [
  row('adjoint', BOTH, 'input', transpose, { adapt: lastTwo }),
  row('alias', TORCH, 'input', alias),
  row('as_strided', BOTH, 'input, size, stride, storage_offset=None', asStrided, {
    adapt: ({ input = null, size, stride, storage_offset }) => ({
      input,
      size: nums(size),
      stride: nums(stride),
      offset: numOr(storage_offset, 0),
    }),
  }),
  row('atleast_1d', TORCH, 'input', reshape, { adapt: atLeast(1) }),
  row('atleast_2d', TORCH, 'input', reshape, { adapt: atLeast(2) }),
  row('atleast_3d', TORCH, 'input', reshape, { adapt: atLeast(3) }),
  row('broadcast_tensors', TORCH, '*tensors', broadcastTensors, {
    adapt: (args) => ({ tensors: tensors(args.tensors) }),
    result: 'tuple',
  }),
  row('broadcast_to', BOTH, 'input, *size', expand, { adapt: shapeOf }),
  row('chunk', BOTH, 'input, chunks, dim=0', split, { adapt: chunkArgs, result: 'tuple' }),
  row('clone', BOTH, 'input, *, memory_format=None', clone, {
    adapt: ({ input = null, memory_format = null }) => ({ input, memoryFormat: memory_format }),
  }),
  row('conj', BOTH, 'input', alias),
  row('contiguous', METHOD, "input, memory_format='contiguous_format'", contiguous, {
    adapt: ({ input = null, memory_format = null }) => ({ input, memoryFormat: memory_format }),
  }),
  row('copy', METHOD, 'input, source, non_blocking=False', copyInto),
  row('detach', BOTH, 'input', detach),
  row('diag_embed', BOTH, 'input, offset=0, dim1=-2, dim2=-1', diagEmbed),
  row('diagonal', BOTH, 'input, offset=0, dim1=0, dim2=1', diagonal),
  row('dsplit', BOTH, 'input, indices_or_sections', split, { adapt: splitAt(2), result: 'tuple' }),
  row('expand', METHOD, 'input, *size', expand, { adapt: shapeOf }),
  row('expand_as', METHOD, 'input, other', expand, { adapt: like }),
  row('fill', METHOD, 'input, value', fill),
  row('flatten', BOTH, 'input, start_dim=0, end_dim=-1', reshape, { adapt: flattened }),
  row('flip', BOTH, 'input, *dims', flip, {
    adapt: ({ input = null, dims }) => ({ input, dims: nums(dims) }),
  }),
  row('fliplr', BOTH, 'input', flip, { adapt: ({ input = null }) => ({ input, dims: [1] }) }),
  row('flipud', BOTH, 'input', flip, { adapt: ({ input = null }) => ({ input, dims: [0] }) }),
  row('hsplit', BOTH, 'input, indices_or_sections', split, { adapt: splitAt(1), result: 'tuple' }),
  row('imag', TORCH, 'input', part),
  row('index_select', BOTH, 'input, dim, index', indexSelect),
  row('matrix_H', METHOD, 'input', transpose, { adapt: lastTwo }),
  row('moveaxis', BOTH, 'input, source, destination', permute, { adapt: movedDims }),
  row('movedim', BOTH, 'input, source, destination', permute, { adapt: movedDims }),
  row('mT', METHOD, 'input', transpose, { adapt: lastTwo }),
  row('narrow', BOTH, 'input, dim, start, length', slice, {
    adapt: ({ input = null, dim = null, start, length = null }) => ({
      input,
      dim,
      start: num(start),
      length,
    }),
  }),
  row('permute', BOTH, 'input, *dims', permute, {
    adapt: ({ input = null, dims }) => ({ input, dims: nums(dims) }),
  }),
  row('ravel', BOTH, 'input', reshape, { adapt: flattened }),
  row('real', TORCH, 'input', alias, {
    overload: ({ input }) =>
      isTensor(input) && kindOf(input.dtype) === 'complex' ? { op: part } : undefined,
  }),
  row('repeat', METHOD, 'input, *repeats', repeat, { adapt: repeated }),
  row('repeat_interleave', BOTH, 'input, repeats, dim=None, *, output_size=None', repeatInterleave, {
    adapt: interleaved,
  }),
  row('reshape', BOTH, 'input, *shape', reshape, { adapt: shapeOf, fits: 'shape' }),
  row('reshape_as', METHOD, 'input, other', reshape, { adapt: like }),
  row('resize', METHOD, 'input, *size', reshape, { adapt: shapeOf }),
  row('roll', BOTH, 'input, shifts, dims=None', roll, {
    adapt: ({ input = null, shifts, dims }) => ({ input, shifts: nums(shifts), dims: nums(dims) }),
  }),
  row('rot90', BOTH, 'input, k=1, dims=(0, 1)', rot90, {
    adapt: ({ input = null, k, dims }) => ({ input, turns: numOr(k, 1), dims: nums(dims) }),
  }),
  row('select', BOTH, 'input, dim, index', select),
  row('split', TORCH, 'input, split_size_or_sections, dim=0', split, {
    adapt: splitArgs,
    fits: 'split_size_or_sections',
    result: 'tuple',
  }),
  row('split', METHOD, 'input, split_size, dim=0', split, {
    adapt: splitArgs,
    fits: 'split_size',
    result: 'tuple',
  }),
  row('split_with_sizes', BOTH, 'input, split_sizes, dim=0', split, {
    adapt: splitArgs,
    fits: 'split_sizes',
    result: 'tuple',
  }),
  row('squeeze', BOTH, 'input, dim=None', squeeze, {
    adapt: ({ input = null, dim }) => ({ input, dims: dimsOf(dim) }),
  }),
  row('swapaxes', BOTH, 'input, axis0, axis1', transpose, { adapt: swapped('axis0', 'axis1') }),
  row('swapdims', BOTH, 'input, dim0, dim1', transpose, { adapt: swapped('dim0', 'dim1') }),
  row('t', BOTH, 'input', permute, { adapt: turned }),
  row('T', METHOD, 'input', permute, { adapt: turned }),
  row('tensor_split', BOTH, 'input, indices_or_sections=None, dim=0, *, indices=None, sections=None', split, {
    adapt: tensorSplitArgs,
    result: 'tuple',
  }),
  row('tile', BOTH, 'input, *dims', repeat, { adapt: tiled }),
  row('to', METHOD, 'input, dtype, *, copy=False, memory_format=None', convert, {
    adapt: ({ input = null, dtype = null, copy = false, memory_format = null }) => ({
      input,
      dtype,
      copy,
      memoryFormat: memory_format,
    }),
  }),
  row('transpose', BOTH, 'input, dim0, dim1', transpose),
  row('unbind', BOTH, 'input, dim=0', unbind, { result: 'tuple' }),
  row('unflatten', BOTH, 'input, dim, sizes', reshape, { adapt: unflattened }),
  row('unfold', METHOD, 'input, dimension, size, step', unfold, {
    adapt: ({ input = null, dimension = null, size = null, step = null }) => ({
      input,
      dim: dimension,
      size,
      step,
    }),
  }),
  row('unsqueeze', BOTH, 'input, dim', unsqueeze),
  row('view', METHOD, 'input, *shape', viewAs, {
    adapt: shapeOf,
    fits: 'shape',
    overload: ({ shape }) => {
      const [dtype] = Array.isArray(shape) ? (shape as readonly unknown[]) : [shape];
      return typeof dtype === 'string'
        ? { op: viewDtype, adapt: ({ input = null }) => ({ input, dtype }) }
        : undefined;
    },
  }),
  row('view_as', METHOD, 'input, other', viewAs, { adapt: like }),
  row('view_as_complex', TORCH, 'input', viewAsComplex),
  row('view_as_real', TORCH, 'input', viewAsReal),
  row('vsplit', BOTH, 'input, indices_or_sections', split, { adapt: splitAt(0), result: 'tuple' }),
];
