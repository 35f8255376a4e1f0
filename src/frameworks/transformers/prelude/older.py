# What transformers before version 5 expects of its base classes: configurations whose common fields have defaults in the
# base class, weights tied through the input and output embeddings, and masks that models ask their base class for.
# Left out: tying an encoder to a decoder, pruning heads.

import torch
from torch import nn

from transformers import _reading

# Whether that is what is installed.
OLDER = not _reading.installed_has('transformers.modeling_utils', 'def get_expanded_tied_weights_keys')

# Whether a head called lm_head is found without being asked for by the model.
FINDS_HEAD = not OLDER or _reading.installed_has('transformers.modeling_utils', 'class EmbeddingAccessMixin')

CONFIG_FIELDS = {
    'add_cross_attention': False,
    'bos_token_id': None,
    'cross_attention_hidden_size': None,
    'decoder_start_token_id': None,
    'eos_token_id': None,
    'finetuning_task': None,
    'is_decoder': False,
    'pad_token_id': None,
    'prefix': None,
    'sep_token_id': None,
    'task_specific_params': None,
    'tf_legacy_loss': False,
    'tie_encoder_decoder': False,
    'tie_word_embeddings': True,
    'tokenizer_class': None,
    'torchscript': False,
    'use_bfloat16': False,
}


# Options of generation that such configurations have too.
GENERATION_FIELDS = {
    'bad_words_ids': None,
    'begin_suppress_tokens': None,
    'diversity_penalty': 0.0,
    'do_sample': False,
    'early_stopping': False,
    'encoder_no_repeat_ngram_size': 0,
    'exponential_decay_length_penalty': None,
    'forced_bos_token_id': None,
    'forced_eos_token_id': None,
    'length_penalty': 1.0,
    'max_length': 20,
    'min_length': 0,
    'no_repeat_ngram_size': 0,
    'num_beam_groups': 1,
    'num_beams': 1,
    'num_return_sequences': 1,
    'output_scores': False,
    'remove_invalid_values': False,
    'repetition_penalty': 1.0,
    'return_dict_in_generate': False,
    'suppress_tokens': None,
    'temperature': 1.0,
    'top_k': 50,
    'top_p': 1.0,
    'typical_p': 1.0,
}


def config_fields():
    """Functions that give the defaults of the common fields, by name."""
    if not OLDER:
        return {}
    constants = {**CONFIG_FIELDS, **GENERATION_FIELDS}
    return {**{name: _constant(value) for name, value in constants.items()}, 'pruned_heads': dict}


def _constant(value):
    return lambda: value


class OlderModelMixin:
    """Of PreTrainedModel, what is gone or different since version 5."""

    def _tie_by_embeddings(self):
        if getattr(self.config.get_text_config(decoder=True), 'tie_word_embeddings', True):
            head = self.get_output_embeddings()
            if head is not None:
                self._tie_or_clone_weights(head, self.get_input_embeddings())
        for module in self.modules():
            if hasattr(module, '_tie_weights'):
                module._tie_weights()

    def _tie_or_clone_weights(self, output_embeddings, input_embeddings):
        output_embeddings.weight = input_embeddings.weight
        bias = getattr(output_embeddings, 'bias', None)
        if bias is not None:
            missing = output_embeddings.weight.shape[0] - bias.shape[0]
            bias.data = nn.functional.pad(bias.data, (0, missing), 'constant', 0)

    def get_head_mask(self, head_mask, num_hidden_layers, is_attention_chunked=False):
        if head_mask is None:
            return [None] * num_hidden_layers
        if head_mask.dim() == 1:
            head_mask = head_mask[None, None, :, None, None].expand(num_hidden_layers, -1, -1, -1, -1)
        elif head_mask.dim() == 2:
            head_mask = head_mask[:, None, :, None, None]
        return head_mask.unsqueeze(-1) if is_attention_chunked else head_mask

    def invert_attention_mask(self, encoder_attention_mask):
        mask = encoder_attention_mask
        mask = mask[:, None, :, :] if mask.dim() == 3 else mask[:, None, None, :]
        return (1.0 - mask.to(dtype=self.dtype)) * torch.finfo(self.dtype).min

    @staticmethod
    def create_extended_attention_mask_for_decoder(input_shape, attention_mask, device=None):
        batch_size, length = input_shape
        return attention_mask[:, None, None, :].expand(batch_size, 1, length, attention_mask.shape[-1])

    def get_extended_attention_mask(self, attention_mask, input_shape, device=None, dtype=None):
        dtype = self.dtype if dtype is None else dtype
        if attention_mask.dim() == 3:
            mask = attention_mask[:, None, :, :]
        elif self.config.is_decoder:
            mask = self.create_extended_attention_mask_for_decoder(input_shape, attention_mask)
        else:
            mask = attention_mask[:, None, None, :]
        return (1.0 - mask.to(dtype=dtype)) * torch.finfo(dtype).min

    def _prune_heads(self, heads_to_prune):
        return None

    def prune_heads(self, heads_to_prune):
        return None
