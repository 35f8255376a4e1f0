# transformers.masking_utils: masks by their shape. As in the package, a mask that attention does not need is None; one
# that it needs is a tensor of that shape without known contents. What a mask hides does not change what attention costs.
# A mask over tokens whose contents are not known is taken to hide none, as where nothing is padded.
# Left out: packed sequences, masks for flex attention.

from functools import partial

import torch

from transformers import _reading
from transformers.utils.generic import GeneralInterface


def and_masks(*mask_functions):
    return _overlay(*mask_functions)


def or_masks(*mask_functions):
    return _overlay(*mask_functions)


def _overlay(*parts):
    return lambda batch_idx, head_idx, q_idx, kv_idx: True


add_offsets_to_mask_function = _overlay
blockwise_overlay = _overlay
chunked_causal_mask_function = _overlay
chunked_overlay = _overlay
packed_sequence_mask_function = _overlay
padding_mask_function = _overlay
sliding_window_bidirectional_mask_function = _overlay
sliding_window_bidirectional_overlay = _overlay
sliding_window_causal_mask_function = _overlay
sliding_window_overlay = _overlay


def causal_mask_function(batch_idx, head_idx, q_idx, kv_idx):
    return kv_idx <= q_idx


def bidirectional_mask_function(batch_idx, head_idx, q_idx, kv_idx):
    return q_idx >= 0


def find_packed_sequence_indices(position_ids):
    return None


def maybe_pad_block_sequence_ids(block_sequence_ids, attention_mask, kv_length, kv_offset):
    missing = kv_length + kv_offset - block_sequence_ids.shape[-1]
    return torch.nn.functional.pad(block_sequence_ids, (0, missing), value=-1) if missing > 0 else block_sequence_ids


# --- masks by implementation --------------------------------------------------------------------------------------------


def _can_leave_out(attention_mask, q_length, kv_length, q_offset, local_size, causal, bidirectional):
    if _reading.hides_something(attention_mask) or (local_size is not None and kv_length >= local_size):
        return False
    return bidirectional or (causal and (q_length == 1 or kv_length == q_length or q_offset == 0))


def sdpa_mask(
    batch_size,
    q_length,
    kv_length,
    q_offset=0,
    kv_offset=0,
    mask_function=causal_mask_function,
    attention_mask=None,
    local_size=None,
    allow_is_causal_skip=True,
    allow_is_bidirectional_skip=False,
    device='cpu',
    **kwargs,
):
    skips = (allow_is_causal_skip, allow_is_bidirectional_skip)
    if _can_leave_out(attention_mask, q_length, kv_length, q_offset, local_size, *skips):
        return None
    return torch.empty((batch_size, 1, q_length, kv_length), dtype=torch.bool, device=device)


def eager_mask(batch_size, q_length, kv_length, dtype=torch.float32, device='cpu', **kwargs):
    kwargs['allow_is_causal_skip'] = False
    if sdpa_mask(batch_size, q_length, kv_length, device=device, **kwargs) is None:
        return None
    return torch.empty((batch_size, 1, q_length, kv_length), dtype=dtype, device=device)


def flash_attention_mask(batch_size, q_length, kv_length, attention_mask=None, **kwargs):
    return attention_mask


class AttentionMaskInterface(GeneralInterface):
    _global_mapping = {
        'eager': eager_mask,
        'flash_attention_2': flash_attention_mask,
        'flash_attention_3': flash_attention_mask,
        'flash_attention_4': flash_attention_mask,
        'flex_attention': eager_mask,
        'sdpa': sdpa_mask,
    }


ALL_MASK_ATTENTION_FUNCTIONS = AttentionMaskInterface()


# --- masks by kind ------------------------------------------------------------------------------------------------------


def _preprocess_mask_arguments(
    config,
    inputs_embeds,
    attention_mask,
    past_key_values,
    position_ids,
    layer_idx,
    encoder_hidden_states=None,
):
    """Whether the mask is to be used as it is; the mask; a packing; lengths and offsets of queries and keys."""
    if attention_mask is not None and len(attention_mask.shape) == 4:
        return True, attention_mask, None, None, None, None, None
    if config._attn_implementation not in ALL_MASK_ATTENTION_FUNCTIONS:
        return True, None, None, None, None, None, None
    if attention_mask is not None and attention_mask.ndim == 2:
        attention_mask = attention_mask.to(device=inputs_embeds.device, dtype=torch.bool)
    q_length = inputs_embeds.shape[1]
    q_offset = kv_offset = 0
    if past_key_values is not None:
        q_offset = past_key_values.get_query_offset(layer_idx)
        kv_length, kv_offset = past_key_values.get_mask_sizes(q_length, layer_idx)
    elif attention_mask is not None:
        kv_length = attention_mask.shape[-1]
    else:
        kv_length = (inputs_embeds if encoder_hidden_states is None else encoder_hidden_states).shape[1]
    return False, attention_mask, None, q_length, kv_length, q_offset, kv_offset


