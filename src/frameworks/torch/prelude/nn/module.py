# torch.nn.modules.module: the class is native.

from torch._native import Module


class _IncompatibleKeys:
    pass


def register_module_forward_hook(hook, *, with_kwargs=False, always_call=False):
    from torch.nn.utils.stateless import functionalize
    return functionalize(hook)


register_module_backward_hook = register_module_full_backward_hook = register_module_forward_hook
register_module_forward_pre_hook = register_module_forward_hook
