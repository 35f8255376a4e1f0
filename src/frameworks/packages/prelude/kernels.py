# xformers, flash_attn and apex, where they are installed: fast kernels for what PyTorch has too. Attention takes heads after
# the sequence. Left out: packed sequences of different lengths.
import torch
import torch.nn.functional as F
from _unknown import unknown
from torch import nn


def _attention(query, key, value, mask=None, dropout=0.0, scale=None, causal=False):
    query, key, value = (part.transpose(1, 2) for part in (query, key, value))
    grouped = query.shape[1] != key.shape[1]
    result = F.scaled_dot_product_attention(query, key, value, mask, dropout, causal, scale=scale, enable_gqa=grouped)
    return result.transpose(1, 2)


class LowerTriangularMask:
    pass


def memory_efficient_attention(query, key, value, attn_bias=None, p=0.0, scale=None, *, op=None):
    causal = isinstance(attn_bias, LowerTriangularMask)
    if attn_bias is not None and not causal and not torch.is_tensor(attn_bias):
        return unknown('attention over packed sequences is not followed')
    mask = None if causal else attn_bias
    if query.dim() == 3:
        parts = (part.unsqueeze(2) for part in (query, key, value))
        mask = mask.unsqueeze(1) if mask is not None and mask.dim() == 3 else mask
        return _attention(*parts, mask, p, scale, causal).squeeze(2)
    return _attention(query, key, value, mask, p, scale, causal)


def unbind(tensor, dim):
    return tensor.unbind(dim)


class SwiGLU(nn.Module):
    def __init__(self, in_features, hidden_features, out_features=None, bias=True, *, _pack_weights=True):
        super().__init__()
        out_features = out_features or in_features
        hidden_features = hidden_features or in_features
        self.w12 = nn.Linear(in_features, 2 * hidden_features, bias=bias) if _pack_weights else None
        if not _pack_weights:
            self.w1 = nn.Linear(in_features, hidden_features, bias=bias)
            self.w2 = nn.Linear(in_features, hidden_features, bias=bias)
        self.w3 = nn.Linear(hidden_features, out_features, bias=bias)
        self.hidden_features = hidden_features
        self.out_features = out_features
        self.in_features = in_features

    def forward(self, x):
        x1, x2 = (self.w1(x), self.w2(x)) if self.w12 is None else self.w12(x).chunk(2, dim=-1)
        return self.w3(F.silu(x1) * x2)


def flash_attn_func(q, k, v, dropout_p=0.0, softmax_scale=None, causal=False, *args, **kwargs):
    return _attention(q, k, v, None, dropout_p, softmax_scale, causal)


def flash_attn_qkvpacked_func(qkv, dropout_p=0.0, softmax_scale=None, causal=False, *args, **kwargs):
    return _attention(*qkv.unbind(2), None, dropout_p, softmax_scale, causal)


def flash_attn_kvpacked_func(q, kv, dropout_p=0.0, softmax_scale=None, causal=False, *args, **kwargs):
    return _attention(q, *kv.unbind(2), None, dropout_p, softmax_scale, causal)


FusedLayerNorm = MixedFusedLayerNorm = nn.LayerNorm
FusedRMSNorm = MixedFusedRMSNorm = nn.RMSNorm

__version__ = '2.7.0'


def __getattr__(name):
    if name.startswith('__'):
        raise AttributeError(f'module {__name__!r} has no attribute {name!r}')
    return unknown(f'{__name__}.{name} is not modelled yet')
