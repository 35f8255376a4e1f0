// ONNX's element types (TensorProto.DataType) as element types of the catalogue. Numbers that are not here are newer than
// this table, or types that nothing else knows (6-bit floats): their tensors are unknown.

import { type DType, isDType } from '../tensor/dtype';

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

/** ONNX's own names where they are not those of the catalogue, as `TensorProto.DataType` in lower case. */
const ONNX_NAMES: Partial<Record<DType, string>> = {
  float32: 'float',
  float4_e2m1fn: 'float4e2m1',
  float64: 'double',
  float8_e4m3fn: 'float8e4m3fn',
  float8_e4m3fnuz: 'float8e4m3fnuz',
  float8_e5m2: 'float8e5m2',
  float8_e5m2fnuz: 'float8e5m2fnuz',
  float8_e8m0fnu: 'float8e8m0',
};

/** An element type as ONNX names it. */
export const onnxName = (dtype: DType): string => ONNX_NAMES[dtype] ?? dtype;

/** The element type of a name, in ONNX's or in the catalogue's words. */
export function typeOfName(name: string): DType | undefined {
  if (isDType(name)) return name;
  const entry = Object.entries(ONNX_NAMES).find(([, own]) => own === name.toLowerCase());
  return entry?.[0] as DType | undefined;
}
