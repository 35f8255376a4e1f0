// Quantising and dequantising of ai.onnx.

import { dequantize, dynamicQuantize, quantize } from '../../ops/quantization';
import type { DType } from '../../tensor/dtype';
import type { Row } from '../binding';
import type { NodeCall } from '../node-call';
import type { Tensor } from '../values';
import { typeAttribute } from './elementwise';

export function quantizeNode(n: NodeCall): Tensor[] {
  const zeroPoint = n.maybe(2);
  const dtype: DType = zeroPoint?.spec.dtype ?? typeAttribute(n, 'output_dtype', 'uint8');
  return n.call(quantize, { input: n.in(0), scale: n.in(1), zeroPoint, dtype });
}

export function dequantizeNode(n: NodeCall): Tensor[] {
  const dtype = typeAttribute(n, 'output_dtype', n.dtype(1));
  return n.call(dequantize, { input: n.in(0), scale: n.in(1), zeroPoint: n.maybe(2), dtype });
}

export const QUANTIZATION_ROWS: readonly Row[] = [
  { op: 'DequantizeLinear', bind: dequantizeNode },
  { op: 'DynamicQuantizeLinear', bind: (n) => n.call(dynamicQuantize, { input: n.in(0), dtype: 'uint8' }) },
  { op: 'QuantizeLinear', bind: quantizeNode },
];
