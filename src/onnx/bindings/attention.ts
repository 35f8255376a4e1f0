// Attention of ai.onnx (opset 23 and newer) and what belongs to it: rotary embeddings, linear attention, causal
// convolution with a state. Heads that lie side by side in the last dimension are seen as a dimension of their own.

import { ACTIVATIONS } from '../../ops/activations';
import { attention } from '../../ops/attention';
import { conv } from '../../ops/conv';
import { cat } from '../../ops/joining';
import { linearAttention } from '../../ops/linear-attention';
import { rotaryEmbedding } from '../../ops/rotary';
import type { Row } from '../binding';
import type { NodeCall } from '../node-call';
import { type Tensor, Unfollowed, type Value } from '../values';

/** [batch, steps, heads × width] as [batch, heads, steps, width]; what has four dimensions is so already. */
export function byHeads(n: NodeCall, tensor: Tensor, heads: number): Tensor {
  const { shape, dtype } = tensor.spec;
  if (shape.length === 4) return tensor;
  const [batch = 1, steps = 1, width = 0] = shape;
  if (heads < 1 || width % heads !== 0)
    throw new Unfollowed(`${n.title} splits a width of ${width} into ${heads} heads, which does not go`);
  return n.relabelled(tensor, { shape: [batch, heads, steps, width / heads], dtype });
}

/** [batch, heads, steps, width] as [batch, steps, heads × width]. */
export function sideBySide(n: NodeCall, tensor: Tensor): Tensor {
  const [batch = 1, heads = 1, steps = 1, width = 1] = tensor.spec.shape;
  return n.relabelled(tensor, { shape: [batch, steps, heads * width], dtype: tensor.spec.dtype });
}

/** A past that comes before: joined along the steps. */
export const afterPast = (n: NodeCall, past: Tensor | null, now: Tensor): Tensor =>
  past === null
    ? now
    : (n.call(cat, { tensors: [past, now], dim: 2 }, { types: [now.spec.dtype] })[0] as Tensor);

export interface AttentionParts {
  readonly query: Tensor;
  readonly key: Tensor;
  readonly value: Tensor;
  readonly mask: Tensor | null;
  readonly isCausal: boolean;
}

/** A mask that is not as long as the keys is filled up by the operator. */
function wholeMask(n: NodeCall, { query, key, mask }: AttentionParts): Tensor | null {
  const keys = key.spec.shape[2] ?? 1;
  if (mask === null || mask.spec.shape.at(-1) === keys || mask.spec.shape.at(-1) === 1) return mask;
  const shape = [query.spec.shape[2] ?? 1, keys];
  return n.relabelled(mask, { shape, dtype: mask.spec.dtype });
}

/** Calls attention over heads; the result has four dimensions. */
export function attend(n: NodeCall, parts: AttentionParts): Tensor {
  const enableGqa = parts.query.spec.shape[1] !== parts.key.spec.shape[1];
  const args = { ...parts, mask: wholeMask(n, parts), enableGqa };
  return n.call(attention, args)[0] as Tensor;
}

function attentionNode(n: NodeCall): Value[] {
  const flat = n.shape(0).length === 3;
  const query = byHeads(n, n.in(0), n.int('q_num_heads'));
  const heads = n.int('kv_num_heads');
  const key = afterPast(n, n.maybe(4), byHeads(n, n.in(1), heads));
  const value = afterPast(n, n.maybe(5), byHeads(n, n.in(2), heads));
  const out = attend(n, { query, key, value, mask: n.maybe(3), isCausal: n.int('is_causal') !== 0 });
  const [batch = 1, queryHeads = 1, steps = 1] = query.spec.shape;
  const scores = [batch, queryHeads, steps, key.spec.shape[2] ?? 1];
  return [flat ? sideBySide(n, out) : out, key, value, n.made(scores, query.spec.dtype)];
}

/** The scores go through subgraphs of the model before and after the softmax. */
function flexAttention(n: NodeCall): Value[] {
  const parts = { query: n.in(0), key: n.in(1), value: n.in(2), mask: null, isCausal: false };
  const [batch = 1, heads = 1, steps = 1] = n.shape(0);
  const scores = n.made([batch, heads, steps, n.shape(1)[2] ?? 1], n.dtype(0));
  for (const name of ['score_mod', 'prob_mod'])
    if (n.attribute(name)) n.follower.subgraph(n.graph(name), [scores]);
  return [attend(n, parts)];
}

export function rotary(n: NodeCall, positions: { readonly cos: number; readonly sin: number }): Tensor[] {
  const shape = n.shape(0);
  const heads = n.int('num_heads');
  const width = shape.at(-1) ?? 0;
  const headSize = shape.length === 4 || heads === 0 ? width : width / heads;
  const args = {
    input: n.in(0),
    cos: n.in(positions.cos),
    sin: n.in(positions.sin),
    turned: n.int('rotary_embedding_dim'),
    headSize,
  };
  return n.call(rotaryEmbedding, args);
}

function linearAttentionNode(n: NodeCall): Value[] {
  const args = {
    query: n.in(0),
    key: n.in(1),
    value: n.in(2),
    queryHeads: n.int('q_num_heads', 1),
    heads: n.int('kv_num_heads', 1),
    rule: n.text('update_rule', 'gated_delta'),
  };
  return n.call(linearAttention, args, { types: [n.dtype(0), n.maybe(3)?.spec.dtype ?? n.dtype(0)] });
}

/** A depthwise convolution over the steps of before and now; the last steps are kept for the next time. */
export function causalConvolution(n: NodeCall): Value[] {
  const [batch = 1, channels = 1, length = 1] = n.shape(0);
  const kernel = n.shape(1).at(-1) ?? 1;
  const padded = n.relabelled(n.in(0), { shape: [batch, channels, length + kernel - 1], dtype: n.dtype(0) });
  const args = {
    input: padded,
    weight: n.in(1),
    bias: n.maybe(2),
    stride: [1],
    padding: [0],
    dilation: [1],
    groups: channels,
  };
  const [out] = n.call(conv, args) as [Tensor];
  const isPlain = ['none', ''].includes(n.text('activation', 'none'));
  const [result] = isPlain ? [out] : n.call(ACTIVATIONS.silu, { input: out });
  return [result as Tensor, n.made([batch, channels, kernel - 1], n.maybe(3)?.spec.dtype ?? n.dtype(0))];
}

/** New steps are written into a cache of fixed size. */
const cacheUpdate: Row['bind'] = (n) => n.relabelled(n.in(0), { shape: n.shape(0), dtype: n.dtype(0) });

export const ATTENTION_ROWS: readonly Row[] = [
  { op: 'Attention', bind: attentionNode },
  { op: 'CausalConvWithState', bind: causalConvolution },
  { op: 'LinearAttention', bind: linearAttentionNode },
  { op: 'RotaryEmbedding', bind: (n) => rotary(n, { cos: 1, sin: 2 }) },
  { op: 'TensorScatter', bind: cacheUpdate },
];

export const PREVIEW_ROWS: readonly Row[] = [{ op: 'FlexAttention', bind: flexAttention }];
