// Inputs as users write them.

import assert from 'node:assert/strict';
import { readInputSpec } from '../../src/tensor/input-spec';

const float32 = 'float32';

describe('input specifications', () => {
  it('are sizes with commas, crosses or spaces, in brackets or not', () => {
    for (const text of ['1,3,224,224', '(1, 3, 224, 224)', '1x3x224x224', '1×3×224×224', '1 3 224 224;'])
      assert.deepEqual(readInputSpec(text), [{ shape: [1, 3, 224, 224], dtype: float32 }], text);
  });
  it('have names and dtypes', () => {
    assert.deepEqual(readInputSpec('ids = 1,128:int64; mask=(8,)'), [
      { name: 'ids', shape: [1, 128], dtype: 'int64' },
      { name: 'mask', shape: [8], dtype: float32 },
    ]);
  });
  it('are empty, or a number without dimensions', () => {
    assert.deepEqual(readInputSpec('  '), []);
    assert.deepEqual(readInputSpec('()'), [{ shape: [], dtype: float32 }]);
  });
  it('say what is wrong with them', () => {
    assert.deepEqual(
      ['1,a', '1:int5', '1;;2', 'a b=1', '99999999999', ':int64', '1:int64:int8'].map(readInputSpec),
      [
        '“1,a” is not a shape: write sizes with commas between them, as 1,3,224,224.',
        '“int5” is not a dtype: write one of PyTorch’s, as int64.',
        'There is nothing between two semicolons.',
        '“a b” is not the name of an argument.',
        '99999999999 is too large a size.',
        '“” is not a shape: write sizes with commas between them, as 1,3,224,224.',
        '“int64:int8” is not a dtype: write one of PyTorch’s, as int64.',
      ],
    );
  });
});