def _layer_of(past_key_values, sliding):
    """The first layer of the cache that slides, or that does not."""
    kinds = getattr(past_key_values, 'is_sliding', None)
    return kinds.index(sliding) if kinds is not None and sliding in kinds else 0


def _make(
    config,
    inputs_embeds,
    attention_mask,
    past_key_values,
    layer_idx,
    encoder_hidden_states=None,
    **options,
):
    done, attention_mask, _, q_length, kv_length, q_offset, kv_offset = _preprocess_mask_arguments(
        config, inputs_embeds, attention_mask, past_key_values, None, layer_idx, encoder_hidden_states
    )
    if done:
        return attention_mask
    embeds = inputs_embeds if encoder_hidden_states is None else encoder_hidden_states
    return ALL_MASK_ATTENTION_FUNCTIONS[config._attn_implementation](
        batch_size=embeds.shape[0],
        q_length=q_length,
        kv_length=kv_length,
        q_offset=q_offset,
        kv_offset=kv_offset,
        attention_mask=attention_mask,
        dtype=embeds.dtype,
        config=config,
        device=inputs_embeds.device,
        **options,
    )


def _causal(config, inputs_embeds, attention_mask, past_key_values, layer_idx, local_size, skip, extras):
    skip = skip and all(extra is None for extra in extras)
    if skip and getattr(past_key_values, 'is_compileable', False):
        skip = inputs_embeds.shape[1] != 1
    options = {'local_size': local_size, 'allow_is_causal_skip': skip}
    return _make(config, inputs_embeds, attention_mask, past_key_values, layer_idx, **options)


def create_causal_mask(
    config,
    inputs_embeds,
    attention_mask,
    past_key_values,
    position_ids=None,
    or_mask_function=None,
    and_mask_function=None,
    block_sequence_ids=None,
    layer_idx=None,
    allow_is_causal_skip=True,
):
    extras = (or_mask_function, and_mask_function, block_sequence_ids)
    if not getattr(config, 'is_causal', True):
        return create_bidirectional_mask(
            config,
            inputs_embeds,
            attention_mask,
            past_key_values=past_key_values,
            or_mask_function=or_mask_function,
            and_mask_function=and_mask_function,
            allow_is_bidirectional_skip=allow_is_causal_skip,
        )
    if layer_idx is None:
        layer_idx = _layer_of(past_key_values, False)
    skip = allow_is_causal_skip
    return _causal(config, inputs_embeds, attention_mask, past_key_values, layer_idx, None, skip, extras)


def create_sliding_window_causal_mask(
    config,
    inputs_embeds,
    attention_mask,
    past_key_values,
    position_ids=None,
    or_mask_function=None,
    and_mask_function=None,
    block_sequence_ids=None,
    layer_idx=None,
    allow_is_causal_skip=True,
):
    extras = (or_mask_function, and_mask_function, block_sequence_ids)
    if not getattr(config, 'is_causal', True):
        return create_bidirectional_sliding_window_mask(
            config,
            inputs_embeds,
            attention_mask,
            past_key_values=past_key_values,
            or_mask_function=or_mask_function,
            and_mask_function=and_mask_function,
            allow_is_bidirectional_skip=allow_is_causal_skip,
        )
    if layer_idx is None:
        layer_idx = _layer_of(past_key_values, True)
    window = getattr(config, 'sliding_window', None)
    if window is None:
        raise ValueError('Could not find a `sliding_window` argument in the config, or it is not set')
    skip = allow_is_causal_skip
    return _causal(config, inputs_embeds, attention_mask, past_key_values, layer_idx, window, skip, extras)


def create_chunked_causal_mask(
    config,
    inputs_embeds,
    attention_mask,
    past_key_values,
    position_ids=None,
    or_mask_function=None,
    and_mask_function=None,
    layer_idx=None,
    allow_is_causal_skip=True,
    **kwargs,
):
    if layer_idx is None:
        layer_idx = _layer_of(past_key_values, True)
    chunk = getattr(config, 'attention_chunk_size', None)
    if chunk is None:
        raise ValueError('Could not find an `attention_chunk_size` argument in the config, or it is not set')
    extras = (or_mask_function, and_mask_function)
    skip = allow_is_causal_skip
    return _causal(config, inputs_embeds, attention_mask, past_key_values, layer_idx, chunk, skip, extras)


