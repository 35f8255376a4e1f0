// price-tag.json: what is read, and what is said of each place that is wrong.

import assert from 'node:assert/strict';
import { budgetsFor, inputsFor, knobsFor, readConfig, rootKey } from '../../src/analysis/config';
import { LineIndex } from '../../src/base/lines';

const FILE = '/project/price-tag.json';

/** Problems as `line: message`. */
function problemsOf(text: string): string[] {
  const lines = new LineIndex(text);
  return readConfig(FILE, text).problems.map(
    ({ message, range }) => `${lines.lineOf(range.start) + 1}: ${message}`,
  );
}

/** Budgets of a root as `params most 26000000 (26M) by net.py::Net`. */
function budgets(config: object, key: string): string[] {
  const read = readConfig(FILE, JSON.stringify({ budgets: config }));
  assert.deepEqual(read.problems, []);
  return budgetsFor(read, key).map(
    ({ figure, kind, amount, spelled, key: by }) => `${figure} ${kind} ${amount} (${spelled}) by ${by}`,
  );
}

describe('price-tag.json', () => {
  it('gives budgets in the units that people write', () => {
    const written = {
      'net.py::Net': {
        params: '26M',
        buffers: '7_000',
        fpo: '4.5 GFPO',
        macs: '2.25G MACs',
        weights: '100 MB',
        memory: '1 GiB',
        trainable: 25_000_000,
      },
    };
    assert.deepEqual(budgets(written, 'net.py::Net'), [
      'params most 26000000 (26M) by net.py::Net',
      'buffers most 7000 (7_000) by net.py::Net',
      'fpo most 4500000000 (4.5 GFPO) by net.py::Net',
      'macs most 2250000000 (2.25G MACs) by net.py::Net',
      'weights most 100000000 (100 MB) by net.py::Net',
      'memory most 1073741824 (1 GiB) by net.py::Net',
      'trainable most 25000000 (25000000) by net.py::Net',
    ]);
  });

  it('takes increases, of one figure and of the headline figures', () => {
    assert.deepEqual(
      budgets({ 'net.py': { increase: '5%', fpo: { most: '1G', increase: '0%' } } }, 'net.py::Net'),
      [
        'params increase 0.05 (5%) by net.py',
        'fpo increase 0.05 (5%) by net.py',
        'memory increase 0.05 (5%) by net.py',
        'fpo most 1000000000 (1G) by net.py',
      ],
    );
  });

  it('lets the root itself go before patterns, and later patterns before earlier ones', () => {
    const written = {
      '**::*': { params: '1M', fpo: '1G' },
      'models/**::Res*': { params: '2M' },
      'models/net.py::ResNet': { memory: '1 MiB' },
    };
    assert.deepEqual(budgets(written, 'models/net.py::ResNet'), [
      'memory most 1048576 (1 MiB) by models/net.py::ResNet',
      'params most 2000000 (2M) by models/**::Res*',
      'fpo most 1000000000 (1G) by **::*',
    ]);
    assert.deepEqual(budgets(written, 'net.py::VGG'), [
      'params most 1000000 (1M) by **::*',
      'fpo most 1000000000 (1G) by **::*',
    ]);
  });

  it('gives inputs by position and by name, and knobs', () => {
    const config = readConfig(
      FILE,
      JSON.stringify({
        inputs: {
          'net.py::Net': [[1, 3, 8, 8], '1,16:int64', { shape: [2], dtype: 'bool' }],
          'net.py::make()': '1,4',
          'lm.py': { ids: '1,16:int64', mask: [1, 16] },
        },
        knobs: { '**': { batch: 4 }, 'net.py': { batch: 8 }, 'net.onnx': { height: 64 } },
      }),
    );
    assert.deepEqual(config.problems, []);
    assert.deepEqual(inputsFor(config, rootKey(config, '/project/net.py', 'Net'))?.positional, [
      { shape: [1, 3, 8, 8], dtype: 'float32' },
      { shape: [1, 16], dtype: 'int64' },
      { shape: [2], dtype: 'bool' },
    ]);
    assert.deepEqual(inputsFor(config, rootKey(config, '/project/net.py', 'make()'))?.positional, [
      { shape: [1, 4], dtype: 'float32' },
    ]);
    assert.deepEqual(Object.keys(inputsFor(config, 'lm.py::LM')?.keywords ?? {}), ['ids', 'mask']);
    assert.deepEqual(knobsFor(config, 'net.py::Net'), { batch: 8 });
    assert.deepEqual(knobsFor(config, rootKey(config, '/project/net.onnx', '')), { batch: 4, height: 64 });
  });

  it('says what is wrong with each place, and keeps the rest', () => {
    const text = `{
  "input": {},
  "budgets": {
    "net.py::Net": {
      "parms": "26M",
      "params": "26 apples",
      "fpo": -3,
      "memory": "1G",
      "weights": "1e400 GB",
      "macs": {"mots": 3},
      "increase": "much"
    },
    "a.py": 3
  },
  "inputs": {"net.py::Net": [[1, -3]], "b.py": 7, "c.py": ["1,3:int65"]},
  "knobs": {"net.py": {"batch": 0.5}}
}`;
    assert.deepEqual(problemsOf(text), [
      '2: "input" means nothing here. Did you mean "inputs"?',
      '5: "parms" means nothing here. Did you mean "params"?',
      '6: "26 apples" is no amount. Write "26M", "350K", or a number.',
      '7: -3 is negative: nothing could cost so little.',
      '8: "1G" is no amount. Write "1 GiB", "500 MB", or a number of bytes.',
      '9: "1e400 GB" is too large to be a limit.',
      '10: "mots" means nothing here. Did you mean "most"?',
      '11: "much" is no share. Write how much more is allowed, as "5%"; "0%" for none.',
      '13: A budget is an object: {"…": …}.',
      '15: An input is a list of sizes, as [1, 3, 224, 224], or {"shape": [1, 128], "dtype": "int64"}.',
      '15: Inputs are a list of shapes, as [[1, 3, 224, 224]], or an object of them by name.',
      '15: “int65” is not a dtype: write one of PyTorch’s, as int64.',
      '16: The knob "batch" needs a whole number above 0.',
    ]);
  });

  for (const [what, text, problems] of [
    ['no text', '', ['1: A value belongs here, or a comma before this is one too many.']],
    ['no object', '[1]', ['1: price-tag.json holds an object: {"…": …}.']],
    [
      'a missing brace',
      '{"budgets": {\n"a.py": {"params": 1}\n',
      ['3: A } is missing, or a comma before the next property.'],
    ],
    [
      'a comma too many',
      '{"inputs": {},\n}',
      ['2: A name in double quotes belongs here, or a comma before this is one too many.'],
    ],
    ['a comment', '{\n// why\n}', ['2: JSON has no comments. Remove this one.']],
    [
      'a name twice',
      '{"budgets": {},\n"budgets": {}}',
      ['2: "budgets" is here twice; only the last counts.'],
    ],
    ['two documents', '{}\n{}', ['2: There is text after the end of the object. Remove it.']],
  ] as const) {
    it(`tells of ${what}`, () => assert.deepEqual(problemsOf(text), problems));
  }

  it('survives what nobody would write', () => {
    assert.deepEqual(problemsOf('['.repeat(200_000)).slice(0, 1), [
      '1: This file is nested too deeply to be read.',
    ]);
    assert.equal(
      budgetsFor(readConfig(FILE, '{"budgets": {"__proto__": {"params": 1}}}'), 'net.py::Net').length,
      0,
    );
    assert.deepEqual(problemsOf('{"constructor": 1}').length, 1);
  });
});
