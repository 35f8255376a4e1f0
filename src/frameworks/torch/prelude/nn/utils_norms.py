# torch.nn.utils.weight_norm and spectral_norm, the older ones that hook into forward, and torch.nn.utils.parametrizations.

import torch
from torch.nn import functional as F
from torch.nn.modules.module import Module
from torch.nn.parameter import Parameter
from torch.nn.utils import parametrize


def _norm_except(v, dim):
    if dim is None or dim == -1:
        return v.norm(2)
    dims = [i for i in range(v.dim()) if i != dim % v.dim()]
    return v.norm(2, dims, keepdim=True) if dims else v.abs()


def _weight_norm(v, g, dim=0):
    return v * (g / _norm_except(v, dim))


class WeightNorm:
    """The older one: `weight` is made of `weight_g` and `weight_v` before each forward."""

    def __init__(self, name, dim):
        self.name = name
        self.dim = -1 if dim is None else dim

    def compute_weight(self, module):
        return _weight_norm(getattr(module, self.name + '_v'), getattr(module, self.name + '_g'), self.dim)

    def __call__(self, module, inputs):
        setattr(module, self.name, self.compute_weight(module))


def weight_norm(module, name='weight', dim=0):
    hook = WeightNorm(name, dim)
    weight = getattr(module, name)
    del module._parameters[name]
    module.register_parameter(name + '_g', Parameter(_norm_except(weight, hook.dim).data))
    module.register_parameter(name + '_v', Parameter(weight.data))
    setattr(module, name, hook.compute_weight(module))
    module._weight_norms = {**getattr(module, '_weight_norms', {}), name: (hook, module.register_forward_pre_hook(hook))}
    return module


def remove_weight_norm(module, name='weight'):
    hook, handle = getattr(module, '_weight_norms', {}).pop(name, (None, None))
    if hook is None:
        if parametrize.is_parametrized(module, name):
            return parametrize.remove_parametrizations(module, name)
        raise ValueError(f"weight_norm of '{name}' not found in {module}")
    weight = hook.compute_weight(module)
    handle.remove()
    delattr(module, name)
    del module._parameters[name + '_g'], module._parameters[name + '_v']
    setattr(module, name, Parameter(weight.data))
    return module


class SpectralNorm:
    """The older one: `weight` is `weight_orig` over its largest singular value, estimated before each forward."""

    def __init__(self, name='weight', n_power_iterations=1, dim=0, eps=1e-12):
        self.name, self.dim, self.n_power_iterations, self.eps = name, dim, n_power_iterations, eps

    def reshape_weight_to_matrix(self, weight):
        if self.dim != 0:
            weight = weight.transpose(0, self.dim)
        return weight.reshape(weight.size(0), -1)

    def compute_weight(self, module, do_power_iteration):
        weight = getattr(module, self.name + '_orig')
        u, v = getattr(module, self.name + '_u'), getattr(module, self.name + '_v')
        matrix = self.reshape_weight_to_matrix(weight)
        if do_power_iteration:
            with torch.no_grad():
                for _ in range(self.n_power_iterations):
                    v = F.normalize(torch.mv(matrix.t(), u), dim=0, eps=self.eps)
                    u = F.normalize(torch.mv(matrix, v), dim=0, eps=self.eps)
        return weight / torch.dot(u, torch.mv(matrix, v))

    def __call__(self, module, inputs):
        setattr(module, self.name, self.compute_weight(module, do_power_iteration=module.training))


def spectral_norm(module, name='weight', n_power_iterations=1, eps=1e-12, dim=None):
    if dim is None:
        dim = 1 if type(module).__name__.startswith('ConvTranspose') else 0
    hook = SpectralNorm(name, n_power_iterations, dim, eps)
    weight = module._parameters[name]
    height, width = hook.reshape_weight_to_matrix(weight).shape
    delattr(module, name)
    module.register_parameter(name + '_orig', weight)
    setattr(module, name, weight.data)
    module.register_buffer(name + '_u', weight.new_empty(height))
    module.register_buffer(name + '_v', weight.new_empty(width))
    module._spectral_norms = {**getattr(module, '_spectral_norms', {}), name: module.register_forward_pre_hook(hook)}
    return module


def remove_spectral_norm(module, name='weight'):
    module._spectral_norms.pop(name).remove()
    weight = module._parameters[name + '_orig']
    delattr(module, name)
    for suffix in ('_orig', '_u', '_v'):
        delattr(module, name + suffix)
    module.register_parameter(name, Parameter(weight.data))
    return module


