// Sorting and searching, gather and scatter, embeddings. Brackets (`x[...]`) go to ops/indexing.ts directly.

import { fail, isTensor } from '../../../ops/arguments';
import {
  embedding,
  embeddingBag,
  gather,
  indexAdd,
  indexCopy,
  indexFill,
  maskedScatter,
  maskedSelect,
  scatter,
  scatterAdd,
  scatterReduce,
  take,
  takeAlongDim,
} from '../../../ops/gathering';
import { indexPut } from '../../../ops/indexing';
import type { OpArgument } from '../../../ops/operator';
import {
  argsort,
  bincount,
  histogram,
  isin,
  nonzero,
  searchsorted,
  sort,
  unique,
} from '../../../ops/sorting';
import { kindOf } from '../../../tensor/dtype';
import type { TensorSpec } from '../../../tensor/tensor';
import { evenTopk } from '../assumed';
import type { Binding, BoundArguments } from '../binding';
import { BOTH, F, flag, num, numOr, numOrNull, row, TORCH, tensor } from './rows';

/** The table and what is looked up; PyTorch still takes them in the order of old. */
const bagOf = (input: OpArgument, weight: OpArgument) =>
  isTensor(input) && kindOf(input.dtype) === 'float'
    ? { weight: input, indices: weight }
    : { weight, indices: input };

const sorted = ({ input = null, dim, descending }: BoundArguments) => ({
  input,
  dim: numOr(dim, -1),
  descending: flag(descending),
});

const INDEXED = ['values', 'indices'];

const distinct =
  (consecutive: boolean) =>
  ({ input = null, dim, return_inverse, return_counts }: BoundArguments) => ({
    input,
    dim: numOrNull(dim),
    inverse: flag(return_inverse),
    counts: flag(return_counts),
    consecutive,
  });

const uniqueRow = (name: string, signature: string, consecutive: boolean): Binding =>
  row(name, BOTH, signature, unique, { adapt: distinct(consecutive) });

/** Plain numbers searched for are scalars. */
const asSpec = (value: BoundArguments[string] | undefined): TensorSpec =>
  isTensor(value) ? value : { shape: [], dtype: 'float32', contents: [num(value)] };

const searched = (values: string, boundaries: string) => (args: BoundArguments) => ({
  sorted: args[boundaries] ?? null,
  values: asSpec(args[values]),
  right: flag(args.right),
  int32: flag(args.out_int32),
});

/** scatter(dim, index, src) and scatter(dim, index, value). */
const scattered = (source: string) => (args: BoundArguments) => ({
  input: args.input ?? null,
  dim: num(args.dim),
  index: args.index ?? null,
  source: args[source] ?? args.value ?? null,
});

const picked = ({ input = null, dim, index = null }: BoundArguments) => ({ input, dim: num(dim), index });

/** Rows of a table are named by integers. */
function rowNumbers(given: BoundArguments[string] | undefined): TensorSpec {
  const indices = tensor(given, 'input');
  if (kindOf(indices.dtype) !== 'int') fail(`embedding takes integers for indices, but got ${indices.dtype}`);
  return indices;
}

