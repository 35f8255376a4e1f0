# torch.nn.attention: which kernel computes attention. All of them compute the same.


class SDPBackend:
    CUDNN_ATTENTION = 'CUDNN_ATTENTION'
    EFFICIENT_ATTENTION = 'EFFICIENT_ATTENTION'
    ERROR = 'ERROR'
    FLASH_ATTENTION = 'FLASH_ATTENTION'
    MATH = 'MATH'


class sdpa_kernel:
    def __init__(self, backends, set_priority=False):
        pass

    def __enter__(self):
        pass

    def __exit__(self, *details):
        pass
