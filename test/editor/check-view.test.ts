// What the editor shows of a check: words of the tree, marks at lines, data of the page, since when a budget is broken.

import assert from 'node:assert/strict';
import { createAmounts } from '../../src/check/amounts';
import type { BudgetVerdict, History, LayerChange, RootChange, RootState } from '../../src/check/model';
import { asPageRequest, layerLines, pageData } from '../../src/check/page';
import { figureChanges, rootDirection, rootShort, rootTitle } from '../../src/check/view';
import { lineMarks } from '../../src/editor/check/line-marks';
import { sinceWords } from '../../src/editor/check/since-words';
import { everyFigure, type Figures } from '../../src/price/figures';

const amounts = createAmounts();

function state(figures: Partial<Figures> | null, changes: Partial<RootState> = {}): RootState {
  return {
    file: 'net.py',
    id: 'Net',
    kind: 'class',
    definition: { file: 'net.py', first: 5, last: 9, side: 'after', name: { start: 0, end: 3 } },
    figures: figures && { ...everyFigure(() => 0), ...figures },
    trust: figures && everyFigure(() => 'exact' as const),
    problem: figures ? null : 'forward could not be followed',
    input: null,
    inputSpec: '1,64',
    caveats: [],
    ...changes,
  };
}

function change(
  before: RootState | null,
  after: RootState | null,
  changes: Partial<RootChange> = {},
): RootChange {
  return {
    status: before === null ? 'added' : after === null ? 'removed' : 'changed',
    key: 'net.py::Net',
    before,
    after,
    notes: [],
    layers: [],
    verdicts: [],
    ...changes,
  };
}

const line = (at: number, side: 'after' | 'before' = 'after') => ({
  file: 'net.py',
  first: at,
  last: at,
  side,
});

function layer(
  path: string,
  at: number,
  before: readonly [number, number] | null,
  after: readonly [number, number] | null,
): LayerChange {
  const figures = (pair: readonly [number, number] | null) => pair && { params: pair[0], fpo: pair[1] };
  return {
    status: before === null ? 'added' : after === null ? 'removed' : 'changed',
    path,
    className: 'Linear',
    before: figures(before),
    after: figures(after),
    count: 1,
    made: [line(at, after === null ? 'before' : 'after')],
    causes: [],
  };
}

describe('words of a changed model', () => {
  const small = state({ params: 1_000_000, fpo: 4_000_000_000, memory: 2 ** 20 });
  const large = state({ params: 2_200_000, fpo: 4_480_000_000, memory: 2 ** 20 });

  it('are short in the tree', () => {
    assert.equal(rootShort(change(small, large), amounts), '+12 % FPO · +1.20 M params');
    assert.equal(rootShort(change(large, small), amounts), '−11 % FPO · −1.20 M params');
    assert.equal(rootShort(change(null, small), amounts), 'new · 4.00 GFPO · 1.00 M params');
    assert.equal(rootShort(change(small, null), amounts), 'removed');
    assert.equal(rootShort(change(small, state(null)), amounts), 'no price');
    assert.equal(rootShort(change(small, small, { status: 'moved' }), amounts), 'moved · same price');
    assert.equal(
      rootShort(change(small, state({ ...small.figures, memory: 2 ** 21 })), amounts),
      '+1.00 MiB peak',
    );
  });

  it('never subtract what misses a part', () => {
    const trust = everyFigure(() => 'atLeast' as const);
    const open = state(large.figures, { trust });
    const [params] = figureChanges(change(small, open), amounts);
    assert.deepEqual([params?.after, params?.change, params?.percent], ['≥ 2.20 M', '≥ +1.20 M', '≥ +120 %']);
    const [back] = figureChanges(change(open, small), amounts);
    assert.deepEqual([back?.before, back?.change, back?.direction], ['≥ 2.20 M', '', 'unknown']);
    const [less] = figureChanges(change(large, state(small.figures, { trust })), amounts);
    assert.deepEqual([less?.change, less?.direction], ['', 'unknown']);
  });

  it('say up or down only where all figures agree', () => {
    assert.equal(rootDirection(change(small, large), amounts), 'up');
    assert.equal(rootDirection(change(large, small), amounts), 'down');
    assert.equal(rootDirection(change(small, small), amounts), 'same');
    const mixed = state({ ...small.figures, params: 500_000, fpo: 5e9 });
    assert.equal(rootDirection(change(small, mixed), amounts), 'unknown');
  });

  it('name both names of what was renamed', () =>
    assert.equal(rootTitle(change(small, state({}, { id: 'Wide' }))), 'Net → Wide'));
});

