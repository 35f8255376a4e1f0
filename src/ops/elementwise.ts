// Arithmetic, roundings and elementary functions, one row each. Comparisons and logic are in comparison.ts, activations in
// activations.ts. Left out: fused arithmetic of quantised types.

import { roundHalfEven } from '../tensor/contents';
import { isTensor } from './arguments';
import { type PointwiseRow, pointwiseTable } from './pointwise';

/** A function that gives floats also for integers, and whose gradient needs its argument. */
const fromInput = (fold?: PointwiseRow['fold'], fpo = 1, counts?: string): PointwiseRow => ({
  fpo,
  counts,
  type: 'float',
  saves: ['input'],
  fold,
});

/** Likewise, and its gradient needs its value. */
const fromOutput = (fold?: (x: number) => number, fpo = 1, counts?: string): PointwiseRow => ({
  ...fromInput(fold, fpo, counts),
  saves: ['output'],
});

/** A rounding: no gradient to speak of. */
const rounding = (fold: (x: number) => number): PointwiseRow => ({ fpo: 1, fold });

const TWO = ['input', 'other'] as const;

/** Division rounded down, whose rest has the sign of the divisor, as in Python. */
const floorMod = (a: number, b: number): number => {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
};

/** torch's clamp: bounds left out are NaN. */
function clampTo(x: number, low: number, high: number): number {
  const raised = Number.isNaN(low) ? x : Math.max(x, low);
  return Number.isNaN(high) ? raised : Math.min(raised, high);
}

const logit = (x: number): number => Math.log(x / (1 - x));

const gcd = (a: number, b: number): number => (b === 0 ? Math.abs(a) : gcd(b, a % b));

