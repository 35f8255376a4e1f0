# torch.ops, torch.classes: operators by namespace. Those of torchvision are known; of others, none.

from torch._native import unread as _unread


class _Packet:
    def __init__(self, name, function):
        self.__name__, self._function = name, function
        self.default = self

    def __call__(self, *args, **kwargs):
        return self._function(*args, **kwargs)


class _Namespace:
    def __init__(self, name):
        self.name = name

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        module = {'aten': 'torch', 'prims': 'torch', 'torchvision': 'torch._torchvision'}.get(self.name)
        if module is None:
            return _unread(f'torch.ops.{self.name}.{name} is not modelled yet')
        import importlib
        return _Packet(name, getattr(importlib.import_module(module), name))


class _Ops:
    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return _Namespace(name)

    def load_library(self, path):
        pass


ops = classes = _Ops()
OpOverload = OpOverloadPacket = _Packet
