// Promotion of element types, as torch.result_type gives it; the full table of pairs is in the oracle of operators.

import assert from 'node:assert/strict';
import type { DType } from '../../src/tensor/dtype';
import { resultType } from '../../src/tensor/promotion';
import { FloatScalar, type Scalar } from '../../src/tensor/scalar';
import type { TensorSpec } from '../../src/tensor/tensor';

const tensor = (dtype: DType): TensorSpec => ({ shape: [3], dtype });
const scalar = (dtype: DType): TensorSpec => ({ shape: [], dtype });

const CASES: readonly (readonly [operands: readonly (TensorSpec | Scalar)[], expected: DType])[] = [
  [[tensor('int64'), 2], 'int64'],
  [[tensor('int64'), new FloatScalar(2)], 'float32'],
  [[tensor('int64'), 2.5], 'float32'],
  [[tensor('bool'), 2], 'int64'],
  [[tensor('bool'), true], 'bool'],
  [[tensor('float16'), new FloatScalar(2)], 'float16'],
  [[tensor('float16'), scalar('float64')], 'float16'],
  [[tensor('int64'), scalar('float64')], 'float64'],
  [[tensor('uint8'), tensor('int8')], 'int16'],
  [[tensor('bfloat16'), tensor('float16')], 'float32'],
  [[tensor('float64'), tensor('complex64')], 'complex128'],
  [[scalar('int32'), tensor('int8')], 'int8'],
  [[scalar('float32'), 2], 'float32'],
];

describe('promotion', () => {
  for (const [operands, expected] of CASES)
    it(`${operands.map(spelled).join(' with ')} is ${expected}`, () =>
      assert.equal(resultType(operands), expected));
});

function spelled(operand: TensorSpec | Scalar): string {
  if (operand instanceof FloatScalar) return `${operand.value}.0`;
  return typeof operand === 'object' ? `${operand.dtype}[${operand.shape}]` : String(operand);
}
