// The formats of a check, and that no name of the user's gets out of its place in them.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readConfig } from '../../src/analysis/config';
import { trailers } from '../../src/check';
import { toGithub } from '../../src/check/formats/github';
import { toJson } from '../../src/check/formats/json';
import { toMarkdown } from '../../src/check/formats/markdown';
import { toSarif } from '../../src/check/formats/sarif';
import { toText } from '../../src/check/formats/text';
import type { CheckReport } from '../../src/check/model';
import { FIGURE_NAMES } from '../../src/price/figures';
import { net, useRepository } from './repository';

/** Names of files that mean something in a format. */
const HOSTILE = [
  '::error::pwned.py',
  'a\n::stop-commands::x.py',
  '<img src=x onerror=alert(1)>.py',
  '`$(x)`|**bold**|[link](http:evil).py',
  '%0A::debug::x.py',
  '\u202eyp.txt.py',
];

describe('check: formats', () => {
  const repo = useRepository();

  /** A report with a model over its budget, one that is new, one that is gone, and a warning. */
  function report(): CheckReport {
    const budgets = { 'net.py::Net': { params: 300 }, 'none.py::Net': {} };
    repo().commit({
      'net.py': net(20),
      'old.py': net(5, 'Old'),
      'price-tag.json': JSON.stringify({ budgets }, null, 1),
    });
    repo().write('net.py', net(30));
    repo().write(
      'new.py',
      'import torch\nfrom torch import nn\nNew = nn.Linear(10, 7)\nNew(torch.randn(1, 10))\n',
    );
    repo().remove('old.py');
    return repo().report();
  }

  it('Markdown', () => {
    const text = toMarkdown(report(), repo().folder).replace(/\b[0-9a-f]{9}\b/g, '#');
    assert.equal(
      text,
      `### Price Tag

❌ 1 budget does not hold.

| model |  | parameters | FPO | peak memory |
|---|---|---:|---:|---:|
| \`net.py::Net\` | changed | 220 → 330 (+110) | 420 FPO → 630 FPO (+210 FPO) | 1,000 B → 1.45 KiB (+480 B) |
| \`new.py::New\` | added | – → 77 | – → 147 FPO | – → 376 B |
| \`old.py::Old\` | removed | 55 → – | 105 FPO → – | 280 B → – |

- ❌ \`net.py::Net\`: 330 parameters, over its budget of 300 by 30 since this change (220 before)

<details><summary>net.py&#58;&#58;Net</summary>

- 50 % more expensive per example, +110 parameters, +480 B peak memory

|  | layer | difference | lines |
|---|---|---|---|
| \\~ | fc (Linear: 20 → 30) | \\+110 parameters, +210 FPO | by net.py:8 |

</details>

- warning: price-tag.json:6: There is no file none.py, so nothing is judged by this budget.

<sub>the working tree against HEAD (#). FPO = floating-point operations of one forward pass: additions and multiplications, counted one each.</sub>
`,
    );
  });

  it('annotations of GitHub', () => {
    assert.equal(
      toGithub(report(), repo().folder),
      `::error file=net.py,line=5,title=net.py%3A%3ANet is over budget::net.py::Net: 330 parameters, over its budget of 300 by 30 since this change (220 before)
::notice file=new.py,line=3,title=Price of new.py%3A%3ANew::new.py::New: new: 147 FPO per example, 77 parameters
::notice title=Price of old.py%3A%3AOld::old.py::Old: gone; it was 105 FPO per example, 55 parameters
::warning file=price-tag.json,line=6,title=price-tag.json::There is no file none.py, so nothing is judged by this budget.
Price Tag: 1 budget does not hold.
`,
    );
  });

  it('SARIF', () => {
    const { version, runs } = JSON.parse(toSarif(report(), repo().folder, '1.2.3'));
    assert.equal(version, '2.1.0');
    const [{ tool, results }] = runs;
    assert.equal(tool.driver.version, '1.2.3');
    const rules = new Set(tool.driver.rules.map(({ id }: { id: string }) => id));
    for (const { ruleId } of results) assert.ok(rules.has(ruleId));
    const line = (place: {
      physicalLocation: { artifactLocation: { uri: string }; region?: { startLine: number } };
    }) => `${place.physicalLocation.artifactLocation.uri}:${place.physicalLocation.region?.startLine ?? ''}`;
    assert.deepEqual(
      results.map((one: { ruleId: string; level: string; locations: []; relatedLocations?: [] }) => [
        one.ruleId,
        one.level,
        one.locations.map(line),
        (one.relatedLocations ?? []).map(line),
      ]),
      [
        ['budget-broken', 'error', ['net.py:5'], ['price-tag.json:4', 'net.py:8']],
        ['price-changed', 'note', ['new.py:3'], []],
        ['price-changed', 'note', ['old.py:'], []],
        ['configuration', 'warning', ['price-tag.json:6'], []],
      ],
    );
  });

  it('JSON holds the report as it is', () => {
    const checked = report();
    assert.deepEqual(JSON.parse(toJson(checked)), { version: 1, ...JSON.parse(JSON.stringify(checked)) });
  });

  it('keep hostile names in their place', () => {
    repo().commit(Object.fromEntries(HOSTILE.map((name) => [name, net(20)])));
    for (const name of HOSTILE) repo().write(name, net(30));
    const checked = repo().report();
    assert.equal(checked.roots.length, HOSTILE.length);
    const top = repo().folder;
    const lines = (text: string): string[] => text.split('\n');
    assert.ok(lines(toText(checked, top)).every((line) => !/^\s*(::|<)/.test(line)));
    const commands = lines(toGithub(checked, top)).filter(Boolean);
    assert.equal(commands.length, HOSTILE.length + 1, 'one command for each root, one line at the end');
    assert.ok(
      commands.slice(0, -1).every((line) => /^::notice file=[^:,]*(?:,line=\d+)?,title=[^:,]*::/.test(line)),
    );
    const markdown = toMarkdown(checked, top);
    assert.doesNotMatch(markdown.replace(/`+ ?[^\n]*? ?`+(?= \|)/g, ''), /[^\\]<img|\n::|[^\\]\[link|\u202e/);
    const sarif = JSON.parse(toSarif(checked, top, '0'));
    for (const { locations } of sarif.runs[0].results) {
      const { uri } = locations[0].physicalLocation.artifactLocation;
      assert.match(uri, /^[\w.~!*'()%/-]+$/);
      assert.ok(HOSTILE.includes(decodeURIComponent(uri)));
    }
    assert.ok(trailers(checked).every((line) => /^Price-Tag: [^\n\u202e]+$/.test(line)));
  });
});

describe('schema of price-tag.json', () => {
  const schema = JSON.parse(readFileSync('media/price-tag.schema.json', 'utf8'));

  it('knows the names that the reader knows', () => {
    assert.deepEqual(Object.keys(schema.properties).sort(), ['$schema', 'budgets', 'inputs', 'knobs']);
    assert.deepEqual(
      Object.keys(schema.definitions.budget.properties).sort(),
      ['increase', ...FIGURE_NAMES].sort(),
    );
  });

  it('takes the amounts that the reader takes, and no others', () => {
    const AMOUNTS = [
      '26M',
      '26 m',
      '1.5e6',
      '4.5 GFPO',
      '3 MACs',
      '1 GiB',
      '5 MB',
      '5 kb',
      '7',
      '7 bytes',
      '1G',
      'x',
      '-3',
      '5%',
      '',
      '1 GiBs',
    ];
    for (const figure of FIGURE_NAMES) {
      const { $ref } = schema.definitions.budget.properties[figure];
      const { pattern } = schema.definitions[$ref.replace('#/definitions/', '')].anyOf[1];
      for (const spelled of AMOUNTS) {
        const config = readConfig(
          '/price-tag.json',
          JSON.stringify({ budgets: { a: { [figure]: spelled } } }),
        );
        // MACs and FPO share one pattern; the reader knows which is which.
        if (/FPO|MACs/.test(spelled) && $ref.endsWith('/fpo')) continue;
        assert.equal(
          new RegExp(pattern).test(spelled),
          config.problems.length === 0,
          `${figure}: ${spelled}`,
        );
      }
    }
  });
});
