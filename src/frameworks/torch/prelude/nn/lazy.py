# Lazy layers: parameters whose shape the first input tells. Until then they are uninitialised; the first call makes the
# layer what it is and turns it into its plain class.

from torch import empty, ones, zeros
from torch.nn.modules import batchnorm, conv, linear
from torch.nn.parameter import Parameter, UninitializedBuffer, UninitializedParameter


class LazyModuleMixin:
    cls_to_become = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.register_forward_pre_hook(LazyModuleMixin._infer_parameters, with_kwargs=False)

    def has_uninitialized_params(self):
        kinds = UninitializedParameter, UninitializedBuffer
        return any(isinstance(t, kinds) for t in [*self._parameters.values(), *self._buffers.values()])

    def _infer_parameters(self, args):
        if self.has_uninitialized_params():
            self.initialize_parameters(*args)
            if self.cls_to_become is not None:
                self.__class__ = self.cls_to_become


class LazyLinear(LazyModuleMixin, linear.Linear):
    cls_to_become = linear.Linear

    def __init__(self, out_features, bias=True, device=None, dtype=None):
        super().__init__(0, out_features, bias, device, dtype)
        self._dtype = dtype
        self.weight = UninitializedParameter()

    def initialize_parameters(self, input):
        self.in_features = input.shape[-1]
        self.weight = Parameter(empty((self.out_features, self.in_features), dtype=self._dtype))


class _LazyConv(LazyModuleMixin):
    def __init__(self, out_channels, kernel_size, *args, groups=1, dtype=None, **kwargs):
        super().__init__(0, out_channels, kernel_size, *args, groups=groups, dtype=dtype, **kwargs)
        self._dtype = dtype
        self.weight = UninitializedParameter()

    def initialize_parameters(self, input):
        single = input.dim() == len(self.kernel_size) + 1
        self.in_channels = input.shape[0 if single else 1]
        if self.in_channels % self.groups != 0:
            raise ValueError('in_channels must be divisible by groups')
        own, other = self.in_channels, self.out_channels
        shape = (own, other // self.groups) if self.transposed else (other, own // self.groups)
        self.weight = Parameter(empty((*shape, *self.kernel_size), dtype=self._dtype))


class LazyConv1d(_LazyConv, conv.Conv1d):
    cls_to_become = conv.Conv1d


class LazyConv2d(_LazyConv, conv.Conv2d):
    cls_to_become = conv.Conv2d


class LazyConv3d(_LazyConv, conv.Conv3d):
    cls_to_become = conv.Conv3d


class LazyConvTranspose1d(_LazyConv, conv.ConvTranspose1d):
    cls_to_become = conv.ConvTranspose1d


class LazyConvTranspose2d(_LazyConv, conv.ConvTranspose2d):
    cls_to_become = conv.ConvTranspose2d


class LazyConvTranspose3d(_LazyConv, conv.ConvTranspose3d):
    cls_to_become = conv.ConvTranspose3d


class _LazyNorm(LazyModuleMixin):
    def __init__(self, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None):
        super().__init__(0, eps, momentum, affine, track_running_stats, device, dtype)
        self._dtype = dtype
        if affine:
            self.weight, self.bias = UninitializedParameter(), UninitializedParameter()
        if track_running_stats:
            self.running_mean, self.running_var = UninitializedBuffer(), UninitializedBuffer()

    def initialize_parameters(self, input):
        self.num_features = input.shape[1]
        if self.affine:
            self.weight = Parameter(empty(self.num_features, dtype=self._dtype))
            self.bias = Parameter(empty(self.num_features, dtype=self._dtype))
        if self.track_running_stats:
            self.running_mean = zeros(self.num_features, dtype=self._dtype)
            self.running_var = ones(self.num_features, dtype=self._dtype)


class LazyBatchNorm1d(_LazyNorm, batchnorm.BatchNorm1d):
    cls_to_become = batchnorm.BatchNorm1d


class LazyBatchNorm2d(_LazyNorm, batchnorm.BatchNorm2d):
    cls_to_become = batchnorm.BatchNorm2d


class LazyBatchNorm3d(_LazyNorm, batchnorm.BatchNorm3d):
    cls_to_become = batchnorm.BatchNorm3d


class LazyInstanceNorm1d(_LazyNorm, batchnorm.InstanceNorm1d):
    cls_to_become = batchnorm.InstanceNorm1d


class LazyInstanceNorm2d(_LazyNorm, batchnorm.InstanceNorm2d):
    cls_to_become = batchnorm.InstanceNorm2d


class LazyInstanceNorm3d(_LazyNorm, batchnorm.InstanceNorm3d):
    cls_to_become = batchnorm.InstanceNorm3d
