// The layer tree as a treegrid: one tab stop, arrows move and open, Enter goes to the line. Every row is a table row with
// its level, place and state said in ARIA, so that what is seen is also heard.

import type { PanelLayer } from '../src/report/panel';
import { element, link, shareCell } from './dom';
import {
  type Column,
  isOpen,
  nextSort,
  type ShownRow,
  type Sort,
  shownRows,
  type TreeState,
} from './tree-order';

export interface TreeActions {
  /** Goes to the line where a layer is made or called. */
  readonly reveal: (layer: number, where: 'constructed' | 'called', focus: boolean) => void;
  readonly change: (state: Partial<TreeState>) => void;
}

const COLUMNS: readonly { readonly id: Column; readonly title: string; readonly number: boolean }[] = [
  { id: 'name', title: 'Layer', number: false },
  { id: 'params', title: 'Parameters', number: true },
  { id: 'fpo', title: 'FPO', number: true },
  { id: 'share', title: 'Share', number: true },
  { id: 'shape', title: 'Output shape', number: false },
  { id: 'weights', title: 'Weights', number: true },
  { id: 'output', title: 'Output', number: true },
];

/** The table of layers. */
export function layerTree(
  layers: readonly PanelLayer[],
  state: TreeState,
  focused: string | undefined,
  actions: TreeActions,
): HTMLElement {
  const rows = shownRows(layers, state);
  const active = Math.max(
    0,
    rows.findIndex(({ layer }) => layer.path === focused),
  );
  const body = element('tbody', {}, ...rows.map((row, at) => rowElement(row, at === active, state, actions)));
  const head = element(
    'thead',
    {},
    element('tr', {}, ...COLUMNS.map((column) => headCell(column, state.sort, actions))),
  );
  const table = element('table', { role: 'treegrid', 'aria-label': 'Layers', class: 'layers' }, head, body);
  body.addEventListener('keydown', (event) => onKey(event, rows, body, state, actions));
  body.addEventListener('focusin', (event) => rove(body, event.target));
  return table;
}

function headCell(
  { id, title, number }: (typeof COLUMNS)[number],
  sort: Sort | null,
  { change }: TreeActions,
): HTMLElement {
  const order = sort?.column === id ? (sort.descending ? 'descending' : 'ascending') : 'none';
  const press = element(
    'button',
    { type: 'button', 'data-column': id, title: `Sort by ${title.toLowerCase()}` },
    title,
  );
  press.addEventListener('click', () => change({ sort: nextSort(sort, id) }));
  return element('th', { scope: 'col', 'aria-sort': order, class: number ? 'number' : '' }, press);
}

function rowElement(row: ShownRow, active: boolean, state: TreeState, actions: TreeActions): HTMLElement {
  const { layer, index } = row;
  const made = element(
    'tr',
    {
      role: 'row',
      tabindex: active ? '0' : '-1',
      'aria-level': String(row.level),
      'aria-posinset': String(row.position),
      'aria-setsize': String(row.siblings),
      'aria-expanded': row.children ? String(row.expanded) : '',
      'data-index': String(index),
      class: layer.constructed ? 'reachable' : '',
    },
    nameCell(row, state, actions),
    ...[layer.params, layer.fpo].map(({ text, exact }) => cell(text, exact)),
    shareCell(layer.share, 'gridcell'),
    element('td', { role: 'gridcell', class: 'shape' }, layer.shape),
    ...[layer.weights, layer.output].map(({ text, exact }) => cell(text, `${exact} bytes`)),
  );
  made.dataset.path = layer.path;
  made.addEventListener('click', () => {
    made.focus();
    actions.reveal(index, 'constructed', false);
  });
  return made;
}

function nameCell(
  { layer, index, level, children, expanded }: ShownRow,
  state: TreeState,
  actions: TreeActions,
): HTMLElement {
  const twist = element('span', {
    class: `twist${children ? (expanded ? ' open' : ' closed') : ''}`,
    'aria-hidden': 'true',
  });
  twist.addEventListener('click', (event) => {
    if (!children) return;
    event.stopPropagation();
    toggle(layer, state, actions);
  });
  const called = link('call', 'Go to the line that calls it (Shift+Enter)', () =>
    actions.reveal(index, 'called', true),
  );
  called.tabIndex = -1;
  called.addEventListener('click', (event) => event.stopPropagation());
  const made = element(
    'td',
    {
      role: 'gridcell',
      class: 'name',
      title: [layer.path, layer.arguments].filter((part) => part !== '').join('\n'),
    },
    twist,
    element('span', { class: 'label' }, state.flat ? layer.path : layer.name),
    ' ',
    element('span', { class: 'class' }, signature(layer)),
    ' ',
    ...(layer.calls > 1 ? [element('span', { class: 'calls' }, `called ${layer.calls} times`)] : []),
    ...(layer.called ? [called] : []),
  );
  made.style.setProperty('--level', String(level));
  return made;
}

const signature = ({ className, arguments: given }: PanelLayer): string =>
  given === '' ? className : `${className}(${given})`;

const cell = (text: string, title: string): HTMLElement =>
  element('td', { role: 'gridcell', class: 'number', title }, text);

/** Opens or closes a row. */
function toggle(layer: PanelLayer, state: TreeState, { change }: TreeActions): void {
  const without = (paths: readonly string[]) => paths.filter((path) => path !== layer.path);
  change(
    isOpen(layer, state)
      ? { open: without(state.open), closed: [...without(state.closed), layer.path] }
      : { open: [...without(state.open), layer.path], closed: without(state.closed) },
  );
}

/** One row is the tab stop: the one that had the focus last. */
function rove(body: HTMLElement, target: EventTarget | null): void {
  const row = target instanceof Element ? target.closest('tr') : null;
  for (const other of body.querySelectorAll('tr[tabindex="0"]'))
    if (other !== row) other.setAttribute('tabindex', '-1');
  row?.setAttribute('tabindex', '0');
}

function onKey(
  event: KeyboardEvent,
  rows: readonly ShownRow[],
  body: HTMLElement,
  state: TreeState,
  actions: TreeActions,
): void {
  const elements = [...body.querySelectorAll<HTMLElement>('tr')];
  const at = event.target instanceof HTMLElement ? elements.indexOf(event.target) : -1;
  const row = rows[at];
  if (row === undefined) return;
  const go = (to: number) => elements[Math.max(0, Math.min(elements.length - 1, to))]?.focus();
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => go(at + 1),
    ArrowUp: () => go(at - 1),
    Home: () => go(0),
    End: () => go(elements.length - 1),
    ArrowRight: () =>
      row.children && !row.expanded ? toggle(row.layer, state, actions) : go(row.children ? at + 1 : at),
    ArrowLeft: () => (row.expanded ? toggle(row.layer, state, actions) : go(parentOf(rows, at))),
    Enter: () => actions.reveal(row.index, event.shiftKey ? 'called' : 'constructed', true),
  };
  const act = keys[event.key];
  if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  act();
}

/** The row above whose level is one less; the row itself at the top. */
function parentOf(rows: readonly ShownRow[], at: number): number {
  const level = rows[at]?.level ?? 1;
  for (let above = at - 1; above >= 0; above--) if ((rows[above]?.level ?? 1) < level) return above;
  return at;
}
