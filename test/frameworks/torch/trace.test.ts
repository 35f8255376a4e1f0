// What traceModel records: the module tree with sites and arguments, calls with their chains of sites, invocations, inputs
// and outputs by name, who holds what until when, and what becomes of an exception.

import assert from 'node:assert/strict';
import { type TraceOptions, traceModel } from '../../../src/frameworks/torch';
import type { SiteNode, Trace } from '../../../src/trace/trace';
import { program } from './harness';

const IMPORTS = 'import torch\nfrom torch import nn\nimport torch.nn.functional as F\n';

const f32 = (...shape: number[]) => ({ shape, dtype: 'float32' as const });

/** Traces an expression of a text. */
function trace(text: string, expression: string, options: Partial<TraceOptions> = {}): Trace {
  const { interpreter, evaluate } = program(IMPORTS + text);
  return traceModel(interpreter, () => evaluate(expression), { mode: 'eval', ...options });
}

/** The source at a chain of sites, outermost first. */
function chain(text: string, trace: Trace, id: number): string[] {
  const found: string[] = [];
  for (let at = id; at >= 0; at = (trace.sites[at] as SiteNode).parent) {
    const { start, end } = trace.sites[at] as SiteNode;
    found.unshift((IMPORTS + text).slice(start, end));
  }
  return found;
}

const NET = `
class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, width)

    def forward(self, x):
        return F.relu(self.fc(x))

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList([Block(4) for _ in range(2)])
        self.register_buffer('scale', torch.ones(1))

    def scaled(self, x):
        return x * self.scale

    def forward(self, x, y=None):
        for block in self.blocks:
            x = block(x)
        return {'x': self.scaled(x), 'pair': (x, x)}
`;

