# torch.functional: functions of `torch` that PyTorch, or this prelude, writes in terms of others.

import math
from collections import namedtuple

import torch
from torch._native import *
from torch._native import assume as _assume
from builtins import bool, int, min, range  # those of torch are others


_Frexp = namedtuple('frexp', 'mantissa exponent')
_Histogram = namedtuple('histogram', 'hist bin_edges')
_Solved = namedtuple('triangular_solve', 'solution cloned_coefficient')
_Unpacked = namedtuple('lu_unpack', 'P L U')


def _spread(tensors):
    return tensors[0] if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)) else tensors


def addr(input, vec1, vec2, *, beta=1, alpha=1):
    if input.dtype == vec1.dtype == vec2.dtype == torch.bool:
        return input | torch.outer(vec1, vec2)
    return beta * input + alpha * torch.outer(vec1, vec2)


def addr_(input, vec1, vec2, *, beta=1, alpha=1):
    return input.copy_(addr(input, vec1, vec2, beta=beta, alpha=alpha))


def align_tensors(*tensors):
    return _spread(tensors)


def allclose(input, other, rtol=1e-5, atol=1e-8, equal_nan=False):
    return (input - other).abs().le(atol).all().item()


def _at_least(rank, shape_of):
    def raise_rank(*tensors):
        raised = [t if t.dim() >= rank else t.reshape(shape_of(t)) for t in _spread(tensors)]
        single = len(tensors) == 1 and isinstance(tensors[0], torch.Tensor)
        return raised[0] if single else tuple(raised)
    return raise_rank


atleast_1d = _at_least(1, lambda t: (1,))
atleast_2d = _at_least(2, lambda t: (1, t.numel()))
atleast_3d = _at_least(3, lambda t: (1, t.numel(), 1) if t.dim() < 2 else (*t.shape, 1))


def broadcast_shapes(*shapes):
    shapes = [(s,) if isinstance(s, int) else s for s in shapes]
    return torch.broadcast_tensors(*(torch.empty(s) for s in shapes))[0].shape


def can_cast(from_, to):
    def rank(dtype):
        return (dtype.is_complex, dtype.is_floating_point, dtype != torch.bool)
    return rank(from_) <= rank(to)


def as_strided_scatter(input, src, size, stride, storage_offset=None):
    out = input.clone()
    out.as_strided(size, stride, storage_offset or 0).copy_(src)
    return out


def cholesky_inverse(L, upper=False):
    return cholesky_solve(torch.eye(L.size(-1), dtype=L.dtype).expand(L.shape), L, upper)


def cholesky_solve(B, L, upper=False):
    half = torch.linalg.solve_triangular(L.mT if upper else L, B, upper=False)
    return torch.linalg.solve_triangular(L if upper else L.mT, half, upper=True)


def chain_matmul(*matrices, out=None):
    product = matrices[0]
    for matrix in matrices[1:]:
        product = torch.matmul(product, matrix)
    return product


def coalesce(input):
    return input


def combinations(input, r=2, with_replacement=False):
    import itertools
    pick = itertools.combinations_with_replacement if with_replacement else itertools.combinations
    picked = list(pick(list(range(input.size(0))), r))
    return input[torch.tensor(picked, dtype=torch.int64)] if picked else input.new_empty(0, r)


def constant_pad_nd(input, pad, value=0):
    return torch.nn.functional.pad(input, pad, 'constant', value)


def cumulative_trapezoid(y, x=None, *, dx=1, dim=-1):
    before, after = _neighbours(y, dim)
    if x is not None:
        x = x if x.dim() > 1 or y.dim() < 2 else x.reshape(-1, *[1] * ((-dim if dim < 0 else y.dim() - dim) - 1))
        left, right = _neighbours(x, dim)
        return ((before + after) * (right - left)).cumsum(dim) / 2
    return ((before + after) * (dx / 2)).cumsum(dim)


def _neighbours(y, dim):
    return y.narrow(dim, 0, y.size(dim) - 1), y.narrow(dim, 1, y.size(dim) - 1)


def diag(input, diagonal=0):
    return torch.diag_embed(input, diagonal) if input.dim() == 1 else torch.diagonal(input, diagonal).clone()


def diagflat(input, offset=0):
    return torch.diag_embed(input.flatten(), offset)


def diagonal_scatter(input, src, offset=0, dim1=0, dim2=1):
    out = input.clone()
    torch.diagonal(out, offset, dim1, dim2).copy_(src)
    return out


def dist(input, other, p=2):
    return torch.norm(input - other, p)


def empty_permuted(size, physical_layout, *, dtype=None, layout=None, device=None, requires_grad=False,
                   pin_memory=False):
    return torch.empty(size, dtype=dtype)


