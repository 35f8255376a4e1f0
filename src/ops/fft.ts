// Fourier transforms. A complex transform of length n counts 5 n log₂ n FPO (the radix-2 convention of FFTW's benchmarks), one
// between real and complex numbers half of that; one transform for each line along each dimension.

import { kindOf } from '../tensor/dtype';
import { complexOf, realOf } from '../tensor/promotion';
import { strided, stridesInOrder } from '../tensor/strides';
import type { Shape, TensorSpec } from '../tensor/tensor';
import { count, fail, otherCost, resolveDim, sizeAt, withSize } from './arguments';
import { defineOp, type Op } from './operator';

/** `complex` to complex, `real` to half of the complex spectrum, and back from it: `inverse`. */
export type FftKind = 'complex' | 'real' | 'inverse';

interface FftArgs {
  readonly kind: FftKind;
  readonly input: TensorSpec;
  readonly dims: readonly number[];
  /** Signal length along each of the dims; null = as it is. */
  readonly sizes: readonly (number | null)[];
}

/** Signal lengths along the dimensions. */
function lengths({ kind, input, dims, sizes }: FftArgs): number[] {
  return dims.map((dim, i) => {
    const own = sizeAt(input, resolveDim(dim, input.shape.length));
    const halved = kind === 'inverse' && i === dims.length - 1;
    return sizes[i] ?? (halved ? 2 * (own - 1) : own);
  });
}

/** Dimensions that are transformed lie innermost in the result. */
function transformedLast({ input, dims }: FftArgs): number[] {
  const at = dims.map((dim) => resolveDim(dim, input.shape.length));
  return [...[...input.shape.keys()].filter((dim) => !at.includes(dim)), ...at];
}

/** A single transform of a real signal to all of its spectrum. */
const realVector = ({ kind, input, dims }: FftArgs): boolean =>
  kind === 'complex' && dims.length === 1 && kindOf(input.dtype) !== 'complex';

/** The shape of the signal: cut off or filled up to its lengths. */
function signalOf(args: FftArgs): { readonly shape: Shape } {
  const signal = lengths(args);
  const { input, dims } = args;
  const shape = dims.reduce(
    (so, dim, i) => withSize(so, resolveDim(dim, so.length), signal[i] as number),
    input.shape,
  );
  return { shape };
}

export const fft = defineOp<FftArgs>({
  name: 'fft',
  infer(args) {
    const { input, dims, kind } = args;
    const signal = lengths(args);
    if (signal.some((n) => n < 1)) fail(`a transform over [${signal}] elements is empty`);
    const shape = dims.reduce((so, dim, i) => {
      const last = i === dims.length - 1;
      const n = signal[i] as number;
      return withSize(so, resolveDim(dim, so.length), kind === 'real' && last ? Math.floor(n / 2) + 1 : n);
    }, input.shape);
    const dtype = kind === 'inverse' ? realOf(complexOf(input.dtype)) : complexOf(input.dtype);
    return [strided(shape, dtype, stridesInOrder(shape, transformedLast(args)))];
  },
  cost(args, [out]) {
    const signal = lengths(args);
    const elements = Math.max(count(out), count(args.input));
    const perElement = signal.reduce((sum, n) => sum + 5 * Math.log2(Math.max(n, 2)), 0);
    return otherCost(Math.round(elements * perElement * (args.kind === 'complex' ? 1 : 0.5)));
  },
  // The gradient of a real signal is real: its type and shape are kept with it.
  saves: (args) =>
    args.kind === 'real' || realVector(args) ? [{ ...signalOf(args), dtype: args.input.dtype }] : [],
  note: '5 n log₂ n per line of n elements and dimension; half of it between real and complex',
});

interface StftArgs {
  /** [batch, samples] or [samples] */
  readonly input: TensorSpec;
  readonly size: number;
  readonly hop: number;
  readonly centered: boolean;
  readonly onesided: boolean;
  readonly complex: boolean;
}

/** Short-time transform: [batch, frequencies, frames]. */
export const stft = defineOp<StftArgs>({
  name: 'stft',
  infer({ input, size, hop, centered, onesided, complex }) {
    const samples = (input.shape.at(-1) ?? 0) + (centered ? 2 * Math.floor(size / 2) : 0);
    if (samples < size) fail(`stft with windows of ${size} does not fit ${samples} samples`);
    const frames = 1 + Math.floor((samples - size) / hop);
    const shape = [...input.shape.slice(0, -1), onesided ? Math.floor(size / 2) + 1 : size, frames];
    if (!complex) return [{ shape: [...shape, 2], dtype: realOf(input.dtype) }];
    // One transform per frame: its frequencies lie next to each other.
    const order = [...shape.keys()];
    const strides = stridesInOrder(shape, [...order.slice(0, -2), ...order.slice(-2).reverse()]);
    return [strided(shape, complexOf(input.dtype), strides)];
  },
  cost: ({ size }, [out]) => otherCost(Math.round(count(out) * (5 * Math.log2(Math.max(size, 2)) + 1))),
  note: '5 log₂ n per output element for windows of n, and 1 for the window',
});

/** Back from a short-time transform. */
export const istft = defineOp<{
  readonly input: TensorSpec;
  readonly size: number;
  readonly hop: number;
  readonly centered: boolean;
  readonly complex: boolean;
  readonly length: number | null;
}>({
  name: 'istft',
  infer({ input, size, hop, centered, complex, length }) {
    const frames = input.shape.at(-1) ?? 0;
    const full = size + hop * (frames - 1) - (centered ? 2 * Math.floor(size / 2) : 0);
    const dtype = complex ? input.dtype : realOf(input.dtype);
    return [{ shape: [...input.shape.slice(0, -2), length ?? full], dtype }];
  },
  cost: ({ input, size }) => otherCost(Math.round(count(input) * (5 * Math.log2(Math.max(size, 2)) + 2))),
  note: '5 log₂ n per input element for windows of n, and 2 for window and overlap',
});

export const FFT: readonly Op[] = [fft, istft, stft];
