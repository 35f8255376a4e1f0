// Windows, Fourier transforms, and the parts of complex arrays. Complex numbers have no contents here, so what comes of
// them is known by size alone.

import { resolveDim, withSize } from '../../ops/arguments';
import type { Interpreter } from '../../python/interpreter';
import type { Value } from '../../python/values';
import type { DType } from '../../tensor/dtype';
import { CONTENTS_LIMIT } from '../../tensor/tensor';
import { intArgument, specOf } from './convert';
import type { Row } from './rows';
import { numpyOf } from './state';

type Args = readonly Value[];

/** A sum of cosines about the middle: the coefficients of 1, cos, cos of the double angle. */
const cosines =
  (...coefficients: readonly number[]) =>
  (interpreter: Interpreter, [length]: Args): Value => {
    const size = Math.max(0, intArgument(interpreter, length));
    const element = (at: number): number => {
      if (size === 1) return 1;
      const angle = (Math.PI * (1 - size + 2 * at)) / (size - 1);
      return coefficients.reduce((sum, c, k) => sum + c * Math.cos(k * angle), 0);
    };
    const isKept = size <= CONTENTS_LIMIT;
    return numpyOf(interpreter).array({
      shape: [size],
      dtype: 'float64',
      ...(isKept && { contents: Array.from({ length: size }, (_, at) => element(at)) }),
    });
  };

/** The real part of real numbers is what they are; their imaginary part is zero. */
const part =
  (isReal: boolean) =>
  (interpreter: Interpreter, [value]: Args): Value => {
    const { shape, dtype, contents } = specOf(interpreter, value as Value);
    const np = numpyOf(interpreter);
    if (dtype === 'complex128') return np.result({ shape, dtype: 'float64' });
    if (dtype === 'complex64') return np.result({ shape, dtype: 'float32' });
    const kept = isReal ? contents : contents?.map(() => 0);
    return np.result({ shape, dtype, ...(kept && { contents: kept }) });
  };

export const SIGNAL: readonly Row[] = [
  ['blackman', 'M', cosines(0.42, 0.5, 0.08)],
  ['hamming', 'M', cosines(0.54, 0.46)],
  ['hanning', 'M', cosines(0.5, 0.5)],
  ['imag', 'val', part(false)],
  ['real', 'val', part(true)],
];

/** A transform along one axis: `length` says how long it gets, from how long it was or is asked to be. */
const transform =
  (dtype: DType, length: (size: number, asked: number | undefined) => number) =>
  (interpreter: Interpreter, [a, n, axis]: Args): Value => {
    const { shape } = specOf(interpreter, a as Value);
    const at = resolveDim(intArgument(interpreter, axis), shape.length);
    const asked = n === null ? undefined : intArgument(interpreter, n);
    return numpyOf(interpreter).array({ shape: withSize(shape, at, length(shape[at] ?? 1, asked)), dtype });
  };

const frequencies =
  (count: (n: number) => number) =>
  (interpreter: Interpreter, [n]: Args): Value =>
    numpyOf(interpreter).array({ shape: [count(intArgument(interpreter, n))], dtype: 'float64' });

const half = (size: number): number => Math.floor(size / 2) + 1;
const AXIS = 'a, n=None, axis=-1, norm=None';

export const FFT: readonly Row[] = [
  ['fft', AXIS, transform('complex128', (size, asked) => asked ?? size)],
  ['fftfreq', 'n, d=1.0', frequencies((n) => n)],
  ['ifft', AXIS, transform('complex128', (size, asked) => asked ?? size)],
  ['irfft', AXIS, transform('float64', (size, asked) => asked ?? 2 * (size - 1))],
  ['rfft', AXIS, transform('complex128', (size, asked) => half(asked ?? size))],
  ['rfftfreq', 'n, d=1.0', frequencies(half)],
];
