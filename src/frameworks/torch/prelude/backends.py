# torch.backends: flags that are set, and backends that are not there.


class _Flags:
    allow_fp16_reduced_precision_reduction = allow_tf32 = benchmark = deterministic = enabled = False
    engine = 'x86'
    supported_engines = ['none', 'x86', 'fbgemm', 'qnnpack']

    def __init__(self, available=False):
        self._available = available

    def is_available(self):
        return self._available

    def is_built(self):
        return self._available

    def version(self):
        return None

    def flags(self, *args, **kwargs):
        return self

    def sdp_kernel(self, *args, **kwargs):
        return self

    def flash_sdp_enabled(self):
        return True

    math_sdp_enabled = mem_efficient_sdp_enabled = cudnn_sdp_enabled = flash_sdp_enabled

    def enable_flash_sdp(self, enabled):
        pass

    enable_cudnn_sdp = enable_math_sdp = enable_mem_efficient_sdp = enable_flash_sdp

    def get_fastpath_enabled(self):
        return True

    def set_fastpath_enabled(self, value):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *details):
        pass


cpu = _Flags(True)
cuda = _Flags()
cuda.matmul = _Flags()
cudnn = _Flags()
mha = _Flags(True)
mkl = _Flags()
mkldnn = _Flags()
mps = _Flags()
openmp = _Flags()
opt_einsum = _Flags()
quantized = _Flags()
xnnpack = _Flags()
