// Budgets: what holds, what does not, what cannot be told, and since when.

import assert from 'node:assert/strict';
import { createAnalysis } from '../../src/analysis';
import { judgeFile } from '../../src/check';
import type { CheckReport } from '../../src/check/model';
import { createNodeReader } from '../../src/node/files';
import { net, useRepository } from './repository';

/** Verdicts as `broken: sentence [line]`, by root. */
const verdicts = ({ roots }: CheckReport): string[] =>
  roots.flatMap(({ key, verdicts: all }) =>
    all.map(({ outcome, sentence, place }) => `${key} ${outcome}: ${sentence} [${place.line}]`),
  );

const config = (budgets: object, more: object = {}): string => JSON.stringify({ budgets, ...more }, null, 1);

/** A model whose input nothing tells. */
const vague = (width: number): string => net(width).replace('model(torch.randn(1, 10))\n', '');

describe('check: budgets', () => {
  const repo = useRepository();

  it('hold, or do not, since this change or before it', () => {
    repo().commit({
      'net.py': net(20),
      'price-tag.json': config({
        'net.py::Net': { params: 300, fpo: '400 FPO', memory: '1 KiB', macs: '1K' },
      }),
    });
    assert.deepEqual(verdicts(repo().report()), [], 'what does not change is not judged');
    repo().write('net.py', net(30));
    const report = repo().report();
    assert.deepEqual(verdicts(report), [
      'net.py::Net broken: 330 parameters, over its budget of 300 by 30 since this change (220 before) [4]',
      'net.py::Net broken: 630 FPO, over its budget of 400 FPO by 230 FPO, as it was before this change (420 FPO before) [5]',
      'net.py::Net broken: 1.45 KiB of peak memory in inference, over its budget of 1 KiB by 456 B since this change (1,000 B before) [6]',
      'net.py::Net holds: 300 MACs, within its budget of 1K [7]',
    ]);
    assert.equal(report.outcome, 'broken');
    const [first] = report.roots[0]?.verdicts ?? [];
    assert.deepEqual(
      [first?.limit, first?.value, first?.valueBefore, first?.overBefore, first?.budget, first?.spelled],
      [300, 330, 220, false, 'net.py::Net', '300'],
    );
  });

  it('allow an increase, to the digit', () => {
    repo().commit({
      'net.py': net(20),
      'price-tag.json': config({ 'net.py': { params: { increase: '50%' }, fpo: { increase: '49.9%' } } }),
    });
    repo().write('net.py', net(30));
    assert.deepEqual(verdicts(repo().report()), [
      'net.py::Net holds: 330 parameters, within its budget of 50% more than the 220 it was before [5]',
      'net.py::Net broken: 630 FPO, over its budget of 49.9% more than the 420 FPO it was before (+50 %) [8]',
    ]);
    repo().write('other.py', net(900, 'Other'));
    assert.equal(verdicts(repo().report()).length, 2, 'what is new has not grown');
  });

  it('are uncertain where a figure is assumed, misses a part or is not known', () => {
    repo().commit({
      'net.py': vague(20),
      'price-tag.json': config({ 'net.py::Net': { params: '1K', fpo: '1K' } }),
    });
    repo().write('net.py', vague(30));
    assert.deepEqual(verdicts(repo().report()), [
      'net.py::Net holds: 330 parameters, within its budget of 1K [4]',
      'net.py::Net uncertain: 630 FPO; whether its budget of 1K holds is uncertain: it rests on an assumed value; state the input in price-tag.json [5]',
    ]);
    assert.equal(repo().report().outcome, 'uncertain');
    repo().write('net.py', vague(300));
    assert.match(
      verdicts(repo().report())[1] ?? '',
      /broken: 6\.30 KFPO, over its budget of 1K by .*, by an assumed value \[5\]$/,
    );
    repo().write(
      'net.py',
      net(30).replace('return self.fc(x)', 'y = self.fc(x)\n        y.unknown_method()\n        return y'),
    );
    assert.match(
      verdicts(repo().report()).join('\n'),
      /uncertain: at least 630 FPO; whether .* a part of the model could not be followed/,
    );
    repo().write('net.py', net(30).replace('nn.Linear(10, 30)', 'nn.Linear(10, width)'));
    assert.deepEqual(verdicts(repo().report()).slice(0, 1), [
      "net.py::Net uncertain: nobody can tell its parameters, so whether its budget of 1K holds is uncertain: NameError: name 'width' is not defined [4]",
    ]);
  });

  it('by pattern mean models, and not what is only a part of one', () => {
    const parts = `import torch
from torch import nn

class Part(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(10, width)

class Loose(nn.Module):
    def __init__(self, width):
        super().__init__()

class Net(nn.Sequential):
    def __init__(self):
        super().__init__(*[Part(width).fc for width in (20,)])

Net()(torch.randn(1, 10))
`;
    repo().commit({ 'net.py': parts, 'price-tag.json': config({ '**::*': { params: 300 } }) });
    repo().edit('net.py', '(20,)', '(25,)');
    assert.deepEqual(verdicts(repo().report()), [
      'net.py::Net holds: 275 parameters, within its budget of 300 [4]',
    ]);
    repo().write('price-tag.json', config({ 'net.py::Loose': { params: 300 } }));
    assert.match(
      verdicts(repo().report()).join(),
      /^net\.py::Loose uncertain: nobody can tell its parameters.*Loose needs arguments/,
    );
  });

  it('are judged anew where they say something else, even of what did not change', () => {
    repo().commit({
      'net.py': net(20),
      'other.py': net(20, 'Other'),
      'price-tag.json': config({ 'net.py::Net': { params: 300 }, 'other.py::Other': { params: 1 } }),
    });
    repo().write(
      'price-tag.json',
      config({ 'net.py::Net': { params: 200 }, 'other.py::Other': { params: 1 } }),
    );
    assert.deepEqual(verdicts(repo().report()), [
      'net.py::Net broken: 220 parameters, over its budget of 200 by 20, as it was before this change (220 before) [4]',
    ]);
    assert.equal(repo().report().roots[0]?.status, 'unchanged');
    repo().write(
      'price-tag.json',
      config({ 'net.py::Net': { params: 400 }, 'other.py::Other': { params: 1 } }),
    );
    assert.deepEqual(verdicts(repo().report()), []);
    assert.match(
      verdicts(repo().report({ all: true })).join('\n'),
      /^other\.py::Other broken: 220 parameters/,
    );
  });

  it('are read from the state that is checked', () => {
    repo().commit({ 'net.py': net(20), 'price-tag.json': config({ 'net.py::Net': { params: 300 } }) });
    repo().write('net.py', net(30));
    repo().write('price-tag.json', config({ 'net.py::Net': { params: 310 } }));
    repo().git('add', '.');
    repo().write('price-tag.json', config({ 'net.py::Net': { params: 1000 } }));
    assert.match(verdicts(repo().report({ head: 'index' })).join(), /over its budget of 310/);
    assert.match(verdicts(repo().report()).join(), /within its budget of 1000/);
  });

  it('hold for inputs and knobs that are stated beside them, before and after the change', () => {
    repo().commit({ 'net.py': vague(20) });
    repo().write('net.py', vague(30));
    repo().write(
      'price-tag.json',
      config(
        { '**': { fpo: '5K' } },
        { inputs: { 'net.py': [[1, 10]] }, knobs: { 'net.py::Net': { batch: 4 } } },
      ),
    );
    assert.deepEqual(verdicts(repo().report()), [
      'net.py::Net holds: 2.52 KFPO, within its budget of 5K [4]',
    ]);
    assert.deepEqual(
      [repo().report().roots[0]?.before?.figures?.fpo, repo().report().roots[0]?.after?.inputSpec],
      [1680, '4,10'],
    );
  });

  it('of the nearest price-tag.json count', () => {
    repo().commit({
      'a/net.py': net(20),
      'price-tag.json': config({ '**': { params: 1 } }),
      'a/price-tag.json': config({ 'net.py::Net': { params: 240 } }),
    });
    repo().write('a/net.py', net(21));
    assert.deepEqual(verdicts(repo().report()), [
      'net.py::Net holds: 231 parameters, within its budget of 240 [4]',
    ]);
  });

  it('tell of roots that are not there', () => {
    const problems = (): string[] =>
      repo()
        .report()
        .problems.map(({ severity, line, message }) => `${severity} ${line}: ${message}`);
    repo().commit({
      'net.py': net(20),
      'price-tag.json': config({
        'net.py::Net': { params: 300 },
        'none.py::Net': {},
        'net.py::Nett': {},
        '*.txt::*': {},
      }),
    });
    assert.deepEqual(problems(), [
      'warning 6: There is no file none.py, so nothing is judged by this budget.',
    ]);
    repo().write('net.py', net(21));
    assert.deepEqual(problems(), [
      'warning 6: There is no file none.py, so nothing is judged by this budget.',
      'warning 7: net.py has no model Nett, so nothing is judged by this budget. Did you mean net.py::Net?',
    ]);
    repo().write('net.py', net(21, 'Network'));
    assert.match(
      problems()[0] ?? '',
      /^warning 3: net\.py::Net is now net\.py::Network: its budget needs the new name\.$/,
    );
    repo().git('mv', '-f', 'net.py', 'model.py');
    assert.match(problems()[0] ?? '', /^warning 3: net\.py::Net is now model\.py::Network/);
  });

  it('say what is wrong with price-tag.json', () => {
    repo().commit({
      'net.py': net(20),
      'price-tag.json': '{\n"budgets": {"net.py::Net": {"parms": 3, "params": 400}},\n}',
    });
    repo().write('net.py', net(30));
    const report = repo().report();
    assert.deepEqual(
      report.problems.map(({ severity, line, message }) => `${severity} ${line}: ${message}`),
      [
        'error 2: "parms" means nothing here. Did you mean "params"?',
        'error 3: A name in double quotes belongs here, or a comma before this is one too many.',
      ],
    );
    assert.equal(verdicts(report).length, 1, 'the rest counts');
  });

  it('are judged for a single file without git', () => {
    repo().write('net.py', net(20));
    repo().write('price-tag.json', config({ 'net.py::Net': { params: 200, increase: '1%' } }));
    const reader = createNodeReader();
    const uri = `${repo().folder}/net.py`;
    const limits = { steps: 1_000_000, milliseconds: Number.POSITIVE_INFINITY };
    const report = createAnalysis(reader).analyse({
      uri,
      version: 1,
      text: net(20),
      searchPaths: [],
      limits,
    });
    const judged = judgeFile(report, reader);
    assert.deepEqual(
      judged.verdicts.Net?.map(({ sentence }) => sentence),
      ['220 parameters, over its budget of 200 by 20'],
    );
    assert.deepEqual(judged.problems, []);
  });
});
