// The rows of the page's layer tree: opened, sorted, flat, filtered.

import assert from 'node:assert/strict';
import { createNumbers } from '../../src/report/numbers';
import { panelData } from '../../src/report/panel';
import { nextSort, shownRows, type TreeState } from '../../webview/tree-order';
import { layer, model, root } from './fixture';

const PATHS = ['', 'stem', 'stages', 'stages.0', 'stages.0.conv', 'stages.1', 'head'];
const SIZES = [1000, 10, 900, 400, 400, 500, 90];

const rows = PATHS.map((path, at) =>
  layer({
    path,
    parent: path === '' ? -1 : Math.max(0, PATHS.indexOf(path.slice(0, Math.max(0, path.lastIndexOf('.'))))),
    className: path === 'stem' ? 'Conv2d' : 'Module',
    params: { total: SIZES[at] ?? 0, trainable: 0 },
    fpo: { total: SIZES[at] ?? 0, contraction: 0 },
  }),
);
const context = { numbers: createNumbers(), file: '', place: () => '', site: () => '', stale: () => false };
const layers = panelData([root({ report: model({ layers: rows }) })], undefined, context).model?.layers ?? [];
const CLOSED: TreeState = { open: [], closed: [], sort: null, flat: false, filter: '' };

/** Paths as they are shown, indented by level. */
const check = (state: Partial<TreeState>, expected: readonly string[]) =>
  assert.deepEqual(
    shownRows(layers, { ...CLOSED, ...state }).map(
      ({ layer: { name }, level }) => '  '.repeat(level - 1) + name,
    ),
    expected,
  );

describe('layer tree', () => {
  it('shows the model and its parts at first', () => check({}, ['Net', '  stem', '  stages', '  head']));

  it('opens and closes', () => {
    check({ open: ['stages'] }, ['Net', '  stem', '  stages', '    0', '    1', '  head']);
    check({ closed: [''] }, ['Net']);
  });

  it('sorts parts among themselves', () =>
    check({ open: ['stages'], sort: { column: 'params', descending: true } }, [
      'Net',
      '  stages',
      '    1',
      '    0',
      '  head',
      '  stem',
    ]));

  it('lists what has no parts by size', () => check({ flat: true }, ['1', 'conv', 'head', 'stem']));

  it('shows what fits a filter with what is above it', () => {
    check({ filter: '0.CONV' }, ['Net', '  stages', '    0', '      conv']);
    check({ filter: 'conv2d' }, ['Net', '  stem']);
    check({ filter: 'nothing' }, []);
  });

  it('says each row’s place', () => {
    const [, stem, , , one] = shownRows(layers, { ...CLOSED, open: ['stages'] });
    assert.deepEqual([stem?.position, stem?.siblings], [1, 3]);
    assert.deepEqual([one?.position, one?.siblings, one?.level], [2, 2, 3]);
  });

  it('goes through three orders', () => {
    const first = nextSort(null, 'fpo');
    assert.deepEqual(first, { column: 'fpo', descending: true });
    assert.deepEqual(nextSort(first, 'fpo'), { column: 'fpo', descending: false });
    assert.equal(nextSort({ column: 'fpo', descending: false }, 'fpo'), null);
    assert.deepEqual(nextSort(first, 'name'), { column: 'name', descending: false });
  });
});
