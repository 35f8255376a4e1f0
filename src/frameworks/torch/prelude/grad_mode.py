# torch.autograd.grad_mode: context managers that are decorators too.

import functools

from torch import _native


class _DecoratorContextManager:
    def __call__(self, function):
        if isinstance(function, type):
            return function

        @functools.wraps(function)
        def wrapped(*args, **kwargs):
            with self.clone():
                return function(*args, **kwargs)
        return wrapped

    def clone(self):
        return self.__class__()


class _GradMode(_DecoratorContextManager):
    """Switches gradients while it lasts."""

    on = False

    def __new__(cls, function=None, *args, **kwargs):
        if callable(function) and cls.takes_function:
            return object.__new__(cls)(function)
        return object.__new__(cls)

    takes_function = True

    def __enter__(self):
        self.previous = _native.set_gradients(self.on)

    def __exit__(self, *details):
        _native.set_gradients(self.previous)


class no_grad(_GradMode):
    pass


class enable_grad(_GradMode):
    on = True


class inference_mode(_GradMode):
    mode = True

    def __init__(self, mode=True):
        self.mode = mode

    def clone(self):
        return inference_mode(self.mode)

    def __enter__(self):
        self.previous = _native.set_gradients(not self.mode)
        self.inference = _native.set_inference(self.mode)

    def __exit__(self, *details):
        _native.set_gradients(self.previous)
        _native.set_inference(self.inference)


class set_grad_enabled(_GradMode):
    takes_function = False

    def __init__(self, mode):
        self.on = mode
        self.previous = _native.set_gradients(mode)

    def clone(self):
        return set_grad_enabled(self.on)

    def __enter__(self):
        _native.set_gradients(self.on)

    def __call__(self, function):
        _native.set_gradients(self.previous)
        return _DecoratorContextManager.__call__(self, function)


class set_multithreading_enabled(set_grad_enabled):
    def __init__(self, mode):
        pass

    def __enter__(self):
        pass

    def __exit__(self, *details):
        pass
