// math, and the few functions of cmath that take real numbers nowhere else. Integers stay exact.

import { truncate } from '../builtins/numbers';
import { floatArgument, intArgument, table } from '../builtins/receivers';
import type { Interpreter } from '../interpreter';
import { known, starred } from '../known';
import { type Int, intFloorDiv, intGcd, intMul, intSqrt, intSub } from '../numbers';
import { lookup } from '../types';
import { type Namespace, type NativeFunction, PyFloat, PyTuple, Unknown, type Value } from '../values';

export function mathModule(): Namespace {
  const namespace = table([...ofOneFloat(), ...ofFloats(), ...ofIntegers(), ...ofMany(), ...tests()]);
  const constants = {
    e: Math.E,
    inf: Number.POSITIVE_INFINITY,
    nan: Number.NaN,
    pi: Math.PI,
    tau: 2 * Math.PI,
  };
  for (const [name, value] of Object.entries(constants)) namespace.set(name, new PyFloat(value));
  return namespace;
}

/** A function of one float; what is outside its domain is a ValueError. */
function real(name: string, compute: (x: number) => number): NativeFunction {
  return known(name, 'x, /', (ip, [value]) => {
    const x = floatArgument(ip, value);
    return new PyFloat(checked(ip, compute(x), [x]));
  });
}

function checked(ip: Interpreter, result: number, args: readonly number[]): number {
  if (Number.isNaN(result) && !args.some(Number.isNaN)) ip.raise('ValueError', 'math domain error');
  if (!Number.isFinite(result) && !Number.isNaN(result) && args.every(Number.isFinite))
    ip.raise('OverflowError', 'math range error');
  return result;
}

const degrees = 180 / Math.PI;

const ofOneFloat = (): NativeFunction[] => [
  ...(
    [
      'acos',
      'acosh',
      'asin',
      'asinh',
      'atan',
      'atanh',
      'cbrt',
      'cos',
      'cosh',
      'exp',
      'expm1',
      'log1p',
      'sin',
      'sinh',
      'sqrt',
      'tan',
      'tanh',
    ] as const
  ).map((name) => real(name, Math[name])),
  real('degrees', (x) => x * degrees),
  real('erf', erf),
  real('erfc', (x) => 1 - erf(x)),
  real('exp2', (x) => 2 ** x),
  real('fabs', Math.abs),
  real('gamma', gamma),
  real('lgamma', (x) => logGamma(x)),
  logarithm('log10', Math.log10),
  logarithm('log2', Math.log2),
  real('radians', (x) => x / degrees),
  real('ulp', (x) =>
    x === 0 ? Number.MIN_VALUE : 2 ** Math.max(-1074, Math.floor(Math.log2(Math.abs(x))) - 52),
  ),
];

/** Zero and less are outside the domain; large integers are taken. */
function logarithm(name: string, compute: (x: number) => number): NativeFunction {
  return known(name, 'x, /', (ip, [value]) => new PyFloat(logOf(ip, value, compute)));
}

function logOf(ip: Interpreter, value: Value | undefined, compute: (x: number) => number): number {
  const x = floatArgument(ip, value);
  if (x <= 0) ip.raise('ValueError', 'math domain error');
  if (Number.isFinite(x) || typeof value !== 'bigint') return compute(x);
  const digits = value.toString().length - 15;
  return compute(Number(value / 10n ** BigInt(digits))) + digits * compute(10);
}

