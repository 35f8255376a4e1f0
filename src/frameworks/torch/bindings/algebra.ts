// torch.fft, torch.linalg, and distances between vectors.

import { fail, isTensor } from '../../../ops/arguments';
import { roll, windowFunction } from '../../../ops/creation';
import { type FftKind, fft, istft, stft } from '../../../ops/fft';
import {
  cdist,
  cholesky,
  cosineSimilarity,
  covariance,
  cross,
  determinant,
  eig,
  eigh,
  eigvalsh,
  householderProduct,
  inverse,
  kron,
  ldl,
  lstsq,
  lu,
  matrixExp,
  pairwiseDistance,
  pdist,
  pinv,
  qr,
  reflected,
  reflections,
  slogdet,
  solve,
  svd,
  svdvals,
} from '../../../ops/linalg';
import type { Op } from '../../../ops/operator';
import { kindOf } from '../../../tensor/dtype';
import type { Binding, BoundArguments, Namespace } from '../binding';
import {
  absent,
  BOTH,
  dimsOf,
  dtypeOr,
  flag,
  num,
  numOr,
  numOrNull,
  nums,
  row,
  TORCH,
  TORCH_F,
  tensor,
} from './rows';

const FFT: readonly Namespace[] = ['torch.fft'];
const LINALG: readonly Namespace[] = ['torch.linalg'];

const one = (kind: FftKind) => (args: BoundArguments) => ({
  kind,
  input: tensor(args.input, 'input'),
  dims: [numOr(args.dim, -1)],
  sizes: [numOrNull(args.n)],
});

/** Dimensions of a transform of several: those given, or the last ones that sizes are given for, or all. */
const several = (kind: FftKind) => (args: BoundArguments) => {
  const input = tensor(args.input, 'input');
  const sizes = absent(args.s) ? [] : nums(args.s);
  const rank = sizes.length > 0 ? sizes.length : input.shape.length;
  const dims = dimsOf(args.dim) ?? Array.from({ length: rank }, (_, i) => i - rank);
  return { kind, input, dims, sizes: dims.map((_, i) => (sizes[i] === -1 ? null : (sizes[i] ?? null))) };
};

const oneRow = (name: string, kind: FftKind): Binding =>
  row(name, FFT, 'input, n=None, dim=-1, norm=None', fft, { adapt: one(kind) });

const twoRow = (name: string, kind: FftKind): Binding =>
  row(name, FFT, 'input, s=None, dim=(-2, -1), norm=None', fft, { adapt: several(kind) });

const manyRow = (name: string, kind: FftKind): Binding =>
  row(name, FFT, 'input, s=None, dim=None, norm=None', fft, { adapt: several(kind) });

const shifted = (sign: 1 | -1) => (args: BoundArguments) => {
  const input = tensor(args.input, 'input');
  const dims = dimsOf(args.dim) ?? [...input.shape.keys()];
  return { input, dims, shifts: dims.map((dim) => sign * Math.floor((input.shape.at(dim) ?? 0) / 2)) };
};

const frequencies = (half: boolean) => (args: BoundArguments) => ({
  length: half ? Math.floor(num(args.n) / 2) + 1 : num(args.n),
  dtype: dtypeOr(args.dtype, null),
});

const STFT =
  "input, n_fft, hop_length=None, win_length=None, window=None, center=True, pad_mode='reflect', normalized=False, onesided=None, return_complex=None";
const ISTFT =
  'input, n_fft, hop_length=None, win_length=None, window=None, center=True, normalized=False, onesided=None, length=None, return_complex=False';

const shortTime = (args: BoundArguments) => {
  const input = tensor(args.input, 'input');
  const size = num(args.n_fft);
  return {
    input,
    size,
    hop: numOr(args.hop_length, Math.floor(size / 4)),
    centered: flag(args.center),
    onesided: absent(args.onesided) ? kindOf(input.dtype) !== 'complex' : flag(args.onesided),
    complex: absent(args.return_complex) ? kindOf(input.dtype) === 'complex' : flag(args.return_complex),
    length: numOrNull(args.length),
  };
};

/** Matrices in, the parts of a decomposition out. */
const parts = (name: string, op: Op, fields: readonly string[], namespaces = LINALG): Binding =>
  row(name, namespaces, 'input', op, { result: fields });

const SVD = ['U', 'S', 'Vh'];

const solved = ({ input = null, other, left, B }: BoundArguments) => ({
  input,
  other: other ?? B ?? null,
  left: absent(left) ? true : flag(left),
  triangular: false,
});

/** Limits that are tensors are one for each matrix. */
const limited = ({ input = null, rcond, atol, rtol }: BoundArguments) => ({
  input,
  limits: [rcond, atol, rtol].filter(isTensor),
});

const pNorm = (value: BoundArguments[string] | undefined): number =>
  typeof value === 'string' ? fail(`a norm of order ${value} is not a distance`) : numOr(value, 2);

