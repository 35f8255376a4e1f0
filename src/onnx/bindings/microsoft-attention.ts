// com.microsoft: attention in the forms of ONNX Runtime's transformer fusions: with the input projections inside
// (Attention), without them (MultiHeadAttention), and with fewer key than query heads (GroupQueryAttention).

import { linear } from '../../ops/matmul';
import type { Row } from '../binding';
import type { NodeCall } from '../node-call';
import { type Tensor, Unfollowed, type Value } from '../values';
import { afterPast, attend, byHeads, rotary, sideBySide } from './attention';
import { quantised } from './contractions';
import { add } from './microsoft';

/** A mask that only says what is padding changes no shape; one of full rank is added to the scores. */
const fullMask = (mask: Tensor | null): Tensor | null =>
  mask !== null && mask.spec.shape.length === 4 ? mask : null;

interface Projected {
  readonly weight: number;
  readonly bias: number;
  readonly mask: number;
  readonly past: number;
  readonly isQuantised: boolean;
}

/** Widths of query, key and value side by side. */
function widthsOf(n: NodeCall, weight: number): readonly [number, number, number] {
  const total = n.shape(weight)[1] ?? 0;
  const [q = total / 3, k = total / 3, v = total / 3] = n.ints('qkv_hidden_sizes') ?? [];
  return [q, k, v];
}

/** One product for query, key and value, then attention. */
function projectedAttention(n: NodeCall, at: Projected): Value[] {
  const [batch = 1, steps = 1, width = 1] = n.shape(0);
  const [q, k, v] = widthsOf(n, at.weight);
  const heads = n.int('num_heads', 1);
  const weight = n.relabelled(n.in(at.weight), { shape: [q + k + v, width], dtype: n.dtype(at.weight) });
  const dtype = at.isQuantised ? 'float32' : n.dtype(0);
  const options = at.isQuantised ? quantised(dtype) : {};
  const [all] = n.call(linear, { input: n.in(0), weight, bias: n.maybe(at.bias) }, options) as [Tensor];
  const part = (size: number): Tensor =>
    n.relabelled(all, { shape: [batch, heads, steps, size / heads], dtype });
  const past = n.maybe(at.past);
  const [, , , before = 0] = past?.spec.shape ?? [];
  const behind = (size: number): Tensor | null =>
    past === null ? null : n.relabelled(past, { shape: [batch, heads, before, size / heads], dtype });
  const key = afterPast(n, behind(k), part(k));
  const value = afterPast(n, behind(v), part(v));
  const isCausal = n.int('unidirectional') !== 0;
  const out = attend(n, { query: part(q), key, value, mask: fullMask(n.maybe(at.mask)), isCausal });
  return [sideBySide(n, out), n.made([2, batch, heads, before + steps, k / heads], dtype)];
}

/** Query, key and value in one tensor of five dimensions, in two, or in three. */
function multiHeadAttention(n: NodeCall): Value[] {
  const heads = n.int('num_heads', 1);
  const { shape, dtype } = n.in(0).spec;
  const [batch = 1, steps = 1] = shape;
  const packed = shape.length === 5;
  const one = (tensor: Tensor): Tensor => {
    const [b = 1, s = 1, h = 1, , d = 1] = tensor.spec.shape;
    return n.relabelled(tensor, { shape: [b, h, s, d], dtype });
  };
  const split = (index: number): Tensor =>
    n.shape(index).length === 5 ? one(n.in(index)) : byHeads(n, n.in(index), heads);
  const query = packed ? one(n.in(0)) : byHeads(n, add(n, n.in(0), biasPart(n)), heads);
  const newKey = packed ? query : split(1);
  const newValue = packed ? query : split(n.has(2) ? 2 : 1);
  const key = afterPast(n, n.maybe(6), newKey);
  const value = afterPast(n, n.maybe(7), newValue);
  const isCausal = n.int('unidirectional') !== 0;
  const out = attend(n, { query, key, value, mask: fullMask(n.maybe(5)), isCausal });
  const scores = [batch, heads, steps, key.spec.shape[2] ?? 1];
  return [sideBySide(n, out), key, value, n.made(scores, dtype)];
}

/** The bias of query, key and value lies in one vector: the query's part of it is added to the query. */
function biasPart(n: NodeCall): Tensor | null {
  const bias = n.maybe(3);
  return bias === null ? null : n.relabelled(bias, { shape: n.shape(0).slice(-1), dtype: bias.spec.dtype });
}

/** How many keys there are with the past. The cache may be as large as it will ever get, and be filled in part. */
function keyCount(n: NodeCall, past: number, steps: number): number {
  const [total] = n.maybe(6)?.spec.contents ?? [];
  if (total !== undefined || past === 0) return total ?? steps;
  const reason =
    'how much of the cache is filled depends on the data; all of it and the new steps are assumed';
  n.assumption('keys', past + steps, reason);
  return past + steps;
}

/** Fewer key heads than query heads, a cache that is written in place, and perhaps all of it in one tensor. */
function groupQueryAttention(n: NodeCall): Value[] {
  const heads = n.int('num_heads', 1);
  const keyHeads = n.int('kv_num_heads', 1);
  const [batch = 1, steps = 1, width = 0] = n.shape(0);
  const size = n.has(1) ? width / heads : width / (heads + 2 * keyHeads);
  if (!Number.isInteger(size))
    throw new Unfollowed(`${n.title} splits a width of ${width} into heads, which does not go`);
  const dtype = n.dtype(0);
  const past = n.maybe(3)?.spec.shape[2] ?? 0;
  const keys = keyCount(n, past, steps);
  const present = Math.max(past, keys);
  const cache = (): Tensor => n.made([batch, keyHeads, present, size], n.maybe(3)?.spec.dtype ?? dtype);
  const [key, value] = [cache(), cache()];
  const filled = (tensor: Tensor): Tensor =>
    n.relabelled(tensor, { shape: [batch, keyHeads, keys, size], dtype });
  const query = n.relabelled(n.in(0), { shape: [batch, heads, steps, size], dtype });
  const parts = {
    query,
    key: filled(key),
    value: filled(value),
    mask: fullMask(n.maybe(10)),
    isCausal: true,
  };
  return [sideBySide(n, attend(n, parts)), key, value];
}

export const MICROSOFT_ATTENTION_ROWS: readonly Row[] = [
  {
    op: 'Attention',
    bind: (n) => projectedAttention(n, { weight: 1, bias: 2, mask: 5, past: 4, isQuantised: false }),
  },
  { op: 'GroupQueryAttention', bind: groupQueryAttention },
  { op: 'MultiHeadAttention', bind: multiHeadAttention },
  {
    op: 'QAttention',
    bind: (n) => projectedAttention(n, { weight: 1, bias: 2, mask: -1, past: 8, isQuantised: true }),
  },
  { op: 'RotaryEmbedding', bind: (n) => rotary(n, { cos: 2, sin: 3 }) },
];
