// Sorting, choosing the k largest, searching, and sets. They count one FPO (a comparison) per element that goes in for
// sort and top-k; searching counts none. What comes out of sets and nonzero depends on the data: where contents are not
// known, the size is taken at its upper bound and marked.

import { withContents } from '../tensor/contents';
import { strided } from '../tensor/strides';
import type { TensorSpec } from '../tensor/tensor';
import { count, fail, otherCost, resolveDim, sizeAt, withSize } from './arguments';
import { DataDependentSize, defineOp, type Op } from './operator';

interface SortArgs {
  readonly input: TensorSpec;
  readonly dim: number;
  readonly descending: boolean;
}

/** The order of a vector's elements; stable. */
function orderOf(contents: readonly number[], descending: boolean): number[] {
  const sign = descending ? -1 : 1;
  return [...contents.keys()].sort(
    (a, b) => sign * ((contents[a] as number) - (contents[b] as number)) || a - b,
  );
}

/** The order of a vector with known contents; undefined for anything else. */
const vectorOrder = ({ input, descending }: SortArgs): number[] | undefined =>
  input.contents && input.shape.length === 1 ? orderOf(input.contents, descending) : undefined;

const pick = (input: TensorSpec, order: readonly number[] | undefined) =>
  order?.map((at) => input.contents?.[at] as number);

export const sort = defineOp<SortArgs>({
  name: 'sort',
  infer(args) {
    const { input } = args;
    resolveDim(args.dim, input.shape.length);
    const order = vectorOrder(args);
    return [
      withContents({ shape: input.shape, dtype: input.dtype }, pick(input, order)),
      withContents({ shape: input.shape, dtype: 'int64' }, order),
    ];
  },
  cost: ({ input }) => otherCost(count(input)),
  saves: ['output:1'],
  note: '1 per element: compare',
});

export const argsort = defineOp<SortArgs>({
  name: 'argsort',
  infer: (args) => [withContents({ shape: args.input.shape, dtype: 'int64' }, vectorOrder(args))],
  cost: ({ input }) => otherCost(count(input)),
  note: '1 per element: compare',
});

export const topk = defineOp<{
  readonly input: TensorSpec;
  readonly k: number;
  readonly dim: number;
  readonly largest: boolean;
}>({
  name: 'topk',
  infer({ input, k, dim, largest }) {
    const at = resolveDim(dim, input.shape.length);
    if (k > sizeAt(input, at))
      fail(
        `topk of ${k} does not fit dimension ${at} of shape [${input.shape}]: it has ${sizeAt(input, at)}`,
      );
    const shape = withSize(input.shape, at, k);
    const order = vectorOrder({ input, dim, descending: largest })?.slice(0, k);
    return [
      withContents({ shape, dtype: input.dtype }, pick(input, order)),
      withContents({ shape, dtype: 'int64' }, order),
    ];
  },
  cost: ({ input }) => otherCost(count(input)),
  saves: ['output:1'],
  note: '1 per input element: compare',
});

/** Indices of elements that are not zero, [n, rank]. */
export const nonzero = defineOp<{ readonly input: TensorSpec; readonly asTuple: boolean }>({
  name: 'nonzero',
  infer({ input, asTuple }) {
    const rows = input.contents && nonzeroRows(input);
    const length = rows ? rows.length : count(input);
    const rank = input.shape.length;
    const column = (dim: number): TensorSpec =>
      withContents(
        { shape: [length], dtype: 'int64' },
        rows?.map((row) => row[dim] as number),
      );
    const out = asTuple
      ? Array.from({ length: Math.max(rank, 1) }, (_, dim) => column(dim))
      : [withContents(strided([length, rank], 'int64', [1, Math.max(length, 1)]), rows?.flat())];
    if (rows === undefined)
      throw new DataDependentSize(
        'nonzero elements',
        'how many elements are not zero depends on the data; all of them are assumed',
        out,
      );
    return out;
  },
});

/** Indices of elements that are not zero, one row each. */
export function nonzeroRows({ shape, contents }: TensorSpec): number[][] {
  const rows: number[][] = [];
  for (const [flat, value] of (contents ?? []).entries()) {
    if (value === 0) continue;
    const row: number[] = [];
    let rest = flat;
    for (const size of [...shape].reverse()) {
      row.unshift(rest % size);
      rest = Math.floor(rest / size);
    }
    rows.push(row);
  }
  return rows;
}

