// The exports and the page's data, as exact text.

import assert from 'node:assert/strict';
import type { ModelReport } from '../../src/price/model-report';
import { toCsv } from '../../src/report/csv';
import { toJson } from '../../src/report/json';
import { toLatex } from '../../src/report/latex';
import { toMarkdown } from '../../src/report/markdown';
import { createNumbers } from '../../src/report/numbers';
import { asPanelRequest, type PanelContext, panelData } from '../../src/report/panel';
import { toText } from '../../src/report/text';
import { model, rangeOf, root, SOURCE } from './fixture';

const context = { fileText: (file: string) => (file === 'net.py' ? SOURCE : undefined) };
const CONVENTION = [
  'FPO = floating-point operations: additions and multiplications, counted one each; 1 MAC = 2 FPO.',
  'FPO of one forward pass in evaluation mode, batch 1 (first dimension of the input).',
];
const uncertain: Partial<ModelReport> = {
  knobs: [{ name: 'num_classes', value: 10, source: 'assumed', reason: 'not given' }],
  gaps: [
    { reason: 'torch.foo is not modelled yet', stack: [{ file: 'net.py', ...rangeOf('net(') }], count: 3 },
  ],
};

/** Lines of an export, to be compared with a block of text. */
const check = (text: string, expected: string) => assert.equal(text.trimEnd(), expected.trim());

describe('exports', () => {
  it('to text', () =>
    check(
      toText(model(), context),
      `
Net
  Parameters                    25,557,032       25.6 M
  Buffer elements                   53,173       53.2 K
  FPO, forward               8,211,000,000    8.21 GFPO
  of these in contractions   8,178,368,512    8.18 GFPO
  MACs                       4,089,184,256  4.09 G MACs
  FPO, training step        24,400,000,000    24.4 GFPO
  Weights, bytes               102,441,032     97.7 MiB
  Inference peak, bytes        128,000,000      122 MiB
  Input                     x (1, 3, 224, 224) float32
  Output                    (1, 1000) float32

Largest layers, by their own FPO
  layer  class   params       FPO   share  output
  conv1  Conv2d   9,408  236 MFPO   2.9 %  1×64×112×112
  relu   ReLU         0  803 KFPO  0.01 %  1×64×112×112

${CONVENTION.join('\n')}
`,
    ));

  it('to text with what is less than exact', () => {
    const text = toText(model({ ...uncertain, fpo: null, training: { fpo: null } }), context);
    assert.match(text, /^ {2}Parameters +≥ 25,557,032 +≥ 25\.6 M$/m);
    assert.match(text, /^ {2}FPO, forward +unknown +unknown$/m);
    assert.match(text, /^Largest layers, by their own parameters$/m);
    assert.match(text, /^Knobs\n {2}num_classes = 10 \(assumed: not given\)$/m);
    assert.match(text, /^1 gap\n {2}torch\.foo is not modelled yet \(3 times\) \[net\.py:15\]$/m);
  });

  it('to Markdown', () =>
    check(
      toMarkdown(model(uncertain), {}),
      `
### Price tag of Net

| | | exactly |
|---|---:|---:|
| Parameters | ≥ 25.6 M | ≥ 25,557,032 |
| Buffer elements | ≥ 53.2 K | ≥ 53,173 |
| FPO, forward | ≥ 8.21 GFPO | ≥ 8,211,000,000 |
| of these in contractions | ≥ 8.18 GFPO | ≥ 8,178,368,512 |
| MACs | ≥ 4.09 G MACs | ≥ 4,089,184,256 |
| FPO, training step | ≥ 24.4 GFPO | ≥ 24,400,000,000 |
| Weights, bytes | ≥ 97.7 MiB | ≥ 102,441,032 |
| Inference peak, bytes | ≥ 122 MiB | ≥ 128,000,000 |
| Input | x (1, 3, 224, 224) float32 |  |
| Output | (1, 1000) float32 |  |

| largest layers | | parameters | FPO | share | output |
|---|---|---:|---:|---:|---|
| conv1 | Conv2d | 9,408 | 236 MFPO | 2.9 % | 1×64×112×112 |
| relu | ReLU | 0 | 803 KFPO | 0.01 % | 1×64×112×112 |

**Knobs**

- num\\_classes = 10 (assumed: not given)

**1 gap**

- torch.foo is not modelled yet (3 times) \\[net.py\\]

<sub>${CONVENTION.join(' ')}</sub>
`,
    ));

  it('to LaTeX', () => {
    const text = toLatex(model(uncertain), context);
    assert.match(text, /^ {2}FPO, forward & \$\\geq\$ 8\.21 GFPO & \$\\geq\$ 8,211,000,000 \\\\$/m);
    assert.match(text, /Assumed: num\\_classes = 10 \(assumed: not given\)\./);
    assert.match(text, /1 MAC = 2 FPO/);
    assert.match(text, /^% gap: torch\.foo is not modelled yet \(3 times\) \[net\.py:15\]$/m);
  });

  it('to CSV', () => {
    const lines = toCsv(model(uncertain), context).split('\n');
    assert.equal(lines[1], `# ${CONVENTION[0]}`);
    assert.equal(
      lines.find((line) => line.startsWith('conv1,')),
      'conv1,Conv2d,"3, 64, kernel_size=7",9408,9408,9408,0,236027904,236027904,236027904,37632,3211264,1,' +
        '"(1, 3, 224, 224)","(1, 64, 112, 112)",net.py:7',
    );
  });

  it('to JSON that gives the record back, with lines', () => {
    const record = model(uncertain);
    const read = JSON.parse(toJson(record, context));
    assert.deepEqual(read.convention, CONVENTION);
    assert.equal(read.layers[1].constructed[0].line, 7);
    assert.deepEqual(read.params, record.params);
    const { convention, ...plain } = JSON.parse(toJson(record, {}));
    assert.equal(convention.length, 2);
    assert.deepEqual(plain, JSON.parse(JSON.stringify(record)));
  });
});

