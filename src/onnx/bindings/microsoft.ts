// com.microsoft: operators that ONNX Runtime's optimizer fuses, and those of its exporters for transformers. A fused
// operator is bound to what it was fused from, so that it costs the same before and after.

import { ACTIVATIONS } from '../../ops/activations';
import { ELEMENTWISE } from '../../ops/elementwise';
import { embedding } from '../../ops/gathering';
import { cdist, inverse } from '../../ops/linalg';
import { linear, matmul } from '../../ops/matmul';
import { groupNorm, layerNorm, rmsNorm } from '../../ops/normalization';
import type { Op } from '../../ops/operator';
import { REDUCTION } from '../../ops/reductions';
import { softmax } from '../../ops/softmax';
import { unique } from '../../ops/sorting';
import { elementCount } from '../../tensor/tensor';
import { axisOf, type Bindings, type Row, rowFor, unary } from '../binding';
import type { NodeCall } from '../node-call';
import { type Tensor, Unfollowed, type Value } from '../values';
import { gemm, transposed } from './contractions';
import { normalizedOver, rmsNormalization } from './reductions';
import { rangeNode, reshaped } from './shapes';

/** Operators that fused nodes name as what comes after them. */
const ACTIVATION: Readonly<Record<string, Op>> = {
  Clip: ACTIVATIONS.hardtanh,
  Elu: ACTIVATIONS.elu,
  Gelu: ACTIVATIONS.gelu,
  HardSigmoid: ACTIVATIONS.hardsigmoid,
  HardSwish: ACTIVATIONS.hardswish,
  LeakyRelu: ACTIVATIONS.leaky_relu,
  Mish: ACTIVATIONS.mish,
  QuickGelu: ACTIVATIONS.silu,
  Relu: ACTIVATIONS.relu,
  Sigmoid: ACTIVATIONS.sigmoid,
  Softplus: ACTIVATIONS.softplus,
  Tanh: ELEMENTWISE.tanh,
};

/** What an attribute names is applied to the result. */
export function activated(n: NodeCall, result: Tensor, attribute = 'activation'): Tensor {
  const name = n.text(attribute);
  if (name === '') return result;
  const op = ACTIVATION[name];
  if (!op) throw new Unfollowed(`${n.title} is fused with \`${name}\`, which is not known here`);
  return n.call(op, { input: result }, { types: [result.spec.dtype] })[0] as Tensor;
}

export const add = (n: NodeCall, input: Tensor, other: Tensor | null): Tensor =>
  other === null
    ? input
    : (n.call(ELEMENTWISE.add, { input, other }, { types: [input.spec.dtype] })[0] as Tensor);

/** A function of the first input and a bias. */
const biased =
  (op: Op): Row['bind'] =>
  (n) =>
    n.call(op, { input: add(n, n.in(0), n.maybe(1)) });

function biasSoftmax(n: NodeCall): Tensor[] {
  const dim = axisOf(n.int('axis', 1), n.shape(0).length);
  return n.call(softmax, { input: add(n, n.in(0), n.in(1)), dim, dtype: null });
}

/** transBatch: the rows stand before the batch; trans: the last two dimensions are exchanged. */
function operandOf(n: NodeCall, index: number, side: 'A' | 'B'): Tensor {
  const { shape, dtype } = n.in(index).spec;
  const [rows = 1, ...batch] = shape.slice(0, -1);
  const moved =
    n.int(`transBatch${side}`) !== 0
      ? n.relabelled(n.in(index), { shape: [...batch, rows, shape.at(-1) ?? 1], dtype })
      : n.in(index);
  return n.int(`trans${side}`) !== 0 && shape.length > 1 ? transposed(n, moved) : moved;
}

function fusedMatmul(n: NodeCall): Tensor {
  const args = { input: operandOf(n, 0, 'A'), other: operandOf(n, 1, 'B') };
  return activated(n, n.call(matmul, args)[0] as Tensor);
}

const fusedGemm: Row['bind'] = (n) => {
  const [out] = gemm(n, [n.in(0), n.in(1), n.maybe(2)]) as [Tensor];
  return activated(n, out);
};

