// The preludes of packages: expressions over a small program of our own, and what the real packages give for them. Files
// are a map of paths, so that "installed" and "in the workspace" can be told apart.

import assert from 'node:assert/strict';
import { einopsLibrary } from '../../../src/frameworks/einops/library';
import { numpyLibrary } from '../../../src/frameworks/numpy/library';
import { packagesLibrary } from '../../../src/frameworks/packages/library';
import { torchLibrary, traceModel } from '../../../src/frameworks/torch';
import { price } from '../../../src/price/price';
import { evaluateExpression, runModule } from '../../../src/python/evaluate';
import { Interpreter } from '../../../src/python/interpreter';
import { standardLibrary } from '../../../src/python/stdlib';

const ROOTS = ['project', 'env/lib/site-packages'];

function program(text: string, files: Record<string, string> = {}) {
  const reader = {
    read: (path: string) => files[path],
    isFolder: (path: string) => Object.keys(files).some((file) => file.startsWith(`${path}/`)),
  };
  const interpreter = new Interpreter({
    limits: { milliseconds: Number.POSITIVE_INFINITY },
    reader,
    searchPaths: ROOTS,
    libraries: [
      torchLibrary,
      einopsLibrary,
      numpyLibrary,
      packagesLibrary({ reader, searchPaths: ROOTS }),
      standardLibrary,
    ],
  });
  const module = runModule(interpreter, text, 'project/test.py');
  return {
    interpreter,
    evaluate: (expression: string) => evaluateExpression(interpreter, expression, module),
  };
}

/** Each expression in the program has this repr. */
function check(
  text: string,
  expected: Readonly<Record<string, string>>,
  files?: Record<string, string>,
): void {
  const { interpreter, evaluate } = program(text, files);
  for (const [expression, repr] of Object.entries(expected)) {
    interpreter.refill();
    assert.equal(interpreter.repr(evaluate(expression)), repr, expression);
  }
}

