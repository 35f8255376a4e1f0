// Steps of optimizers where a graph holds them (ONNX training files).

import type { TensorSpec } from '../tensor/tensor';
import { countAll, otherCost } from './arguments';
import { defineOp } from './operator';

export const optimizerStep = defineOp<{
  readonly kind: string;
  readonly parameters: readonly TensorSpec[];
  readonly gradients: readonly TensorSpec[];
  /** Moments and the like, one list after the other. */
  readonly states: readonly TensorSpec[];
}>({
  name: 'optimizer_step',
  infer: ({ parameters, states }) => [...parameters, ...states].map(({ shape, dtype }) => ({ shape, dtype })),
  cost: ({ parameters }) => otherCost(10 * countAll(parameters)),
  note: '10 per parameter',
});
