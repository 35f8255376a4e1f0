// Which rows of the layer tree are shown, in which order: pure functions of the rows and of what the user has chosen.

import type { PanelLayer } from '../src/report/panel';

export type Column = 'name' | 'params' | 'fpo' | 'share' | 'weights' | 'output' | 'shape';

export interface Sort {
  readonly column: Column;
  readonly descending: boolean;
}

export interface TreeState {
  /** Paths of rows that the user has opened or closed against the default. */
  readonly open: readonly string[];
  readonly closed: readonly string[];
  readonly sort: Sort | null;
  /** Layers that do something themselves in one list, instead of the tree. */
  readonly flat: boolean;
  readonly filter: string;
}

/** A row as it is shown. */
export interface ShownRow {
  readonly index: number;
  readonly layer: PanelLayer;
  readonly level: number;
  readonly children: boolean;
  readonly expanded: boolean;
  readonly position: number;
  readonly siblings: number;
}

const FIGURES = ['params', 'fpo', 'share', 'weights', 'output'] as const;

/** The rows to show, from top to bottom. */
export function shownRows(layers: readonly PanelLayer[], state: TreeState): ShownRow[] {
  const children = childrenOf(layers);
  return state.flat ? flatRows(layers, children, state) : treeRows(layers, children, state);
}

/** Whether a row is open: the first two levels are unless the user says otherwise; a filter opens all. */
export const isOpen = (layer: PanelLayer, { open, closed, filter }: TreeState): boolean =>
  filter !== '' || open.includes(layer.path) || (layer.parent < 0 && !closed.includes(layer.path));

/** The next order of a column: figures from the largest down first, names from A; a third click gives source order. */
export function nextSort(sort: Sort | null, column: Column): Sort | null {
  const first = isText(column) ? { column, descending: false } : { column, descending: true };
  if (sort?.column !== column) return first;
  return sort.descending === first.descending ? { column, descending: !first.descending } : null;
}

const isText = (column: Column): column is 'name' | 'shape' => column === 'name' || column === 'shape';

function childrenOf(layers: readonly PanelLayer[]): number[][] {
  const children: number[][] = layers.map(() => []);
  layers.forEach(({ parent }, index) => {
    children[parent]?.push(index);
  });
  return children;
}

function treeRows(
  layers: readonly PanelLayer[],
  children: readonly number[][],
  state: TreeState,
): ShownRow[] {
  const wanted = matches(layers, state.filter);
  const rows: ShownRow[] = [];
  const add = (indices: readonly number[], level: number): void => {
    const shown = sorted(
      indices.filter((index) => wanted.has(index)),
      layers,
      state.sort,
    );
    shown.forEach((index, at) => {
      const layer = layers[index];
      if (layer === undefined) return;
      const below = children[index] ?? [];
      const expanded = below.length > 0 && isOpen(layer, state);
      const place = { position: at + 1, siblings: shown.length };
      rows.push({ index, layer, level, children: below.length > 0, expanded, ...place });
      if (expanded) add(below, level + 1);
    });
  };
  add(
    layers.flatMap(({ parent }, index) => (parent < 0 ? [index] : [])),
    1,
  );
  return rows;
}

/** Rows without rows below them; the largest first where no order was chosen. */
function flatRows(
  layers: readonly PanelLayer[],
  children: readonly number[][],
  state: TreeState,
): ShownRow[] {
  const wanted = matches(layers, state.filter);
  const leaves = layers.flatMap((_, index) =>
    children[index]?.length === 0 && wanted.has(index) ? [index] : [],
  );
  const order = sorted(leaves, layers, state.sort ?? { column: 'fpo', descending: true });
  return order.flatMap((index, at) => {
    const layer = layers[index];
    const place = { position: at + 1, siblings: order.length };
    return layer ? [{ index, layer, level: 1, children: false, expanded: false, ...place }] : [];
  });
}

/** Rows whose path or class has the text in it, with all rows above them. */
function matches(layers: readonly PanelLayer[], filter: string): Set<number> {
  const text = filter.trim().toLowerCase();
  const found = new Set<number>();
  layers.forEach(({ path, className }, index) => {
    if (!`${path} ${className}`.toLowerCase().includes(text)) return;
    for (let at = index; at >= 0 && !found.has(at); at = layers[at]?.parent ?? -1) found.add(at);
  });
  return found;
}

function sorted(
  indices: readonly number[],
  layers: readonly PanelLayer[],
  sort: Sort | null,
): readonly number[] {
  if (sort === null) return indices;
  const turn = sort.descending ? -1 : 1;
  return [...indices].sort((a, b) => {
    const [first, second] = [layers[a], layers[b]];
    return first && second ? turn * compare(first, second, sort.column) : 0;
  });
}

function compare(a: PanelLayer, b: PanelLayer, column: Column): number {
  const figure = FIGURES.find((each) => each === column);
  if (figure !== undefined) return a[figure].value - b[figure].value;
  return column === 'name'
    ? a.path.localeCompare(b.path, 'en', { numeric: true })
    : a.shape.localeCompare(b.shape);
}
