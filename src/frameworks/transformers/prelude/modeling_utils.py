# transformers.modeling_utils: PreTrainedModel. What a model is made of and how it is called is kept: the choice of an
# attention implementation, finding embeddings, tying weights. Values of weights are not initialised, nothing is loaded.

import re
from itertools import cycle

import torch
from torch import nn

from transformers import _older, _reading, _weights
from transformers._model_parts import EmbeddingAccessMixin, ModuleUtilsMixin, PartsMixin, VocabularyMixin
from transformers.configuration_utils import PreTrainedConfig
from transformers.generation import GenerationConfig
from transformers.integrations import PeftAdapterMixin
from transformers.integrations.sdpa_attention import sdpa_attention_forward
from transformers.pytorch_utils import (
    Conv1D,
    apply_chunking_to_forward,
    find_pruneable_heads_and_indices,
    prune_conv1d_layer,
    prune_layer,
    prune_linear_layer,
)
from transformers.utils import PushToHubMixin
from transformers.utils.generic import GeneralInterface
from transformers.utils.import_utils import is_torch_greater_or_equal


def get_torch_context_manager_or_global_device():
    return None


def local_torch_dtype(dtype, model_class_name=None):
    return _DefaultDtype(dtype)


class _DefaultDtype:
    def __init__(self, dtype):
        self.dtype = dtype

    def __enter__(self):
        self.before = torch.get_default_dtype()
        torch.set_default_dtype(self.dtype)

    def __exit__(self, *args):
        torch.set_default_dtype(self.before)


# --- attention ----------------------------------------------------------------------------------------------------------


class AttentionInterface(GeneralInterface):
    _global_mapping = {
        'flash_attention_2': sdpa_attention_forward,
        'flash_attention_3': sdpa_attention_forward,
        'flash_attention_4': sdpa_attention_forward,
        'flex_attention': sdpa_attention_forward,
        'sdpa': sdpa_attention_forward,
    }

    def get_interface(self, attn_implementation, default):
        if attn_implementation not in (None, 'eager') and attn_implementation not in self:
            raise KeyError(f'`{attn_implementation}` is not a valid attention implementation')
        return self.get(attn_implementation, default)


ALL_ATTENTION_FUNCTIONS = AttentionInterface()


# --- the class ----------------------------------------------------------------------------------------------------------

_PLAIN_NAME = re.compile(r'^[A-Za-z0-9_\.]+(weight)|(bias)$')

_SETS = (
    '_keep_in_fp32_modules',
    '_keep_in_fp32_modules_strict',
    '_no_split_modules',
    '_skip_keys_device_placement',
    '_keys_to_ignore_on_load_unexpected',
    '_keys_to_ignore_on_load_missing',
    '_keys_to_ignore_on_save',
)


