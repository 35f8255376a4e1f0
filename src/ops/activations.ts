// Activation functions. FPO per element by their textbook formulas, with every elementary function as one:
// sigmoid(x) = 1 / (1 + exp(−x)) is 4, silu = x · sigmoid(x) is 5, and so on. Softmax and its like are in softmax.ts.

import { elementwiseSpec } from '../tensor/strides';
import type { TensorSpec } from '../tensor/tensor';
import { count, fail, otherCost, resolveDim, sizeAt, withSize } from './arguments';
import { defineOp } from './operator';
import { type PointwiseRow, pointwiseTable } from './pointwise';

/** A function whose gradient needs its argument. */
const ofInput = (fpo: number, counts: string, fold?: (x: number) => number): PointwiseRow => ({
  fpo,
  counts,
  saves: ['input'],
  fold,
});

/** Likewise; written in place, its gradient can be told from its value. */
const orOutput = (fpo: number, counts: string, fold?: (x: number) => number): PointwiseRow => ({
  ...ofInput(fpo, counts, fold),
  savesInplace: ['output'],
});

/** What rrelu draws: in training each element has a slope of its own. */
const slopes = (outputs: readonly TensorSpec[]): TensorSpec[] =>
  outputs.map(({ shape, dtype }) => ({ shape, dtype }));

export const ACTIVATIONS = pointwiseTable({
  celu: orOutput(5, 'divide, exp, subtract, multiply, select'),
  elu: orOutput(4, 'exp, subtract, multiply, select'),
  gelu: ofInput(5, 'divide, erf, add, two multiplies'),
  gelu_tanh: ofInput(9, 'cube, scale, add, scale, tanh, add, two multiplies'),
  hardshrink: ofInput(1, 'select'),
  hardsigmoid: ofInput(4, 'add, two bounds, divide'),
  hardswish: ofInput(5, 'add, two bounds, multiply, divide'),
  hardtanh: ofInput(2, 'two bounds'),
  leaky_relu: orOutput(2, 'multiply, select'),
  logsigmoid: ofInput(4, 'negate, exp, add, log'),
  mish: ofInput(5, 'exp, add, log, tanh, multiply'),
  relu: { fpo: 1, counts: 'select', saves: ['output'], fold: (x) => Math.max(x, 0) },
  relu6: ofInput(2, 'two bounds', (x) => Math.min(Math.max(x, 0), 6)),
  rrelu: {
    fpo: 2,
    counts: 'multiply, select',
    saves: ({ training }, outputs) => (training ? ['input', ...slopes(outputs)] : ['input']),
    savesInplace: ({ training }, outputs) => (training ? ['output', ...slopes(outputs)] : ['output']),
    workspace: (_, outputs) => slopes(outputs),
  },
  selu: orOutput(5, 'exp, subtract, two multiplies, select'),
  sigmoid: {
    fpo: 4,
    counts: 'negate, exp, add, divide',
    type: 'float',
    saves: ['output'],
    fold: (x) => 1 / (1 + Math.exp(-x)),
  },
  silu: ofInput(5, 'sigmoid, multiply'),
  softplus: ofInput(3, 'exp, add, log'),
  softshrink: ofInput(2, 'subtract, select'),
  threshold: ofInput(1, 'select'),
});

/** relu with a learned slope below zero, one for all or one per channel (dimension 1). */
export const prelu = defineOp<{ input: TensorSpec; weight: TensorSpec }>({
  name: 'prelu',
  infer({ input, weight }) {
    const channels = input.shape.length > 1 ? input.shape[1] : 1;
    if (count(weight) !== 1 && count(weight) !== channels)
      fail(`prelu has ${count(weight)} slopes, but the input has ${channels} channels`);
    return [elementwiseSpec(input.shape, input.dtype, [input])];
  },
  cost: ({ input }) => otherCost(2 * count(input)),
  saves: ['input', 'weight'],
  note: '2 per output element: multiply, select',
});

/** Gated linear unit: half of the channels gate the other half. */
export const glu = defineOp<{ input: TensorSpec; dim: number }>({
  name: 'glu',
  infer({ input, dim }) {
    const at = resolveDim(dim, input.shape.length);
    const size = sizeAt(input, at);
    if (size % 2 !== 0) fail(`glu halves dimension ${at}, but its size ${size} is odd`);
    return [{ shape: withSize(input.shape, at, size / 2), dtype: input.dtype }];
  },
  cost: (_, [out]) => otherCost(5 * count(out)),
  saves: ['input'],
  note: '5 per output element: sigmoid, multiply',
});
