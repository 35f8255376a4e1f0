# torch.nn.functional: what PyTorch writes in terms of other functions. Operators come from `torch._functional`; a name
# that stands here and there is the one that stands here.

import math

import torch
from torch import Tensor
from torch._functional import *
from torch._functional import (
    dropout, interpolate, linear, log_softmax, nll_loss, pad, relu, scaled_dot_product_attention, softmax,
)
from torch.nn.modules.utils import _pair, _single, _triple


class _Reduction:
    @staticmethod
    def get_enum(reduction):
        return {'none': 0, 'mean': 1, 'elementwise_mean': 1, 'sum': 2}[reduction]

    @staticmethod
    def legacy_get_string(size_average, reduce, emit_warning=True):
        if reduce is False:
            return 'none'
        return 'sum' if size_average is False else 'mean'


def _reduced(values, reduction):
    if reduction == 'mean':
        return values.mean()
    if reduction == 'sum':
        return values.sum()
    if reduction in ('none', 'batchmean'):
        return values if reduction == 'none' else values.sum() / (values.size(0) if values.dim() else 1)
    raise ValueError(f'{reduction} is not a valid value for reduction')


# --- attention --------------------------------------------------------------------------------------------------------

def _parts(projected, n):
    """Equal parts of the last dimension, copied so that each is dense."""
    parts = projected.unflatten(-1, (n, -1)).unsqueeze(0).transpose(0, -2).squeeze(-2).contiguous()
    return [parts[i] for i in range(n)]


def _in_projection_packed(q, k, v, w, b=None):
    size = q.size(-1)
    if k is v and q is k:
        return _parts(linear(q, w, b), 3)
    if k is v:
        w_q, w_kv = w.split([size, size * 2])
        b_q, b_kv = (None, None) if b is None else b.split([size, size * 2])
        return (linear(q, w_q, b_q), *_parts(linear(k, w_kv, b_kv), 2))
    biases = (None,) * 3 if b is None else b.chunk(3)
    return tuple(linear(x, weight, bias) for x, weight, bias in zip((q, k, v), w.chunk(3), biases))


def _in_projection(q, k, v, w_q, w_k, w_v, b_q=None, b_k=None, b_v=None):
    return linear(q, w_q, b_q), linear(k, w_k, b_k), linear(v, w_v, b_v)


def _canonical_mask(mask, mask_name='', other_type=None, other_name='', target_type=None, check_other=True):
    if mask is None or mask.is_floating_point():
        return mask
    return torch.zeros_like(mask, dtype=target_type).masked_fill_(mask, float('-inf'))


