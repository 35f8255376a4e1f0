# Packages of decorators: compilers, checkers of types, command lines. What they decorate stays what it is, and what they
# make out of types stays the type.
from types import FunctionType


def identity(*args, **kwargs):
    if len(args) == 1 and not kwargs and isinstance(args[0], (FunctionType, type)):
        return args[0]
    return lambda target: target


prange = range


class _Annotation:
    """A name for annotations: Float[Tensor, 'b c']."""

    def __class_getitem__(cls, item):
        return item[0] if isinstance(item, tuple) else item

    def __getitem__(self, item):
        return item[0] if isinstance(item, tuple) else item


class Progress:
    def __init__(self, iterable=None, *args, **kwargs):
        self.iterable = iterable

    def __iter__(self):
        return iter(self.iterable)

    def __len__(self):
        return len(self.iterable)

    def __enter__(self):
        return self

    def __exit__(self, *details):
        return False

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return lambda *args, **kwargs: None


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    return identity
