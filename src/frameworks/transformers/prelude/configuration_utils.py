# transformers.configuration_utils: PreTrainedConfig. Annotated names of a class body are fields, set from keywords or
# defaults in their order; other keywords reach __post_init__. Types and values are not validated, files are not read.

import copy
import json
from dataclasses import MISSING, Field

from huggingface_hub.dataclasses import strict
from transformers import _older, _reading, _weights
from transformers._layer_configs import LayerConfigs, changes_by_layer

try:
    from transformers.modeling_rope_utils import RotaryEmbeddingConfigMixin
except ImportError:

    class RotaryEmbeddingConfigMixin:
        pass


_LEGACY_LAYER_TYPES = {
    'attention': 'full_attention',
    'deepseek_sparse_attention': 'indexed_attention',
    'mamba': 'linear_attention',
    'qwen_sparse_attention': 'indexed_attention',
}


def remap_legacy_layer_types(layer_types=None, config=None):
    """Newer names for older ones: of a list, or of the lists in a configuration."""
    if layer_types is not None:
        return [_LEGACY_LAYER_TYPES.get(name, name) for name in layer_types]
    for name in ('layer_types', 'mtp_layer_types'):
        found = getattr(config, name, None)
        if found is not None:
            remapped = remap_legacy_layer_types(found)
            if remapped != found:
                setattr(config, name, remapped)


# --- fields -------------------------------------------------------------------------------------------------------------


def _default_of(value):
    """What a field is made from: a function that gives its default."""
    if not isinstance(value, Field):
        return lambda: value
    if getattr(value, 'default_factory', MISSING) is not MISSING:
        return value.default_factory
    default = getattr(value, 'default', MISSING)
    return None if default is MISSING else lambda: default


def _own_fields(cls):
    namespace = cls.__dict__
    fields = {}
    for name, annotation in namespace.get('__annotations__', {}).items():
        if not str(annotation).startswith('ClassVar'):
            fields[name] = _default_of(namespace[name]) if name in namespace else None
    return fields


def _all_fields(cls):
    fields = {}
    for base in reversed(cls.__mro__[1:]):
        fields.update(base.__dict__.get('_own_config_fields', {}))
    fields.update(cls._own_config_fields)
    return fields


def _make_init(cls):
    def __init__(self, **kwargs):
        for name, default in cls._config_fields.items():
            if name in kwargs:
                setattr(self, name, kwargs.pop(name))
            elif default is not None:
                setattr(self, name, default())
            else:
                raise TypeError(f"Missing required field - '{name}'")
        self.__post_init__(**kwargs)

    return __init__


def _alias(name):
    """A name of `attribute_map`: another name's value."""

    def get(self):
        target = self.attribute_map.get(name)
        if target is None:
            raise AttributeError(name)
        return getattr(self, target)

    def put(self, value):
        setattr(self, self.attribute_map[name], value)

    def drop(self):
        delattr(self, self.attribute_map[name])

    return property(get, put, drop)


def _prepare(cls):
    cls._own_config_fields = _own_fields(cls)
    cls._config_fields = _all_fields(cls)
    for name, default in cls._own_config_fields.items():
        if default is not None and isinstance(cls.__dict__.get(name), Field):
            setattr(cls, name, default())
    if '__init__' not in cls.__dict__:
        cls.__init__ = _make_init(cls)
    for name in cls.attribute_map:
        setattr(cls, name, _alias(name))


# --- the class ----------------------------------------------------------------------------------------------------------