def multi_head_attention_forward(
    query, key, value, embed_dim_to_check, num_heads, in_proj_weight, in_proj_bias, bias_k, bias_v, add_zero_attn,
    dropout_p, out_proj_weight, out_proj_bias, training=True, key_padding_mask=None, need_weights=True, attn_mask=None,
    use_separate_proj_weight=False, q_proj_weight=None, k_proj_weight=None, v_proj_weight=None, static_k=None,
    static_v=None, average_attn_weights=True, is_causal=False,
):
    is_batched = query.dim() == 3
    if not is_batched:
        query, key, value = query.unsqueeze(1), key.unsqueeze(1), value.unsqueeze(1)
        key_padding_mask = None if key_padding_mask is None else key_padding_mask.unsqueeze(0)
    tgt_len, bsz, embed_dim = query.shape
    src_len = key.size(0)
    if embed_dim != embed_dim_to_check:
        raise AssertionError(f'was expecting embedding dimension of {embed_dim_to_check}, but got {embed_dim}')
    head_dim = embed_dim // num_heads
    key_padding_mask = _canonical_mask(key_padding_mask, target_type=query.dtype)
    if is_causal and key_padding_mask is None and not need_weights:
        attn_mask = None
    else:
        attn_mask = _canonical_mask(attn_mask, target_type=query.dtype)
        is_causal = is_causal and key_padding_mask is None and not need_weights
    if use_separate_proj_weight:
        biases = (None,) * 3 if in_proj_bias is None else in_proj_bias.chunk(3)
        q, k, v = _in_projection(query, key, value, q_proj_weight, k_proj_weight, v_proj_weight, *biases)
    else:
        q, k, v = _in_projection_packed(query, key, value, in_proj_weight, in_proj_bias)
    if attn_mask is not None and attn_mask.dim() == 2:
        attn_mask = attn_mask.unsqueeze(0)
    if bias_k is not None and bias_v is not None:
        k = torch.cat([k, bias_k.repeat(1, bsz, 1)])
        v = torch.cat([v, bias_v.repeat(1, bsz, 1)])
        attn_mask = None if attn_mask is None else pad(attn_mask, (0, 1))
        key_padding_mask = None if key_padding_mask is None else pad(key_padding_mask, (0, 1))
    q = q.view(tgt_len, bsz * num_heads, head_dim).transpose(0, 1)
    k = k.view(k.size(0), bsz * num_heads, head_dim).transpose(0, 1) if static_k is None else static_k
    v = v.view(v.size(0), bsz * num_heads, head_dim).transpose(0, 1) if static_v is None else static_v
    if add_zero_attn:
        k = torch.cat([k, torch.zeros((bsz * num_heads, 1, head_dim), dtype=k.dtype, device=k.device)], dim=1)
        v = torch.cat([v, torch.zeros((bsz * num_heads, 1, head_dim), dtype=v.dtype, device=v.device)], dim=1)
        attn_mask = None if attn_mask is None else pad(attn_mask, (0, 1))
        key_padding_mask = None if key_padding_mask is None else pad(key_padding_mask, (0, 1))
    src_len = k.size(1)
    if key_padding_mask is not None:
        key_padding_mask = key_padding_mask.view(bsz, 1, 1, src_len).expand(-1, num_heads, -1, -1)
        key_padding_mask = key_padding_mask.reshape(bsz * num_heads, 1, src_len)
        attn_mask = key_padding_mask if attn_mask is None else attn_mask + key_padding_mask
    dropout_p = dropout_p if training else 0.0
    if need_weights:
        scaled = q * math.sqrt(1.0 / head_dim)
        if attn_mask is not None:
            weights = torch.baddbmm(attn_mask, scaled, k.transpose(-2, -1))
        else:
            weights = torch.bmm(scaled, k.transpose(-2, -1))
        weights = softmax(weights, dim=-1)
        if dropout_p > 0.0:
            weights = dropout(weights, p=dropout_p)
        output = torch.bmm(weights, v).transpose(0, 1).contiguous().view(tgt_len * bsz, embed_dim)
        output = linear(output, out_proj_weight, out_proj_bias).view(tgt_len, bsz, -1)
        weights = weights.view(bsz, num_heads, tgt_len, src_len)
        if average_attn_weights:
            weights = weights.mean(dim=1)
        return (output, weights) if is_batched else (output.squeeze(1), weights.squeeze(0))
    if attn_mask is not None:
        if attn_mask.size(0) == 1 and attn_mask.dim() == 3:
            attn_mask = attn_mask.unsqueeze(0)
        else:
            attn_mask = attn_mask.view(bsz, num_heads, -1, src_len)
    q = q.view(bsz, num_heads, tgt_len, head_dim)
    k = k.view(bsz, num_heads, src_len, head_dim)
    v = v.view(bsz, num_heads, src_len, head_dim)
    output = scaled_dot_product_attention(q, k, v, attn_mask, dropout_p, is_causal)
    output = output.permute(2, 0, 1, 3).contiguous().view(bsz * tgt_len, embed_dim)
    output = linear(output, out_proj_weight, out_proj_bias).view(tgt_len, bsz, -1)
    return (output, None) if is_batched else (output.squeeze(1), None)


# --- activations and norms --------------------------------------------------------------------------------------------

def gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1):
    gumbels = -torch.empty_like(logits).exponential_().log()
    soft = softmax((logits + gumbels) / tau, dim)
    if not hard:
        return soft
    index = soft.max(dim, keepdim=True)[1]
    return torch.zeros_like(logits).scatter_(dim, index, 1.0) - soft.detach() + soft


