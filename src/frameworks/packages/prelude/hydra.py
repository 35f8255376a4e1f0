# hydra, click, fire, tap, absl: command lines are not read. Decorators leave functions as they are; flags have their
# defaults.
from _unknown import is_unknown, unknown
from packages._identity import identity

import argparse
import functools
import importlib

def Option(default=None, *args, **kwargs):
    return default


Argument = Option
main = option = argument = command = group = pass_context = version_option = run = identity


def get_object(path):
    """What a dotted path names: a module, or something in one."""
    parts = path.split('.')
    for count in range(len(parts), 0, -1):
        try:
            found = importlib.import_module('.'.join(parts[:count]))
        except ImportError:
            continue
        for part in parts[count:]:
            found = getattr(found, part)
        return found
    raise ImportError(f'Error loading {path!r}')


get_class = get_method = get_static_method = get_object


def instantiate(config=None, *args, **kwargs):
    if config is None or is_unknown(config):
        return config
    if isinstance(config, list):
        return [instantiate(item) if isinstance(item, (dict, list)) else item for item in config]
    if not isinstance(config, dict):
        return unknown('hydra.utils.instantiate is not followed for what is no dictionary')
    values = {str(key): config[key] for key in config}
    recursive = values.pop('_recursive_', True)
    if recursive:
        values = {key: instantiate(item) if isinstance(item, (dict, list)) else item for key, item in values.items()}
    values.update(kwargs)
    target = values.pop('_target_', None)
    if target is None:
        return type(config)(values)
    is_partial = values.pop('_partial_', False)
    values.pop('_convert_', None)
    args = args or tuple(values.pop('_args_', ()))
    make = get_object(target) if isinstance(target, str) else target
    return functools.partial(make, *args, **values) if is_partial else make(*args, **values)


call = instantiate


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
