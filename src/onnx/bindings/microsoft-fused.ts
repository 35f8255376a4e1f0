// com.microsoft: what is fused for GPUs and for training, and small operators that stand for those of other frameworks.

import { ACTIVATIONS } from '../../ops/activations';
import { ELEMENTWISE } from '../../ops/elementwise';
import { fft } from '../../ops/fft';
import { embedding } from '../../ops/gathering';
import { interpolate } from '../../ops/interpolation';
import { linear, matmul } from '../../ops/matmul';
import { groupNorm, layerNorm, rmsNorm } from '../../ops/normalization';
import type { Op } from '../../ops/operator';
import { REDUCTION } from '../../ops/reductions';
import { unfold } from '../../ops/views';
import { broadcastShapes } from '../../tensor/broadcast';
import { complexOf } from '../../tensor/promotion';
import { elementCount, type Shape } from '../../tensor/tensor';
import { axisOf, type Bindings, type Row, rowFor } from '../binding';
import type { NodeCall } from '../node-call';
import { type Tensor, Unfollowed, type Value } from '../values';
import { rotary } from './attention';
import { convolve, gemm, quantised } from './contractions';
import { typeAttribute } from './elementwise';
import { activated, add } from './microsoft';

const one = (n: NodeCall, op: Op, args: Parameters<NodeCall['call']>[1]): Tensor =>
  n.call(op, args)[0] as Tensor;

const mul = (n: NodeCall, input: Tensor, other: Tensor): Tensor => one(n, ELEMENTWISE.mul, { input, other });

// --- element by element ---------------------------------------------------------------------------------------------

/** In inference, dropout passes on what it gets; its mask has an element, or a bit of a word, for each. */
function biasDropout(n: NodeCall, mask: 'bool' | 'uint32'): Value[] {
  refuseTraining(n, 4);
  return [add(n, add(n, n.in(0), n.in(1)), n.maybe(2)), maskOf(n, mask)];
}

function bitmaskDropout(n: NodeCall): Value[] {
  refuseTraining(n, 2);
  return [n.in(0), maskOf(n, 'uint32')];
}

function maskOf(n: NodeCall, type: 'bool' | 'uint32'): Tensor {
  const shape = n.shape(0);
  return type === 'bool' ? n.made(shape, type) : n.made([Math.ceil(elementCount(shape) / 32)], type);
}

function refuseTraining(n: NodeCall, index: number): void {
  const mode = n.maybe(index)?.spec.contents;
  if (n.has(index) && mode?.[0] !== 0)
    throw new Unfollowed(`${n.title} drops out elements in training, or may; that is not followed`);
}

/** The left half of what comes out times the activation of the right half. */
function biasSplitGelu(n: NodeCall): Tensor {
  const sum = add(n, n.in(0), n.in(1));
  const { shape, dtype } = sum.spec;
  const half = (tensor: Tensor): Tensor =>
    n.relabelled(tensor, { shape: [...shape.slice(0, -1), (shape.at(-1) ?? 0) / 2], dtype });
  const right = one(n, ACTIVATIONS.gelu, { input: half(sum) });
  return mul(n, half(sum), right);
}

/** A product of complex numbers, real and imaginary part side by side: 3 FPO for each part. */
function complexProduct(n: NodeCall): Tensor {
  const [a, b] = [mul(n, n.in(0), n.in(1)), mul(n, n.in(0), n.in(1))];
  return add(n, a, b);
}

function gatedSum(n: NodeCall): Tensor {
  if (n.has(3)) throw new Unfollowed(`${n.title} weighs its gate, which is not followed`);
  return add(n, n.in(0), mul(n, n.in(1), n.in(2)));
}

function linearAttentionGate(n: NodeCall): Value[] {
  const soft = one(n, ACTIVATIONS.softplus, { input: add(n, n.in(0), n.in(1)) });
  const decay = mul(n, soft, n.in(2));
  return n.has(3) ? [decay, one(n, ACTIVATIONS.sigmoid, { input: n.in(3) })] : [decay];
}

/** q · cos + turned q · sin, and the same for k. */
function gemmaRotary(n: NodeCall): Tensor[] {
  const input = n.in(0);
  const waves = [one(n, ELEMENTWISE.cos, { input }), one(n, ELEMENTWISE.sin, { input })] as const;
  const turned = (at: number): Tensor => {
    const over = (wave: Tensor): Tensor => {
      const { shape, dtype } = wave.spec;
      return n.relabelled(wave, {
        shape: [shape[0] ?? 1, 1, ...shape.slice(1)],
        dtype: n.dtype(at) ?? dtype,
      });
    };
    return add(n, mul(n, n.in(at), over(waves[0])), mul(n, n.in(at + 1), over(waves[1])));
  };
  return [turned(1), turned(3)];
}

