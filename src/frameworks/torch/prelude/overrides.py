# torch.overrides: nothing is overridden.


def handle_torch_function(public_api, relevant_args, *args, **kwargs):
    return public_api(*args, **kwargs)


def has_torch_function(relevant_args):
    return False


def has_torch_function_unary(tensor):
    return False


def has_torch_function_variadic(*args):
    return False


def is_tensor_like(value):
    import torch
    return isinstance(value, torch.Tensor)


class TorchFunctionMode:
    def __enter__(self):
        return self

    def __exit__(self, *details):
        pass