const ofFloats = (): NativeFunction[] => [
  binary('atan2', Math.atan2),
  binary('copysign', (x, y) => (y < 0 || Object.is(y, -0) ? -Math.abs(x) : Math.abs(x))),
  known('dist', 'p, q, /', (ip, [p, q]) => {
    const [a, b] = [p, q].map((point) => ip.list(point as Value).map((x) => floatArgument(ip, x))) as [
      number[],
      number[],
    ];
    return new PyFloat(Math.hypot(...a.map((x, index) => x - (b[index] ?? 0))));
  }),
  binary('fmod', (x, y) => x % y),
  known('frexp', 'x, /', (ip, [value]) => {
    const x = floatArgument(ip, value);
    if (x === 0 || !Number.isFinite(x)) return new PyTuple([new PyFloat(x), 0]);
    const exponent = Math.floor(Math.log2(Math.abs(x))) + 1;
    return new PyTuple([new PyFloat(x / 2 ** exponent), exponent]);
  }),
  known(
    'ldexp',
    'x, i, /',
    (ip, [x, i]) => new PyFloat(floatArgument(ip, x) * 2 ** Number(intArgument(ip, i))),
  ),
  known('log', 'x, base=None, /', (ip, [x, base]) => {
    const value = logOf(ip, x, Math.log);
    return new PyFloat(base === null ? value : value / logOf(ip, base, Math.log));
  }),
  known('modf', 'x, /', (ip, [value]) => {
    const x = floatArgument(ip, value);
    return new PyTuple([new PyFloat(Number.isFinite(x) ? x % 1 : 0), new PyFloat(Math.trunc(x))]);
  }),
  binary('pow', (x, y) => x ** y),
  binary('remainder', (x, y) => {
    const n = x / y;
    const floor = Math.floor(n);
    const nearest = n - floor === 0.5 ? floor + Math.abs(floor % 2) : Math.round(n);
    return x - y * nearest;
  }),
];

function binary(name: string, compute: (x: number, y: number) => number): NativeFunction {
  return known(name, 'x, y, /', (ip, args) => {
    const [x, y] = args.map((value) => floatArgument(ip, value)) as [number, number];
    return new PyFloat(checked(ip, compute(x, y), [x, y]));
  });
}

const ofIntegers = (): NativeFunction[] => [
  rounding('ceil', '__ceil__', Math.ceil),
  known('comb', 'n, k, /', (ip, [n, k]) => choose(intArgument(ip, n), Number(intArgument(ip, k)))),
  known('factorial', 'n, /', (ip, [n]) => {
    const count = Number(intArgument(ip, n));
    if (count < 0) ip.raise('ValueError', 'factorial() not defined for negative values');
    if (count > 10_000) ip.tooMany(count);
    return falling(count, count);
  }),
  rounding('floor', '__floor__', Math.floor),
  known('gcd', '*integers', (ip, [integers]) =>
    starred(integers).reduce((sum: Int, n) => intGcd(sum, intArgument(ip, n)), 0),
  ),
  known('isqrt', 'n, /', (ip, [n]) => {
    const value = intArgument(ip, n);
    return value < 0 ? ip.raise('ValueError', 'isqrt() argument must be nonnegative') : intSqrt(value);
  }),
  known('lcm', '*integers', (ip, [integers]) =>
    starred(integers).reduce((sum: Int, n) => leastMultiple(sum, intArgument(ip, n)), 1),
  ),
  known('perm', 'n, k=None, /', (ip, [n, k]) =>
    falling(intArgument(ip, n), Number(k === null ? intArgument(ip, n) : intArgument(ip, k))),
  ),
  rounding('trunc', '__trunc__', Math.trunc),
];

function rounding(name: string, method: string, round: (x: number) => number): NativeFunction {
  return known(name, 'x, /', (ip, [value]) => {
    if (value instanceof PyFloat) return truncate(ip, round(value.value));
    const found = lookup(ip.typeOf(value as Value), method);
    return found === undefined
      ? truncate(ip, round(floatArgument(ip, value)))
      : ip.call(found, [value as Value]);
  });
}

/** n · (n-1) · … , `count` factors. */
function falling(n: Int, count: number): Int {
  let product: Int = 1;
  for (let index = 0; index < count; index++) product = intMul(product, intSub(n, index));
  return product;
}

function choose(n: Int, k: number): Int {
  if (Number(n) < k) return 0;
  const least = Math.min(k, Number(n) - k);
  return intFloorDiv(falling(n, least), falling(least, least));
}