/** A convolution of ai.onnx with a sum and an activation behind it. */
export const fusedConv =
  (standard: Bindings): Row['bind'] =>
  (n) => {
    const row = rowFor(standard, 'Conv', Number.MAX_SAFE_INTEGER);
    const result = row?.bind(n.with(n.inputs.slice(0, 3)));
    const out = (Array.isArray(result) ? result[0] : result) as Tensor;
    return activated(n, add(n, out, n.maybe(3)));
  };

// --- normalisation --------------------------------------------------------------------------------------------------

/** Statistics stand in outputs 1 and 2, the sum before the normalisation in 3. */
function skipped(n: NodeCall, normalise: (sum: Tensor) => Tensor[], bias: Tensor | null): Value[] {
  const sum = add(n, add(n, n.in(0), n.in(1)), bias);
  const rows = [...n.shape(0).slice(0, -1), 1];
  return [...normalise(sum), n.made(rows, 'float32'), n.made(rows, 'float32'), sum];
}

const lastOf = (tensor: Tensor): number[] => tensor.spec.shape.slice(-1);

const skipLayerNorm: Row['bind'] = (n) =>
  skipped(
    n,
    (input) =>
      n.call(layerNorm, { input, normalizedShape: lastOf(input), weight: n.in(2), bias: n.maybe(3) }),
    n.maybe(4),
  );

const skipRmsNorm: Row['bind'] = (n) =>
  skipped(
    n,
    (input) => n.call(rmsNorm, { input, normalizedShape: lastOf(input), weight: n.in(2) }),
    n.maybe(3),
  );

/** Sums of embeddings of words, places and segments, normalised. */
function embedLayerNorm(n: NodeCall): Value[] {
  const [batch = 1, steps = 1] = n.shape(0);
  const [words] = n.call(embedding, { weight: n.in(2), indices: n.in(0) }) as [Tensor];
  const places = n.relabelled(n.in(3), { shape: [steps, n.shape(3)[1] ?? 1], dtype: n.dtype(3) });
  let sum = add(n, words, places);
  if (n.has(1) && n.has(4)) {
    const [segments] = n.call(embedding, { weight: n.in(4), indices: n.in(1) }) as [Tensor];
    sum = add(n, sum, segments);
  }
  const args = { input: sum, normalizedShape: lastOf(sum), weight: n.in(5), bias: n.in(6) };
  return [...n.call(layerNorm, args), n.made([batch], 'int32'), sum];
}

/** Images with channels last, or first where the node says so. */
function groupNormalization(n: NodeCall): Tensor {
  const shape = n.shape(0);
  const last = n.int('channels_last', 1) !== 0;
  const first = [shape[0] ?? 1, shape.at(-1) ?? 1, ...shape.slice(1, -1)];
  const input = last ? n.relabelled(n.in(0), { shape: first, dtype: n.dtype(0) }) : n.in(0);
  const [out] = n.call(groupNorm, { input, groups: n.int('groups', 1), weight: n.in(1), bias: n.in(2) }) as [
    Tensor,
  ];
  const result = n.relabelled(out, { shape, dtype: n.dtype(0) });
  return n.int('activation') === 0 ? result : (n.call(ACTIVATIONS.silu, { input: result })[0] as Tensor);
}

/** Normalised over the last dimension, in the domains where it stands without a schema. */
const simplified: Row['bind'] = (n) => {
  normalizedOver(n);
  return rmsNormalization(n);
};

// --- packed weights -------------------------------------------------------------------------------------------------

/** Weights of a few bits in blocks, unpacked to rows of K for each of N outputs. */
function packedLinear(n: NodeCall, bias: Tensor | null): Tensor[] {
  const weight = n.relabelled(n.in(1), { shape: [n.int('N'), n.int('K')], dtype: n.dtype(0) });
  return n.call(linear, { input: n.in(0), weight, bias }, { types: [n.dtype(0)] });
}

