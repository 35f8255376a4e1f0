// Elements as their type holds them: rounding of floats, wrapping of integers.

import assert from 'node:assert/strict';
import { asElement, roundHalfEven } from '../../src/tensor/contents';
import type { DType } from '../../src/tensor/dtype';

const CASES: readonly (readonly [value: number, dtype: DType, expected: number])[] = [
  [0.1, 'float32', Math.fround(0.1)],
  [0.1, 'float16', 0.0999755859375],
  [0.1, 'bfloat16', 0.10009765625],
  [70000, 'float16', Number.POSITIVE_INFINITY],
  [2049, 'float16', 2048],
  [300, 'uint8', 44],
  [-1, 'uint8', 255],
  [200, 'int8', -56],
  [2.9, 'int64', 2],
  [-2.9, 'int32', -2],
  [0.5, 'bool', 1],
  [0.1, 'float64', 0.1],
];

describe('contents', () => {
  for (const [value, dtype, expected] of CASES)
    it(`${value} as ${dtype} is ${expected}`, () => assert.equal(asElement(value, dtype), expected));

  for (const [value, expected] of [
    [0.5, 0],
    [1.5, 2],
    [2.5, 2],
    [-0.5, 0],
    [-1.5, -2],
    [2.4, 2],
  ] as const)
    it(`${value} rounds to ${expected}`, () => assert.equal(roundHalfEven(value) + 0, expected));
});
