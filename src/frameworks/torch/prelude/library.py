# torch.library: custom operators are the functions that they are made of.


class Library:
    def __init__(self, *args, **kwargs):
        pass

    def define(self, *args, **kwargs):
        pass

    def impl(self, *args, **kwargs):
        pass


def custom_op(name, fn=None, /, *, mutates_args=(), device_types=None, schema=None):
    return fn if fn is not None else _registering


def _registering(fn):
    def register(*args, **kwargs):
        return args[0] if args and callable(args[0]) else (lambda function: function)
    fn.register_autograd = fn.register_fake = fn.register_kernel = fn.register_vmap = register
    return fn


def _decorator(*args, **kwargs):
    return lambda fn: fn


impl = register_autocast = register_autograd = register_fake = register_kernel = triton_op = _decorator


def wrap_triton(kernel):
    return kernel
