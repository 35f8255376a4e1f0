// Functions that take arrays together along axes: sums, extremes, means, running sums, and where extremes stand. Sums of
// floats are added in NumPy's order (pairs of halves along the last axis), so that they agree to the last digit.

import { resolveDim } from '../../ops/arguments';
import type { Interpreter } from '../../python/interpreter';
import { PyTuple, type Value } from '../../python/values';
import { asElement } from '../../tensor/contents';
import { type DType, kindOf } from '../../tensor/dtype';
import { elementCount, type TensorSpec } from '../../tensor/tensor';
import { axesArgument, cast, dtypeArgument, intArgument, numberArgument, specOf } from './convert';
import { NotKnown, notKnown, type Row } from './rows';
import { numpyOf } from './state';

/** Elements that go together, in order; `pairs` where they lie next to each other. */
interface Groups {
  readonly shape: readonly number[];
  readonly groups?: readonly (readonly number[])[];
  readonly pairs: boolean;
}

/** The array cut into groups along axes. */
export function groupsAlong({ shape, contents }: TensorSpec, axes: readonly number[], keep = false): Groups {
  const kept = [...shape.keys()].filter((axis) => !axes.includes(axis));
  const out = keep
    ? shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
    : kept.map((axis) => shape[axis] as number);
  const pairs = axes.length === shape.length || axes.includes(shape.length - 1);
  if (contents === undefined) return { shape: out, pairs };
  const groups = Array.from({ length: elementCount(out) }, (): number[] => []);
  const strides = stridesIn(shape, kept);
  for (const [at, value] of contents.entries()) groups[placeOf(at, shape, strides)]?.push(value);
  return { shape: out, groups, pairs };
}

/** Steps of the kept axes among the groups, 0 for the others. */
function stridesIn(shape: readonly number[], kept: readonly number[]): number[] {
  const strides = shape.map(() => 0);
  let step = 1;
  for (const axis of [...kept].reverse()) {
    strides[axis] = step;
    step *= shape[axis] as number;
  }
  return strides;
}

function placeOf(at: number, shape: readonly number[], strides: readonly number[]): number {
  let [rest, place] = [at, 0];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = shape[axis] as number;
    place += (rest % size) * (strides[axis] as number);
    rest = Math.floor(rest / size);
  }
  return place;
}

type Fold = (items: readonly number[], dtype: DType, pairs: boolean) => number;

/** NumPy's pairwise summation: blocks of up to 128 by eight running sums, larger ones by halves. */
function pairwise(items: readonly number[], dtype: DType): number {
  const add = (a: number, b: number): number => asElement(a + b, dtype);
  const n = items.length;
  if (n < 8) return items.reduce(add, -0);
  if (n > 128) {
    const half = Math.floor(n / 2) - (Math.floor(n / 2) % 8);
    return add(pairwise(items.slice(0, half), dtype), pairwise(items.slice(half), dtype));
  }
  const sums = items.slice(0, 8);
  const even = n - (n % 8);
  for (let at = 8; at < even; at++) sums[at % 8] = add(sums[at % 8] as number, items[at] as number);
  const [a, b, c, d, e, f, g, h] = sums as [number, number, number, number, number, number, number, number];
  const total = add(add(add(a, b), add(c, d)), add(add(e, f), add(g, h)));
  return items.slice(even).reduce(add, total);
}

const sum: Fold = (items, dtype, pairs) =>
  (pairs ? pairwise(items, dtype) : items.reduce((a, b) => asElement(a + b, dtype), 0)) + 0;
const prod: Fold = (items, dtype) => items.reduce((a, b) => asElement(a * b, dtype), 1);
const mean: Fold = (items, dtype, pairs) => asElement(sum(items, dtype, pairs) / items.length, dtype);
const largest: Fold = (items) => items.reduce((a, b) => (a >= b || Number.isNaN(a) ? a : b));
const smallest: Fold = (items) => items.reduce((a, b) => (a <= b || Number.isNaN(a) ? a : b));

const variance = (items: readonly number[], dtype: DType, pairs: boolean, ddof: number): number => {
  const middle = mean(items, dtype, pairs);
  const squares = items.map((item) => asElement(asElement(item - middle, dtype) ** 2, dtype));
  return asElement(sum(squares, dtype, pairs) / Math.max(items.length - ddof, 0), dtype);
};

function median(items: readonly number[], dtype: DType): number {
  const sorted = [...items].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[half] as number;
  return mean([sorted[half - 1] as number, sorted[half] as number], dtype, false);
}

