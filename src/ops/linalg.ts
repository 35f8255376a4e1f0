// Decompositions and solutions of dense matrices, and distances between vectors. Decompositions count the textbook's leading
// term (Golub & Van Loan) as other FPO: for n × n matrices 2/3 n³ (LU, determinant), 1/3 n³ (Cholesky), 2 n³ (inverse),
// 4/3 n³ (QR), 9 n³ (symmetric eigenvalues), 25 n³ (general ones), 22 n³ (singular values). Distances contract like a matmul.

import { showShape } from '../tensor/broadcast';
import type { DType } from '../tensor/dtype';
import { complexOf, floatOf, realOf, resultType } from '../tensor/promotion';
import { strided, stridesInOrder } from '../tensor/strides';
import type { Shape, TensorSpec } from '../tensor/tensor';
import { broadcast, contraction, count, fail, fresh, otherCost, product, resolveDim } from './arguments';
import { defineOp, type Needs, type Op, type Product } from './operator';

type Input = { readonly input: TensorSpec };

/** Strides of matrices that lie column by column, as LAPACK leaves them. */
function byColumns(shape: Shape, dtype: DType): TensorSpec {
  const order = [...shape.keys()];
  return strided(shape, dtype, stridesInOrder(shape, [...order.slice(0, -2), ...order.slice(-2).reverse()]));
}

const batchOf = ({ shape }: TensorSpec): Shape => shape.slice(0, -2);

function rowsAndColumns({ shape }: TensorSpec): [rows: number, columns: number] {
  if (shape.length < 2) fail(`a matrix is needed, but the shape is ${showShape(shape)}`);
  return shape.slice(-2) as unknown as [number, number];
}

function square(input: TensorSpec): number {
  const [rows, columns] = rowsAndColumns(input);
  return rows === columns
    ? rows
    : fail(`a square matrix is needed, but the shape is ${showShape(input.shape)}`);
}

/** FPO of a decomposition of m × n matrices with a leading term of `factor` · m · n · min(m, n). */
const leading = (input: TensorSpec, factor: number) => {
  const [m, n] = rowsAndColumns(input);
  return otherCost(Math.round(factor * m * n * Math.min(m, n) * product(batchOf(input))));
};

/**
 * Products of the gradient of m × n matrices, for each of a batch: those that PyTorch's formulas have where all outputs are
 * used. With them the backward pass of a decomposition is contractions.
 */
const products =
  (of: (m: number, n: number) => readonly Product[]) =>
  ({ input }: Input, _: readonly TensorSpec[], needs: Needs): readonly Product[] => {
    const [m, n] = rowsAndColumns(input);
    const batch = batchOf(input).filter((size) => size !== 1);
    return needs('input') ? of(m, n).map((sizes) => [...sizes, ...batch]) : [];
  };

/** So many products of n × n matrices. */
const cubes = (count: number) => products((n) => Array.from({ length: count }, () => [n, n, n]));

interface SquareRules {
  readonly saves?: readonly string[];
  /** Products of n × n matrices in the gradient. */
  readonly backward?: number;
}

/** An operator on square matrices. */
const onSquare = (
  name: string,
  factor: number,
  term: string,
  outputs: (input: TensorSpec, n: number) => readonly TensorSpec[],
  { saves = ['output'], backward = 0 }: SquareRules = {},
): Op =>
  defineOp<Input>({
    name,
    infer: ({ input }) => outputs(input, square(input)),
    cost: ({ input }) => leading(input, factor),
    ...(backward > 0 && { backwardMacs: cubes(backward) }),
    saves,
    note: `${term} for n × n matrices`,
  });

const sameMatrix = (input: TensorSpec) => [byColumns(input.shape, input.dtype)];

export const cholesky = onSquare('cholesky', 1 / 3, '1/3 n³', sameMatrix, { backward: 1 });
export const inverse = onSquare('inverse', 2, '2 n³', sameMatrix, { backward: 2 });
export const matrixExp = onSquare('matrix_exp', 20, '20 n³', (input) => [fresh(input.shape, input.dtype)], {
  saves: ['input'],
});
export const determinant = onSquare('determinant', 2 / 3, '2/3 n³', (input) => [
  fresh(batchOf(input), input.dtype),
]);
export const slogdet = onSquare('slogdet', 2 / 3, '2/3 n³', (input) => [
  fresh(batchOf(input), input.dtype),
  fresh(batchOf(input), realOf(input.dtype)),
]);
export const eigh = onSquare(
  'eigh',
  9,
  '9 n³',
  (input, n) => [fresh([...batchOf(input), n], realOf(input.dtype)), byColumns(input.shape, input.dtype)],
  { backward: 3 },
);
export const eigvalsh = onSquare(
  'eigvalsh',
  4 / 3,
  '4/3 n³',
  (input, n) => [fresh([...batchOf(input), n], realOf(input.dtype))],
  { backward: 1 },
);
export const eig = onSquare('eig', 25, '25 n³', (input, n) => [
  fresh([...batchOf(input), n], complexOf(input.dtype)),
  fresh(input.shape, complexOf(input.dtype)),
]);

