// com.microsoft: quantised operators. Each is bound to its float counterpart; the integers that come out have the type of
// the output's zero point.

import { ACTIVATIONS } from '../../ops/activations';
import { where } from '../../ops/copies';
import { ELEMENTWISE } from '../../ops/elementwise';
import { indexSelect } from '../../ops/gathering';
import { cat } from '../../ops/joining';
import { matmul } from '../../ops/matmul';
import type { Op } from '../../ops/operator';
import { adaptiveAvgPool, avgPool, maxPool } from '../../ops/pooling';
import { REDUCTION } from '../../ops/reductions';
import { softmax } from '../../ops/softmax';
import type { DType } from '../../tensor/dtype';
import { elementCount, type Shape } from '../../tensor/tensor';
import { axisOf, type Row } from '../binding';
import type { NodeCall } from '../node-call';
import type { Tensor } from '../values';
import { convolve, gemm, quantised } from './contractions';
import { add } from './microsoft';
import { recurrentNode } from './recurrent';
import { windowOf } from './windows';

const typeAt = (n: NodeCall, index: number): DType => n.maybe(index)?.spec.dtype ?? 'uint8';

/** Two operands, each with scale and zero point behind it. */
const binary =
  (op: Op): Row['bind'] =>
  (n) =>
    n.call(op, { input: n.in(0), other: n.in(3) }, quantised(n.dtype(0)));

const unary =
  (op: Op): Row['bind'] =>
  (n) =>
    n.call(op, { input: n.in(0) }, quantised(n.dtype(0)));

const softmaxNode: Row['bind'] = (n) =>
  n.call(softmax, { input: n.in(0), dim: n.int('axis', -1), dtype: null }, quantised(n.dtype(0)));

// --- images ---------------------------------------------------------------------------------------------------------

const channelsFirst = (shape: Shape): Shape => [shape[0] ?? 1, shape.at(-1) ?? 1, ...shape.slice(1, -1)];
const channelsLast = (shape: Shape): Shape => [shape[0] ?? 1, ...shape.slice(2), shape[1] ?? 1];

/** The image with its channels first, however it lies; and what brings a result back. */
function image(n: NodeCall): { readonly input: Tensor; readonly back: (out: Tensor) => Tensor } {
  if (n.int('channels_last') === 0) return { input: n.in(0), back: (out) => out };
  const { shape, dtype } = n.in(0).spec;
  return {
    input: n.relabelled(n.in(0), { shape: channelsFirst(shape), dtype }),
    back: (out) => n.relabelled(out, { shape: channelsLast(out.spec.shape), dtype: out.spec.dtype }),
  };
}

function averagePool(n: NodeCall): Tensor {
  const { input, back } = image(n);
  const kernel = n.ints('kernel_shape') ?? [];
  const window = windowOf(n, input.spec.shape.slice(2), kernel);
  const args = { input, kernel, ...window, ceil: n.int('ceil_mode') !== 0 };
  return back(n.call(avgPool, args, quantised(n.dtype(0)))[0] as Tensor);
}

function globalAveragePool(n: NodeCall): Tensor {
  const { input, back } = image(n);
  const outputSize = input.spec.shape.slice(2).map(() => 1);
  return back(n.call(adaptiveAvgPool, { input, outputSize }, quantised(n.dtype(0)))[0] as Tensor);
}

function maxPoolLast(n: NodeCall): Tensor {
  const { shape, dtype } = n.in(0).spec;
  const input = n.relabelled(n.in(0), { shape: channelsFirst(shape), dtype });
  const kernel = n.ints('kernel_shape') ?? [];
  const window = windowOf(n, input.spec.shape.slice(2), kernel);
  const args = { input, kernel, ...window, ceil: n.int('ceil_mode') !== 0, returnIndices: false };
  const [out] = n.call(maxPool, args, quantised(dtype)) as [Tensor];
  return n.relabelled(out, { shape: channelsLast(out.spec.shape), dtype });
}

/** Channels of the image last, those of the weights as ai.onnx has them. */
function convolution(n: NodeCall): Tensor {
  const { input, back } = image(n);
  const type = typeAt(n, 7);
  return back(convolve(n, [input, n.in(3), n.maybe(8)], type)[0] as Tensor);
}

