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

const STATED = `
import torch
from torch import nn

class Sized(nn.Module):
    def __init__(self):
        super().__init__()
        self.image_size = (48, 40)
        self.conv = nn.Conv2d(5, 2, 1)

    def forward(self, x):
        assert x.shape[-2:] == self.image_size
        return self.conv(x)

class Weighted(Sized):
    def __init__(self):
        super().__init__()
        self.image_size = 20
        self.pretrained_cfg = {'input_size': (5, 24, 16), 'num_classes': 10}

    def forward(self, x):
        return self.conv(x)

class Carrying(Weighted):
    def __init__(self):
        super().__init__()
        self.example_input_array = (torch.zeros(3, 5, 8, 8), torch.zeros(3))

    def forward(self, x, scale):
        return self.conv(x) * scale.view(3, 1, 1, 1)

class Mistaken(Weighted):
    def forward(self, x):
        return self.conv(x.view(1, 5, 64, 64))
`;

const fed = (text: string) =>
  createAnalysis(reader)
    .analyse({ uri: 'net.py', version: 1, text, searchPaths: [], limits })
    .roots.map(({ report, input }) => ({
      shape: report?.inputs[0]?.shape,
      kind: input?.kind,
      text: input?.text,
      knobs: report?.knobs.map(({ source }) => source),
    }));

describe('inputs that a model states', () => {
  const [sized, weighted, carrying, mistaken] = fed(STATED);
  it('are of the size of its images, with the channels of its first layer', () => {
    const text = "assumed a 48×40 image, because that is the model's image_size";
    assert.deepEqual(sized, { shape: [1, 5, 48, 40], kind: 'assumed', text, knobs: ['assumed'] });
  });
  it('are of the size that its weights were made for', () => {
    assert.deepEqual(weighted?.shape, [1, 5, 24, 16]);
    assert.equal(weighted?.text, 'a 24×16 image, as the model says in pretrained_cfg.input_size');
  });
  it('are the example that it carries', () => {
    const text = "input from the model's example_input_array";
    assert.deepEqual(carrying, { shape: [3, 5, 8, 8], kind: 'config', text, knobs: [] });
  });
  it('are passed by where they do not fit', () => {
    assert.deepEqual([mistaken?.shape, mistaken?.kind], [[1, 5, 64, 64], 'assumed']);
  });
});

const NAMED = `
from torch import nn

class Conv2dSame(nn.Conv2d):
    pass

class Same(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = Conv2dSame(6, 4, 3, groups=2)

    def forward(self, x):
        return self.stem(x)
`;

describe('the first layer', () => {
  it('is a convolution by its weight, whatever it is called', () => {
    const [, same] = fed(NAMED);
    assert.deepEqual(same?.shape, [1, 6, 224, 224]);
  });
});
