# transformers.models.auto.auto_factory: the class of a model by the class of its configuration. The tables themselves
# are the package's own, in modeling_auto.py and auto_mappings.py.

import importlib
from collections import OrderedDict

from transformers import _reading, _weights
from transformers.models.auto.configuration_auto import AutoConfig, model_type_to_module_name


def _get_model_class(config, model_mapping):
    found = model_mapping[type(config)]
    if not isinstance(found, (list, tuple)):
        return found
    by_name = {model.__name__: model for model in found}
    named = [name for name in getattr(config, 'architectures', None) or [] if name in by_name]
    return by_name[named[0]] if named else found[0]


class _BaseAutoModelClass:
    _model_mapping = None

    def __init__(self, *args, **kwargs):
        raise OSError(f'{type(self).__name__} is made by from_config or from_pretrained')

    @classmethod
    def from_config(cls, config, **kwargs):
        if _reading.is_unknown(config):
            return config
        kwargs.pop('trust_remote_code', None)
        kwargs.pop('code_revision', None)
        if type(config) not in cls._model_mapping:
            raise ValueError(f'Unrecognized configuration class {type(config)} for {cls.__name__}')
        model_class = _get_model_class(config, cls._model_mapping)
        text_class = config.sub_configs.get('text_config')
        if text_class is not None and getattr(model_class, 'config_class', None) == text_class:
            config = config.get_text_config()
        return model_class._from_config(config, **kwargs)

    @classmethod
    def from_pretrained(cls, pretrained_model_name_or_path, *model_args, **kwargs):
        return _weights.model_of(cls, AutoConfig, pretrained_model_name_or_path, **kwargs)

    @classmethod
    def _made_from(cls, config, options):
        return cls.from_config(config, **options)

    @classmethod
    def register(cls, config_class, model_class, exist_ok=False):
        cls._model_mapping.register(config_class, model_class, exist_ok=exist_ok)


class _BaseAutoBackboneClass(_BaseAutoModelClass):
    pass


def auto_class_update(cls, *args, **kwargs):
    return cls


def add_generation_mixin_to_remote_model(model_class):
    return model_class


def getattribute_from_module(module, attr):
    if attr is None:
        return None
    if isinstance(attr, tuple):
        return tuple(getattribute_from_module(module, name) for name in attr)
    if hasattr(module, attr):
        return getattr(module, attr)
    return getattr(importlib.import_module('transformers'), attr)


class _LazyAutoMapping:
    """Configuration classes to models, both loaded when asked for."""

    def __init__(self, config_mapping, model_mapping):
        self._config_mapping = config_mapping
        self._model_mapping = model_mapping
        self._type_by_class = {name: model_type for model_type, name in config_mapping.items()}
        self._extra_content = {}

    def __getitem__(self, config_class):
        if config_class in self._extra_content:
            return self._extra_content[config_class]
        name = config_class.__name__
        types = [self._type_by_class[name]] + [kind for kind, value in self._config_mapping.items() if value == name]
        for model_type in types:
            if model_type in self._model_mapping:
                return self._load(model_type, self._model_mapping[model_type])
        raise KeyError(config_class)

    def _load(self, model_type, name):
        module_name = model_type_to_module_name(model_type)
        module = importlib.import_module(f'.{module_name}', 'transformers.models')
        return getattribute_from_module(module, name)

    def __contains__(self, config_class):
        if config_class in self._extra_content:
            return True
        return self._type_by_class.get(getattr(config_class, '__name__', None)) in self._model_mapping

    def get(self, config_class, default=None):
        return self[config_class] if config_class in self else default

    def __len__(self):
        return len(self._extra_content) + len([name for name in self._config_mapping if name in self._model_mapping])

    def keys(self):
        named = [(name, self._config_mapping[name]) for name in self._model_mapping if name in self._config_mapping]
        return [self._load(model_type, name) for model_type, name in named] + list(self._extra_content)

    def values(self):
        named = [(name, model) for name, model in self._model_mapping.items() if name in self._config_mapping]
        return [self._load(model_type, name) for model_type, name in named] + list(self._extra_content.values())

    def items(self):
        return list(zip(self.keys(), self.values()))

    def __iter__(self):
        return iter(self.keys())

    def register(self, key, value, exist_ok=False):
        self._extra_content[key] = value


def get_values(model_mapping):
    found = []
    for model in model_mapping.values():
        found += list(model) if isinstance(model, (list, tuple)) else [model]
    return found
