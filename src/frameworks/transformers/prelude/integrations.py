# transformers.integrations and the modules in it that models ask: no kernels from elsewhere, no accelerate, no sharding,
# no flash attention. Decorators that would swap in a kernel leave what they decorate.

from contextlib import contextmanager
from functools import wraps
from typing import TypedDict

from transformers import _reading


def _leave(*args, **kwargs):
    return lambda decorated: decorated


force_accelerate_hooks = _leave
use_kernel_forward_from_hub = _leave
use_kernel_func_from_hub = _leave
use_kernelized_func = _leave


def use_kernel_func_from_hub_with_fallback(func_name, package, internal_path=None):
    """The function itself, without the arguments that only a kernel would take."""

    def decorate(function):
        known = _reading.parameter_names(function)

        @wraps(function)
        def wrapped(*args, **kwargs):
            return function(*args, **{name: value for name, value in kwargs.items() if name in known})

        return wrapped

    return decorate


def get_kernel(*args, **kwargs):
    raise ImportError('kernels are not loaded')


def lazy_load_kernel(*args, **kwargs):
    return None


def _no(*args, **kwargs):
    return False


flash_attn_supports_top_left_mask = _no
is_deepspeed_zero3_enabled = _no
is_flash_attn_available = _no
is_fsdp_enabled = _no
is_fsdp_managed_module = _no
is_kernel = _no


def deepspeed_config():
    return None


def get_target_dtype(query, module):
    return None


class FlashAttentionKwargs(TypedDict, total=False):
    pass


class PeftAdapterMixin:
    pass


@contextmanager
def allow_all_hub_kernels():
    yield


def __getattr__(name):
    if name == 'use_experts_implementation' or name == 'ALL_EXPERTS_FUNCTIONS':
        from transformers.integrations import moe

        return getattr(moe, name)
    if name.startswith('__'):
        raise AttributeError(name)
    return _reading.unknown(f'{name} of {__name__} is not followed: it depends on packages beside transformers')
