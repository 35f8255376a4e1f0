# einops.layers.torch: the functions as layers, and EinMix.

from torch import nn, zeros
from einops import einsum, rearrange, reduce


class Rearrange(nn.Module):
    def __init__(self, pattern, **axes_lengths):
        super().__init__()
        self.pattern = pattern
        self.axes_lengths = axes_lengths

    def forward(self, input):
        return rearrange(input, self.pattern, **self.axes_lengths)


class Reduce(nn.Module):
    def __init__(self, pattern, reduction, **axes_lengths):
        super().__init__()
        self.pattern = pattern
        self.reduction = reduction
        self.axes_lengths = axes_lengths

    def forward(self, input):
        return reduce(input, self.pattern, self.reduction, **self.axes_lengths)


class EinMix(nn.Module):
    def __init__(self, pattern, weight_shape, bias_shape=None, **axes_lengths):
        super().__init__()
        left, right = pattern.split('->')
        self.left, self.right = left.replace('(', ' ').replace(')', ' '), right.replace('(', ' ').replace(')', ' ')
        self.pattern, self.weight_shape, self.axes_lengths = pattern, weight_shape, axes_lengths
        sizes = [axes_lengths[axis] for axis in weight_shape.split()]
        self.weight = nn.Parameter(zeros(*sizes))
        self.bias = None
        if bias_shape is not None:
            named = bias_shape.split()
            kept = [axis for axis in self.right.split() if axis not in ('...',)]
            self.bias = nn.Parameter(zeros([axes_lengths[axis] if axis in named else 1 for axis in kept]))

    def forward(self, input):
        left, right = self.pattern.split('->')
        single = rearrange(input, f'{left} -> {self.left}', **self._sizes(left))
        mixed = einsum(single, self.weight, f'{self.left}, {self.weight_shape} -> {self.right}')
        if self.bias is not None:
            mixed = mixed + self.bias
        return rearrange(mixed, f'{self.right} -> {right}')

    def _sizes(self, side):
        names = side.replace('(', ' ').replace(')', ' ').split()
        return {axis: size for axis, size in self.axes_lengths.items() if axis in names}
