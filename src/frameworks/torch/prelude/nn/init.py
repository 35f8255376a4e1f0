# torch.nn.init: each function gives back its tensor. What is in it is not followed, and it costs nothing.

import math

from torch._native import filled as _filled

constant_ = dirac_ = eye_ = normal_ = ones_ = orthogonal_ = sparse_ = trunc_normal_ = uniform_ = zeros_ = _filled
kaiming_normal_ = kaiming_uniform_ = xavier_normal_ = xavier_uniform_ = _filled
constant = dirac = eye = normal = orthogonal = sparse = uniform = _filled
kaiming_normal = kaiming_uniform = xavier_normal = xavier_uniform = _filled
_no_grad_fill_ = _no_grad_normal_ = _no_grad_trunc_normal_ = _no_grad_uniform_ = _no_grad_zero_ = _filled

_GAINS = {'relu': math.sqrt(2.0), 'selu': 0.75, 'tanh': 5.0 / 3}


def calculate_gain(nonlinearity, param=None):
    if nonlinearity == 'leaky_relu':
        return math.sqrt(2.0 / (1 + (0.01 if param is None else param) ** 2))
    return _GAINS.get(nonlinearity, 1)


def _calculate_fan_in_and_fan_out(tensor):
    if tensor.dim() < 2:
        raise ValueError('Fan in and fan out can not be computed for tensor with fewer than 2 dimensions')
    receptive = math.prod(tensor.shape[2:])
    return tensor.size(1) * receptive, tensor.size(0) * receptive


def _calculate_correct_fan(tensor, mode):
    fan_in, fan_out = _calculate_fan_in_and_fan_out(tensor)
    return fan_in if mode == 'fan_in' else fan_out