/** A weight of 8 bits, or of 4 with two in a byte, whose rows are as long as the input's. */
const blockQuantized =
  (perByte: number): Row['bind'] =>
  (n) => {
    const [rows = 1, bytes = 1] = n.shape(1);
    const weight = n.relabelled(n.in(1), { shape: [rows, bytes * perByte], dtype: n.dtype(0) });
    const bias = n.maybe(perByte === 2 ? 5 : 4);
    return n.call(linear, { input: n.in(0), weight, bias }, { types: [n.dtype(0)] });
  };

/** Only elements that are not zero are multiplied; of what is fed in, none are known to be zero. */
function sparseProduct(n: NodeCall): Tensor {
  const { store, spec } = n.in(0);
  const turned = (index: number, name: string) =>
    n.int(name) !== 0 ? transposed(n, n.in(index)) : n.in(index);
  const [left, right] = [turned(0, 'transA').spec.shape, turned(1, 'transB').spec.shape];
  const isConstant = store.kind === 'parameter' || store.kind === 'buffer';
  if (!isConstant)
    n.assumption(
      'elements',
      elementCount(spec.shape),
      'how many elements are zero is not known; none are assumed to be',
    );
  const columns = right.at(-1) ?? 1;
  const inner = { shape: [1, isConstant ? store.elements : elementCount(left)], dtype: n.dtype(1) };
  const other = n.relabelled(n.in(1), { shape: [inner.shape[1] ?? 1, columns], dtype: n.dtype(1) });
  const [out] = n.call(matmul, { input: n.relabelled(n.in(0), inner), other }) as [Tensor];
  return n.relabelled(out, { shape: [left[0] ?? 1, columns], dtype: n.dtype(1) });
}

/** Activations whose gate comes out of the first layer together with what is gated. */
const GATED = ['geglu', 'swiglu'];

const EXPERT_ACTIVATION: Readonly<Record<string, Op>> = {
  geglu: ACTIVATIONS.gelu_tanh,
  gelu: ACTIVATIONS.gelu,
  relu: ACTIVATIONS.relu,
  silu: ACTIVATIONS.silu,
  swiglu: ACTIVATIONS.silu,
};

/** Each token goes through k experts: two layers, or three where the first is gated by another. */
function mixtureOfExperts(n: NodeCall, [first, second, third]: readonly [number, number, number]): Tensor {
  const { shape, dtype } = n.in(0).spec;
  const width = shape.at(-1) ?? 1;
  const visits = (elementCount(shape) / width) * n.int('k', 1);
  const one = (op: Op, args: Parameters<NodeCall['call']>[1]): Tensor => n.call(op, args)[0] as Tensor;
  one(softmax, { input: n.in(1), dim: -1, dtype: null });
  const experts = n.shape(first)[0] ?? 1;
  // bytes of a packed matrix hold several elements: what goes in is known from the layer before
  const rowsOf = (index: number): number =>
    n.node.op === 'QMoE' ? (n.shape(index)[1] ?? 1) : elementCount(n.shape(index)) / experts / width;
  const layer = (index: number, rows: number, columns: number): Tensor => {
    const weight = n.relabelled(n.in(index), { shape: [rows, columns], dtype });
    return one(linear, { input: n.made([visits, columns], dtype), weight, bias: null });
  };
  const name = n.text('activation_type', 'relu');
  const isFused = GATED.includes(name) && !n.has(third);
  const inner = rowsOf(first) / (isFused ? 2 : 1);
  const hidden = n.relabelled(layer(first, rowsOf(first), width), { shape: [visits, inner], dtype });
  const op = EXPERT_ACTIVATION[name];
  const bent = op ? one(op, { input: hidden }) : hidden;
  if (n.has(third)) one(ELEMENTWISE.mul, { input: bent, other: layer(third, inner, width) });
  else if (isFused) one(ELEMENTWISE.mul, { input: bent, other: hidden });
  const weighed = one(ELEMENTWISE.mul, {
    input: layer(second, width, inner),
    other: n.folded([], dtype, [1]),
  });
  const parts = n.relabelled(weighed, { shape: [visits / n.int('k', 1), n.int('k', 1), width], dtype });
  const sum = one(REDUCTION.sum as Op, { input: parts, dims: [1], keepdim: false, dtype: null });
  return n.relabelled(sum, { shape, dtype });
}