def _bidirectional(window, **given):
    skip = given.pop('allow_is_bidirectional_skip')
    extras = (given.pop('or_mask_function'), given.pop('and_mask_function'))
    options = {
        'allow_is_causal_skip': False,
        'allow_is_bidirectional_skip': skip and all(extra is None for extra in extras),
        'local_size': window,
    }
    return _make(**given, **options)


def create_bidirectional_mask(
    config,
    inputs_embeds,
    attention_mask,
    encoder_hidden_states=None,
    past_key_values=None,
    or_mask_function=None,
    and_mask_function=None,
    allow_is_bidirectional_skip=True,
    **kwargs,
):
    return _bidirectional(
        None,
        config=config,
        inputs_embeds=inputs_embeds,
        attention_mask=attention_mask,
        encoder_hidden_states=encoder_hidden_states,
        past_key_values=past_key_values,
        layer_idx=_layer_of(past_key_values, False),
        or_mask_function=or_mask_function,
        and_mask_function=and_mask_function,
        allow_is_bidirectional_skip=allow_is_bidirectional_skip,
    )


def create_bidirectional_sliding_window_mask(
    config,
    inputs_embeds,
    attention_mask,
    encoder_hidden_states=None,
    past_key_values=None,
    or_mask_function=None,
    and_mask_function=None,
    allow_is_bidirectional_skip=True,
    **kwargs,
):
    window = getattr(config, 'sliding_window', None)
    if window is None:
        raise ValueError('Could not find a `sliding_window` argument in the config, or it is not set')
    return _bidirectional(
        window,
        config=config,
        inputs_embeds=inputs_embeds,
        attention_mask=attention_mask,
        encoder_hidden_states=encoder_hidden_states,
        past_key_values=past_key_values,
        layer_idx=_layer_of(past_key_values, True),
        or_mask_function=or_mask_function,
        and_mask_function=and_mask_function,
        allow_is_bidirectional_skip=allow_is_bidirectional_skip,
    )


def create_recurrent_attention_mask(config, inputs_embeds, attention_mask, past_key_values=None, **kwargs):
    if not _reading.hides_something(attention_mask) or attention_mask.ndim != 2 or inputs_embeds.shape[1] == 1:
        return None
    return attention_mask[:, -inputs_embeds.shape[1] :].contiguous()


LAYER_PATTERN_TO_MASK_FUNCTION_MAPPING = {
    'chunked_attention': create_chunked_causal_mask,
    'compressed_sparse_attention': create_sliding_window_causal_mask,
    'conv': create_recurrent_attention_mask,
    'full_attention': create_causal_mask,
    'heavily_compressed_attention': create_sliding_window_causal_mask,
    'hybrid': {'full_attention': create_causal_mask, 'linear_attention': create_recurrent_attention_mask},
    'hybrid_sliding': {'sliding_attention': create_causal_mask, 'linear_attention': create_recurrent_attention_mask},
    'indexed_attention': partial(create_causal_mask, allow_is_causal_skip=False),
    'linear_attention': create_recurrent_attention_mask,
    'minimax_m3_sparse': create_causal_mask,
    'sliding_attention': create_sliding_window_causal_mask,
}


def create_masks_for_generate(config, inputs_embeds, attention_mask, past_key_values, **kwargs):
    """One mask, or one for each type of layer where the configuration has types."""
    config = config.get_text_config()
    given = (config, inputs_embeds, attention_mask, past_key_values)
    types = getattr(config, 'layer_types', None)
    if types is not None:
        return _masks_by_type(sorted(set(types)), given, kwargs)
    if getattr(config, 'sliding_window', None) is not None:
        return create_sliding_window_causal_mask(*given, **kwargs)
    if getattr(config, 'attention_chunk_size', None) is not None:
        return create_chunked_causal_mask(*given, **kwargs)
    return create_causal_mask(*given, **kwargs)


def _masks_by_type(types, given, kwargs):
    if any(name not in LAYER_PATTERN_TO_MASK_FUNCTION_MAPPING for name in types):
        return given[2]
    masks = {}
    for name in types:
        make = LAYER_PATTERN_TO_MASK_FUNCTION_MAPPING[name]
        for kind, function in make.items() if isinstance(make, dict) else [(name, make)]:
            if kind not in masks:
                masks[kind] = function(*given, **kwargs)
    return masks


def __getattr__(name):
    return _reading.installed(__name__, name)
