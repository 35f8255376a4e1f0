// com.microsoft: layers that carry a state from step to step: convolutions over time, linear attention, and an LSTM that
// attends to a memory.

import { ACTIVATIONS } from '../../ops/activations';
import { conv } from '../../ops/conv';
import { ELEMENTWISE } from '../../ops/elementwise';
import { linearAttention } from '../../ops/linear-attention';
import { matmul } from '../../ops/matmul';
import { recurrent } from '../../ops/recurrent';
import { softmax } from '../../ops/softmax';
import { elementCount, type Shape } from '../../tensor/tensor';
import type { Row } from '../binding';
import type { NodeCall } from '../node-call';
import { type Tensor, Unfollowed, type Value } from '../values';

// --- convolutions over time -----------------------------------------------------------------------------------------

/** Each channel on its own, over `space` with what lies before it; gives [batch, channels, ...space]. */
function depthwise(n: NodeCall, space: Shape, batch: number, bias: Tensor | null): Tensor {
  const [channels = 1, , ...kernel] = n.shape(1);
  const dilation = kernel.map((_, i) => (i === kernel.length - 1 ? n.int('dilation', 1) : 1));
  const padded = space.map((size, i) => size + ((kernel[i] ?? 1) - 1) * (dilation[i] ?? 1));
  const input = n.relabelled(n.in(0), { shape: [batch, channels, ...padded], dtype: n.dtype(0) });
  const ones = kernel.map(() => 1);
  const plain = { stride: ones, padding: kernel.map(() => 0), dilation, groups: channels };
  const [out] = n.call(conv, { input, weight: n.in(1), bias, ...plain }) as [Tensor];
  if (['none', ''].includes(n.text('activation', 'none'))) return out;
  return n.call(ACTIVATIONS.silu, { input: out })[0] as Tensor;
}

/** Steps that the next call needs of this one. */
const reach = (n: NodeCall): number =>
  n.int('state_length') || ((n.shape(1).at(-1) ?? 1) - 1) * n.int('dilation', 1);

/** The state of a convolution: of this shape for each of the last steps, where several are kept. */
function stateOf(n: NodeCall, at: number, shape: Shape): Tensor {
  const slots = n.int('state_window');
  const given = n.maybe(at)?.spec;
  return n.made(given?.shape ?? (slots > 0 ? [slots, ...shape] : shape), given?.dtype ?? n.dtype(0));
}

/** Inputs captured for a step back, where they are asked for. */
const capture = (n: NodeCall, batch: number, channels: number): Tensor =>
  n.made([batch, n.int('state_update_capacity'), channels], n.dtype(0));

function causalConvolution(n: NodeCall): Value[] {
  const { shape, dtype } = n.in(0).spec;
  const [batch = 1, ...rest] = shape;
  const [channels = 1] = n.shape(1);
  if (n.int('channels_last') !== 0) {
    const [steps = 1, ...inner] = rest;
    const kept = n.int('input_channels') > 0 ? [channels] : inner;
    const out = depthwise(n, [steps], batch, n.maybe(2));
    const state = stateOf(n, 3, [batch, reach(n), ...kept]);
    return [n.relabelled(out, { shape: [batch, steps, ...kept], dtype }), state, capture(n, batch, channels)];
  }
  const space = rest.slice(1);
  const out = depthwise(n, space, batch, n.maybe(2));
  return [out, stateOf(n, 3, [batch, channels, ...space.slice(0, -1), reach(n)])];
}

/** Rows of sequences of any length, one behind the other. */
function packedConvolution(n: NodeCall): Value[] {
  const [tokens = 1, channels = 1] = n.shape(0);
  if (n.has(6))
    throw new Unfollowed(`${n.title} changes its kernel from token to token, which is not followed`);
  const out = depthwise(n, [tokens], 1, n.maybe(3));
  const [batch = 1] = n.shape(4);
  const rows = n.relabelled(out, { shape: [tokens, channels], dtype: n.dtype(0) });
  return [rows, n.made(n.shape(4), n.dtype(4)), capture(n, batch, channels)];
}

// --- linear attention -----------------------------------------------------------------------------------------------

function linearAttentionNode(n: NodeCall): Value[] {
  const [queryHeads, heads] = [n.int('q_num_heads', 1), n.int('kv_num_heads', 1)];
  const rule = n.text('update_rule', 'gated_delta');
  const args = { query: n.in(0), key: n.in(1), value: n.in(2), queryHeads, heads, rule };
  const type = n.maybe(3)?.spec.dtype ?? n.dtype(0);
  const [out, state] = n.call(linearAttention, args, { types: [n.dtype(0), type] }) as [Tensor, Tensor];
  const slots = n.int('state_window');
  return [out, slots > 0 ? n.made([slots, ...state.spec.shape], type) : state];
}

interface DeltaSizes {
  readonly tokens: Shape;
  readonly queryHeads: number;
  readonly heads: number;
  readonly width: number;
  readonly valueWidth: number;
}