/** Sums of small integers are taken as int64, those of bools too. */
const sumType = (dtype: DType): DType => {
  if (dtype.startsWith('uint')) return 'uint64';
  return kindOf(dtype) === 'int' || dtype === 'bool' ? 'int64' : dtype;
};
const meanType = (dtype: DType): DType => (kindOf(dtype) === 'int' || dtype === 'bool' ? 'float64' : dtype);
const same = (dtype: DType): DType => dtype;

interface Reduction {
  readonly fold: Fold;
  readonly type: (dtype: DType) => DType;
  /** Whether there is an answer for no elements. */
  readonly empty?: number;
}

const REDUCTIONS: Readonly<Record<string, Reduction>> = {
  all: { fold: (items) => Number(items.every((item) => item !== 0)), type: () => 'bool', empty: 1 },
  any: { fold: (items) => Number(items.some((item) => item !== 0)), type: () => 'bool', empty: 0 },
  count_nonzero: {
    fold: (items) => items.filter((item) => item !== 0).length,
    type: () => 'int64',
    empty: 0,
  },
  max: { fold: largest, type: same },
  mean: { fold: mean, type: meanType, empty: Number.NaN },
  median: { fold: median, type: meanType, empty: Number.NaN },
  min: { fold: smallest, type: same },
  nanmax: { fold: (items) => Math.max(...items.filter((item) => !Number.isNaN(item))), type: same },
  nanmin: { fold: (items) => Math.min(...items.filter((item) => !Number.isNaN(item))), type: same },
  prod: { fold: prod, type: sumType, empty: 1 },
  ptp: { fold: (items, d, p) => largest(items, d, p) - smallest(items, d, p), type: same },
  sum: { fold: sum, type: sumType, empty: 0 },
};

/** A reduction along axes (null = all). */
export function reduce(
  interpreter: Interpreter,
  name: string,
  input: TensorSpec,
  axis: Value | undefined,
  options: { readonly keep?: boolean; readonly dtype?: DType } = {},
): TensorSpec {
  const { fold, type, empty } = REDUCTIONS[name] as Reduction;
  const dtype = options.dtype ?? type(input.dtype);
  const isTruth = dtype === 'bool' || name === 'count_nonzero';
  const cut = groupsAlong(
    isTruth ? input : cast(input, dtype),
    axesArgument(interpreter, axis, input.shape.length),
    options.keep,
  );
  const contents = cut.groups?.map((items) => {
    if (items.length > 0) return fold(items, dtype, cut.pairs);
    return (
      empty ??
      interpreter.raise('ValueError', `zero-size array to reduction operation ${name} which has no identity`)
    );
  });
  return { shape: cut.shape, dtype, ...(contents && { contents }) };
}

const REST = 'out=None, keepdims=False, initial=None, where=True';

const reductionRow = (name: string, alias = name): Row => {
  const typed = ['mean', 'prod', 'sum'].includes(name);
  return [
    alias,
    `a, axis=None, ${typed ? 'dtype=None, ' : ''}${REST}`,
    (interpreter, [a, axis, ...rest]) => {
      const dtype = typed ? dtypeArgument(interpreter, rest[0]) : undefined;
      const [keep, initial, where] = rest.slice(typed ? 2 : 1);
      const whole = specOf(interpreter, a as Value);
      const input = initial === null && where === true ? whole : { shape: whole.shape, dtype: whole.dtype };
      return numpyOf(interpreter).result(
        reduce(interpreter, name, input, axis, { keep: keep === true, dtype }),
      );
    },
  ];
};

const spread = (name: 'std' | 'var'): Row => [
  name,
  'a, axis=None, dtype=None, out=None, ddof=0, keepdims=False, *, where=True, mean=None, correction=None',
  (interpreter, [a, axis, given, , ddof, keep]) => {
    const input = specOf(interpreter, a as Value);
    const dtype = dtypeArgument(interpreter, given) ?? meanType(input.dtype);
    const axes = axesArgument(interpreter, axis, input.shape.length);
    const { shape, groups, pairs } = groupsAlong(cast(input, dtype), axes, keep === true);
    const less = numberArgument(interpreter, ddof);
    const contents = groups?.map((items) => {
      const found = variance(items, dtype, pairs, less);
      return name === 'var' ? found : asElement(Math.sqrt(found), dtype);
    });
    return numpyOf(interpreter).result({ shape, dtype, ...(contents && { contents }) });
  },
];

