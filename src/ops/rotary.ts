// Rotary position embedding as one operator, as ONNX and runtimes have it. PyTorch models write it out.

import type { TensorSpec } from '../tensor/tensor';
import { count, otherCost } from './arguments';
import { defineOp } from './operator';

export const rotaryEmbedding = defineOp<{
  readonly input: TensorSpec;
  readonly cos: TensorSpec;
  readonly sin: TensorSpec;
  /** Elements of each head that are turned; the rest is passed on. 0 = all. */
  readonly turned: number;
  readonly headSize: number;
}>({
  name: 'rotary_embedding',
  infer: ({ input }) => [{ shape: input.shape, dtype: input.dtype }],
  cost({ input, turned, headSize }) {
    const share = turned > 0 && headSize > 0 ? turned / headSize : 1;
    return otherCost(Math.round(3 * count(input) * share));
  },
  saves: ['cos', 'sin'],
  note: '3 per element that is turned: two multiplies, add',
});
