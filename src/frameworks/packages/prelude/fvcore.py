# fvcore and iopath: initialisation changes no price, files are not read.
from packages._configs import CfgNode
from packages._inert import Inert


def c2_xavier_fill(module):
    return None


c2_msra_fill = c2_xavier_fill


class weight_init:
    c2_xavier_fill = staticmethod(c2_xavier_fill)
    c2_msra_fill = staticmethod(c2_xavier_fill)


class Registry:
    def __init__(self, name):
        self._name = name
        self._obj_map = {}

    def register(self, obj=None):
        if obj is None:
            return self.register
        self._obj_map[obj.__name__] = obj
        return obj

    def get(self, name):
        if name not in self._obj_map:
            raise KeyError(f"No object named '{name}' found in '{self._name}' registry!")
        return self._obj_map[name]

    def __contains__(self, name):
        return name in self._obj_map

    def __iter__(self):
        return iter(self._obj_map.items())


ARCH_REGISTRY = Registry('arch')
DATASET_REGISTRY = Registry('dataset')
LOSS_REGISTRY = Registry('loss')
METRIC_REGISTRY = Registry('metric')
MODEL_REGISTRY = Registry('model')


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    return Inert(f'{__name__}.{name}')
