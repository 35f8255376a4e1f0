// Gathering and scattering by tuples: the last dimension of the indices holds the coordinates of an element or slice
// (GatherND and ScatterND of ONNX, gather_nd and scatter_nd of TensorFlow); and compress. Picking counts no FPO.

import { showShape } from '../tensor/broadcast';
import { keepsContents, withContents } from '../tensor/contents';
import { elementCount, type Shape, type TensorSpec } from '../tensor/tensor';
import { count, fail, otherCost, withSize } from './arguments';
import { DataDependentSize, defineOp, type Op } from './operator';

interface GatherNdArgs {
  readonly input: TensorSpec;
  /** [batch dimensions, ..., coordinates]. */
  readonly indices: TensorSpec;
  readonly batchDims: number;
}

/** The part of a shape that one tuple of coordinates picks. */
function sliceShape({ input, indices, batchDims }: GatherNdArgs): Shape {
  const depth = indices.shape.at(-1) ?? 0;
  if (depth < 1 || batchDims + depth > input.shape.length)
    fail(
      `tuples of ${depth} coordinates do not fit a tensor of shape ${showShape(input.shape)} with ${batchDims} batch dimensions`,
    );
  return input.shape.slice(batchDims + depth);
}

/** What the tuples pick, where contents are known and there are no batches. */
function picked({ input, indices, batchDims }: GatherNdArgs, shape: Shape): number[] | undefined {
  const [data, tuples] = [input.contents, indices.contents];
  if (!data || !tuples || batchDims > 0 || !keepsContents(shape)) return undefined;
  const depth = indices.shape.at(-1) as number;
  const inner = elementCount(input.shape.slice(depth));
  return Array.from({ length: tuples.length / depth }, (_, row) => {
    const at = tuples.slice(row * depth, (row + 1) * depth).reduce((flat, coordinate, dim) => {
      const size = input.shape[dim] as number;
      return flat * size + (coordinate < 0 ? coordinate + size : coordinate);
    }, 0);
    return data.slice(at * inner, (at + 1) * inner);
  }).flat();
}

export const gatherNd = defineOp<GatherNdArgs>({
  name: 'gather_nd',
  infer(args) {
    const shape = [...args.indices.shape.slice(0, -1), ...sliceShape(args)];
    return [withContents({ shape, dtype: args.input.dtype }, picked(args, shape))];
  },
  saves: ['indices'],
});

interface ScatterNdArgs {
  readonly input: TensorSpec;
  readonly indices: TensorSpec;
  readonly updates: TensorSpec;
  /** Whether updates are combined with what is there: add, mul, max, min. */
  readonly accumulate: boolean;
}

export const scatterNd = defineOp<ScatterNdArgs>({
  name: 'scatter_nd',
  infer({ input, indices }) {
    sliceShape({ input, indices, batchDims: 0 });
    return [{ shape: input.shape, dtype: input.dtype }];
  },
  cost: ({ updates, accumulate }) => otherCost(accumulate ? count(updates) : 0),
  saves: ['indices'],
  note: '1 per element that is combined with what is there; else none',
});

/** What a vector of conditions lets through, along a dimension. */
export const compress = defineOp<{
  readonly input: TensorSpec;
  readonly condition: TensorSpec;
  readonly dim: number;
}>({
  name: 'compress',
  infer({ input, condition, dim }) {
    const size = input.shape[dim] ?? 1;
    const known = condition.contents?.filter((one) => one !== 0).length;
    const shape = withSize(input.shape, dim, known ?? Math.min(count(condition), size));
    const out = { shape, dtype: input.dtype };
    if (known !== undefined) return [out];
    throw new DataDependentSize(
      'elements of a condition',
      'how many elements a condition lets through depends on the data; all of them are assumed',
      [out],
    );
  },
  saves: ['condition'],
});

export const ND_INDEXING: readonly Op[] = [compress, gatherNd, scatterNd];
