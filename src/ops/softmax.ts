// Softmax and its logarithm: 5 FPO per element, whichever of the two: maximum, subtract, exp, add, and divide or subtract.

import type { DType } from '../tensor/dtype';
import type { TensorSpec } from '../tensor/tensor';
import { count, otherCost, resolveDim } from './arguments';
import { defineOp, type Op } from './operator';

interface SoftmaxArgs {
  readonly input: TensorSpec;
  readonly dim: number;
  readonly dtype: DType | null;
}

const softmaxLike = (name: string, last: string): Op =>
  defineOp<SoftmaxArgs>({
    name,
    infer({ input, dim, dtype }) {
      resolveDim(dim, input.shape.length);
      return [{ shape: input.shape, dtype: dtype ?? input.dtype }];
    },
    cost: ({ input }) => otherCost(5 * count(input)),
    saves: ['output'],
    note: `5 per element: maximum, subtract, exp, add, ${last}`,
  });

export const softmax = softmaxLike('softmax', 'divide');
export const logSoftmax = softmaxLike('log_softmax', 'subtract');
