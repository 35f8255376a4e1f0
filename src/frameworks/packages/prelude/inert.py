# What packages give that have no part in what a model costs: pictures, logs, experiments, tables. Any name is there and can
# be called; what comes of it is not known, and that is a gap only where the model comes to depend on it.
from types import FunctionType

from _unknown import unknown


class Inert:
    def __init__(self, name):
        self.__name__ = name

    def __call__(self, *args, **kwargs):
        if len(args) == 1 and not kwargs and isinstance(args[0], (FunctionType, type)):
            return args[0]
        return unknown(f'{self.__name__} is not followed: it is no part of a model')

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return Inert(f'{self.__name__}.{name}')

    def __enter__(self):
        return self

    def __exit__(self, *details):
        return False

    def __repr__(self):
        return f'<{self.__name__}>'


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    return Inert(f'{__name__}.{name}')