/** Singular values below the limits count as zero; limits may be different for each matrix. */
export const pinv = defineOp<Input & { readonly limits: readonly TensorSpec[] }>({
  name: 'pinv',
  infer({ input, limits }) {
    const [rows, columns] = rowsAndColumns(input);
    const used = count(input) === 0 ? [] : limits;
    const batch = broadcast(batchOf(input), ...used.map(({ shape }) => shape));
    return [fresh([...batch, columns, rows], input.dtype)];
  },
  cost: ({ input }) => leading(input, 22),
  backwardMacs: products((m, n) => Array.from({ length: 8 }, () => [m, n, Math.min(m, n)])),
  saves: ['input', 'output'],
  note: '22 m n min(m, n), by singular values',
});

export const qr = defineOp<Input & { readonly complete: boolean }>({
  name: 'qr',
  infer({ input, complete }) {
    const [m, n] = rowsAndColumns(input);
    const k = complete ? m : Math.min(m, n);
    return [
      byColumns([...batchOf(input), m, k], input.dtype),
      byColumns([...batchOf(input), k, n], input.dtype),
    ];
  },
  cost: ({ input }) => leading(input, 4 / 3),
  backwardMacs: products((m, n) => {
    const k = Math.min(m, n);
    const square = [
      [k, n, k],
      [k, m, k],
      [m, k, k],
    ];
    return m < n ? [...square, [m, m, n]] : square;
  }),
  saves: ['output'],
  note: '4/3 m n min(m, n)',
});

/** The gradient of singular values and vectors, with what lies outside of the vectors where a matrix is not square. */
function singularProducts(m: number, n: number): readonly Product[] {
  const k = Math.min(m, n);
  const long = Math.max(m, n);
  const outside =
    m === n
      ? []
      : [
          [k, long, k],
          [k, k, long],
        ];
  return [[k, m, k], [k, n, k], [k, k, long], [m, k, n], ...outside];
}

export const svd = defineOp<Input & { readonly full: boolean; readonly transposed: boolean }>({
  name: 'svd',
  infer({ input, full, transposed }) {
    const [m, n] = rowsAndColumns(input);
    const k = Math.min(m, n);
    const [wide, tall] = full ? [n, m] : [k, k];
    const last = transposed ? [wide, n] : [n, wide];
    return [
      byColumns([...batchOf(input), m, tall], input.dtype),
      fresh([...batchOf(input), k], realOf(input.dtype)),
      transposed
        ? fresh([...batchOf(input), ...last], input.dtype)
        : byColumns([...batchOf(input), ...last], input.dtype),
    ];
  },
  cost: ({ input }) => leading(input, 22),
  backwardMacs: products(singularProducts),
  saves: ['output'],
  note: '22 m n min(m, n)',
});

export const svdvals = defineOp<Input>({
  name: 'svdvals',
  infer({ input }) {
    const [m, n] = rowsAndColumns(input);
    return [fresh([...batchOf(input), Math.min(m, n)], realOf(input.dtype))];
  },
  cost: ({ input }) => leading(input, 4),
  backwardMacs: products((m, n) => [[m, Math.min(m, n), n]]),
  saves: ['output'],
  note: '4 m n min(m, n)',
});

interface SolveArgs extends Input {
  readonly other: TensorSpec;
  readonly left: boolean;
  readonly triangular: boolean;
}

/** X of A X = B, by LU and substitution, or by substitution alone where A is triangular. */
export const solve = defineOp<SolveArgs>({
  name: 'solve',
  infer({ input, other }) {
    square(input);
    const vector = other.shape.length === 1 || other.shape.join() === input.shape.slice(0, -1).join();
    const { shape, dtype } = other;
    if (vector) return [shape.length > 1 ? byColumns(shape, dtype) : fresh(shape, dtype)];
    return [byColumns([...broadcast(batchOf(input), batchOf(other)), ...other.shape.slice(-2)], other.dtype)];
  },
  cost({ input, triangular }, [out]) {
    const n = square(input);
    const decomposition = triangular ? 0 : (2 / 3) * n ** 3 * product(batchOf(input));
    return otherCost(Math.round(decomposition + (triangular ? 1 : 2) * n * count(out)));
  },
  // the gradient of A is an outer product of the solution and its gradient
  backwardMacs: ({ input }, [out], needs) => (needs('input') ? [[count(out), input.shape.at(-1) ?? 0]] : []),
  saves: ['input', 'output'],
  note: '2/3 n³ and 2 n² per right-hand side; triangular matrices n² per right-hand side',
});

