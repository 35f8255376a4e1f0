// The past of a price as a line of a card and as charts.

import assert from 'node:assert/strict';
import { createNumbers } from '../../src/report/numbers';
import { type Past, pastCharts, pastLine } from '../../src/report/past';

const numbers = createNumbers('en-US');

const past = (params: readonly (number | null)[], fpo: readonly (number | null)[], more = false): Past => ({
  points: params.map((value, at) => ({
    commit: at === params.length - 1 ? '' : `c${at}`,
    subject: `Change ${at} <b>`,
    date: at === params.length - 1 ? '' : `2026-11-0${at + 1}`,
    atLeast: false,
    values: { params: value, fpo: fpo[at] ?? null, memory: 1024 },
  })),
  more,
});

describe('the past of a price', () => {
  it('is a line of what has changed', () => {
    const line = pastLine(past([1e6, 1e6, 2e6], [4e9, 4e9, 4e9]), numbers);
    assert.equal(line, '▁▁█ 1.00 M → 2.00 M params over 2 commits');
  });

  it('tells of FPO first, and of more commits than were looked at', () => {
    const line = pastLine(past([1e6, 1e6, 2e6], [4e9, 5e9, 6e9], true), numbers);
    assert.equal(line, '▁▅█ 4.00 GFPO → 6.00 GFPO · ▁▁█ 1.00 M → 2.00 M params over the last 2 commits');
  });

  it('says so where nothing has changed, or where it came back', () => {
    assert.equal(pastLine(past([1, 1, 1], [2, 2, 2]), numbers), 'same price over 2 commits');
    assert.equal(pastLine(past([1, 3, 1], [2, 2, 2]), numbers), '▁█▁ 1 params, as at first over 2 commits');
  });

  it('says which figures miss a part', () => {
    const open = past([1e6, 2e6, 1.5e6], [4e9, 4e9, 4e9]);
    const points = open.points.map((point, at) => ({ ...point, atLeast: at === 2 }));
    const line = pastLine({ ...open, points }, numbers);
    assert.equal(line, '▁█▅ 1.00 M → ≥ 1.50 M params over 2 commits');
  });

  it('is nothing without a past', () => {
    assert.equal(pastLine(past([1], [2]), numbers), '');
    assert.deepEqual(pastCharts(past([1], [2]), numbers), []);
  });

  it('is a chart for each figure, with a sentence for those who do not see it', () => {
    const charts = pastCharts(past([1e6, null, 2e6], [4e9, 4e9, 4e9]), numbers);
    assert.deepEqual(
      charts.map(({ label, words }) => [label, words]),
      [
        ['Parameters', 'Parameters over 2 commits: 1.00 M → 2.00 M'],
        ['FPO', 'FPO over 2 commits: unchanged at 4.00 GFPO'],
        ['Inference peak', 'Inference peak over 2 commits: unchanged at 1.00 KiB'],
      ],
    );
    assert.deepEqual(
      charts[0]?.points.map(({ name, text }) => [name, text]),
      [
        ['c0', '1.00 M'],
        ['c1', 'unknown'],
        ['now', '2.00 M'],
      ],
    );
  });
});