class PreTrainedConfig(RotaryEmbeddingConfigMixin):
    base_config_key = ''
    sub_configs = {}
    has_no_defaults_at_init = False
    keys_to_ignore_at_inference = []
    attribute_map = {}
    base_model_tp_plan = None
    base_model_fsdp_plan = None
    base_model_pp_plan = None
    base_model_ep_plan = None
    _auto_class = None
    _layer_changes = None
    model_type = ''

    transformers_version: str | None = None
    architectures: list | None = None
    output_hidden_states: bool | None = False
    return_dict: bool | None = True
    dtype: str | None = None
    chunk_size_feed_forward: int = 0
    is_encoder_decoder: bool = False
    id2label: dict | None = None
    label2id: dict | None = None
    problem_type: str | None = None

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        _prepare(cls)

    def __post_init__(self, **kwargs):
        self._set_dtype(kwargs.pop('torch_dtype', None))
        self._set_labels(kwargs.get('num_labels'))
        if hasattr(self, 'rope_parameters') or kwargs.get('rope_scaling') and kwargs.get('rope_theta'):
            kwargs = self.convert_rope_params_to_dict(**kwargs)
        self._name_or_path = str(kwargs.pop('name_or_path', ''))
        kwargs.pop('_commit_hash', None)
        self._output_attentions = kwargs.pop('output_attentions', False)
        self._attn_implementation = kwargs.pop('attn_implementation', None)
        self._experts_implementation = kwargs.pop('experts_implementation', None)
        per_layer_config = kwargs.pop('per_layer_config', None)
        for name, value in kwargs.items():
            if name not in ('_attn_implementation_internal', '_experts_implementation_internal'):
                setattr(self, name, value)
        if per_layer_config is not None:
            self.per_layer_config = per_layer_config
        remap_legacy_layer_types(config=self)

    def _set_dtype(self, older):
        if self.dtype is None and older is not None:
            self.dtype = older
        if isinstance(self.dtype, str):
            import torch

            self.dtype = getattr(torch, self.dtype)

    def _set_labels(self, count):
        if self.id2label is None:
            self.num_labels = count if count is not None else self.num_labels if self.num_labels is not None else 2
        else:
            self.id2label = {int(key): value for key, value in self.id2label.items()}

    # --- names that are computed ---------------------------------------------------------------------------------------

    @property
    def name_or_path(self):
        return getattr(self, '_name_or_path', None)

    @name_or_path.setter
    def name_or_path(self, value):
        self._name_or_path = str(value)

    @property
    def num_labels(self):
        return len(self.id2label) if self.id2label is not None else None

    @num_labels.setter
    def num_labels(self, num_labels):
        if self.id2label is None or self.num_labels != num_labels:
            self.id2label = {i: f'LABEL_{i}' for i in range(num_labels)}
            self.label2id = {label: i for i, label in self.id2label.items()}

    @property
    def output_attentions(self):
        return self._output_attentions

    @output_attentions.setter
    def output_attentions(self, value):
        if value and self._attn_implementation is None:
            self._attn_implementation = 'eager'
        if value and self._attn_implementation != 'eager':
            raise ValueError('`output_attentions` needs `attn_implementation` to be "eager"')
        self._output_attentions = value

    def _set_implementation(self, name, value):
        own = value if not isinstance(value, dict) else value.get('', getattr(self, name + '_internal', None))
        setattr(self, name + '_internal', own)
        for key in self.sub_configs:
            sub_config = getattr(self, key, None)
            if sub_config is not None:
                current = getattr(sub_config, name, None)
                setattr(sub_config, name, value if not isinstance(value, dict) else value.get(key, current))

    @property
    def _attn_implementation(self):
        return self._attn_implementation_internal

    @_attn_implementation.setter
    def _attn_implementation(self, value):
        self._set_implementation('_attn_implementation', value)

    @property
    def _experts_implementation(self):
        return self._experts_implementation_internal

    @_experts_implementation.setter
    def _experts_implementation(self, value):
        self._set_implementation('_experts_implementation', value)

    @property
    def torch_dtype(self):
        return self.dtype

    @torch_dtype.setter
    def torch_dtype(self, value):
        self.dtype = value

    @property
    def use_return_dict(self):
        return self.return_dict

    @property
    def rope_scaling(self):
        return self.rope_parameters

    @rope_scaling.setter
    def rope_scaling(self, value):
        self.rope_parameters = value

    @property
    def is_heterogeneous(self):
        return self._layer_changes is not None

    @property
    def per_layer_config(self):
        return LayerConfigs(self)

    @per_layer_config.setter
    def per_layer_config(self, changes):
        self._layer_changes = None if changes is None else changes_by_layer(self, changes)

    @property
    def per_layer_attributes(self):
        if self._layer_changes is None:
            return None
        return {name for changes in self._layer_changes.values() for name in changes if name != 'skip'}

    # --- other forms ---------------------------------------------------------------------------------------------------

    def __iter__(self):
        return iter([name for name in self.__dict__ if name != '_layer_changes'])

    def __eq__(self, other):
        return isinstance(other, PreTrainedConfig) and self.__dict__ == other.__dict__

    def to_dict(self):
        output = {}
        for name, value in self.__dict__.items():
            if not name.endswith('_internal') and name != '_layer_changes':
                output[name] = value.to_dict() if isinstance(value, PreTrainedConfig) else copy.deepcopy(value)
        output['model_type'] = self.model_type
        return output

    def to_diff_dict(self):
        return self.to_dict()

    def update(self, config_dict):
        for name, value in config_dict.items():
            setattr(self, name, value)

    @classmethod
    def from_dict(cls, config_dict, return_unused_kwargs=False, **kwargs):
        given = {name: value for name, value in config_dict.items() if name != 'model_type'}
        config = cls(**given)
        for name in [name for name in kwargs if hasattr(config, name)]:
            setattr(config, name, kwargs.pop(name))
        return (config, kwargs) if return_unused_kwargs else config

    @classmethod
    def from_json_file(cls, json_file):
        with open(json_file) as file:
            return cls.from_dict(json.load(file))

    @classmethod
    def from_pretrained(cls, pretrained_model_name_or_path, **kwargs):
        return _weights.config_of(cls, pretrained_model_name_or_path, **kwargs)

    @classmethod
    def get_config_dict(cls, pretrained_model_name_or_path, **kwargs):
        found = _weights.config_dict(pretrained_model_name_or_path)
        return (_weights.unknown(cls, pretrained_model_name_or_path) if found is None else found), kwargs

    def save_pretrained(self, *args, **kwargs):
        return None

    @classmethod
    def register_for_auto_class(cls, auto_class='AutoConfig'):
        cls._auto_class = auto_class

    def validate(self):
        return None

    validate_architecture = validate
    validate_layer_type = validate
    validate_output_attentions = validate
    validate_token_ids = validate

    # --- the part for text ---------------------------------------------------------------------------------------------

    def get_text_config(self, decoder=None, encoder=None):
        both = decoder == encoder
        names = ('text_encoder', 'decoder', 'generator', 'text_config')
        if not both:
            names = names[1:] if decoder else names[:1]
        found = [name for name in names if getattr(self, name, None) is not None]
        if len(found) > 1:
            raise ValueError(f'Multiple valid text configs were found in the model config: {found}.')
        if found:
            return getattr(self, found[0])
        if both or not self.is_encoder_decoder:
            return self
        return _one_side(self, 'decoder' if decoder else 'encoder')


