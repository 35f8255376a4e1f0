// Which views are possible: strides of a tensor seen in another shape, and whether it is dense.

import assert from 'node:assert/strict';
import { isContiguous, isDense, viewStrides } from '../../src/tensor/strides';

type List = readonly number[];

const VIEWS: readonly (readonly [shape: List, strides: List, target: List, expected: List | null])[] = [
  [
    [2, 3, 4],
    [12, 4, 1],
    [6, 4],
    [4, 1],
  ],
  [[2, 3, 4], [12, 1, 3], [2, 12], null],
  [
    [2, 4, 3],
    [12, 1, 4],
    [2, 4, 3, 1],
    [12, 1, 4, 4],
  ],
  [
    [3, 2, 4],
    [4, 12, 1],
    [3, 2, 2, 2],
    [4, 12, 2, 1],
  ],
  [
    [4, 6],
    [1, 0],
    [4, 2, 3],
    [1, 0, 0],
  ],
  [[4, 6], [1, 0], [24], null],
  [[], [], [1, 1], [1, 1]],
  [
    [0, 3],
    [3, 1],
    [3, 0],
    [1, 1],
  ],
];

const LAYOUTS: readonly (readonly [shape: List, strides: List, contiguous: boolean, dense: boolean])[] = [
  [[2, 3], [3, 1], true, true],
  [[2, 3], [1, 2], false, true],
  [[2, 1], [1, 7], true, true],
  [[2, 3], [6, 2], false, false],
  [[2, 3], [0, 1], false, false],
  [[0, 3], [5, 7], true, true],
];

describe('strides', () => {
  for (const [shape, strides, target, expected] of VIEWS)
    it(`[${shape}] with strides [${strides}] seen as [${target}]`, () =>
      assert.deepEqual(viewStrides(shape, strides, target), expected));

  for (const [shape, strides, contiguous, dense] of LAYOUTS)
    it(`[${shape}] with strides [${strides}] is ${contiguous ? '' : 'not '}contiguous, ${dense ? '' : 'not '}dense`, () => {
      const spec = { shape, dtype: 'float32', strides } as const;
      assert.equal(isContiguous(spec), contiguous);
      assert.equal(isDense(spec), dense);
    });
});
