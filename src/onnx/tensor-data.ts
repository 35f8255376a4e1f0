// The elements of small constant tensors, from raw bytes (little-endian, as ONNX stores them) or from typed lists.
// Left out: strings, complex numbers and 8-bit floats, whose contents no shape is computed from.

import type { onnx } from 'onnx-proto';
import type { DType } from '../tensor/dtype';
import { CONTENTS_LIMIT } from '../tensor/tensor';

/** A 64-bit number as protobufjs gives it: a number, or an object where the package `long` is at hand. */
export type Wide = number | { toNumber(): number };

export const asNumber = (value: Wide | null | undefined): number =>
  typeof value === 'object' && value !== null ? value.toNumber() : Number(value ?? 0);

type Read = (view: DataView, index: number) => number;

/** Elements by type: the bytes of one, and how it is read. Types below a byte have their bits instead. */
const READERS: Partial<Record<DType, { readonly bytes: number; readonly read: Read }>> = {
  bfloat16: { bytes: 2, read: (view, i) => bfloat16(view.getUint16(2 * i, true)) },
  bool: { bytes: 1, read: (view, i) => Number(view.getUint8(i) !== 0) },
  float16: { bytes: 2, read: (view, i) => float16(view.getUint16(2 * i, true)) },
  float32: { bytes: 4, read: (view, i) => view.getFloat32(4 * i, true) },
  float64: { bytes: 8, read: (view, i) => view.getFloat64(8 * i, true) },
  int16: { bytes: 2, read: (view, i) => view.getInt16(2 * i, true) },
  int32: { bytes: 4, read: (view, i) => view.getInt32(4 * i, true) },
  int4: { bytes: 0.5, read: (view, i) => signed(nibble(view, i), 4) },
  int64: { bytes: 8, read: (view, i) => Number(view.getBigInt64(8 * i, true)) },
  int8: { bytes: 1, read: (view, i) => view.getInt8(i) },
  uint16: { bytes: 2, read: (view, i) => view.getUint16(2 * i, true) },
  uint32: { bytes: 4, read: (view, i) => view.getUint32(4 * i, true) },
  uint4: { bytes: 0.5, read: nibble },
  uint64: { bytes: 8, read: (view, i) => Number(view.getBigUint64(8 * i, true)) },
  uint8: { bytes: 1, read: (view, i) => view.getUint8(i) },
};

function nibble(view: DataView, index: number): number {
  const byte = view.getUint8(index >> 1);
  return index % 2 === 0 ? byte & 0xf : byte >> 4;
}

const signed = (value: number, bits: number): number =>
  value >= 2 ** (bits - 1) ? value - 2 ** bits : value;

/** The value of an IEEE half-precision pattern. */
export function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

/** The value of a bfloat16 pattern: the upper half of a float32. */
export function bfloat16(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, bits * 65536);
  return view.getFloat32(0);
}

/** Elements from raw bytes; undefined where the bytes are not those of so many elements. */
export function fromRaw(raw: Uint8Array, dtype: DType, count: number): number[] | undefined {
  const reader = READERS[dtype];
  if (reader === undefined || raw.length !== Math.ceil(reader.bytes * count)) return undefined;
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const values = new Array<number>(count);
  for (let i = 0; i < count; i++) values[i] = reader.read(view, i);
  return values;
}

/** Elements of the 32-bit list, which also carries smaller types; floats come as bit patterns. */
function fromInt32(values: readonly number[], dtype: DType): number[] | undefined {
  if (dtype === 'float16') return values.map(float16);
  if (dtype === 'bfloat16') return values.map(bfloat16);
  if (dtype === 'int4' || dtype === 'uint4') return undefined;
  return dtype.startsWith('float8') ? undefined : [...values];
}

function typedList(proto: onnx.ITensorProto, dtype: DType): number[] | undefined {
  if (dtype === 'float32') return proto.floatData ?? undefined;
  if (dtype === 'float64') return proto.doubleData ?? undefined;
  if (dtype === 'int64') return proto.int64Data?.map(asNumber);
  if (dtype === 'uint32' || dtype === 'uint64') return proto.uint64Data?.map(asNumber);
  return dtype === 'string' || dtype.startsWith('complex')
    ? undefined
    : fromInt32(proto.int32Data ?? [], dtype);
}

/** The contents of a tensor whose payload was kept; undefined where it was not or does not fit its shape. */
export function contentsOf(proto: onnx.ITensorProto, dtype: DType, count: number): number[] | undefined {
  if (count > CONTENTS_LIMIT) return undefined;
  if (count === 0) return [];
  const raw = proto.rawData;
  if (raw && raw.length > 0) return fromRaw(raw, dtype, count);
  const list = typedList(proto, dtype);
  return list?.length === count ? list : undefined;
}
