// What models are fed where nothing says what they take.

import assert from 'node:assert/strict';
import { createAnalysis } from '../../src/analysis';

const MODELS = `
import functools
from torch import nn

def documented(forward):
    @functools.wraps(forward)
    def wrapper(self, *args, **kwargs):
        return forward(self, *args, **kwargs)
    return wrapper

class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(50, 8)
        self.head = nn.Linear(8, 3)

    @documented
    def forward(self, input_ids=None, mask=None):
        if input_ids is None:
            raise ValueError('there have to be tokens')
        return self.head(self.embed(input_ids))

class Both(Encoder):
    def forward(self, input_ids=None, decoder_input_ids=None):
        if decoder_input_ids is None:
            raise ValueError('there have to be tokens for the decoder')
        return self.head(self.embed(input_ids)), self.head(self.embed(decoder_input_ids))
`;

const reader = { read: () => undefined, isFolder: () => false };
const limits = { steps: 1_000_000, milliseconds: 10_000 };

const contractions = (): (number | undefined)[] =>
  createAnalysis(reader)
    .analyse({ uri: 'net.py', version: 1, text: MODELS, searchPaths: [], limits })
    .roots.map(({ report }) => report?.fpo?.contraction);

describe('assumed inputs', () => {
  it('go to the first parameter where all are optional, and to a decoder that cannot do without', () => {
    assert.deepEqual(contractions(), [2 * 128 * 8 * 3, 2 * 2 * 128 * 8 * 3]);
  });
});
