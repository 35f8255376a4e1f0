// The report page: price tag, what is less than exact, layer tree, operators, and what the figures mean. It is drawn
// anew from the data each time; what the user has opened, sorted or typed is in the state.

import type { PanelData, PanelKnob, PanelModel, PanelSentence } from '../src/report/panel';
import { element, link, shareCell } from './dom';
import type { GraphPart } from './graph';
import { historySection } from './history';
import type { Host, PageState } from './host';
import { button, checkbox, dropdown, textField } from './toolkit';
import { layerTree } from './tree';

export interface PageContext {
  readonly host: Host;
  readonly graph: GraphPart;
  readonly state: PageState;
  readonly change: (state: Partial<PageState>) => void;
  /** Path of the row that has or had the focus. */
  readonly focused: string | undefined;
}

/** The contents of the page. */
export function page(data: PanelData, context: PageContext): HTMLElement[] {
  const { model } = data;
  const top = header(data, context);
  if (model === null)
    return [top, element('p', { class: 'message', role: 'status' }, data.message), ...hints(data)];
  return [
    top,
    priceTag(model),
    tensors(model, context),
    ...model.notes.map((note) => element('p', { class: 'note' }, note)),
    ...context.graph.knobs(model),
    ...caveats(model, data.message, context),
    layersSection(model, context),
    operatorsSection(model, context),
    ...context.graph.list(model),
    ...historySection(data.history ?? [], context.state.history, (history) => context.change({ history })),
    ...sources(model, context),
    element('footer', {}, ...model.convention.map((text) => element('p', {}, text))),
  ];
}

function header(data: PanelData, { host }: PageContext): HTMLElement {
  const name = element('h1', {}, data.model?.name ?? (data.selected || 'Price Tag'));
  const stale = element('span', { class: 'stale' }, 'figures before this edit');
  const options = data.roots.map(({ id, label }) => ({ value: id, text: label }));
  const choice = dropdown('Model', options, data.selected, (root) => host.ask({ type: 'select', root }));
  const setInput = button('Set Input…', () => host.ask({ type: 'setInput' }), 'Price it on another input');
  const actions = [
    ...(data.graph ? [] : [setInput]),
    button('Copy as Markdown', () => host.ask({ type: 'copy' }), 'Copy the price tag as Markdown'),
  ];
  return element(
    'header',
    {},
    element(
      'div',
      { class: 'title' },
      name,
      ...(data.file === data.model?.name ? [] : [element('span', { class: 'file' }, data.file)]),
      ...(data.stale ? [stale] : []),
    ),
    element(
      'div',
      { class: 'actions' },
      ...(options.length > 1 ? [choice] : []),
      ...(data.roots.length > 0 ? actions : []),
    ),
  );
}

/** What to do where there is nothing to show. */
function hints({ roots, graph }: PanelData): HTMLElement[] {
  if (graph) return [];
  const tips =
    roots.length === 0
      ? ['Open a Python file that defines a model; its price appears above the class.']
      : [
          'Set Input… prices the model on the shape that you type, as 1,3,224,224 or 1,128:int64.',
          'A comment above the class does the same for everybody: # price-tag: input=(1, 3, 224, 224)',
        ];
  return [element('ul', { class: 'tips' }, ...tips.map((tip) => element('li', {}, tip)))];
}

function priceTag({ tag }: PanelModel): HTMLElement {
  const figures = tag.map(({ label, text, detail }) =>
    element(
      'div',
      { class: 'figure' },
      element('dt', {}, label),
      element('dd', {}, text),
      element('dd', { class: 'detail' }, detail),
    ),
  );
  return element('dl', { class: 'tag', 'aria-label': 'Price tag' }, ...figures);
}

function tensors(model: PanelModel, { host }: PageContext): HTMLElement {
  const source = model.inputSource;
  const go = () => host.ask({ type: 'place', of: 'input', index: 0 });
  const where = model.inputPlace ? link(source, 'Go to the line', go) : element('span', {}, source);
  const line = (what: string, ...value: readonly (Node | string)[]) =>
    element('p', {}, element('span', { class: 'what' }, what), ...value);
  return element(
    'section',
    { class: 'tensors', 'aria-label': 'Input and output' },
    line('In', element('code', {}, model.input || 'none'), where),
    line('Out', element('code', {}, model.outputs || 'none')),
  );
}

/** Assumptions and gaps, said before any table. */
function caveats({ knobs, gaps }: PanelModel, problem: string, context: PageContext): HTMLElement[] {
  const assumed = knobs.flatMap((knob, index) => (knob.assumed && !knob.field ? [{ knob, index }] : []));
  const items = [
    ...(problem === '' ? [] : [element('li', {}, problem)]),
    ...assumed.map(({ knob, index }) => sentence(knob, 'knob', index, context, 'Assumed: ')),
    ...gaps.map((gap, index) => sentence(gap, 'gap', index, context, 'Gap: ')),
  ];
  if (items.length === 0) return [];
  const words = 'These figures are less than exact';
  return [
    element(
      'section',
      { class: 'caveats', 'aria-label': words },
      element('h2', {}, words),
      element('ul', {}, ...items),
    ),
  ];
}

