# torch.jit: scripting and tracing give back what they are given.

from typing import Final

from torch.nn import Module as ScriptModule

Attribute = lambda value, type=None: value
RecursiveScriptModule = TopLevelTracedModule = ScriptModule
ScriptFunction = object


class Error(RuntimeError):
    pass


def annotate(the_type, the_value):
    return the_value


def export(fn):
    return fn


def fork(func, *args, **kwargs):
    return func(*args, **kwargs)


def freeze(mod, *args, **kwargs):
    return mod


def ignore(drop=False, **kwargs):
    return drop if callable(drop) else (lambda fn: fn)


def interface(obj):
    return obj


def is_scripting():
    return False


def is_tracing():
    return False


def isinstance(obj, target_type):
    import builtins
    return builtins.isinstance(obj, target_type)


def load(f, map_location=None):
    import torch
    return torch.load(f)


def optimize_for_inference(mod, other_methods=None):
    return mod


def save(m, f):
    pass


def script(obj=None, *args, **kwargs):
    return obj


def script_if_tracing(fn):
    return fn


def script_method(fn):
    return fn


def trace(func, *args, **kwargs):
    return func


def trace_module(mod, *args, **kwargs):
    return mod


def unused(fn):
    return fn


def wait(future):
    return future


class strict_fusion:
    def __enter__(self):
        pass

    def __exit__(self, *details):
        pass


_overload = _overload_method = _script_if_tracing = script_if_tracing
