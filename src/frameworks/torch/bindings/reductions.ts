// Sums, means, extremes, norms, scans.

import { fail, isTensor, sizeAt } from '../../../ops/arguments';
import { ELEMENTWISE } from '../../../ops/elementwise';
import type { Op, OpArgument } from '../../../ops/operator';
import {
  aminmax,
  argmin,
  kthvalue,
  medianWithIndices,
  minWithIndices,
  modeWithIndices,
  quantile,
  REDUCTION,
  stdMean,
  trace,
  varMean,
} from '../../../ops/reductions';
import { cummax, cummin, cumprod, cumsum, diff, logcumsumexp, trapezoid } from '../../../ops/scans';
import { alias } from '../../../ops/views';
import { isScalar } from '../../../tensor/scalar';
import { evenArgmax, evenMax } from '../assumed';
import type { Binding, BoundArguments, Namespace } from '../binding';
import {
  absent,
  BOTH,
  dimsOf,
  dtypeOr,
  flag,
  METHOD,
  num,
  numOr,
  numOrNull,
  nums,
  row,
  rows,
  TORCH,
  tensor,
  tensorOrNull,
} from './rows';

const named = (name: string): Op => REDUCTION[name] as Op;

const reduced = ({ input = null, dim, keepdim, dtype }: BoundArguments) => ({
  input,
  dims: dimsOf(dim),
  keepdim: flag(keepdim),
  dtype: dtypeOr(dtype, null),
});

/** Reductions with one result: name, more of the signature. */
const PLAIN: readonly (readonly [name: string, op: string, more?: string])[] = [
  ['all', 'all'],
  ['amax', 'amax'],
  ['amin', 'amin'],
  ['any', 'any'],
  ['count_nonzero', 'count_nonzero'],
  ['logsumexp', 'logsumexp'],
  ['mean', 'mean', ', *, dtype=None'],
  ['nanmean', 'nanmean', ', *, dtype=None'],
  ['nansum', 'nansum', ', *, dtype=None'],
  ['prod', 'prod', ', *, dtype=None'],
  ['sum', 'sum', ', *, dtype=None'],
];

const plain = ([name, op, more = '']: (typeof PLAIN)[number]): Binding =>
  row(name, BOTH, `input, dim=None, keepdim=False${more}`, named(op), { adapt: reduced });

/** var and std: an old second argument `unbiased` stands where the dimension is. */
const spread = (args: BoundArguments) => ({
  input: args.input ?? null,
  dims: typeof args.dim === 'boolean' ? null : dimsOf(args.dim),
  keepdim: flag(args.keepdim),
});

const SPREAD = 'input, dim=None, unbiased=True, keepdim=False, *, correction=1';

const along = ({ input = null, dim, keepdim }: BoundArguments) => ({
  input,
  dim: numOr(dim, -1),
  keepdim: flag(keepdim),
});

const INDEXED = ['values', 'indices'];

/** max(input), max(input, dim), max(input, other). */
const extreme = (name: 'max' | 'min', withIndices: Op): Binding =>
  row(name, BOTH, 'input, dim=None, keepdim=False, *, other=None', named(`a${name}`), {
    adapt: ({ input = null }) => ({ input, dims: null, keepdim: false }),
    overload(args) {
      const other = tensorOrNull(args.other) ?? tensorOrNull(args.dim);
      const op = name === 'max' ? ELEMENTWISE.maximum : ELEMENTWISE.minimum;
      if (other) return { op, adapt: ({ input = null }) => ({ input, other }) };
      return absent(args.dim) ? undefined : { op: withIndices, adapt: along, result: INDEXED };
    },
  });

const argument = ({ input = null, dim, keepdim }: BoundArguments) => ({
  input,
  dim: numOrNull(dim),
  keepdim: flag(keepdim),
});

const median = (name: string): Binding =>
  row(name, BOTH, 'input, dim=None, keepdim=False', named('median'), {
    adapt: reduced,
    overload: ({ dim }) =>
      absent(dim) ? undefined : { op: medianWithIndices, adapt: along, result: INDEXED },
  });

/** Orders that stand for the root of the sum of squares. */
const isUsual = (order: OpArgument | undefined): boolean =>
  absent(order) || order === 'fro' || (isScalar(order) && num(order) === 2);

/** norm(p=2, dim) and linalg.vector_norm(ord=2, dim). */
const norm = (name: string, namespaces: readonly Namespace[], signature: string): Binding =>
  row(name, namespaces, signature, named('norm'), {
    adapt: (args) => ({ ...reduced(args), unusual: !isUsual(args.p ?? args.ord) }),
  });