/** Heads and widths stand in the shapes, or, where all are packed in one row, in that of the state. */
function deltaSizes(n: NodeCall): DeltaSizes {
  const shape = n.shape(0);
  if (n.has(1)) {
    const [queryHeads = 1, width = 1] = shape.slice(-2);
    const [heads = 1, valueWidth = 1] = n.shape(2).slice(-2);
    return { tokens: shape.slice(0, -2), queryHeads, heads, width, valueWidth };
  }
  const [, heads = 1, valueWidth = 1, width = 1] = n.shape(6);
  const rest = (shape.at(-1) ?? 0) - heads * valueWidth;
  return { tokens: shape.slice(0, -1), queryHeads: rest / (2 * width), heads, width, valueWidth };
}

/** Query and key heads are shared by value heads, each of which has a state of its own. */
function gatedDeltaNet(n: NodeCall): Value[] {
  const { tokens, queryHeads, heads, width, valueWidth } = deltaSizes(n);
  const [batch = n.has(3) ? (n.shape(3)[0] ?? 2) - 1 : (tokens[0] ?? 1)] = n.maybe(6)?.spec.shape ?? [];
  const dtype = n.dtype(0);
  const row = (size: number): Tensor =>
    n.relabelled(n.in(0), { shape: [1, elementCount(tokens), heads * size], dtype });
  const rule = n.text('update_rule', 'gated_delta');
  const args = { query: row(width), key: row(width), value: row(valueWidth), queryHeads: heads, heads, rule };
  const [out] = n.call(linearAttention, args, { types: [dtype] }) as [Tensor];
  const type = n.maybe(6)?.spec.dtype ?? 'float32';
  const decays = (n.maybe(4)?.spec.shape.length ?? 0) > tokens.length + 1 ? heads * width : heads;
  const step = decays + queryHeads * width + heads * valueWidth;
  const shape = [...tokens, Math.max(queryHeads, heads), valueWidth];
  return [
    n.relabelled(out, { shape, dtype }),
    n.made([batch, heads, valueWidth, width], type),
    n.made([batch, n.int('state_update_capacity') * step], type),
  ];
}

// --- an LSTM that attends -------------------------------------------------------------------------------------------

/** What the attention of one direction is made of. */
interface Memory {
  readonly batch: number;
  readonly steps: number;
  readonly hidden: number;
}

/** One direction's matrix out of those of both. */
function matrix(n: NodeCall, index: number): Tensor {
  const { shape, dtype } = n.in(index).spec;
  return n.relabelled(n.in(index), { shape: shape.slice(1), dtype });
}

/** Keys are made of the memory once; each step scores them, takes their mean, and mixes it with its output. */
function attendMemory(n: NodeCall, { batch, steps, hidden }: Memory): void {
  const dtype = n.dtype(0);
  const [, length = 1, depth = 1] = n.shape(11);
  const width = n.shape(9)[2] ?? 1;
  n.call(matmul, { input: n.in(11), other: matrix(n, 9) });
  const rows = (shape: Shape): Tensor => n.made(shape, dtype);
  const [asked] = n.call(matmul, { input: rows([steps * batch, hidden]), other: matrix(n, 8) }) as [Tensor];
  const spread = n.relabelled(asked, { shape: [steps, batch, 1, width], dtype });
  const [sum] = n.call(ELEMENTWISE.add, { input: rows([1, batch, length, width]), other: spread }) as [
    Tensor,
  ];
  const [bent] = n.call(ELEMENTWISE.tanh, { input: sum }) as [Tensor];
  const [scores] = n.call(matmul, { input: bent, other: matrix(n, 10) }) as [Tensor];
  const [shares] = n.call(softmax, { input: scores, dim: -1, dtype: null }) as [Tensor];
  const over = n.relabelled(shares, { shape: [steps, batch, 1, length], dtype });
  n.call(matmul, { input: over, other: rows([batch, length, depth]) });
  if (n.has(13)) n.call(matmul, { input: rows([steps * batch, depth + hidden]), other: matrix(n, 13) });
}

/** Each step gets, beside its input, what the step before attended to. */
function attendingLstm(n: NodeCall): Value[] {
  const [steps = 1, batch = 1] = n.shape(0);
  const [directions = 1, gates = 4, features = 1] = n.shape(1);
  const hidden = n.shape(2)[2] ?? 1;
  const dtype = n.dtype(0);
  const part = (index: number, shape: Shape): Tensor => n.relabelled(n.in(index), { shape, dtype });
  const biases = n.has(3) ? [part(3, [gates]), part(3, [gates])] : [];
  const one = [part(1, [gates, features]), part(2, [gates, hidden]), ...biases];
  const state = n.made([directions, batch, hidden], dtype);
  const args = {
    kind: 'lstm',
    input: part(0, [steps, batch, features]),
    states: [state, state],
    weights: Array.from({ length: directions }, () => one).flat(),
    layers: 1,
    bidirectional: directions === 2,
    batchFirst: false,
    packed: false,
  };
  const [out, ...last] = n.call(recurrent, args) as [Tensor, ...Tensor[]];
  for (let i = 0; i < directions; i++) attendMemory(n, { batch, steps, hidden });
  return [n.relabelled(out, { shape: [steps, directions, batch, hidden], dtype }), ...last];
}

export const MICROSOFT_STATE_ROWS: readonly Row[] = [
  { op: 'AttnLSTM', bind: attendingLstm },
  { op: 'CausalConvWithState', bind: causalConvolution },
  { op: 'GatedDeltaNet', bind: gatedDeltaNet },
  { op: 'LinearAttention', bind: linearAttentionNode },
  { op: 'VarlenCausalConvWithState', bind: packedConvolution },
];