describe('report page', () => {
  const page: PanelContext = {
    numbers: createNumbers(),
    file: 'net.py',
    place: () => 'line 14',
    site: ({ file }) => `${file}:7`,
    stale: () => false,
  };

  it('gets plain data', () => {
    const data = panelData([root({ report: model(uncertain) })], undefined, page);
    assert.deepEqual(JSON.parse(JSON.stringify(data)), data);
    assert.equal(data.selected, 'Net');
    assert.deepEqual(data.model?.tag[1], {
      label: 'FPO, forward',
      text: '≥ 8.21 GFPO',
      detail: '4.09 G MACs in contractions, 32.6 MFPO other',
    });
    assert.equal(data.model?.inputSource, 'input from line 14: torch.randn(1, 3, 224, 224)');
    assert.deepEqual(data.model?.knobs, [
      { text: 'num_classes = 10 (assumed: not given)', place: '', assumed: true },
    ]);
    assert.deepEqual(data.model?.gaps, [
      { text: 'torch.foo is not modelled yet (3 times)', place: 'net.py:7' },
    ]);
    assert.equal(data.model?.layers[1]?.share.text, '2.9 %');
  });

  it('says what to do where there is nothing', () => {
    assert.match(panelData([], undefined, page).message, /^No model was found in this file\./);
    const failed = root({ report: null, problem: { message: 'no forward', stack: [] } });
    assert.deepEqual(panelData([failed], 'Net', page).message, 'no forward');
  });

  it('shows the root that was chosen', () => {
    const data = panelData([root(), root({ id: 'Big' })], 'Big', page);
    assert.equal(data.selected, 'Big');
    assert.deepEqual(
      data.roots.map(({ id }) => id),
      ['Net', 'Big'],
    );
  });

  it('may only ask what it is allowed to', () => {
    const good = [
      { type: 'ready' },
      { type: 'setInput' },
      { type: 'copy' },
      { type: 'select', root: 'Net' },
      { type: 'reveal', layer: 3, where: 'called', focus: true },
      { type: 'place', of: 'gap', index: 0 },
    ];
    assert.deepEqual(good.map(asPanelRequest), good);
    const bad = [
      undefined,
      'ready',
      { type: 'run' },
      { type: 'select', root: 5 },
      { type: 'reveal', layer: -1, where: 'called' },
      { type: 'reveal', layer: 1.5, where: 'called' },
      { type: 'reveal', layer: 1, where: 'anywhere' },
      { type: 'place', of: 'file', index: 0 },
    ];
    assert.deepEqual(
      bad.map(asPanelRequest),
      bad.map(() => undefined),
    );
  });
});
