# transformers.utils.generic: ModelOutput, the decorators around forward, and small helpers.

import inspect
from collections import OrderedDict
from collections.abc import MutableMapping
from contextlib import ExitStack, nullcontext
from dataclasses import fields
from enum import Enum
from functools import wraps
from typing import TypedDict

import torch

from transformers import _reading

# --- outputs ------------------------------------------------------------------------------------------------------------


class ModelOutput(OrderedDict):
    """A dataclass, a dict of what is not None in it, and by position a tuple of that."""

    def __post_init__(self):
        names = [field.name for field in fields(self)]
        first = getattr(self, names[0])
        if isinstance(first, dict) and all(getattr(self, name) is None for name in names[1:]):
            super().__delitem__(names[0])
            super().__setattr__(names[0], None)
            for name, value in first.items():
                setattr(self, name, value)

    def __getitem__(self, key):
        return dict(self.items())[key] if isinstance(key, str) else self.to_tuple()[key]

    def __setattr__(self, name, value):
        if value is not None and name in self.__dataclass_fields__:
            super().__setitem__(name, value)
        super().__setattr__(name, value)

    def __setitem__(self, key, value):
        super().__setitem__(key, value)
        super().__setattr__(key, value)

    def to_tuple(self):
        return tuple(self.values())


class ExplicitEnum(str, Enum):
    pass


class PaddingStrategy(ExplicitEnum):
    LONGEST = 'longest'
    MAX_LENGTH = 'max_length'
    DO_NOT_PAD = 'do_not_pad'


class TensorType(ExplicitEnum):
    PYTORCH = 'pt'
    NUMPY = 'np'


class TransformersKwargs(TypedDict, total=False):
    pass


# --- around forward -----------------------------------------------------------------------------------------------------


def can_return_tuple(func):
    @wraps(func)
    def wrapper(self, *args, **kwargs):
        return_dict = self.config.return_dict if hasattr(self, 'config') else True
        given = kwargs.pop('return_dict', return_dict)
        if given is not None:
            return_dict = given
        output = func(self, *args, **kwargs)
        return output if return_dict or isinstance(output, tuple) else output.to_tuple()

    return wrapper


_DEFAULTS = ('use_cache', 'vision_feature_layer', 'vision_feature_select_strategy', 'vision_aspect_ratio')


def merge_with_config_defaults(func):
    """Some arguments that are not given come from the configuration, and `is_causal` goes into it for the call."""
    names = _reading.parameter_names(func)
    places = {name: names.index(name) - 1 for name in _DEFAULTS if name in names}

    @wraps(func)
    def wrapper(self, *args, **kwargs):
        args = list(args)
        for name in _DEFAULTS:
            place = places.get(name, len(args))
            if place < len(args):
                if args[place] is None:
                    args[place] = getattr(self.config, name, None)
            elif kwargs.get(name) is None:
                value = getattr(self.config, name, None)
                if value is not None:
                    kwargs[name] = value
        if getattr(self, 'gradient_checkpointing', False) and self.training and kwargs.get('use_cache'):
            kwargs['use_cache'] = False
        is_causal = kwargs.get('is_causal', getattr(self.config, 'is_causal', None))
        if is_causal is None:
            return func(self, *args, **kwargs)
        kwargs['is_causal'] = is_causal
        return _with_causality(self.config, is_causal, lambda: func(self, *args, **kwargs))

    return wrapper


def _with_causality(config, is_causal, call):
    missing = not hasattr(config, 'is_causal')
    before = None if missing else config.is_causal
    config.is_causal = is_causal
    try:
        return call()
    finally:
        if missing:
            del config.is_causal
        else:
            config.is_causal = before


def check_model_inputs(func):
    return merge_with_config_defaults(func)


_MODALITIES = ('image', 'video', 'audio')


def accepts_precomputed_kwargs(modality):
    """`image_sizes` is `sizes` for a method about images that has no `image_sizes`; other modalities' are left out."""
    others = tuple(f'{name}_' for name in _MODALITIES if name != modality)
    prefix = f'{modality}_'

    def decorate(func):
        known = set(inspect.signature(func).parameters)

        @wraps(func)
        def wrapper(*args, **kwargs):
            passed = {}
            for name, value in kwargs.items():
                if name.startswith(others):
                    continue
                short = name.startswith(prefix) and name not in known
                passed[name[len(prefix) :] if short else name] = value
            return func(*args, **passed)

        return wrapper

    return decorate