class PreTrainedModel(
    nn.Module,
    EmbeddingAccessMixin,
    ModuleUtilsMixin,
    PartsMixin,
    VocabularyMixin,
    PushToHubMixin,
    PeftAdapterMixin,
    _older.OlderModelMixin,
):
    config_class = None
    generation_config_class = GenerationConfig
    _auto_class = None
    base_model_prefix = ''
    _is_stateful = False
    model_tags = None
    main_input_name = 'input_ids'
    input_modalities = 'text'
    _no_split_modules = None
    _skip_keys_device_placement = None
    _keep_in_fp32_modules = None
    _keep_in_fp32_modules_strict = None
    _tied_weights_keys = None
    _keys_to_ignore_on_load_missing = None
    _keys_to_ignore_on_load_unexpected = None
    _keys_to_ignore_on_save = None
    _supports_sdpa = False
    _supports_flash_attn = False
    _supports_flex_attn = False
    _supports_attention_backend = False
    _compatible_flash_implementations = None
    _supports_context_parallel = True
    supports_gradient_checkpointing = False
    _can_compile_fullgraph = False
    _can_record_outputs = None
    _tp_plan = None
    _pp_plan = None

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__()
        annotated = cls.__dict__.get('__annotations__', {}).get('config')
        if 'config_class' not in cls.__dict__ and annotated:
            found = _reading.global_of(cls.__module__, annotated)
            if found is not None:
                cls.config_class = found

    def __init__(self, config, *inputs, **kwargs):
        super().__init__()
        if not isinstance(config, PreTrainedConfig) and not _reading.is_unknown(config):
            raise TypeError(f'Parameter config in `{type(self).__name__}(config)` should be a PreTrainedConfig')
        self.config = config
        self.name_or_path = config.name_or_path
        self.kernel_config = None
        config._attn_implementation_internal = self.get_correct_attn_implementation(config._attn_implementation)
        config._experts_implementation_internal = self.get_correct_experts_implementation(
            config._experts_implementation
        )
        if self.can_generate():
            self.generation_config = self.generation_config_class.from_model_config(config)
        self.loss_type = type(self).__name__

    # --- finishing ------------------------------------------------------------------------------------------------------

    def post_init(self):
        self.all_tied_weights_keys = {} if _older.OLDER else self.get_expanded_tied_weights_keys()
        for name in _SETS:
            setattr(self, name, set(getattr(self, name) or []))
        for name, module in self.named_children():
            tied = getattr(module, 'all_tied_weights_keys', None)
            if tied:
                self.all_tied_weights_keys.update({f'{name}.{k}': f'{name}.{v}' for k, v in tied.items()})
            for kind in _SETS:
                kept = getattr(module, kind, None)
                if kept:
                    getattr(self, kind).update(kept)
        self.init_weights()

    def init_weights(self):
        if _older.OLDER:
            self.tie_weights()
        else:
            self.tie_weights(recompute_mapping=False)

    def initialize_weights(self):
        return None

    def _initialize_weights(self, module, is_custom_code=False):
        return None

    def _init_weights(self, module):
        return None

    # --- tying ----------------------------------------------------------------------------------------------------------

    def get_expanded_tied_weights_keys(self, all_submodels=False):
        if all_submodels:
            return self._tied_keys_of_all()
        mapping = self._tied_weights_keys
        if mapping is None or not getattr(self.config, 'tie_word_embeddings', False):
            return {}
        if all(_PLAIN_NAME.match(name) for name in [*mapping.keys(), *mapping.values()]):
            return dict(mapping)
        return self._expand(mapping)

    def _tied_keys_of_all(self):
        keys = {}
        for prefix, module in self.named_modules(remove_duplicate=False):
            if isinstance(module, PreTrainedModel):
                start = f'{prefix}.' if prefix else ''
                for target, source in module.get_expanded_tied_weights_keys().items():
                    keys[start + target] = start + source
        return keys

    def _expand(self, mapping):
        """Patterns and names of modules to names of parameters."""
        names = {name for name, _ in self.named_parameters(remove_duplicate=False)}
        names |= {name for name, _ in self.named_buffers(remove_duplicate=False)}
        expanded = {}
        for target, source in mapping.items():
            sources = sorted(name for name in names if re.search('^' + source, name))
            targets = sorted(name for name in names if re.search('^' + target, name))
            if not sources or not targets or len(targets) % len(sources) != 0:
                raise ValueError(f'There is an issue with the definition of `tie_weights_keys` for {source}:{target}')
            for target_name, source_name in zip(targets, cycle(sources)):
                expanded[target_name] = expanded.get(source_name, source_name)
        return expanded

    def tie_weights(self, missing_keys=None, recompute_mapping=True):
        if _older.OLDER:
            self._tie_by_embeddings()
            return
        keys = self.get_expanded_tied_weights_keys(all_submodels=True) if recompute_mapping else self.all_tied_weights_keys
        for target, source in list(keys.items()):
            parameter = self.get_parameter_or_buffer(source)
            parent_name, _, name = target.rpartition('.')
            parent = self.get_submodule(parent_name) if parent_name else self
            setattr(parent, name, parameter)
            self._adjust_bias(parent, parameter)

    def _adjust_bias(self, output_embeddings, input_embeddings):
        bias = getattr(output_embeddings, 'bias', None)
        if bias is None or not hasattr(output_embeddings, 'weight'):
            return
        missing = output_embeddings.weight.shape[0] - bias.shape[0]
        if missing != 0:
            bias.data = nn.functional.pad(bias.data, (0, missing))

    def get_parameter_or_buffer(self, target):
        parent_name, _, name = target.rpartition('.')
        return getattr(self.get_submodule(parent_name) if parent_name else self, name)

    # --- implementations ------------------------------------------------------------------------------------------------

    def get_correct_attn_implementation(self, requested_attention, is_init_check=False):
        name = 'sdpa' if requested_attention is None else requested_attention
        if name not in ('eager', *ALL_ATTENTION_FUNCTIONS.valid_keys()):
            raise ValueError(f'Specified `attn_implementation="{name}"` is not supported.')
        if 'sdpa' in name and not self._supports_sdpa:
            if requested_attention is not None:
                raise ValueError(f'{type(self).__name__} does not support an attention implementation through sdpa yet.')
            name = 'eager'
        return name

    def get_correct_experts_implementation(self, requested_experts):
        if requested_experts is not None:
            return requested_experts
        return 'grouped_mm' if self._can_set_experts_implementation() else 'eager'

    @classmethod
    def _can_set_attn_implementation(cls):
        return True

    @classmethod
    def _can_set_experts_implementation(cls):
        return _reading.source_has(cls.__module__, '@use_experts_implementation')

    def set_attn_implementation(self, attn_implementation, allow_all_kernels=False):
        given = attn_implementation if isinstance(attn_implementation, dict) else {'': attn_implementation}
        own = given.get('', self.config._attn_implementation)
        by_config = {id(getattr(self.config, key, None)): key for key in self.config.sub_configs}
        for module in self.modules():
            if isinstance(module, PreTrainedModel):
                wanted = given.get(by_config.get(id(module.config), ''), own)
                module.config._attn_implementation_internal = module.get_correct_attn_implementation(wanted)

    def set_experts_implementation(self, experts_implementation):
        self.config._experts_implementation = experts_implementation

    # --- making ---------------------------------------------------------------------------------------------------------

    @classmethod
    def _from_config(cls, config, **kwargs):
        older = kwargs.pop('torch_dtype', None)
        dtype = kwargs.pop('dtype', config.dtype if older is None else older)
        dtype = getattr(torch, dtype) if isinstance(dtype, str) else dtype
        config.dtype = dtype
        for key in config.sub_configs:
            if getattr(config, key, None) is not None:
                getattr(config, key).dtype = dtype
        for name in ('attn_implementation', 'experts_implementation'):
            if name in kwargs:
                setattr(config, f'_{name}', kwargs.pop(name))
        kwargs.pop('allow_all_kernels', None)
        if dtype is None:
            return cls(config, **kwargs)
        with local_torch_dtype(dtype):
            return cls(config, **kwargs)

    @classmethod
    def from_pretrained(cls, pretrained_model_name_or_path, *model_args, **kwargs):
        return _weights.model_of(cls, cls.config_class, pretrained_model_name_or_path, **kwargs)

    @classmethod
    def _made_from(cls, config, options):
        return cls._from_config(config, **options)

    @classmethod
    def can_generate(cls):
        from transformers.generation import GenerationMixin

        return issubclass(cls, GenerationMixin)

    @classmethod
    def is_remote_code(cls):
        return cls._auto_class is not None

    @classmethod
    def is_custom_code(cls):
        return cls.is_remote_code() or not cls.__module__.startswith('transformers.')

    @classmethod
    def is_backend_compatible(cls):
        return cls._supports_attention_backend

    @classmethod
    def register_for_auto_class(cls, auto_class='AutoModel'):
        cls._auto_class = auto_class

    # --- while running --------------------------------------------------------------------------------------------------

    def warn_if_padding_and_no_attention_mask(self, input_ids, attention_mask):
        return None

    @property
    def loss_function(self):
        if hasattr(self, '_loss_function'):
            return self._loss_function
        from transformers.loss.loss_utils import LOSS_MAPPING

        names = [name for name in LOSS_MAPPING if name == self.loss_type]
        names = names or [name for name in LOSS_MAPPING if name in self.loss_type]
        return LOSS_MAPPING[names[0] if names else 'ForCausalLM']

    @loss_function.setter
    def loss_function(self, value):
        self._loss_function = value

    @property
    def is_gradient_checkpointing(self):
        return any(getattr(module, 'gradient_checkpointing', False) for module in self.modules())

    def gradient_checkpointing_enable(self, *args, **kwargs):
        return None

    def gradient_checkpointing_disable(self):
        return None

    def enable_input_require_grads(self):
        return None

    @property
    def use_kernels(self):
        return False

    @property
    def can_record_outputs(self):
        return self._can_record_outputs or {}

    @property
    def dummy_inputs(self):
        return {'input_ids': torch.tensor([[7, 6, 0, 0, 1], [1, 2, 3, 0, 0], [0, 0, 0, 4, 5]])}

    def get_memory_footprint(self, return_buffers=True):
        tensors = [*self.parameters(), *(self.buffers() if return_buffers else [])]
        return sum(tensor.nelement() * tensor.element_size() for tensor in tensors)

    def save_pretrained(self, *args, **kwargs):
        return None

    def add_model_tags(self, tags):
        return None


class PreTrainedAudioTokenizerBase(PreTrainedModel):
    pass


def unwrap_model(model, recursive=False):
    return model


def __getattr__(name):
    return _reading.installed(__name__, name)