/** The place of the first element that is better than all others. */
const extreme = (name: string, better: (a: number, b: number) => boolean): Row => [
  name,
  'a, axis=None, out=None, *, keepdims=False',
  (interpreter, [a, axis, , keep]) => {
    const input = specOf(interpreter, a as Value);
    const axes = axesArgument(interpreter, axis, input.shape.length);
    const { shape, groups } = groupsAlong(input, axes, keep === true);
    const best = (items: readonly number[]): number =>
      items.reduce((so, item, at) => (better(item, items[so] as number) ? at : so), 0);
    return numpyOf(interpreter).result({
      shape,
      dtype: 'int64',
      ...(groups && { contents: groups.map(best) }),
    });
  },
];

/** Running sums and products; of the flat array where no axis is given. */
const running = (name: string, next: (a: number, b: number) => number): Row => [
  name,
  'a, axis=None, dtype=None, out=None',
  (interpreter, [a, axis, given]) => {
    const whole = specOf(interpreter, a as Value);
    const dtype = dtypeArgument(interpreter, given) ?? sumType(whole.dtype);
    const flat = axis === null ? { ...whole, shape: [elementCount(whole.shape)] } : whole;
    const input = cast(flat, dtype);
    const at = axis === null ? 0 : resolveDim(intArgument(interpreter, axis), flat.shape.length);
    return numpyOf(interpreter).array({
      ...input,
      ...(input.contents && { contents: scanned(input, at, dtype, next) }),
    });
  },
];

function scanned(
  { shape, contents = [] }: TensorSpec,
  axis: number,
  dtype: DType,
  next: (a: number, b: number) => number,
): number[] {
  const inner = elementCount(shape.slice(axis + 1));
  const size = shape[axis] as number;
  const result: number[] = [];
  for (const [at, value] of contents.entries()) {
    const first = Math.floor(at / inner) % size === 0;
    result.push(first ? value : asElement(next(result[at - inner] as number, value), dtype));
  }
  return result;
}

/** Linear interpolation between the ordered elements, as both functions do by default. */
const quantile = (name: string, scale: number): Row => [
  name,
  'a, q, axis=None, out=None, overwrite_input=False, method="linear", keepdims=False, *, weights=None, interpolation=None',
  (interpreter, [a, q, axis, , , method, keep]) => {
    const input = specOf(interpreter, a as Value);
    if (method !== 'linear' || keep === true) throw new NotKnown(notKnown(interpreter));
    const wanted = specOf(interpreter, q as Value);
    const { shape, groups } = groupsAlong(input, axesArgument(interpreter, axis, input.shape.length));
    const sorted = groups?.map((items) => [...items].sort((x, y) => x - y));
    const contents =
      wanted.contents && sorted
        ? wanted.contents.flatMap((share) => sorted.map((items) => between(items, share / scale)))
        : undefined;
    return numpyOf(interpreter).result({
      shape: [...wanted.shape, ...shape],
      dtype: meanType(input.dtype),
      ...(contents && { contents }),
    });
  },
];

function between(sorted: readonly number[], share: number): number {
  const at = share * (sorted.length - 1);
  const low = Math.min(Math.floor(at), sorted.length - 1);
  const [a, b] = [sorted[low] as number, sorted[Math.min(low + 1, sorted.length - 1)] as number];
  const part = at - low;
  return part >= 0.5 ? b - (b - a) * (1 - part) : a + (b - a) * part;
}

export const REDUCING: readonly Row[] = [
  ...Object.keys(REDUCTIONS).map((name) => reductionRow(name)),
  reductionRow('max', 'amax'),
  reductionRow('min', 'amin'),
  reductionRow('prod', 'product'),
  spread('std'),
  spread('var'),
  extreme('argmax', (a, b) => a > b),
  extreme('argmin', (a, b) => a < b),
  running('cumprod', (a, b) => a * b),
  running('cumsum', (a, b) => a + b),
  quantile('percentile', 100),
  quantile('quantile', 1),
  [
    'average',
    'a, axis=None, weights=None, returned=False, *, keepdims=False',
    (interpreter, [a, axis, weights, , keep]) => {
      if (weights !== null) throw new NotKnown(notKnown(interpreter));
      const input = specOf(interpreter, a as Value);
      return numpyOf(interpreter).result(reduce(interpreter, 'mean', input, axis, { keep: keep === true }));
    },
  ],
  [
    'histogram',
    'a, bins=10, range=None, density=None, weights=None',
    (interpreter, [, bins]) => {
      const np = numpyOf(interpreter);
      const count = intArgument(interpreter, bins);
      return new PyTuple([
        np.array({ shape: [count], dtype: 'int64' }),
        np.array({ shape: [count + 1], dtype: 'float64' }),
      ]);
    },
  ],
];
