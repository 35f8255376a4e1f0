// com.microsoft: parts of language and speech models that stand in one node: embeddings of characters and n-grams, gates,
// relative positions, streams of a residual that are mixed, the alignment of two sequences.

import { ACTIVATIONS } from '../../ops/activations';
import { conv } from '../../ops/conv';
import { ELEMENTWISE } from '../../ops/elementwise';
import { embedding } from '../../ops/gathering';
import { linear, matmul } from '../../ops/matmul';
import { rmsNorm } from '../../ops/normalization';
import type { Op } from '../../ops/operator';
import { REDUCTION } from '../../ops/reductions';
import { dynamicTimeWarping } from '../../ops/scans';
import { elementCount, type Shape } from '../../tensor/tensor';
import type { Row } from '../binding';
import type { NodeCall } from '../node-call';
import { type Tensor, Unfollowed, type Value } from '../values';
import { rotary } from './attention';

const one = (n: NodeCall, op: Op, args: Parameters<NodeCall['call']>[1]): Tensor =>
  n.call(op, args)[0] as Tensor;

const mul = (n: NodeCall, input: Tensor, other: Tensor): Tensor => one(n, ELEMENTWISE.mul, { input, other });
const add = (n: NodeCall, input: Tensor, other: Tensor): Tensor => one(n, ELEMENTWISE.add, { input, other });

const seen = (n: NodeCall, tensor: Tensor, shape: Shape): Tensor =>
  n.relabelled(tensor, { shape, dtype: tensor.spec.dtype });

/** Normalised over the last dimension; a scale of several rows is seen as one of them. */
function normalized(n: NodeCall, input: Tensor, scale: Tensor | null): Tensor {
  const normalizedShape = input.spec.shape.slice(-1);
  return one(n, rmsNorm, { input, normalizedShape, weight: scale && seen(n, scale, normalizedShape) });
}

function summed(n: NodeCall, input: Tensor, dim: number): Tensor {
  const args = { input, dims: [dim], keepdim: true, dtype: null };
  return one(n, REDUCTION.sum as Op, args);
}

// --- embeddings -----------------------------------------------------------------------------------------------------

/** Characters of a word, looked up, convolved, and the largest of each feature. */
function wordConvolution(n: NodeCall): Tensor {
  const [words = 1, letters = 1] = n.shape(0);
  const [features = 1, , window = 1, width = 1] = n.shape(1);
  const rows = seen(n, n.in(0), [words, letters]);
  const characters = one(n, embedding, { weight: n.in(3), indices: rows });
  const input = seen(n, characters, [words, 1, letters, width]);
  const plain = { stride: [1, 1], padding: [0, 0], dilation: [1, 1], groups: 1 };
  const weight = seen(n, n.in(1), [features, 1, window, width]);
  const made = one(n, conv, { input, weight, bias: n.in(2), ...plain });
  const bent = one(n, ELEMENTWISE.tanh, { input: made });
  const args = { input: bent, dims: [2], keepdim: false, dtype: null };
  return seen(n, one(n, REDUCTION.amax as Op, args), [words, features]);
}

/** A number for each head of each n-gram; integers alone. */
function ngramHashes(n: NodeCall): Value[] {
  const [batch = 1, steps = 1] = n.shape(0);
  const grams = n.int('max_ngram_size', 2) - 1;
  const heads = grams * n.int('n_head_per_ngram', 1);
  return [n.made([batch, steps, heads], n.dtype(0)), n.made([batch, grams], n.dtype(0))];
}

// --- gates ----------------------------------------------------------------------------------------------------------

/** How well a normalised key fits the normalised query gates a value that all streams share. */
function engramGate(n: NodeCall): Value[] {
  const key = normalized(n, n.in(0), n.in(3));
  const query = normalized(n, n.in(1), n.in(4));
  const fit = summed(n, mul(n, key, query), -1);
  const root = one(n, ELEMENTWISE.sqrt, { input: one(n, ELEMENTWISE.abs, { input: fit }) });
  const gate = one(n, ACTIVATIONS.sigmoid, { input: root });
  const [batch = 1, steps = 1, , width = 1] = n.shape(0);
  const gated = mul(n, gate, seen(n, n.in(2), [batch, steps, 1, width]));
  return n.wants(1) ? [gated, normalized(n, gated, n.maybe(5))] : [gated];
}

