// Quantising and dequantising of ai.onnx. Weights that lie in the file as integers cost nothing to dequantise: runtimes
// multiply with the integers, or do it once when they load the model.

import { dequantize, dynamicQuantize, quantize } from '../../ops/quantization';
import type { DType } from '../../tensor/dtype';
import type { Row } from '../binding';
import type { NodeCall } from '../node-call';
import { type Tensor, Unfollowed, Unknown, type Value } from '../values';
import { typeAttribute } from './elementwise';

export function quantizeNode(n: NodeCall): Tensor[] {
  const zeroPoint = n.maybe(2);
  const dtype: DType = zeroPoint?.spec.dtype ?? typeAttribute(n, 'output_dtype', 'uint8');
  return n.call(quantize, { input: n.in(0), scale: n.in(1), zeroPoint, dtype });
}

/** A weight stored as integers is turned into floats where it is used, by the kernel that multiplies with it. */
const isWeight = ({ store }: Tensor): boolean => store.kind === 'parameter';

export function dequantizeNode(n: NodeCall): Tensor[] {
  const dtype = typeAttribute(n, 'output_dtype', n.dtype(1));
  if (isWeight(n.in(0))) return [n.relabelled(n.in(0), { shape: n.shape(0), dtype })];
  return n.call(dequantize, { input: n.in(0), scale: n.in(1), zeroPoint: n.maybe(2), dtype });
}

export const QUANTIZATION_ROWS: readonly Row[] = [
  { op: 'DequantizeLinear', bind: dequantizeNode },
  { op: 'DynamicQuantizeLinear', bind: (n) => n.call(dynamicQuantize, { input: n.in(0), dtype: 'uint8' }) },
  { op: 'QuantizeLinear', bind: quantizeNode },
];

// --- com.microsoft --------------------------------------------------------------------------------------------------

/** Blocks of numbers with one exponent: how many bytes there are is known to their device alone. */
function toBlocks(n: NodeCall): Value[] {
  const rank = [n.shape(0).length];
  const reason = `how many bytes ${n.title} makes depends on the device`;
  n.recorder.gap(reason);
  return [new Unknown(reason), n.folded(rank, 'int64', n.shape(0)), n.made(rank, 'int64')];
}

function fromBlocks(n: NodeCall): Tensor[] {
  const dtype = typeAttribute(n, 'dtype', 'float32');
  if (!n.in(1).spec.contents)
    throw new Unfollowed(`the shape that ${n.title} gives is in its data, which is not known`);
  return n.call(dequantize, {
    input: n.relabelled(n.in(0), { shape: n.numbers(1), dtype: n.dtype(0) }),
    scale: n.in(0),
    zeroPoint: null,
    dtype,
  });
}

export const MICROSOFT_QUANTIZATION_ROWS: readonly Row[] = [
  { op: 'DequantizeBFP', bind: fromBlocks },
  {
    op: 'DequantizeWithOrder',
    bind: (n) => {
      const args = { input: n.in(0), scale: n.in(1), zeroPoint: null, dtype: typeAttribute(n, 'to') };
      return n.call(dequantize, args);
    },
  },
  { op: 'QuantizeBFP', bind: toBlocks },
  {
    op: 'QuantizeWithOrder',
    bind: (n) => n.call(quantize, { input: n.in(0), scale: n.in(1), zeroPoint: null, dtype: 'int8' }),
  },
];