interface UniqueArgs {
  readonly input: TensorSpec;
  readonly dim: number | null;
  readonly inverse: boolean;
  readonly counts: boolean;
  /** Only neighbours are compared: unique_consecutive. */
  readonly consecutive: boolean;
}

function distinct(contents: readonly number[], consecutive: boolean): number[] {
  if (consecutive) return contents.filter((value, i) => i === 0 || value !== contents[i - 1]);
  return [...new Set(contents)].sort((a, b) => a - b);
}

/** Distinct elements, and on request where each element went and how often it was there. */
export const unique = defineOp<UniqueArgs>({
  name: 'unique',
  infer({ input, dim, inverse, counts, consecutive }) {
    const known = dim === null ? input.contents : undefined;
    const values = known && distinct(known, consecutive);
    const at = dim === null ? 0 : resolveDim(dim, input.shape.length);
    const length = values ? values.length : dim === null ? count(input) : sizeAt(input, at);
    const shape = dim === null ? [length] : withSize(input.shape, at, length);
    const times = consecutive
      ? undefined
      : values?.map((value) => known?.filter((x) => x === value).length ?? 0);
    const places = consecutive ? undefined : known?.map((x) => values?.indexOf(x) ?? 0);
    const out: TensorSpec[] = [withContents({ shape, dtype: input.dtype }, values)];
    const inverseShape = dim === null ? input.shape : [sizeAt(input, at)];
    if (inverse) out.push(withContents({ shape: inverseShape, dtype: 'int64' }, places));
    if (counts) out.push(withContents({ shape: [length], dtype: 'int64' }, times));
    if (values === undefined)
      throw new DataDependentSize(
        'distinct elements',
        'how many elements are distinct depends on the data; all of them are assumed',
        out,
      );
    return out;
  },
});

/** Where each value would be put into a sorted sequence. */
export const searchsorted = defineOp<{
  readonly sorted: TensorSpec;
  readonly values: TensorSpec;
  readonly right: boolean;
  readonly int32: boolean;
}>({
  name: 'searchsorted',
  infer({ sorted, values, right, int32 }) {
    const boundaries = sorted.shape.length === 1 ? sorted.contents : undefined;
    const before = (bound: number, value: number) => (right ? bound <= value : bound < value);
    const contents =
      boundaries &&
      values.contents?.map((value) => boundaries.filter((bound) => before(bound, value)).length);
    return [withContents({ shape: values.shape, dtype: int32 ? 'int32' : 'int64' }, contents)];
  },
});

/** Which elements are among others. */
export const isin = defineOp<{
  readonly input: TensorSpec;
  readonly among: TensorSpec;
  readonly invert: boolean;
}>({
  name: 'isin',
  infer({ input, among, invert }) {
    const others = among.contents && new Set(among.contents);
    const contents = others && input.contents?.map((x) => Number(others.has(x) !== invert));
    return [withContents({ shape: input.shape, dtype: 'bool' }, contents)];
  },
});

/** How often each number 0, 1, 2 … is there. */
export const bincount = defineOp<{
  readonly input: TensorSpec;
  readonly minlength: number;
  readonly weighted: boolean;
}>({
  name: 'bincount',
  infer({ input, minlength, weighted }) {
    const { contents } = input;
    const length = Math.max(minlength, contents ? Math.max(-1, ...contents) + 1 : 0);
    const out: TensorSpec = { shape: [length], dtype: weighted ? 'float64' : 'int64' };
    if (contents === undefined)
      throw new DataDependentSize('bincount length', 'the largest number in the tensor depends on the data', [
        out,
      ]);
    const counts = Array.from({ length }, (_, i) => contents.filter((x) => x === i).length);
    return [weighted ? out : withContents(out, counts)];
  },
});

/** Elements counted into equal bins. */
export const histogram = defineOp<{ readonly input: TensorSpec; readonly bins: number }>({
  name: 'histogram',
  infer: ({ input, bins }) => [{ shape: [bins], dtype: input.dtype }],
});

export const SORTING: readonly Op[] = [
  argsort,
  bincount,
  histogram,
  isin,
  nonzero,
  searchsorted,
  sort,
  topk,
  unique,
];
