// The nodes of a graph as a grid that keeps only the rows on the screen in the page. The grid has one tab stop; arrows move
// the choice, and what is chosen is told in full below. Figures are formatted here, row by row, when they are shown.

import type { PanelGraph } from '../src/report/graph';
import { nodeTitle } from '../src/report/graph';
import { createNumbers, type Numbers } from '../src/report/numbers';
import type { PanelLayer, PanelModel } from '../src/report/panel';
import { element, shareCell } from './dom';
import { nodeDetails } from './node-details';
import { fpoOf, type NodeColumn, type NodeState, nextNodeSort, shownNodes } from './node-order';
import { button, textField } from './toolkit';
import { VirtualRows } from './virtual-rows';

const ROW_HEIGHT = 24;

const COLUMNS: readonly { readonly id: NodeColumn; readonly title: string; readonly number: boolean }[] = [
  { id: 'name', title: 'Node', number: false },
  { id: 'operator', title: 'Operator', number: false },
  { id: 'shape', title: 'Output shape', number: false },
  { id: 'dtype', title: 'Type', number: false },
  { id: 'params', title: 'Parameters', number: true },
  { id: 'contraction', title: 'Contraction FPO', number: true },
  { id: 'other', title: 'Other FPO', number: true },
  { id: 'share', title: 'Share', number: true },
  { id: 'outputBytes', title: 'Output', number: true },
  { id: 'alive', title: 'Alive', number: true },
];

const EXPLAINED: Partial<Readonly<Record<NodeColumn, string>>> = {
  alive: 'Memory of all activations that are alive while the node runs',
  outputBytes: 'Memory of what the node makes',
};

export interface NodeActions {
  readonly change: (changes: Partial<NodeState>) => void;
  /** Shows a layer in the tree. */
  readonly showLayer: (path: string) => void;
}

export class NodeTableView {
  readonly section = element('section', { class: 'nodes', 'aria-label': 'Nodes' });
  private readonly body = element('tbody');
  private readonly head = element('tr', { 'aria-rowindex': '1' });
  private readonly scroller = element('div', { class: 'node-scroll', tabindex: '-1' });
  private readonly table = element('table', {
    role: 'grid',
    class: 'node-grid',
    tabindex: '0',
    'aria-label': 'Nodes',
  });
  private readonly count = element('span', { class: 'what', role: 'status' });
  private readonly scope = element('span', { class: 'scope' });
  private readonly details = element('div', {
    class: 'node-details',
    role: 'region',
    'aria-label': 'Chosen node',
  });
  private readonly filter: HTMLElement;
  private readonly rows: VirtualRows;
  private graph: PanelGraph | undefined;
  private layers: readonly PanelLayer[] = [];
  private numbers: Numbers = createNumbers();
  private order: number[] = [];
  private state: NodeState;

  constructor(
    state: NodeState,
    private readonly actions: NodeActions,
  ) {
    this.state = state;
    this.table.append(
      element('colgroup', {}, ...COLUMNS.map(({ id }) => element('col', { class: `col-${id}` }))),
      element('thead', {}, this.head),
      this.body,
    );
    this.head.append(...COLUMNS.map((column) => this.headCell(column)));
    this.scroller.append(this.table);
    this.filter = textField('Filter nodes', state.filter, (text) => this.change({ filter: text }));
    const controls = element('div', { class: 'controls' }, this.scope, this.count, this.filter);
    const title = element('div', { class: 'title-row' }, element('h2', {}, 'Nodes'), controls);
    this.section.append(title, this.scroller, this.details);
    this.rows = new VirtualRows(this.scroller, this.body, ROW_HEIGHT, COLUMNS.length, (at) => this.row(at));
    this.table.addEventListener('keydown', (event) => this.onKey(event));
  }

  /** Shows the nodes of a model; scrolling and choice stay. */
  update({ graph, layers }: PanelModel): void {
    if (graph === undefined) return;
    if (graph.locale !== this.graph?.locale) this.numbers = createNumbers(graph.locale);
    [this.graph, this.layers] = [graph, layers];
    this.draw();
  }

  /** Lists the nodes of a layer alone; null = of all. */
  showLayer(path: string | null): void {
    this.change({ layer: path === '' ? null : path });
    this.scroller.scrollTop = 0;
    this.draw();
  }

  /** Chooses a node and brings it into view, whatever the filters are. */
  reveal(row: number): void {
    if (!this.order.includes(row)) this.change({ filter: '', layer: null });
    this.choose(row);
    this.section.scrollIntoView({ block: 'nearest' });
    this.table.focus({ preventScroll: true });
  }

  get scrollTop(): number {
    return this.scroller.scrollTop;
  }

  set scrollTop(value: number) {
    this.scroller.scrollTop = value;
  }

  private change(changes: Partial<NodeState>): void {
    this.state = { ...this.state, ...changes };
    this.actions.change(this.state);
    this.draw();
  }

  private draw(): void {
    const { graph, state } = this;
    if (graph === undefined) return;
    this.order = shownNodes(graph.nodes, this.layers, state);
    const all = graph.nodes.name.length;
    const shown = this.order.length;
    this.table.setAttribute('aria-rowcount', String(shown + 1));
    this.count.textContent =
      shown === all
        ? this.numbers.plural(all, 'node')
        : `${this.numbers.exact(shown)} of ${this.numbers.plural(all, 'node')}`;
    this.drawScope();
    // the widget names itself again whenever it comes onto the page
    queueMicrotask(() => this.filter.setAttribute('aria-label', 'Filter nodes'));
    this.drawOrder();
    this.rows.show(shown);
    this.drawChoice();
  }

