// Scaled dot-product attention: softmax(Q·Kᵀ·scale + mask)·V. Both products count in full, whether causal or not (as sdpa_flop
// in PyTorch's flop_counter.py), and key and value heads that several query heads share count once per query head. Memory is
// that of the flash kernel: the scores are not kept, but query, key, value, output and one number per row. The flash kernel
// takes no mask: with one, the scaled query and key, the softmax and the value are kept.

import { showShape } from '../tensor/broadcast';
import type { DType } from '../tensor/dtype';
import { strided, stridesInOrder } from '../tensor/strides';
import type { Shape, TensorSpec } from '../tensor/tensor';
import { broadcast, contraction, count, fail, product } from './arguments';
import { batchedCopy } from './matmul';
import { defineOp, type Product } from './operator';

interface AttentionArgs {
  /** [..., heads, queries, width]. */
  readonly query: TensorSpec;
  /** [..., key heads, keys, width]. */
  readonly key: TensorSpec;
  /** [..., key heads, keys, value width]. */
  readonly value: TensorSpec;
  readonly mask: TensorSpec | null;
  readonly isCausal: boolean;
  readonly enableGqa: boolean;
}

const lead = (spec: TensorSpec): Shape => spec.shape.slice(0, -2);

/** Leading sizes of keys, with shared heads repeated for each query head. */
function repeated(args: AttentionArgs, keys: TensorSpec): Shape {
  const shape = lead(keys);
  if (!args.enableGqa || shape.length === 0) return shape;
  const heads = args.query.shape.at(-3) as number;
  const shared = shape.at(-1) as number;
  if (heads % shared !== 0) fail(`${heads} query heads cannot share ${shared} key heads`);
  return [...shape.slice(0, -1), heads];
}

function check({ query, key, value }: AttentionArgs): void {
  if (query.shape.length < 2 || key.shape.length < 2 || value.shape.length < 2)
    fail('attention needs tensors of at least two dimensions');
  if (query.shape.at(-1) !== key.shape.at(-1))
    fail(`query of shape ${showShape(query.shape)} and key of shape ${showShape(key.shape)} differ in width`);
  if (key.shape.at(-2) !== value.shape.at(-2))
    fail(
      `key of shape ${showShape(key.shape)} and value of shape ${showShape(value.shape)} differ in length`,
    );
}

/** Batch and heads; rows, keys, widths of query and value. */
function sizesOf(args: AttentionArgs) {
  const batch = broadcast(lead(args.query), repeated(args, args.key), repeated(args, args.value));
  const [rows, width] = args.query.shape.slice(-2) as [number, number];
  const [keys, valueWidth] = args.value.shape.slice(-2) as [number, number];
  return { batch, rows, width, keys, valueWidth };
}

function products(args: AttentionArgs): { readonly scores: Product; readonly values: Product } {
  const { batch, rows, width, keys, valueWidth } = sizesOf(args);
  const outer = batch.filter((n) => n !== 1);
  return { scores: [...outer, rows, width, keys], values: [...outer, rows, keys, valueWidth] };
}

/** The fused kernels lay the heads of a row next to each other, so that joining them again is a view. */
function rowsFirst(shape: Shape, dtype: DType, masked: boolean): TensorSpec {
  return shape.length === 4 && !masked
    ? strided(shape, dtype, stridesInOrder(shape, [0, 2, 1, 3]))
    : { shape, dtype };
}

/** Query and key, each multiplied by the root of the scale. */
const scaledPair = ({ query, key }: AttentionArgs): TensorSpec[] =>
  [query, key].map(({ shape, dtype }) => ({ shape, dtype }));

/** One number per query and key. */
function scoresOf(args: AttentionArgs): TensorSpec {
  const { batch, rows, keys } = sizesOf(args);
  return { shape: [...batch, rows, keys], dtype: args.query.dtype };
}

/**
 * Elements alive at most while attention with a mask is computed step by step: query, key and their dense copies beside the
 * scores; query, scores and softmax; or query, softmax, value copy and output.
 */
function mostWhileMasked(args: AttentionArgs): number {
  const { query, key, value } = args;
  const copy = (spec: TensorSpec): number => count(batchedCopy(spec, lead(spec)));
  const scores = count(scoresOf(args));
  const { batch, rows, valueWidth } = sizesOf(args);
  const out = product([...batch, rows, valueWidth]);
  const products = count(query) + count(key) + copy(query) + copy(key) + scores;
  return Math.max(products, count(query) + 2 * scores, count(query) + scores + copy(value) + out);
}

export const attention = defineOp<AttentionArgs>({
  name: 'attention',
  infer(args) {
    check(args);
    const { batch, rows, keys, valueWidth } = sizesOf(args);
    if (args.mask) broadcast(args.mask.shape, [...batch, rows, keys]);
    return [rowsFirst([...batch, rows, valueWidth], args.query.dtype, args.mask !== null)];
  },
  cost(args) {
    const { scores, values } = products(args);
    const { batch, rows, keys } = sizesOf(args);
    const perScore = 6 + (args.mask || args.isCausal ? 1 : 0);
    return contraction([scores, values], perScore * product(batch) * rows * keys);
  },
  contracts: ['query', 'key', 'value'],
  backwardMacs(args, _, needs) {
    const { scores, values } = products(args);
    const towardScores = needs('query') || needs('key');
    return [
      ...(needs('query') ? [scores] : []),
      ...(needs('key') ? [scores] : []),
      ...(needs('value') ? [values] : []),
      ...(towardScores ? [values] : []),
    ];
  },
  saves(args, [out]) {
    if (args.mask)
      return [batchedCopy(args.value, lead(args.value)) ?? 'value', ...scaledPair(args), scoresOf(args)];
    const rows = { shape: out ? out.shape.slice(0, -1) : [], dtype: 'float32' } as const;
    return ['query', 'key', 'value', 'output', rows];
  },
  workspace: (args, [out]) =>
    args.mask ? [{ shape: [mostWhileMasked(args) - count(out)], dtype: args.query.dtype }] : [],
  note: '2 × heads × queries × keys × (width + value width) × batch; per score 1 for the scale, 1 for a mask, 5 for the softmax',
});
