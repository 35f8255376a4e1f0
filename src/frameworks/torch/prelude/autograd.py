# torch.autograd: functions of the user's own run their forward; gradients are not computed.

from torch import Tensor
from torch._native import assume as _assume
from torch.autograd.function import Function
from torch.autograd.grad_mode import enable_grad, inference_mode, no_grad, set_grad_enabled


def Variable(data, requires_grad=False, volatile=False):
    return data.requires_grad_() if requires_grad else data


def backward(*args, **kwargs):
    _assume('cost', 0, 'the backward pass in the middle of the model is left out')


def grad(outputs, inputs, *args, **kwargs):
    backward()
    return tuple(input.new_empty(input.shape) for input in ([inputs] if isinstance(inputs, Tensor) else inputs))


class detect_anomaly:
    def __init__(self, check_nan=True):
        pass

    def __enter__(self):
        pass

    def __exit__(self, *details):
        pass


class set_detect_anomaly(detect_anomaly):
    pass
