// Comparisons, tests and logic. They select and steer, so they count no FPO of their own, except `where`-like selections,
// which copy. Bit operations on integers count none either.

import { type PointwiseRow, pointwiseTable } from './pointwise';

const compare = (fold: (a: number, b: number) => boolean): PointwiseRow => ({
  fpo: 0,
  operands: ['input', 'other'],
  type: 'bool',
  fold: (a, b) => Number(fold(a, b)),
});

const test = (fold: (x: number) => boolean): PointwiseRow => ({
  fpo: 0,
  type: 'bool',
  fold: (x) => Number(fold(x)),
});

const bits = (fold: (a: number, b: number) => number): PointwiseRow => ({
  fpo: 0,
  operands: ['input', 'other'],
  fold,
});

export const COMPARISON = pointwiseTable({
  bitwise_and: bits((a, b) => a & b),
  bitwise_left_shift: bits((a, b) => a * 2 ** b),
  bitwise_or: bits((a, b) => a | b),
  bitwise_right_shift: bits((a, b) => Math.floor(a / 2 ** b)),
  bitwise_xor: bits((a, b) => a ^ b),
  eq: compare((a, b) => a === b),
  ge: compare((a, b) => a >= b),
  gt: compare((a, b) => a > b),
  isclose: compare((a, b) => Math.abs(a - b) <= 1e-8 + 1e-5 * Math.abs(b)),
  isfinite: test(Number.isFinite),
  isinf: test((x) => x === Number.POSITIVE_INFINITY || x === Number.NEGATIVE_INFINITY),
  isnan: test(Number.isNaN),
  isneginf: test((x) => x === Number.NEGATIVE_INFINITY),
  isposinf: test((x) => x === Number.POSITIVE_INFINITY),
  isreal: test(() => true),
  le: compare((a, b) => a <= b),
  logical_and: compare((a, b) => a !== 0 && b !== 0),
  logical_not: test((x) => x === 0),
  logical_or: compare((a, b) => a !== 0 || b !== 0),
  logical_xor: compare((a, b) => (a !== 0) !== (b !== 0)),
  lt: compare((a, b) => a < b),
  ne: compare((a, b) => a !== b),
  signbit: test((x) => x < 0 || Object.is(x, -0)),
});
