// What a check tells of models that were added, removed, renamed, moved and changed, in real repositories.

import assert from 'node:assert/strict';
import { net, useRepository } from './repository';

const HEADER = 'Price Tag: the working tree against HEAD (#)';
const NO_BUDGET = 'No budget is set for what changes.';

/** Text of a check without its first and last line. */
const body = (text: string): string => text.split('\n\n').slice(1, -1).join('\n\n');

describe('check: what changed', () => {
  const repo = useRepository();

  it('tells of nothing where nothing changed', () => {
    repo().commit({ 'net.py': net(20) });
    assert.equal(repo().check(), `${HEADER}\n\nNo model changes its price.`);
    repo().write('net.py', `# a comment\n${net(20)}`);
    assert.equal(repo().check(), `${HEADER}\n\nNo model changes its price.`);
  });

  it('tells of a model that changed, with its layers and the lines', () => {
    repo().commit({ 'net.py': net(20) });
    repo().write('net.py', net(30));
    assert.equal(
      repo().check(),
      `${HEADER}

changed net.py::Net (line 5): 50 % more expensive per example, +110 parameters, +480 B peak memory
  parameters: 220 → 330  (+110)
  FPO: 420 FPO → 630 FPO  (+210 FPO)
  peak memory in inference: 1,000 B → 1.45 KiB  (+480 B)
  layer ~ fc (Linear: 20 → 30) +110 parameters, +210 FPO by net.py:8

${NO_BUDGET}`,
    );
  });

  it('tells of a model that was added, known to git or not', () => {
    repo().commit({ 'net.py': net(20) });
    repo().write('other.py', net(10, 'Other'));
    const added = 'added other.py::Other (line 5): new: 210 FPO per example, 110 parameters';
    assert.equal(body(repo().check()), added);
    repo().git('add', '.');
    assert.equal(body(repo().check()), added);
    assert.equal(body(repo().check({ head: 'index' })), added);
  });

  it('tells of a model that was removed, by itself and with its file', () => {
    repo().commit({ 'net.py': net(20) + net(10, 'Other'), 'old.py': net(5, 'Old') });
    repo().write('net.py', net(20));
    repo().remove('old.py');
    assert.equal(
      body(repo().check()),
      `removed net.py::Other (line 20): gone; it was 210 FPO per example, 110 parameters

removed old.py::Old (line 5): gone; it was 105 FPO per example, 55 parameters`,
    );
  });

  it('finds a model again whose file was renamed, and that changed besides', () => {
    repo().commit({ 'net.py': net(20) });
    repo().git('mv', 'net.py', 'model.py');
    assert.equal(
      body(repo().check()).split('\n')[0],
      'moved model.py::Net (line 5): before net.py::Net; costs the same',
    );
    repo().edit('model.py', '20', '30');
    assert.equal(
      body(repo().check()).split('\n')[0],
      'moved model.py::Net (line 5): before net.py::Net; 50 % more expensive per example, +110 parameters, +480 B peak memory',
    );
  });

  it('finds a model again that moved to another file', () => {
    const other = net(10, 'Other');
    repo().commit({ 'net.py': net(20) + other, 'b.py': 'x = 1\n' });
    repo().write('net.py', other);
    repo().write('b.py', net(20));
    assert.equal(
      body(repo().check()).split('\n')[0],
      'moved b.py::Net (line 5): before net.py::Net; costs the same',
    );
  });

  it('finds a model again that has another name, in its file and in another', () => {
    repo().commit({ 'net.py': net(20) });
    repo().write('net.py', net(20, 'Network'));
    assert.equal(
      body(repo().check()).split('\n')[0],
      'renamed net.py::Network (line 5): before net.py::Net; costs the same',
    );
    repo().remove('net.py');
    repo().write('sub/model.py', net(25, 'Network'));
    assert.match(
      body(repo().check()),
      /^renamed sub\/model\.py::Network \(line 5\): before net\.py::Net; 25 % more exp/,
    );
  });

  it('takes another model of the same name for another model', () => {
    repo().commit({ 'a.py': net(20) });
    repo().remove('a.py');
    repo().write(
      'b.py',
      `from torch import nn\n\n\nclass Net(nn.Sequential):\n    def __init__(self):\n        super().__init__(nn.Conv2d(3, 8, 3), nn.ReLU())\n`,
    );
    assert.match(body(repo().check()), /^removed a\.py::Net .*\n\nadded b\.py::Net /s);
  });

  it('prices models again that import what changed, through other files as well, and no others', () => {
    const uses = (module: string, name: string): string => `import torch
from torch import nn
from ${module} import Block

class ${name}(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = Block()
    def forward(self, x):
        return self.block(x)

model = ${name}()
model(torch.randn(1, 10))
`;
    const block = `from torch import nn
class Block(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Linear(10, WIDTH))
`;
    repo().commit({
      'lib/__init__.py': '',
      'lib/sizes.py': 'WIDTH = 20\n',
      'lib/block.py': `from .sizes import WIDTH\n${block}`,
      'lib/far.py': 'from .block import (\n    Block,  # the block\n)\n',
      'near.py': uses('lib.block', 'Near'),
      'far.py': uses('lib.far', 'Far'),
      'apart.py': net(20, 'Apart'),
      'named.py': `# imports nothing of sizes\n${net(20, 'Named')}`,
    });
    repo().write('lib/sizes.py', 'WIDTH = 40\n');
    const report = repo().report();
    assert.deepEqual(
      report.roots.map(({ key, status, before, after }) => [
        key,
        status,
        before?.figures?.params,
        after?.figures?.params,
      ]),
      [
        ['far.py::Far', 'changed', 220, 440],
        ['lib/block.py::Block', 'changed', 220, 440],
        ['near.py::Near', 'changed', 220, 440],
      ],
    );
    assert.equal(report.priced, 4, 'lib/far.py makes no model, and asks for nothing');
    const causes = report.roots[0]?.layers[0]?.causes;
    assert.deepEqual(causes, [{ file: 'lib/sizes.py', side: 'after', first: 1, last: 1, direct: false }]);
  });

  it('prices models again that read a text that changed', () => {
    const model = `import json
from torch import nn

with open("net.json") as file:
    sizes = json.load(file)

class Net(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Linear(10, sizes["width"]))
`;
    repo().commit({ 'net.py': model, 'net.json': '{"width": 20}' });
    repo().write('net.json', '{"width": 40}');
    assert.match(body(repo().check()), /^changed net\.py::Net .*100 % more expensive/);
  });

  it('compares with the same input, and says that it has changed', () => {
    const conv = (size: number): string => `import torch
from torch import nn

class Net(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Conv2d(3, 8, 3))

Net()(torch.randn(1, 3, ${size}, ${size}))
`;
    repo().commit({ 'net.py': conv(32) });
    repo().write('net.py', conv(64));
    assert.equal(repo().check(), `${HEADER}\n\nNo model changes its price.`);
    repo().edit('net.py', '3, 8, 3', '3, 16, 3');
    assert.match(
      body(repo().check()),
      /^changed net\.py::Net \(line 4\): 100 % more expensive.*note: Its input is now 1,3,64,64; before it was 1,3,32,32\. Both are priced with 1,3,64,64\./s,
    );
    repo().write('net.py', conv(32).replace('3, 8, 3', '1, 8, 3').replace('1, 3, 32', '1, 1, 32'));
    assert.match(body(repo().check()), /before it was 1,3,32,32, and each is priced with its own\./);
  });

  it('tells of a new model that has no price, and not of a class that is only a part', () => {
    repo().commit();
    repo().write(
      'part.py',
      'from torch import nn\nclass Part(nn.Module):\n    def __init__(self, width):\n        super().__init__()\n',
    );
    repo().write('net.py', net(20).replace('nn.Linear(10, 20)', 'nn.Linear(10, width)'));
    assert.equal(
      body(repo().check()),
      "added net.py::Net (line 5): new: without a price: NameError: name 'width' is not defined",
    );
  });

  it('says what cannot be compared', () => {
    repo().commit({ 'net.py': net(20) });
    repo().edit('net.py', 'self.fc(x)', 'self.fc(x) + unknown_function(x)');
    assert.match(
      body(repo().check()),
      /cannot be compared, because a part of the model could not be followed/,
    );
    repo().edit('net.py', 'nn.Linear(10, 20)', 'nn.Linear(10, width)');
    assert.match(
      body(repo().check()),
      /note: It has no price any more: NameError: name 'width' is not defined/,
    );
  });

  it('takes no layer for cheaper because the run no longer comes to it', () => {
    const chain = `from torch import nn


# price-tag: input=(1, 10)
class Chain(nn.Module):
    def __init__(self):
        super().__init__()
        self.one = nn.Linear(10, 20)
        self.two = nn.Linear(20, 5)
        self.three = nn.Linear(5, 5)

    def forward(self, x):
        return self.three(self.two(self.one(x)))
`;
    repo().commit({ 'chain.py': chain });
    repo().edit('chain.py', 'nn.Linear(10, 20)', 'nn.Linear(10, 24)');
    const layers = body(repo().check())
      .split('\n')
      .filter((line) => line.startsWith('  layer'));
    assert.deepEqual(layers, ['  layer ~ one (Linear: 20 → 24) +44 parameters by chain.py:8']);
  });

  it('matches layers of a Sequential by what stays in order', () => {
    const sequential = (layers: string): string =>
      `import torch\nfrom torch import nn\n\nmodel = nn.Sequential(\n${layers})\nmodel(torch.randn(1, 10))\n`;
    repo().commit({
      'net.py': sequential('    nn.Linear(10, 20),\n    nn.ReLU(),\n    nn.Linear(20, 5),\n'),
    });
    repo().write(
      'net.py',
      sequential('    nn.Linear(10, 20),\n    nn.Linear(20, 20),\n    nn.ReLU(),\n    nn.Linear(20, 5),\n'),
    );
    assert.deepEqual(
      repo()
        .report()
        .roots[0]?.layers.map(({ status, path, after, causes }) => [status, path, after, causes]),
      [
        [
          'added',
          '1',
          { params: 420, fpo: 820 },
          [{ file: 'net.py', side: 'after', first: 6, last: 6, direct: true }],
        ],
      ],
    );
  });

  it('tells of layers that came, went, and only have another name', () => {
    const layers = (lines: string): string => `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
${lines}
    def forward(self, x):
        for layer in self.children():
            x = layer(x)
        return x

Net()(torch.randn(1, 10))
`;
    const line = (name: string, sizes: string): string => `        self.${name} = nn.Linear(${sizes})\n`;
    repo().commit({ 'net.py': layers(line('a', '10, 10') + line('b', '10, 20') + line('c', '20, 20')) });
    repo().write('net.py', layers(line('first', '10, 10') + line('b', '10, 20') + line('d', '20, 40')));
    assert.deepEqual(
      repo()
        .report()
        .roots[0]?.layers.map(({ status, path, pathBefore }) => [status, path, pathBefore]),
      [
        ['added', 'd', undefined],
        ['removed', 'c', undefined],
        ['renamed', 'first', 'a'],
      ],
    );
  });

  it('tells models of the same name in one file apart', () => {
    const twice = (one: number, other: number): string => net(one) + net(other).replace('model', 'again');
    repo().commit({ 'net.py': twice(20, 20) });
    repo().write('net.py', twice(20, 30));
    const figures = repo()
      .report()
      .roots.map(({ key, before, after }) => [key, before?.figures?.params, after?.figures?.params]);
    assert.ok(figures.length > 0 && figures.every(([, before, after]) => before === 220 && after === 330));
  });

  it('reads notebooks', () => {
    const notebook = (width: number): string =>
      JSON.stringify({
        cells: [{ cell_type: 'code', source: net(width) }],
        nbformat: 4,
        nbformat_minor: 5,
        metadata: {},
      });
    repo().commit({ 'net.ipynb': notebook(20) });
    repo().write('net.ipynb', notebook(30));
    assert.match(body(repo().check()), /^changed net\.ipynb::Net: 50 % more expensive/);
    repo().write('net.ipynb', '{');
    assert.equal(
      repo().check(),
      `${HEADER}

note: net.ipynb: This is not a notebook: its JSON cannot be read.

No model changes its price.`,
    );
  });

  it('looks only at the paths that it is given', () => {
    repo().commit({ 'a/net.py': net(20), 'b/net.py': net(20) });
    repo().write('a/net.py', net(30));
    repo().write('b/net.py', net(30));
    assert.deepEqual(
      repo()
        .report({ paths: ['b'] })
        .roots.map(({ key }) => key),
      ['b/net.py::Net'],
    );
    assert.deepEqual(
      repo()
        .report({ paths: ['a/net.py'] })
        .roots.map(({ key }) => key),
      ['a/net.py::Net'],
    );
  });

  it('sees files as they are in an editor', () => {
    repo().commit({ 'net.py': net(20) });
    const unsaved = { [`${repo().folder}/net.py`]: net(30) };
    assert.match(body(repo().check({ unsaved })), /^changed net\.py::Net \(line 5\): 50 % more expensive/);
  });
});
