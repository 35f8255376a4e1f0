// The nodes of a graph as rows of the trace, in the order in which they are followed: those of subgraphs and function
// bodies come after the node that holds them, once for each place, however often a loop goes round. Calls, gaps and knobs
// say by the row which node led to them. What is followed only to compare two branches leaves no row.

import type { SiteStack } from '../base/site';
import type { TracedNode } from '../trace/trace';
import type { AttributeValue, NodeRecord, TensorRecord } from './model';
import type { Names } from './names';

type Row = { -readonly [K in keyof TracedNode]: TracedNode[K] } & { weights: number[] };

const LONGEST_TEXT = 200;
const MOST_ITEMS = 8;

export class NodeLog {
  private readonly rows: Row[] = [];
  /** Rows of the nodes within a row; those at the top are within -1. */
  private readonly within = new Map<number, Map<NodeRecord, number>>();
  private readonly stacks = new Map<number, SiteStack>();
  /** Texts of attributes that many nodes share. */
  private readonly texts = new Map<string, string>();
  /** The row that is being followed. */
  current = -1;

  constructor(
    private readonly names: Names,
    private readonly file: string,
    private readonly whole: SiteStack,
  ) {}

  get all(): readonly TracedNode[] {
    return this.rows;
  }

  /** Makes a node the current one; gives the one before. */
  enter(node: NodeRecord, module: number): number {
    const outer = this.current;
    this.current = this.rowOf(node, outer) ?? this.add(node, outer, module);
    return outer;
  }

  /** Values are noted when a node has been followed for the first time, and again where they were not known then. */
  get wantsValues(): boolean {
    const values = this.rows[this.current]?.outputValues;
    return values !== undefined && (values.length === 0 || values.includes(-1));
  }

  setValues(inputs: readonly number[], outputs: readonly number[]): void {
    const row = this.rows[this.current] as Row;
    row.inputValues = inputs;
    row.outputValues = outputs;
  }

  /** The row of a node at the top, or within another row. */
  rowOf(node: NodeRecord, outer = -1): number | undefined {
    return this.within.get(outer)?.get(node);
  }

  /** A constant belongs to the node that uses it first. */
  addWeight(node: NodeRecord, value: number): void {
    const row = this.rowOf(node);
    if (row !== undefined) this.rows[row]?.weights.push(value);
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
    const { name } = node;
    const [inputs, outputs] = [this.textsOf(node.inputs), this.textsOf(node.outputs)];
    const op = node.domain === '' ? node.op : `${node.domain}:${node.op}`;
    const attributes = this.shared(attributesText(node.attributes));
    const values = { inputs, inputValues: [], outputs, outputValues: [], weights: [] };
    const row = this.rows.push({ name, op, parent, module, attributes, ...values }) - 1;
    const siblings = this.within.get(parent);
    if (siblings) siblings.set(node, row);
    else this.within.set(parent, new Map([[node, row]]));
    return row;
  }

  private textsOf(names: readonly number[]): string[] {
    return names.map((name) => this.names.text(name));
  }

  private shared(text: string): string {
    const known = this.texts.get(text);
    if (known === undefined) this.texts.set(text, text);
    return known ?? text;
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
