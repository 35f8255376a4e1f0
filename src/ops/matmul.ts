// Matrix products: matmul of any ranks, linear, the addmm family, bilinear, tensordot's core is matmul as well.
// Contraction FPO = 2 × every (row, column, inner) triple of the batch, as mm_flop and bmm_flop in PyTorch's
// flop_counter.py. Products with vectors (mv, dot, addmv, bilinear) count here too, although FlopCounterMode leaves them out.
//
// A batched matmul works on dense batches: what broadcasting or strides make impossible to view is copied first, and that
// copy is what autograd keeps.

import { showShape } from '../tensor/broadcast';
import { asElement } from '../tensor/contents';
import { resultType } from '../tensor/promotion';
import { stretchedStrides, stridesOf, viewStrides } from '../tensor/strides';
import type { Shape, TensorSpec } from '../tensor/tensor';
import { broadcast, contraction, count, fail, product, resolveDim, sizeAt } from './arguments';
import { defineOp, type Needs, type Op, type Product, UnequalTypes } from './operator';

interface Pair {
  readonly input: TensorSpec;
  readonly other: TensorSpec;
}

/** Sizes of a product [batch, rows, inner] × [batch, inner, columns]. */
interface Sizes {
  readonly batch: Shape;
  readonly rows: Shape;
  readonly inner: number;
  readonly columns: Shape;
}

function sizesOf({ input, other }: Pair): Sizes {
  const [a, b] = [input.shape, other.shape];
  if (a.length === 0 || b.length === 0) fail('matmul needs tensors of at least one dimension');
  const inner = a.at(-1) as number;
  const innerOther = (b.length === 1 ? b[0] : b.at(-2)) as number;
  if (inner !== innerOther)
    fail(
      `matmul of shapes ${showShape(a)} and ${showShape(b)} does not fit: inner sizes ${inner} and ${innerOther}`,
    );
  const batch = broadcast(a.slice(0, -2), b.slice(0, -2));
  return {
    batch,
    rows: a.length === 1 ? [] : [a.at(-2) as number],
    inner,
    columns: b.length === 1 ? [] : [b.at(-1) as number],
  };
}

const factorsOf = ({ batch, rows, inner, columns }: Sizes): Product => [
  ...rows,
  inner,
  ...columns,
  ...batch.filter((n) => n !== 1),
];

/** A product of both, which have to be of one type. */
function ofOneType(a: TensorSpec, b: TensorSpec, product: TensorSpec): TensorSpec[] {
  if (a.dtype === b.dtype) return [product];
  const message = `expected both matrices to have the same type, but got ${a.dtype} and ${b.dtype}`;
  throw new UnequalTypes(message, [{ shape: product.shape, dtype: resultType([a, b]) }]);
}

/** The contents of a small product of vectors and matrices without a batch. */
function multiply(
  { input, other }: Pair,
  { batch, rows, inner, columns }: Sizes,
): readonly number[] | undefined {
  const [a, b] = [input.contents, other.contents];
  if (!a || !b || batch.length > 0) return undefined;
  const [m, n] = [product(rows), product(columns)];
  return Array.from({ length: m * n }, (_, at) => {
    const [i, j] = [Math.floor(at / n), at % n];
    let sum = 0;
    for (let k = 0; k < inner; k++) sum += (a[i * inner + k] as number) * (b[k * n + j] as number);
    return asElement(sum, input.dtype);
  });
}

/** The dense copy that a batched product makes of an operand that cannot be viewed as [batch, r, c]; null where it can. */
export function batchedCopy(operand: TensorSpec, batch: Shape): TensorSpec | null {
  const shape = [...batch, ...operand.shape.slice(-2)];
  const flat = [product(batch), ...operand.shape.slice(-2)];
  const strides = viewStrides(shape, stretchedStrides(operand, shape), flat);
  return strides === null ? { shape: flat, dtype: operand.dtype } : null;
}

/** Whether matmul folds the batch of the larger operand into rows: then there is one matrix product and no copy of batches. */
function folds({ input, other }: Pair): boolean {
  const [large, small] = [input, other].sort((a, b) => b.shape.length - a.shape.length) as [
    TensorSpec,
    TensorSpec,
  ];
  return small.shape.length <= 2 && large.shape.length >= 3;
}

/** The copies that a matmul makes of its operands; null where it takes one as it is. */
function copies(args: Pair): { readonly input: TensorSpec | null; readonly other: TensorSpec | null } {
  const { input, other } = args;
  if (input.shape.length < 3 && other.shape.length < 3) return { input: null, other: null };
  if (folds(args)) {
    if (input.shape.length >= other.shape.length) return { input: foldedCopy(input), other: null };
    return { input: null, other: foldedCopy(transposed(other)) };
  }
  const { batch } = sizesOf(args);
  return { input: batchedCopy(input, batch), other: batchedCopy(other, batch) };
}

