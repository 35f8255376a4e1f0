# torch.masked: reductions and softmax of what a mask lets through; the rest is filled with what changes nothing. They count
# what the reduction counts, beside the filling, which selects.

import torch
from torch.nn import functional as _F


def _kept(input, mask, other):
    return input if mask is None else torch.where(mask, input, torch.tensor(other, dtype=input.dtype))


def _dims(dim):
    return dim if dim is None or isinstance(dim, int) or len(dim) > 0 else None


def _extreme(name, bound):
    def reduce(input, dim=None, *, keepdim=False, dtype=None, mask=None):
        filled = _kept(input if dtype is None else input.to(dtype), mask, bound(input))
        return getattr(torch, name)(filled, () if dim is None else dim, keepdim)
    return reduce


def _least(input):
    return float('-inf') if input.is_floating_point() else torch.iinfo(input.dtype).min


def _most(input):
    return float('inf') if input.is_floating_point() else torch.iinfo(input.dtype).max


amax, amin = _extreme('amax', _least), _extreme('amin', _most)


def argmax(input, dim=None, *, keepdim=False, dtype=None, mask=None):
    return torch.argmax(_kept(input, mask, _least(input)), dim, keepdim).to(dtype or input.dtype)


def argmin(input, dim=None, *, keepdim=False, dtype=None, mask=None):
    return torch.argmin(_kept(input, mask, _most(input)), dim, keepdim).to(dtype or input.dtype)


def cumprod(input, dim, *, dtype=None, mask=None):
    return torch.cumprod(_kept(input, mask, 1), dim, dtype=dtype or input.dtype)


def cumsum(input, dim, *, dtype=None, mask=None):
    return torch.cumsum(_kept(input, mask, 0), dim, dtype=dtype or input.dtype)


def _softmax(function, fill):
    def apply(input, dim, *, dtype=None, mask=None):
        return function(_kept(input if dtype is None else input.to(dtype), mask, fill), dim)
    return apply


softmax, log_softmax = _softmax(_F.softmax, float('-inf')), _softmax(_F.log_softmax, float('-inf'))
softmin = _softmax(_F.softmin, float('inf'))


def logaddexp(input, other, *, dtype=None, input_mask=None, other_mask=None):
    least = float('-inf')
    out = torch.logaddexp(_kept(input, input_mask, least), _kept(other, other_mask, least))
    return out if dtype is None else out.to(dtype)


def logsumexp(input, dim=None, *, keepdim=False, dtype=None, mask=None):
    filled = _kept(_float(input, dtype), mask, float('-inf'))
    out = torch.logsumexp(filled, tuple(range(input.dim())) if _dims(dim) is None else dim, keepdim)
    return out.to(dtype or input.dtype)


def _float(input, dtype):
    if dtype is not None:
        return input.to(dtype)
    return input if input.is_floating_point() or input.is_complex() else input.to(torch.get_default_dtype())


def mean(input, dim=None, *, keepdim=False, dtype=None, mask=None):
    total = sum(_float(input, dtype), dim, keepdim=keepdim, mask=mask)
    return total / _count(input, dim, keepdim, mask)


def _count(input, dim, keepdim, mask):
    ones = torch.ones((), dtype=torch.int64).expand(input.shape)
    return torch.count_nonzero(ones if mask is None else mask.expand(input.shape)) if _dims(dim) is None else \
        sum(ones, dim, keepdim=keepdim, mask=mask)


def median(input, dim=-1, *, keepdim=False, dtype=None, mask=None):
    return torch.nanmedian(_kept(_float(input, dtype), mask, float('nan')), dim, keepdim).values


def norm(input, ord=2.0, dim=None, *, keepdim=False, dtype=None, mask=None):
    fill = float('inf') if ord < 0 else 0
    return torch.linalg.vector_norm(_kept(_float(input, dtype), mask, fill), ord, _dims(dim), keepdim)


def normalize(input, ord, dim, *, eps=1e-12, dtype=None, mask=None):
    filled = _kept(_float(input, dtype), mask, 0)
    return filled / norm(filled, ord, dim, keepdim=True).clamp(min=eps)


def prod(input, dim=None, *, keepdim=False, dtype=None, mask=None):
    whole = torch.int64 if not (input.is_floating_point() or input.is_complex()) else input.dtype
    out = _kept(input.to(dtype or whole), mask, 1)
    dims = range(input.dim()) if _dims(dim) is None else (dim,) if isinstance(dim, int) else dim
    for d in sorted((d % max(input.dim(), 1) for d in dims), reverse=True):
        out = torch.prod(out, d, keepdim)
    return out


def std(input, dim=None, unbiased=None, *, correction=None, keepdim=False, dtype=None, mask=None):
    return var(input, dim, unbiased, correction=correction, keepdim=keepdim, dtype=dtype, mask=mask).sqrt()


def sum(input, dim=None, *, keepdim=False, dtype=None, mask=None):
    return torch.sum(_kept(input, mask, 0), _dims(dim), keepdim, dtype=dtype)


def var(input, dim=None, unbiased=None, *, correction=None, keepdim=False, dtype=None, mask=None):
    whole = not (input.is_floating_point() or input.is_complex())
    input = input.to(dtype or (torch.float32 if whole else input.dtype))
    apart = input - mean(input, dim, keepdim=True, mask=mask)
    squares = sum(apart * apart.conj(), dim, keepdim=keepdim, mask=mask)
    correction = int(unbiased is not False) if correction is None else correction
    return squares / (_count(input, dim, keepdim, mask) - correction).clamp(min=0)
