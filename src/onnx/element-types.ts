// ONNX's element types (TensorProto.DataType) as element types of the catalogue. Numbers that are not here are newer than
// this table, or types that nothing else knows (6-bit floats): their tensors are unknown.

import type { DType } from '../tensor/dtype';

const BY_NUMBER: readonly (DType | undefined)[] = [
  undefined,
  'float32',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'float64',
  'uint32',
  'uint64',
  'complex64',
  'complex128',
  'bfloat16',
  'float8_e4m3fn',
  'float8_e4m3fnuz',
  'float8_e5m2',
  'float8_e5m2fnuz',
  'uint4',
  'int4',
  'float4_e2m1fn',
  'float8_e8m0fnu',
  'uint2',
  'int2',
];

/** The element type of this number; undefined where it is not known. */
export const elementType = (number: number): DType | undefined => BY_NUMBER[number];
