# Pieces of torch.ao.quantization and torch.nn.quantized that models import: stubs that pass on what they get, and
# functions as modules. Nothing is quantised, and what says how is unknown.

import torch
from torch._native import assume as _assume, unread as _unread
from torch.nn import functional as F
from torch.nn.modules.module import Module


class QuantStub(Module):
    def __init__(self, qconfig=None):
        super().__init__()

    def forward(self, x):
        return x


class DeQuantStub(QuantStub):
    pass


class QuantWrapper(Module):
    def __init__(self, module):
        super().__init__()
        self.quant = QuantStub()
        self.dequant = DeQuantStub()
        self.module = module

    def forward(self, X):
        return self.dequant(self.module(self.quant(X)))


class FloatFunctional(Module):
    def __init__(self):
        super().__init__()
        self.activation_post_process = torch.nn.Identity()

    def add(self, x, y):
        return torch.add(x, y)

    def add_relu(self, x, y):
        return F.relu(torch.add(x, y))

    def add_scalar(self, x, y):
        return torch.add(x, y)

    def cat(self, x, dim=0):
        return torch.cat(x, dim)

    def matmul(self, x, y):
        return torch.matmul(x, y)

    def mul(self, x, y):
        return torch.mul(x, y)

    def mul_scalar(self, x, y):
        return torch.mul(x, y)


class QFunctional(FloatFunctional):
    pass


class FXFloatFunctional(FloatFunctional):
    pass


def _unchanged(model, *args, **kwargs):
    _assume('quantised layers', 0, 'neither fusion nor quantisation is followed: the model is priced as it was before')
    return model


convert = fuse_modules = fuse_modules_qat = prepare = prepare_qat = quantize = quantize_dynamic = quantize_qat = _unchanged


def propagate_qconfig_(module, *args, **kwargs):
    pass


def disable_fake_quant(module):
    pass


disable_observer = enable_fake_quant = enable_observer = disable_fake_quant


def get_default_qat_qconfig(backend='x86', version=1):
    return None


def get_default_qconfig(backend='x86', version=0):
    return None


class QConfig:
    def __init__(self, activation=None, weight=None):
        self.activation, self.weight = activation, weight


default_qconfig = default_dynamic_qconfig = default_qat_qconfig = float16_dynamic_qconfig = None


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    return _unread(f'torch.ao.quantization.{name} is not followed: nothing is quantised')
