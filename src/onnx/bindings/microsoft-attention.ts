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

/** Keys or values with those of the cache: what attention sees, and what goes on to the next step. */
export interface Cached {
  readonly seen: Tensor;
  readonly present: Tensor;
}

/**
 * New steps of keys and values with a cache. A shared cache is as long as it will ever be and is written in place; an input
 * may say how many steps it held before.
 */
export function cached(
  n: NodeCall,
  pasts: readonly (Tensor | null)[],
  fresh: readonly Tensor[],
  { shared, length }: { readonly shared: boolean; readonly length: number },
): readonly Cached[] {
  const [past] = pasts;
  if (!past || !shared)
    return fresh.map((now, i) => {
      const joined = afterPast(n, pasts[i] ?? null, now);
      return { seen: joined, present: joined };
    });
  const [batch = 1, heads = 1, most = 1] = past.spec.shape;
  const keys = filled(n, length, fresh[0]?.spec.shape[2] ?? 1, most);
  return fresh.map((now, i) => {
    const { dtype, shape } = now.spec;
    const cache = pasts[i] ?? now;
    return {
      seen: n.relabelled(cache, { shape: [batch, heads, keys, shape[3] ?? 1], dtype }),
      present: n.relabelled(cache, { shape: cache.spec.shape, dtype: cache.spec.dtype }),
    };
  });
}

/** Steps in a shared cache after this one. */
function filled(n: NodeCall, length: number, steps: number, most: number): number {
  const before = n.maybe(length)?.spec.contents?.[0];
  if (before !== undefined) return before + steps;
  n.assumption('keys', most, 'how much of the cache is filled depends on the data; all of it is assumed');
  return most;
}

interface Projected {
  readonly weight: number;
  readonly bias: number;
  readonly mask: number;
  readonly past: number;
  /** Where a shared cache says how many steps it held. */
  readonly length: number;
  readonly isQuantised: boolean;
}

/** Widths of query, key and value side by side. */
function widthsOf(n: NodeCall, weight: number): readonly [number, number, number] {
  const total = n.shape(weight)[1] ?? 0;
  const [q = total / 3, k = total / 3, v = total / 3] = n.ints('qkv_hidden_sizes') ?? [];
  return [q, k, v];
}

/** One product for query, key and value, then attention. */
export function projectedAttention(n: NodeCall, at: Projected): Value[] {
  const [batch = 1, steps = 1, width = 1] = n.shape(0);
  const [q, k, v] = widthsOf(n, at.weight);
  const heads = n.int('num_heads', 1);
  const weight = n.relabelled(n.in(at.weight), { shape: [q + k + v, width], dtype: n.dtype(at.weight) });
  const dtype = at.isQuantised ? 'float32' : n.dtype(0);
  const types = at.isQuantised ? quantised(dtype) : {};
  const [all] = n.call(linear, { input: n.in(0), weight, bias: n.maybe(at.bias) }, types) as [Tensor];
  const part = (size: number): Tensor =>
    n.relabelled(all, { shape: [batch, heads, steps, size / heads], dtype });
  const past = n.maybe(at.past);
  const [, , , before = 0] = past?.spec.shape ?? [];
  const behind = (size: number): Tensor | null =>
    past === null ? null : n.relabelled(past, { shape: [batch, heads, before, size / heads], dtype });
  const shared = n.int('past_present_share_buffer') !== 0;
  const options = { shared, length: at.length };
  const [key, value] = cached(n, [behind(k), behind(v)], [part(k), part(v)], options) as [Cached, Cached];
  const isCausal = n.int('unidirectional') !== 0;
  const mask = fullMask(n.maybe(at.mask));
  const out = attend(n, { query: part(q), key: key.seen, value: value.seen, mask, isCausal });
  const length = shared && past !== null ? before : before + steps;
  return [sideBySide(n, out), n.made([2, batch, heads, length, k / heads], dtype)];
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
  const options = { shared: n.has(8), length: 8 };
  const [key, value] = cached(n, [n.maybe(6), n.maybe(7)], [newKey, newValue], options) as [Cached, Cached];
  const isCausal = n.int('unidirectional') !== 0;
  const mask = fullMask(n.maybe(5));
  const out = attend(n, { query, key: key.seen, value: value.seen, mask, isCausal });
  const scores = [batch, heads, steps, key.seen.spec.shape[2] ?? 1];
  return [sideBySide(n, out), key.present, value.present, n.made(scores, dtype)];
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
  const all = keyCount(n, past, steps);
  // a cache as long as its window drops the oldest steps
  const isWindow = past > 0 && n.int('sliding_window_cache') !== 0;
  const keys = isWindow ? Math.min(all, past) : all;
  const present = isWindow ? past : Math.max(past, keys);
  // bytes of a cache of 4 bits hold two elements each
  const stored = n.maybe(3)?.spec ?? { shape: [], dtype };
  const cache = (): Tensor => n.made([batch, keyHeads, present, stored.shape[3] ?? size], stored.dtype);
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
  return [sideBySide(n, attend(n, parts)), key, value, n.made([batch, heads, steps, keys], dtype)];
}

export const MICROSOFT_ATTENTION_ROWS: readonly Row[] = [
  {
    op: 'Attention',
    bind: (n) =>
      projectedAttention(n, { weight: 1, bias: 2, mask: 5, past: 4, length: 6, isQuantised: false }),
  },
  { op: 'GroupQueryAttention', bind: groupQueryAttention },
  { op: 'MultiHeadAttention', bind: multiHeadAttention },
  {
    op: 'QAttention',
    bind: (n) =>
      projectedAttention(n, { weight: 1, bias: 2, mask: -1, past: 8, length: -1, isQuantised: true }),
  },
  { op: 'RotaryEmbedding', bind: (n) => rotary(n, { cos: 2, sin: 3 }) },
];