def equal(input, other):
    return input.shape == other.shape and input.eq(other).all().item()


def fill(input, value):
    return torch.full_like(input, value)


def fill_diagonal_(input, fill_value, wrap=False):
    torch.diagonal(input).fill_(fill_value)
    return input


def frexp(input):
    return _Frexp(torch.empty_like(input), torch.empty_like(input, dtype=torch.int32))


def frobenius_norm(input, dim=None, keepdim=False):
    return torch.norm(input, 'fro', dim, keepdim)


def gradient(input, *, spacing=1, dim=None, edge_order=1):
    """Differences of neighbours along each dimension, divided by their distance."""
    dims = range(input.dim()) if dim is None else (dim,) if isinstance(dim, int) else dim
    spacing = 1 if spacing is None else spacing
    spacings = spacing if isinstance(spacing, (list, tuple)) else [spacing] * len(dims)
    return tuple(_slope(input, d, spacings[i], edge_order) for i, d in enumerate(dims))


def _slope(y, dim, h, edge_order):
    size = y.size(dim)
    at = lambda start, length=1: y.narrow(dim, start, length)
    if isinstance(h, torch.Tensor):
        steps = h.diff().reshape(-1, *[1] * (y.dim() - dim % y.dim() - 1))
        left, right = steps[:-1], steps[1:]
        inner = (at(2, size - 2) * left / right - at(0, size - 2) * right / left) / (left + right) \
            + at(1, size - 2) * (right - left) / (left * right)
        return torch.cat([(at(1) - at(0)) / steps[:1], inner, (at(size - 1) - at(size - 2)) / steps[-1:]], dim)
    inner = (at(2, size - 2) - at(0, size - 2)) / (2 * h)
    if edge_order == 2:
        first = (4 * at(1) - 3 * at(0) - at(2)) / (2 * h)
        last = (3 * at(size - 1) - 4 * at(size - 2) + at(size - 3)) / (2 * h)
    else:
        first, last = (at(1) - at(0)) / h, (at(size - 1) - at(size - 2)) / h
    return torch.cat([first, inner, last], dim)


def grid_sampler(input, grid, interpolation_mode, padding_mode, align_corners):
    mode = ('bilinear', 'nearest', 'bicubic')[interpolation_mode]
    return torch.nn.functional.grid_sample(input, grid, mode, ('zeros', 'border', 'reflection')[padding_mode],
                                           align_corners)


grid_sampler_2d = grid_sampler_3d = grid_sampler


def histogram(input, bins, *, range=None, weight=None, density=False):
    count = bins if isinstance(bins, int) else bins.numel() - 1
    edges = torch.empty(count + 1, dtype=input.dtype) if isinstance(bins, int) else bins
    return _Histogram(torch.histc(input, count), edges)


def index_reduce(input, dim, index, source, reduce, *, include_self=True):
    return input.index_add(dim, index, source)


def index_reduce_(input, dim, index, source, reduce, *, include_self=True):
    return input.index_add_(dim, index, source)


def is_conj(input):
    return False


is_inference = is_neg = is_distributed = is_conj


def is_nonzero(input):
    return bool(input)


def is_same_size(input, other):
    return input.shape == other.shape


def is_signed(input):
    return input.is_signed()


def lu(A, pivot=True, get_infos=False):
    packed, pivots = torch.linalg.lu_factor(A)
    infos = torch.zeros(A.shape[:-2], dtype=torch.int32)
    return (packed, pivots, infos) if get_infos else (packed, pivots)


def lu_solve(b, LU_data, LU_pivots):
    return torch.linalg.lu_solve(LU_data, LU_pivots, b)


def lu_unpack(LU_data, LU_pivots, unpack_data=True, unpack_pivots=True):
    rows, columns = LU_data.shape[-2:]
    inner, nothing = min(rows, columns), torch.empty(0, dtype=LU_data.dtype)
    square = torch.empty(*LU_data.shape[:-2], rows, rows, dtype=LU_data.dtype) if unpack_pivots else nothing
    if not unpack_data:
        return _Unpacked(square, nothing, nothing)
    return _Unpacked(square, LU_data[..., :inner].tril(), LU_data[..., :inner, :].triu())


def matrix_power(input, n):
    return torch.linalg.matrix_power(input, n)


def msort(input):
    return torch.sort(input, 0).values


def narrow_copy(input, dim, start, length):
    return torch.narrow(input, dim, start, length).clone()


def norm_except_dim(v, pow=2, dim=0):
    return torch.linalg.vector_norm(v, pow, [d for d in range(v.dim()) if d != dim], keepdim=True)


def record_stream(input, stream):
    return None


