# torch.onnx: nothing is exported.

from torch._native import unread as _unread


def export(*args, **kwargs):
    return _unread('torch.onnx.export: nothing is exported')


def is_in_onnx_export():
    return False


def register_custom_op_symbolic(*args, **kwargs):
    pass