/** Two gates out of each query, and the bias of relative positions times both. */
function gatedPositions(n: NodeCall): Tensor {
  const heads = n.int('num_heads', 1);
  const [batch = 1, steps = 1] = n.has(6) ? n.shape(6) : n.shape(0);
  const [width = 1, outer = 2] = n.shape(3);
  const biased = add(n, n.in(0), n.in(1));
  const input = seen(n, biased, [elementCount(n.shape(0)) / width, width]);
  const weight = seen(n, n.in(3), [outer, width]);
  const projected = one(n, linear, { input, weight, bias: n.in(4) });
  const halves = summed(n, seen(n, projected, [input.spec.shape[0] ?? 1, 2, outer / 2]), -1);
  const gates = one(n, ACTIVATIONS.sigmoid, { input: halves });
  const [u, r] = [seen(n, gates, [batch, heads, steps, 1]), seen(n, gates, [batch, heads, steps, 1])];
  // u · (r · a - 1) + 2
  const turned = add(n, mul(n, u, add(n, mul(n, r, n.in(5)), u)), u);
  return mul(n, turned, n.in(2));
}

function scaledSilu(n: NodeCall): Tensor {
  const scaled = mul(n, n.in(0), seen(n, n.in(0), []));
  return one(n, ACTIVATIONS.silu, { input: scaled });
}

/** Both halves lie in one tensor where there is no second one. */
function swiglu(n: NodeCall): Tensor {
  const { shape } = n.in(0).spec;
  const half = n.has(1) ? shape : [...shape.slice(0, -1), (shape.at(-1) ?? 0) / 2];
  return gatedUnit(n, seen(n, n.in(0), half), seen(n, n.maybe(1) ?? n.in(0), half));
}

const gatedUnit = (n: NodeCall, gate: Tensor, up: Tensor): Tensor =>
  mul(n, one(n, ACTIVATIONS.silu, { input: gate }), up);

/** Router and gated projection of a shared expert by one product. */
function routerAndGate(n: NodeCall): Value[] {
  const router = n.int('router_size');
  const both = one(n, matmul, { input: n.in(0), other: n.in(1) });
  const { shape } = both.spec;
  const inner = ((shape.at(-1) ?? 0) - router) / 2;
  const part = (size: number): Tensor => seen(n, both, [...shape.slice(0, -1), size]);
  return [part(router), gatedUnit(n, part(inner), part(inner))];
}

// --- streams of a residual ------------------------------------------------------------------------------------------

/** [..., streams, width], however the streams lie. */
function streamsOf(n: NodeCall): Tensor {
  const { shape } = n.in(0).spec;
  const streams = n.int('num_branches');
  if (streams === 0) return n.in(0);
  return seen(n, n.in(0), [...shape.slice(0, -1), streams, (shape.at(-1) ?? 0) / streams]);
}

function branchwiseNorm(n: NodeCall): Tensor {
  return seen(n, normalized(n, streamsOf(n), n.maybe(1)), n.shape(0));
}

/** One gate for each stream, or one for each of its features. */
function gatesOf(n: NodeCall, index: number, streams: Tensor): Tensor {
  const shape = streams.spec.shape;
  const perFeature = elementCount(n.shape(index)) === elementCount(shape);
  return seen(n, n.in(index), perFeature ? shape : [...shape.slice(0, -1), 1]);
}

/** Streams, weighed, are added up. */
function preMix(n: NodeCall): Tensor {
  const streams = streamsOf(n);
  const sum = summed(n, mul(n, streams, gatesOf(n, 1, streams)), -2);
  const shape = streams.spec.shape;
  return seen(n, sum, [...shape.slice(0, -2), shape.at(-1) ?? 1]);
}

/** Streams are mixed with each other, and what a block gave is added to each. */
function postMix(n: NodeCall): Tensor {
  const streams = streamsOf(n);
  const shape = streams.spec.shape;
  const mixed = n.has(3) ? one(n, matmul, { input: n.in(3), other: streams }) : streams;
  const block = seen(n, n.in(1), [...shape.slice(0, -2), 1, shape.at(-1) ?? 1]);
  return seen(n, add(n, mixed, mul(n, gatesOf(n, 2, streams), block)), n.shape(0));
}

