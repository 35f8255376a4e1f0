# torch: what is written in terms of other functions, and the sub-modules. Classes, constants and operators are native.

import math as _math

from torch._native import *
from torch._ops import classes, ops
from torch.amp import GradScaler, autocast
from torch.autograd.grad_mode import enable_grad, inference_mode, no_grad, set_grad_enabled
from torch.functional import (
    alias_copy, as_strided_copy, as_strided_scatter, cholesky_inverse, cholesky_solve, detach_copy, diagonal_copy,
    empty_permuted, expand_copy, frexp, frobenius_norm, grid_sampler, grid_sampler_2d, grid_sampler_3d, histogram, lu,
    lu_solve, lu_unpack, native_batch_norm, native_group_norm, native_layer_norm, nuclear_norm, permute_copy, resize_as_,
    select_copy,    split_copy, split_with_sizes_copy, squeeze_copy, t_copy, transpose_copy, triangular_solve, unbind_copy, unfold_copy,
    unsqueeze_copy, view_copy,
)
from torch.functional import (
    addr, align_tensors, allclose, atleast_1d, atleast_2d, atleast_3d, broadcast_shapes, can_cast, chain_matmul,
    combinations, constant_pad_nd, cumulative_trapezoid, diag, diagflat, diagonal_scatter, dist, equal, fill, gradient,
    index_reduce, is_conj, is_distributed, is_inference, is_neg, is_nonzero, is_same_size, is_signed, matrix_power,
    msort, narrow_copy, nonzero_static, norm_except_dim, put, renorm, resolve_conj, resolve_neg, select_scatter,
    slice_scatter, sparse_coo_tensor, spmm, typename, unravel_index, unsafe_chunk, unsafe_split, vander,
)
from torch.func import vmap
from torch.nn.functional import grouped_mm as _grouped_mm, scaled_mm as _scaled_mm
from torch.nn.functional import (
    alpha_dropout, bilinear, binary_cross_entropy_with_logits, conv_tbc, cosine_embedding_loss, embedding_bag,
    feature_alpha_dropout, hinge_embedding_loss, instance_norm, kl_div, margin_ranking_loss, poisson_nll_loss,
    triplet_margin_loss,
)
from torch.random import Generator, default_generator, get_rng_state, initial_seed, manual_seed, seed, set_rng_state
from torch.serialization import load, save
from torch.version import __version__

e, inf, nan, newaxis, pi = _math.e, _math.inf, _math.nan, None, _math.pi
legacy_contiguous_format = contiguous_format
per_tensor_affine, per_channel_affine = 'per_tensor_affine', 'per_channel_affine'
per_tensor_symmetric, per_channel_symmetric = 'per_tensor_symmetric', 'per_channel_symmetric'


class _Storage:
    pass


BFloat16Storage = BoolStorage = ByteStorage = DoubleStorage = FloatStorage = HalfStorage = IntStorage = _Storage
LongStorage = ShortStorage = Storage = TypedStorage = UntypedStorage = _Storage


class SymInt:
    pass


class SymFloat:
    pass


class SymBool:
    pass


def are_deterministic_algorithms_enabled():
    return False


def compile(model=None, *, fullgraph=False, dynamic=None, backend='inductor', mode=None, options=None, disable=False):
    return (lambda model: model) if model is None else model


def get_autocast_cpu_dtype():
    return bfloat16


def get_autocast_dtype(device_type):
    return bfloat16 if device_type == 'cpu' else float16


def get_autocast_gpu_dtype():
    return float16


def get_default_device():
    return device('cpu')


def get_device_module(device=None):
    return cuda


def get_float32_matmul_precision():
    return 'highest'


def get_num_threads():
    return 1


def is_autocast_cache_enabled():
    return True


def is_autocast_cpu_enabled():
    return False


def is_autocast_enabled(device_type=None):
    return False


def is_autocast_available(device_type):
    return True


def is_deterministic_algorithms_warn_only_enabled():
    return False


def is_vulkan_available():
    return False


def is_warn_always_enabled():
    return False


def _assert(condition, message):
    assert condition, message


def _check(cond, message=None):
    pass


def _check_is_size(i, message=None, *, max=None):
    pass


def _check_with(error_type, cond, message=None):
    pass


def compiled_with_cxx11_abi():
    return True


def _nothing(*args, **kwargs):
    pass


clear_autocast_cache = set_autocast_cache_enabled = set_autocast_dtype = set_autocast_enabled = _nothing
set_default_device = set_deterministic_debug_mode = set_float32_matmul_precision = set_flush_denormal = _nothing
set_num_interop_threads = set_num_threads = set_printoptions = set_warn_always = use_deterministic_algorithms = _nothing
autocast_increment_nesting = autocast_decrement_nesting = _log_api_usage_once = _nothing


def sym_float(a):
    return float(a)


def sym_int(a):
    return int(a)


def sym_ite(b, t, f):
    return t if b else f


def sym_max(a, b):
    return max(a, b)


def sym_min(a, b):
    return min(a, b)


def sym_not(a):
    return not a
