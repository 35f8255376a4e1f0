// com.microsoft: attention whose keys are not all keys: sequences packed without padding, caches in pages, sparse blocks, and
// windows. How many keys a query meets lies in the data; what is counted is the most there can be, and said so. Kernels that
// skip blocks of a causal mask cost less than what is counted, as everywhere here.

import { linear } from '../../ops/matmul';
import { elementCount } from '../../tensor/tensor';
import type { Row } from '../binding';
import type { NodeCall } from '../node-call';
import type { Tensor, Value } from '../values';
import { attend, sideBySide } from './attention';
import { quantised } from './contractions';
import { add } from './microsoft';

interface Heads {
  readonly heads: number;
  readonly keyHeads: number;
  readonly width: number;
  readonly valueWidth: number;
}

/**
 * Attention of rows [tokens, heads × width], each with so many keys. The sequences they belong to lie one behind the other,
 * so they are seen as one.
 */
function attendRows(n: NodeCall, rows: Tensor, sizes: Heads, keys: number, mask: Tensor | null): Tensor {
  const [tokens = 1] = rows.spec.shape;
  const { dtype } = rows.spec;
  const { heads, keyHeads, width, valueWidth } = sizes;
  const query = n.relabelled(rows, { shape: [1, heads, tokens, width], dtype });
  const key = n.relabelled(rows, { shape: [1, keyHeads, keys, width], dtype });
  const value = n.relabelled(rows, { shape: [1, keyHeads, keys, valueWidth], dtype });
  // a mask is for each sequence: here it only tells that there is one to add
  const added = mask && n.relabelled(mask, { shape: [tokens, keys], dtype: mask.spec.dtype });
  const out = attend(n, { query, key, value, mask: added, isCausal: false });
  return n.relabelled(out, { shape: [tokens, heads * valueWidth], dtype });
}

/** Tokens of a sequence with its padding; the lengths without it are in the data. */
function longest(n: NodeCall, offsets: number): number {
  const [, steps = 1] = n.shape(offsets);
  n.assumption(
    'keys',
    steps,
    'how long each sequence is depends on the data; the longest there can be is assumed',
  );
  return steps;
}

/** Widths of query, key and value side by side. */
function widthsOf(n: NodeCall, total: number): readonly [number, number, number] {
  const [q = total / 3, k = total / 3, v = total / 3] = n.ints('qkv_hidden_sizes') ?? [];
  return [q, k, v];
}

function packedAttention(n: NodeCall): Tensor {
  const [inner = 1, total = 0] = n.shape(1);
  const [q, , v] = widthsOf(n, total);
  const heads = n.int('num_heads', 1);
  const weight = n.relabelled(n.in(1), { shape: [total, inner], dtype: n.dtype(1) });
  const [all] = n.call(linear, { input: n.in(0), weight, bias: n.maybe(2) }) as [Tensor];
  const sizes = { heads, keyHeads: heads, width: q / heads, valueWidth: v / heads };
  return attendRows(n, all, sizes, longest(n, 3), n.maybe(5));
}

/** Query, key and value apart, or as [tokens, heads, 3, width]. */
function packedMultiHeadAttention(n: NodeCall): Tensor {
  const [tokens = 1, ...rest] = n.shape(0);
  const heads = n.int('num_heads', 1);
  const width = rest.length === 3 ? (rest[2] ?? 1) : (rest[0] ?? 1) / heads;
  const valueWidth = n.has(2) ? (n.shape(2)[1] ?? 1) / heads : width;
  const { dtype } = n.in(0).spec;
  const biased = [n.in(0), n.maybe(1), n.maybe(2)].flatMap((part) => (part ? [withBias(n, part, 3)] : []));
  const rows = n.relabelled(biased[0] as Tensor, { shape: [tokens, heads * width], dtype });
  return attendRows(n, rows, { heads, keyHeads: heads, width, valueWidth }, longest(n, 4), n.maybe(6));
}

/** A part of the bias, which lies in one vector, is added to each of what is projected. */
function withBias(n: NodeCall, part: Tensor, at: number): Tensor {
  const bias = n.maybe(at);
  if (bias === null) return part;
  const row = part.spec.shape.slice(1);
  return add(n, part, n.relabelled(bias, { shape: row, dtype: bias.spec.dtype }));
}

/** Keys and values lie in blocks of a cache, which is written in place. */
function pagedAttention(n: NodeCall): Value[] {
  const [tokens = 1, hidden = 0] = n.shape(0);
  const [heads, keyHeads] = [n.int('num_heads', 1), n.int('kv_num_heads', 1)];
  const width = n.has(1) ? hidden / heads : hidden / (heads + 2 * keyHeads);
  const valueWidth = n.int('v_head_size') || width;
  const [, pages = 1] = n.shape(7);
  const keys = pages * (n.shape(3)[1] ?? 1);
  n.assumption(
    'keys',
    keys,
    'how much of the cache each sequence fills depends on the data; all of it is assumed',
  );
  const rows = n.relabelled(n.in(0), { shape: [tokens, heads * width], dtype: n.dtype(0) });
  const out = attendRows(n, rows, { heads, keyHeads, width, valueWidth }, keys, null);
  const caches = [3, 4].flatMap((at) => (n.has(at) ? [n.relabelled(n.in(at), n.in(at).spec)] : []));
  return [out, ...caches];
}

