// Element types of tensors and their width. Promotion between them is in promotion.ts.

/** Element types, by their PyTorch names. Quantised types stand for their storage width. */
export type DType = keyof typeof BITS;

/** Bits per element. */
const BITS = {
  bfloat16: 16,
  bool: 8,
  complex128: 128,
  complex32: 32,
  complex64: 64,
  float16: 16,
  float32: 32,
  float4_e2m1fn: 4,
  float64: 64,
  float8_e4m3fn: 8,
  float8_e4m3fnuz: 8,
  float8_e5m2: 8,
  float8_e5m2fnuz: 8,
  float8_e8m0fnu: 8,
  int16: 16,
  int2: 2,
  int32: 32,
  int4: 4,
  int64: 64,
  int8: 8,
  string: 64,
  uint16: 16,
  uint2: 2,
  uint32: 32,
  uint4: 4,
  uint64: 64,
  uint8: 8,
} as const;

export type DTypeKind = 'bool' | 'int' | 'float' | 'complex' | 'string';

/** Whether a name is that of an element type. */
export const isDType = (name: string): name is DType => Object.hasOwn(BITS, name);

/** Bytes that `count` elements take; types below a byte are packed. */
export const byteSize = (dtype: DType, count: number): number => Math.ceil((BITS[dtype] * count) / 8);

function kindByName(dtype: string): DTypeKind {
  if (dtype === 'bool' || dtype === 'string') return dtype;
  if (dtype.startsWith('complex')) return 'complex';
  return dtype.includes('float') ? 'float' : 'int';
}

/** Kinds by element type: they are asked for with every call of every operator. */
const KINDS: ReadonlyMap<string, DTypeKind> = new Map(
  Object.keys(BITS).map((dtype) => [dtype, kindByName(dtype)]),
);

/** The kind of number that an element is. */
export const kindOf = (dtype: DType): DTypeKind => KINDS.get(dtype) ?? kindByName(dtype);