// --- normalisation --------------------------------------------------------------------------------------------------

/** Rows are normalised in pieces as long as the scale. */
function gatedRmsNorm(n: NodeCall): Tensor {
  const { shape, dtype } = n.in(0).spec;
  const size = n.shape(1)[0] ?? 1;
  const pieces = [...shape.slice(0, -1), (shape.at(-1) ?? size) / size, size];
  const input = n.relabelled(n.in(0), { shape: pieces, dtype });
  const normal = one(n, rmsNorm, { input, normalizedShape: [size], weight: n.in(1) });
  const gate = n.text('activation', 'silu') === 'sigmoid' ? ACTIVATIONS.sigmoid : ACTIVATIONS.silu;
  return mul(n, n.relabelled(normal, { shape, dtype }), one(n, gate, { input: n.in(2) }));
}

function skipGroupNorm(n: NodeCall): Value[] {
  const { shape, dtype } = n.in(0).spec;
  const skip = n.relabelled(n.in(3), { shape: n.shape(3), dtype });
  const sum = add(n, add(n, n.in(0), skip), n.maybe(4));
  const last = n.int('channels_last', 1) !== 0;
  const first = [shape[0] ?? 1, shape.at(-1) ?? 1, ...shape.slice(1, -1)];
  const input = last ? n.relabelled(sum, { shape: first, dtype }) : sum;
  const out = one(n, groupNorm, { input, groups: n.int('groups', 1), weight: n.in(1), bias: n.in(2) });
  const result = n.relabelled(out, { shape, dtype });
  return [n.int('activation') === 0 ? result : one(n, ACTIVATIONS.silu, { input: result }), sum];
}

/** Embeddings stored as integers; each is turned into floats as it is looked up. */
function quantizedEmbedding(n: NodeCall): Value[] {
  const [batch = 1, steps = 1] = n.shape(0);
  const words = (table: number, indices: Tensor): Tensor =>
    n.call(embedding, { weight: n.in(table), indices }, quantised('float32'))[0] as Tensor;
  const places = n.relabelled(n.in(3), { shape: [steps, n.shape(3)[1] ?? 1], dtype: 'float32' });
  let sum = add(n, words(2, n.in(0)), places);
  if (n.has(1) && n.has(4)) sum = add(n, sum, words(4, n.in(1)));
  const args = { input: sum, normalizedShape: sum.spec.shape.slice(-1), weight: n.in(5), bias: n.in(6) };
  return [...n.call(layerNorm, args, quantised('float32')), n.made([batch], 'int32')];
}

// --- products -------------------------------------------------------------------------------------------------------

function gemmFloat8(n: NodeCall): Tensor {
  const [out] = gemm(n, [n.in(0), n.in(1), n.maybe(2)], [typeAttribute(n, 'dtype', 'float32')]) as [Tensor];
  return activated(n, out);
}

/** A weight of a few bits for each of the rows and columns that an input or attributes name. */
function packedProduct(n: NodeCall): Tensor[] {
  const [rows = 0, columns = 0] = n.numbers(2);
  const other = n.relabelled(n.in(1), { shape: [rows, columns], dtype: n.dtype(0) });
  return n.call(matmul, { input: n.in(0), other });
}

/** Products that share their input, which may be normalised, and added to, first. */
function sharedInput(n: NodeCall): { readonly input: Tensor; readonly sum: Tensor } {
  const sum = add(n, n.in(0), n.maybe(1));
  if (!n.has(2)) return { input: sum, sum };
  const args = { input: sum, normalizedShape: sum.spec.shape.slice(-1), weight: n.in(2) };
  return { input: one(n, rmsNorm, args), sum };
}

function packed(n: NodeCall, input: Tensor, weight: number, rows: number): Tensor {
  const unpacked = n.relabelled(n.in(weight), { shape: [rows, n.int('K')], dtype: n.dtype(0) });
  return one(n, linear, { input, weight: unpacked, bias: n.maybe(weight + 2) });
}

function packedMlp(n: NodeCall): Value[] {
  const { input, sum } = sharedInput(n);
  const gate = activated(n, packed(n, input, 3, n.int('N')));
  return [mul(n, gate, packed(n, input, 6, n.int('N'))), sum];
}

function packedProjections(n: NodeCall): Value[] {
  const { input, sum } = sharedInput(n);
  const [query, others] = [n.int('Nq'), n.int('Nkv')];
  return [packed(n, input, 3, query), packed(n, input, 6, others), packed(n, input, 9, others), sum];
}

