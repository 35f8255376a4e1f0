# Abstract base classes. That an abstract class must not be instantiated is not checked.
from _abc import ABCMeta


class ABC(metaclass=ABCMeta):
    __slots__ = ()


def abstractmethod(funcobj):
    funcobj.__isabstractmethod__ = True
    return funcobj


def update_abstractmethods(cls):
    return cls


def get_cache_token():
    return 0


abstractproperty = property
abstractclassmethod = classmethod
abstractstaticmethod = staticmethod