describe('packages', () => {
  it('lightning keeps the arguments as hyperparameters', () => {
    const text = `
import pytorch_lightning as pl
import torch
from torch import nn

class Base(pl.LightningModule):
    def __init__(self, width, depth=2, **kwargs):
        super().__init__()
        self.save_hyperparameters(ignore=['depth'])
        layers = [nn.Linear(self.hparams.width, width) for _ in range(depth)]
        self.net = nn.Sequential(*layers)
        self.log('made', 1)

    def forward(self, x):
        return self.net(x)

class Net(Base):
    def __init__(self, name, **kwargs):
        super().__init__(width=4, **kwargs)

net = Net('a', rate=0.1)
`;
    check(text, {
      'isinstance(net, nn.Module)': 'True',
      'net.hparams': "{'name': 'a', 'rate': 0.1, 'width': 4}",
      'net.hparams.rate': '0.1',
      'sum(p.numel() for p in net.parameters())': '40',
      'net(torch.zeros(1, 4)).shape': 'torch.Size([1, 4])',
      'pl.seed_everything(1)': '1',
      '[name for name, _ in net.named_children()]': "['net']",
    });
  });

  it('a lightning module can be traced', () => {
    const { interpreter, evaluate } = program(
      'import lightning as L\nfrom torch import nn\nclass Net(L.LightningModule):\n' +
        '    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(3, 2)\n' +
        '    def forward(self, x):\n        self.log("x", 1)\n        return self.fc(x)\n',
    );
    const trace = traceModel(interpreter, () => evaluate('Net()'), {
      inputs: [{ shape: [1, 3], dtype: 'float32' }],
      mode: 'eval',
    });
    assert.deepEqual(
      trace.calls.map(({ op }) => op),
      ['linear'],
    );
    assert.equal(trace.incomplete, undefined);
  });

  it('dictionaries have attributes', () => {
    const text = `
from easydict import EasyDict
from addict import Dict
from munch import Munch, munchify
from box import Box
from ml_collections import ConfigDict, config_dict
from yacs.config import CfgNode as CN
import copy

e = EasyDict(a=1, b={'c': [{'d': 2}]})
a = Dict()
a.x.y = 3
config = ConfigDict()
config.model = ConfigDict({'dim': 8})
config.model.heads = 4
cfg = CN()
cfg.MODEL = CN()
cfg.MODEL.DIM = 8
other = cfg.clone()
other.merge_from_list(['MODEL.DIM', '16'])
`;
    check(text, {
      'e.b.c[0].d': '2',
      "e['a']": '1',
      "hasattr(e, 'z')": 'False',
      'dict(**e.b)': "{'c': [{'d': 2}]}",
      'a.x.y': '3',
      "munchify({'a': {'b': 1}}).a.b": '1',
      "Box({'a': {'b': 1}}).a.b": '1',
      'config.model.dim * config.model.heads': '32',
      'config.to_dict()': "{'model': {'dim': 8, 'heads': 4}}",
      "config.get('x', 5)": '5',
      'cfg.MODEL.DIM, other.MODEL.DIM': '(8, 16)',
      'copy.deepcopy(e).b.c[0].d': '2',
      'type(copy.deepcopy(e)).__name__': "'EasyDict'",
    });
  });

  it('omegaconf reads, merges and looks up', () => {
    const text = `
from omegaconf import OmegaConf, DictConfig
from dataclasses import dataclass

@dataclass
class Model:
    dim: int = 4
    depth: int = 2

conf = OmegaConf.create('model:\\n  dim: 64\\n  heads: 8\\nhidden: \${model.dim}\\nname: net-\${model.heads}')
both = OmegaConf.merge(OmegaConf.structured(Model), {'depth': 12})
`;
    check(
      text,
      {
        'conf.model.dim': '64',
        'conf.hidden': '64',
        'conf.name': "'net-8'",
        "conf['model']['heads']": '8',
        'isinstance(conf.model, DictConfig)': 'True',
        'both.dim, both.depth': '(4, 12)',
        'OmegaConf.to_container(conf, resolve=True)':
          "{'model': {'dim': 64, 'heads': 8}, 'hidden': 64, 'name': 'net-8'}",
        'OmegaConf.load("project/c.yaml").a': '[1, 2]',
        'dict(**conf.model)': "{'dim': 64, 'heads': 8}",
      },
      { 'project/c.yaml': 'a: [1, 2]\n' },
    );
  });

  it('decorators, progress bars and loggers change nothing', () => {
    const text = `
import hydra, click, wandb
import matplotlib.pyplot as plt
from tqdm import tqdm, trange
from tqdm.auto import tqdm as auto
from numba import njit, jit
from beartype import beartype
from beartype.typing import Optional
from jaxtyping import Float, jaxtyped
from torch import Tensor
from loguru import logger
from PIL import Image
from packaging import version
from huggingface_hub import PyTorchModelHubMixin

@hydra.main(config_path='conf', config_name='config')
def main(cfg):
    return cfg

@click.command()
@click.option('--n', default=1)
def run(n=1):
    return n

@njit
def one(x):
    return x + 1

@jit(nopython=True)
@beartype
def two(x: Float[Tensor, 'b c']):
    logger.info('two')
    wandb.log({'x': x})
    plt.figure(figsize=(1, 2)).savefig('x')
    return x + 2
`;
    check(text, {
      'main(3)': '3',
      'run(2)': '2',
      'one(1), two(1)': '(2, 3)',
      'list(tqdm([1, 2], desc="x"))': '[1, 2]',
      'list(trange(2)), len(auto([1]))': '([0, 1], 1)',
      "version.parse('2.1.0') >= version.parse('2.0')": 'True',
      "version.parse('1.13.1+cu117') < version.parse('2')": 'True',
      "version.parse('2.0rc1') < version.parse('2.0') == version.Version('2.0.0')": 'True',
      'isinstance(1, Image.Image)': 'False',
    });
  });

  it('mmcv builds its bricks', () => {
    const text = `
import mmcv
import torch
from mmcv.cnn import ConvModule, build_norm_layer, build_activation_layer, DepthwiseSeparableConvModule
from mmcv.runner import BaseModule, ModuleList
from mmcv.utils import Registry
from mmseg.models.builder import BACKBONES

MINE = Registry('mine')

@MINE.register_module()
class A:
    def __init__(self, x):
        self.x = x

@BACKBONES.register_module()
class B(BaseModule):
    def __init__(self):
        super().__init__()
        self.conv = ConvModule(3, 8, 3, padding=1, norm_cfg=dict(type='BN'))

b = B()
`;
    check(text, {
      "MINE.build(dict(type='A', x=3)).x": '3',
      "mmcv.is_str('a'), mmcv.is_str(A), mmcv.slice_list([1, 2, 3], [1, 2]), mmcv.concat_list([[1], [2, 3]])":
        '(True, False, [[1], [2, 3]], [1, 2, 3])',
      'sum(p.numel() for p in b.parameters())': '232',
      'b.conv.conv.bias is None, b.conv.norm_name': "(True, 'bn')",
      'b.conv(torch.zeros(1, 3, 4, 4)).shape': 'torch.Size([1, 8, 4, 4])',
      "build_norm_layer(dict(type='LN'), 4, 1)[0]": "'ln1'",
      "build_norm_layer(dict(type='GN', num_groups=2), 4)[1].num_channels": '4',
      'sum(p.numel() for p in DepthwiseSeparableConvModule(4, 8, 3).parameters())': '80',
      "build_activation_layer(dict(type='LeakyReLU', negative_slope=0.1))": 'LeakyReLU(negative_slope=0.1)',
    });
  });

  it('einx aligns by names', () => {
    const text = `
import torch, einx
from einx import subtract
i, j = torch.arange(2), torch.arange(3)
m = torch.zeros(2, 3, 4)
`;
    check(text, {
      "subtract('j, i -> i j', j, i).tolist()": '[[0, 1, 2], [-1, 0, 1]]',
      "einx.add('b n d, n d', m, torch.ones(3, 4)).shape": 'torch.Size([2, 3, 4])',
      "einx.add('b n d, s d -> (b s) n d', m, torch.ones(5, 4)).shape": 'torch.Size([10, 3, 4])',
      "einx.subtract('j, i -> 1 i j', j, i).shape": 'torch.Size([1, 2, 3])',
      "einx.subtract('... j, ... i -> ... i j', m, m).shape": 'torch.Size([2, 3, 4, 4])',
      "einx.where('b n, b n d, -> b n d', torch.ones(2, 3) > 0, m, 0.).shape": 'torch.Size([2, 3, 4])',
      "einx.multiply('b n h, b h n d ->b h n d', torch.ones(2, 4, 3), torch.ones(2, 3, 4, 5)).shape":
        'torch.Size([2, 3, 4, 5])',
      "einx.less('i, j -> i j', i, j).tolist()": '[[False, True, True], [False, False, True]]',
      "einx.mean('b [n] d', m).shape": 'torch.Size([2, 4])',
      "einx.sum('... c -> ...', m).shape": 'torch.Size([2, 3])',
      "einx.get_at('b n [l], b n -> b n', m, torch.zeros(2, 3, dtype=torch.int64)).shape":
        'torch.Size([2, 3])',
      "einx.get_at('[v] d, b n -> b n d', torch.zeros(9, 4), torch.zeros(2, 3, dtype=torch.int64)).shape":
        'torch.Size([2, 3, 4])',
    });
  });

  it('templates are not found', () => {
    const text = `
from jinja2 import Environment, FileSystemLoader

def made():
    try:
        return Environment(loader=FileSystemLoader('.')).get_template('x.jinja').render()
    except Exception as error:
        return type(error).__name__
`;
    check(text, { 'made()': "'TemplateNotFound'" });
  });

  it('layers split over processes are whole', () => {
    const text = `
import torch
from fairscale.nn.model_parallel.layers import ColumnParallelLinear, ParallelEmbedding
import fairscale.nn.model_parallel.initialize as fs_init

layer = ColumnParallelLinear(4, 6, bias=False, gather_output=False, init_method=lambda x: x)
`;
    check(text, {
      'fs_init.get_model_parallel_world_size()': '1',
      'layer(torch.zeros(2, 4)).shape, layer.weight.numel()': '(torch.Size([2, 6]), 24)',
      'ParallelEmbedding(10, 4)(torch.zeros(1, 3, dtype=torch.int64)).shape': 'torch.Size([1, 3, 4])',
    });
  });

  it('kernels are there only where they are installed', () => {
    const text = `
import torch
try:
    from flash_attn import flash_attn_func
    found = True
except ImportError:
    found = False
q = torch.zeros(1, 7, 2, 4)
`;
    check(text, { found: 'False' });
    const installed = { 'env/lib/site-packages/flash_attn/__init__.py': 'import flash_attn_2_cuda' };
    check(text, { found: 'True', 'flash_attn_func(q, q, q).shape': 'torch.Size([1, 7, 2, 4])' }, installed);
  });

  it('what is in the workspace comes first', () => {
    const files = { 'project/box.py': 'Box = 1', 'env/lib/site-packages/munch/__init__.py': 'Munch = 1' };
    check('from box import Box\nfrom munch import Munch', { Box: '1', 'Munch(a=2).a': '2' }, files);
  });

  it('timm loads no weights', () => {
    const files = {
      'env/lib/site-packages/timm/__init__.py': 'from .models._builder import build',
      'env/lib/site-packages/timm/models/__init__.py': '',
      'env/lib/site-packages/timm/models/_builder.py': `
from torch import nn

def load_pretrained(model, strict=True):
    raise RuntimeError('there is no network')

def build(pretrained=False):
    model = nn.Linear(2, 3)
    if pretrained:
        load_pretrained(model, strict=False)
    return model
`,
    };
    check('import timm', { 'timm.build(pretrained=True).out_features': '3' }, files);
  });

  it('a feature extractor ends where its last output is there', () => {
    const text = `
import torch
from collections import OrderedDict
from torch import nn
from torchvision.models.feature_extraction import create_feature_extractor

def layers():
    convs = OrderedDict(a=nn.Conv2d(3, 4, 1), b=nn.Sequential(nn.ReLU(), nn.Conv2d(4, 5, 1)), c=nn.Conv2d(5, 6, 1))
    return nn.Sequential(convs)

cut = create_feature_extractor(layers(), {'a': 'first', 'b': 'second'})
`;
    check(text, {
      '[name for name, _ in cut.named_parameters()]': "['a.weight', 'a.bias', 'b.1.weight', 'b.1.bias']",
      '{k: tuple(v.shape) for k, v in cut(torch.zeros(2, 3, 8, 8)).items()}':
        "{'first': (2, 4, 8, 8), 'second': (2, 5, 8, 8)}",
    });
  });

  it('timm stands in where it is not installed', () => {
    const text = 'import torch\nfrom timm.models.layers import DropPath, to_2tuple, trunc_normal_\n';
    check(text, {
      'to_2tuple(3), to_2tuple((1, 2))': '((3, 3), (1, 2))',
      'DropPath(0.1).eval()(torch.zeros(2)).shape': 'torch.Size([2])',
      'trunc_normal_(torch.zeros(3), std=.02).shape': 'torch.Size([3])',
    });
  });

  it('constants that scipy makes have the size that scipy gives them', () => {
    const text = `
import numpy as np
import scipy.linalg
from scipy import signal, special as ss
from scipy.ndimage import gaussian_filter
from scipy.signal import get_window
from scipy.special import comb, factorial

A, B, _, _, dt = signal.cont2discrete((np.eye(4), np.ones((4, 1)), np.ones((1, 4)), np.zeros((1,))), dt=0.5)
`;
    check(text, {
      'A.shape, B.shape, dt': '((4, 4), (4, 1), 0.5)',
      'ss.eval_legendre(np.arange(3)[:, None], np.arange(5.0)).T.shape': '(5, 3)',
      'comb(5, 2, exact=True), comb(5, 2) == 10, factorial(4) == 24, comb(np.arange(3), 2).shape':
        '(10, True, True, (3,))',
      'scipy.linalg.block_diag(np.eye(2), [[1, 2, 3]]).shape, scipy.linalg.toeplitz([1, 2, 3], [1, 2]).shape':
        '((3, 5), (3, 2))',
      'scipy.linalg.inv(np.eye(3)).dtype, scipy.linalg.expm(np.eye(2)).shape': "(dtype('float64'), (2, 2))",
      'get_window("hann", 16).shape, signal.windows.hann(8).shape, signal.firwin(9, 0.5).shape':
        '((16,), (8,), (9,))',
      'gaussian_filter(np.zeros((5, 5)), sigma=1).shape': '(5, 5)',
      'ss.erf(np.zeros((2, 3))).shape, ss.gamma(5), abs(ss.gammaln(1)) < 1e-9': '((2, 3), 24.0, True)',
    });
  });

  it('spaces say how large observations and actions are', () => {
    const text = `
import gymnasium as gym
import numpy as np
from gym import spaces
from gym.spaces import Dict as DictSpace, MultiDiscrete

box = spaces.Box(low=0, high=255, shape=(4, 84, 84), dtype=np.uint8)
both = DictSpace({'image': box, 'state': gym.spaces.Box(-np.ones(3), np.ones(3))})

class Env(gym.Env):
    def __init__(self):
        self.observation_space = box
        self.action_space = gym.spaces.Discrete(6)
`;
    check(text, {
      'box.shape, np.array(box.shape).prod(), isinstance(box, spaces.Box)':
        '((4, 84, 84), np.int64(28224), True)',
      'Env().action_space.n, Env().observation_space.dtype': "(6, dtype('uint8'))",
      "[(name, space.shape) for name, space in both.items()], both['state'].high.tolist()":
        "([('image', (4, 84, 84)), ('state', (3,))], [1.0, 1.0, 1.0])",
      'MultiDiscrete([3, 4]).nvec.sum(), spaces.Box(-1, 1).shape, spaces.MultiBinary(5).shape':
        '(np.int64(7), (1,), (5,))',
      'spaces.utils.flatdim(both)': '28227',
      'gym.make("CartPole-v1")': '<unknown>',
    });
  });

  it('hydra makes what a configuration names', () => {
    const text = `
import hydra
from omegaconf import OmegaConf

config = OmegaConf.create({
    '_target_': 'torch.nn.Sequential',
    '_args_': [
        {'_target_': 'torch.nn.Linear', 'in_features': 3, 'out_features': 4},
        {'_target_': 'torch.nn.ReLU'},
    ],
})
late = hydra.utils.instantiate({'_target_': 'torch.nn.Linear', '_partial_': True, 'out_features': 2})
parts = hydra.utils.instantiate(OmegaConf.create({'body': config, 'width': 5}))
`;
    check(text, {
      'sum(p.numel() for p in hydra.utils.instantiate(config).parameters())': '16',
      'late(7).weight.shape': 'torch.Size([2, 7])',
      'hydra.utils.instantiate(config._args_[0], out_features=6).weight.shape': 'torch.Size([6, 3])',
      'type(parts.body).__name__, parts.width': "('Sequential', 5)",
      'hydra.utils.get_class("torch.nn.Linear").__name__': "'Linear'",
    });
  });

  it('opt_einsum contracts two at a time, the cheapest first', () => {
    const text = `
import opt_einsum
import torch
from opt_einsum import contract

def shape(subscripts, *sizes):
    return tuple(contract(subscripts, *[torch.zeros(size) for size in sizes]).shape)

class Net(torch.nn.Module):
    def forward(self, a, b, c, d):
        return contract('ij,jk,kl,l->i', a, b, c, d)
`;
    check(text, {
      "shape('r h n, r h m, ... h m -> ... h n', (1, 3, 5), (1, 3, 4), (2, 6, 3, 4))": '(2, 6, 3, 5)',
      "shape('... l, ... n, ... n l -> ... n', (2, 7), (2, 5), (2, 5, 7))": '(2, 5)',
      "shape('b i, j, b j k', (2, 3), (4,), (2, 4, 5))": '(3, 5)',
      "shape('ij,jk,ki', (4, 5), (5, 6), (6, 4))": '()',
    });
    const { interpreter, evaluate } = program(text);
    const sizes = [[9, 8], [8, 7], [7, 6], [6]];
    const trace = traceModel(interpreter, () => evaluate('Net()'), {
      inputs: sizes.map((size) => ({ shape: size, dtype: 'float32' as const })),
      mode: 'eval',
    });
    assert.equal(price(trace, { name: 'Net', mode: 'eval' }).fpo?.contraction, 340);
  });
});