// --- shapes ---------------------------------------------------------------------------------------------------------

function expandDims(n: NodeCall): Tensor[] {
  const shape = [...n.shape(0)];
  const [axis = 0] = n.numbers(1);
  shape.splice(axisOf(axis, shape.length + 1), 0, 1);
  return reshaped(n, n.in(0), shape);
}

/** The step may be left out. */
function range(n: NodeCall): Tensor[] {
  const step = n.has(2) ? n.in(2) : n.folded([], n.dtype(0), [1]);
  return rangeNode(n.with([n.in(0), n.in(1), step]));
}

/** Distinct values in the order in which they come, where each went, and how often it was there. */
function uniqueValues(n: NodeCall): Tensor[] {
  const args = { input: n.in(0), dim: null, inverse: true, counts: true, consecutive: false };
  const found = n.call(unique, args, { as: n.dtype(0) });
  return found.map(({ spec }) => n.made(spec.shape, spec.dtype));
}

/** What other domains and ai.onnx share; `standard` are the bindings of ai.onnx. */
export function microsoftRows(standard: Bindings): readonly Row[] {
  const as = (op: string): Row => {
    const row = rowFor(standard, op, Number.MAX_SAFE_INTEGER);
    return { op, bind: (n) => row?.bind(n) ?? [] };
  };
  return [
    ...['DequantizeLinear', 'GatherND', 'GridSample', 'Pad', 'QuantizeLinear', 'Trilu'].map(as),
    { op: 'BiasAdd', bind: (n) => add(n, add(n, n.in(0), n.in(1)), n.maybe(2)) },
    { op: 'BiasGelu', bind: biased(ACTIVATIONS.gelu) },
    { op: 'BiasSoftmax', bind: biasSoftmax },
    { op: 'CDist', bind: (n) => n.call(cdist, { input: n.in(0), other: n.in(1), p: 2 }) },
    { op: 'EmbedLayerNormalization', bind: embedLayerNorm },
    { op: 'ExpandDims', bind: expandDims },
    { op: 'FastGelu', bind: biased(ACTIVATIONS.gelu_tanh) },
    { op: 'FusedConv', bind: fusedConv(standard) },
    { op: 'FusedGemm', bind: fusedGemm },
    { op: 'FusedMatMul', bind: fusedMatmul },
    { op: 'FusedMatMulActivation', bind: fusedMatmul },
    { op: 'Gelu', bind: unary(ACTIVATIONS.gelu) },
    { op: 'GroupNorm', bind: groupNormalization },
    { op: 'Inverse', bind: (n) => n.call(inverse, { input: n.in(0) }) },
    { op: 'MatMulBlockQuantizedFp4Weight', bind: blockQuantized(2) },
    { op: 'MatMulBlockQuantizedFp8Weight', bind: blockQuantized(1) },
    { op: 'MatMulBnb4', bind: (n) => packedLinear(n, null) },
    { op: 'MatMulNBits', bind: (n) => packedLinear(n, n.maybe(5)) },
    { op: 'MoE', bind: (n) => mixtureOfExperts(n, [2, 4, 6]) },
    { op: 'QMoE', bind: (n) => mixtureOfExperts(n, [2, 5, 8]) },
    { op: 'QuickGelu', bind: unary(ACTIVATIONS.silu) },
    { op: 'Range', bind: range },
    { op: 'RMSNormalization', bind: simplified },
    { op: 'SimplifiedLayerNormalization', bind: simplified },
    { op: 'SkipLayerNormalization', bind: skipLayerNorm },
    { op: 'SkipSimplifiedLayerNormalization', bind: skipRmsNorm },
    { op: 'SparseToDenseMatMul', bind: sparseProduct },
    { op: 'TransposeMatMul', bind: fusedMatmul },
    { op: 'Unique', bind: uniqueValues },
  ];
}
