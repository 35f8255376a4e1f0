// com.microsoft: one step of a decoder with its cache.

import { linear } from '../../ops/matmul';
import type { Row } from '../binding';
import type { NodeCall } from '../node-call';
import { type Tensor, Unfollowed, type Value } from '../values';
import { afterPast, attend, byHeads, sideBySide } from './attention';
import { add } from './microsoft';
import { type Cached, cached, projectedAttention } from './microsoft-attention';

/** A number among the inputs that decides what is computed. */
function flag(n: NodeCall, index: number, name: string): boolean {
  const value = n.maybe(index)?.spec.contents?.[0];
  if (value === undefined) throw new Unfollowed(`${n.title} depends on ${name}, which is not known`);
  return value !== 0;
}

/** [steps, batch, hidden], with projections inside; cross attention may have its keys and values in the cache. */
function decoderAttention(n: NodeCall): Value[] {
  const [steps = 1, batch = 1, hidden = 1] = n.shape(0);
  const heads = n.int('num_heads', 1);
  const isStatic = flag(n, 8, 'static_kv');
  const usesCache = flag(n, 9, 'use_past') && flag(n, 10, 'has_layer_state');
  const dtype = n.dtype(0);
  const project = (input: Tensor, weight: number, width: number): Tensor => {
    const part = (index: number, shape: number[]) =>
      n.relabelled(n.in(index), { shape, dtype: n.dtype(index) });
    const args = { input, weight: part(weight, [width, hidden]), bias: part(4, [width]) };
    return n.call(linear, args)[0] as Tensor;
  };
  const perHead = (tensor: Tensor, length: number): Tensor =>
    n.relabelled(tensor, { shape: [batch, heads, length, hidden / heads], dtype });
  const query = perHead(project(n.in(0), 2, hidden), steps);
  let pair: readonly [Tensor, Tensor];
  if (usesCache && isStatic) pair = [n.in(6), n.in(7)];
  else {
    const source = isStatic ? n.in(1) : n.in(0);
    const both = project(source, 3, 2 * hidden);
    const fresh = perHead(both, source.spec.shape[0] ?? 1);
    pair = usesCache ? [afterPast(n, n.in(6), fresh), afterPast(n, n.in(7), fresh)] : [fresh, fresh];
  }
  const [key, value] = pair;
  const out = attend(n, { query, key, value, mask: null, isCausal: false });
  return [n.relabelled(out, { shape: [steps, batch, hidden], dtype }), key, value];
}

/** One query for each sequence: keys of this step behind those of the cache, or, across, keys of the encoder alone. */
function maskedMultiHeadAttention(n: NodeCall): Value[] {
  const heads = n.int('num_heads', 1);
  const [batch = 1, steps = 1, hidden = 0] = n.shape(0);
  const dtype = n.dtype(0);
  const width = (n.has(1) ? hidden : hidden / 3) / heads;
  const bias = n.maybe(10);
  const part = bias && n.relabelled(bias, { shape: [hidden], dtype: bias.spec.dtype });
  const query = n.relabelled(add(n, n.in(0), part), { shape: [batch, heads, steps, width], dtype });
  const across = n.has(1) && n.shape(1).length === 4;
  const fresh = (index: number): Tensor => (n.has(index) ? byHeads(n, n.in(index), heads) : query);
  const shared = n.int('past_present_share_buffer') !== 0;
  const pasts = across ? [null, null] : [n.maybe(5), n.maybe(6)];
  const pair = cached(n, pasts, [fresh(1), fresh(2)], { shared, length: 7 }) as [Cached, Cached];
  const [key, value] = pair;
  const parts = { query, key: key.seen, value: value.seen, mask: n.maybe(4), isCausal: false };
  const scores = n.made([batch, heads, steps, key.seen.spec.shape[2] ?? 1], dtype);
  return [sideBySide(n, attend(n, parts)), key.present, value.present, scores];
}

/** Words that were guessed are kept as far as they agree with the source. */
function bifurcation(n: NodeCall): Value[] {
  const [current = 0] = n.shape(1);
  const [guessed = 0] = n.maybe(3)?.spec.shape ?? [];
  if (guessed > 0) {
    const reason = 'how many of the guessed words are kept depends on the data; all are assumed to be';
    n.assumption('words', current + guessed, reason);
  }
  return [n.made([current + guessed], 'int64'), n.made(n.shape(2), 'int64')];
}

export const MICROSOFT_DECODER_ROWS: readonly Row[] = [
  { op: 'BifurcationDetector', bind: bifurcation },
  { op: 'DecoderAttention', bind: decoderAttention },
  { op: 'DecoderMaskedMultiHeadAttention', bind: maskedMultiHeadAttention },
  {
    op: 'DecoderMaskedSelfAttention',
    bind: (n) =>
      projectedAttention(n, { weight: 1, bias: 2, mask: 5, past: 4, length: 6, isQuantised: false }),
  },
];
