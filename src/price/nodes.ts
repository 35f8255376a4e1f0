// The nodes of a graph with their figures, as columns: tables of 100,000 nodes are usual enough that one object a node would
// be too much to send. A node's figures are its own, without those of the nodes that it holds. A weight counts
// at the node that uses it first, so that columns add up to the model's figures.

import { sameShape } from '../tensor/broadcast';
import type { OpCall, Trace, TracedNode, TracedStorage, TracedValue } from '../trace/trace';
import type { CallFigures } from './calls';
import type { NodeTable, OperatorRow, TensorType } from './model-report';

/** Indices of texts or types, each once. */
class Interned<T> {
  readonly list: T[] = [];
  private readonly indices = new Map<string, number>();

  index(key: string, make: () => T): number {
    let index = this.indices.get(key);
    if (index === undefined) {
      index = this.list.push(make()) - 1;
      this.indices.set(key, index);
    }
    return index;
  }
}

const zeros = (count: number): number[] => new Array<number>(count).fill(0);

/** Figures of each node by itself. */
function sums(count: number, calls: readonly OpCall[], figures: CallFigures) {
  const [contraction, other, outputBytes, alive] = [zeros(count), zeros(count), zeros(count), zeros(count)];
  for (let at = 0; at < calls.length; at++) {
    const node = (calls[at] as OpCall).node ?? -1;
    if (node < 0) continue;
    const contracted = figures.contraction[at] as number;
    contraction[node] = (contraction[node] as number) + contracted;
    other[node] = (other[node] as number) + (figures.total[at] as number) - contracted;
    outputBytes[node] = (outputBytes[node] as number) + (figures.outputBytes[at] as number);
    alive[node] = Math.max(alive[node] as number, figures.alive[at] as number);
  }
  return { contraction, other, outputBytes, alive };
}

/** Elements of parameters, and bytes of all weights, that a node is the first to use. */
function weightsOf({ weights }: TracedNode, { values, storages }: Trace): { params: number; bytes: number } {
  let [params, bytes] = [0, 0];
  for (const id of weights) {
    const storage = storages[(values[id] as TracedValue).storage] as TracedStorage;
    if (storage.kind === 'parameter') params += storage.elements;
    bytes += storage.bytes;
  }
  return { params, bytes };
}

/** The table of a graph's nodes. */
export function nodeTable(trace: Trace, figures: CallFigures): NodeTable {
  const { nodes = [], values } = trace;
  const operators = new Interned<string>();
  const attributes = new Interned<string>();
  const types = new Interned<TensorType>();
  const known = new Int32Array(values.length).fill(-1);
  let last = -1;
  const typeOf = (id: number): number => {
    const value = values[id];
    if (value === undefined) return -1;
    if (known[id] !== -1) return known[id] as number;
    const { shape, dtype } = value;
    // most values are of the type of the one before
    const same = types.list[last];
    if (same?.dtype !== dtype || !sameShape(same.shape, shape))
      last = types.index(`${dtype} ${shape.join(' ')}`, () => ({ shape, dtype }));
    known[id] = last;
    return last;
  };
  const table = {
    name: [] as string[],
    operator: [] as number[],
    parent: [] as number[],
    layer: [] as number[],
    attributes: [] as number[],
    inputs: [] as (readonly string[])[],
    inputTypes: [] as (readonly number[])[],
    outputs: [] as (readonly string[])[],
    outputTypes: [] as (readonly number[])[],
    params: [] as number[],
    weightBytes: [] as number[],
  };
  for (const node of nodes) {
    const { params, bytes } = weightsOf(node, trace);
    table.name.push(node.name);
    table.operator.push(operators.index(node.op, () => node.op));
    table.parent.push(node.parent);
    table.layer.push(node.module);
    table.attributes.push(attributes.index(node.attributes, () => node.attributes));
    table.inputs.push(node.inputs);
    table.inputTypes.push(node.inputValues.map(typeOf));
    table.outputs.push(node.outputs);
    table.outputTypes.push(node.outputValues.map(typeOf));
    table.params.push(params);
    table.weightBytes.push(bytes);
  }
  const own = sums(nodes.length, trace.calls, figures);
  return { ...table, ...own, operators: operators.list, texts: attributes.list, types: types.list };
}

/** Totals per operator as the file spells it, the dearest first. */
export function nodeOperators(table: NodeTable): OperatorRow[] {
  const rows = table.operators.map((op) => ({
    op,
    calls: 0,
    params: 0,
    contraction: 0,
    total: 0,
    outputBytes: 0,
  }));
  for (let at = 0; at < table.operator.length; at++) {
    const row = rows[table.operator[at] as number] as (typeof rows)[number];
    const contraction = table.contraction[at] as number;
    row.calls++;
    row.params += table.params[at] as number;
    row.contraction += contraction;
    row.total += contraction + (table.other[at] as number);
    row.outputBytes += table.outputBytes[at] as number;
  }
  return rows
    .map(({ contraction, total, ...row }) => ({ ...row, fpo: { total, contraction } }))
    .sort((a, b) => b.fpo.total - a.fpo.total || b.params - a.params || (a.op < b.op ? -1 : 1));
}