/** Images with channels last. The weight's layout depends on the device, so its window has to be said. */
function convolutionLast(n: NodeCall): Tensor {
  const { shape, dtype } = n.in(0).spec;
  const kernel = n.ints('kernel_shape');
  if (kernel === null) throw new Unfollowed(`${n.title} does not say how large its window is`);
  const input = n.relabelled(n.in(0), { shape: channelsFirst(shape), dtype });
  const [out = 1] = n.shape(1);
  const inner = (shape.at(-1) ?? 1) / n.int('group', 1);
  const weight = n.relabelled(n.in(1), { shape: [out, inner, ...kernel], dtype: n.dtype(1) });
  const [made] = convolve(n, [input, weight, n.maybe(2)]) as [Tensor];
  const back = n.relabelled(made, { shape: channelsLast(made.spec.shape), dtype });
  return activated(n, add(n, back, n.maybe(3)));
}

const channelsFirst = (shape: Shape): Shape => [shape[0] ?? 1, shape.at(-1) ?? 1, ...shape.slice(1, -1)];
const channelsLast = (shape: Shape): Shape => [shape[0] ?? 1, ...shape.slice(2), shape[1] ?? 1];

/** A transposed convolution whose padding is an input. */
const dynamicPads =
  (bind: Row['bind']): Row['bind'] =>
  (n) => {
    const values = n.numbers(2);
    const inputs = [n.inputs[0] ?? null, n.inputs[1] ?? null, n.inputs[3] ?? null];
    return bind(n.with(inputs, [['pads', { kind: 'ints', values, count: values.length }]]));
  };

/** One crop for each region, all of one size. */
function crops(n: NodeCall): Tensor[] {
  const [, channels = 1, ...space] = n.shape(0);
  const [regions = 0] = n.shape(1);
  const input = n.relabelled(n.in(0), { shape: [regions, channels, ...space], dtype: n.dtype(0) });
  const mode = n.text('mode', 'bilinear') === 'nearest' ? 'nearest' : 'bilinear';
  return n.call(interpolate, { input, size: [...n.numbers(3)], mode });
}

/** Transforms along the last dimension; the parts of a complex number lie in one more behind it. */
function transform(n: NodeCall, kind: 'real' | 'inverse'): Tensor {
  const { shape, dtype } = n.in(0).spec;
  if (n.int('signal_ndim', 1) !== 1 || n.int('onesided', 1) === 0)
    throw new Unfollowed(`${n.title} transforms several dimensions, or both sides, which is not followed`);
  const signal =
    kind === 'real' ? n.in(0) : n.relabelled(n.in(0), { shape: shape.slice(0, -1), dtype: complexOf(dtype) });
  const out = one(n, fft, { kind, input: signal, dims: [-1], sizes: [null] });
  const pair = kind === 'real' ? [2] : [];
  return n.relabelled(out, { shape: [...out.spec.shape, ...pair], dtype });
}

// --- shapes ---------------------------------------------------------------------------------------------------------

function unfolded(n: NodeCall): Tensor {
  const dim = axisOf(n.int('dim', -1), n.shape(0).length);
  const out = one(n, unfold, { input: n.in(0), dim, size: n.int('size', 1), step: n.int('step', 1) });
  return n.made(out.spec.shape, n.dtype(0));
}

/** One plane for each head; the table is only looked up. */
function relativePositions(n: NodeCall): Tensor {
  const [, heads = 1] = n.shape(0);
  const [[rows = 0], [columns = 0]] = [n.numbers(1), n.numbers(2)];
  return n.made([1, heads, rows, columns], n.dtype(0));
}

function restored(n: NodeCall): Tensor {
  return n.made([...n.shape(1), n.shape(0).at(-1) ?? 1], n.dtype(0));
}

/** How much of the input is padding is in its data; none of it is assumed to be. */
function packedTokens(n: NodeCall): Value[] {
  const [batch = 1, steps = 1, width = 1] = n.shape(0);
  n.assumption(
    'tokens',
    batch * steps,
    'how many tokens are no padding depends on the data; all are assumed',
  );
  return [
    n.made([batch * steps, width], n.dtype(0)),
    n.made([batch, steps], 'int32'),
    n.made([batch + 1], 'int32'),
    n.made([1], 'int32'),
  ];
}