def filter_out_non_signature_kwargs(extra=None):
    def decorate(func):
        known = set(inspect.signature(func).parameters) | set(extra or [])

        @wraps(func)
        def wrapper(*args, **kwargs):
            return func(*args, **{name: value for name, value in kwargs.items() if name in known})

        return wrapper

    return decorate


def no_inherit_decorator(obj):
    return obj


def maybe_replace_from_package(source_package, func_name):
    return lambda function: function


def retry(*args, **kwargs):
    return lambda function: function


# --- interfaces ---------------------------------------------------------------------------------------------------------


class GeneralInterface(MutableMapping):
    """Functions by name: some for all instances, some for this one."""

    _global_mapping = {}

    def __init__(self):
        self._local_mapping = {}

    def __getitem__(self, key):
        return self._local_mapping[key] if key in self._local_mapping else self._global_mapping[key]

    def __setitem__(self, key, value):
        self._local_mapping[key] = value

    def __delitem__(self, key):
        del self._local_mapping[key]

    def __contains__(self, key):
        return key in self._local_mapping or key in self._global_mapping

    def __iter__(self):
        return iter({**self._global_mapping, **self._local_mapping})

    def __len__(self):
        return len({**self._global_mapping, **self._local_mapping})

    def get(self, key, default=None):
        return self[key] if key in self else default

    def keys(self):
        return list(self)

    @classmethod
    def register(cls, key, value):
        cls._global_mapping[key] = value

    def valid_keys(self):
        return list(self)


class ContextManagers:
    def __init__(self, context_managers):
        self.context_managers = context_managers
        self.stack = ExitStack()

    def __enter__(self):
        for manager in self.context_managers:
            self.stack.enter_context(manager)

    def __exit__(self, *args):
        return self.stack.__exit__(*args)


def maybe_autocast(device_type, dtype=None, enabled=True, cache_enabled=None):
    return torch.autocast(device_type, dtype=dtype, enabled=enabled) if enabled else nullcontext()


# --- attention ----------------------------------------------------------------------------------------------------------


def is_flash_attention_requested(config=None, requested_attention_implementation=None, version=None):
    name = config._attn_implementation if config is not None else requested_attention_implementation
    if name is None or 'flash' not in name:
        return False
    versions = [version] if isinstance(version, int) else version
    return versions is None or any(str(number) in name.partition('flash')[2] for number in versions)


def get_max_seqlen(cu_seqlens, config, kwargs=None, kwarg_name='max_seqlen'):
    given = kwargs.pop(kwarg_name, None) if kwargs is not None else None
    if given is not None or not is_flash_attention_requested(config):
        return given
    return (cu_seqlens[1:] - cu_seqlens[:-1]).max().item()


def split_attention_implementation(implementation):
    if implementation is None:
        return False, None
    return implementation.startswith('paged|'), implementation.removeprefix('paged|')


# --- small helpers ------------------------------------------------------------------------------------------------------


def is_torch_tensor(x):
    return isinstance(x, torch.Tensor)


is_tensor = is_torch_tensor


def is_numpy_array(x):
    return False


def is_torch_device(x):
    return isinstance(x, torch.device)


def is_torch_dtype(x):
    return isinstance(x, torch.dtype)


def is_timm_config_dict(config_dict):
    return 'pretrained_cfg' in config_dict


def can_return_loss(model_class):
    return False


def find_labels(model_class):
    return [name for name in inspect.signature(model_class.forward).parameters if 'label' in name]


def to_py_obj(obj):
    return obj.tolist() if is_torch_tensor(obj) else obj


def torch_int(x):
    return int(x)


def torch_float(x):
    return int(x)


def set_attribute_for_modules(module, key, value):
    for submodule in module.modules():
        setattr(submodule, key, value)


def del_attribute_from_modules(module, key):
    for submodule in module.modules():
        if hasattr(submodule, key):
            delattr(submodule, key)


def __getattr__(name):
    return _reading.installed(__name__, name)
