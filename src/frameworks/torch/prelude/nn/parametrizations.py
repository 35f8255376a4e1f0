# torch.nn.utils.parametrizations: the newer forms of the norms.

from torch.nn.utils.norms import new_spectral_norm as spectral_norm, new_weight_norm as weight_norm, orthogonal
