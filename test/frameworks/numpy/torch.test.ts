// NumPy and PyTorch side by side: what goes from the one to the other keeps its shape, element type and contents. The
// expectations are those of the real ones (NumPy 2.4, PyTorch 2.13).

import assert from 'node:assert/strict';
import { numpyLibrary } from '../../../src/frameworks/numpy/library';
import { torchLibrary } from '../../../src/frameworks/torch';
import { evaluateExpression, runModule } from '../../../src/python/evaluate';
import { Interpreter } from '../../../src/python/interpreter';
import { standardLibrary } from '../../../src/python/stdlib';

const PROGRAM = `
import numpy as np
import torch
from torch import nn

from _unknown import is_unknown

kept = np.zeros(1, dtype=int)

def shuffled(items):
    np.random.shuffle(items)
    return items

def cleared(items):
    items[np.abs(items) < 0.5] = 0
    return items

def unread(make):
    value = make()
    while isinstance(value, np.ndarray):
        value = value.tolist()
    while isinstance(value, list):
        value = value[0]
    return 'unknown' if is_unknown(value) else value

def describe(value):
    if isinstance(value, torch.Tensor):
        return f'tensor {value.dtype} {tuple(value.shape)} {value.tolist()}'
    if isinstance(value, np.ndarray):
        return f'array {value.dtype} {value.shape} {value.tolist()}'
    return repr(value)
`;

