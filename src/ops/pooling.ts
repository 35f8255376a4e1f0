// Pooling over windows and to a given size, of any rank. FPO: one per element that a window reads (an addition or a
// comparison). Left out: the index arithmetic of max_unpool, and Lp pooling, which PyTorch composes of others.

import { showShape } from '../tensor/broadcast';
import type { Shape, TensorSpec } from '../tensor/tensor';
import { count, fail, otherCost, product } from './arguments';
import { defineOp, type Op } from './operator';
import { type Padding, spatialSizes, windowCount } from './windows';

interface PoolArgs {
  readonly input: TensorSpec;
  readonly kernel: readonly number[];
  readonly stride: readonly number[];
  readonly padding: readonly Padding[];
  readonly dilation: readonly number[];
  readonly ceil: boolean;
}

function pooledShape({ input, kernel, stride, padding, dilation, ceil }: PoolArgs): Shape {
  const rank = kernel.length;
  const sizes = spatialSizes(input, rank, `pool${rank}d`);
  const space = sizes.map((size, i) =>
    windowCount(
      size,
      kernel[i] as number,
      stride[i] ?? (kernel[i] as number),
      padding[i] ?? 0,
      dilation[i] ?? 1,
      ceil,
    ),
  );
  if (space.some((size) => size < 1))
    fail(
      `a window of ${showShape(kernel)} does not fit into an input of shape ${showShape(input.shape)}: the output would have size ${showShape(space)}`,
    );
  return [...input.shape.slice(0, input.shape.length - rank), ...space];
}

const indicesLike = (shape: Shape): TensorSpec => ({ shape, dtype: 'int64' });

export const avgPool = defineOp<PoolArgs>({
  name: 'avg_pool',
  infer: (args) => [{ shape: pooledShape(args), dtype: args.input.dtype }],
  cost: ({ kernel }, [out]) => otherCost(count(out) * product(kernel)),
  saves: ['input'],
  note: 'window elements per output element: adds, with the division in place of one',
});

export const maxPool = defineOp<PoolArgs & { returnIndices: boolean }>({
  name: 'max_pool',
  infer(args) {
    const shape = pooledShape(args);
    const values = { shape, dtype: args.input.dtype };
    return args.returnIndices ? [values, indicesLike(shape)] : [values];
  },
  cost: ({ kernel }, [out]) => otherCost(count(out) * product(kernel)),
  backwardOther: (_, [out]) => count(out),
  saves: ({ returnIndices }, [out]) => [
    'input',
    returnIndices ? 'output:1' : indicesLike(out ? out.shape : []),
  ],
  workspace: ({ returnIndices }, [out]) => (returnIndices || !out ? [] : [indicesLike(out.shape)]),
  note: 'window elements per output element: comparisons',
});

interface AdaptiveArgs {
  readonly input: TensorSpec;
  /** Sizes to give; null keeps one. */
  readonly outputSize: readonly (number | null)[];
}

function adaptiveShape({ input, outputSize }: AdaptiveArgs): Shape {
  const rank = outputSize.length;
  const sizes = spatialSizes(input, rank, `adaptive_pool${rank}d`);
  return [
    ...input.shape.slice(0, input.shape.length - rank),
    ...sizes.map((size, i) => outputSize[i] ?? size),
  ];
}

/** Elements that the windows along one dimension read together; they overlap where sizes do not divide. */
function windowReads(size: number, out: number): number {
  let reads = 0;
  for (let i = 0; i < out; i++) reads += Math.ceil(((i + 1) * size) / out) - Math.floor((i * size) / out);
  return reads;
}

function adaptiveReads({ input, outputSize }: AdaptiveArgs, out: TensorSpec | undefined): number {
  const rank = outputSize.length;
  const sizes = input.shape.slice(-rank);
  const space = out?.shape.slice(-rank) ?? [];
  const planes = product(input.shape.slice(0, input.shape.length - rank));
  return planes * product(sizes.map((size, i) => windowReads(size, space[i] as number)));
}

export const adaptiveAvgPool = defineOp<AdaptiveArgs>({
  name: 'adaptive_avg_pool',
  infer: (args) => [{ shape: adaptiveShape(args), dtype: args.input.dtype }],
  cost: (args, [out]) => otherCost(adaptiveReads(args, out)),
  // One output per plane is a mean, which keeps nothing.
  saves: ({ outputSize }) => (outputSize.every((size) => size === 1) ? [] : ['input']),
  note: 'elements read by the windows: adds, with the division in place of one',
});

export const adaptiveMaxPool = defineOp<AdaptiveArgs & { returnIndices: boolean }>({
  name: 'adaptive_max_pool',
  infer(args) {
    const shape = adaptiveShape(args);
    const values = { shape, dtype: args.input.dtype };
    return args.returnIndices ? [values, indicesLike(shape)] : [values];
  },
  cost: (args, [out]) => otherCost(adaptiveReads(args, out)),
  backwardOther: (_, [out]) => count(out),
  saves: ({ returnIndices }, [out]) => [
    'input',
    returnIndices ? 'output:1' : indicesLike(out ? out.shape : []),
  ],
  workspace: ({ returnIndices }, [out]) => (returnIndices || !out ? [] : [indicesLike(out.shape)]),
  note: 'elements read by the windows: comparisons',
});

/** Puts pooled values back where they came from; the rest is zero. */
export const maxUnpool = defineOp<{ input: TensorSpec; indices: TensorSpec; outputSize: readonly number[] }>({
  name: 'max_unpool',
  infer: ({ input, outputSize }) => [
    {
      shape: [...input.shape.slice(0, input.shape.length - outputSize.length), ...outputSize],
      dtype: input.dtype,
    },
  ],
  saves: ['indices'],
});

export const POOLING: readonly Op[] = [avgPool, maxPool, adaptiveAvgPool, adaptiveMaxPool, maxUnpool];
