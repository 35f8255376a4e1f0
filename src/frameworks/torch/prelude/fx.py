# torch.fx: functions may be marked as leaves; graphs are not traced.

from torch._native import unread as _unread
from torch.nn import Module


class Tracer:
    def __init__(self, *args, **kwargs):
        pass

    def trace(self, root, concrete_args=None):
        return _unread('torch.fx: graphs are not traced')


class Proxy:
    pass


class Node:
    pass


class Graph:
    pass


class GraphModule(Module):
    pass


class Interpreter:
    pass


class Transformer:
    pass


def symbolic_trace(root, concrete_args=None):
    return root


def wrap(fn_or_name):
    return fn_or_name


def replace_pattern(*args, **kwargs):
    return []