const scanned = ({ input = null, dim, dtype }: BoundArguments) => ({
  input,
  dim: num(dim),
  dtype: dtypeOr(dtype, null),
});

const SCAN = 'input, dim, *, dtype=None';

const differences = ({ input = null, n, dim, prepend, append }: BoundArguments) => {
  const at = numOr(dim, -1);
  const length = (value: typeof prepend): number => {
    const spec = tensorOrNull(value);
    return spec ? sizeAt(spec, at < 0 ? at + spec.shape.length : at) : 0;
  };
  const times = numOr(n, 1);
  return { input, n: times, dim: at, extra: times === 0 ? 0 : length(prepend) + length(append) };
};

/** How a tensor is summed to a shape; null where it has that shape. A shape without dimensions is a sum in any case. */
function summed({ input = null, size }: BoundArguments) {
  const { shape } = tensor(input, 'input');
  const target = nums(size);
  if (target.length === 0) return { input, dims: null, keepdim: false };
  const lead = shape.length - target.length;
  const dims = [...shape.keys()].filter((dim) => dim < lead || target[dim - lead] !== shape[dim]);
  if (lead > 0 && dims.length > lead)
    fail('sum_to_size over dimensions that go and others that stay is not modelled yet');
  return dims.length === 0 ? null : { input, dims, keepdim: lead === 0 };
}

const quantiles = ({ input = null, q, dim, keepdim }: BoundArguments) => ({
  input,
  quantiles: isTensor(q) ? q : num(q),
  dim: numOrNull(dim),
  keepdim: flag(keepdim),
});

export const REDUCTION_BINDINGS: readonly Binding[] = [
  ...PLAIN.map(plain),
  row('aminmax', BOTH, 'input, *, dim=None, keepdim=False', aminmax, {
    adapt: reduced,
    result: ['min', 'max'],
  }),
  row('argmax', BOTH, 'input, dim=None, keepdim=False', evenArgmax, { adapt: argument }),
  row('argmin', BOTH, 'input, dim=None, keepdim=False', argmin, { adapt: argument }),
  row('cummax', BOTH, 'input, dim', cummax, { result: INDEXED }),
  row('cummin', BOTH, 'input, dim', cummin, { result: INDEXED }),
  row('cumprod', BOTH, SCAN, cumprod, { adapt: scanned }),
  row('cumsum', BOTH, SCAN, cumsum, { adapt: scanned }),
  row('diff', BOTH, 'input, n=1, dim=-1, prepend=None, append=None', diff, { adapt: differences }),
  row('kthvalue', BOTH, 'input, k, dim=-1, keepdim=False', kthvalue, { adapt: along, result: INDEXED }),
  row('logcumsumexp', BOTH, 'input, dim', logcumsumexp),
  row('logsumexp', ['torch.special'], 'input, dim, keepdim=False', named('logsumexp'), { adapt: reduced }),
  extreme('max', evenMax),
  median('median'),
  extreme('min', minWithIndices),
  row('mode', BOTH, 'input, dim=-1, keepdim=False', modeWithIndices, { adapt: along, result: INDEXED }),
  median('nanmedian'),
  row('nanquantile', BOTH, "input, q, dim=None, keepdim=False, *, interpolation='linear'", quantile, {
    adapt: quantiles,
  }),
  norm('norm', BOTH, "input, p='fro', dim=None, keepdim=False, dtype=None"),
  row('quantile', BOTH, "input, q, dim=None, keepdim=False, *, interpolation='linear'", quantile, {
    adapt: quantiles,
  }),
  row('std', BOTH, SPREAD, named('std'), { adapt: spread }),
  row('std_mean', TORCH, SPREAD, stdMean, { adapt: spread, result: 'tuple' }),
  row('trace', BOTH, 'input', trace),
  ...rows(['trapezoid', 'trapz'], (name) =>
    row(name, TORCH, 'input, x=None, *, dx=None, dim=-1', trapezoid, {
      adapt: ({ input = null, x = null, dim }) => ({ input, x, dim: numOr(dim, -1) }),
    }),
  ),
  row('var', BOTH, SPREAD, named('var'), { adapt: spread }),
  row('var_mean', TORCH, SPREAD, varMean, { adapt: spread, result: 'tuple' }),
  norm('vector_norm', ['torch.linalg'], 'input, ord=2, dim=None, keepdim=False, *, dtype=None'),
  row('sum_to_size', METHOD, 'input, *size', named('sum'), {
    adapt: (args) => summed(args) ?? {},
    overload: (args) =>
      summed(args) === null ? { op: alias, adapt: ({ input = null }) => ({ input }) } : undefined,
  }),
];
