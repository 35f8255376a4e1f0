# torch.amp, torch.cuda.amp, torch.cpu.amp: mixed precision. dtypes stay as the code sets them; the scaler does nothing.

import functools


class autocast:
    def __init__(self, device_type='cuda', dtype=None, enabled=True, cache_enabled=None):
        self.device, self.fast_dtype, self._enabled = device_type, dtype, enabled

    def __enter__(self):
        return self

    def __exit__(self, *details):
        pass

    def __call__(self, function):
        return function


class GradScaler:
    def __init__(self, *args, **kwargs):
        pass

    def scale(self, outputs):
        return outputs

    def step(self, optimizer, *args, **kwargs):
        pass

    def unscale_(self, optimizer):
        pass

    def update(self, new_scale=None):
        pass

    def get_scale(self):
        return 1.0

    def is_enabled(self):
        return False

    def state_dict(self):
        return {}

    def load_state_dict(self, state_dict):
        pass


def custom_bwd(bwd=None, *, device_type='cuda'):
    return bwd if bwd is not None else (lambda function: function)


def custom_fwd(fwd=None, *, device_type='cuda', cast_inputs=None):
    return fwd if fwd is not None else (lambda function: function)


def is_autocast_available(device_type):
    return True
