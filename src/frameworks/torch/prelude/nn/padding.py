# torch.nn.modules.padding: one class per mode and number of dimensions.

from torch.nn import functional as F
from torch.nn.modules.module import Module
from torch.nn.modules.utils import _ntuple


class _Pad(Module):
    """`_sides` numbers say how much is added before and after each of the last dimensions, innermost first."""

    _mode = 'constant'

    def __init__(self, padding):
        super().__init__()
        self.padding = _ntuple(self._sides)(padding)

    def forward(self, input):
        return F.pad(input, self.padding, self._mode)

    def extra_repr(self):
        return f'{self.padding}'


class _ConstantPadNd(_Pad):
    def __init__(self, padding, value):
        super().__init__(padding)
        self.value = value

    def forward(self, input):
        return F.pad(input, self.padding, 'constant', self.value)

    def extra_repr(self):
        return f'padding={self.padding}, value={self.value}'


class ConstantPad1d(_ConstantPadNd):
    _sides = 2


class ConstantPad2d(_ConstantPadNd):
    _sides = 4


class ConstantPad3d(_ConstantPadNd):
    _sides = 6


class ZeroPad1d(ConstantPad1d):
    def __init__(self, padding):
        super().__init__(padding, 0.0)

    def extra_repr(self):
        return f'{self.padding}'


class ZeroPad2d(ConstantPad2d):
    def __init__(self, padding):
        super().__init__(padding, 0.0)

    def extra_repr(self):
        return f'{self.padding}'


class ZeroPad3d(ConstantPad3d):
    def __init__(self, padding):
        super().__init__(padding, 0.0)

    def extra_repr(self):
        return f'{self.padding}'


class CircularPad1d(_Pad):
    _mode, _sides = 'circular', 2


class CircularPad2d(_Pad):
    _mode, _sides = 'circular', 4


class CircularPad3d(_Pad):
    _mode, _sides = 'circular', 6


class ReflectionPad1d(_Pad):
    _mode, _sides = 'reflect', 2


class ReflectionPad2d(_Pad):
    _mode, _sides = 'reflect', 4


class ReflectionPad3d(_Pad):
    _mode, _sides = 'reflect', 6


class ReplicationPad1d(_Pad):
    _mode, _sides = 'replicate', 2


class ReplicationPad2d(_Pad):
    _mode, _sides = 'replicate', 4


class ReplicationPad3d(_Pad):
    _mode, _sides = 'replicate', 6
