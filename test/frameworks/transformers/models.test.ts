// Models that build on transformers, read from a small package of our own writing (fixture.ts): what they are made of, what
// a call costs, and which names are found where.

import assert from 'node:assert/strict';
import { priced, sessionOf } from './fixture';

const IMPORTS = 'from transformers import TinyConfig, TinyForCausalLM, TinyModel, TinyTextConfig\n';

const WIDTH = 8;
const LENGTH = 6;
const EMBEDDING = 100 * WIDTH;
const LAYER = WIDTH * 3 * WIDTH + 3 * WIDTH;

/** Contraction FPO of a layer: the projection, scores, and what they weigh. */
const layerFpo = 2 * LENGTH * WIDTH * 3 * WIDTH + 2 * 2 * LENGTH * LENGTH * WIDTH;

describe('models of transformers', () => {
  it('are found by name and priced from their own file', () => {
    const model = priced(IMPORTS, 'TinyModel(TinyTextConfig())');
    assert.equal(model.params, EMBEDDING + 2 * LAYER);
    assert.equal(model.contraction, 2 * layerFpo);
    assert.deepEqual(model.outputs, [[1, LENGTH, WIDTH]]);
    assert.deepEqual(model.gaps, []);
  });

  it('tie weights where the configuration says so', () => {
    assert.equal(priced(IMPORTS, 'TinyForCausalLM(TinyTextConfig())').params, EMBEDDING + 2 * LAYER);
    const untied = priced(IMPORTS, 'TinyForCausalLM(TinyTextConfig(tie_word_embeddings=False))');
    assert.equal(untied.params, 2 * EMBEDDING + 2 * LAYER);
  });

  it('cost the same with a mask, and with attention that is written out', () => {
    const plain = priced(IMPORTS, 'TinyModel(TinyTextConfig())').contraction;
    assert.equal(priced(IMPORTS, 'TinyModel(TinyTextConfig())', { mask: true }).contraction, plain);
    const eager = priced(
      `${IMPORTS}from transformers.models.tiny.modeling_tiny import TinyEagerModel\n`,
      'TinyEagerModel(TinyTextConfig())',
    );
    assert.equal(eager.contraction, plain);
    assert.deepEqual(eager.gaps, []);
  });

  it('tie weights as before version 5 where that is installed', () => {
    const text = `${IMPORTS}
class Model(TinyForCausalLM):
    _tied_weights_keys = ["lm_head.weight"]

    def get_output_embeddings(self):
        return self.lm_head
`;
    const tied = priced(text, 'Model(TinyTextConfig())', { installed: 'older' });
    assert.equal(tied.params, EMBEDDING + 2 * LAYER);
    const untied = priced(text, 'Model(TinyTextConfig(tie_word_embeddings=False))', { installed: 'older' });
    assert.equal(untied.params, 2 * EMBEDDING + 2 * LAYER);
    assert.deepEqual(tied.gaps, []);
  });

  it('record hidden states where they are asked for', () => {
    const { outputs } = priced(IMPORTS, 'TinyForCausalLM(TinyTextConfig(output_hidden_states=True))');
    assert.deepEqual(outputs, [
      [1, LENGTH, 100],
      [1, LENGTH, WIDTH],
      [1, LENGTH, WIDTH],
      [1, LENGTH, WIDTH],
    ]);
  });

  it('price a mixture by the experts that run', () => {
    const { contraction, params, gaps } = priced(
      `${IMPORTS}
from torch import nn
from transformers.models.tiny.modeling_tiny import TinyMixture, TinyPreTrainedModel

class Model(TinyPreTrainedModel):
    def __init__(self, config):
        super().__init__(config)
        self.embed_tokens = nn.Embedding(config.vocab_size, config.hidden_size)
        self.mixture = TinyMixture(config)
        self.post_init()

    def forward(self, input_ids):
        return self.mixture(self.embed_tokens(input_ids))
`,
      'Model(TinyTextConfig())',
    );
    assert.equal(params, EMBEDDING + 4 * 3 * WIDTH * WIDTH + 4 * WIDTH);
    assert.equal(contraction, 2 * LENGTH * WIDTH * 4 + 2 * (2 * LENGTH) * (3 * WIDTH * WIDTH));
    assert.deepEqual(gaps, []);
  });
});

