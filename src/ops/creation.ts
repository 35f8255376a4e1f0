// Tensors made from nothing: filled, counted up, drawn at random, triangles of others, windows, one-hot. Making a tensor
// counts no FPO. Ranges and small fills keep their contents, computed in the precision in which PyTorch computes them.

import { asElement, keepsContents, withContents } from '../tensor/contents';
import { type DType, kindOf } from '../tensor/dtype';
import { DEFAULT_FLOAT } from '../tensor/promotion';
import { type Scalar, scalarKind, scalarValue } from '../tensor/scalar';
import { isDense, strided, stridesInOrder } from '../tensor/strides';
import { elementCount, type Shape, type TensorSpec } from '../tensor/tensor';
import { count, fail, resolveDim, sizeAt, withSize } from './arguments';
import { DataDependentSize, defineOp, type Op } from './operator';

type MaybeDType = DType | null;

function filled(shape: Shape, dtype: DType, value: number): TensorSpec {
  const spec = { shape, dtype };
  if (shape.some((size) => size < 0)) fail(`a tensor cannot have the negative size [${shape}]`);
  if (!keepsContents(shape)) return spec;
  return { ...spec, contents: new Array<number>(elementCount(shape)).fill(asElement(value, dtype)) };
}

/** The type that a number gives a tensor filled with it. */
function typeOfFill(value: Scalar): DType {
  const kind = scalarKind(value);
  return kind === 'bool' ? 'bool' : kind === 'int' ? 'int64' : DEFAULT_FLOAT;
}

export const full = defineOp<{ readonly shape: Shape; readonly value: Scalar; readonly dtype: MaybeDType }>({
  name: 'full',
  infer: ({ shape, value, dtype }) => [filled(shape, dtype ?? typeOfFill(value), scalarValue(value))],
});

/** A tensor whose elements are not known: empty, and everything random. */
export const empty = defineOp<{ readonly shape: Shape; readonly dtype: MaybeDType }>({
  name: 'empty',
  infer({ shape, dtype }) {
    if (shape.some((size) => size < 0)) fail(`a tensor cannot have the negative size [${shape}]`);
    return [{ shape, dtype: dtype ?? DEFAULT_FLOAT }];
  },
});

interface LikeArgs {
  readonly input: TensorSpec;
  readonly dtype: MaybeDType;
}

/** A tensor of unknown elements in the shape, and where dense in the layout, of another. */
export const emptyLike = defineOp<LikeArgs>({
  name: 'empty_like',
  infer: ({ input, dtype }) => [like(input, dtype)],
});

const like = ({ shape, dtype, strides, ...rest }: TensorSpec, wanted: MaybeDType): TensorSpec => ({
  shape,
  dtype: wanted ?? dtype,
  ...(strides && isDense({ shape, dtype, strides, ...rest }) && { strides }),
});

export const fullLike = defineOp<LikeArgs & { readonly value: Scalar }>({
  name: 'full_like',
  infer({ input, dtype, value }) {
    const out = like(input, dtype);
    return [withContents(out, filled(out.shape, out.dtype, scalarValue(value)).contents)];
  },
});

/** Draws from a distribution in the shape of another tensor: rand_like, bernoulli, normal. */
export const randomLike = defineOp<LikeArgs>({
  name: 'random_like',
  infer: ({ input, dtype }) => [like(input, dtype)],
});

interface RangeArgs {
  readonly start: Scalar;
  readonly end: Scalar;
  readonly step: Scalar;
  readonly dtype: MaybeDType;
}

export const arange = defineOp<RangeArgs>({
  name: 'arange',
  infer(args) {
    const floats = [args.start, args.end, args.step].some((one) => scalarKind(one) === 'float');
    const dtype = args.dtype ?? (floats ? DEFAULT_FLOAT : 'int64');
    // of the integers, only int64 is counted in integers
    const exact = (one: Scalar): number =>
      dtype === 'int64' ? Math.trunc(scalarValue(one)) : scalarValue(one);
    const [start, end, step] = [exact(args.start), exact(args.end), exact(args.step)];
    if (step === 0) fail('arange needs a step other than 0');
    const length = Math.ceil((end - start) / step);
    if (length < 0) fail(`arange from ${start} to ${end} does not go with a step of ${step}`);
    if (!keepsContents([length])) return [{ shape: [length], dtype }];
    const contents = Array.from({ length }, (_, i) => asElement(start + i * step, dtype));
    return [{ shape: [length], dtype, contents }];
  },
});

