// From floats to integers with a scale and back. FPO per element: quantise is divide, round, add the zero point, and two
// bounds are not counted; dequantise is subtract and multiply; finding the scale of a tensor compares each element twice.

import type { DType } from '../tensor/dtype';
import type { TensorSpec } from '../tensor/tensor';
import { count, otherCost } from './arguments';
import { defineOp, type Op } from './operator';

interface QuantizeArgs {
  readonly input: TensorSpec;
  readonly scale: TensorSpec;
  readonly zeroPoint: TensorSpec | null;
  readonly dtype: DType;
}

export const quantize = defineOp<QuantizeArgs>({
  name: 'quantize',
  infer: ({ input, dtype }) => [{ shape: input.shape, dtype }],
  cost: ({ input }) => otherCost(3 * count(input)),
  note: '3 per element: divide, round, add the zero point',
});

export const dequantize = defineOp<QuantizeArgs>({
  name: 'dequantize',
  infer: ({ input, dtype }) => [{ shape: input.shape, dtype }],
  cost: ({ input }) => otherCost(2 * count(input)),
  note: '2 per element: subtract the zero point, multiply',
});

/** Quantises by the range of the tensor itself: the integers, their scale and their zero point. */
export const dynamicQuantize = defineOp<{ readonly input: TensorSpec; readonly dtype: DType }>({
  name: 'dynamic_quantize',
  infer: ({ input, dtype }) => [
    { shape: input.shape, dtype },
    { shape: [], dtype: 'float32' },
    { shape: [], dtype },
  ],
  cost: ({ input }) => otherCost(5 * count(input)),
  note: '5 per element: two comparisons for the range, divide, round, add the zero point',
});

export const QUANTIZATION: readonly Op[] = [dequantize, dynamicQuantize, quantize];