def native_batch_norm(input, weight, bias, running_mean, running_var, training, momentum, eps):
    out = torch.nn.functional.batch_norm(input, running_mean, running_var, weight, bias, training, momentum, eps)
    kept = input.size(1) if training else 0
    return out, input.new_empty(kept), input.new_empty(kept)


def native_group_norm(input, weight, bias, N, C, HxW, group, eps):
    return torch.nn.functional.group_norm(input, group, weight, bias, eps), input.new_empty(N, group), \
        input.new_empty(N, group)


def native_layer_norm(input, normalized_shape, weight, bias, eps):
    rows = (*input.shape[:input.dim() - len(normalized_shape)], *[1] * len(normalized_shape))
    out = torch.nn.functional.layer_norm(input, normalized_shape, weight, bias, eps)
    return out, input.new_empty(rows), input.new_empty(rows)


def new_empty_strided(input, size, stride, **options):
    return input.new_empty(size, dtype=options.get('dtype'))


def nonzero_static(input, *, size, fill_value=-1):
    return torch.empty((size, input.dim()), dtype=torch.int64)


def nuclear_norm(input, dim=None, keepdim=False):
    return torch.linalg.matrix_norm(input, 'nuc', (-2, -1) if dim is None else dim, keepdim)


def put(input, index, source, accumulate=False):
    flat, index, source = input.flatten(), index.flatten(), source.flatten()
    return (flat.scatter_add(0, index, source) if accumulate else flat.scatter(0, index, source)).view(input.shape)


def put_(input, index, source, accumulate=False):
    return input.copy_(put(input, index, source, accumulate))


def renorm(input, p, dim, maxnorm):
    others = [d for d in range(input.dim()) if d != dim % input.dim()]
    return input * (maxnorm / torch.linalg.vector_norm(input, p, others, keepdim=True)).clamp(max=1)


def renorm_(input, p, dim, maxnorm):
    return input.copy_(renorm(input, p, dim, maxnorm))


def resize_as_(input, template, memory_format=None):
    return input.resize_(template.shape)


def resolve_conj(input):
    return input


resolve_neg = resolve_conj


def select_scatter(input, src, dim, index):
    out = input.clone()
    out.select(dim, index).copy_(src)
    return out


def slice_scatter(input, src, dim=0, start=None, end=None, step=1):
    return input.clone()


def sparse_coo_tensor(indices, values=None, size=None, *, dtype=None, **kwargs):
    _assume('sparse elements', math.prod(size), 'a sparse tensor is taken for a dense one')
    return torch.zeros(tuple(size), dtype=dtype or values.dtype)


def spmm(input, mat2):
    return torch.mm(input, mat2)


def to_sparse(input, sparse_dim=None, *, layout=None, blocksize=None, dense_dim=None):
    _assume('sparse elements', input.numel(), 'a sparse tensor is taken for a dense one')
    return input


def typename(obj):
    return obj.type() if isinstance(obj, torch.Tensor) else type(obj).__name__


def triangular_solve(b, A, upper=True, transpose=False, unitriangular=False):
    solved = torch.linalg.solve_triangular(A.mT if transpose else A, b, upper=upper != transpose)
    return _Solved(solved, A.clone())


def unravel_index(indices, shape):
    coordinates = []
    indices = indices.long()
    for size in reversed(shape):
        coordinates.append(indices % size)
        indices = indices // size
    return tuple(reversed(coordinates))


def unsafe_chunk(input, chunks, dim=0):
    return torch.chunk(input, chunks, dim)


def unsafe_split(input, split_size, dim=0):
    return torch.split(input, split_size, dim)


def vander(x, N=None, increasing=False):
    x = x if x.is_floating_point() or x.is_complex() else x.long()
    return torch.stack([x ** i for i in range(x.size(-1) if N is None else N)], -1)


# --- copies of views ---------------------------------------------------------------------------------------------------


def _copied(view):
    """`view_copy` and its like: what the view of that name shows, in memory of its own."""
    def copy(input, *args, **options):
        seen = getattr(input, view)(*args, **options)
        return seen.clone() if isinstance(seen, torch.Tensor) else tuple(one.clone() for one in seen)
    return copy


alias_copy = detach_copy = _copied('detach')
as_strided_copy, diagonal_copy, expand_copy = _copied('as_strided'), _copied('diagonal'), _copied('expand')
permute_copy, select_copy, split_copy = _copied('permute'), _copied('select'), _copied('split')
split_with_sizes_copy, squeeze_copy, t_copy = _copied('split_with_sizes'), _copied('squeeze'), _copied('t')
transpose_copy, unbind_copy, unfold_copy = _copied('transpose'), _copied('unbind'), _copied('unfold')
unsqueeze_copy, view_copy = _copied('unsqueeze'), _copied('view')