interface SpaceArgs {
  readonly start: Scalar;
  readonly end: Scalar;
  readonly steps: number;
  readonly dtype: MaybeDType;
}

/** Steps counted from both ends, in the precision of the type, as in PyTorch's RangeFactories; those of integers lie between. */
function spaced(start: number, end: number, steps: number, dtype: DType): number[] {
  const round = (value: number): number => asElement(value, dtype);
  const apart = (round(end) - round(start)) / Math.max(steps - 1, 1);
  const step = kindOf(dtype) === 'int' ? apart : round(apart);
  return Array.from({ length: steps }, (_, i) =>
    i < Math.floor(steps / 2) || steps === 1 ? round(start) + step * i : round(end) - step * (steps - 1 - i),
  );
}

export const linspace = defineOp<SpaceArgs>({
  name: 'linspace',
  infer({ start, end, steps, dtype }) {
    const type = dtype ?? DEFAULT_FLOAT;
    if (steps < 0) fail(`linspace needs a number of steps, but got ${steps}`);
    if (!keepsContents([steps])) return [{ shape: [steps], dtype: type }];
    const contents = spaced(scalarValue(start), scalarValue(end), steps, type).map((x) => asElement(x, type));
    return [{ shape: [steps], dtype: type, contents }];
  },
});

export const logspace = defineOp<SpaceArgs & { readonly base: Scalar }>({
  name: 'logspace',
  infer({ start, end, steps, base, dtype }) {
    const type = dtype ?? DEFAULT_FLOAT;
    if (!keepsContents([steps])) return [{ shape: [steps], dtype: type }];
    const places = spaced(scalarValue(start), scalarValue(end), steps, type);
    const exponents = kindOf(type) === 'int' ? places : places.map((x) => asElement(x, type));
    const contents = exponents.map((x) => asElement(scalarValue(base) ** x, type));
    return [{ shape: [steps], dtype: type, contents }];
  },
});

export const eye = defineOp<{ readonly rows: number; readonly columns: number; readonly dtype: MaybeDType }>({
  name: 'eye',
  infer({ rows, columns, dtype }) {
    const shape = [rows, columns];
    const spec = { shape, dtype: dtype ?? DEFAULT_FLOAT };
    if (!keepsContents(shape)) return [spec];
    const contents = Array.from({ length: rows * columns }, (_, i) =>
      Number(Math.floor(i / columns) === i % columns),
    );
    return [{ ...spec, contents }];
  },
});

/** The lower or upper triangle of matrices; the rest is 0. */
const triangle = (name: string, keeps: (row: number, column: number) => boolean): Op =>
  defineOp<{ readonly input: TensorSpec; readonly diagonal: number }>({
    name,
    infer({ input, diagonal }) {
      if (input.shape.length < 2) fail(`${name} needs a matrix, but the shape is [${input.shape}]`);
      const [rows, columns] = input.shape.slice(-2) as [number, number];
      const contents = input.contents?.map((value, i) => {
        const row = Math.floor(i / columns) % rows;
        return keeps(row + diagonal, i % columns) ? value : 0;
      });
      return [withContents({ shape: input.shape, dtype: input.dtype }, contents)];
    },
  });

export const tril = triangle('tril', (row, column) => column <= row);
export const triu = triangle('triu', (row, column) => column >= row);

/** Row and column numbers of a triangle, as [2, n]. */
const triangleIndices = (name: string, keeps: (row: number, column: number) => boolean): Op =>
  defineOp<{
    readonly rows: number;
    readonly columns: number;
    readonly offset: number;
    readonly dtype: MaybeDType;
  }>({
    name,
    infer({ rows, columns, offset, dtype }) {
      const pairs: [number, number][] = [];
      for (let row = 0; row < rows; row++)
        for (let column = 0; column < columns; column++)
          if (keeps(row + offset, column)) pairs.push([row, column]);
      const contents = [...pairs.map(([row]) => row), ...pairs.map(([, column]) => column)];
      return [withContents({ shape: [2, pairs.length], dtype: dtype ?? 'int64' }, contents)];
    },
  });

export const trilIndices = triangleIndices('tril_indices', (row, column) => column <= row);
export const triuIndices = triangleIndices('triu_indices', (row, column) => column >= row);

