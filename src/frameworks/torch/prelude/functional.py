# torch.functional: functions of `torch` that PyTorch writes in Python.

import torch
from torch._native import *
from torch._native import einsum, matmul


def _spread(tensors):
    return tensors[0] if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)) else tensors


def align_tensors(*tensors):
    return _spread(tensors)


def _at_least(rank, shape_of):
    def raise_rank(*tensors):
        raised = [t if t.dim() >= rank else t.reshape(shape_of(t)) for t in _spread(tensors)]
        single = len(tensors) == 1 and isinstance(tensors[0], torch.Tensor)
        return raised[0] if single else tuple(raised)
    return raise_rank


atleast_1d = _at_least(1, lambda t: (1,))
atleast_2d = _at_least(2, lambda t: (1, t.numel()))
atleast_3d = _at_least(3, lambda t: (1, t.numel(), 1) if t.dim() < 2 else (*t.shape, 1))


def chain_matmul(*matrices, out=None):
    product = matrices[0]
    for matrix in matrices[1:]:
        product = matmul(product, matrix)
    return product