/** L below and U on and above the diagonal of one matrix, and which rows were exchanged. */
export const lu = defineOp<Input>({
  name: 'lu',
  infer({ input }) {
    const pivots = Math.min(...rowsAndColumns(input));
    return [byColumns(input.shape, input.dtype), fresh([...batchOf(input), pivots], 'int32')];
  },
  cost: ({ input }) => leading(input, 2 / 3),
  saves: ['output'],
  note: '2/3 m n min(m, n)',
});

/** A factor of a symmetric matrix and its blocks in one, and which rows were exchanged. */
export const ldl = defineOp<Input>({
  name: 'ldl',
  infer: ({ input }) => [
    byColumns(input.shape, input.dtype),
    fresh([...batchOf(input), square(input)], 'int32'),
  ],
  cost: ({ input }) => leading(input, 1 / 3),
  saves: ['output'],
  note: '1/3 n³ for n × n matrices',
});

/** QR as reflections: R above the diagonal, their vectors below it, and a factor for each. */
export const reflections = defineOp<Input>({
  name: 'reflections',
  infer: ({ input }) => [
    byColumns(input.shape, input.dtype),
    fresh([...batchOf(input), Math.min(...rowsAndColumns(input))], input.dtype),
  ],
  cost: ({ input }) => leading(input, 4 / 3),
  note: '4/3 m n min(m, n)',
});

/** A matrix multiplied by a product of reflections. */
export const reflected = defineOp<Input & { readonly tau: TensorSpec; readonly other: TensorSpec }>({
  name: 'reflected',
  infer: ({ other }) => [byColumns(other.shape, other.dtype)],
  cost: ({ tau, other }) => otherCost(4 * (tau.shape.at(-1) ?? 0) * count(other)),
  saves: ['input', 'tau', 'other'],
  note: '4 per element and reflection: a product and a sum with its vector, twice',
});

/** The first columns of a product of reflections. */
export const householderProduct = defineOp<Input & { readonly tau: TensorSpec }>({
  name: 'householder_product',
  infer: ({ input }) => [byColumns(input.shape, input.dtype)],
  cost: ({ input }) => leading(input, 2),
  saves: ['input', 'tau', 'output'],
  note: '2 m n min(m, n)',
});

/** Least squares by QR: solutions, residuals of more rows than columns, ranks, and singular values where those are found. */
export const lstsq = defineOp<Input & { readonly other: TensorSpec; readonly driver: string }>({
  name: 'lstsq',
  infer({ input, other, driver }) {
    const [rows, columns] = rowsAndColumns(input);
    const batch = batchOf(input);
    const sides = other.shape.at(-1) ?? 1;
    return [
      fresh([...batchOf(other), columns, sides], other.dtype),
      fresh(rows > columns && driver !== 'gelsy' ? [...batch, sides] : [0], realOf(other.dtype)),
      fresh(driver === 'gels' ? [0] : batch, 'int64'),
      fresh(
        driver === 'gelsd' || driver === 'gelss' ? [...batch, Math.min(rows, columns)] : [0],
        realOf(other.dtype),
      ),
    ];
  },
  cost: ({ input }) => leading(input, 2),
  note: '2 m n min(m, n)',
});

/** Cross products of 3-vectors along a dimension. */
export const cross = defineOp<{
  readonly input: TensorSpec;
  readonly other: TensorSpec;
  readonly dim: number;
}>({
  name: 'cross',
  infer({ input, other, dim }) {
    const shape = broadcast(input.shape, other.shape);
    if (shape[resolveDim(dim, shape.length)] !== 3)
      fail(`cross needs a dimension of size 3, but got ${showShape(shape)}`);
    return [fresh(shape, input.dtype)];
  },
  cost: (_, [out]) => otherCost(3 * count(out)),
  saves: ['input', 'other'],
  note: '3 per output element: two multiplies, subtract',
});

interface DistanceArgs {
  /** [batch, rows, features] */
  readonly input: TensorSpec;
  /** [batch, others, features] */
  readonly other: TensorSpec;
  readonly p: number;
}

