# torch.nn.parameter.

from torch import Tensor
from torch._native import Buffer, Parameter
from torch import empty as _empty


class UninitializedTensorMixin:
    def materialize(self, shape, device=None, dtype=None):
        self.data = _empty(shape, dtype=dtype)
        self.__class__ = self.cls_to_become


class UninitializedParameter(UninitializedTensorMixin, Parameter):
    cls_to_become = Parameter

    def __new__(cls, requires_grad=True, device=None, dtype=None):
        return Parameter.__new__(cls, _empty(0, dtype=dtype), requires_grad)


class UninitializedBuffer(UninitializedTensorMixin, Tensor):
    cls_to_become = Tensor

    def __new__(cls, requires_grad=False, device=None, dtype=None, persistent=True):
        return Tensor.__new__(cls, 0)


def is_lazy(param):
    return isinstance(param, UninitializedTensorMixin)
