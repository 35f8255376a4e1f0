# torch.signal.windows: windows of a length; what is in them is not told.

import torch


def _window(M, *shape, sym=True, dtype=None, layout=None, device=None, requires_grad=False, **kwargs):
    return torch.empty(M, dtype=dtype)


bartlett = blackman = cosine = exponential = gaussian = general_cosine = general_hamming = _window
hamming = hann = kaiser = nuttall = _window