/** Blocks of keys are left out by a table. */
function sparseAttention(n: NodeCall): Value[] {
  const [batch = 1, steps = 1, hidden = 0] = n.shape(0);
  const [heads, keyHeads] = [n.int('num_heads', 1), n.int('kv_num_heads', 1)];
  const width = n.has(1) ? hidden / heads : hidden / (heads + 2 * keyHeads);
  const [, , most = 1] = n.shape(3);
  const keys = n.in(7).spec.contents?.[0] ?? most;
  n.assumption('keys', keys, 'which blocks of keys are left out depends on the data; none are assumed to be');
  const { dtype } = n.in(0).spec;
  const cache = (at: number): Tensor => n.relabelled(n.in(at), { shape: n.shape(at), dtype: n.dtype(at) });
  const part = (count: number, length: number): Tensor =>
    n.relabelled(n.in(0), { shape: [batch, count, length, width], dtype });
  const [key, value] = [part(keyHeads, keys), part(keyHeads, keys)];
  const out = attend(n, { query: part(heads, steps), key, value, mask: null, isCausal: true });
  return [sideBySide(n, out), cache(3), cache(4)];
}

// --- windows --------------------------------------------------------------------------------------------------------

interface Longformer {
  readonly weight: number;
  readonly bias: number;
  readonly globalWeight: number;
  readonly globalBias: number;
  readonly flags: number;
  readonly isQuantised: boolean;
}

/** Tokens that attend, and are attended to, everywhere. */
function globalTokens(n: NodeCall, flags: number, steps: number): number {
  const { contents, shape } = n.in(flags).spec;
  const rows = shape[0] ?? 1;
  if (contents) {
    const counts = Array.from({ length: rows }, (_, i) =>
      contents.slice(i * steps, (i + 1) * steps).reduce((sum, flag) => sum + (flag === 0 ? 0 : 1), 0),
    );
    return Math.max(0, ...counts);
  }
  const reason = 'which tokens attend to all others depends on the data; one of each example is assumed';
  return n.chosen('global tokens', () => 1, reason);
}

/** Each token meets its neighbours on both sides and the global tokens; those meet all, by projections of their own. */
function longformerAttention(n: NodeCall, at: Longformer): Tensor {
  const [batch = 1, steps = 1, hidden = 1] = n.shape(0);
  const heads = n.int('num_heads', 1);
  const dtype = n.dtype(0);
  const globals = Math.min(steps, globalTokens(n, at.flags, steps));
  const project = (weight: number, bias: number, rows: number, width: number): Tensor => {
    const input = n.relabelled(n.in(0), { shape: [batch, rows, hidden], dtype });
    const part = (index: number, shape: number[]) =>
      n.relabelled(n.in(index), { shape, dtype: n.dtype(index) });
    const args = { input, weight: part(weight, [width, hidden]), bias: part(bias, [width]) };
    return n.call(linear, args, at.isQuantised ? quantised(dtype) : {})[0] as Tensor;
  };
  const local = project(at.weight, at.bias, steps, 3 * hidden);
  const meet = (rows: number, keys: number): Tensor => {
    const part = (length: number): Tensor =>
      n.relabelled(local, { shape: [batch, heads, length, hidden / heads], dtype });
    return attend(n, { query: part(rows), key: part(keys), value: part(keys), mask: null, isCausal: false });
  };
  const out = meet(steps, Math.min(steps, 2 * n.int('window', 1) + 1 + globals));
  if (globals > 0) {
    project(at.globalWeight, at.globalBias, globals, hidden);
    project(at.globalWeight, at.globalBias, steps, 2 * hidden);
    meet(globals, steps);
  }
  return sideBySide(n, out);
}

// --- integers -------------------------------------------------------------------------------------------------------

/** Query, key and value each by a matrix of integers. */
function orderedAttention(n: NodeCall): Tensor {
  const [batch = 1, steps = 1, inner = 1] = n.shape(0);
  const heads = n.int('num_heads', 1);
  const dtype = n.dtype(0);
  const part = (weight: number): Tensor => {
    const hidden = elementCount(n.shape(weight)) / inner;
    const turned = n.relabelled(n.in(weight), { shape: [hidden, inner], dtype: n.dtype(weight) });
    const args = { input: n.in(0), weight: turned, bias: n.maybe(weight + 6) };
    const [made] = n.call(linear, args, quantised(dtype)) as [Tensor];
    return n.relabelled(made, { shape: [batch, heads, steps, hidden / heads], dtype });
  };
  const isCausal = n.int('unidirectional') !== 0;
  return sideBySide(n, attend(n, { query: part(5), key: part(6), value: part(7), mask: null, isCausal }));
}

const LONGFORMER: Longformer = {
  weight: 1,
  bias: 2,
  globalWeight: 4,
  globalBias: 5,
  flags: 6,
  isQuantised: false,
};

const QUANTISED_LONGFORMER: Longformer = {
  weight: 2,
  bias: 4,
  globalWeight: 8,
  globalBias: 10,
  flags: 12,
  isQuantised: true,
};

export const MICROSOFT_PACKED_ROWS: readonly Row[] = [
  { op: 'LongformerAttention', bind: (n) => longformerAttention(n, LONGFORMER) },
  { op: 'PackedAttention', bind: packedAttention },
  { op: 'PackedMultiHeadAttention', bind: packedMultiHeadAttention },
  { op: 'PagedAttention', bind: pagedAttention },
  { op: 'QOrderedAttention', bind: orderedAttention },
  { op: 'QOrderedLongformerAttention', bind: (n) => longformerAttention(n, QUANTISED_LONGFORMER) },
  { op: 'SparseAttention', bind: sparseAttention },
];