function sentence(
  { text, place, node }: PanelSentence,
  of: 'gap' | 'knob',
  index: number,
  { host, graph }: PageContext,
  before = '',
): HTMLElement {
  const go = () => (node === undefined ? host.ask({ type: 'place', of, index }) : graph.reveal(node));
  const words = node === undefined ? 'Go to the line' : 'Go to the node';
  return element('li', {}, before + text, ...(place === '' ? [] : [' ', link(place, words, go)]));
}

function layersSection(model: PanelModel, context: PageContext): HTMLElement {
  const { state, change } = context;
  const paths = model.layers.map(({ path }) => path);
  const controls = element(
    'div',
    { class: 'controls' },
    textField('Filter layers', state.filter, (filter) => change({ filter })),
    checkbox('Flat list', state.flat, (flat) => change({ flat })),
    button('Expand All', () => change({ open: paths, closed: [] })),
    button('Collapse All', () => change({ open: [], closed: paths })),
  );
  const title = element('div', { class: 'title-row' }, element('h2', {}, 'Layers'), controls);
  const tree = element('div', { class: 'scroll', id: 'tree' }, treeOf(model, context));
  return element('section', { 'aria-label': 'Layers' }, title, tree);
}

const treeOf = (model: PanelModel, { state, change, host, graph, focused }: PageContext): HTMLElement =>
  layerTree(model.layers, state, focused, {
    change,
    reveal: (layer, where, focus) =>
      model.graph
        ? graph.showLayer(model.layers[layer]?.path ?? '')
        : host.ask({ type: 'reveal', layer, where, focus }),
  });

/** What has to change so that a layer is a row of the tree. */
export function showInTree(model: PanelModel, path: string, { open }: PageState): Partial<PageState> {
  const above: string[] = [];
  let at = model.layers.find((layer) => layer.path === path)?.parent ?? -1;
  for (let layer = model.layers[at]; layer; layer = model.layers[at]) {
    above.push(layer.path);
    at = layer.parent;
  }
  return { open: [...new Set([...open, ...above])], closed: [], filter: '', flat: false };
}

/** The row of a layer, where it is shown. */
export const rowOf = (root: HTMLElement, path: string): HTMLElement | null =>
  root.querySelector(`tr[data-path="${CSS.escape(path)}"]`);

/** Draws the tree of layers anew and leaves the rest of the page alone. */
export function redrawTree(
  root: HTMLElement,
  model: PanelModel | null | undefined,
  context: PageContext,
): void {
  if (model) root.querySelector('#tree')?.replaceChildren(treeOf(model, context));
}

function operatorsSection({ operators, graph }: PanelModel, { state, change }: PageContext): HTMLElement {
  const titles = graph
    ? ['Operator', 'Nodes', 'Parameters', 'FPO', 'Share', 'Output']
    : ['Operator', 'Calls', 'FPO', 'Share', 'Output'];
  const head = titles.map((title, at) =>
    element('th', { scope: 'col', class: at === 0 ? '' : 'number' }, title),
  );
  const rows = operators.map(({ name, calls, params, fpo, share, output }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, name),
      ...[calls, ...(params ? [params] : []), fpo].map(({ text, exact }) =>
        element('td', { class: 'number', title: exact }, text),
      ),
      shareCell(share),
      element('td', { class: 'number', title: `${output.exact} bytes` }, output.text),
    ),
  );
  const table = element(
    'table',
    { class: 'operators' },
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...rows),
  );
  return fold(
    'Operators',
    state.operators ?? graph !== undefined,
    (operators) => change({ operators }),
    element('div', { class: 'scroll' }, table),
  );
}

function fold(
  title: string,
  open: boolean,
  changed: (open: boolean) => void,
  content: HTMLElement,
): HTMLElement {
  const made = element('details', {}, element('summary', {}, title), content) as HTMLDetailsElement;
  made.open = open;
  made.addEventListener('toggle', () => {
    if (made.open !== open) changed(made.open);
  });
  return made;
}

/** Values that the code, a comment or the configuration gives. */
function sources({ knobs }: PanelModel, context: PageContext): HTMLElement[] {
  const given = knobs.flatMap((knob: PanelKnob, index) =>
    knob.assumed || knob.field ? [] : [sentence(knob, 'knob', index, context)],
  );
  if (given.length === 0) return [];
  return [
    element(
      'section',
      { 'aria-label': 'Values' },
      element('h2', {}, 'Where values come from'),
      element('ul', {}, ...given),
    ),
  ];
}
