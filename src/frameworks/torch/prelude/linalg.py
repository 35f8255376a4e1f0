# torch.linalg: what is written in terms of other functions. Operators come from `torch._linalg`.

import math
from collections import namedtuple

import torch
from torch._linalg import *
from torch._linalg import (
    cholesky, eig, inv, ldl_factor, lu_factor, matmul, solve, solve_triangular, svdvals, vector_norm,
)

_Checked = {name: namedtuple(name, fields) for name, fields in [
    ('cholesky_ex', 'L info'), ('inv_ex', 'inverse info'), ('ldl_factor_ex', 'LD pivots info'),
    ('lu_factor_ex', 'LU pivots info'), ('solve_ex', 'result info'),
]}
_LU = namedtuple('lu', 'P L U')


def _info(matrix):
    return torch.zeros(matrix.shape[:-2], dtype=torch.int32)


def cholesky_ex(A, *, upper=False, check_errors=False):
    return _Checked['cholesky_ex'](cholesky(A), _info(A))


def cond(A, p=None):
    if p in (None, 2, -2):
        values = svdvals(A)
        return values[..., 0] / values[..., -1]
    return matrix_norm(A, p) * matrix_norm(inv(A), p)


def diagonal(A, *, offset=0, dim1=-2, dim2=-1):
    return torch.diagonal(A, offset, dim1, dim2)


def eigvals(A):
    return eig(A).eigenvalues


def inv_ex(A, *, check_errors=False):
    return _Checked['inv_ex'](inv(A), _info(A))


def ldl_factor_ex(A, *, hermitian=False, check_errors=False):
    return _Checked['ldl_factor_ex'](*ldl_factor(A), _info(A))


def ldl_solve(LD, pivots, B, *, hermitian=False):
    return _substituted(LD, B, True)


def lu_solve(LU, pivots, B, *, left=True, adjoint=False):
    return _substituted(LU, B, left)


def _substituted(factors, B, left):
    """By both triangles, one after the other."""
    below = solve_triangular(factors, B, upper=False, left=left, unitriangular=True)
    return solve_triangular(factors, below, upper=True, left=left)


def lu(A, *, pivot=True):
    packed, _ = lu_factor(A)
    rows, columns = A.shape[-2:]
    inner = min(rows, columns)
    permutation = torch.eye(rows, dtype=A.dtype).expand(*A.shape[:-2], rows, rows)
    return _LU(permutation.clone(), packed[..., :inner].tril(), packed[..., :inner, :].triu())


def lu_factor_ex(A, *, pivot=True, check_errors=False):
    return _Checked['lu_factor_ex'](*lu_factor(A), _info(A))


def matrix_norm(A, ord='fro', dim=(-2, -1), keepdim=False, *, dtype=None):
    A = A if dtype is None else A.to(dtype)
    if ord == 'fro':
        return vector_norm(A, 2, dim, keepdim)
    rows, columns = (d % A.dim() for d in dim)
    if ord in (1, -1, math.inf, -math.inf):
        inner, outer = (rows, columns) if abs(ord) == 1 else (columns, rows)
        sums = vector_norm(A, 1, (inner,), True)
        found = sums.amax(outer, True) if ord > 0 else sums.amin(outer, True)
    else:
        values = svdvals(A.movedim((rows, columns), (-2, -1)))
        found = values.sum(-1) if ord == 'nuc' else values.amax(-1) if ord == 2 else values.amin(-1)
        for d in sorted((rows, columns)):
            found = found.unsqueeze(d)
    return found if keepdim else found.squeeze((rows, columns))


def matrix_power(A, n):
    if n == 0:
        return torch.eye(A.size(-1), dtype=A.dtype).expand(A.shape).clone()
    square, power, rest = inv(A) if n < 0 else A, None, abs(n)
    while rest:
        if rest % 2:
            power = square if power is None else torch.matmul(power, square)
        rest //= 2
        square = torch.matmul(square, square) if rest else square
    return power


def matrix_rank(A, tol=None, *, atol=None, rtol=None, hermitian=False):
    values = svdvals(A)
    return (values > 0).sum(-1)


def multi_dot(tensors):
    """The product in the order that takes the fewest multiplications."""
    matrices = list(tensors)
    is_row, is_column = matrices[0].dim() == 1, matrices[-1].dim() == 1
    if is_row:
        matrices[0] = matrices[0].unsqueeze(0)
    if is_column:
        matrices[-1] = matrices[-1].unsqueeze(1)
    product = _product(matrices, _cuts(matrices), 0, len(matrices) - 1)
    if is_row and is_column:
        return product[0, 0]
    return product[0] if is_row else product[:, 0] if is_column else product


def _cuts(matrices):
    """Where each run of matrices is best cut in two."""
    n = len(matrices)
    sizes = [m.shape[0] for m in matrices] + [matrices[-1].shape[1]]
    costs, cuts = {(i, i): 0 for i in range(n)}, {}
    for length in range(1, n):
        for i in range(n - length):
            j = i + length
            options = [(costs[i, k] + costs[k + 1, j] + sizes[i] * sizes[k + 1] * sizes[j + 1], k) for k in range(i, j)]
            costs[i, j], cuts[i, j] = min(options)
    return cuts


def _product(matrices, cuts, i, j):
    if i == j:
        return matrices[i]
    k = cuts[i, j]
    return torch.mm(_product(matrices, cuts, i, k), _product(matrices, cuts, k + 1, j))


def norm(A, ord=None, dim=None, keepdim=False, *, out=None, dtype=None):
    if ord is not None and (len(dim) if isinstance(dim, (list, tuple)) else dim is None and A.dim()) == 2:
        return matrix_norm(A, ord, (-2, -1) if dim is None else dim, keepdim, dtype=dtype)
    return vector_norm(A, 2 if ord is None else ord, dim, keepdim, dtype=dtype)


def solve_ex(A, B, *, left=True, check_errors=False):
    return _Checked['solve_ex'](solve(A, B, left=left), _info(A))


def tensorinv(A, ind=2):
    rows = math.prod(A.shape[ind:])
    return inv(A.reshape(-1, rows)).reshape(*A.shape[ind:], *A.shape[:ind])


def tensorsolve(A, B, dims=None):
    if dims is not None:
        others = [dim for dim in range(A.dim()) if dim not in dims]
        A = A.permute(*others, *dims)
    shape = A.shape[B.dim():]
    return solve(A.reshape(B.numel(), -1), B.flatten()).reshape(shape)


def vander(x, N=None):
    return torch.vander(torch.atleast_1d(x), N, increasing=True)
