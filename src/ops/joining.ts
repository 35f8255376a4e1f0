// Tensors put together: cat, stack, and grids of ranges. They copy and count no FPO. Padding is in padding.ts.

import { showShape } from '../tensor/broadcast';
import { castContents, keepsContents, stretchContents, withContents } from '../tensor/contents';
import { promoteTypes } from '../tensor/promotion';
import {
  channelsLastStrides,
  isChannelsLast,
  isContiguous,
  stretchedStrides,
  strided,
} from '../tensor/strides';
import { elementCount, type Shape, type TensorSpec } from '../tensor/tensor';
import { broadcast, fail, resolveDim, sizeAt, withSize } from './arguments';
import { inserted, view } from './layout';
import { defineOp, type Op } from './operator';

interface JoinArgs {
  readonly tensors: readonly TensorSpec[];
  readonly dim: number;
}

/** Old PyTorch code joins to an empty vector: it counts as nothing. */
const isNothing = (tensor: TensorSpec): boolean => tensor.shape.length === 1 && tensor.shape[0] === 0;

function joinedShape(tensors: readonly TensorSpec[], first: TensorSpec, at: number): Shape {
  for (const tensor of tensors)
    if (
      tensor.shape.length !== first.shape.length ||
      tensor.shape.some((size, i) => i !== at && size !== first.shape[i])
    )
      fail(
        `tensors of shapes ${showShape(first.shape)} and ${showShape(tensor.shape)} cannot be joined along dimension ${at}: all other sizes should agree`,
      );
  return withSize(
    first.shape,
    at,
    tensors.reduce((sum, tensor) => sum + sizeAt(tensor, at), 0),
  );
}

function joinedContents(tensors: readonly TensorSpec[], shape: Shape, at: number): number[] | undefined {
  if (!keepsContents(shape) || tensors.some((tensor) => tensor.contents === undefined)) return undefined;
  const outer = elementCount(shape.slice(0, at));
  const inner = elementCount(shape.slice(at + 1));
  return Array.from({ length: outer }, (_, row) =>
    tensors.flatMap((tensor) => {
      const run = sizeAt(tensor, at) * inner;
      return tensor.contents?.slice(row * run, (row + 1) * run) ?? [];
    }),
  ).flat();
}

function join(tensors: readonly TensorSpec[], dim: number): TensorSpec {
  const [any] = tensors;
  if (any === undefined) fail('expected a list of at least one tensor');
  const dtype = tensors.reduce((so, tensor) => promoteTypes(so, tensor.dtype), any.dtype);
  const parts = tensors.filter((tensor) => !isNothing(tensor));
  const [first] = parts;
  if (first === undefined) return { shape: [0], dtype };
  if (first.shape.length === 0) fail('tensors without dimensions cannot be joined');
  const at = resolveDim(dim, first.shape.length);
  const shape = joinedShape(parts, first, at);
  const last = parts.every((part) => isChannelsLast(part) && !isContiguous(part));
  const out = last ? strided(shape, dtype, channelsLastStrides(shape)) : { shape, dtype };
  return withContents(out, castContents(joinedContents(parts, shape, at), dtype));
}

export const cat = defineOp<JoinArgs>({
  name: 'cat',
  infer: ({ tensors, dim }) => [join(tensors, dim)],
});

export const stack = defineOp<JoinArgs>({
  name: 'stack',
  infer({ tensors, dim }) {
    const [first] = tensors;
    if (first === undefined) fail('expected a list of at least one tensor');
    if (tensors.some((tensor) => showShape(tensor.shape) !== showShape(first.shape)))
      fail(
        `stack needs tensors of one shape, but got ${tensors.map((tensor) => showShape(tensor.shape)).join(', ')}`,
      );
    const at = resolveDim(dim, first.shape.length + 1);
    const widened = tensors.map((tensor) => view(tensor, (layout) => inserted(layout, at)));
    return [{ ...join(widened, at), strides: undefined }];
  },
});

/** Grids of coordinates from vectors: views that are stretched along all other vectors. */
export const meshgrid = defineOp<{ readonly tensors: readonly TensorSpec[]; readonly indexing: string }>({
  name: 'meshgrid',
  infer({ tensors, indexing }) {
    const swap = indexing === 'xy' && tensors.length > 1;
    const place = (i: number): number => (swap && i < 2 ? 1 - i : i);
    const shape = tensors.map((_, i) => sizeAt(tensors[place(i)] as TensorSpec, 0));
    return tensors.map((tensor, i) => stretched(tensor, place(i), shape));
  },
  alias: 'view',
});

/** A vector along one dimension of a grid. */
function stretched(vector: TensorSpec, dim: number, shape: Shape): TensorSpec {
  const thin = shape.map((size, i) => (i === dim ? size : 1));
  const out = strided(shape, vector.dtype, stretchedStrides({ shape: thin, dtype: vector.dtype }, shape));
  if (!vector.contents || !keepsContents(shape)) return out;
  const inner = elementCount(shape.slice(dim + 1));
  const size = shape[dim] as number;
  const contents = Array.from(
    { length: elementCount(shape) },
    (_, i) => vector.contents?.[Math.floor(i / inner) % size] as number,
  );
  return { ...out, contents };
}

/** Tensors stretched to the shape that all fit in. */
export const broadcastTensors = defineOp<{ readonly tensors: readonly TensorSpec[] }>({
  name: 'broadcast_tensors',
  infer({ tensors }) {
    const shape = broadcast(...tensors.map((tensor) => tensor.shape));
    return tensors.map((tensor) =>
      withContents(
        strided(shape, tensor.dtype, stretchedStrides(tensor, shape)),
        stretchContents(tensor, shape),
      ),
    );
  },
  alias: 'view',
});

/** All pairs, triples … of the elements of vectors. */
export const cartesianProduct = defineOp<{ readonly tensors: readonly TensorSpec[] }>({
  name: 'cartesian_prod',
  infer({ tensors }) {
    const rows = tensors.reduce((all, tensor) => all * sizeAt(tensor, 0), 1);
    const dtype = tensors[0]?.dtype ?? fail('expected at least one tensor');
    return [{ shape: tensors.length === 1 ? [rows] : [rows, tensors.length], dtype }];
  },
});

/** Matrices along a diagonal. */
export const blockDiag = defineOp<{ readonly tensors: readonly TensorSpec[] }>({
  name: 'block_diag',
  infer({ tensors }) {
    const sizes = tensors.map(({ shape }) => [shape.at(-2) ?? 1, shape.at(-1) ?? 1] as const);
    const total = (side: 0 | 1) => sizes.reduce((sum, size) => sum + size[side], 0);
    return [{ shape: [total(0), total(1)], dtype: tensors.map((one) => one.dtype).reduce(promoteTypes) }];
  },
});

export const JOINING: readonly Op[] = [blockDiag, broadcastTensors, cartesianProduct, cat, meshgrid, stack];
