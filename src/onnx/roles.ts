// Which constants of a file are parameters. By definition: the elements of float constants of rank 1 and above that a node
// uses, each name once, and weights that are stored as integers. Scales, zero points, index tensors and what no node uses
// are none; of a sparse initializer its elements that are not zero count. A constant of the file is recognised by its record, so that tied and shared ones count once.

import { kindOf } from '../tensor/dtype';
import { elementCount, type Shape } from '../tensor/tensor';
import type { FunctionRecord, GraphRecord, ModelRecord, NodeRecord, TensorRecord } from './model';
import { type Names, NameTable, NO_NAME } from './names';
import { subgraphs } from './order';

/** Inputs of an operator that are scales or zero points, or weights that may be integers. */
interface Slots {
  readonly scales?: readonly number[];
  readonly weights?: readonly number[];
}

/** Operators of both domains by name; they do not clash. */
const SLOTS: Readonly<Record<string, Slots>> = {
  ConvInteger: { scales: [2, 3], weights: [1] },
  DequantizeLinear: { scales: [1, 2], weights: [0] },
  DynamicQuantizeLSTM: { scales: [8, 9, 10, 11], weights: [1, 2] },
  DynamicQuantizeMatMul: { scales: [2, 3], weights: [1] },
  GatherBlockQuantized: { scales: [2, 3], weights: [0] },
  MatMulBlockQuantizedFp4Weight: { scales: [2, 3, 4], weights: [1] },
  MatMulBlockQuantizedFp8Weight: { scales: [2, 3], weights: [1] },
  MatMulBnb4: { scales: [2], weights: [1] },
  MatMulFpQ4: { weights: [1] },
  MatMulInteger: { scales: [2, 3], weights: [1] },
  MatMulInteger16: { weights: [1] },
  MatMulIntegerToFloat: { scales: [2, 3, 4, 5], weights: [1] },
  MatMulNBits: { scales: [2, 3], weights: [1] },
  MatMulNBitsMlp: { scales: [4, 7], weights: [3, 6] },
  MatMulNBitsQkv: { scales: [4, 7, 10], weights: [3, 6, 9] },
  MulInteger: { scales: [1, 3], weights: [0, 2] },
  QAttention: { scales: [3, 4, 6, 7], weights: [1] },
  QEmbedLayerNormalization: { scales: [8, 9, 10, 11, 12, 13, 14, 15, 16, 17], weights: [2, 3, 4, 5, 6] },
  // The bias of QGemm is an offset of its integer sums, and no weight by the definition.
  QGemm: { scales: [1, 2, 4, 5, 7, 8], weights: [3] },
  QLinearAdd: { scales: [1, 2, 4, 5, 6, 7], weights: [3] },
  QLinearAveragePool: { scales: [1, 2, 3, 4] },
  QLinearConv: { scales: [1, 2, 4, 5, 6, 7], weights: [3, 8] },
  QLinearGlobalAveragePool: { scales: [1, 2, 3, 4] },
  QLinearLeakyRelu: { scales: [1, 2, 3, 4] },
  QLinearMatMul: { scales: [1, 2, 4, 5, 6, 7], weights: [3] },
  QLinearMul: { scales: [1, 2, 4, 5, 6, 7], weights: [3] },
  QLinearSigmoid: { scales: [1, 2, 3, 4] },
  QMoE: { scales: [3, 6, 9], weights: [2, 5, 8] },
  QOrderedAttention: { scales: [1, 2, 3, 4, 8, 9, 10, 14, 15, 16], weights: [5, 6, 7] },
  QOrderedGelu: { scales: [1, 2] },
  QOrderedLayerNormalization: { scales: [1, 4] },
  QOrderedLongformerAttention: { scales: [1, 3, 5, 6, 9, 11, 13], weights: [2, 8] },
  QOrderedMatMul: { scales: [1, 3, 4, 7], weights: [2] },
  QuantizeLinear: { scales: [1, 2] },
};

/** A constant that is a parameter, and the top-level node that uses it first. */
export interface Use {
  readonly record: TensorRecord;
  readonly node: NodeRecord;
  readonly isParameter: boolean;
  /** Elements, where several are packed into one of the record's. */
  readonly elements?: number;
}

