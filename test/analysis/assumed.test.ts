// What a model is fed where nothing says what it takes.

import assert from 'node:assert/strict';
import { createPricing, type PricingFiles } from '../../src/analysis/targets';
import type * as onnx from '../../src/onnx';

const TEXT = `
import torch
from torch import nn

class Denoiser(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 8, 3, padding=1)
        self.steps = nn.Embedding(1000, 8)

    def forward(self, x, timesteps):
        return self.first(x) + self.steps(timesteps)[:, :, None, None]
`;

const files: PricingFiles = {
  reader: { read: () => undefined, isFolder: () => false },
  readText: () => TEXT,
  openBytes: () => assert.fail('no file is opened'),
  onnx: () => ({}) as typeof onnx,
};

describe('assumed inputs', () => {
  it('give each example one time step', () => {
    const price = createPricing(files, { searchPaths: [] });
    const [target] = price({ file: '/nets/net.py', expression: 'Denoiser()' }).priced;
    assert.deepEqual(target?.report?.gaps, []);
    assert.equal(target?.report?.fpo?.contraction, 2 * 27 * 8 * 224 * 224);
  });
});
