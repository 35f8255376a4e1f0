// Reductions over dimensions: a table of those with one result (sum, mean, norm …), and those that also give indices.
// FPO per element that goes in. Scans (cumsum) are in scans.ts.

import { asElement } from '../tensor/contents';
import { type DType, kindOf } from '../tensor/dtype';
import { floatOf, realOf, sumType } from '../tensor/promotion';
import type { Shape, TensorSpec } from '../tensor/tensor';
import { count, fail, otherCost, resolveDims } from './arguments';
import { defineOp, type Op } from './operator';

export interface ReduceArgs {
  readonly input: TensorSpec;
  /** null or [] = all dimensions. */
  readonly dims: readonly number[] | null;
  readonly keepdim: boolean;
  readonly dtype?: DType | null;
  /** Of a norm: whether it is not the root of the sum of squares; then its elements are not followed. */
  readonly unusual?: boolean;
}

/** The shape that is left. */
export function reducedShape({ input, dims, keepdim }: ReduceArgs): Shape {
  const gone = new Set(resolveDims(dims, input.shape.length));
  if (keepdim) return input.shape.map((size, i) => (gone.has(i) ? 1 : size));
  return input.shape.filter((_, i) => !gone.has(i));
}

/** The elements that go into each result, in row-major order of the results. */
export function groupsOf({ input, dims }: ReduceArgs): number[][] | undefined {
  const { contents, shape } = input;
  if (contents === undefined) return undefined;
  const gone = new Set(resolveDims(dims, shape.length));
  const groups = new Map<string, number[]>();
  for (const [flat, value] of contents.entries()) {
    let [rest, key] = [flat, ''];
    for (let dim = shape.length - 1; dim >= 0; dim--) {
      const size = shape[dim] as number;
      if (!gone.has(dim)) key = `${rest % size},${key}`;
      rest = Math.floor(rest / size);
    }
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return [...groups.values()];
}

interface ReductionRow {
  /** FPO per element that goes in. */
  readonly fpo: number;
  readonly counts?: string;
  readonly type: (dtype: DType) => DType;
  readonly fold?: (group: readonly number[]) => number;
  readonly saves?: readonly string[];
}

const same = (dtype: DType): DType => dtype;
const total = (group: readonly number[]): number => group.reduce((a, b) => a + b, 0);

const ROWS: Readonly<Record<string, ReductionRow>> = {
  all: { fpo: 0, type: (dtype) => (dtype === 'uint8' ? dtype : 'bool'), fold: (g) => Number(!g.includes(0)) },
  amax: { fpo: 1, counts: 'compare', type: same, saves: ['input', 'output'], fold: (g) => Math.max(...g) },
  amin: { fpo: 1, counts: 'compare', type: same, saves: ['input', 'output'], fold: (g) => Math.min(...g) },
  any: {
    fpo: 0,
    type: (dtype) => (dtype === 'uint8' ? dtype : 'bool'),
    fold: (g) => Number(g.some((x) => x !== 0)),
  },
  count_nonzero: { fpo: 0, type: () => 'int64', fold: (g) => g.filter((x) => x !== 0).length },
  logsumexp: { fpo: 4, counts: 'compare, subtract, exp, add', type: floatOf, saves: ['input', 'output'] },
  mean: { fpo: 1, counts: 'add', type: same, fold: (g) => total(g) / g.length },
  median: { fpo: 1, counts: 'compare', type: same, saves: ['input', 'output'], fold: median },
  nanmean: { fpo: 1, counts: 'add', type: same, saves: ['input'] },
  nansum: { fpo: 1, counts: 'add', type: sumType, saves: ['input'] },
  norm: {
    fpo: 2,
    counts: 'multiply, add',
    type: realOf,
    saves: ['input', 'output'],
    fold: (g) => Math.hypot(...g),
  },
  prod: {
    fpo: 1,
    counts: 'multiply',
    type: sumType,
    saves: ['input', 'output'],
    fold: (g) => g.reduce((a, b) => a * b, 1),
  },
  std: { fpo: 4, counts: 'mean 1, subtract, square, add', type: realOf, saves: ['input', 'output'] },
  sum: { fpo: 1, counts: 'add', type: sumType, fold: total },
  var: { fpo: 4, counts: 'mean 1, subtract, square, add', type: realOf, saves: ['input'] },
};

/** The middle element, the lower one of two. */
function median(group: readonly number[]): number {
  return [...group].sort((a, b) => a - b)[Math.floor((group.length - 1) / 2)] as number;
}

function reduction(name: string, row: ReductionRow): Op {
  return defineOp<ReduceArgs>({
    name,
    infer(args) {
      const { input } = args;
      if (['mean', 'std', 'var'].includes(name)) needFloat(args, name);
      const dtype = args.dtype ?? row.type(input.dtype);
      const { fold } = row;
      const groups = args.unusual ? undefined : groupsOf(args);
      const contents = fold && groups?.map((group) => asElement(fold(group), dtype));
      const shape = reducedShape(args);
      return [{ shape, dtype, ...(contents && contents.length === count({ shape, dtype }) && { contents }) }];
    },
    cost: ({ input }) => otherCost(row.fpo * count(input)),
    saves: row.saves,
    note: row.fpo === 0 ? 'none' : `${row.fpo} per input element: ${row.counts}`,
  });
}

function needFloat({ input, dtype }: ReduceArgs, name: string): void {
  const type = dtype ?? input.dtype;
  if (kindOf(type) !== 'float' && kindOf(type) !== 'complex')
    fail(`${name} needs a float or complex type, but the tensor is ${type}`);
}

/** Reductions with one result, by name. */
export const REDUCTION: Readonly<Record<string, Op>> = Object.fromEntries(
  Object.entries(ROWS).map(([name, row]) => [name, reduction(name, row)]),
);

/** Variance or deviation together with the mean. */
const withMean = (name: string, saves: readonly string[]): Op =>
  defineOp<ReduceArgs>({
    name,
    infer(args) {
      const out = { shape: reducedShape(args), dtype: realOf(args.input.dtype) };
      return [out, { ...out, dtype: args.input.dtype }];
    },
    cost: ({ input }) => otherCost(4 * count(input)),
    saves,
    note: '4 per input element: mean 1, subtract, square, add',
  });

interface ExtremeArgs {
  readonly input: TensorSpec;
  readonly dim: number;
  readonly keepdim: boolean;
}

type Better = (a: number, b: number) => boolean;

const BETTER: Readonly<Record<string, Better>> = {
  max: (a, b) => a > b || Number.isNaN(a),
  min: (a, b) => a < b || Number.isNaN(a),
};

const bestOf = (group: readonly number[], better: Better): number =>
  group.reduce((best, value, i) => (better(value, group[best] as number) ? i : best), 0);

/** The largest or smallest along a dimension, and where it stands. */
const extreme = (name: string, better: Better): Op =>
  defineOp<ExtremeArgs>({
    name: `${name}_with_indices`,
    infer({ input, dim, keepdim }) {
      const args = { input, dims: [dim], keepdim };
      const shape = reducedShape(args);
      const groups = groupsOf(args);
      const at = groups?.map((group) => bestOf(group, better));
      const values = groups?.map((group, i) => group[at?.[i] ?? 0] as number);
      return [
        { shape, dtype: input.dtype, ...(values && { contents: values }) },
        { shape, dtype: 'int64', ...(at && { contents: at }) },
      ];
    },
    cost: ({ input }) => otherCost(count(input)),
    saves: ['output:1'],
    note: '1 per input element: compare',
  });

/** Where the largest or smallest stands; of the flat tensor where no dimension is given. */
const argExtreme = (name: string, better: Better): Op =>
  defineOp<Omit<ExtremeArgs, 'dim'> & { readonly dim: number | null }>({
    name: `arg${name}`,
    infer({ input, dim, keepdim }) {
      const args = { input, dims: dim === null ? null : [dim], keepdim };
      const contents = groupsOf(args)?.map((group) => bestOf(group, better));
      return [{ shape: reducedShape(args), dtype: 'int64', ...(contents && { contents }) }];
    },
    cost: ({ input }) => otherCost(count(input)),
    note: '1 per input element: compare',
  });

/** The middle or most frequent element along a dimension, and where it stands. */
const withIndices = (name: string): Op =>
  defineOp<ExtremeArgs>({
    name,
    infer({ input, dim, keepdim }) {
      const shape = reducedShape({ input, dims: [dim], keepdim });
      return [
        { shape, dtype: input.dtype },
        { shape, dtype: 'int64' },
      ];
    },
    cost: ({ input }) => otherCost(count(input)),
    saves: ['output:1'],
    note: '1 per input element: compare',
  });

export const maxWithIndices = extreme('max', BETTER.max as Better);
export const minWithIndices = extreme('min', BETTER.min as Better);
export const argmax = argExtreme('max', BETTER.max as Better);
export const argmin = argExtreme('min', BETTER.min as Better);
export const medianWithIndices = withIndices('median_with_indices');
export const modeWithIndices = withIndices('mode_with_indices');
export const kthvalue = withIndices('kthvalue');
export const varMean = withMean('var_mean', ['input']);
export const stdMean = withMean('std_mean', ['input', 'output:0']);

/** The smallest and the largest. */
export const aminmax = defineOp<ReduceArgs>({
  name: 'aminmax',
  infer(args) {
    const out = { shape: reducedShape(args), dtype: args.input.dtype };
    return [out, { ...out }];
  },
  cost: ({ input }) => otherCost(2 * count(input)),
  saves: ['input', 'output'],
  note: '2 per input element: two comparisons',
});

/** The value below which a share of the elements lies. */
export const quantile = defineOp<
  Omit<ReduceArgs, 'dims'> & { readonly quantiles: TensorSpec | number; readonly dim: number | null }
>({
  name: 'quantile',
  infer({ input, quantiles, dim, keepdim }) {
    const rest = reducedShape({ input, dims: dim === null ? null : [dim], keepdim });
    const lead = typeof quantiles === 'number' ? [] : quantiles.shape;
    return [{ shape: [...lead, ...rest], dtype: input.dtype }];
  },
  cost: ({ input }) => otherCost(count(input)),
  note: '1 per input element: compare',
});

/** The sum of the diagonal of a matrix. */
export const trace = defineOp<{ readonly input: TensorSpec }>({
  name: 'trace',
  infer: ({ input }) => [{ shape: [], dtype: sumType(input.dtype) }],
  cost: ({ input }) => otherCost(Math.min(...input.shape)),
  note: '1 per element of the diagonal: add',
});

export const REDUCTIONS: readonly Op[] = [
  ...Object.values(REDUCTION),
  aminmax,
  argmax,
  argmin,
  kthvalue,
  maxWithIndices,
  medianWithIndices,
  minWithIndices,
  modeWithIndices,
  quantile,
  stdMean,
  trace,
  varMean,
];
