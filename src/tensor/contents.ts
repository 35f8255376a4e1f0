// Arithmetic on the contents of small tensors, element by element, rounded as the element type would round. Shapes are
// computed from such tensors (`linspace(...).round().tolist()`), so they have to come out as in PyTorch to the digit.
// Left out: complex numbers, and integers beyond 2^53.

import { type DType, kindOf } from './dtype';
import { stretchedStrides } from './strides';
import { CONTENTS_LIMIT, elementCount, type Shape, type TensorSpec } from './tensor';

/** Whether contents of this shape are few enough to be kept. */
export const keepsContents = (shape: Shape): boolean => elementCount(shape) <= CONTENTS_LIMIT;

/** A spec with contents, where they are known and few. */
export const withContents = (spec: TensorSpec, contents: readonly number[] | undefined): TensorSpec =>
  contents === undefined || contents.length > CONTENTS_LIMIT ? spec : { ...spec, contents };

/** The nearest float with this many bits of mantissa, ties to even. */
function roundMantissa(value: number, bits: number, smallest: number): number {
  if (!Number.isFinite(value) || value === 0) return value;
  const exponent = Math.max(Math.floor(Math.log2(Math.abs(value))), smallest);
  const step = 2 ** (exponent - bits);
  return roundHalfEven(value / step) * step;
}

/** Rounds to the nearest integer, halves to the even one: torch.round. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

function overflow(value: number, limit: number): number {
  return Math.abs(value) > limit ? Math.sign(value) * Number.POSITIVE_INFINITY : value;
}

const wrap = (value: number, bits: number, signed: boolean): number => {
  const span = 2 ** bits;
  const low = ((Math.trunc(value) % span) + span) % span;
  return signed && low >= span / 2 ? low - span : low;
};

const INT_BITS: Partial<Record<DType, readonly [bits: number, signed: boolean]>> = {
  int8: [8, true],
  int16: [16, true],
  int32: [32, true],
  uint8: [8, false],
  uint16: [16, false],
  uint32: [32, false],
};

/** A number as an element of this type holds it. */
export function asElement(value: number, dtype: DType): number {
  if (dtype === 'float32') return Math.fround(value);
  if (dtype === 'bool') return value === 0 ? 0 : 1;
  if (dtype === 'float16') return overflow(roundMantissa(value, 10, -14), 65504);
  if (dtype === 'bfloat16') return roundMantissa(Math.fround(value), 7, -126);
  if (kindOf(dtype) !== 'int' || !Number.isFinite(value)) return value;
  const width = INT_BITS[dtype];
  return width === undefined ? Math.trunc(value) : wrap(value, ...width);
}

/** Elements of another type. */
export const castContents = (
  contents: readonly number[] | undefined,
  dtype: DType,
): readonly number[] | undefined => contents?.map((value) => asElement(value, dtype));

/** Offsets in row-major order of the elements of a layout, from an offset on. */
export function layoutOffsets(shape: Shape, strides: readonly number[], offset = 0): number[] {
  let offsets = [offset];
  for (const [dim, size] of shape.entries()) {
    const next: number[] = [];
    for (const base of offsets) for (let i = 0; i < size; i++) next.push(base + i * (strides[dim] as number));
    offsets = next;
  }
  return offsets;
}

/** The contents of a tensor stretched to a wider shape; undefined where they are not known or get too many. */
export function stretchContents(spec: TensorSpec, shape: Shape): readonly number[] | undefined {
  const { contents } = spec;
  if (contents === undefined || !keepsContents(shape)) return undefined;
  const dense: TensorSpec = { shape: spec.shape, dtype: spec.dtype };
  return layoutOffsets(shape, stretchedStrides(dense, shape)).map((at) => contents[at] as number);
}

/** Folds a function over the elements of operands of one shape; undefined where one of them is not known. */
export function foldElements(
  operands: readonly (readonly number[] | undefined)[],
  dtype: DType,
  f: (...elements: number[]) => number,
): readonly number[] | undefined {
  const [first] = operands;
  if (first === undefined || operands.includes(undefined)) return undefined;
  return first.map((_, i) => asElement(f(...operands.map((operand) => operand?.[i] as number)), dtype));
}