export const ELEMENTWISE = pointwiseTable({
  abs: { fpo: 1, type: 'real', saves: ['input'], fold: Math.abs },
  acos: fromInput(Math.acos),
  acosh: fromInput(Math.acosh),
  add: { fpo: 1, operands: TWO, fold: (a, b) => a + b },
  add_scaled: {
    fpo: 2,
    counts: 'multiply, add',
    operands: ['input', 'other', 'alpha'],
    fold: (a, b, alpha) => a + alpha * b,
  },
  addcdiv: {
    fpo: 3,
    counts: 'divide, multiply, add',
    operands: ['input', 'tensor1', 'tensor2'],
    saves: 'quotient',
  },
  addcmul: {
    fpo: 3,
    counts: 'two multiplies, add',
    operands: ['input', 'tensor1', 'tensor2'],
    saves: 'factors',
  },
  angle: { fpo: 1, type: 'realFloat', saves: ['input'] },
  asin: fromInput(Math.asin),
  asinh: fromInput(Math.asinh),
  atan: fromInput(Math.atan),
  atan2: { fpo: 1, operands: TWO, type: 'float', saves: ['input', 'other'], fold: Math.atan2 },
  atanh: fromInput(Math.atanh),
  ceil: rounding(Math.ceil),
  clamp: {
    fpo: 1,
    operands: ['input', 'min', 'max'],
    saves: ['input', 'min', 'max'],
    fold: clampTo,
  },
  complex: { fpo: 0, operands: ['real', 'imag'], type: 'complex', saves: ['real', 'imag'] },
  conj_physical: { fpo: 1 },
  copysign: { fpo: 1, operands: TWO, type: 'float', saves: ['input', 'output'] },
  cos: fromInput(Math.cos),
  cosh: fromInput(Math.cosh),
  deg2rad: { fpo: 1, type: 'float', fold: (x) => (x * Math.PI) / 180 },
  digamma: fromInput(),
  div: { fpo: 1, operands: TWO, type: 'float', saves: 'quotient', fold: (a, b) => a / b },
  erf: fromInput(),
  erfc: fromInput(),
  erfinv: fromOutput(),
  exp: fromOutput(Math.exp),
  exp2: fromOutput((x) => 2 ** x),
  expm1: fromOutput(Math.expm1),
  float_power: { fpo: 1, operands: ['input', 'exponent'], type: 'double', saves: ['input', 'exponent'] },
  floor: rounding(Math.floor),
  floor_divide: {
    fpo: 2,
    counts: 'divide, round',
    operands: TWO,
    fold: (a, b) => Math.floor(a / b),
    roundsQuotient: true,
  },
  fmod: { fpo: 1, operands: TWO, saves: 'tensors', fold: (a, b) => a % b },
  frac: rounding((x) => x - Math.trunc(x)),
  gcd: { fpo: 0, operands: TWO, fold: gcd },
  heaviside: { fpo: 1, operands: TWO, fold: (a, b) => (a === 0 ? b : Number(a > 0)) },
  hypot: { fpo: 4, counts: 'two squares, add, root', operands: TWO, saves: ['input', 'other', 'output'] },
  lcm: { fpo: 0, operands: TWO, fold: (a, b) => (a === 0 ? 0 : Math.abs(a * b) / gcd(a, b)) },
  ldexp: {
    fpo: 2,
    counts: 'power, multiply',
    operands: TWO,
    type: 'float',
    saves: 'factors',
    fold: (a, b) => a * 2 ** b,
  },
  lerp: {
    fpo: 3,
    counts: 'subtract, multiply, add',
    operands: ['input', 'end', 'weight'],
    type: 'first',
    saves: ['weight'],
    fold: (a, b, w) => (Math.abs(w) < 0.5 ? a + w * (b - a) : b - (b - a) * (1 - w)),
  },
  lgamma: fromInput(),
  log: fromInput(Math.log),
  log10: fromInput(Math.log10),
  log1p: fromInput(Math.log1p),
  log2: fromInput(Math.log2),
  logaddexp: { fpo: 5, counts: 'subtract, exp, add, log, add', operands: TWO, saves: ['input', 'other'] },
  logaddexp2: { fpo: 5, counts: 'subtract, exp, add, log, add', operands: TWO, saves: ['input', 'other'] },
  logit: {
    ...fromInput(
      (x, eps) => logit(Number.isNaN(eps) ? x : clampTo(x, eps, 1 - eps)),
      3,
      'subtract, divide, log',
    ),
    operands: ['input', 'eps'],
  },
  maximum: { fpo: 1, operands: TWO, saves: ['input', 'other'], fold: Math.max },
  minimum: { fpo: 1, operands: TWO, saves: ['input', 'other'], fold: Math.min },
  mul: { fpo: 1, operands: TWO, saves: 'factors', fold: (a, b) => a * b },
  mvlgamma: fromInput(),
  nan_to_num: { fpo: 0, saves: ['input'] },
  neg: { fpo: 1, fold: (x) => -x },
  nextafter: { fpo: 0, operands: TWO },
  polar: {
    fpo: 4,
    counts: 'cosine, sine, two multiplies',
    operands: ['abs', 'angle'],
    type: 'complex',
    saves: ['output'],
  },
  polygamma: fromInput(),
  pow: {
    fpo: 1,
    operands: ['input', 'exponent'],
    saves: ({ exponent }) => (isTensor(exponent) ? ['input', 'exponent', 'output'] : ['input']),
    fold: (a, b) => a ** b,
  },
  rad2deg: { fpo: 1, type: 'float', fold: (x) => (x * 180) / Math.PI },
  reciprocal: fromOutput((x) => 1 / x),
  remainder: { fpo: 1, operands: TWO, saves: 'tensors', fold: floorMod },
  round: rounding(roundHalfEven),
  round_decimals: {
    fpo: 3,
    counts: 'multiply, round, divide',
    operands: ['input', 'decimals'],
    type: 'first',
    fold: (x, decimals) => roundHalfEven(x * 10 ** decimals) / 10 ** decimals,
  },
  rsqrt: fromOutput((x) => 1 / Math.sqrt(x), 2, 'root, divide'),
  rsub: { fpo: 1, operands: TWO, fold: (a, b) => b - a },
  sgn: { fpo: 1, saves: ['input', 'output'], fold: Math.sign },
  sign: { fpo: 1, fold: Math.sign },
  sin: fromInput(Math.sin),
  sinc: fromInput((x) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)), 3, 'multiply, sine, divide'),
  sinh: fromInput(Math.sinh),
  special: fromInput(),
  special_of_two: { fpo: 1, operands: TWO, type: 'float', saves: ['input', 'other'] },
  sqrt: fromOutput(Math.sqrt),
  square: { fpo: 1, saves: ['input'], fold: (x) => x * x },
  sub: {
    fpo: 1,
    operands: TWO,
    fold: (a, b) => a - b,
    refusesBool: 'bools cannot be subtracted: use ~ or logical_xor',
  },
  tan: fromOutput(Math.tan),
  tanh: fromOutput(Math.tanh),
  true_divide: { fpo: 1, operands: TWO, type: 'float', saves: 'quotient', fold: (a, b) => a / b },
  trunc: rounding(Math.trunc),
  trunc_divide: {
    fpo: 2,
    counts: 'divide, round',
    operands: TWO,
    fold: (a, b) => Math.trunc(a / b),
    roundsQuotient: true,
  },
  xlogy: { fpo: 2, counts: 'log, multiply', operands: TWO, type: 'float', saves: ['input', 'other'] },
});
