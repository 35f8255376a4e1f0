"""What the oracles measure with: the peak of live storages, and FPO as FlopCounterMode counts them, except for the
backward of grouped convolutions.
"""

import torch
from torch.multiprocessing.reductions import StorageWeakRef
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves
from torch.utils.flop_counter import FlopCounterMode, conv_flop_count


class Peak(TorchDispatchMode):
    """The largest sum of storages alive after any operator."""

    def __init__(self, known):
        super().__init__()
        self.alive, self.peak, self.known = {}, 0, known

    def watch(self, tensor):
        storage = tensor.untyped_storage()
        ref = StorageWeakRef(storage)
        if storage._cdata not in self.known:
            self.alive[ref.cdata] = (ref, storage.nbytes())

    def note(self):
        self.alive = {key: (ref, size) for key, (ref, size) in self.alive.items() if not ref.expired()}
        self.peak = max(self.peak, sum(size for _, size in self.alive.values()))

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        out = func(*args, **(kwargs or {}))
        for leaf in tree_leaves(out):
            if isinstance(leaf, torch.Tensor):
                self.watch(leaf)
        self.note()
        return out


def conv_backward(grad, x, w, bias, stride, padding, dilation, transposed, output_padding, groups, mask, out_shape=None):
    """Each gradient like the forward: PyTorch's own formula for the weight ignores groups."""
    return sum(mask[:2]) * conv_flop_count(x, w, grad, transposed)


def counter():
    return FlopCounterMode(display=False, custom_mapping={torch.ops.aten.convolution_backward: conv_backward})


def weights_of(model):
    return {t.untyped_storage()._cdata for t in [*model.parameters(), *model.buffers()]}


def tensors_in(value):
    """Tensors in nested lists and tuples."""
    if isinstance(value, torch.Tensor):
        return [value]
    if isinstance(value, (list, tuple)):
        return [t for item in value for t in tensors_in(item)]
    return []
