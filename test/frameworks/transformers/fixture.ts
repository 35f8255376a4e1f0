// A small package by the name of transformers, as if it were installed, and a way to price expressions in a file that
// uses it. Its texts are our own; they have the shape of the real ones: one folder a model, plumbing beside them.

import assert from 'node:assert/strict';
import { Session } from '../../../src/analysis/session';
import { SourceCache } from '../../../src/analysis/source-cache';
import type { FileReader } from '../../../src/base/files';
import { price } from '../../../src/price/price';

const CONFIGURATION = `
from huggingface_hub.dataclasses import strict

from ...configuration_utils import PreTrainedConfig


@strict
class TinyTextConfig(PreTrainedConfig):
    model_type = "tiny_text"
    base_config_key = "text_config"
    attribute_map = {"hidden_size": "d_model", "num_hidden_layers": "layers"}

    vocab_size: int = 100
    d_model: int = 8
    layers: int = 2
    num_attention_heads: int = 2
    sliding_window: int | None = 4
    layer_types: list[str] | None = None
    tie_word_embeddings: bool = True

    def __post_init__(self, **kwargs):
        if self.layer_types is None:
            self.layer_types = ["attention"] * self.layers
        super().__post_init__(**kwargs)


@strict
class TinyConfig(PreTrainedConfig):
    model_type = "tiny"
    sub_configs = {"text_config": TinyTextConfig}

    text_config: dict | PreTrainedConfig | None = None

    def __post_init__(self, **kwargs):
        if self.text_config is None:
            self.text_config = TinyTextConfig()
        elif isinstance(self.text_config, dict):
            self.text_config = TinyTextConfig(**self.text_config)
        super().__post_init__(**kwargs)


__all__ = ["TinyConfig", "TinyTextConfig"]
`;

const MODELING = `
from dataclasses import dataclass

import torch
from torch import nn

from ... import initialization as init
from ...integrations import use_experts_implementation, use_kernel_forward_from_hub
from ...masking_utils import create_causal_mask
from ...modeling_utils import ALL_ATTENTION_FUNCTIONS, PreTrainedModel
from ...processing_utils import Unpack
from ...utils import ModelOutput, TransformersKwargs, auto_docstring, logging
from ...utils.deprecation import deprecate_kwarg
from ...utils.generic import can_return_tuple, merge_with_config_defaults
from ...utils.output_capturing import OutputRecorder, capture_outputs
from .configuration_tiny import TinyTextConfig

logger = logging.get_logger(__name__)


@dataclass
class TinyOutput(ModelOutput):
    last_hidden_state: torch.Tensor | None = None
    logits: torch.Tensor | None = None
    hidden_states: tuple | None = None


def eager_attention_forward(module, query, key, value, attention_mask, scaling=None, dropout=0.0, **kwargs):
    weights = torch.matmul(query, key.transpose(2, 3))
    if attention_mask is not None:
        weights = weights + attention_mask
    return torch.matmul(weights.softmax(-1), value).transpose(1, 2), weights


@use_kernel_forward_from_hub("Attention")
class TinyAttention(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.config = config
        self.heads = config.num_attention_heads
        self.qkv = nn.Linear(config.hidden_size, 3 * config.hidden_size)
        self.is_causal = True

    def forward(self, hidden_states, attention_mask=None, **kwargs):
        batch, length, width = hidden_states.shape
        shape = (batch, length, 3, self.heads, width // self.heads)
        query, key, value = self.qkv(hidden_states).view(shape).permute(2, 0, 3, 1, 4)
        attend = ALL_ATTENTION_FUNCTIONS.get_interface(self.config._attn_implementation, eager_attention_forward)
        output, weights = attend(self, query, key, value, attention_mask, **kwargs)
        return output.reshape(batch, length, width), weights


@use_experts_implementation
class TinyExperts(nn.Module):
    def __init__(self, config):
        super().__init__()
        width = config.hidden_size
        self.gate_up_proj = nn.Parameter(torch.empty(4, 2 * width, width))
        self.down_proj = nn.Parameter(torch.empty(4, width, width))
        self.act_fn = nn.SiLU()

    def forward(self, hidden_states, top_k_index, top_k_weights):
        for expert in top_k_index.unique():
            raise RuntimeError("which experts run is not known")


class TinyMixture(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.experts = TinyExperts(config)
        self.gate = nn.Linear(config.hidden_size, 4, bias=False)

    def forward(self, hidden_states):
        rows = hidden_states.reshape(-1, hidden_states.shape[-1])
        weights, chosen = torch.topk(self.gate(rows).softmax(-1), 2, dim=-1)
        return self.experts(rows, chosen, weights).view_as(hidden_states)


class TinyPreTrainedModel(PreTrainedModel):
    config: TinyTextConfig
    base_model_prefix = "model"
    _supports_sdpa = True
    _can_record_outputs = {"hidden_states": TinyAttention}

    def _init_weights(self, module):
        init.normal_(module.weight)


@auto_docstring
class TinyModel(TinyPreTrainedModel):
    @deprecate_kwarg("device", version="5.18")
    def __init__(self, config):
        super().__init__(config)
        self.embed_tokens = nn.Embedding(config.vocab_size, config.hidden_size)
        self.layers = nn.ModuleList([TinyAttention(config) for _ in range(config.num_hidden_layers)])
        self.post_init()

    @merge_with_config_defaults
    @capture_outputs
    @auto_docstring
    def forward(self, input_ids=None, attention_mask=None, **kwargs: Unpack[TransformersKwargs]):
        hidden_states = self.embed_tokens(input_ids)
        mask = create_causal_mask(self.config, hidden_states, attention_mask, None)
        for layer in self.layers:
            hidden_states = hidden_states + layer(hidden_states, attention_mask=mask)[0]
        return TinyOutput(last_hidden_state=hidden_states)


class TinyForCausalLM(TinyPreTrainedModel):
    _tied_weights_keys = {"lm_head.weight": "model.embed_tokens.weight"}

    def __init__(self, config):
        super().__init__(config)
        self.model = TinyModel(config)
        self.lm_head = nn.Linear(config.hidden_size, config.vocab_size, bias=False)
        self.post_init()

    @can_return_tuple
    def forward(self, input_ids=None, attention_mask=None, **kwargs):
        outputs = self.model(input_ids, attention_mask, **kwargs)
        logits = self.lm_head(outputs.last_hidden_state)
        return TinyOutput(logits=logits, hidden_states=outputs.hidden_states)


class TinyEagerModel(TinyModel):
    _supports_sdpa = False


__all__ = ["TinyModel", "TinyForCausalLM"]
`;

