// Tensors made from nothing, filled, random, joined and padded.

import { broadcast, fail, isTensor } from '../../../ops/arguments';
import { fill } from '../../../ops/copies';
import {
  arange,
  empty,
  emptyLike,
  eye,
  full,
  fullLike,
  linspace,
  logspace,
  multinomial,
  oneHot,
  randomLike,
  randperm,
  tril,
  trilIndices,
  triu,
  triuIndices,
  windowFunction,
} from '../../../ops/creation';
import { blockDiag, cartesianProduct, cat, meshgrid, stack } from '../../../ops/joining';
import type { Op } from '../../../ops/operator';
import { pad } from '../../../ops/padding';
import { FloatScalar, isScalar } from '../../../tensor/scalar';
import type { Shape } from '../../../tensor/tensor';
import type { Binding, BoundArguments } from '../binding';
import { absent, BOTH, dtypeOr, F, METHOD, num, numOr, nums, row, TORCH, tensors } from './rows';

const FACTORY = 'dtype=None, layout=None, device=None, requires_grad=False, pin_memory=False';
const LIKE = `input, *, ${FACTORY}, memory_format=None`;

const shaped = (args: BoundArguments) => ({ shape: nums(args.size), dtype: dtypeOr(args.dtype, null) });

const emptyRow = (name: string): Binding =>
  row(name, TORCH, `*size, ${FACTORY}, generator=None, memory_format=None`, empty, { adapt: shaped });

const filledRow = (name: string, value: number): Binding =>
  row(name, TORCH, `*size, ${FACTORY}`, full, {
    adapt: (args) => ({ ...shaped(args), value: new FloatScalar(value) }),
  });

const newRow = (name: string, value: number | null): Binding =>
  row(name, METHOD, `input, *size, ${FACTORY}`, value === null ? empty : full, {
    adapt: (args) => ({
      shape: nums(args.size),
      value: value ?? 0,
      dtype: dtypeOr(args.dtype, isTensor(args.input) ? args.input.dtype : null),
    }),
  });

const shapeOf = (value: BoundArguments[string] | undefined): Shape => (isTensor(value) ? value.shape : []);

const likeArgs = ({ input = null, dtype }: BoundArguments) => ({ input, dtype: dtypeOr(dtype, null) });

const likeRow = (name: string, op: Op, value?: number): Binding =>
  row(name, TORCH, LIKE, op, { adapt: (args) => ({ ...likeArgs(args), value: value ?? 0 }) });

/** A number that is an int or a float; of a tensor, the one in it. */
function scalarOf(value: BoundArguments[string] | undefined) {
  if (isScalar(value)) return value;
  const number = num(value);
  return isTensor(value) && value.dtype.includes('float') ? new FloatScalar(number) : number;
}

/** arange(end), arange(start, end), arange(start, end, step). */
const rangeArgs = ({ start, end, step, dtype }: BoundArguments) => ({
  start: absent(end) ? 0 : scalarOf(start ?? 0),
  end: scalarOf(absent(end) ? start : end),
  step: scalarOf(step ?? 1),
  dtype: dtypeOr(dtype, null),
});

/** Whether a number is an element of a tensor that is not followed: then the result has unknown elements, too. */
const isUnfollowed = (value: BoundArguments[string] | undefined): boolean =>
  isTensor(value) && value.contents === undefined;

/** A tensor of this shape whose elements are not followed, where a number that fills it is not. */
const filledWith = (...names: readonly string[]): Pick<Binding, 'overload'> => ({
  overload: (args) => {
    const unknown = names.map((name) => args[name]).find(isUnfollowed);
    if (!isTensor(unknown)) return undefined;
    return isTensor(args.input)
      ? { op: emptyLike, adapt: likeArgs }
      : {
          op: empty,
          adapt: ({ size, dtype }) => ({ shape: nums(size), dtype: dtypeOr(dtype, unknown.dtype) }),
        };
  },
});

const spacedBy: Pick<Binding, 'overload'> = {
  overload: ({ start, end }) =>
    isUnfollowed(start) || isUnfollowed(end)
      ? {
          op: empty,
          adapt: ({ steps, dtype }) => ({ shape: [num(steps, 'steps')], dtype: dtypeOr(dtype, null) }),
        }
      : undefined,
};

const spaceArgs = ({ start, end, steps, base, dtype }: BoundArguments) => ({
  start: scalarOf(start),
  end: scalarOf(end),
  steps: num(steps, 'steps'),
  base: scalarOf(base ?? new FloatScalar(10)),
  dtype: dtypeOr(dtype, null),
});

const sizeOf = ({ n, m, dtype }: BoundArguments) => ({
  rows: num(n),
  columns: numOr(m, num(n)),
  dtype: dtypeOr(dtype, null),
});

const windowArgs = ({ window_length, dtype }: BoundArguments) => ({
  length: num(window_length),
  dtype: dtypeOr(dtype, null),
});