/** Windows for short-time transforms: hann, hamming, kaiser. */
export const windowFunction = defineOp<{ readonly length: number; readonly dtype: MaybeDType }>({
  name: 'window_function',
  infer: ({ length, dtype }) => [{ shape: [length], dtype: dtype ?? DEFAULT_FLOAT }],
});

/** Class numbers as rows of 0 and a single 1. */
export const oneHot = defineOp<{ readonly input: TensorSpec; readonly classes: number }>({
  name: 'one_hot',
  infer({ input, classes }) {
    const known = classes > 0 ? classes : input.contents && Math.max(-1, ...input.contents) + 1;
    const size = known ?? 1;
    const out: TensorSpec = { shape: [...input.shape, size], dtype: 'int64' };
    if (known === undefined)
      throw new DataDependentSize('one_hot classes', 'the number of classes depends on the data', [out]);
    const contents =
      count(out) <= 4096
        ? input.contents?.flatMap((at) => Array.from({ length: size }, (_, i) => Number(i === at)))
        : undefined;
    return [withContents(out, contents)];
  },
});

/** A random order of 0 … n − 1. */
export const randperm = defineOp<{ readonly length: number; readonly dtype: MaybeDType }>({
  name: 'randperm',
  infer: ({ length, dtype }) => [{ shape: [length], dtype: dtype ?? 'int64' }],
});

/** Draws columns of rows of probabilities. */
export const multinomial = defineOp<{ readonly input: TensorSpec; readonly samples: number }>({
  name: 'multinomial',
  infer: ({ input, samples }) => [{ shape: [...input.shape.slice(0, -1), samples], dtype: 'int64' }],
});

/** A vector as the diagonal of a matrix, in new last dimensions. */
export const diagEmbed = defineOp<{
  readonly input: TensorSpec;
  readonly offset: number;
  readonly dim1: number;
  readonly dim2: number;
}>({
  name: 'diag_embed',
  infer({ input, offset, dim1, dim2 }) {
    const size = (input.shape.at(-1) ?? 1) + Math.abs(offset);
    const rank = input.shape.length + 1;
    const at = [resolveDim(dim1, rank), resolveDim(dim2, rank)];
    const rest = [...input.shape.slice(0, -1)];
    const shape = Array.from({ length: rank }, (_, i) => (at.includes(i) ? size : (rest.shift() ?? 1)));
    return [{ shape, dtype: input.dtype }];
  },
});

/** Turns elements of dimensions around: a copy. */
export const flip = defineOp<{ readonly input: TensorSpec; readonly dims: readonly number[] }>({
  name: 'flip',
  infer({ input, dims }) {
    const at = dims.map((dim) => resolveDim(dim, input.shape.length));
    const move = (dim: number, i: number): number => (at.includes(dim) ? sizeAt(input, dim) - 1 - i : i);
    return [moved(input, move)];
  },
});

/** Turns by 90 degrees: a copy, in which the two dimensions change places at every other turn. */
export const rot90 = defineOp<{
  readonly input: TensorSpec;
  readonly turns: number;
  readonly dims: readonly number[];
}>({
  name: 'rot90',
  infer({ input, turns, dims }) {
    const [a = 0, b = 1] = dims.map((dim) => resolveDim(dim, input.shape.length));
    const swap = turns % 2 !== 0;
    const shape = input.shape.map((size, dim) =>
      swap && (dim === a || dim === b) ? sizeAt(input, dim === a ? b : a) : size,
    );
    const order = shape.map((_, dim) => (swap && dim === a ? b : swap && dim === b ? a : dim));
    return [strided(shape, input.dtype, stridesInOrder(shape, order))];
  },
});

/** Shifts elements around: a copy. */
export const roll = defineOp<{
  readonly input: TensorSpec;
  readonly shifts: readonly number[];
  readonly dims: readonly number[];
}>({
  name: 'roll',
  infer({ input, shifts, dims }) {
    if (dims.length === 0) return [{ shape: input.shape, dtype: input.dtype }];
    if (shifts.length !== dims.length) fail(`roll needs a shift for each of the dimensions [${dims}]`);
    const by = new Map(dims.map((dim, i) => [resolveDim(dim, input.shape.length), shifts[i] as number]));
    const move = (dim: number, i: number): number => {
      const size = sizeAt(input, dim);
      return (((i - (by.get(dim) ?? 0)) % size) + size) % size;
    };
    return [moved(input, move)];
  },
});

