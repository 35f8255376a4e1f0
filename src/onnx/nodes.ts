// The nodes of a graph as rows of the trace, in the order in which they are followed: those of subgraphs and function
// bodies come after the node that holds them, once for each place, however often a loop goes round. Calls, gaps and knobs
// say by the row which node led to them. What is followed only to compare two branches leaves no row.

import type { SiteStack } from '../base/site';
import type { TracedNode } from '../trace/trace';
import type { AttributeValue, NodeRecord, TensorRecord } from './model';
import type { Names } from './names';

const LONGEST_TEXT = 200;
const MOST_ITEMS = 8;

/** Ids of the values that go into a node and come out; -1 where one is not known or no tensor. */
interface NodeValues {
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** Ids of values by their names in the main graph, and of the weights that a node is the first to use. */
export interface GraphValues {
  readonly idsOf: (names: readonly number[]) => readonly number[];
  readonly weightsOf: (node: NodeRecord) => readonly number[];
}

const NONE: readonly number[] = [];

export class NodeLog {
  // columns: rows are made of them when somebody asks
  private readonly nodes: NodeRecord[] = [];
  private readonly parents: number[] = [];
  private readonly modules: number[] = [];
  /** Rows of the nodes within a row. At the top each node runs once. */
  private readonly within = new Map<number, Map<NodeRecord, number>>();
  /** Values of rows that are within others: what their names stand for is not known later. */
  private readonly values = new Map<number, NodeValues>();
  private readonly stacks = new Map<number, SiteStack>();
  /** The row that is being followed. */
  current = -1;

  constructor(
    private readonly names: Names,
    private readonly file: string,
    private readonly whole: SiteStack,
  ) {}

  /** Makes a node the current one; gives the one before. */
  enter(node: NodeRecord, module: number): number {
    const outer = this.current;
    const known = outer < 0 ? undefined : this.within.get(outer)?.get(node);
    this.current = known ?? this.add(node, outer, module);
    return outer;
  }

  /** Values are noted when a node has been followed for the first time, and again where they were not known then. */
  get wantsValues(): boolean {
    if (this.parents[this.current] === -1) return false;
    const outputs = this.values.get(this.current)?.outputs ?? NONE;
    return outputs.length === 0 || outputs.includes(-1);
  }

  setValues(values: NodeValues): void {
    this.values.set(this.current, values);
  }

  /** Where the run is: in an ONNX file, positions count nodes. */
  get stack(): SiteStack {
    const { current } = this;
    if (current < 0) return this.whole;
    let stack = this.stacks.get(current);
    if (stack === undefined) {
      stack = [{ file: this.file, start: current, end: current + 1 }];
      this.stacks.set(current, stack);
    }
    return stack;
  }

  private add(node: NodeRecord, parent: number, module: number): number {
    const row = this.nodes.push(node) - 1;
    this.parents.push(parent);
    this.modules.push(module);
    if (parent < 0) return row;
    const siblings = this.within.get(parent);
    if (siblings) siblings.set(node, row);
    else this.within.set(parent, new Map([[node, row]]));
    return row;
  }

  /** All nodes, as the trace tells of them. */
  rows(graph: GraphValues): readonly TracedNode[] {
    return this.nodes.map((node, row) => this.row(node, row, graph));
  }

  private row(node: NodeRecord, row: number, { idsOf, weightsOf }: GraphValues): TracedNode {
    const atTop = this.parents[row] === -1;
    const values = this.values.get(row);
    return {
      name: node.name,
      op: node.domain === '' ? node.op : `${node.domain}:${node.op}`,
      parent: this.parents[row] as number,
      module: this.modules[row] as number,
      attributes: attributesText(node.attributes),
      inputs: this.textsOf(node.inputs),
      inputValues: atTop ? idsOf(node.inputs) : (values?.inputs ?? NONE),
      outputs: this.textsOf(node.outputs),
      outputValues: atTop ? idsOf(node.outputs) : (values?.outputs ?? NONE),
      weights: atTop ? weightsOf(node) : NONE,
    };
  }

  private textsOf(names: readonly number[]): string[] {
    return names.map((name) => this.names.text(name));
  }
}

/** Attributes in the order of the file: `kernel_shape=[3, 3], auto_pad="SAME_UPPER"`. */
export function attributesText(attributes: ReadonlyMap<string, AttributeValue>): string {
  if (attributes.size === 0) return '';
  const text = [...attributes].map(([name, value]) => `${name}=${valueText(value)}`).join(', ');
  return text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;
}

function valueText(value: AttributeValue): string {
  switch (value.kind) {
    case 'int':
    case 'float':
      return String(value.value);
    case 'text':
      return JSON.stringify(value.value.slice(0, LONGEST_TEXT));
    case 'ints':
    case 'floats':
      return listText(value.values, value.count);
    case 'texts':
      return listText(
        value.values.slice(0, MOST_ITEMS).map((one) => JSON.stringify(one)),
        value.count,
      );
    case 'tensor':
      return tensorText(value.tensor);
    case 'graph':
      return `graph of ${value.graph.nodes.length} nodes`;
    case 'reference':
      return value.to;
    default:
      return value.kind;
  }
}

const listText = (items: readonly (number | string)[], count: number): string =>
  `[${items.slice(0, MOST_ITEMS).join(', ')}${count > MOST_ITEMS ? ', …' : ''}]`;

const tensorText = ({ shape, dtype, contents }: TensorRecord): string =>
  shape.length === 0 && contents?.length === 1
    ? `${contents[0]}`
    : `${dtype ?? 'tensor'} (${shape.join(', ')})`;
