# torch.cuda and its like (torch.mps, torch.xpu, torch.cpu): there is no such device here.

from torch.amp import GradScaler, autocast


class _Nothing:
    def __init__(self, *args, **kwargs):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *details):
        pass

    def record(self, stream=None):
        pass

    def synchronize(self):
        pass

    def wait_stream(self, stream):
        pass

    def elapsed_time(self, end):
        return 0.0


class CUDAGraph(_Nothing):
    pass


class Event(_Nothing):
    pass


class OutOfMemoryError(RuntimeError):
    pass


class Stream(_Nothing):
    pass


class device(_Nothing):
    pass


class nvtx:
    range_pop = range_push = staticmethod(lambda *args, **kwargs: None)


def current_accelerator(check_available=False):
    return None


def current_device():
    return 0


def current_stream(device=None):
    return Stream()


def default_stream(device=None):
    return Stream()


def device_count():
    return 0


def get_device_capability(device=None):
    return 0, 0


def get_device_name(device=None):
    return ''


def is_available():
    return False


def is_bf16_supported(including_emulation=True):
    return False


def is_initialized():
    return False


def max_memory_allocated(device=None):
    return 0


def memory_allocated(device=None):
    return 0


def memory_reserved(device=None):
    return 0


def stream(stream):
    return _Nothing()


def _nothing(*args, **kwargs):
    pass


empty_cache = init = ipc_collect = manual_seed = manual_seed_all = reset_max_memory_allocated = _nothing
reset_peak_memory_stats = seed = set_device = set_stream = synchronize = _nothing