/** A dense copy in which the element at i along each dimension comes from move(dim, i). */
function moved(input: TensorSpec, move: (dim: number, i: number) => number): TensorSpec {
  const out: TensorSpec = { shape: input.shape, dtype: input.dtype };
  const { contents } = input;
  if (contents === undefined) return out;
  let offsets = [0];
  for (const [dim, size] of input.shape.entries())
    offsets = offsets.flatMap((base) => Array.from({ length: size }, (_, i) => base * size + move(dim, i)));
  return { ...out, contents: offsets.map((at) => contents[at] as number) };
}

/** A dimension, or the whole tensor, over and over: Tensor.repeat and repeat_interleave with one number. */
export const repeat = defineOp<{ readonly input: TensorSpec; readonly repeats: Shape }>({
  name: 'repeat',
  infer({ input, repeats }) {
    const lead = repeats.length - input.shape.length;
    if (lead < 0) fail(`repeat of a tensor of shape [${input.shape}] needs a number for each dimension`);
    const source = [...new Array<number>(lead).fill(1), ...input.shape];
    const shape = source.map((size, i) => size * (repeats[i] as number));
    return [withContents({ shape, dtype: input.dtype }, repeatedContents(input, source, shape))];
  },
});

function repeatedContents(input: TensorSpec, source: Shape, shape: Shape): number[] | undefined {
  const { contents } = input;
  if (contents === undefined || !keepsContents(shape)) return undefined;
  let offsets = [0];
  for (const [dim, size] of shape.entries()) {
    const own = source[dim] as number;
    offsets = offsets.flatMap((base) => Array.from({ length: size }, (_, i) => base * own + (i % own)));
  }
  return offsets.map((at) => contents[at] as number);
}

interface InterleaveArgs {
  readonly input: TensorSpec;
  readonly repeats: number | TensorSpec;
  readonly dim: number | null;
  readonly outputSize: number | null;
}

/** Each element of a dimension several times in a row; without a dimension, of the flat tensor. */
export const repeatInterleave = defineOp<InterleaveArgs>({
  name: 'repeat_interleave',
  infer({ input, repeats, dim, outputSize }) {
    const flat: TensorSpec = dim === null ? { ...input, shape: [count(input)], strides: undefined } : input;
    const at = resolveDim(dim ?? 0, flat.shape.length);
    const size = sizeAt(flat, at);
    const times = timesOf(repeats, size);
    const total = outputSize ?? times?.reduce((a, b) => a + b, 0);
    const out = (length: number): TensorSpec => ({
      shape: withSize(flat.shape, at, length),
      dtype: input.dtype,
    });
    if (total === undefined)
      throw new DataDependentSize('repeats', 'the number of repeats depends on the data', [out(size)]);
    return [withContents(out(total), times && interleaved(flat, at, times))];
  },
});

function timesOf(repeats: number | TensorSpec, size: number): readonly number[] | undefined {
  if (typeof repeats === 'number') return new Array<number>(size).fill(repeats);
  const { contents } = repeats;
  return contents?.length === 1 ? new Array<number>(size).fill(contents[0] as number) : contents;
}

function interleaved(input: TensorSpec, dim: number, times: readonly number[]): number[] | undefined {
  const { contents } = input;
  const total = times.reduce((a, b) => a + b, 0);
  if (contents === undefined || !keepsContents(withSize(input.shape, dim, total))) return undefined;
  const inner = elementCount(input.shape.slice(dim + 1));
  const outer = elementCount(input.shape.slice(0, dim));
  const result: number[] = [];
  for (let o = 0; o < outer; o++)
    for (const [i, n] of times.entries()) {
      const from = (o * times.length + i) * inner;
      for (let k = 0; k < n; k++) result.push(...contents.slice(from, from + inner));
    }
  return result;
}

export const CREATION: readonly Op[] = [
  arange,
  diagEmbed,
  empty,
  emptyLike,
  eye,
  flip,
  full,
  fullLike,
  linspace,
  logspace,
  multinomial,
  oneHot,
  randomLike,
  randperm,
  repeat,
  repeatInterleave,
  roll,
  rot90,
  tril,
  trilIndices,
  triu,
  triuIndices,
  windowFunction,
];