function integerSum(n: NodeCall): Tensor[] {
  const rank = n.shape(0).length;
  const dims = n.ints('axes')?.map((axis) => axisOf(axis, rank)) ?? null;
  const args = { input: n.in(0), dims, keepdim: n.int('keepdims', 1) !== 0, dtype: null };
  return n.call(REDUCTION.sum as Op, args, quantised('int32'));
}

function integerProduct(n: NodeCall): Tensor[] {
  if (broadcastShapes([n.shape(0), n.shape(2)]) === null)
    throw new Unfollowed(`${n.title} multiplies shapes that do not fit`);
  return n.call(ELEMENTWISE.mul, { input: n.in(0), other: n.in(2) }, quantised('int32'));
}

/** Rows of com.microsoft; `standard` are the bindings of ai.onnx. */
export function fusedRows(standard: Bindings): readonly Row[] {
  const like = (op: string): Row['bind'] => {
    const row = rowFor(standard, op, Number.MAX_SAFE_INTEGER);
    return (n) => row?.bind(n) ?? [];
  };
  const same: Row['bind'] = (n) => n.made(n.shape(0), n.dtype(0));
  return [
    { op: 'BiasDropout', bind: (n) => biasDropout(n, 'bool') },
    { op: 'BiasSplitGelu', bind: biasSplitGelu },
    { op: 'BitmaskBiasDropout', bind: (n) => biasDropout(n, 'uint32') },
    { op: 'BitmaskDropout', bind: bitmaskDropout },
    { op: 'ComplexMul', bind: complexProduct },
    { op: 'ComplexMulConj', bind: complexProduct },
    { op: 'ConvTransposeWithDynamicPads', bind: dynamicPads(like('ConvTranspose')) },
    { op: 'CropAndResize', bind: crops },
    { op: 'GatedAdd', bind: gatedSum },
    { op: 'GatedRMSNorm', bind: gatedRmsNorm },
    {
      op: 'GemmFastGelu',
      bind: (n) => {
        const input = add(n, one(n, matmul, { input: n.in(0), other: n.in(1) }), n.maybe(2));
        return n.call(ACTIVATIONS.gelu_tanh, { input });
      },
    },
    { op: 'GemmFloat8', bind: gemmFloat8 },
    { op: 'GemmaRotaryEmbedding', bind: gemmaRotary },
    { op: 'Irfft', bind: (n) => transform(n, 'inverse') },
    { op: 'IsAllFinite', bind: (n) => n.made([], 'bool') },
    { op: 'LinearAttentionGate', bind: linearAttentionGate },
    { op: 'MRotaryEmbedding', bind: (n) => rotary(n, { cos: 2, sin: 3 }) },
    { op: 'MatMulFpQ4', bind: packedProduct },
    { op: 'MatMulNBitsMlp', bind: packedMlp },
    { op: 'MatMulNBitsQkv', bind: packedProjections },
    { op: 'MaxpoolWithMask', bind: like('MaxPool') },
    { op: 'MulInteger', bind: integerProduct },
    { op: 'MurmurHash3', bind: (n) => n.made(n.shape(0), n.int('positive', 1) === 0 ? 'int32' : 'uint32') },
    { op: 'NGramRepeatBlock', bind: (n) => n.made(n.shape(1), n.dtype(1)) },
    { op: 'NhwcConv', bind: convolutionLast },
    { op: 'NhwcFusedConv', bind: convolutionLast },
    { op: 'QEmbedLayerNormalization', bind: quantizedEmbedding },
    { op: 'QOrderedGelu', bind: (n) => n.call(ACTIVATIONS.gelu, { input: n.in(0) }, quantised('int8')) },
    {
      op: 'QOrderedLayerNormalization',
      bind: (n) => {
        const args = { normalizedShape: n.shape(0).slice(-1), weight: n.in(2), bias: n.maybe(3) };
        return n.call(layerNorm, { input: n.in(0), ...args }, quantised('int8'));
      },
    },
    {
      op: 'QOrderedMatMul',
      bind: (n) => n.call(matmul, { input: n.in(0), other: n.in(2) }, quantised('int8')),
    },
    { op: 'ReduceSumInteger', bind: integerSum },
    { op: 'RelativePositionBias', bind: relativePositions },
    { op: 'RemovePadding', bind: packedTokens },
    { op: 'RestorePadding', bind: restored },
    { op: 'Rfft', bind: (n) => transform(n, 'real') },
    { op: 'SampleOp', bind: same },
    { op: 'SkipGroupNorm', bind: skipGroupNorm },
    {
      op: 'TorchEmbedding',
      bind: (n) => n.call(embedding, { weight: n.in(0), indices: n.in(1) }),
    },
    { op: 'UnfoldTensor', bind: unfolded },
  ];
}
