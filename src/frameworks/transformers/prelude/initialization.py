# transformers.initialization: filling weights with values changes nothing that is counted.

from contextlib import contextmanager

from transformers import _reading


def _same(tensor, *args, **kwargs):
    return tensor


constant_ = _same
copy_ = _same
default_flax_embed_init_ = _same
dirac_ = _same
eye_ = _same
kaiming_normal_ = _same
kaiming_uniform_ = _same
lecun_normal_ = _same
normal_ = _same
ones_ = _same
orthogonal_ = _same
sparse_ = _same
trunc_normal_ = _same
uniform_ = _same
xavier_normal_ = _same
xavier_uniform_ = _same
zeros_ = _same


@contextmanager
def _nothing():
    yield


guard_torch_init_functions = _nothing
meta_device_safe_creation_ops = _nothing
no_init_weights = _nothing
no_tie_weights = _nothing


def __getattr__(name):
    return _reading.installed(__name__, name)
