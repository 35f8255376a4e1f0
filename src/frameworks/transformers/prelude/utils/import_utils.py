# transformers.utils.import_utils: which packages there are. A package is there when its source is on the search path;
# torch always is. No accelerator is: what is priced is the code that runs without one.

import functools

from transformers import _reading

BACKENDS_MAPPING = {}
TORCH_VERSION = (2, 13)


class DummyObject(type):
    pass


class OptionalDependencyNotAvailable(BaseException):
    pass


class _LazyModule:
    def __init__(self, name, *args, **kwargs):
        self.__name__ = name

    def __getattr__(self, name):
        return _reading.exported(self.__name__, name)


def define_import_structure(*args, **kwargs):
    return {}


# --- packages -----------------------------------------------------------------------------------------------------------

_ALWAYS = ('torch', 'safetensors', 'vision', 'torchvision', 'tokenizers', 'torch_distributed')
_NEVER = ('cuda', 'xpu', 'npu', 'mps', 'mlu', 'musa', 'hpu', 'xla', 'neuron', 'neuroncore', 'tpu')
_MODULES = {
    'scipy': 'scipy',
    'timm': 'timm',
    'peft': 'peft',
}


def _availability(name):
    if name in _ALWAYS:
        return True
    module = _MODULES.get(name)
    return module is not None and _reading.has_module(module)


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    if name.startswith('is_') and name.endswith('_available'):
        there = _availability(name[len('is_') : -len('_available')])
        return lambda *args, **kwargs: there
    if name.startswith('is_'):
        return lambda *args, **kwargs: False
    if name.isupper():
        return None
    return _reading.unknown(f'{name} of transformers.utils.import_utils is not followed')


def _version(text):
    return tuple(int(part) for part in str(text).split('.')[:2] if part.isdigit())


def is_torch_greater_or_equal(library_version, accept_dev=False):
    return TORCH_VERSION >= _version(library_version)


def is_torch_less_or_equal(library_version, accept_dev=False):
    return TORCH_VERSION <= _version(library_version)


def get_torch_version():
    return '.'.join(str(part) for part in TORCH_VERSION) + '.0'


def get_device_type():
    return 'cpu'


def requires_backends(obj, backends):
    return None


def requires(*, backends=()):
    return lambda decorated: decorated


def torch_only_method(function):
    return function


def resolve_internal_import(module, chained_path):
    return functools.reduce(lambda found, name: getattr(found, name, None), chained_path.split('.'), module)


def torch_compilable_check(cond, msg=None, error_type=ValueError):
    """Checks of values say nothing about shapes: only one that is plainly false is raised."""
    if cond is False:
        raise error_type(msg() if callable(msg) else msg)
