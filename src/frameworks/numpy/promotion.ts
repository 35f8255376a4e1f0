// Which element type comes out where NumPy's types meet: its own rules, which differ from PyTorch's. int64 and float32 make
// float64; Python's own numbers are weak and change only the kind (NEP 50): `float32_array * 2.0` stays float32.

import { byteSize, type DType, kindOf } from '../../tensor/dtype';

/** What a Python number that is no array counts as. */
export type Weak = 'int' | 'float' | 'complex';

const bitsOf = (dtype: DType): number => 8 * byteSize(dtype, 1);
const isUnsigned = (dtype: DType): boolean => dtype.startsWith('uint');

/** The float type that holds the integers of a type: int8 fits float16, int16 float32. */
export function floatFor(dtype: DType): DType {
  if (kindOf(dtype) !== 'int' && kindOf(dtype) !== 'bool') return dtype;
  const bits = bitsOf(dtype);
  return bits <= 8 ? 'float16' : bits === 16 ? 'float32' : 'float64';
}

function promoteInts(a: DType, b: DType): DType {
  if (isUnsigned(a) === isUnsigned(b)) return bitsOf(a) >= bitsOf(b) ? a : b;
  const [signed, unsigned] = isUnsigned(a) ? [b, a] : [a, b];
  if (bitsOf(signed) > bitsOf(unsigned)) return signed;
  return unsigned === 'uint64' ? 'float64' : (`int${2 * bitsOf(unsigned)}` as DType);
}

function promoteComplex(a: DType, b: DType): DType {
  const wide = (dtype: DType): boolean =>
    kindOf(dtype) === 'complex' ? bitsOf(dtype) === 128 : bitsOf(floatFor(dtype)) === 64;
  return wide(a) || wide(b) ? 'complex128' : 'complex64';
}

/** numpy.promote_types. */
export function promote(a: DType, b: DType): DType {
  if (a === b) return a;
  const [ka, kb] = [kindOf(a), kindOf(b)];
  if (ka === 'bool') return b;
  if (kb === 'bool') return a;
  if (ka === 'complex' || kb === 'complex') return promoteComplex(a, b);
  if (ka === 'int' && kb === 'int') return promoteInts(a, b);
  const [x, y] = [floatFor(a), floatFor(b)];
  return bitsOf(x) >= bitsOf(y) ? x : y;
}

/** The type of a computation with arrays of these types and with Python numbers of these kinds. */
export function resultType(strong: readonly DType[], weak: readonly Weak[]): DType {
  const [first, ...rest] = strong;
  const isComplex = weak.includes('complex');
  if (first === undefined) return isComplex ? 'complex128' : weak.includes('float') ? 'float64' : 'int64';
  const met = rest.reduce(promote, first);
  if (isComplex) return promote(met, /float|complex/.test(kindOf(met)) ? 'complex64' : 'complex128');
  if (weak.includes('float') && (kindOf(met) === 'int' || kindOf(met) === 'bool')) return 'float64';
  return weak.length > 0 && kindOf(met) === 'bool' ? 'int64' : met;
}
