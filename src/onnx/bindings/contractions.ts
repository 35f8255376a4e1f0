// Matrix products and convolutions of ai.onnx, the quantised ones too: those multiply integers, but the products are the
// same, so they count as the same contraction.

import { conv, convTranspose } from '../../ops/conv';
import { einsum } from '../../ops/einsum';
import { addMatmul, linear, matmul } from '../../ops/matmul';
import type { DType } from '../../tensor/dtype';
import type { Row } from '../binding';
import type { NodeCall } from '../node-call';
import type { Tensor } from '../values';
import { windowOf } from './windows';

/** Integers are multiplied as if they were floats; what comes out has this type. */
export const quantised = (type: DType) => ({ as: 'float32', types: [type] }) as const;

/** A matrix with its last two dimensions exchanged; no call, since a product reads it either way. */
export function transposed(n: NodeCall, matrix: Tensor): Tensor {
  const { shape, dtype } = matrix.spec;
  const swapped = [...shape.slice(0, -2), shape.at(-1) ?? 1, shape.at(-2) ?? 1];
  return n.relabelled(matrix, { shape: swapped, dtype });
}

/** A · B + C, with the factors alpha and beta, which are not counted: they fold into the weights. */
export function gemm(
  n: NodeCall,
  [a, b, c]: readonly [Tensor, Tensor, Tensor | null],
  types?: readonly DType[],
): Tensor[] {
  const options = types ? ({ as: 'float32', types } as const) : {};
  const plain = n.int('transA') === 0;
  if (plain && n.int('transB') !== 0 && (c === null || c.spec.shape.length === 1)) {
    const fits = c === null || c.spec.shape[0] === b.spec.shape[0];
    if (fits) return n.call(linear, { input: a, weight: b, bias: c }, options);
  }
  const first = plain ? a : transposed(n, a);
  const second = n.int('transB') === 0 ? b : transposed(n, b);
  if (c === null) return n.call(matmul, { input: first, other: second }, options);
  return n.call(addMatmul, { input: c, first, second }, options);
}

/** A convolution whose padding the node says; quantised ones give integers of this type. */
export function convolve(
  n: NodeCall,
  [input, weight, bias]: readonly [Tensor, Tensor, Tensor | null],
  type?: DType,
): Tensor[] {
  const rank = weight.spec.shape.length - 2;
  const { stride, padding, dilation } = windowOf(n, input.spec.shape.slice(2), weight.spec.shape.slice(2));
  const groups = n.int('group', 1);
  const args = { input, weight, bias, stride, padding: padding.slice(0, rank), dilation, groups };
  return n.call(conv, args, type === undefined ? {} : quantised(type));
}

/** The sizes that come out are given, or follow from the padding; then padding follows from them. */
function transposedConvolution(n: NodeCall): Tensor[] {
  const [input, weight] = [n.in(0), n.in(1)];
  const kernel = weight.spec.shape.slice(2);
  const sizes = input.spec.shape.slice(2);
  const window = windowOf(n, sizes, kernel);
  const extra = n.ints('output_padding') ?? kernel.map(() => 0);
  const full = sizes.map((size, i) => {
    const reach = (window.dilation[i] ?? 1) * ((kernel[i] ?? 1) - 1) + 1;
    return (size - 1) * (window.stride[i] ?? 1) + reach + (extra[i] ?? 0);
  });
  const wanted = outputSizes(n, sizes, window.stride);
  const padding = wanted ? full.map((size, i) => [0, size - (wanted[i] ?? size)] as const) : window.padding;
  const args = {
    input,
    weight,
    bias: n.maybe(2),
    stride: window.stride,
    padding,
    dilation: window.dilation,
    groups: n.int('group', 1),
    outputPadding: extra,
  };
  return n.call(convTranspose, args);
}

function outputSizes(
  n: NodeCall,
  sizes: readonly number[],
  stride: readonly number[],
): readonly number[] | null {
  const given = n.ints('output_shape');
  if (given) return given.slice(-sizes.length);
  return n.text('auto_pad').startsWith('SAME') ? sizes.map((size, i) => size * (stride[i] ?? 1)) : null;
}

function einsumNode(n: NodeCall): Tensor[] {
  const operands = n.rest();
  return n.call(einsum, { equation: n.text('equation'), operands });
}

/** The type that a zero point at this input gives the output. */
const typeAt = (n: NodeCall, index: number): DType => n.maybe(index)?.spec.dtype ?? 'uint8';

export const CONTRACTION_ROWS: readonly Row[] = [
  { op: 'Conv', bind: (n) => convolve(n, [n.in(0), n.in(1), n.maybe(2)]) },
  { op: 'ConvInteger', bind: (n) => convolve(n, [n.in(0), n.in(1), null], 'int32') },
  { op: 'ConvTranspose', bind: transposedConvolution },
  { op: 'Einsum', bind: einsumNode },
  { op: 'Gemm', bind: (n) => gemm(n, [n.in(0), n.in(1), n.maybe(2)]) },
  { op: 'MatMul', bind: (n) => n.call(matmul, { input: n.in(0), other: n.in(1) }) },
  {
    op: 'MatMulInteger',
    bind: (n) => n.call(matmul, { input: n.in(0), other: n.in(1) }, quantised('int32')),
  },
  { op: 'QLinearConv', bind: (n) => convolve(n, [n.in(0), n.in(3), n.maybe(8)], typeAt(n, 7)) },
  {
    op: 'QLinearMatMul',
    bind: (n) => n.call(matmul, { input: n.in(0), other: n.in(3) }, quantised(typeAt(n, 7))),
  },
];
