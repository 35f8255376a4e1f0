// Which nodes of a graph are listed, in which order: pure functions of the columns and of what the user has chosen.

import type { NodeTable } from '../src/price/model-report';
import type { PanelLayer } from '../src/report/panel';

export type NodeColumn =
  | 'name'
  | 'operator'
  | 'shape'
  | 'dtype'
  | 'params'
  | 'contraction'
  | 'other'
  | 'share'
  | 'outputBytes'
  | 'alive';

export interface NodeSort {
  readonly column: NodeColumn;
  readonly descending: boolean;
}

export interface NodeState {
  readonly sort: NodeSort | null;
  readonly filter: string;
  /** Path of the layer whose nodes are listed; null = all. */
  readonly layer: string | null;
  /** Row of the chosen node; -1 = none. */
  readonly selected: number;
}

export const FRESH_NODES: NodeState = { sort: null, filter: '', layer: null, selected: -1 };

const TEXTS: readonly NodeColumn[] = ['name', 'operator', 'shape', 'dtype'];

/** The next order of a column: figures from the largest down first, texts from A; a third click gives the graph's order. */
export function nextNodeSort(sort: NodeSort | null, column: NodeColumn): NodeSort | null {
  const first = { column, descending: !TEXTS.includes(column) };
  if (sort?.column !== column) return first;
  return sort.descending === first.descending ? { column, descending: !first.descending } : null;
}

/** Rows to list, from top to bottom. */
export function shownNodes(
  nodes: NodeTable,
  layers: readonly PanelLayer[],
  { sort, filter, layer }: NodeState,
): number[] {
  const text = filter.trim().toLowerCase();
  const inside = layer === null ? undefined : below(layers, layer);
  const rows: number[] = [];
  for (let row = 0; row < nodes.name.length; row++) {
    if (inside && inside[nodes.layer[row] ?? 0] !== true) continue;
    if (text === '' || searchText(nodes, row).includes(text)) rows.push(row);
  }
  return sort === null ? rows : sorted(rows, nodes, sort);
}

const searchText = ({ name, operators, operator, outputs }: NodeTable, row: number): string =>
  `${name[row]} ${operators[operator[row] ?? -1]} ${outputs[row]?.join(' ')}`.toLowerCase();

/** Whether a layer is this one or lies in it; parents stand before their children. */
function below(layers: readonly PanelLayer[], path: string): boolean[] {
  const inside: boolean[] = [];
  for (const [index, layer] of layers.entries())
    inside[index] = layer.path === path || inside[layer.parent] === true;
  return inside;
}

function sorted(rows: number[], nodes: NodeTable, { column, descending }: NodeSort): number[] {
  const turn = descending ? -1 : 1;
  if (TEXTS.includes(column)) {
    const keys = rows.map((row) => textOf(nodes, row, column));
    const order = keys
      .map((_, at) => at)
      .sort((a, b) => turn * compare(keys[a] ?? '', keys[b] ?? '') || a - b);
    return order.map((at) => rows[at] as number);
  }
  const key = figureOf(nodes, column);
  return rows.sort((a, b) => turn * (key(a) - key(b)) || a - b);
}

const collator = new Intl.Collator('en', { numeric: true });
const compare = (a: string, b: string): number => collator.compare(a, b);

function textOf(nodes: NodeTable, row: number, column: NodeColumn): string {
  if (column === 'name') return nodes.name[row] || (nodes.outputs[row]?.[0] ?? '');
  if (column === 'operator') return nodes.operators[nodes.operator[row] ?? -1] ?? '';
  const type = nodes.types[nodes.outputTypes[row]?.[0] ?? -1];
  if (type === undefined) return '';
  return column === 'dtype' ? type.dtype : type.shape.join('×');
}

function figureOf(nodes: NodeTable, column: NodeColumn): (row: number) => number {
  if (column === 'share') return (row) => fpoOf(nodes, row);
  const figures = nodes[column as 'params' | 'contraction' | 'other' | 'outputBytes' | 'alive'];
  return (row) => figures[row] ?? 0;
}

/** All FPO of a node by itself. */
export const fpoOf = ({ contraction, other }: NodeTable, row: number): number =>
  (contraction[row] ?? 0) + (other[row] ?? 0);

/** Sums over the nodes that a node holds, itself included; nodes stand before those that they hold. */
export function insideOf(nodes: NodeTable, row: number): { readonly count: number; readonly fpo: number } {
  const held = new Set([row]);
  let fpo = fpoOf(nodes, row);
  for (let at = row + 1; at < nodes.parent.length; at++) {
    if (!held.has(nodes.parent[at] ?? -1)) continue;
    held.add(at);
    fpo += fpoOf(nodes, at);
  }
  return { count: held.size - 1, fpo };
}

/** The node that makes a value that this node reads, and the nodes that read what this node makes. */
export function neighbours(
  nodes: NodeTable,
  row: number,
): { readonly makers: number[]; readonly readers: number[] } {
  const parent = nodes.parent[row];
  const [reads, makes] = [nodes.inputs[row] ?? [], new Set(nodes.outputs[row])];
  makes.delete('');
  const makers = reads.map(() => -1);
  const readers: number[] = [];
  for (let at = 0; at < nodes.name.length; at++) {
    if (nodes.parent[at] !== parent || at === row) continue;
    for (const output of nodes.outputs[at] ?? [])
      if (output !== '') for (const [i, name] of reads.entries()) if (name === output) makers[i] = at;
    if (nodes.inputs[at]?.some((name) => makes.has(name))) readers.push(at);
  }
  return { makers, readers };
}
