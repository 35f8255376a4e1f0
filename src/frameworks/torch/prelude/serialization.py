# torch.serialization: nothing is read and nothing is written.

from torch._native import unread as _unread


def add_safe_globals(safe_globals):
    pass


def load(f, map_location=None, pickle_module=None, *, weights_only=None, mmap=None, **kwargs):
    return _unread('torch.load: files are not read')


def safe_globals(safe_globals):
    from torch.profiler import record_function
    return record_function('')


def save(obj, f, *args, **kwargs):
    pass
