# hydra, click, fire, tap, absl: command lines are not read. Decorators leave functions as they are; flags have their
# defaults.
from _unknown import unknown
from packages._identity import identity

import argparse

def Option(default=None, *args, **kwargs):
    return default


Argument = Option
main = option = argument = command = group = pass_context = version_option = run = identity


def instantiate(config, *args, **kwargs):
    return unknown('hydra.utils.instantiate is not followed')


call = get_class = get_method = instantiate


def to_absolute_path(path):
    return path


get_original_cwd = Fire = Choice = Path = echo = lambda *args, **kwargs: None


class Tap(argparse.Namespace):
    def __init__(self, *args, **kwargs):
        pass

    def parse_args(self, *args, **kwargs):
        return self

    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return unknown(f'the argument {name} is not known')


class _Flags:
    def __getattr__(self, name):
        if name.startswith('__'):
            raise AttributeError(name)
        return unknown(f'the flag {name} is not known')


FLAGS = _Flags()


def _define(name, default, *args, **kwargs):
    setattr(FLAGS, name, default)


DEFINE_string = DEFINE_integer = DEFINE_float = DEFINE_boolean = DEFINE_bool = DEFINE_list = _define


def DEFINE_enum(name, default, *args, **kwargs):
    setattr(FLAGS, name, default)


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    return identity