export const INDEXING_BINDINGS: readonly Binding[] = [
  row('argsort', BOTH, 'input, dim=-1, descending=False, stable=False', argsort, { adapt: sorted }),
  row('argwhere', BOTH, 'input', nonzero, { adapt: ({ input = null }) => ({ input, asTuple: false }) }),
  row('bincount', BOTH, 'input, weights=None, minlength=0', bincount, {
    adapt: ({ input = null, weights, minlength }) => ({
      input,
      minlength: numOr(minlength, 0),
      weighted: isTensor(weights),
    }),
  }),
  row('bucketize', TORCH, 'input, boundaries, *, out_int32=False, right=False', searchsorted, {
    adapt: searched('input', 'boundaries'),
  }),
  row(
    'embedding',
    F,
    'input, weight, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False',
    embedding,
    { adapt: ({ input, weight = null }) => ({ weight, indices: rowNumbers(input) }) },
  ),
  row(
    'embedding',
    TORCH,
    'weight, indices, padding_idx=-1, scale_grad_by_freq=False, sparse=False',
    embedding,
    {
      adapt: ({ weight = null, indices = null }) => ({ weight, indices }),
    },
  ),
  row(
    'embedding_bag',
    F,
    "input, weight, offsets=None, max_norm=None, norm_type=2, scale_grad_by_freq=False, mode='mean', sparse=False, per_sample_weights=None, include_last_offset=False, padding_idx=None",
    embeddingBag,
    {
      adapt: ({ input = null, weight = null, offsets, include_last_offset }) => ({
        ...bagOf(input, weight),
        offsets: offsets ?? null,
        includeLastOffset: flag(include_last_offset),
      }),
    },
  ),
  row('gather', BOTH, 'input, dim, index, *, sparse_grad=False', gather, { adapt: picked }),
  row('histc', BOTH, 'input, bins=100, min=0, max=0', histogram),
  row('index_add', BOTH, 'input, dim, index, source, *, alpha=1', indexAdd, { adapt: scattered('source') }),
  row('index_copy', BOTH, 'input, dim, index, source', indexCopy, { adapt: scattered('source') }),
  row('index_fill', BOTH, 'input, dim, index, value', indexFill, { adapt: scattered('value') }),
  row('index_put', BOTH, 'input, indices, values, accumulate=False', indexPut, {
    adapt: ({ input = null, indices = [], values = null, accumulate }) => ({
      input,
      items: indices,
      value: values,
      accumulate: flag(accumulate),
    }),
  }),
  row('isin', TORCH, 'elements, test_elements, *, assume_unique=False, invert=False', isin, {
    adapt: ({ elements, test_elements, invert }) => ({
      input: asSpec(elements),
      among: asSpec(test_elements),
      invert: flag(invert),
    }),
  }),
  row('masked_scatter', BOTH, 'input, mask, source', maskedScatter),
  row('masked_select', BOTH, 'input, mask', maskedSelect),
  row('nonzero', BOTH, 'input, *, as_tuple=False', nonzero, {
    adapt: ({ input = null }) => ({ input, asTuple: false }),
    overload: ({ as_tuple }) =>
      flag(as_tuple)
        ? { op: nonzero, adapt: ({ input = null }) => ({ input, asTuple: true }), result: 'tuple' }
        : undefined,
  }),
  row('scatter', BOTH, 'input, dim, index, src=None, *, value=None, reduce=None', scatter, {
    adapt: scattered('src'),
    overload: ({ reduce }) =>
      typeof reduce === 'string' ? { op: scatterReduce, adapt: scattered('src') } : undefined,
  }),
  row('scatter_add', BOTH, 'input, dim, index, src', scatterAdd, { adapt: scattered('src') }),
  row('scatter_reduce', BOTH, 'input, dim, index, src, reduce, *, include_self=True', scatterReduce, {
    adapt: scattered('src'),
  }),
  row(
    'searchsorted',
    TORCH,
    'sorted_sequence, input, *, out_int32=False, right=False, side=None, sorter=None',
    searchsorted,
    {
      adapt: (args) =>
        searched('input', 'sorted_sequence')({ ...args, right: flag(args.right) || args.side === 'right' }),
    },
  ),
  row('sort', BOTH, 'input, dim=-1, descending=False, stable=False', sort, {
    adapt: sorted,
    result: INDEXED,
  }),
  row('take', BOTH, 'input, index', take),
  row('take_along_dim', BOTH, 'input, indices, dim=None', takeAlongDim, {
    adapt: ({ input = null, indices = null, dim }) => ({ input, index: indices, dim: numOrNull(dim) }),
  }),
  row('topk', BOTH, 'input, k, dim=-1, largest=True, sorted=True', evenTopk, {
    adapt: ({ input = null, k, dim, largest }) => ({
      input,
      k: num(k),
      dim: numOr(dim, -1),
      largest: flag(largest),
    }),
    result: INDEXED,
  }),
  uniqueRow('unique', 'input, sorted=True, return_inverse=False, return_counts=False, dim=None', false),
  uniqueRow('unique_consecutive', 'input, return_inverse=False, return_counts=False, dim=None', true),
];
