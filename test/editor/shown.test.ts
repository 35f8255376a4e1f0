// Figures that stay where they belong while the text changes, and last good ones while it cannot be read.

import assert from 'node:assert/strict';
import type { FileReport, RootReport } from '../../src/analysis/file-report';
import { carryOver, EditLog } from '../../src/editor/edits';
import { merge, type Shown } from '../../src/editor/shown';
import { carryRange, cellText, join, placeOf } from '../../src/editor/snapshot';
import { call, model, root } from '../report/fixture';

const one = (text: string, version = 1) =>
  join('file:///net.py', 'net.py', [{ uri: 'file:///net.py', version, text }]);

const range = (text: string, part: string) => ({
  start: text.indexOf(part),
  end: text.indexOf(part) + part.length,
});

describe('edits', () => {
  /** Carries `[…]` over the replacement of `{…}` by some text; null where the range is gone. */
  function check(before: string, added: number, expected: readonly [number, number] | null): void {
    const plain = before.replace(/[[\]{}]/g, '');
    const at = (mark: string) => before.slice(0, before.indexOf(mark)).replace(/[[\]{}]/g, '').length;
    const edit = { start: at('{'), removed: at('}') - at('{'), added, version: 2 };
    const carried = carryOver({ start: at('['), end: at(']') }, edit);
    assert.deepEqual(carried ? [carried.start, carried.end] : null, expected, plain);
  }

  it('shift, stretch, clip or take a range away', () => {
    check('{}ab[cd]ef', 3, [5, 7]);
    check('ab{}[cd]ef', 3, [5, 7]);
    check('ab[cd]{}ef', 3, [2, 4]);
    check('ab[c{}d]ef', 3, [2, 7]);
    check('a{b[c}d]ef', 0, [1, 2]);
    check('ab[c{d]e}f', 0, [2, 3]);
    check('a{b[cd]e}f', 1, null);
    check('ab[{cd}]ef', 5, null);
  });

  it('are kept by version', () => {
    const log = new EditLog();
    log.record('a', [
      { start: 0, removed: 0, added: 1, version: 2 },
      { start: 9, removed: 0, added: 1, version: 2 },
    ]);
    log.record('a', [{ start: 5, removed: 1, added: 0, version: 3 }]);
    assert.deepEqual(
      log.between('a', 1).map(({ start }) => start),
      [9, 0, 5],
    );
    assert.equal(log.between('a', 1, 2).length, 2);
    log.forget('a', 2);
    assert.equal(log.between('a', 0).length, 1);
  });
});

describe('notebooks', () => {
  const cells = [
    { uri: 'cell1', version: 1, text: 'import torch' },
    { uri: 'cell2', version: 4, text: 'net = Net()' },
  ];

  it('are read as one text whose places are in their cells', () => {
    const notebook = join('nb', 'nb', cells);
    assert.equal(notebook.text, 'import torch\n\nnet = Net()');
    const place = placeOf(range(notebook.text, 'Net'), notebook, new EditLog());
    assert.deepEqual(place, { uri: 'cell2', range: { start: 6, end: 9 } });
    assert.equal(placeOf({ start: 10, end: 16 }, notebook, new EditLog()), undefined);
  });

  it('carry places along when cells move', () => {
    const before = join('nb', 'nb', cells);
    const after = join('nb', 'nb', [...cells].reverse());
    assert.deepEqual(carryRange(range(before.text, 'Net'), before, after, new EditLog()), {
      start: 6,
      end: 9,
    });
  });

  it('keep their offsets where lines are not Python', () => {
    assert.equal(cellText('%matplotlib inline\nx = 1\n  !ls'), '#matplotlib inline\nx = 1\n  #ls');
    assert.equal(cellText('%%bash\nls'), '      \n  ');
    assert.equal(cellText('y = (a\n     % b)'), 'y = (a\n     % b)');
  });
});