/** Streams, normalised, are gated by a network of low rank and added up; a second product gates what comes back. */
function lowRankMix(n: NodeCall): Value[] {
  const { shape } = n.in(0).spec;
  let streams = streamsOf(n);
  const grouped = streams.spec.shape;
  if (n.has(5)) {
    const block = seen(n, n.in(5), [...grouped.slice(0, -2), 1, grouped.at(-1) ?? 1]);
    streams = add(n, streams, mul(n, seen(n, n.in(6), [...grouped.slice(0, -1), 1]), block));
  }
  const flat = seen(n, normalized(n, streams, n.in(1)), shape);
  const down = one(n, ACTIVATIONS.silu, { input: one(n, matmul, { input: flat, other: n.in(2) }) });
  const gate = one(n, ACTIVATIONS.sigmoid, { input: one(n, matmul, { input: down, other: n.in(3) }) });
  const sum = summed(n, seen(n, mul(n, flat, gate), grouped), -2);
  const post = one(n, ACTIVATIONS.sigmoid, { input: one(n, matmul, { input: flat, other: n.in(4) }) });
  return [seen(n, sum, [...grouped.slice(0, -2), grouped.at(-1) ?? 1]), post, seen(n, streams, shape)];
}

/** A slice of each head, normalised and turned. */
function normalizedRotary(n: NodeCall): Value[] {
  const [batch = 1, steps = 1, heads = 1, stride = 1] = n.shape(0);
  const width = n.int('input_width') || stride;
  const cut = seen(n, n.in(0), [batch, steps, heads, width]);
  const normal = normalized(n, cut, n.in(1));
  const [turned] = rotary(n.with([normal, n.inputs[3] ?? null, n.inputs[4] ?? null]), { cos: 1, sin: 2 }) as [
    Tensor,
  ];
  const rows = n.int('flatten_batch') !== 0 ? [1, batch * steps] : [batch, steps];
  const dtype = n.int('output_fp16') !== 0 ? 'float16' : 'bfloat16';
  return [
    n.relabelled(turned, { shape: [...rows, heads * width], dtype }),
    n.made([batch, steps, heads, width], 'float32'),
  ];
}

// --- alignment ------------------------------------------------------------------------------------------------------

/** The cheapest path through a matrix of costs; how long it is depends on them. */
function timeWarping(n: NodeCall): Tensor[] {
  const [rows = 1, columns = 1] = n.shape(0).slice(-2);
  const input = seen(n, n.in(0), [rows, columns]);
  return n.call(dynamicTimeWarping, { input });
}

/** A state is written into the memory it came in. */
const writtenInto =
  (index: number): Row['bind'] =>
  (n) =>
    n.relabelled(n.in(index), {
      shape: n.shape(index),
      dtype: n.dtype(index),
    });

const opaque: Row['bind'] = (n) => {
  throw new Unfollowed(
    `${n.title} holds what was compiled for a device; what it computes cannot be told from the file`,
  );
};

export const MICROSOFT_LANGUAGE_ROWS: readonly Row[] = [
  { op: 'BranchwiseRMSNorm', bind: branchwiseNorm },
  { op: 'ConvStateReplay', bind: writtenInto(2) },
  { op: 'DynamicTimeWarping', bind: timeWarping },
  { op: 'EPContext', bind: opaque },
  { op: 'EngramGate', bind: engramGate },
  { op: 'GatedRelativePositionBias', bind: gatedPositions },
  { op: 'HyperConnectionLowRankMix', bind: lowRankMix },
  { op: 'HyperConnectionPostMix', bind: postMix },
  { op: 'HyperConnectionPreMix', bind: preMix },
  { op: 'NGramHashMapping', bind: ngramHashes },
  { op: 'RMSNormRotary', bind: normalizedRotary },
  { op: 'RouterGateUpProj', bind: routerAndGate },
  { op: 'ScaledSiLU', bind: scaledSilu },
  { op: 'Snpe', bind: opaque },
  { op: 'SwiGLU', bind: swiglu },
  { op: 'WordConvEmbedding', bind: wordConvolution },
];