describe('marks at lines', () => {
  const both = (layers: readonly LayerChange[], id = 'Net') =>
    change(state({}, { id }), state({}, { id }), { layers });
  const marks = (...roots: RootChange[]) => lineMarks(roots, 'net.py', 'HEAD (1a2b3c4)', amounts);

  it('say where layers cost more, less, or are new', () => {
    const found = marks(
      both([
        layer('a', 3, [10, 10], [20, 20]),
        layer('b', 4, [20, 20], [10, 10]),
        layer('c', 5, null, [10, 10]),
        layer('d', 6, [10, 20], [20, 10]),
      ]),
    );
    assert.deepEqual(
      found.map((each) => [each.line, each.kind]),
      [
        [2, 'up'],
        [3, 'down'],
        [4, 'new'],
        [5, 'moved'],
      ],
    );
    assert.equal(found[0]?.text, '**Since HEAD (1a2b3c4)**, in `Net`:\n\n- `a` \\+10 parameters, +10 FPO');
  });

  it('leave out what costs the same, what is gone, and models that are new', () => {
    assert.deepEqual(marks(both([layer('a', 3, [10, 10], [10, 10]), layer('b', 4, [10, 10], null)])), []);
    assert.deepEqual(marks(change(null, state({}), { layers: [layer('a', 3, null, [10, 10])] })), []);
  });

  it('speak of the model that a line changes most, once', () => {
    const found = marks(
      both([layer('a', 3, [10, 10], [20, 20])]),
      both([layer('x', 3, [10, 10], [90, 90]), layer('y', 3, [10, 10], [90, 90])], 'Big`'),
    );
    assert.equal(found.length, 1);
    assert.match(found[0]?.text ?? '', /in `` Big` ``:\n\n- `x` .*\n- `y` /);
  });
});

describe('lines of a layer', () => {
  it('are its own where they have changed, else those of the cause', () => {
    const made = layer('a', 9, [1, 1], [2, 2]);
    const cause = (first: number, last: number, side: 'after' | 'before' = 'after') => ({
      file: 'net.py',
      ...{ first, last, side },
      direct: true,
    });
    assert.equal(layerLines(made)?.first, 9);
    assert.equal(layerLines({ ...made, causes: [cause(8, 9)] })?.first, 9);
    assert.equal(layerLines({ ...made, causes: [cause(2, 3, 'before'), cause(4, 4)] })?.first, 4);
    assert.equal(layerLines({ ...made, causes: [cause(2, 3, 'before')] })?.side, 'before');
  });
});

const verdict: BudgetVerdict = {
  outcome: 'broken',
  figure: 'params',
  kind: 'most',
  budget: 'net.py::Net',
  spelled: '10K',
  limit: 10_000,
  value: 19_210,
  valueBefore: 9610,
  overBefore: false,
  sentence: '19.2 K parameters, over its budget of 10K',
  place: { file: 'price-tag.json', range: { start: 0, end: 5 }, line: 1 },
};

describe('page of changes', () => {
  const root = change(state({ params: 9610 }), state({ params: 19_210 }), {
    layers: [layer('a', 9, [10, 10], [20, 20])],
    verdicts: [verdict],
  });
  const report = {
    base: { kind: 'revision', words: 'HEAD (1a2b3c4)' },
    head: { kind: 'workTree', words: 'the working tree' },
    roots: [root],
    problems: [],
    notes: [],
    outcome: 'broken',
    priced: 1,
    milliseconds: 1,
  } as const;

  it('is text that is ready to be shown', () => {
    const { compared, verdict: words, roots } = pageData(report, amounts);
    assert.equal(compared, 'the working tree against HEAD (1a2b3c4)');
    assert.equal(words, '1 budget does not hold.');
    const [first] = roots;
    assert.deepEqual(
      first?.main.map(({ label }) => label),
      ['Parameters', 'FPO, forward', 'Inference peak'],
    );
    assert.deepEqual(
      first?.verdicts.map(({ text, ratio }) => [text, ratio]),
      [['19.2 K of 10K', 1.921]],
    );
    assert.deepEqual(
      first?.layers.map(({ path, params, place }) => [path, params.text, place]),
      [['a', '+10', 'net.py:9']],
    );
  });

  it('says nothing of budgets where none is set', () => {
    const quiet = { ...report, outcome: 'holds', roots: [{ ...root, verdicts: [] }] } as const;
    assert.equal(pageData(quiet, amounts).verdict, '');
  });

  it('is asked for nothing but what it may ask', () => {
    assert.deepEqual(asPageRequest({ type: 'ready', more: 1 }), { type: 'ready' });
    const open = { type: 'open', key: 'k', of: 'layer', part: 2 };
    assert.deepEqual(asPageRequest(open), open);
    for (const bad of [null, 'ready', {}, { type: 'run' }, { ...open, part: -1 }, { ...open, of: 'file' }])
      assert.equal(asPageRequest(bad), undefined);
  });
});

describe('since when a budget is broken', () => {
  const known = (overBefore: boolean | null) =>
    change(state({}), state({}), { verdicts: [{ ...verdict, overBefore }] });
  const history = (...params: number[]): History => ({
    key: 'net.py::Net',
    entries: params.map((value, at) => ({
      commit: `abcdef0${at}`,
      time: 1_790_000_000 + at * 86_400,
      author: 'A',
      subject: `Change ${at}`,
      file: 'net.py',
      id: 'Net',
      atLeast: false,
      figures: { ...everyFigure(() => 0), params: value },
      problem: null,
    })),
    more: false,
  });

  it('is told where it is known', () => {
    assert.equal(sinceWords(verdict, undefined, undefined), '');
    assert.equal(sinceWords(verdict, known(null), undefined), '');
    assert.equal(sinceWords(verdict, known(false), undefined), 'since a change that is not committed yet');
    assert.equal(sinceWords(verdict, known(true), undefined), 'as in the last commit already');
    assert.equal(
      sinceWords(verdict, known(true), history(9000, 12_000, 9500, 11_000, 12_000)),
      'since abcdef0 “Change 3” of 2026-09-24',
    );
  });

  it('is not the first commit that is known, because there may be older ones', () =>
    assert.equal(sinceWords(verdict, known(true), history(11_000, 12_000)), 'as in the last commit already'));
});
