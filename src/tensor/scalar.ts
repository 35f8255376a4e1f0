// Numbers as Python knows them. JavaScript has one number type, but an int and a float of Python promote differently:
// `int64_tensor * 2` stays int64, `int64_tensor * 2.0` becomes float32. A plain number that is integral stands for an
// int; a Python float travels as FloatScalar. Numbers with a fraction, infinities and NaN are floats in either form.

import type { DTypeKind } from './dtype';

/** A Python float, also where its value is integral. */
export class FloatScalar {
  constructor(readonly value: number) {}
}

/** A Python bool, int or float. */
export type Scalar = number | boolean | FloatScalar;

export const isScalar = (value: unknown): value is Scalar =>
  typeof value === 'number' || typeof value === 'boolean' || value instanceof FloatScalar;

/** The value of a Python number; True is 1. */
export const scalarValue = (scalar: Scalar): number =>
  scalar instanceof FloatScalar ? scalar.value : Number(scalar);

/** The kind of number that a Python number is. */
export function scalarKind(scalar: Scalar): DTypeKind {
  if (typeof scalar === 'boolean') return 'bool';
  return typeof scalar === 'number' && Number.isInteger(scalar) ? 'int' : 'float';
}