def _one_side(config, side):
    """A copy in which `decoder_layers` and the like go by the names that a model without sides uses."""
    config = copy.deepcopy(config)
    special = {f'{side}_layers': 'num_hidden_layers', f'{side}_attention_heads': 'num_attention_heads'}
    for name in list(config.to_dict()):
        if not name.startswith(side):
            continue
        plain = special.get(name, name[len(side) + 1 :])
        plain = config.attribute_map.get(plain, plain)
        value = getattr(config, name)
        delattr(config, name)
        setattr(config, plain, value)
    return config


def get_head_shapes(config):
    """Heads for keys and values, and their size: a number each, or a list with one for each layer."""
    names = config.per_layer_attributes or ()
    layers = range(config.num_hidden_layers - getattr(config, 'num_kv_shared_layers', 0))
    sizes = getattr(config, 'head_dim', None) or config.hidden_size // config.num_attention_heads
    heads = getattr(config, 'num_key_value_heads', None) or config.num_attention_heads
    if 'head_dim' in names:
        sizes = [config.per_layer_config[layer].head_dim for layer in layers]
    if 'num_key_value_heads' in names:
        heads = [config.per_layer_config[layer].num_key_value_heads for layer in layers]
    return heads, sizes


def layer_type_validation(layer_types, num_hidden_layers=None, attention=True):
    return None


_prepare(PreTrainedConfig)
PreTrainedConfig._own_config_fields.update(_older.config_fields())
PreTrainedConfig._config_fields.update(_older.config_fields())
if _older.OLDER:
    del PreTrainedConfig.rope_scaling
PretrainedConfig = PreTrainedConfig


def __getattr__(name):
    return _reading.installed(__name__, name)