/** Rows of a table of a few bits per element, dequantised; bytes hold several. */
function gatherBlocks(n: NodeCall): Tensor {
  const { shape, dtype } = n.in(0).spec;
  const axis = axisOf(n.int('gather_axis'), shape.length);
  const perByte = dtype === 'uint8' ? 8 / n.int('bits', 4) : 1;
  const rows = shape.map((size, i) => (i === shape.length - 1 ? size * perByte : size));
  const type = n.dtype(2);
  const table = n.relabelled(n.in(0), { shape: rows, dtype: type });
  const index = n.relabelled(n.in(1), { shape: [elementCount(n.shape(1))], dtype: n.dtype(1) });
  const [picked] = n.call(indexSelect, { input: table, dim: axis, index }) as [Tensor];
  return n.relabelled(picked, {
    shape: [...rows.slice(0, axis), ...n.shape(1), ...rows.slice(axis + 1)],
    dtype: type,
  });
}

function reduceMean(n: NodeCall): Tensor[] {
  const rank = n.shape(0).length;
  const dims = n.ints('axes')?.map((axis) => axisOf(axis, rank)) ?? null;
  const args = { input: n.in(0), dims, keepdim: n.int('keepdims', 1) !== 0, dtype: null };
  return n.call(REDUCTION.mean as Op, args, quantised(typeAt(n, 4)));
}

/** Scale and zero point of the result come first, then each tensor with its own. */
function concat(n: NodeCall): Tensor[] {
  const tensors = n.rest(2).filter((_, i) => i % 3 === 0);
  return n.call(cat, { tensors, dim: n.int('axis') }, quantised(typeAt(n, 1)));
}

const whereNode: Row['bind'] = (n) =>
  n.call(where, { condition: n.in(0), input: n.in(1), other: n.in(4) }, { types: [n.dtype(1)] });

// --- products -------------------------------------------------------------------------------------------------------

/** Integers where a scale for them is given, floats where not. */
function gemmNode(n: NodeCall): Tensor[] {
  const type = n.has(7) ? typeAt(n, 8) : 'float32';
  return gemm(n, [n.in(0), n.in(3), n.maybe(6)], [type]);
}

/** A product of floats with integers that comes back as floats. */
const toFloat =
  (bias: number): Row['bind'] =>
  (n) => {
    const [out] = n.call(matmul, { input: n.in(0), other: n.in(1) }, quantised('float32')) as [Tensor];
    return add(n, out, n.maybe(bias));
  };

export const MICROSOFT_QUANTIZED_ROWS: readonly Row[] = [
  { op: 'GatherBlockQuantized', bind: gatherBlocks },
  {
    op: 'DynamicQuantizeLSTM',
    bind: (n) => recurrentNode(n, 'lstm', { bias: 3, states: [5, 6], turned: true }),
  },
  { op: 'DynamicQuantizeMatMul', bind: toFloat(4) },
  {
    op: 'MatMulInteger16',
    bind: (n) => n.call(matmul, { input: n.in(0), other: n.in(1) }, quantised('int32')),
  },
  { op: 'MatMulIntegerToFloat', bind: toFloat(6) },
  { op: 'NhwcMaxPool', bind: maxPoolLast },
  { op: 'QGemm', bind: gemmNode },
  { op: 'QLinearAdd', bind: binary(ELEMENTWISE.add) },
  { op: 'QLinearAveragePool', bind: averagePool },
  { op: 'QLinearConcat', bind: concat },
  { op: 'QLinearConv', bind: convolution },
  { op: 'QLinearGlobalAveragePool', bind: globalAveragePool },
  { op: 'QLinearLeakyRelu', bind: unary(ACTIVATIONS.leaky_relu) },
  { op: 'QLinearMul', bind: binary(ELEMENTWISE.mul) },
  { op: 'QLinearReduceMean', bind: reduceMean },
  { op: 'QLinearSigmoid', bind: unary(ACTIVATIONS.sigmoid) },
  { op: 'QLinearSoftmax', bind: softmaxNode },
  { op: 'QLinearWhere', bind: whereNode },
];
