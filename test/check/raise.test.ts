// Budgets raised to what a figure needs: they read like the ones before, and they hold.

import assert from 'node:assert/strict';
import { parseAmount } from '../../src/analysis/amounts';
import { raisedAmount } from '../../src/check/raise';

describe('raised budgets', () => {
  for (const [spelled, value, expected] of [
    ['26M', 26_812_345, '26.9M'],
    ['26M', 26_900_000, '26.9M'],
    ['900K', 1_200_001, '1.21M'],
    ['350k', 400_000, '400k'],
    ['26000000', 26_812_345, '26812345'],
    ['1.5B', 2_000_000_001, '2.01G'],
    ['12', 13, '13'],
  ] as const)
    it(`${spelled} for ${value} parameters is ${expected}`, () => {
      assert.equal(raisedAmount(spelled, value), expected);
      assert.ok(parseAmount(expected, 'count') >= value);
    });

  for (const [spelled, value, expected] of [
    ['1 GiB', 1.127 * 1024 ** 3, '1.13 GiB'],
    ['500 MB', 512_000_001, '513 MB'],
    ['512MiB', 2 ** 30, '1GiB'],
    ['1000 bytes', 2000, '2000'],
    ['1000 B', 2000, '2000'],
  ] as const)
    it(`${spelled} for ${value} bytes is ${expected}`, () => {
      assert.equal(raisedAmount(spelled, value, true), expected);
      assert.ok(parseAmount(expected, 'bytes') >= value);
    });

  for (const [spelled, value, expected] of [
    ['4.5G', 8_212_345_678, '8.22G'],
    ['120 MFPO', 236_000_000, '236 MFPO'],
    ['120 MFPO', 1_236_000_000, '1.24 GFPO'],
  ] as const)
    it(`${spelled} for ${value} FPO is ${expected}`, () => {
      assert.equal(raisedAmount(spelled, value), expected);
      assert.ok(parseAmount(expected, 'fpo') >= value);
    });
});