function transposed(spec: TensorSpec): TensorSpec {
  const swap = (list: readonly number[]) => [
    ...list.slice(0, -2),
    list.at(-1) as number,
    list.at(-2) as number,
  ];
  return { ...spec, shape: swap(spec.shape), strides: swap(stridesOf(spec)) };
}

/** A copy with all dimensions but the last merged, where they cannot be merged by a view. */
function foldedCopy(spec: TensorSpec): TensorSpec | null {
  const flat = [product(spec.shape.slice(0, -1)), spec.shape.at(-1) as number];
  return viewStrides(spec.shape, stridesOf(spec), flat) === null ? { shape: flat, dtype: spec.dtype } : null;
}

function savedPair(args: Pair, needs: Needs): (string | TensorSpec)[] {
  const copied = copies(args);
  return [
    ...(needs('other') ? [copied.input ?? 'input'] : []),
    ...(needs('input') ? [copied.other ?? 'other'] : []),
  ];
}

const copiesOf = (args: Pair): TensorSpec[] => Object.values(copies(args)).filter((copy) => copy !== null);

export const matmul = defineOp<Pair>({
  name: 'matmul',
  infer(args) {
    const sizes = sizesOf(args);
    const shape = [...sizes.batch, ...sizes.rows, ...sizes.columns];
    const contents = multiply(args, sizes);
    return ofOneType(args.input, args.other, {
      shape,
      dtype: args.input.dtype,
      ...(contents && { contents }),
    });
  },
  cost: (args) => contraction([factorsOf(sizesOf(args))]),
  contracts: ['input', 'other'],
  backwardOther: () => 0,
  saves: (args, _, needs) => savedPair(args, needs),
  workspace: copiesOf,
  note: '2 × rows × inner × columns × batch',
});

interface LinearArgs {
  /** [..., features in]. */
  readonly input: TensorSpec;
  /** [features out, features in]. */
  readonly weight: TensorSpec;
  readonly bias: TensorSpec | null;
}

function linearShape({ input, weight }: LinearArgs): Shape {
  const [features, wanted] = [input.shape.at(-1), weight.shape.at(-1)];
  if (features !== wanted)
    fail(
      `linear layer expects ${wanted} features, but the input of shape ${showShape(input.shape)} has ${features}`,
    );
  return [...input.shape.slice(0, -1), ...weight.shape.slice(0, -1)];
}

export const linear = defineOp<LinearArgs>({
  name: 'linear',
  infer(args) {
    const { input, weight } = args;
    return ofOneType(input, weight, { shape: linearShape(args), dtype: resultType([input, weight]) });
  },
  cost({ input, weight, bias }, [out]) {
    const rows = input.shape.slice(0, -1).filter((n) => n !== 1);
    return contraction([[...rows, ...[...weight.shape].reverse()]], bias ? count(out) : 0);
  },
  contracts: ['input', 'weight'],
  backwardOther: ({ bias }, [out]) => (bias ? count(out) : 0),
  saves: ({ input }, _, needs) => [
    ...(needs('weight') ? [foldedCopy(input) ?? 'input'] : []),
    ...(needs('input') ? ['weight'] : []),
  ],
  workspace: ({ input }) => [foldedCopy(input)].filter((copy) => copy !== null),
  note: '2 × rows × features in × features out; bias 1 per output element',
});

interface AddProductArgs {
  readonly input: TensorSpec;
  readonly first: TensorSpec;
  readonly second: TensorSpec;
}

/** addmm, addmv, baddbmm: a product added to a tensor. */
export const addMatmul = defineOp<AddProductArgs>({
  name: 'add_matmul',
  infer({ input, first, second }) {
    const { batch, rows, columns } = sizesOf({ input: first, other: second });
    const shape = [...batch, ...rows, ...columns];
    return ofOneType(first, second, { shape: broadcast(shape, input.shape), dtype: first.dtype });
  },
  cost: ({ first, second }, [out]) =>
    contraction([factorsOf(sizesOf({ input: first, other: second }))], count(out)),
  contracts: ['first', 'second'],
  backwardOther: () => 0,
  saves: (_, __, needs) => [...(needs('second') ? ['first'] : []), ...(needs('first') ? ['second'] : [])],
  note: '2 × rows × inner × columns × batch; the addition 1 per output element',
});

/** addbmm: the sum over a batch of products, added to a matrix. */
export const addBatchMatmul = defineOp<AddProductArgs>({
  name: 'add_batch_matmul',
  infer({ input, first, second }) {
    const { rows, columns } = sizesOf({ input: first, other: second });
    return [{ shape: broadcast([...rows, ...columns], input.shape), dtype: first.dtype }];
  },
  cost: ({ first, second }, [out]) =>
    contraction([factorsOf(sizesOf({ input: first, other: second }))], count(out)),
  contracts: ['first', 'second'],
  saves: ['first', 'second'],
  note: '2 × rows × inner × columns × batch; the addition 1 per output element',
});

