# types: names of the built-in types, and SimpleNamespace.
import sys as _sys
from _types import new_class

FunctionType = type(lambda: None)
LambdaType = FunctionType
BuiltinFunctionType = type(len)
BuiltinMethodType = BuiltinFunctionType
EllipsisType = type(...)
GeneratorType = type(_ for _ in ())
ModuleType = type(_sys)
NoneType = type(None)
NotImplementedType = type(NotImplemented)


class _C:
    def _m(self):
        pass


MethodType = type(_C()._m)


class CodeType:
    pass


class FrameType:
    pass


class TracebackType:
    pass


class CoroutineType:
    pass


class AsyncGeneratorType:
    pass


class GenericAlias:
    def __init__(self, origin, args):
        self.__origin__ = origin
        self.__args__ = args if isinstance(args, tuple) else (args,)

    def __call__(self, *args, **kwargs):
        return self.__origin__(*args, **kwargs)


class UnionType:
    pass


class SimpleNamespace:
    def __init__(self, mapping=None, /, **kwargs):
        if mapping is not None:
            self.__dict__.update(mapping)
        for name, value in kwargs.items():
            setattr(self, name, value)

    def __eq__(self, other):
        if not isinstance(other, SimpleNamespace):
            return NotImplemented
        return vars(self) == vars(other)

    __hash__ = None

    def __repr__(self):
        inner = ", ".join(f"{name}={value!r}" for name, value in vars(self).items())
        name = "namespace" if type(self) is SimpleNamespace else type(self).__name__
        return f"{name}({inner})"


class DynamicClassAttribute(property):
    pass


class MappingProxyType:
    def __init__(self, mapping):
        self._mapping = mapping

    def __getitem__(self, key):
        return self._mapping[key]

    def __contains__(self, key):
        return key in self._mapping

    def __iter__(self):
        return iter(self._mapping)

    def __len__(self):
        return len(self._mapping)

    def __getattr__(self, name):
        return getattr(self._mapping, name)

    def __repr__(self):
        return f"mappingproxy({self._mapping!r})"


def coroutine(func):
    return func
