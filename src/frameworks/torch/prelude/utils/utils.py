# torch.utils.

def rename_privateuse1_backend(name):
    pass


def set_module(obj, mod):
    pass
