# torch.nn.attention.flex_attention: attention whose scores a function of the user's changes. Both products count in full, as
# for any other mask; what the function does to the scores is left out.

import torch
from torch.nn.functional import scaled_dot_product_attention

_DEFAULT_SPARSE_BLOCK_SIZE = 128


class BlockMask:
    def __init__(self, seq_lengths=(0, 0), shape=(1, 1), BLOCK_SIZE=_DEFAULT_SPARSE_BLOCK_SIZE, mask_mod=None, **tensors):
        self.seq_lengths, self.shape, self.mask_mod = tuple(seq_lengths), (*shape, *seq_lengths), mask_mod
        self.BLOCK_SIZE = BLOCK_SIZE if isinstance(BLOCK_SIZE, tuple) else (BLOCK_SIZE, BLOCK_SIZE)
        for name, value in tensors.items():
            setattr(self, name, value)

    @classmethod
    def from_kv_blocks(cls, kv_num_blocks, kv_indices, full_kv_num_blocks=None, full_kv_indices=None,
                       BLOCK_SIZE=_DEFAULT_SPARSE_BLOCK_SIZE, mask_mod=None, seq_lengths=None, compute_q_blocks=True):
        size = BLOCK_SIZE if isinstance(BLOCK_SIZE, tuple) else (BLOCK_SIZE, BLOCK_SIZE)
        blocks = kv_indices.shape[-2:]
        lengths = seq_lengths or (blocks[0] * size[0], blocks[1] * size[1])
        return cls(lengths, kv_indices.shape[:-2], size, mask_mod, kv_num_blocks=kv_num_blocks, kv_indices=kv_indices,
                   full_kv_num_blocks=full_kv_num_blocks, full_kv_indices=full_kv_indices)

    def to(self, device):
        return self

    def numel(self):
        return self.seq_lengths[0] * self.seq_lengths[1]

    def __getitem__(self, index):
        return self


def noop_mask(batch, head, token_q, token_kv):
    return batch.new_ones(size=(), dtype=torch.bool)


def and_masks(*mask_mods):
    def both(b, h, q, kv):
        result = mask_mods[0](b, h, q, kv)
        for mask in mask_mods[1:]:
            result = result & mask(b, h, q, kv)
        return result
    return both


def or_masks(*mask_mods):
    def either(b, h, q, kv):
        result = mask_mods[0](b, h, q, kv)
        for mask in mask_mods[1:]:
            result = result | mask(b, h, q, kv)
        return result
    return either


def create_block_mask(mask_mod, B, H, Q_LEN, KV_LEN, device=None, BLOCK_SIZE=_DEFAULT_SPARSE_BLOCK_SIZE, _compile=False):
    return BlockMask((Q_LEN, KV_LEN), (B or 1, H or 1), BLOCK_SIZE, mask_mod)


def create_mask(mod_fn, B, H, Q_LEN, KV_LEN, device=None):
    return torch.ones(B or 1, H or 1, Q_LEN, KV_LEN, dtype=torch.bool)


def flex_attention(query, key, value, score_mod=None, block_mask=None, scale=None, enable_gqa=False, return_lse=False,
                   kernel_options=None, *, return_aux=None):
    out = scaled_dot_product_attention(query, key, value, scale=scale, enable_gqa=enable_gqa)
    return (out, query.new_empty(query.shape[:-1], dtype=torch.float32)) if return_lse else out