/** Distances of all pairs: by one matrix product where p = 2, else element by element. */
export const cdist = defineOp<DistanceArgs>({
  name: 'cdist',
  infer({ input, other }) {
    const [rows] = rowsAndColumns(input);
    const [others] = rowsAndColumns(other);
    return [fresh([...broadcast(batchOf(input), batchOf(other)), rows, others], input.dtype)];
  },
  cost({ input, p }, [out]) {
    const features = input.shape.at(-1) ?? 0;
    if (p === 2) return contraction([[...(out?.shape ?? []), features]], 4 * count(out));
    return otherCost(count(out) * features * 3);
  },
  contracts: ['input', 'other'],
  saves: ['input', 'other', 'output'],
  note: '2 × pairs × features and 4 per pair where p = 2; else 3 per pair and feature',
});

/** Cosine of the angle between vectors along a dimension. */
export const cosineSimilarity = defineOp<Omit<DistanceArgs, 'p'> & { readonly dim: number }>({
  name: 'cosine_similarity',
  infer({ input, other, dim }) {
    const shape = broadcast(input.shape, other.shape);
    const at = resolveDim(dim, shape.length);
    return [
      fresh(
        shape.filter((_, i) => i !== at),
        input.dtype,
      ),
    ];
  },
  cost: ({ input, other }) => otherCost(6 * product(broadcast(input.shape, other.shape))),
  saves: ['input', 'other'],
  note: '6 per pair of elements: three products, each multiply and add',
});

/** Distance of vectors along the last dimension. */
export const pairwiseDistance = defineOp<Omit<DistanceArgs, 'p'> & { readonly keepdim: boolean }>({
  name: 'pairwise_distance',
  infer({ input, other, keepdim }) {
    const shape = broadcast(input.shape, other.shape);
    const dtype = floatOf(realOf(resultType([input, other])));
    return [fresh([...shape.slice(0, -1), ...(keepdim ? [1] : [])], dtype)];
  },
  cost: ({ input, other }) => otherCost(3 * product(broadcast(input.shape, other.shape))),
  saves: ['input', 'other', 'output'],
  note: '3 per pair of elements: subtract, multiply, add',
});

/** Distances between all rows, each pair once. */
export const pdist = defineOp<Input>({
  name: 'pdist',
  infer({ input }) {
    const [rows] = rowsAndColumns(input);
    return [fresh([(rows * (rows - 1)) / 2], input.dtype)];
  },
  cost: ({ input }, [out]) => otherCost(3 * count(out) * (input.shape.at(-1) ?? 0)),
  saves: ['input', 'output'],
  note: '3 per pair and feature: subtract, multiply, add',
});

/** Every element of one tensor times all of another. */
export const kron = defineOp<{ readonly input: TensorSpec; readonly other: TensorSpec }>({
  name: 'kron',
  infer({ input, other }) {
    const rank = Math.max(input.shape.length, other.shape.length);
    const size = (spec: TensorSpec, i: number) => spec.shape[i - rank + spec.shape.length] ?? 1;
    return [
      fresh(
        Array.from({ length: rank }, (_, i) => size(input, i) * size(other, i)),
        input.dtype,
      ),
    ];
  },
  cost: (_, [out]) => otherCost(count(out)),
  saves: ['input', 'other'],
  note: '1 per output element: multiply',
});

/** Rows and columns of a matrix; a vector is one row. */
const rowsOf = ({ shape }: TensorSpec): [rows: number, columns: number] =>
  shape.length < 2 ? [1, shape[0] ?? 1] : [shape[0] ?? 1, shape[1] ?? 1];

/** Covariances of the rows of a matrix, of a lone one a number. */
export const covariance = defineOp<Input & { readonly weights: readonly TensorSpec[] }>({
  name: 'covariance',
  infer({ input, weights }) {
    const [rows] = rowsOf(input);
    return [fresh(rows === 1 ? [] : [rows, rows], floatOf(resultType([input, ...weights])))];
  },
  cost({ input }) {
    const [rows, columns] = rowsOf(input);
    return contraction([[rows, columns, rows]], 2 * count(input));
  },
  saves: ['input'],
  note: '2 × rows² × columns, and 2 per element for the means',
});

export const LINALG: readonly Op[] = [
  cdist,
  cholesky,
  cosineSimilarity,
  covariance,
  cross,
  determinant,
  eig,
  eigh,
  eigvalsh,
  householderProduct,
  inverse,
  kron,
  ldl,
  lstsq,
  lu,
  matrixExp,
  pairwiseDistance,
  pdist,
  pinv,
  qr,
  reflected,
  reflections,
  slogdet,
  solve,
  svd,
  svdvals,
];