describe('traceModel', () => {
  it('describes the tree, each module by its first path', () => {
    const { modules } = trace(NET, 'Net()');
    assert.deepEqual(
      modules.map(({ path, className, parent, arguments: given }) => [path, className, parent, given ?? '']),
      [
        ['', 'Net', -1, ''],
        ['blocks', 'ModuleList', 0, ''],
        ['blocks.0', 'Block', 1, '4'],
        ['blocks.0.fc', 'Linear', 2, '4, 4'],
        ['blocks.1', 'Block', 1, '4'],
        ['blocks.1.fc', 'Linear', 4, '4, 4'],
      ],
    );
  });

  it('runs nothing without inputs', () => {
    assert.equal(trace(NET, 'Net()').calls.length, 0);
  });

  it('knows where a module was constructed', () => {
    const made = trace(NET, 'Net()');
    assert.deepEqual(chain(NET, made, made.modules[3]?.site ?? -1), ['Block(4)', 'nn.Linear(width, width)']);
  });

  it('records calls with their module and chain of sites, preludes left out', () => {
    const made = trace(NET, 'Net()', { inputs: [f32(3, 4)] });
    assert.deepEqual(
      made.calls.map(({ op, spelled, module }) => [op, spelled, made.modules[module]?.path]),
      [
        ['linear', 'F.linear', 'blocks.0.fc'],
        ['relu', 'F.relu', 'blocks.0'],
        ['linear', 'F.linear', 'blocks.1.fc'],
        ['relu', 'F.relu', 'blocks.1'],
        ['mul', '*', ''],
      ],
    );
    assert.deepEqual(chain(NET, made, made.calls[0]?.site ?? -1), ['block(x)', 'self.fc(x)']);
  });

  it('names inputs and outputs', () => {
    const made = trace(NET, 'Net()', { inputs: [f32(3, 4)], keywordInputs: { y: f32(1) } });
    assert.deepEqual(
      made.inputs.map(({ name }) => name),
      ['x', 'y'],
    );
    assert.deepEqual(
      made.outputs.map(({ name }) => name),
      ['x', 'pair.0', 'pair.1'],
    );
  });

  it('notes calls of modules and of the functions in the file', () => {
    const { invocations } = trace(NET, 'Net()', { inputs: [f32(3, 4)] });
    assert.deepEqual(
      invocations.map(({ kind, name, firstCall, endCall }) => [kind, name, firstCall, endCall]),
      [
        ['module', 'Net', 0, 5],
        ['module', 'Block', 0, 2],
        ['module', 'Linear', 0, 1],
        ['module', 'Block', 2, 4],
        ['module', 'Linear', 2, 3],
        ['function', 'scaled', 4, 5],
      ],
    );
  });

  it('tells what is held until when', () => {
    const text = `
def run(x):
    a = x + 1
    b = a * 2
    a = None
    return (b * 3) * 4
`;
    const { storages, values, calls } = trace(text, 'run', { inputs: [f32(8)] });
    const held = calls.map(({ outputs: [out = -1] }) => storages[values[out]?.storage ?? -1]?.heldUntil);
    assert.deepEqual(held, [1, 3, -1, -1]);
    assert.equal(storages[0]?.kind, 'input');
  });

  it('keeps parameters and what was run when an exception ends the run', () => {
    const text = `
class Bad(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 4)

    def forward(self, x):
        x = self.fc(x)
        raise ValueError('no further')
`;
    const made = trace(text, 'Bad()', { inputs: [f32(2, 3)] });
    assert.equal(made.incomplete, 'ValueError: no further');
    assert.equal(made.calls.length, 1);
    assert.equal(made.modules[1]?.parameters.length, 2);
    assert.deepEqual(made.outputs, []);
    assert.deepEqual(
      made.gaps.map(({ reason }) => reason),
      ['ValueError: no further'],
    );
  });

  it('gives lazy layers the parameters that the first call makes', () => {
    const made = trace('', 'nn.LazyLinear(5)', { inputs: [f32(2, 7)] });
    const [weight] = made.modules[0]?.parameters ?? [];
    assert.deepEqual(made.values[weight?.value ?? -1]?.shape, [5, 7]);
  });

  it('counts a shared storage once and says what is trainable', () => {
    const text = `
tied = nn.ModuleList([nn.Linear(3, 3), nn.Linear(3, 3)])
tied[1].weight = tied[0].weight
tied[1].bias.requires_grad_(False)
`;
    const parameters = trace(text, 'tied').storages.filter(({ kind }) => kind === 'parameter');
    assert.deepEqual(
      parameters.map(({ elements, trainable }) => [elements, trainable]),
      [
        [9, true],
        [3, true],
        [3, false],
      ],
    );
  });

  it('calls another method where it is told to, in training too', () => {
    const text = `
class Two(nn.Module):
    def __init__(self):
        super().__init__()
        self.drop = nn.Dropout()

    def encode(self, x, double=False):
        return self.drop(x + 1) * (2 if double else 1)
`;
    const options = { inputs: [f32(2), true], method: 'encode', mode: 'train' } as const;
    assert.deepEqual(
      trace(text, 'Two()', options).calls.map(({ op }) => op),
      ['add', 'dropout', 'mul'],
    );
  });

  it('prices a plain function, and says of anything else that it is nothing to run', () => {
    assert.equal(trace('', 'torch.relu', { inputs: [f32(2)] }).calls.length, 1);
    assert.match(trace('', '5', { inputs: [f32(2)] }).incomplete ?? '', /not callable/);
  });

  it('takes a class for an instance made without arguments', () => {
    assert.equal(trace(NET, 'Net', { inputs: [f32(1, 4)] }).modules[0]?.className, 'Net');
  });

  it('notes a size that depends on the data once, as a knob', () => {
    const text = 'def pick(x):\n    return x[x > 0], x[x > 1]\n';
    const { knobs } = trace(text, 'pick', { inputs: [f32(4, 5)] });
    assert.deepEqual(
      knobs.map(({ name, value, source }) => [name, value, source]),
      [['elements of a mask', [20], 'assumed']],
    );
  });

  it('says of checkpoints in a training step that what they compute again is left out', () => {
    const text = `
from torch.utils.checkpoint import checkpoint

class Kept(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)

    def forward(self, x):
        return checkpoint(self.fc, x, use_reentrant=False)
`;
    const knobs = (mode: 'eval' | 'train') =>
      trace(text, 'Kept()', { mode, inputs: [f32(2, 4)] }).knobs.map(({ name, source }) => [name, source]);
    assert.deepEqual(knobs('train'), [['recomputation', 'assumed']]);
    assert.deepEqual(knobs('eval'), []);
  });
});
