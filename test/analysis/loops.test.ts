// Loops over plain data are run in another way than the rest (python/evaluate/plain-loops.ts): what they do is recorded all the
// same.

import assert from 'node:assert/strict';
import { createAnalysis } from '../../src/analysis';

const model = (turns: number): string => `
import torch
from torch import nn

class Filled(nn.Module):
    def forward(self, x):
        table = torch.zeros(20, 20)
        for i in range(${turns}):
            table[i, 1] = i
        return x + table

model = Filled()
model(torch.ones(20))
`;

const reader = { read: () => undefined, isFolder: () => false };
const limits = { steps: 1_000_000, milliseconds: 10_000 };

function operatorsOf(turns: number): string[] {
  const text = model(turns);
  const { roots } = createAnalysis(reader).analyse({
    uri: 'net.py',
    version: 1,
    text,
    searchPaths: [],
    limits,
  });
  const [first] = roots;
  return (first?.report?.operators ?? []).map(({ op, calls }) => `${op} ${calls}`);
}

describe('loops that write elements', () => {
  it('record each write', () => {
    assert.deepEqual(operatorsOf(3), ['add 1', 'full 1', 'index_put 3']);
    assert.deepEqual(operatorsOf(12), ['add 1', 'full 1', 'index_put 12']);
  });
});