/** addr and outer: every element of one vector times every element of another. */
export const outer = defineOp<Pair>({
  name: 'outer',
  infer({ input, other }) {
    if (input.shape.length !== 1 || other.shape.length !== 1)
      fail(`outer takes two vectors, but got shapes ${showShape(input.shape)} and ${showShape(other.shape)}`);
    const contents =
      input.contents && other.contents && count(input) * count(other) <= 4096
        ? input.contents.flatMap((a) => (other.contents ?? []).map((b) => asElement(a * b, input.dtype)))
        : undefined;
    const dtype = resultType([input, other]);
    return [{ shape: [...input.shape, ...other.shape], dtype, ...(contents && { contents }) }];
  },
  cost: (_, [out]) => contraction([], count(out)),
  saves: (_, __, needs) => [...(needs('other') ? ['input'] : []), ...(needs('input') ? ['other'] : [])],
  note: '1 per output element: multiply',
});

interface BilinearArgs {
  readonly input1: TensorSpec;
  readonly input2: TensorSpec;
  /** [out, in1, in2]. */
  readonly weight: TensorSpec;
  readonly bias: TensorSpec | null;
}

export const bilinear = defineOp<BilinearArgs>({
  name: 'bilinear',
  infer({ input1, input2, weight }) {
    const [out, in1, in2] = weight.shape;
    if (input1.shape.at(-1) !== in1 || input2.shape.at(-1) !== in2)
      fail(
        `bilinear expects ${in1} and ${in2} features, but got shapes ${showShape(input1.shape)} and ${showShape(input2.shape)}`,
      );
    return [{ shape: [...input1.shape.slice(0, -1), out as number], dtype: input1.dtype }];
  },
  cost({ input1, weight, bias }, [out]) {
    const rows = input1.shape.slice(0, -1);
    const [features = 0, in1 = 0, in2 = 0] = weight.shape;
    const macs = [
      [...rows, features, in1, in2],
      [...rows, features, in2],
    ];
    return contraction(macs, bias ? count(out) : 0);
  },
  contracts: ['input1', 'input2', 'weight'],
  saves: ['input1', 'input2', 'weight'],
  note: '2 × rows × features out × (features 1 × features 2 + features 2); bias 1 per output element',
});

interface TensordotArgs extends Pair {
  readonly dimsInput: readonly number[];
  readonly dimsOther: readonly number[];
}

/** Sizes of a tensordot: what is left of both, and what is contracted. */
function dotted({ input, other, dimsInput, dimsOther }: TensordotArgs) {
  const at = dimsInput.map((dim) => resolveDim(dim, input.shape.length));
  const to = dimsOther.map((dim) => resolveDim(dim, other.shape.length));
  const [sizes, others] = [at.map((dim) => sizeAt(input, dim)), to.map((dim) => sizeAt(other, dim))];
  const fits =
    sizes.length === others.length && sizes.every((n, i) => n === others[i] || n === 1 || others[i] === 1);
  if (!fits)
    fail(
      `tensordot of shapes ${showShape(input.shape)} and ${showShape(other.shape)} does not fit: contracted sizes ${showShape(sizes)} and ${showShape(others)}`,
    );
  return {
    rows: input.shape.filter((_, dim) => !at.includes(dim)),
    // A size of 1 stretches to the other's by a sum over that one.
    inner: sizes.map((n, i) => Math.min(n, others[i] as number)),
    columns: other.shape.filter((_, dim) => !to.includes(dim)),
  };
}

/** A contraction over lists of dimensions: tensordot, inner, vecdot. */
export const tensordot = defineOp<TensordotArgs>({
  name: 'tensordot',
  infer(args) {
    const { rows, columns } = dotted(args);
    return ofOneType(args.input, args.other, { shape: [...rows, ...columns], dtype: args.input.dtype });
  },
  cost(args) {
    const { rows, inner, columns } = dotted(args);
    return contraction([[...rows, ...inner, ...columns]]);
  },
  contracts: ['input', 'other'],
  backwardOther: () => 0,
  saves: (_, __, needs) => [...(needs('other') ? ['input'] : []), ...(needs('input') ? ['other'] : [])],
  note: '2 × what is left of both × what is contracted',
});

/** A batched dot product along one dimension: linalg.vecdot. */
export const vecdot = defineOp<Pair & { readonly dim: number }>({
  name: 'vecdot',
  infer({ input, other, dim }) {
    const shape = broadcast(input.shape, other.shape);
    const at = resolveDim(dim, shape.length);
    return [{ shape: shape.filter((_, i) => i !== at), dtype: input.dtype }];
  },
  cost: ({ input, other }) => contraction([broadcast(input.shape, other.shape)]),
  contracts: ['input', 'other'],
  saves: ['input', 'other'],
  note: '2 per pair of elements',
});

export const MATMUL: readonly Op[] = [
  addBatchMatmul,
  addMatmul,
  bilinear,
  linear,
  matmul,
  outer,
  tensordot,
  vecdot,
];