const floats = (values: readonly number[], shape: readonly number[]): TensorRecord => ({
  name: NO_NAME,
  shape,
  dtype: 'float32',
  typeNumber: 1,
  contents: values,
});

const ints = (values: readonly number[], shape: readonly number[]): TensorRecord => ({
  ...floats(values, shape),
  dtype: 'int64',
  typeNumber: 7,
});

/** The tensor that a Constant node holds; undefined where it is not said or a text. */
export function heldBy(node: NodeRecord): TensorRecord | undefined {
  for (const [name, value] of node.attributes) {
    if (value.kind === 'tensor') return { ...value.tensor, name: node.outputs[0] ?? NO_NAME };
    if (name === 'value_float' && 'value' in value) return floats([Number(value.value)], []);
    if (name === 'value_int' && 'value' in value) return ints([Number(value.value)], []);
    if (name === 'value_floats' && value.kind === 'floats') return floats(value.values, [value.count]);
    if (name === 'value_ints' && value.kind === 'ints') return ints(value.values, [value.count]);
    if (name === 'value_string') return { ...floats([], []), dtype: 'string', contents: undefined };
    if (name === 'value_strings' && value.kind === 'texts')
      return { ...floats([], [value.count]), dtype: 'string', contents: undefined };
  }
  return undefined;
}

const isConstant = (node: NodeRecord): boolean => node.op === 'Constant' && node.domain === '';

/** A constant, and what is known of its uses so far. */
interface Found {
  readonly record: TensorRecord;
  node: NodeRecord | undefined;
  isParameter: boolean;
  elements: number | undefined;
}

const unused = (record: TensorRecord): Found => ({
  record,
  node: undefined,
  isParameter: false,
  elements: undefined,
});

const isUse = (found: Found): found is Found & Use => found.node !== undefined;

/** Constants by name, inside and outside of a subgraph; null is something else of that name. */
class Constants {
  private readonly own: NameTable<Found | null>;

  constructor(
    names: Names,
    private readonly outer?: Constants,
  ) {
    this.own = new NameTable(names);
  }

  get(name: number): Found | null | undefined {
    const own = this.own.get(name);
    return own === undefined ? this.outer?.get(name) : own;
  }

  has(name: number): boolean {
    return this.get(name) !== undefined;
  }

  set(name: number, found: Found | null): void {
    this.own.set(name, found);
  }
}

/** Finds the constants that nodes use. */
export class Uses {
  /** Constants that are used, in the order of their first use. */
  private readonly found: Found[] = [];
  private readonly held = new Map<NodeRecord, TensorRecord | undefined>();
  private readonly sparse = new Set<TensorRecord>();
  private readonly functions: ReadonlyMap<string, FunctionRecord>;
  private readonly entered = new Set<FunctionRecord>();

  private readonly names: Names;

  constructor(model: ModelRecord) {
    this.names = model.names;
    this.functions = new Map(
      model.functions.map((one) => [`${one.domain}:${one.name}:${one.overload}`, one]),
    );
    this.graph(model.graph, undefined, undefined);
  }

  /** Constants that are used, in the order of their first use. */
  get all(): readonly Use[] {
    return this.found.filter(isUse);
  }

  /** The tensor of a Constant node, always the same record. */
  constantOf(node: NodeRecord): TensorRecord | undefined {
    if (!this.held.has(node)) {
      const record = heldBy(node);
      this.held.set(node, record);
      if (record?.nonZero !== undefined) this.sparse.add(record);
    }
    return this.held.get(node);
  }

  private graph(
    { nodes, inputs, initializers }: GraphRecord,
    outer: Constants | undefined,
    top: NodeRecord | undefined,
  ): void {
    const scope = new Constants(this.names, outer);
    for (const { name } of inputs) if (scope.has(name)) scope.set(name, null);
    for (const record of initializers) scope.set(record.name, unused(record));
    this.nodes(nodes, scope, top);
  }

  private nodes(nodes: readonly NodeRecord[], scope: Constants, top: NodeRecord | undefined): void {
    for (let i = 0; i < nodes.length; i++) this.made(nodes[i] as NodeRecord, scope);
    for (let i = 0; i < nodes.length; i++) this.node(nodes[i] as NodeRecord, scope, top);
  }