const CASES: Readonly<Record<string, string>> = {
  'torch.from_numpy(np.arange(3))': 'tensor torch.int64 (3,) [0, 1, 2]',
  'torch.from_numpy(np.zeros((1, 2), dtype=np.float32))': 'tensor torch.float32 (1, 2) [[0.0, 0.0]]',
  'torch.from_numpy(np.eye(2)).float()': 'tensor torch.float32 (2, 2) [[1.0, 0.0], [0.0, 1.0]]',
  'torch.tensor(np.array([1.5, 2]))': 'tensor torch.float64 (2,) [1.5, 2.0]',
  'torch.tensor(np.array([1.5, 2]), dtype=torch.float32)': 'tensor torch.float32 (2,) [1.5, 2.0]',
  'torch.tensor(np.float64(2))': 'tensor torch.float64 () 2.0',
  'torch.tensor([np.float32(2), 1.0])': 'tensor torch.float32 (2,) [2.0, 1.0]',
  'torch.tensor([1.0, np.int64(2)])': 'tensor torch.float32 (2,) [1.0, 2.0]',
  'torch.tensor([np.int32(4), np.int64(3)])': 'tensor torch.int64 (2,) [4, 3]',
  'torch.tensor([np.ones(1, dtype=np.float32), np.zeros(1)])': 'tensor torch.float64 (2, 1) [[1.0], [0.0]]',
  'torch.as_tensor(np.arange(2), dtype=torch.float32)': 'tensor torch.float32 (2,) [0.0, 1.0]',
  'torch.FloatTensor(np.array([1, 2]))': 'tensor torch.float32 (2,) [1.0, 2.0]',
  'torch.ones(2) * np.float64(2)': 'tensor torch.float32 (2,) [2.0, 2.0]',
  'np.float64(2) * torch.ones(2)': 'tensor torch.float32 (2,) [2.0, 2.0]',
  'torch.ones(2) * np.sqrt(4)': 'tensor torch.float32 (2,) [2.0, 2.0]',
  'torch.ones(2, dtype=torch.int64) * np.float32(2)': 'tensor torch.float32 (2,) [2.0, 2.0]',
  'torch.ones(2) * np.array([1., 2.])': 'tensor torch.float64 (2,) [1.0, 2.0]',
  'torch.ones(2) / np.array([2, 4], dtype=np.float32)': 'tensor torch.float32 (2,) [0.5, 0.25]',
  'np.sqrt(torch.ones(2))': 'tensor torch.float32 (2,) [1.0, 1.0]',
  'torch.zeros(np.int64(2), np.int32(1))': 'tensor torch.float32 (2, 1) [[0.0], [0.0]]',
  'torch.Tensor(np.int64(3), 2).shape': 'torch.Size([3, 2])',
  'torch.arange(5)[np.int64(2)]': 'tensor torch.int64 () 2',
  'torch.arange(5)[np.array([0, 2])]': 'tensor torch.int64 (2,) [0, 2]',
  'torch.arange(np.int64(3))': 'tensor torch.int64 (3,) [0, 1, 2]',
  'torch.full((2,), np.float64(3))': 'tensor torch.float32 (2,) [3.0, 3.0]',
  'torch.full((2,), np.int64(3))': 'tensor torch.int64 (2,) [3, 3]',
  'torch.linspace(0, np.float64(1), 3)': 'tensor torch.float32 (3,) [0.0, 0.5, 1.0]',
  'torch.ones(4).reshape(np.int64(2), -1).shape': 'torch.Size([2, 2])',
  'nn.Linear(int(np.prod((2, 3))), np.int64(4)).weight.shape': 'torch.Size([4, 6])',
  'nn.Parameter(torch.from_numpy(np.zeros((2, 3))).float()).shape': 'torch.Size([2, 3])',
  'torch.arange(3).numpy()': 'array int64 (3,) [0, 1, 2]',
  'torch.zeros(2, 2).numpy().shape[0]': '2',
  'torch.ones(2).numpy().sum().item()': '2.0',
  'np.array(torch.arange(2))': 'array int64 (2,) [0, 1]',
  'np.prod(torch.zeros(2, 3, 4).shape[1:])': 'np.int64(12)',
  'np.prod(torch.zeros(2, 3).size())': 'np.int64(6)',
  'torch.zeros(2, 6, 1).size(np.int64(1))': '6',
  '[x.item() for x in torch.linspace(0, 1, 3)]': '[0.0, 0.5, 1.0]',
  'torch.is_tensor(np.zeros(2))': 'False',
  'isinstance(np.zeros(2), torch.Tensor)': 'False',
  'torch.Tensor(cleared(np.random.rand(2, 3))).shape': 'torch.Size([2, 3])',
  'cleared(np.array([0.1, -1.5, 2]))': 'array float64 (3,) [0.0, -1.5, 2.0]',
  // What is not followed is unknown rather than wrong.
  'unread(lambda: np.arange(4).reshape((2, 2), order="F"))': "'unknown'",
  'unread(lambda: np.sum([1, 2], initial=5))': "'unknown'",
  'unread(lambda: np.linspace([0, 1], [1, 2], 3))': "'unknown'",
  'unread(lambda: np.add([1], [2], out=kept))': "'unknown'",
  'unread(lambda: np.random.rand())': "'unknown'",
  'unread(lambda: shuffled(np.array([1, 2])))': "'unknown'",
  'unread(lambda: np.random.rand(2))': "'unknown'",
  'unread(lambda: cleared(np.random.rand(2)))': "'unknown'",
  'unread(lambda: np.extract(np.random.rand(2) > 0.5, [1, 2]))': "'unknown'",
  'unread(lambda: np.array(["a", "b"]))': "'unknown'",
  'unread(lambda: np.no_such_function(3))': "'unknown'",
  'np.ceil(torch.zeros(5).shape[0] / 2).astype(int)': 'np.int64(3)',
};

describe('numpy beside torch', () => {
  const interpreter = new Interpreter({
    limits: { milliseconds: Number.POSITIVE_INFINITY },
    reader: { read: () => undefined, isFolder: () => false },
    searchPaths: [],
    libraries: [torchLibrary, numpyLibrary, standardLibrary],
  });
  const module = runModule(interpreter, PROGRAM, 'test.py');

  for (const [expression, expected] of Object.entries(CASES)) {
    it(expression, () => {
      interpreter.refill();
      assert.equal(evaluateExpression(interpreter, `describe(${expression})`, module), expected);
    });
  }
});