const indicesArgs = (args: BoundArguments) => ({
  rows: num(args.row),
  columns: num(args.col),
  offset: numOr(args.offset, 0),
  dtype: dtypeOr(args.dtype, null),
});

/** A list of tensors, or one tensor whose rows are joined. */
function joined(value: BoundArguments[string] | undefined) {
  return isTensor(value) ? fail('a list of tensors is expected, but got one tensor') : tensors(value);
}

const joinArgs = (args: BoundArguments) => ({
  tensors: joined(args.tensors),
  dim: numOr(args.dim, 0),
});

/** hstack, vstack, dstack, column_stack: how many dimensions each tensor gets at least, and where they are joined. */
const stacked = (rank: number, dim: (rank: number) => number) => (args: BoundArguments) => {
  const list = joined(args.tensors);
  const widest = Math.max(0, ...list.map(({ shape }) => shape.length));
  return { tensors: list.map((one) => raised(one, rank)), dim: dim(widest) };
};

type Tensor = ReturnType<typeof tensors>[number];

/** The tensor itself where it has the rank already, so that the call keeps knowing it. */
function raised(one: Tensor, rank: number): Tensor {
  const { shape } = one;
  if (shape.length >= rank) return one;
  const lead = rank === 3 ? [1, shape[0] ?? 1, 1] : [1, shape[0] ?? 1];
  const wide = rank === 1 ? [1] : shape.length === 2 ? [...shape, 1] : lead;
  return { ...one, shape: wide, strides: undefined };
}

const columns = (args: BoundArguments) => ({
  tensors: joined(args.tensors).map((one) =>
    one.shape.length >= 2 ? one : { ...one, shape: [one.shape[0] ?? 1, 1], strides: undefined },
  ),
  dim: 1,
});

const grids = (args: BoundArguments) => ({
  tensors: tensors(args.tensors),
  indexing: args.indexing ?? 'ij',
});

const padArgs = ({ input = null, pad: sizes, mode, value }: BoundArguments) => ({
  input,
  pad: nums(sizes),
  mode: mode ?? 'constant',
  value: numOr(value, 0),
});

const windowRow = (name: string, extra = ''): Binding =>
  row(
    name,
    TORCH,
    `window_length, periodic=True, ${extra}*, dtype=None, requires_grad=False`,
    windowFunction,
    {
      adapt: windowArgs,
    },
  );

/** In-place fills with random numbers: normal_, uniform_. As bound names they lose their underscore. */
const randomFill = (name: string, signature: string): Binding =>
  row(name, METHOD, signature, randomLike, { adapt: ({ input = null }) => ({ input, dtype: null }) });

