# Parts of transformers.modeling_utils: how a model finds its embeddings, its encoder and decoder, and changes the size of
# its vocabulary.

from torch import nn

from transformers import _older

# --- embeddings ---------------------------------------------------------------------------------------------------------


class EmbeddingAccessMixin:
    _input_embed_layer = 'embed_tokens'

    def _embedding_holder(self, method):
        """Where the input embeddings are: an object and the name in it, or an object to ask."""
        name = getattr(self, '_input_embed_layer', 'embed_tokens')
        if getattr(self, name, None) is not None:
            return self, name
        for holder in (getattr(self, 'embeddings', None), getattr(self, 'model', None)):
            if holder is not None and hasattr(holder, name):
                return holder, name
        for holder in (getattr(self, 'language_model', None), getattr(self, 'base_model', None)):
            if holder is not None and holder is not self and hasattr(holder, method):
                return holder, None
        raise NotImplementedError(f'`{method}` not auto-handled for {type(self).__name__}')

    def get_input_embeddings(self):
        holder, name = self._embedding_holder('get_input_embeddings')
        return holder.get_input_embeddings() if name is None else getattr(holder, name)

    def set_input_embeddings(self, value):
        holder, name = self._embedding_holder('set_input_embeddings')
        if name is None:
            holder.set_input_embeddings(value)
        else:
            setattr(holder, name, value)

    def get_output_embeddings(self):
        if not _older.FINDS_HEAD or not hasattr(self, 'lm_head'):
            return None
        try:
            self.get_input_embeddings()
        except NotImplementedError:
            return None
        return self.lm_head

    def set_output_embeddings(self, new_embeddings):
        self.lm_head = new_embeddings


class ModuleUtilsMixin:
    @property
    def device(self):
        return next(parameter.device for parameter in self.parameters())

    @property
    def dtype(self):
        return next(parameter.dtype for parameter in self.parameters() if parameter.is_floating_point())

    def num_parameters(self, only_trainable=False, exclude_embeddings=False):
        skipped = set()
        if exclude_embeddings:
            skipped = {f'{name}.weight' for name, module in self.named_modules() if isinstance(module, nn.Embedding)}
        return sum(
            parameter.numel()
            for name, parameter in self.named_parameters()
            if name not in skipped and (parameter.requires_grad or not only_trainable)
        )


# --- encoder and decoder ------------------------------------------------------------------------------------------------

_ENCODERS = {
    None: ('text_encoder', 'encoder'),
    'audio': ('audio_tower', 'audio_encoder', 'speech_encoder'),
    'image': ('vision_tower', 'visual', 'vision_model', 'vision_encoder', 'image_tower'),
    'video': ('vision_tower', 'visual', 'vision_model', 'vision_encoder', 'image_tower'),
}

_DECODERS = ('language_model', 'text_model', 'decoder', 'text_decoder')


class PartsMixin:
    @property
    def base_model(self):
        return getattr(self, self.base_model_prefix, self)

    def get_encoder(self, modality=None):
        for name in _ENCODERS[modality]:
            if hasattr(self, name):
                return getattr(self, name)
        base = self.base_model
        if base is not self and hasattr(base, 'get_encoder'):
            encoder = base.get_encoder(modality=modality)
            if encoder is not base:
                return encoder
        return self

    def set_encoder(self, encoder, modality=None):
        for name in _ENCODERS[modality]:
            if hasattr(self, name):
                setattr(self, name, encoder)
                return
        if self.base_model is not self:
            self.base_model.set_encoder(encoder, modality=modality)

    def get_decoder(self):
        for name in _DECODERS:
            if hasattr(self, name):
                return getattr(self, name)
        base = self.base_model
        return base.get_decoder() if base is not self and hasattr(base, 'get_decoder') else self

    def set_decoder(self, decoder):
        for name in _DECODERS[:3]:
            if hasattr(self, name):
                setattr(self, name, decoder)
                return
        if self.base_model is not self:
            self.base_model.set_decoder(decoder)


# --- size of the vocabulary ---------------------------------------------------------------------------------------------


class VocabularyMixin:
    def resize_token_embeddings(self, new_num_tokens=None, pad_to_multiple_of=None, mean_resizing=True):
        old = self.get_input_embeddings()
        count = old.weight.shape[0] if new_num_tokens is None else new_num_tokens
        if pad_to_multiple_of is not None:
            count = -(-count // pad_to_multiple_of) * pad_to_multiple_of
        if count == old.weight.shape[0]:
            return old
        self.set_input_embeddings(self._get_resized_embeddings(old, count))
        head = self.get_output_embeddings()
        if head is not None:
            self.set_output_embeddings(self._get_resized_lm_head(head, count))
        self.config.get_text_config().vocab_size = count
        self.vocab_size = count
        self.tie_weights()
        return self.get_input_embeddings()

    def _get_resized_embeddings(self, old_embeddings, new_num_tokens=None, pad_to_multiple_of=None, mean_resizing=True):
        size = old_embeddings.weight.shape[1]
        return nn.Embedding(new_num_tokens, size, padding_idx=old_embeddings.padding_idx)

    def _get_resized_lm_head(self, old_lm_head, new_num_tokens=None, transposed=False, mean_resizing=True):
        return nn.Linear(old_lm_head.weight.shape[1], new_num_tokens, bias=old_lm_head.bias is not None)
