// Scans: results that run along a dimension (cumsum and its like), and differences of neighbours.

import { asElement, withContents } from '../tensor/contents';
import type { DType } from '../tensor/dtype';
import { floatOf, resultType, sumType } from '../tensor/promotion';
import { elementCount, type TensorSpec } from '../tensor/tensor';
import { count, otherCost, resolveDim, sizeAt, withSize } from './arguments';
import { DataDependentSize, defineOp, type Op } from './operator';

interface ScanArgs {
  readonly input: TensorSpec;
  readonly dim: number;
  readonly dtype?: DType | null;
}

/** Runs along a dimension of contents, carrying a value; `next` gives the new one. */
function scanned(
  { input, dim }: ScanArgs,
  dtype: DType,
  next: (carried: number, value: number) => number,
): number[] | undefined {
  const { contents, shape } = input;
  if (contents === undefined) return undefined;
  const at = resolveDim(dim, shape.length);
  const inner = elementCount(shape.slice(at + 1));
  const size = sizeAt(input, at);
  const carried: number[] = [];
  return contents.map((value, i) => {
    const first = Math.floor(i / inner) % size === 0;
    const lane = i % inner;
    carried[lane] = first ? value : next(carried[lane] as number, value);
    return asElement(carried[lane], dtype);
  });
}

const scan = (
  name: string,
  counts: string,
  next?: (carried: number, value: number) => number,
  saves?: readonly string[],
): Op =>
  defineOp<ScanArgs>({
    name,
    infer(args) {
      const dtype = args.dtype ?? sumType(args.input.dtype);
      resolveDim(args.dim, args.input.shape.length);
      return [withContents({ shape: args.input.shape, dtype }, next && scanned(args, dtype, next))];
    },
    cost: ({ input }) => otherCost(count(input)),
    saves,
    note: `1 per element: ${counts}`,
  });

export const cumsum = scan('cumsum', 'add', (a, b) => a + b);
export const cumprod = scan('cumprod', 'multiply', (a, b) => a * b, ['input', 'output']);

/** log of the running sum of exponentials. */
export const logcumsumexp = defineOp<ScanArgs>({
  name: 'logcumsumexp',
  infer: ({ input }) => [{ shape: input.shape, dtype: input.dtype }],
  cost: ({ input }) => otherCost(4 * count(input)),
  saves: ['input', 'output'],
  note: '4 per element: compare, subtract, exp, add',
});

/** The running extreme, and where it stands. */
const runningExtreme = (name: string): Op =>
  defineOp<ScanArgs>({
    name,
    infer: ({ input }) => [
      { shape: input.shape, dtype: input.dtype },
      { shape: input.shape, dtype: 'int64' },
    ],
    cost: ({ input }) => otherCost(count(input)),
    saves: ['input', 'output:1'],
    note: '1 per element: compare',
  });

export const cummax = runningExtreme('cummax');
export const cummin = runningExtreme('cummin');

/** Differences of neighbours along a dimension, `n` times over. */
export const diff = defineOp<{
  readonly input: TensorSpec;
  readonly n: number;
  readonly dim: number;
  readonly extra: number;
}>({
  name: 'diff',
  infer({ input, n, dim, extra }) {
    const at = resolveDim(dim, input.shape.length);
    const size = Math.max(0, sizeAt(input, at) + extra - n);
    const out = { shape: withSize(input.shape, at, size), dtype: input.dtype };
    if (n !== 1 || extra !== 0 || input.shape.length !== 1) return [out];
    const { contents } = input;
    return [
      withContents(
        out,
        contents?.slice(1).map((value, i) => value - (contents[i] as number)),
      ),
    ];
  },
  cost: ({ n }, [out]) => otherCost(n * count(out)),
  note: '1 per output element and turn: subtract',
});

/** The integral of samples by trapezoids. */
export const trapezoid = defineOp<{
  readonly input: TensorSpec;
  /** Where the samples were taken. */
  readonly x: TensorSpec | null;
  readonly dim: number;
}>({
  name: 'trapezoid',
  infer({ input, x, dim }) {
    const at = resolveDim(dim, input.shape.length);
    const dtype = floatOf(resultType(x ? [input, x] : [input]));
    return [{ shape: input.shape.filter((_, i) => i !== at), dtype }];
  },
  cost: ({ input }) => otherCost(3 * count(input)),
  // of places that are given, their distances, and the sums that these are multiplied with
  saves({ input, x, dim }, _, needs) {
    if (x === null) return [];
    const apart = ({ shape, dtype }: TensorSpec): TensorSpec => {
      const at = resolveDim(dim, shape.length);
      return { shape: withSize(shape, at, Math.max(0, (shape[at] ?? 1) - 1)), dtype };
    };
    return [...(needs('input') ? [apart(x)] : []), ...(needs('x') ? [apart(input)] : [])];
  },
  note: '3 per input element: add, multiply, add',
});

/** The cheapest path from the first to the last element of a matrix of costs, as pairs of places. */
export const dynamicTimeWarping = defineOp<{ readonly input: TensorSpec }>({
  name: 'dynamic_time_warping',
  infer({ input }) {
    const [rows, columns] = [sizeAt(input, 0), sizeAt(input, 1)];
    const steps = Math.max(0, rows + columns - 1);
    const out = { shape: [2, steps], dtype: 'int32' } as const;
    if (rows <= 1 || columns <= 1) return [out];
    throw new DataDependentSize(
      'path',
      'how long the cheapest path is depends on the data; the longest there can be is assumed',
      [out],
    );
  },
  cost: ({ input }) => otherCost(3 * count(input)),
  note: '3 per element: two comparisons, add',
});

export const SCANS: readonly Op[] = [
  cummax,
  cummin,
  cumprod,
  cumsum,
  diff,
  dynamicTimeWarping,
  logcumsumexp,
  trapezoid,
];