  private drawScope(): void {
    const { layer } = this.state;
    const all = button('Show All', () => this.showLayer(null), 'List the nodes of all layers');
    this.scope.replaceChildren(...(layer === null ? [] : [element('code', {}, layer), ' ', all]));
  }

  private drawChoice(): void {
    const { graph, state } = this;
    const at = this.order.indexOf(state.selected);
    if (at < 0) this.table.removeAttribute('aria-activedescendant');
    else this.table.setAttribute('aria-activedescendant', `node-${state.selected}`);
    const chosen = graph && state.selected >= 0 && state.selected < graph.nodes.name.length;
    this.details.replaceChildren(
      ...(chosen
        ? nodeDetails(graph, state.selected, this.layers, this.numbers, {
            reveal: (row) => this.reveal(row),
            showLayer: this.actions.showLayer,
          })
        : []),
    );
  }

  private headCell({ id, title, number }: (typeof COLUMNS)[number]): HTMLElement {
    const words = [EXPLAINED[id], `Sort by ${title.toLowerCase()}`].filter((one) => one !== undefined);
    const press = element(
      'button',
      { type: 'button', 'data-node-column': id, title: words.join('. ') },
      title,
    );
    press.addEventListener('click', () => this.change({ sort: nextNodeSort(this.state.sort, id) }));
    return element('th', { scope: 'col', 'aria-sort': 'none', class: number ? 'number' : '' }, press);
  }

  private drawOrder(): void {
    const { sort } = this.state;
    for (const [at, { id }] of COLUMNS.entries()) {
      const order = sort?.column === id ? (sort.descending ? 'descending' : 'ascending') : 'none';
      this.head.children[at]?.setAttribute('aria-sort', order);
    }
  }

  private row(at: number): HTMLElement {
    const { graph, state, numbers } = this;
    const row = this.order[at] ?? -1;
    if (graph === undefined) return element('tr');
    const { nodes, total } = graph;
    const type = nodes.types[nodes.outputTypes[row]?.[0] ?? -1];
    const more = (nodes.outputs[row]?.length ?? 1) - 1;
    const shape = type ? type.shape.join('×') || 'scalar' : 'unknown';
    const fpo = fpoOf(nodes, row);
    const share = {
      value: total ? fpo / total : 0,
      text: total === null ? '–' : numbers.percent(fpo, total),
      exact: '',
    };
    const made = element(
      'tr',
      {
        id: `node-${row}`,
        role: 'row',
        'aria-rowindex': String(at + 2),
        'aria-selected': String(row === state.selected),
      },
      this.nameCell(row),
      textCell(nodes.operators[nodes.operator[row] ?? -1] ?? ''),
      textCell(more > 0 ? `${shape} and ${more} more` : shape),
      textCell(type?.dtype ?? '–'),
      figureCell(nodes.params[row], numbers.count, numbers),
      figureCell(nodes.contraction[row], numbers.fpo, numbers),
      figureCell(nodes.other[row], numbers.fpo, numbers),
      shareCell(share, 'gridcell'),
      figureCell(nodes.outputBytes[row], numbers.bytes, numbers),
      figureCell(nodes.alive[row], numbers.bytes, numbers),
    );
    made.addEventListener('click', () => {
      this.choose(row);
      this.table.focus({ preventScroll: true });
    });
    return made;
  }

  private nameCell(row: number): HTMLElement {
    const { nodes } = this.graph as PanelGraph;
    const holder = nodes.parent[row] ?? -1;
    const within = holder < 0 ? [] : [`${nodeTitle(nodes, holder)} › `];
    const title = nodeTitle(nodes, row);
    const tail = title.lastIndexOf('/') + 1;
    const scope = element('span', { class: 'what node-scope' }, ...within, title.slice(0, tail));
    const name = element('span', { class: 'node-name' }, scope, element('span', {}, title.slice(tail)));
    return element('td', { role: 'gridcell', title }, name);
  }

  private choose(row: number): void {
    this.state = { ...this.state, selected: row };
    this.actions.change(this.state);
    for (const old of this.body.querySelectorAll('[aria-selected="true"]'))
      old.setAttribute('aria-selected', 'false');
    const at = this.order.indexOf(row);
    if (at >= 0) this.rows.reveal(at);
    this.body.querySelector(`#node-${row}`)?.setAttribute('aria-selected', 'true');
    this.drawChoice();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.target !== this.table || event.ctrlKey || event.metaKey || event.altKey) return;
    const last = this.order.length - 1;
    const at = this.order.indexOf(this.state.selected);
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + this.rows.page,
      PageUp: at - this.rows.page,
      Home: 0,
      End: last,
    };
    const to = targets[event.key];
    if (to === undefined || last < 0) return;
    event.preventDefault();
    const row = this.order[Math.max(0, Math.min(last, to))];
    if (row !== undefined) this.choose(row);
  }
}

const textCell = (text: string): HTMLElement => element('td', { role: 'gridcell', title: text }, text);

function figureCell(value = 0, show: (value: number) => string, numbers: Numbers): HTMLElement {
  const text = value === 0 ? '–' : show(value);
  return element('td', { role: 'gridcell', class: 'number', title: numbers.exact(value) }, text);
}