export const ALGEBRA_BINDINGS: readonly Binding[] = [
  row('cdist', TORCH, "x1, x2, p=2.0, compute_mode='use_mm_for_euclid_dist_if_necessary'", cdist, {
    adapt: ({ x1 = null, x2 = null, p }) => ({ input: x1, other: x2, p: pNorm(p) }),
  }),
  row('cholesky', BOTH, 'input, upper=False', cholesky),
  row('cholesky', LINALG, 'input, *, upper=False', cholesky),
  row('cosine_similarity', TORCH_F, 'x1, x2, dim=1, eps=1e-08', cosineSimilarity, {
    adapt: ({ x1 = null, x2 = null, dim }) => ({ input: x1, other: x2, dim: numOr(dim, 1) }),
  }),
  row('cov', BOTH, 'input, *, correction=1, fweights=None, aweights=None', covariance, {
    adapt: ({ input = null, fweights, aweights }) => ({
      input,
      weights: [fweights, aweights].filter(isTensor),
    }),
  }),
  row('corrcoef', BOTH, 'input', covariance, { adapt: ({ input = null }) => ({ input, weights: [] }) }),
  row('cross', BOTH, 'input, other, dim=None', cross, {
    adapt: (args) => ({
      input: args.input ?? null,
      other: args.other ?? null,
      dim: numOr(args.dim, tensor(args.input, 'input').shape.indexOf(3)),
    }),
  }),
  row('cross', LINALG, 'input, other, *, dim=-1', cross),
  row('det', [...BOTH, ...LINALG], 'input', determinant),
  parts('eig', eig, ['eigenvalues', 'eigenvectors']),
  row('eigh', LINALG, "input, UPLO='L'", eigh, { result: ['eigenvalues', 'eigenvectors'] }),
  row('eigvalsh', LINALG, "input, UPLO='L'", eigvalsh),
  oneRow('fft', 'complex'),
  twoRow('fft2', 'complex'),
  row('fftfreq', FFT, 'n, d=1.0, *, dtype=None', windowFunction, { adapt: frequencies(false) }),
  manyRow('fftn', 'complex'),
  row('fftshift', FFT, 'input, dim=None', roll, { adapt: shifted(1) }),
  oneRow('hfft', 'inverse'),
  twoRow('hfft2', 'inverse'),
  manyRow('hfftn', 'inverse'),
  row('geqrf', BOTH, 'input', reflections, { result: ['a', 'tau'] }),
  row('householder_product', LINALG, 'input, tau', householderProduct),
  oneRow('ifft', 'complex'),
  twoRow('ifft2', 'complex'),
  manyRow('ifftn', 'complex'),
  row('ifftshift', FFT, 'input, dim=None', roll, { adapt: shifted(-1) }),
  oneRow('ihfft', 'real'),
  twoRow('ihfft2', 'real'),
  manyRow('ihfftn', 'real'),
  row('inv', LINALG, 'input', inverse),
  row('inverse', BOTH, 'input', inverse),
  oneRow('irfft', 'inverse'),
  twoRow('irfft2', 'inverse'),
  manyRow('irfftn', 'inverse'),
  row('istft', BOTH, ISTFT, istft, { adapt: shortTime }),
  row('kron', BOTH, 'input, other', kron),
  row('logdet', BOTH, 'input', determinant),
  row('lstsq', LINALG, 'input, B, rcond=None, *, driver=None', lstsq, {
    adapt: ({ input = null, B = null, driver }) => ({ input, other: B, driver: driver ?? 'gelsy' }),
    result: ['solution', 'residuals', 'rank', 'singular_values'],
  }),
  row('ldl_factor', LINALG, 'input, *, hermitian=False', ldl, {
    adapt: ({ input = null }) => ({ input }),
    result: ['LD', 'pivots'],
  }),
  row('lu_factor', LINALG, 'input, *, pivot=True', lu, {
    adapt: ({ input = null }) => ({ input }),
    result: ['LU', 'pivots'],
  }),
  row('matrix_exp', [...BOTH, ...LINALG], 'input', matrixExp),
  row('orgqr', BOTH, 'input, tau', householderProduct),
  row('ormqr', BOTH, 'input, tau, other, left=True, transpose=False', reflected, {
    adapt: ({ input = null, tau = null, other = null }) => ({ input, tau, other }),
  }),
  row('pairwise_distance', TORCH_F, 'x1, x2, p=2.0, eps=1e-06, keepdim=False', pairwiseDistance, {
    adapt: ({ x1 = null, x2 = null, keepdim }) => ({ input: x1, other: x2, keepdim: flag(keepdim) }),
  }),
  row('pdist', TORCH_F, 'input, p=2.0', pdist),
  row('pinv', LINALG, 'input, rcond=None, *, atol=None, rtol=None, hermitian=False', pinv, {
    adapt: limited,
  }),
  row('pinverse', BOTH, 'input, rcond=1e-15', pinv, { adapt: limited }),
  row('qr', LINALG, "A, mode='reduced'", qr, {
    adapt: ({ A = null, mode }) => ({ input: A, complete: mode === 'complete' }),
    result: ['Q', 'R'],
  }),
  row('qr', BOTH, 'input, some=True', qr, {
    adapt: ({ input = null, some }) => ({ input, complete: !flag(some) }),
    result: ['Q', 'R'],
  }),
  oneRow('rfft', 'real'),
  twoRow('rfft2', 'real'),
  row('rfftfreq', FFT, 'n, d=1.0, *, dtype=None', windowFunction, { adapt: frequencies(true) }),
  manyRow('rfftn', 'real'),
  parts('slogdet', slogdet, ['sign', 'logabsdet'], [...BOTH, ...LINALG]),
  row('solve', LINALG, 'input, other, *, left=True', solve, { adapt: solved }),
  row('solve_triangular', LINALG, 'input, B, *, upper, left=True, unitriangular=False', solve, {
    adapt: (args) => ({ ...solved(args), triangular: true }),
  }),
  row('stft', BOTH, STFT, stft, { adapt: shortTime }),
  row('svd', LINALG, 'A, full_matrices=True, *, driver=None', svd, {
    adapt: ({ A = null, full_matrices }) => ({ input: A, full: flag(full_matrices), transposed: true }),
    result: SVD,
  }),
  row('svd', BOTH, 'input, some=True, compute_uv=True', svd, {
    adapt: ({ input = null, some }) => ({ input, full: !flag(some), transposed: false }),
    result: ['U', 'S', 'V'],
  }),
  row('svdvals', LINALG, 'A, *, driver=None', svdvals, { adapt: ({ A = null }) => ({ input: A }) }),
];
