# torch.nn.utils.prune: a pruned tensor is computed from its original and a mask whenever the module is called. Which elements
# are masked does not matter here.

from torch.nn.parameter import Parameter


class BasePruningMethod:
    PRUNING_TYPE = 'unstructured'

    @classmethod
    def apply(cls, module, name, *args, **kwargs):
        return _pruned(module, name)


class L1Unstructured(BasePruningMethod):
    pass


class Identity(BasePruningMethod):
    pass


class CustomFromMask(BasePruningMethod):
    pass


class LnStructured(BasePruningMethod):
    pass


class PruningContainer(BasePruningMethod):
    pass


class RandomStructured(BasePruningMethod):
    pass


class RandomUnstructured(BasePruningMethod):
    pass


def _pruned(module, name):
    if name + '_orig' in module._parameters:
        return module
    original = module._parameters.pop(name)
    module.register_parameter(name + '_orig', original)
    module.register_buffer(name + '_mask', original.new_ones(original.shape))

    def compute(module, inputs):
        setattr(module, name, getattr(module, name + '_mask') * getattr(module, name + '_orig'))

    compute(module, None)
    handles = module.__dict__.setdefault('_pruning_hooks', {})
    handles[name] = module.register_forward_pre_hook(compute)
    return module


def l1_unstructured(module, name, amount=None, importance_scores=None):
    return _pruned(module, name)


def custom_from_mask(module, name, mask):
    return _pruned(module, name)


def identity(module, name):
    return _pruned(module, name)


def ln_structured(module, name, amount=None, n=None, dim=None, importance_scores=None):
    return _pruned(module, name)


random_unstructured = l1_unstructured


def random_structured(module, name, amount=None, dim=None):
    return _pruned(module, name)


def global_unstructured(parameters, pruning_method=None, importance_scores=None, **kwargs):
    for module, name in parameters:
        _pruned(module, name)


def is_pruned(module):
    return any(name.endswith('_mask') for name, _ in module.named_buffers())


def remove(module, name):
    module._pruning_hooks.pop(name).remove()
    original = module._parameters.pop(name + '_orig')
    delattr(module, name)
    delattr(module, name + '_mask')
    module.register_parameter(name, Parameter(original.data, original.requires_grad))
    return module