  /** What a node makes hides a constant of that name around the graph. */
  private made(node: NodeRecord, scope: Constants): void {
    const { outputs } = node;
    if (isConstant(node)) {
      const record = this.constantOf(node);
      scope.set(outputs[0] ?? NO_NAME, record ? unused(record) : null);
      return;
    }
    for (let i = 0; i < outputs.length; i++) {
      const name = outputs[i] as number;
      if (scope.has(name)) scope.set(name, null);
    }
  }

  private node(node: NodeRecord, scope: Constants, outer: NodeRecord | undefined): void {
    const top = outer ?? node;
    for (let slot = 0; slot < node.inputs.length; slot++) {
      const found = scope.get(node.inputs[slot] as number);
      if (found) this.use(found, node, slot, top);
    }
    for (const graph of subgraphs(node)) this.graph(graph, scope, top);
    if (this.functions.size === 0) return;
    const body = this.functions.get(`${node.domain}:${node.op}:${node.overload}`);
    if (body && !this.entered.has(body)) {
      this.entered.add(body);
      this.nodes(body.nodes, new Constants(this.names), top);
    }
  }

  /** A sparse constant of a node, unlike a sparse initializer, is part of the code. */
  private counts(record: TensorRecord, node: NodeRecord, slot: number): boolean {
    const inCode = record.nonZero !== undefined && this.sparse.has(record);
    return !inCode && countsAs(record, SLOTS[node.op] ?? {}, slot);
  }

  private use(found: Found, node: NodeRecord, slot: number, top: NodeRecord): void {
    if (found.node === undefined) {
      found.node = top;
      this.found.push(found);
    }
    found.isParameter ||= this.counts(found.record, node, slot);
    found.elements ||= unpacked(node, slot, found.record);
  }
}

/** Whether a constant counts as a parameter where it goes into this input. */
function countsAs({ dtype, shape }: TensorRecord, { scales, weights }: Slots, slot: number): boolean {
  if (dtype === undefined || shape.length === 0 || scales?.includes(slot)) return false;
  return kindOf(dtype) === 'float' || (kindOf(dtype) === 'int' && weights?.includes(slot) === true);
}

/** Weights of a few bits by their inputs: the attribute that holds their rows; each is as long as K. */
const PACKED: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  MatMulBnb4: { 1: 'N' },
  MatMulNBits: { 1: 'N' },
  MatMulNBitsMlp: { 3: 'N', 6: 'N' },
  MatMulNBitsQkv: { 3: 'Nq', 6: 'Nkv', 9: 'Nkv' },
};

/** Weights of which a byte may hold several, and the attributes that may say how many bits one has; else it is 4. */
const BITS: Readonly<Record<string, Readonly<Record<number, readonly string[]>>>> = {
  GatherBlockQuantized: { 0: ['bits'] },
  MatMulBlockQuantizedFp4Weight: { 1: [] },
  QMoE: {
    2: ['fc1_expert_weight_bits', 'expert_weight_bits'],
    5: ['fc2_expert_weight_bits', 'expert_weight_bits'],
    8: ['fc3_expert_weight_bits', 'expert_weight_bits'],
  },
};

/** Elements that lie in bytes. */
function inBytes({ attributes }: NodeRecord, names: readonly string[], shape: Shape): number {
  const said = names.map((name) => attributes.get(name)).find((value) => value?.kind === 'int');
  return (elementCount(shape) * 8) / (said?.kind === 'int' ? said.value : 4);
}

/** Weights of a few bits are packed into bytes; the node says how many there are. */
function unpacked(node: NodeRecord, slot: number, { shape, dtype }: TensorRecord): number | undefined {
  const { op, attributes } = node;
  const bits = BITS[op]?.[slot];
  if (bits !== undefined) return dtype === 'uint8' ? inBytes(node, bits, shape) : undefined;
  const name = PACKED[op]?.[slot];
  if (name === undefined) return undefined;
  const [rows, columns] = [attributes.get(name), attributes.get('K')];
  return rows?.kind === 'int' && columns?.kind === 'int' ? rows.value * columns.value : undefined;
}
