// The page's entry: asks the editor for the data and draws it whenever data or state change. What has the focus keeps it.

import type { PanelData } from '../src/report/panel';
import { GraphPart } from './graph';
import { Host, type PageState } from './host';
import { type PageContext, page, redrawTree, rowOf, showInTree } from './page';
import './style.css';
import './graph.css';
import { registerWidgets } from './toolkit';

class Page {
  private data: PanelData | undefined;
  private state: PageState;
  private readonly graph: GraphPart;

  constructor(
    private readonly root: HTMLElement,
    private readonly host: Host,
  ) {
    this.state = host.restore();
    this.graph = new GraphPart(this.state.nodes, (name, value) => host.ask({ type: 'knob', name, value }), {
      change: (nodes) => this.keep({ nodes: { ...this.state.nodes, ...nodes } }),
      showLayer: (path) => this.showLayer(path),
    });
    host.onData((data) => {
      this.data = data;
      this.draw();
    });
    host.ask({ type: 'ready' });
  }

  /** What the user chooses changes the tree alone: the field that is typed into stays as it is. */
  private change(changes: Partial<PageState>): void {
    this.keep(changes);
    if (this.data?.model) this.keepingFocus(() => redrawTree(this.root, this.data?.model, this.context()));
  }

  private keep(changes: Partial<PageState>): void {
    this.state = { ...this.state, ...changes };
    this.host.keep(this.state);
  }

  private showLayer(path: string): void {
    if (this.data?.model) this.change(showInTree(this.data.model, path, this.state));
    const row = rowOf(this.root, path);
    row?.scrollIntoView({ block: 'center' });
    row?.focus();
  }

  private draw(): void {
    const { data } = this;
    if (data === undefined) return;
    this.keepingFocus(() => this.root.replaceChildren(...page(data, this.context())));
    this.root.removeAttribute('aria-busy');
  }

  private context(): PageContext {
    return {
      host: this.host,
      graph: this.graph,
      state: this.state,
      change: (changes) => this.change(changes),
      focused: this.root.querySelector<HTMLElement>('tr[tabindex="0"]')?.dataset.path,
    };
  }

  private keepingFocus(draw: () => void): void {
    const focus = focusedIn(this.root);
    const scroll = window.scrollY;
    const nodes = this.graph.scrollTop;
    draw();
    window.scrollTo(0, scroll);
    this.graph.scrollTop = nodes;
    if (focus !== undefined) this.root.querySelector<HTMLElement>(focus)?.focus({ preventScroll: true });
  }
}

/** A selector of what has the focus, as it will be found after drawing anew. */
function focusedIn(root: HTMLElement): string | undefined {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || !root.contains(active)) return undefined;
  const { path, column, knob, nodeColumn } = active.dataset;
  if (path !== undefined) return `tr[data-path="${CSS.escape(path)}"]`;
  if (column !== undefined) return `button[data-column="${CSS.escape(column)}"]`;
  if (knob !== undefined) return `[data-knob="${CSS.escape(knob)}"]`;
  if (nodeColumn !== undefined) return `[data-node-column="${CSS.escape(nodeColumn)}"]`;
  if (active.classList.contains('node-grid')) return '.node-grid';
  return active.tagName === 'VSCODE-DROPDOWN' ? 'vscode-dropdown' : undefined;
}

registerWidgets();
const root = document.getElementById('page');
if (root !== null) new Page(root, new Host());
