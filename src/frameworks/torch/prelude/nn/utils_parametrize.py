# torch.nn.utils.parametrize: a tensor that is computed from another whenever it is read.

from torch import Tensor
from torch.nn.modules.container import ModuleDict, ModuleList
from torch.nn.modules.module import Module
from torch.nn.parameter import Parameter


class cached:
    """Within, a tensor is computed once."""
    depth, values = 0, {}

    def __enter__(self):
        cached.depth += 1

    def __exit__(self, *details):
        cached.depth -= 1
        if cached.depth == 0:
            cached.values = {}


def _computed(module, tensor_name):
    if cached.depth == 0:
        return module.parametrizations[tensor_name]()
    key = (id(module), tensor_name)
    if key not in cached.values:
        cached.values[key] = module.parametrizations[tensor_name]()
    return cached.values[key]


class ParametrizationList(ModuleList):
    def __init__(self, modules, original, unsafe=False):
        super().__init__(modules)
        self.unsafe = unsafe
        value = original
        for module in reversed(list(self)):
            if hasattr(module, 'right_inverse'):
                value = module.right_inverse(value)
        self.is_tensor = isinstance(value, Tensor)
        if self.is_tensor:
            self.original = original if isinstance(original, Parameter) and value is original else _kept(original, value)
        else:
            self.ntensors = len(value)
            for i, part in enumerate(value):
                setattr(self, f'original{i}', _kept(original, part))

    def forward(self):
        if self.is_tensor:
            value = self[0](self.original)
        else:
            value = self[0](*(getattr(self, f'original{i}') for i in range(self.ntensors)))
        for module in list(self)[1:]:
            value = module(value)
        return value


def _kept(original, value):
    return Parameter(value, original.requires_grad) if isinstance(original, Parameter) else value


def is_parametrized(module, tensor_name=None):
    parametrizations = getattr(module, 'parametrizations', None)
    if not isinstance(parametrizations, ModuleDict):
        return False
    return len(parametrizations) > 0 if tensor_name is None else tensor_name in parametrizations


def register_parametrization(module, tensor_name, parametrization, *, unsafe=False):
    if is_parametrized(module, tensor_name):
        module.parametrizations[tensor_name].append(parametrization)
        return module
    original = getattr(module, tensor_name)
    delattr(module, tensor_name)
    if not is_parametrized(module):
        module.parametrizations = ModuleDict()
        _give_own_class(module)
    parametrizations = ParametrizationList([parametrization], original, unsafe)
    setattr(type(module), tensor_name, property(lambda self: _computed(self, tensor_name)))
    module.parametrizations[tensor_name] = parametrizations
    return module


def _give_own_class(module):
    """A class of its own, so that a property can stand where the tensor was."""
    base = type(module)
    module.__class__ = type(f'Parametrized{base.__name__}', (base,), {})


def remove_parametrizations(module, tensor_name, leave_parametrized=True):
    parametrizations = module.parametrizations[tensor_name]
    value = getattr(module, tensor_name) if leave_parametrized else parametrizations.original
    delattr(type(module), tensor_name)
    del module.parametrizations[tensor_name]
    setattr(module, tensor_name, value if isinstance(value, Parameter) else Parameter(value))
    return module


def type_before_parametrizations(module):
    return type(module).__bases__[0] if is_parametrized(module) else type(module)


def transfer_parametrizations_and_params(from_module, to_module, tensor_name=None):
    return to_module
