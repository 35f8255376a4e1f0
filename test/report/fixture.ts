// Records for the tests of the views, made by hand: the figures of the first convolution of a ResNet-50 at 224×224 and
// a model small enough to read. Each maker takes what differs.

import type { FileReport, Mark, RootReport } from '../../src/analysis/file-report';
import type { LayerRow, ModelReport, TensorType } from '../../src/price/model-report';

export const float32 = (...shape: number[]): TensorType => ({ shape, dtype: 'float32' });

/** A small source text; offsets in the records point into it. */
export const SOURCE = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 64, 7, stride=2, padding=3, bias=False)
        self.relu = nn.ReLU()

    def forward(self, x):
        x = self.relu(self.conv1(x))
        return x

net = Net()
net(torch.randn(1, 3, 224, 224))
`;

/** The range of some text in SOURCE. */
export function rangeOf(text: string, from = 0): { start: number; end: number } {
  const start = SOURCE.indexOf(text, from);
  return { start, end: start + text.length };
}

export function layer(changes: Partial<LayerRow> = {}): LayerRow {
  const site = { file: 'net.py', ...rangeOf('nn.Conv2d(3, 64, 7, stride=2, padding=3, bias=False)') };
  return {
    parent: 0,
    path: 'conv1',
    className: 'Conv2d',
    arguments: '3, 64, kernel_size=7',
    params: { total: 9408, trainable: 9408 },
    ownParams: { total: 9408, trainable: 9408 },
    buffers: 0,
    fpo: { total: 236_027_904, contraction: 236_027_904 },
    ownFpo: { total: 236_027_904, contraction: 236_027_904 },
    weightBytes: 37_632,
    outputBytes: 3_211_264,
    calls: 1,
    inputs: [float32(1, 3, 224, 224)],
    outputs: [float32(1, 64, 112, 112)],
    constructed: [site],
    called: [{ file: 'net.py', ...rangeOf('self.conv1(x)') }],
    ...changes,
  };
}

/** Totals of ResNet-50 with two of its layers. */
export function model(changes: Partial<ModelReport> = {}): ModelReport {
  const fpo = { total: 8_211_000_000, contraction: 8_178_368_512 };
  const params = { total: 25_557_032, trainable: 25_557_032 };
  return {
    name: 'Net',
    params,
    buffers: 53_173,
    fpo,
    training: { fpo: { total: 24_400_000_000, contraction: 24_299_000_000 } },
    memory: { weights: 102_441_032, inferencePeak: 128_000_000, savedForBackward: null },
    inputs: [{ name: 'x', ...float32(1, 3, 224, 224) }],
    outputs: [{ name: '', ...float32(1, 1000) }],
    layers: [
      layer({
        parent: -1,
        path: '',
        className: 'Net',
        arguments: undefined,
        params,
        ownParams: { total: 0, trainable: 0 },
        fpo,
        ownFpo: { total: 0, contraction: 0 },
        weightBytes: 102_441_032,
        outputs: [float32(1, 1000)],
        constructed: [{ file: 'net.py', ...rangeOf('Net()') }],
        called: [],
      }),
      layer(),
      layer({
        path: 'relu',
        className: 'ReLU',
        arguments: undefined,
        params: { total: 0, trainable: 0 },
        ownParams: { total: 0, trainable: 0 },
        fpo: { total: 802_816, contraction: 0 },
        ownFpo: { total: 802_816, contraction: 0 },
        weightBytes: 0,
        constructed: [{ file: 'net.py', ...rangeOf('nn.ReLU()') }],
      }),
    ],
    operators: [
      { op: 'conv', calls: 1, fpo: { total: 236_027_904, contraction: 236_027_904 }, outputBytes: 3_211_264 },
      { op: 'relu', calls: 1, fpo: { total: 802_816, contraction: 0 }, outputBytes: 3_211_264 },
    ],
    knobs: [],
    gaps: [],
    ...changes,
  };
}

export function root(changes: Partial<RootReport> = {}): RootReport {
  return {
    id: 'Net',
    kind: 'class',
    expression: 'Net()',
    range: rangeOf('Net'),
    extent: { start: rangeOf('class Net').start, end: rangeOf('return x').end },
    report: model(),
    problem: null,
    input: {
      kind: 'code',
      text: 'torch.randn(1, 3, 224, 224)',
      range: rangeOf('torch.randn(1, 3, 224, 224)'),
    },
    broken: false,
    ...changes,
  };
}

/** The construction of `conv1`. */
export function construction(changes: Partial<Mark> = {}): Mark {
  return {
    range: rangeOf('nn.Conv2d(3, 64, 7, stride=2, padding=3, bias=False)'),
    kind: 'construction',
    root: 0,
    layers: [1],
    name: 'Conv2d',
    count: 1,
    params: { total: 9408, trainable: 9408 },
    fpo: { total: 236_027_904, contraction: 236_027_904 },
    fpoRange: [236_027_904, 236_027_904],
    paramsRange: [9408, 9408],
    inputs: [float32(1, 3, 224, 224)],
    outputs: [float32(1, 64, 112, 112)],
    sameShapes: true,
    weightBytes: 37_632,
    outputBytes: 3_211_264,
    factors: [[3, 7, 7, 64, 112, 112]],
    ...changes,
  };
}

/** The call of `conv1`. */
export const call = (changes: Partial<Mark> = {}): Mark =>
  construction({ range: rangeOf('self.conv1(x)'), kind: 'call', ...changes });

/** The call of `relu` around it. */
export const reluCall = (changes: Partial<Mark> = {}): Mark =>
  call({
    range: rangeOf('self.relu(self.conv1(x))'),
    layers: [2],
    name: 'ReLU',
    params: { total: 0, trainable: 0 },
    fpo: { total: 802_816, contraction: 0 },
    fpoRange: [802_816, 802_816],
    paramsRange: [0, 0],
    inputs: [float32(1, 64, 112, 112)],
    weightBytes: 0,
    factors: [],
    ...changes,
  });

/** The report of SOURCE. */
export function file(changes: Partial<FileReport> = {}): FileReport {
  return {
    uri: 'net.py',
    version: 1,
    roots: [root()],
    marks: [construction(), reluCall(), call()],
    problems: [],
    milliseconds: 5,
    ...changes,
  };
}