def local_response_norm(input, size, alpha=1e-4, beta=0.75, k=1.0):
    if input.dim() < 3:
        raise ValueError(f'Expected 3D or higher dimensionality input (got {input.dim()} dimensions)')
    if input.numel() == 0:
        return input
    div = input.mul(input)
    if input.dim() == 3:
        div = pad(div.unsqueeze(1), (0, 0, size // 2, (size - 1) // 2))
        div = avg_pool2d(div, (size, 1), stride=1).squeeze(1)
    else:
        sizes = input.size()
        div = pad(div.view(sizes[0], 1, sizes[1], sizes[2], -1), (0, 0, 0, 0, size // 2, (size - 1) // 2))
        div = avg_pool3d(div, (size, 1, 1), stride=1).squeeze(1).view(sizes)
    return input / div.mul(alpha).add(k).pow(beta)


def normalize(input, p=2.0, dim=1, eps=1e-12, out=None):
    return input / input.norm(p, dim, keepdim=True).clamp_min(eps).expand_as(input)


def softsign(input):
    return input / (input.abs() + 1)


def tanhshrink(input):
    return input - input.tanh()


def softmin(input, dim=None, _stacklevel=3, dtype=None):
    return softmax(-input, dim, dtype=dtype)


# --- pooling and resizing ---------------------------------------------------------------------------------------------

def _lp_pool(pool, input, norm_type, kernel_size, stride, ceil_mode, positions):
    out = pool(input.pow(norm_type), kernel_size, stride, 0, ceil_mode)
    return (torch.sign(out) * relu(torch.abs(out))).mul(positions).pow(1.0 / norm_type)


def lp_pool1d(input, norm_type, kernel_size, stride=None, ceil_mode=False):
    return _lp_pool(avg_pool1d, input, norm_type, kernel_size, stride, ceil_mode, math.prod(_single(kernel_size)))


def lp_pool2d(input, norm_type, kernel_size, stride=None, ceil_mode=False):
    return _lp_pool(avg_pool2d, input, norm_type, kernel_size, stride, ceil_mode, math.prod(_pair(kernel_size)))


def lp_pool3d(input, norm_type, kernel_size, stride=None, ceil_mode=False):
    return _lp_pool(avg_pool3d, input, norm_type, kernel_size, stride, ceil_mode, math.prod(_triple(kernel_size)))


def _fractional(input, kernel_size, output_size, output_ratio, return_indices, several):
    kernel = several(kernel_size)
    spatial = input.shape[-len(kernel):]
    sizes = several(output_size) if output_size is not None else [int(s * r) for s, r in zip(spatial, several(output_ratio))]
    shape = (*input.shape[:-len(kernel)], *sizes)
    out = input.new_empty(()).expand(*shape, math.prod(kernel)).amax(-1)
    return (out, torch.empty_like(out, dtype=torch.long)) if return_indices else out


def conv_tbc(input, weight, bias, pad=0):
    """Steps first, batch second, channels last; the weight has its kernel first."""
    return conv1d(input.permute(1, 2, 0), weight.permute(2, 1, 0), bias, padding=pad).permute(2, 0, 1)


def grouped_mm(mat_a, mat_b, *, offs=None, bias=None, out_dtype=None):
    """Rows, columns or inner sizes are cut into groups where an operand has two dimensions; each is multiplied once."""
    if mat_a.dim() == mat_b.dim() == 3:
        out = torch.bmm(mat_a, mat_b)
    elif mat_a.dim() == mat_b.dim() == 2:
        rows, columns = torch.mm(mat_a, mat_b).shape
        out = mat_a.new_empty(offs.numel(), rows, columns)
    else:
        out = torch.mm(mat_a if mat_a.dim() == 2 else mat_a[0], mat_b if mat_b.dim() == 2 else mat_b[0])
    out = out if out_dtype is None else out.to(out_dtype)
    return out if bias is None else out + (bias if bias.dim() < 2 else bias[0])


def scaled_mm(mat_a, mat_b, scale_a=None, scale_b=None, bias=None, scale_result=None, out_dtype=None, **options):
    out = torch.mm(mat_a, mat_b)
    out = out if out_dtype is None else out.to(out_dtype)
    return out if bias is None else out + bias


def fractional_max_pool2d(input, kernel_size, output_size=None, output_ratio=None, return_indices=False,
                          _random_samples=None):
    return _fractional(input, kernel_size, output_size, output_ratio, return_indices, _pair)


def fractional_max_pool3d(input, kernel_size, output_size=None, output_ratio=None, return_indices=False,
                          _random_samples=None):
    return _fractional(input, kernel_size, output_size, output_ratio, return_indices, _triple)


def fractional_max_pool2d_with_indices(input, kernel_size, output_size=None, output_ratio=None, return_indices=False,
                                       _random_samples=None):
    return _fractional(input, kernel_size, output_size, output_ratio, True, _pair)


def fractional_max_pool3d_with_indices(input, kernel_size, output_size=None, output_ratio=None, return_indices=False,
                                       _random_samples=None):
    return _fractional(input, kernel_size, output_size, output_ratio, True, _triple)


def upsample(input, size=None, scale_factor=None, mode='nearest', align_corners=None):
    return interpolate(input, size, scale_factor, mode, align_corners)


def upsample_bilinear(input, size=None, scale_factor=None):
    return interpolate(input, size, scale_factor, mode='bilinear', align_corners=True)


def upsample_nearest(input, size=None, scale_factor=None):
    return interpolate(input, size, scale_factor, mode='nearest')


# --- losses -----------------------------------------------------------------------------------------------------------

def binary_cross_entropy_with_logits(input, target, weight=None, size_average=None, reduce=None, reduction='mean',
                                     pos_weight=None):
    positive = logsigmoid(input)
    if pos_weight is not None:
        positive = positive * ((pos_weight - 1) * target + 1)
    loss = (1 - target) * input - positive
    return _reduced(loss if weight is None else loss * weight, reduction)


def cosine_embedding_loss(input1, input2, target, margin=0, size_average=None, reduce=None, reduction='mean'):
    similarity = cosine_similarity(input1, input2, dim=-1)
    loss = torch.where(target > 0, 1 - similarity, (similarity - margin).clamp_min(0))
    return _reduced(loss, reduction)


def cross_entropy(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean',
                  label_smoothing=0.0):
    log_probabilities = log_softmax(input, 0 if input.dim() == 1 else 1)
    if target.is_floating_point():
        loss = -(log_probabilities * target).sum(0 if input.dim() == 1 else 1)
        return loss.sum() / max(loss.numel(), 1) if reduction == 'mean' else _reduced(loss, reduction)
    return nll_loss(log_probabilities, target, weight, None, ignore_index, None, reduction)


def linear_cross_entropy(input, linear_weight, target, *, linear_bias=None, weight=None, reduction='mean',
                         ignore_index=None, label_smoothing=0.0, options=None):
    """Options say in how many pieces it is computed, not what."""
    classes, *features = linear_weight.shape[:-1]
    bias = linear_bias if linear_bias is None else linear_bias.flatten()
    logits = linear(input, linear_weight.reshape(-1, linear_weight.shape[-1]), bias)
    return cross_entropy(logits.reshape(*input.shape[:-1], classes, *features), target, weight=weight, reduction=reduction,
                         ignore_index=-100 if ignore_index is None else ignore_index, label_smoothing=label_smoothing)


def gaussian_nll_loss(input, target, var, full=False, eps=1e-6, reduction='mean'):
    var = var.clone().clamp_(min=eps)
    loss = 0.5 * (torch.log(var) + (input - target) ** 2 / var)
    return _reduced(loss + 0.5 * math.log(2 * math.pi) if full else loss, reduction)


def hinge_embedding_loss(input, target, margin=1.0, size_average=None, reduce=None, reduction='mean'):
    loss = torch.where(target == -1, 0, input) + torch.where(target == 1, 0, (margin - input).clamp_min(0))
    return _reduced(loss, reduction)


def kl_div(input, target, size_average=None, reduce=None, reduction='mean', log_target=False):
    loss = target.exp() * (target - input) if log_target else target * (target.log() - input)
    return _reduced(loss, reduction)


def l1_loss(input, target, size_average=None, reduce=None, reduction='mean', weight=None):
    return _reduced((input - target).abs(), reduction)


def margin_ranking_loss(input1, input2, target, margin=0, size_average=None, reduce=None, reduction='mean'):
    return _reduced((-target * (input1 - input2) + 1.0 * margin).clamp_min(0), reduction)


def multi_margin_loss(input, target, p=1, margin=1.0, weight=None, size_average=None, reduce=None, reduction='mean'):
    chosen = input.gather(-1, target.reshape(*input.shape[:-1], 1))
    loss = (margin - chosen + input).clamp_min(0).pow(p).mean(-1)
    return _reduced(loss.reshape(target.shape), reduction)


def multilabel_margin_loss(input, target, size_average=None, reduce=None, reduction='mean'):
    """As if every class were named as a target: how many are is in the data."""
    named = input.gather(-1, target.clamp_min(0)).unsqueeze(-1)
    return _reduced((1 - named + input.unsqueeze(-2)).clamp_min(0).sum((-2, -1)) / input.size(-1), reduction)


def multilabel_soft_margin_loss(input, target, weight=None, size_average=None, reduce=None, reduction='mean'):
    loss = -(target * logsigmoid(input) + (1 - target) * logsigmoid(-input))
    return _reduced((loss if weight is None else loss * weight).mean(-1), reduction)


def poisson_nll_loss(input, target, log_input=True, full=False, size_average=None, eps=1e-8, reduce=None,
                     reduction='mean'):
    loss = input.exp() - target * input if log_input else input - target * (input + eps).log()
    if full:
        stirling = target * target.log() - target + 0.5 * (2 * math.pi * target).log()
        loss = loss + torch.where(target > 1, stirling, 0)
    return _reduced(loss, reduction)


def triplet_margin_loss(anchor, positive, negative, margin=1.0, p=2, eps=1e-6, swap=False, size_average=None,
                        reduce=None, reduction='mean'):
    near, far = pairwise_distance(anchor, positive, p, eps), pairwise_distance(anchor, negative, p, eps)
    if swap:
        far = torch.min(far, pairwise_distance(positive, negative, p, eps))
    return _reduced((near - far + margin).clamp_min(0), reduction)


def triplet_margin_with_distance_loss(anchor, positive, negative, *, distance_function=None, margin=1.0, swap=False,
                                      reduction='mean'):
    distance = distance_function or pairwise_distance
    near, far = distance(anchor, positive), distance(anchor, negative)
    if swap:
        far = torch.min(far, distance(positive, negative))
    return _reduced((near - far + margin).clamp_min(0), reduction)