# --- torch.nn.utils.parametrizations ----------------------------------------------------------------------------------

class _WeightNorm(Module):
    def __init__(self, dim=0):
        super().__init__()
        self.dim = -1 if dim is None else dim

    def forward(self, weight_g, weight_v):
        return _weight_norm(weight_v, weight_g, self.dim)

    def right_inverse(self, weight):
        return _norm_except(weight, self.dim), weight


class _SpectralNorm(Module):
    def __init__(self, weight, n_power_iterations=1, dim=0, eps=1e-12):
        super().__init__()
        self.dim = dim if dim >= 0 else dim + weight.dim()
        self.eps = eps
        if weight.dim() > 1:
            self.n_power_iterations = n_power_iterations
            height, width = self._reshape_weight_to_matrix(weight).shape
            self.register_buffer('_u', weight.new_empty(height))
            self.register_buffer('_v', weight.new_empty(width))

    def _reshape_weight_to_matrix(self, weight):
        if self.dim != 0:
            weight = weight.transpose(0, self.dim)
        return weight.flatten(1)

    def forward(self, weight):
        if weight.dim() == 1:
            return F.normalize(weight, dim=0, eps=self.eps)
        matrix = self._reshape_weight_to_matrix(weight)
        if self.training:
            with torch.no_grad():
                for _ in range(self.n_power_iterations):
                    u = F.normalize(torch.mv(matrix, self._v), dim=0, eps=self.eps)
                    F.normalize(torch.mv(matrix.t(), u), dim=0, eps=self.eps)
        return weight / torch.vdot(self._u, torch.mv(matrix, self._v))

    def right_inverse(self, value):
        return value


class _Orthogonal(Module):
    def __init__(self, weight, orthogonal_map, use_trivialization):
        super().__init__()
        self.orthogonal_map = orthogonal_map
        if use_trivialization:
            self.register_buffer('base', None)

    def forward(self, X):
        n, k = X.size(-2), X.size(-1)
        if n < k:
            return self._tall(X.mT, k, n).mT
        return self._tall(X, n, k)

    def _tall(self, X, n, k):
        Q = self._reflected(X) if self.orthogonal_map == 'householder' else self._turned(X, n, k)
        return self.base @ Q if hasattr(self, 'base') else Q

    def _turned(self, X, n, k):
        """A rotation that a skew-symmetric matrix stands for."""
        X = X.tril()
        if n != k:
            X = torch.cat([X, X.new_zeros(n, n - k).expand(*X.shape[:-2], -1, -1)], dim=-1)
        A = X - X.mH
        if self.orthogonal_map == 'matrix_exp':
            Q = torch.matrix_exp(A)
        else:
            identity = torch.eye(n, dtype=A.dtype)
            Q = torch.linalg.solve(torch.add(identity, A, alpha=-0.5), torch.add(identity, A, alpha=0.5))
        return Q[..., :k] if n != k else Q

    def _reflected(self, X):
        A = X.tril(diagonal=-1)
        tau = 2.0 / (1.0 + (A * A).sum(dim=-2))
        return torch.linalg.householder_product(A, tau) * X.diagonal(dim1=-2, dim2=-1).int().unsqueeze(-2)

    def right_inverse(self, Q):
        if hasattr(self, 'base'):
            n = max(Q.size(-2), Q.size(-1))
            self.base = Q.new_empty(*Q.shape[:-2], n, n)
        return torch.zeros_like(Q)


def new_weight_norm(module, name='weight', dim=0):
    return parametrize.register_parametrization(module, name, _WeightNorm(dim), unsafe=True)


def new_spectral_norm(module, name='weight', n_power_iterations=1, eps=1e-12, dim=None):
    if dim is None:
        dim = 1 if type(module).__name__.startswith('ConvTranspose') else 0
    return parametrize.register_parametrization(
        module, name, _SpectralNorm(getattr(module, name), n_power_iterations, dim, eps))


def orthogonal(module, name='weight', orthogonal_map=None, *, use_trivialization=True):
    weight = getattr(module, name)
    if weight.dim() < 2:
        raise ValueError(f'Expected a matrix or batch of matrices. Got a tensor of {weight.dim()} dimensions.')
    if orthogonal_map is None:
        square = weight.size(-2) == weight.size(-1) or weight.is_complex()
        orthogonal_map = 'matrix_exp' if square else 'householder'
    parametrization = _Orthogonal(weight, orthogonal_map, use_trivialization)
    return parametrize.register_parametrization(module, name, parametrization, unsafe=True)