describe('configurations of transformers', () => {
  const value = (expression: string) => {
    const session = sessionOf(IMPORTS);
    return session.interpreter.repr(session.evaluate(expression));
  };

  it('take fields, other keywords and names that stand for others', () => {
    assert.equal(value('TinyTextConfig(hidden_size=12).d_model'), '12');
    assert.equal(value('TinyTextConfig(d_model=12, extra=3).hidden_size'), '12');
    assert.equal(value('TinyTextConfig(extra=3).extra'), '3');
    assert.equal(value('TinyTextConfig(num_labels=5).num_labels'), '5');
    assert.equal(value('TinyTextConfig().num_labels'), '2');
  });

  it('nest, and give the part for text', () => {
    assert.equal(value('TinyConfig(text_config={"layers": 3}).get_text_config().num_hidden_layers'), '3');
    assert.equal(value('TinyConfig().get_text_config() is TinyConfig().text_config'), 'False');
    assert.equal(value('TinyTextConfig().get_text_config(decoder=True).vocab_size'), '100');
  });

  it('know older names of kinds of layers', () => {
    assert.equal(value('TinyTextConfig().layer_types'), "['full_attention', 'full_attention']");
  });

  it('can differ from layer to layer', () => {
    const changed = 'TinyTextConfig(per_layer_config={1: {"d_model": 16}}).per_layer_config';
    assert.equal(value(`[layer.hidden_size for layer in ${changed}]`), '[8, 16]');
  });
});

describe('the library for transformers', () => {
  it('answers only where the package is installed', () => {
    const session = sessionOf('from transformers import PreTrainedModel\n', 'none');
    assert.match(session.interpreter.repr(session.evaluate('PreTrainedModel')), /unknown/);
  });

  it('reads the configuration of a folder of the workspace', () => {
    const local = priced(IMPORTS, 'TinyForCausalLM.from_pretrained("./checkpoint")');
    assert.deepEqual(local.gaps, []);
    const small = 100 * 4;
    assert.equal(local.params, 2 * small + 4 * 12 + 12);
    const given = priced(IMPORTS, 'TinyModel.from_pretrained("tiny", config=TinyTextConfig(layers=1))');
    assert.equal(given.params, EMBEDDING + LAYER);
  });

  it('leaves names that it does not replace to the installed module', () => {
    const session = sessionOf('from transformers.modeling_utils import SomethingElse\n');
    assert.equal(session.interpreter.repr(session.evaluate('SomethingElse(2, 3).out_features')), '3');
  });

  it('leaves pretrained weights unknown, and says why', () => {
    const session = sessionOf(`${IMPORTS}model = TinyModel.from_pretrained("tiny")\n`);
    assert.match(session.interpreter.repr(session.evaluate('model')), /unknown/);
  });

  it('gives mixins of the hub the methods that a class of the user may wrap', () => {
    const session = sessionOf(`
from functools import wraps
from huggingface_hub import PyTorchModelHubMixin
from torch import nn

class Mixin(PyTorchModelHubMixin):
    @wraps(PyTorchModelHubMixin.save_pretrained)
    def save_pretrained(self, folder, **kwargs):
        return super().save_pretrained(folder, **kwargs)

class Net(nn.Linear, Mixin):
    pass
`);
    assert.equal(
      session.interpreter.repr(session.evaluate('sum(p.numel() for p in Net(2, 3).parameters())')),
      '9',
    );
    assert.match(session.interpreter.repr(session.evaluate('Net.from_pretrained("x")')), /unknown/);
  });
});
