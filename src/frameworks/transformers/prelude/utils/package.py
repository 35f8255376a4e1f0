# transformers.utils: names from its modules. Warnings and documentation lead nowhere; what comes from the hub is unknown.

from transformers import _reading
from transformers.utils import logging
from transformers.utils.auto_docstring import (
    add_code_sample_docstrings,
    add_end_docstrings,
    add_start_docstrings,
    add_start_docstrings_to_model_forward,
    auto_class_docstring,
    auto_docstring,
    copy_func,
    replace_return_docstrings,
)
from transformers.utils.generic import (
    ContextManagers,
    ExplicitEnum,
    ModelOutput,
    PaddingStrategy,
    TensorType,
    TransformersKwargs,
    can_return_loss,
    can_return_tuple,
    filter_out_non_signature_kwargs,
    find_labels,
    is_numpy_array,
    is_tensor,
    is_timm_config_dict,
    is_torch_device,
    is_torch_dtype,
    is_torch_tensor,
    no_inherit_decorator,
    to_py_obj,
    torch_float,
    torch_int,
)
from transformers.utils.import_utils import requires_backends, torch_compilable_check

CONFIG_NAME = 'config.json'
DUMMY_INPUTS = [[7, 6, 0, 0, 1], [1, 2, 3, 0, 0], [0, 0, 0, 4, 5]]
DUMMY_MASK = [[1, 1, 1, 1, 1], [1, 1, 1, 0, 0], [0, 0, 0, 1, 1]]
SAFE_WEIGHTS_NAME = 'model.safetensors'
WEIGHTS_NAME = 'pytorch_model.bin'


class PushToHubMixin:
    def push_to_hub(self, *args, **kwargs):
        return None


def hf_api(*args, **kwargs):
    from huggingface_hub import HfApi

    return HfApi()


def resolve_revision(*args, revision='main', **kwargs):
    return revision


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(name)
    if name.startswith(('is_', 'requires', 'get_')):
        from transformers.utils import import_utils

        return getattr(import_utils, name)
    return _reading.unknown(f'{name} of transformers.utils is not followed')