function leastMultiple(a: Int, b: Int): Int {
  const product = intMul(a, b);
  if (Number(product) === 0) return 0;
  const multiple = intFloorDiv(product, intGcd(a, b));
  return multiple < 0 ? intSub(0, multiple) : multiple;
}

const ofMany = (): NativeFunction[] => [
  known('fsum', 'seq, /', (ip, [seq]) => {
    const items = ip.list(seq as Value);
    return (
      items.find((item) => item instanceof Unknown) ??
      new PyFloat(exactSum(items.map((x) => floatArgument(ip, x))))
    );
  }),
  known(
    'hypot',
    '*coordinates',
    (ip, [coordinates]) => new PyFloat(Math.hypot(...starred(coordinates).map((x) => floatArgument(ip, x)))),
  ),
  known('prod', 'iterable, /, *, start=1', (ip, [iterable, start]) =>
    ip.list(iterable as Value).reduce((product, item) => ip.binary('*', product, item), start as Value),
  ),
  known('sumprod', 'p, q, /', (ip, [p, q]) => {
    const others = ip.list(q as Value);
    return ip
      .list(p as Value)
      .reduce((sum: Value, item, index) => ip.binary('+', sum, ip.binary('*', item, others[index] ?? 0)), 0);
  }),
];

/** Shewchuk's partial sums: no rounding on the way. */
function exactSum(values: readonly number[]): number {
  let partials: number[] = [];
  for (const value of values) {
    let x = value;
    const next: number[] = [];
    for (const partial of partials) {
      const [large, small] = Math.abs(x) < Math.abs(partial) ? [partial, x] : [x, partial];
      const high = large + small;
      const low = small - (high - large);
      if (low !== 0) next.push(low);
      x = high;
    }
    partials = [...next, x];
  }
  return partials.reduceRight((sum, partial) => sum + partial, 0);
}

const tests = (): NativeFunction[] => [
  known('isclose', 'a, b, *, rel_tol=1e-09, abs_tol=0.0', (ip, args) => {
    const [a, b, relative, absolute] = args.map((x) => floatArgument(ip, x)) as [
      number,
      number,
      number,
      number,
    ];
    if (a === b) return true;
    if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
    return Math.abs(a - b) <= Math.max(relative * Math.max(Math.abs(a), Math.abs(b)), absolute);
  }),
  known('isfinite', 'x, /', (ip, [x]) => Number.isFinite(floatArgument(ip, x))),
  known('isinf', 'x, /', (ip, [x]) => Math.abs(floatArgument(ip, x)) === Number.POSITIVE_INFINITY),
  known('isnan', 'x, /', (ip, [x]) => Number.isNaN(floatArgument(ip, x))),
];

/** Series near zero, continued fraction beyond: accurate to about 1e-15. */
function erf(x: number): number {
  const a = Math.abs(x);
  if (a > 6) return Math.sign(x);
  if (a < 2.5) {
    let term = a;
    let sum = a;
    for (let n = 1; Math.abs(term) > 1e-17 * sum; n++) {
      term *= (-a * a) / n;
      sum += term / (2 * n + 1);
    }
    return (Math.sign(x) * sum * 2) / Math.sqrt(Math.PI);
  }
  let fraction = 0;
  for (let k = 60; k > 0; k--) fraction = k / 2 / (a + fraction);
  return Math.sign(x) * (1 - Math.exp(-a * a) / (a + fraction) / Math.sqrt(Math.PI));
}

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
];

function gamma(x: number): number {
  if (Number.isInteger(x) && x > 0 && x < 24) return Number(falling(x - 1, x - 1));
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x));
  const [sum, t] = lanczos(x - 1);
  return Math.sqrt(2 * Math.PI) * t ** (x - 0.5) * Math.exp(-t) * sum;
}

function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - logGamma(1 - x);
  const [sum, t] = lanczos(x - 1);
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

function lanczos(x: number): [sum: number, t: number] {
  const sum = LANCZOS.reduce(
    (total, factor, index) => total + (index === 0 ? factor : factor / (x + index)),
    0,
  );
  return [sum, x + LANCZOS.length - 1.5];
}