const ATTENTION = `
import torch


def sdpa_attention_forward(module, query, key, value, attention_mask, dropout=0.0, scaling=None, **kwargs):
    output = torch.nn.functional.scaled_dot_product_attention(query, key, value, attn_mask=attention_mask)
    return output.transpose(1, 2).contiguous(), None
`;

const ROPE = `
class RotaryEmbeddingConfigMixin:
    def convert_rope_params_to_dict(self, **kwargs):
        return kwargs
`;

/** By which the library tells version 5: it has this method. What else is in the file is found where ours has no such name. */
const NEWER = `
from torch import nn


class PreTrainedModel:
    def get_expanded_tied_weights_keys(self, all_submodels=False):
        return {}


class SomethingElse(nn.Linear):
    pass
`;

const OLDER = `
class PreTrainedModel:
    pass
`;

const PACKAGE = '/site/transformers';

const INSTALLED: Readonly<Record<string, string>> = {
  [`${PACKAGE}/__init__.py`]:
    '_import_structure = {\n    "configuration_utils": ["PreTrainedConfig"],\n    "modeling_utils": ["PreTrainedModel"],\n}\n',
  [`${PACKAGE}/integrations/sdpa_attention.py`]: ATTENTION,
  [`${PACKAGE}/modeling_rope_utils.py`]: ROPE,
  [`${PACKAGE}/modeling_utils.py`]: NEWER,
  [`${PACKAGE}/models/__init__.py`]: 'if TYPE_CHECKING:\n    from .tiny import *\n',
  [`${PACKAGE}/models/tiny/__init__.py`]: 'from .configuration_tiny import *\nfrom .modeling_tiny import *\n',
  [`${PACKAGE}/models/tiny/configuration_tiny.py`]: CONFIGURATION,
  [`${PACKAGE}/models/tiny/modeling_tiny.py`]: MODELING,
};

function readerOf(files: Readonly<Record<string, string>>): FileReader {
  return {
    read: (path) => files[path],
    isFolder: (path) => Object.keys(files).some((file) => file.startsWith(`${path}/`)),
  };
}

/** Priced: what a file's expression costs when it is called with token ids of this shape. */
export interface Priced {
  readonly params: number | null;
  readonly contraction: number | null;
  readonly outputs: readonly (readonly number[])[];
  readonly gaps: readonly string[];
}

/** Which transformers there is. */
export type Installed = 'newer' | 'older' | 'none';

const FILES: Readonly<Record<Installed, Readonly<Record<string, string>>>> = {
  newer: INSTALLED,
  older: { ...INSTALLED, [`${PACKAGE}/modeling_utils.py`]: OLDER },
  none: {},
};

/** A configuration beside the user's file. */
const CHECKPOINT = '{"model_type": "tiny_text", "d_model": 4, "layers": 1, "tie_word_embeddings": false}';

/** A session in which `text` is the user's file. */
export function sessionOf(text: string, installed: Installed = 'newer'): Session {
  const file = '/user/main.py';
  const reader = readerOf({ ...FILES[installed], '/user/checkpoint/config.json': CHECKPOINT, [file]: text });
  const session = new Session({
    file,
    text,
    reader,
    sources: new SourceCache(),
    searchPaths: ['/user', '/site'],
  });
  assert.equal(session.load(), undefined);
  return session;
}

interface Options {
  readonly mask?: boolean;
  readonly installed?: Installed;
}

/** Prices `expression` in `text`, called with token ids of 1 x 6 and, where asked for, a mask of that shape. */
export function priced(text: string, expression: string, { mask = false, installed }: Options = {}): Priced {
  const ids = { shape: [1, 6], dtype: 'int64' as const };
  const outcome = sessionOf(text, installed).trace(expression, {
    inputs: [],
    keywordInputs: mask ? { input_ids: ids, attention_mask: ids } : { input_ids: ids },
    mode: 'eval',
  });
  if ('problem' in outcome) assert.fail(outcome.problem.message);
  const { params, fpo, outputs, gaps } = price(outcome.trace, { name: expression, mode: 'eval' });
  return {
    params: params.total,
    contraction: fpo?.contraction ?? null,
    outputs: outputs.map(({ shape }) => shape),
    gaps: gaps.map(({ reason }) => reason),
  };
}
