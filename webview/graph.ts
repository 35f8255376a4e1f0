// What the page has for a graph besides: fields for open sizes and the list of nodes. Both live as long as the page does,
// so that typing, scrolling and choosing go on while figures come and go.

import type { PanelModel } from '../src/report/panel';
import { KnobFields, type SetKnob } from './knobs';
import type { NodeState } from './node-order';
import { type NodeActions, NodeTableView } from './node-table';

export class GraphPart {
  private readonly fields: KnobFields;
  private readonly nodes: NodeTableView;

  constructor(state: NodeState, set: SetKnob, actions: NodeActions) {
    this.fields = new KnobFields(set);
    this.nodes = new NodeTableView(state, actions);
  }

  knobs(model: PanelModel): HTMLElement[] {
    return model.graph ? this.fields.update(model) : [];
  }

  list(model: PanelModel): HTMLElement[] {
    if (!model.graph) return [];
    this.nodes.update(model);
    return [this.nodes.section];
  }

  /** Lists the nodes of a layer. */
  showLayer(path: string): void {
    this.nodes.showLayer(path);
  }

  /** Chooses a node and brings it into view. */
  reveal(row: number): void {
    this.nodes.reveal(row);
  }

  get scrollTop(): number {
    return this.nodes.scrollTop;
  }

  set scrollTop(value: number) {
    this.nodes.scrollTop = value;
  }
}
