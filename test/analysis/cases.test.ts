// Cases of `price-tag batch` on files that are held in memory: what an expression may say.

import assert from 'node:assert/strict';
import { type CaseFiles, createCaseRunner } from '../../src/analysis/cases';
import type * as onnx from '../../src/onnx';

const FILE = '/nets/net.py';
const TEXTS: Readonly<Record<string, string>> = {
  [FILE]: `
from torch import nn
import zoo

class Net(nn.Sequential):
    def __init__(self, options):
        super().__init__(nn.Linear(options.width, options.depth[-1]))
`,
  '/nets/zoo/__init__.py': 'from . import big\nfrom .registry import get_model\n',
  '/nets/zoo/big.py': `
from torch import nn
from .registry import register

@register
def net():
    return nn.Linear(8, 2)
`,
  '/nets/zoo/registry.py': `
MODELS = {}

def register(make):
    MODELS[make.__name__] = make
    return make

def get_model(name):
    return MODELS[name]()
`,
};

const files: CaseFiles = {
  reader: {
    read: (path) => TEXTS[path],
    isFolder: (path) => Object.keys(TEXTS).some((file) => file.startsWith(`${path}/`)),
  },
  readText: (path) => TEXTS[path] ?? '',
  openBytes: () => assert.fail('no file is opened'),
  onnx: () => ({}) as typeof onnx,
};

interface Answer {
  readonly ok: boolean;
  readonly error?: string;
  readonly params?: { readonly total: number };
  readonly buffers?: number;
  readonly gaps?: readonly { readonly reason: string }[];
}

const answer = (expr: string): Answer =>
  createCaseRunner(files)({ file: FILE, expr, inputs: [{ shape: [1, 8] }] }) as Answer;

describe('the expression of a case', () => {
  it('may make a namespace with a name that is nowhere defined, and is marked', () => {
    const { params, gaps } = answer('Net(Options(width=8, depth=[1, 4]))');
    assert.equal(params?.total, 36);
    assert.deepEqual(
      gaps?.map(({ reason }) => reason),
      ['the name Options is not defined: taken for a namespace with these attributes'],
    );
  });

  it('is an error where what is not defined is called in another way', () => {
    assert.equal(answer('Net(Options(8))').error, "NameError: name 'Options' is not defined");
    assert.equal(answer('Options(width=8)').error, "NameError: name 'Options' is not defined");
  });

  it('finds what a part of a package enters into its registry when it is imported', () => {
    assert.equal(answer("zoo.get_model('net')").params?.total, 18);
  });
});

describe('a layer that a decorator registers in the same file', () => {
  const text = `
from torch import nn

REGISTRY = {}
if True:
    from unknown_package import UNKNOWN

def register(cls):
    REGISTRY[cls.__name__] = cls
    return cls

@register
class Layer(nn.Linear):
    pass

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = REGISTRY['Layer'](2, 3) if 'Layer' in REGISTRY else UNKNOWN(2, 3)

    def forward(self, x):
        return self.layer(x)
`;
  it('is found where code would go on without it', () => {
    const held = { ...files, reader: { ...files.reader, read: () => text }, readText: () => text };
    const { params, gaps } = createCaseRunner(held)({
      file: FILE,
      expr: 'Net()',
      inputs: [{ shape: [1, 2] }],
    }) as Answer;
    assert.equal(params?.total, 9);
    assert.deepEqual(gaps, []);
  });
});

describe('imports of a file in a folder without __init__.py', () => {
  const texts: Readonly<Record<string, string>> = {
    '/project/setup.py': '',
    '/project/kit/models/net.py':
      'from kit.models.parts import part\nfrom tools import wide\nnet = lambda: part(wide)\n',
    '/project/kit/models/parts.py': 'from torch import nn\ndef part(n):\n    return nn.Linear(n, n)\n',
    '/project/tools.py': 'wide = 3\n',
    '/other/kit/models/net.py': 'from kit.models.parts import part\nnet = lambda: part(3)\n',
    '/other/kit/models/parts.py': 'from torch import nn\ndef part(n):\n    return nn.Linear(n, n)\n',
  };
  const held: CaseFiles = {
    ...files,
    reader: {
      read: (path) => texts[path],
      isFolder: (path) => Object.keys(texts).some((file) => file.startsWith(`${path}/`)),
    },
    readText: (path) => texts[path] ?? '',
  };
  const price = (file: string): Answer => createCaseRunner(held)({ file, expr: 'net()' }) as Answer;

  it('are found from the top of the project', () => {
    assert.equal(price('/project/kit/models/net.py').params?.total, 12);
  });

  it('are not looked for where nothing says that a project is there', () => {
    assert.notDeepEqual(price('/other/kit/models/net.py').gaps ?? ['no figure'], []);
  });
});

describe('a Parameter that is registered as a buffer', () => {
  const text = `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(3, 2)
        self.register_buffer('order', nn.Parameter(torch.arange(5), requires_grad=False))
        self.register_buffer('same', self.layer.weight)

    def forward(self, x):
        return self.layer(x)[:, :1] + self.order
`;
  it('is a buffer, unless it is a parameter elsewhere', () => {
    const held = { ...files, reader: { ...files.reader, read: () => text }, readText: () => text };
    const { params, buffers } = createCaseRunner(held)({
      file: FILE,
      expr: 'Net()',
      inputs: [{ shape: [1, 3] }],
    }) as Answer;
    assert.equal(params?.total, 8);
    assert.equal(buffers, 5);
  });
});