describe('shown', () => {
  const TEXT = 'class A:\n  a(x)\nclass B:\n  b(x)\n';
  const reports = (text: string, changes: Record<string, Partial<RootReport>> = {}): FileReport => {
    const roots = ['A', 'B']
      .filter((name) => text.includes(`class ${name}`))
      .map((name) =>
        root({
          id: name,
          range: range(text, name),
          extent: { start: range(text, `class ${name}`).start, end: text.length },
          report: model({ name }),
          ...changes[name],
        }),
      );
    const marks = roots.flatMap(({ id, report }, at) => {
      const text_ = `${id.toLowerCase()}(x)`;
      return report && text.includes(text_) ? [call({ name: id, root: at, range: range(text, text_) })] : [];
    });
    return { uri: 'net.py', version: 1, roots, marks, problems: [], milliseconds: 1 };
  };
  const names = ({ roots }: Shown) =>
    roots.map(
      ({ id, report, stale }) => `${id} ${report?.params.total ?? 'nothing'}${stale ? ' stale' : ''}`,
    );
  const marks = (shown: Shown) =>
    shown.marks.map(({ name, root: at, range: { start, end } }) => [name, shown.roots[at]?.id, start, end]);
  const first = merge(undefined, reports(TEXT), one(TEXT), new EditLog());

  /** The state after `part` was replaced; the report of the new text with changes. */
  function edit(
    part: string,
    by: string,
    changes: Record<string, Partial<RootReport>> = {},
    unfinished = false,
  ): Shown {
    const log = new EditLog();
    const at = range(TEXT, part);
    log.record('file:///net.py', [{ start: at.start, removed: part.length, added: by.length, version: 2 }]);
    const text = TEXT.replace(part, by);
    return merge(first, reports(text, changes), one(text, 2), log, unfinished);
  }

  it('is the report while all can be read', () => {
    assert.deepEqual(names(first), ['A 25557032', 'B 25557032']);
    const smaller = { report: model({ params: { total: 5, trainable: 5 } }) };
    assert.deepEqual(names(edit('a(x)', 'a(x) ', { A: smaller })), ['A 5', 'B 25557032']);
  });

  it('keeps the last good figures of a class that is half typed, and takes the new ones of others', () => {
    const broken = { broken: true, report: null };
    const other = { report: model({ params: { total: 7, trainable: 7 } }) };
    const shown = edit(')\nclass', '\nclass', { A: broken, B: other });
    assert.deepEqual(names(shown), ['A 25557032 stale', 'B 7']);
    assert.deepEqual(marks(shown), [
      ['A', 'A', 11, 14],
      ['B', 'B', 26, 30],
    ]);
  });

  it('keeps figures that get worse because another class is half typed', () => {
    const gap = { reason: 'A cannot be read', stack: [], count: 1 };
    const shown = edit(')\nclass', '\nclass', { A: { broken: true }, B: { report: model({ gaps: [gap] }) } });
    assert.deepEqual(names(shown), ['A 25557032 stale', 'B 25557032 stale']);
  });

  it('waits with bad news while a line is being typed', () => {
    const worse = { A: { report: null } };
    const better = { A: { report: model({ params: { total: 3, trainable: 3 } }) } };
    assert.deepEqual(names(edit('a(x)', 'a()', worse, true)), ['A 25557032 stale', 'B 25557032']);
    assert.deepEqual(names(edit('a(x)', 'a()', worse)), ['A nothing', 'B 25557032']);
    assert.deepEqual(names(edit('a(x)', 'a()', better, true)), ['A 3', 'B 25557032']);
  });

  it('lets a class go that is renamed or deleted', () => {
    assert.deepEqual(names(edit('class B:', 'class C:')), ['A 25557032']);
    const shown = edit('x)\nclass', 'x)\nklass', { A: { broken: true } });
    assert.deepEqual(names(shown), ['A 25557032 stale', 'B 25557032 stale']);
    assert.deepEqual(names(edit('class B:\n  b(x)\n', '', { A: { broken: true } })), ['A 25557032 stale']);
  });

  it('keeps all figures of a file that could not be analysed', () => {
    const failed: FileReport = { ...reports(''), problems: [{ message: 'out of time', stack: [] }] };
    const shown = merge(first, failed, one(TEXT, 2), new EditLog());
    assert.deepEqual(names(shown), ['A 25557032 stale', 'B 25557032 stale']);
    assert.equal(shown.problems[0]?.message, 'out of time');
    assert.deepEqual(names(merge(shown, reports(TEXT), one(TEXT, 3), new EditLog())), [
      'A 25557032',
      'B 25557032',
    ]);
  });
});
