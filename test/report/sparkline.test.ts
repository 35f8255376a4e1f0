// Series as lines of block characters.

import assert from 'node:assert/strict';
import { sparkline } from '../../src/report/sparkline';

describe('sparkline', () => {
  it('stands from the lowest to the highest figure', () =>
    assert.equal(sparkline([10, 11, 12, 13, 14, 15, 16, 17]), '▁▂▃▄▅▆▇█'));
  it('is level where nothing changes', () => assert.equal(sparkline([5, 5, 5]), '▄▄▄'));
  it('shows where there was no figure', () => assert.equal(sparkline([null, 1, null, 2]), '·▁·█'));
  it('is empty for nothing', () => assert.equal(sparkline([]), ''));
});
