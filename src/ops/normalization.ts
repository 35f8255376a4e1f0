// Normalisations. FPO per element: the mean is 1 (add), the variance 3 (subtract, square, add), bringing to mean 0 and
// variance 1 another 1 (multiply; the subtraction is shared), scale and shift 1 each. What happens once per row or channel
// (the root, the division by the number of elements) is left out. Batch norm in evaluation mode is a fixed scale and shift: 2.

import { showShape } from '../tensor/broadcast';
import type { Shape, TensorSpec } from '../tensor/tensor';
import { count, fail, otherCost } from './arguments';
import { defineOp, type Op } from './operator';

type MaybeTensor = TensorSpec | null;

const MEAN_AND_VARIANCE = 4;
const SCALE_BY_DEVIATION = 1;

/** FPO per element of a normalisation by its own statistics. */
const perElement = (weight: MaybeTensor, bias: MaybeTensor): number =>
  MEAN_AND_VARIANCE + SCALE_BY_DEVIATION + (weight ? 1 : 0) + (bias ? 1 : 0);

/** Statistics that are kept: mean and inverse deviation per row. They are float32 at least. */
const statistics = (input: TensorSpec, shape: Shape): TensorSpec => ({
  shape,
  dtype: input.dtype === 'float64' ? 'float64' : 'float32',
});

const meanAndDeviation = (input: TensorSpec, shape: Shape): TensorSpec[] => [
  statistics(input, shape),
  statistics(input, shape),
];

const channelsOf = (input: TensorSpec): Shape => [input.shape[1] ?? 0];

/** Sizes of what is not normalised over. */
const rowsOf = (input: TensorSpec, normalizedShape: readonly number[]): Shape =>
  input.shape.slice(0, input.shape.length - normalizedShape.length);

function checkChannels(input: TensorSpec, per: MaybeTensor, name: string): void {
  const channels = input.shape[1];
  if (per !== null && count(per) !== channels)
    fail(
      `${name} is made for ${count(per)} channels, but the input of shape ${showShape(input.shape)} has ${channels}`,
    );
}

interface BatchNormArgs {
  /** [batch, channels, ...]. */
  readonly input: TensorSpec;
  readonly weight: MaybeTensor;
  readonly bias: MaybeTensor;
  readonly runningMean: MaybeTensor;
  readonly runningVar: MaybeTensor;
  /** Whether the batch's own statistics are used. */
  readonly training: boolean;
}

export const batchNorm = defineOp<BatchNormArgs>({
  name: 'batch_norm',
  infer({ input, weight, runningMean }) {
    if (input.shape.length < 2)
      fail(`batch_norm expects at least 2 dimensions, but the input has shape ${showShape(input.shape)}`);
    checkChannels(input, weight ?? runningMean, 'batch_norm');
    return [{ shape: input.shape, dtype: input.dtype }];
  },
  cost: ({ input, weight, bias, training }) =>
    otherCost(count(input) * (training ? perElement(weight, bias) : 2)),
  saves: ({ input, training }) => [
    'input',
    'weight',
    ...(training ? meanAndDeviation(input, channelsOf(input)) : ['runningMean', 'runningVar']),
  ],
  workspace: ({ input }) => meanAndDeviation(input, channelsOf(input)),
  note: '2 per element in evaluation (a fixed scale and shift); in training 5, and 1 each for weight and bias',
});

interface LayerNormArgs {
  readonly input: TensorSpec;
  readonly normalizedShape: readonly number[];
  readonly weight: MaybeTensor;
  readonly bias: MaybeTensor;
}

function checkTrailing(input: TensorSpec, normalizedShape: readonly number[], name: string): void {
  const trailing = input.shape.slice(input.shape.length - normalizedShape.length);
  if (showShape(trailing) !== showShape(normalizedShape))
    fail(
      `${name} normalises ${showShape(normalizedShape)}, but the input has shape ${showShape(input.shape)}`,
    );
}

export const layerNorm = defineOp<LayerNormArgs>({
  name: 'layer_norm',
  infer({ input, normalizedShape }) {
    checkTrailing(input, normalizedShape, 'layer_norm');
    return [{ shape: input.shape, dtype: input.dtype }];
  },
  cost: ({ input, weight, bias }) => otherCost(count(input) * perElement(weight, bias)),
  saves: ({ input, normalizedShape }) => [
    'input',
    'weight',
    'bias',
    ...meanAndDeviation(input, rowsOf(input, normalizedShape)),
  ],
  workspace: ({ input, normalizedShape }) => meanAndDeviation(input, rowsOf(input, normalizedShape)),
  note: '5 per element, and 1 each for weight and bias',
});

export const rmsNorm = defineOp<Omit<LayerNormArgs, 'bias'>>({
  name: 'rms_norm',
  infer({ input, normalizedShape }) {
    checkTrailing(input, normalizedShape, 'rms_norm');
    return [{ shape: input.shape, dtype: input.dtype }];
  },
  cost: ({ input, weight }) => otherCost(count(input) * (3 + (weight ? 1 : 0))),
  saves: ({ input, normalizedShape }) => [
    'input',
    'weight',
    statistics(input, rowsOf(input, normalizedShape)),
  ],
  workspace: ({ input, normalizedShape }) => [statistics(input, rowsOf(input, normalizedShape))],
  note: '3 per element (square, add, multiply), and 1 for the weight',
});

interface GroupNormArgs {
  readonly input: TensorSpec;
  readonly groups: number;
  readonly weight: MaybeTensor;
  readonly bias: MaybeTensor;
}

export const groupNorm = defineOp<GroupNormArgs>({
  name: 'group_norm',
  infer({ input, groups, weight }) {
    if ((input.shape[1] ?? 0) % groups !== 0)
      fail(`${input.shape[1]} channels cannot be split into ${groups} groups`);
    checkChannels(input, weight, 'group_norm');
    return [{ shape: input.shape, dtype: input.dtype }];
  },
  cost: ({ input, weight, bias }) => otherCost(count(input) * perElement(weight, bias)),
  saves: ({ input, groups }) => [
    'input',
    'weight',
    ...meanAndDeviation(input, [input.shape[0] ?? 1, groups]),
  ],
  workspace: ({ input, groups }) => meanAndDeviation(input, [input.shape[0] ?? 1, groups]),
  note: '5 per element, and 1 each for weight and bias',
});

interface InstanceNormArgs {
  readonly input: TensorSpec;
  readonly runningMean: MaybeTensor;
  readonly runningVar: MaybeTensor;
  readonly weight: MaybeTensor;
  readonly bias: MaybeTensor;
  readonly useInputStats: boolean;
}

export const instanceNorm = defineOp<InstanceNormArgs>({
  name: 'instance_norm',
  infer({ input, weight }) {
    checkChannels(input, weight, 'instance_norm');
    return [{ shape: input.shape, dtype: input.dtype }];
  },
  cost: ({ input, weight, bias, useInputStats }) =>
    otherCost(count(input) * (useInputStats ? perElement(weight, bias) : 2)),
  saves: ({ input }) => ['input', ...meanAndDeviation(input, input.shape.slice(0, 2))],
  workspace: ({ input }) => meanAndDeviation(input, input.shape.slice(0, 2)),
  note: '5 per element, and 1 each for weight and bias; 2 where running statistics are used',
});

export const NORMALIZATION: readonly Op[] = [batchNorm, layerNorm, rmsNorm, groupNorm, instanceNorm];