export const CREATION_BINDINGS: readonly Binding[] = [
  row('arange', TORCH, `start=None, end=None, step=1, *, ${FACTORY}`, arange, { adapt: rangeArgs }),
  row('bartlett_window', TORCH, 'window_length, periodic=True, *, dtype=None', windowFunction, {
    adapt: windowArgs,
  }),
  row('bernoulli', BOTH, 'input, p=None, *, generator=None', randomLike, { adapt: likeArgs }),
  windowRow('blackman_window'),
  row('block_diag', TORCH, '*tensors', blockDiag, { adapt: (args) => ({ tensors: tensors(args.tensors) }) }),
  row('cartesian_prod', TORCH, '*tensors', cartesianProduct, {
    adapt: (args) => ({ tensors: tensors(args.tensors) }),
  }),
  row('cat', TORCH, 'tensors, dim=0', cat, { adapt: joinArgs }),
  randomFill('cauchy', 'input, median=0, sigma=1, *, generator=None'),
  row('column_stack', TORCH, 'tensors', cat, { adapt: columns }),
  row('concat', TORCH, 'tensors, dim=0', cat, { adapt: joinArgs }),
  row('concatenate', TORCH, 'tensors, dim=0', cat, { adapt: joinArgs }),
  row('dstack', TORCH, 'tensors', cat, { adapt: stacked(3, () => 2) }),
  emptyRow('empty'),
  likeRow('empty_like', emptyLike),
  row('empty_strided', TORCH, `size, stride, *, ${FACTORY}`, empty, { adapt: shaped }),
  randomFill('exponential', 'input, lambd=1, *, generator=None'),
  row('eye', TORCH, `n, m=None, *, ${FACTORY}`, eye, { adapt: sizeOf }),
  row('full', TORCH, `size, fill_value, *, ${FACTORY}`, full, {
    adapt: (args) => ({ ...shaped(args), value: scalarOf(args.fill_value) }),
    ...filledWith('fill_value'),
  }),
  row('full_like', TORCH, `input, fill_value, *, ${FACTORY}, memory_format=None`, fullLike, {
    adapt: (args) => ({ ...likeArgs(args), value: scalarOf(args.fill_value) }),
    ...filledWith('fill_value'),
  }),
  randomFill('geometric', 'input, p, *, generator=None'),
  windowRow('hamming_window', 'alpha=0.54, beta=0.46, '),
  windowRow('hann_window'),
  row('hstack', TORCH, 'tensors', cat, { adapt: stacked(1, (rank) => (rank <= 1 ? 0 : 1)) }),
  windowRow('kaiser_window', 'beta=12.0, '),
  row('linspace', TORCH, `start, end, steps=100, *, ${FACTORY}`, linspace, {
    adapt: spaceArgs,
    ...spacedBy,
  }),
  randomFill('log_normal', 'input, mean=1, std=2, *, generator=None'),
  row('logspace', TORCH, `start, end, steps=100, base=10.0, *, ${FACTORY}`, logspace, {
    adapt: spaceArgs,
    ...spacedBy,
  }),
  row('meshgrid', TORCH, '*tensors, indexing=None', meshgrid, { adapt: grids, result: 'tuple' }),
  row('multinomial', BOTH, 'input, num_samples, replacement=False, *, generator=None', multinomial, {
    adapt: ({ input = null, num_samples }) => ({ input, samples: num(num_samples) }),
  }),
  newRow('new_empty', null),
  row('new_full', METHOD, `input, size, fill_value, *, ${FACTORY}`, full, {
    adapt: ({ input, size, fill_value, dtype }) => ({
      shape: nums(size),
      value: scalarOf(fill_value),
      dtype: dtypeOr(dtype, isTensor(input) ? input.dtype : null),
    }),
  }),
  newRow('new_ones', 1),
  newRow('new_zeros', 0),
  randomFill('normal', 'input, mean=0, std=1, *, generator=None'),
  row('normal', TORCH, `mean, std=1.0, size=None, *, generator=None, ${FACTORY}`, empty, {
    adapt: ({ mean, std, size, dtype }) => ({
      shape: isTensor(mean) || isTensor(std) ? broadcast(shapeOf(mean), shapeOf(std)) : nums(size),
      dtype: dtypeOr(dtype, [mean, std].find(isTensor)?.dtype ?? null),
    }),
  }),
  row('one_hot', F, 'input, num_classes=-1', oneHot, {
    adapt: ({ input = null, num_classes }) => ({ input, classes: numOr(num_classes, -1) }),
  }),
  filledRow('ones', 1),
  likeRow('ones_like', fullLike, 1),
  row('pad', F, "input, pad, mode='constant', value=None", pad, { adapt: padArgs }),
  row('poisson', TORCH, 'input, generator=None', randomLike, { adapt: likeArgs }),
  emptyRow('rand'),
  likeRow('rand_like', randomLike),
  row('randint', TORCH, `low=0, high=None, size=None, *, generator=None, ${FACTORY}`, empty, {
    adapt: ({ high, size, dtype }) => ({
      // randint(high, size) binds its size to `high`.
      shape: nums(absent(size) ? high : size),
      dtype: dtypeOr(dtype, 'int64'),
    }),
  }),
  row('randint_like', TORCH, `input, low=0, high=None, *, ${FACTORY}, memory_format=None`, randomLike, {
    adapt: likeArgs,
  }),
  emptyRow('randn'),
  likeRow('randn_like', randomLike),
  randomFill('random', 'input, start=0, to=None, *, generator=None'),
  row('randperm', TORCH, `n, *, generator=None, ${FACTORY}`, randperm, {
    adapt: ({ n, dtype }) => ({ length: num(n), dtype: dtypeOr(dtype, null) }),
  }),
  row('range', TORCH, `start, end, step=1, *, ${FACTORY}`, arange, {
    adapt: ({ start, end, step, dtype }) => ({
      start: new FloatScalar(num(start)),
      end: new FloatScalar(num(end) + numOr(step, 1) * 0.5),
      step: scalarOf(step ?? 1),
      dtype: dtypeOr(dtype, null),
    }),
  }),
  row('row_stack', TORCH, 'tensors', cat, { adapt: stacked(2, () => 0) }),
  row('scalar_tensor', TORCH, `s, *, ${FACTORY}`, full, {
    adapt: ({ s, dtype }) => ({ shape: [], value: num(s), dtype: dtypeOr(dtype, 'float32') }),
  }),
  row('stack', TORCH, 'tensors, dim=0', stack, { adapt: joinArgs }),
  row('tril', BOTH, 'input, diagonal=0', tril),
  row('tril_indices', TORCH, `row, col, offset=0, *, ${FACTORY}`, trilIndices, { adapt: indicesArgs }),
  row('triu', BOTH, 'input, diagonal=0', triu),
  row('triu_indices', TORCH, `row, col, offset=0, *, ${FACTORY}`, triuIndices, { adapt: indicesArgs }),
  randomFill('uniform', 'input, from_=0, to=1, *, generator=None'),
  row('vstack', TORCH, 'tensors', cat, { adapt: stacked(2, () => 0) }),
  row('zero', METHOD, 'input', fill, { adapt: ({ input = null }) => ({ input, value: 0 }) }),
  filledRow('zeros', 0),
  likeRow('zeros_like', fullLike, 0),
];
