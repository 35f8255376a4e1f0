// Follows a graph node by node: looks up inputs by name, finds the binding (or the function of the model) that a node
// stands for, and names what comes out. A node that cannot be followed leaves a gap; its outputs are taken from what the
// file declares of them, and are unknown where it declares nothing.

import { type Bindings, rowFor } from './binding';
import type {
  AttributeValue,
  FunctionRecord,
  GraphRecord,
  ModelRecord,
  NodeRecord,
  TensorRecord,
  TypeRecord,
  ValueRecord,
} from './model';
import { type Names, NameTable, NO_NAME } from './names';
import { type Follower, NodeCall } from './node-call';
import { OnnxError, quoted } from './onnx-error';
import { sorted } from './order';
import { type Recorder, TooLong } from './recorder';
import { constantTensor, storeFor, Tensor, Unfollowed, Unknown, type Value } from './values';

/** Functions of a model may call each other, but not without end. */
const FUNCTION_DEPTH = 32;
const BEHIND_UNKNOWN = 'an operator could not be priced, because what it works on is not known';

/** Names of values, inside and outside of a subgraph. */
export class Scope {
  private readonly values: NameTable<Value>;

  constructor(
    names: Names,
    private readonly outer?: Scope,
  ) {
    this.values = new NameTable(names);
  }

  get(name: number): Value | undefined {
    return this.values.get(name) ?? this.outer?.get(name);
  }

  set(name: number, value: Value): void {
    this.values.set(name, value);
  }

  /** Names of this scope alone, without those around it. */
  entries(): Iterable<[number, Value]> {
    return this.values.entries();
  }
}

/** What holds for all nodes of a graph or function. */
export interface Context {
  readonly opsets: ReadonlyMap<string, number>;
  /** Attributes of the function's call, for those that refer to them. */
  readonly attributes: ReadonlyMap<string, AttributeValue>;
  /** Declared types by name. */
  readonly declared: ReadonlyMap<number, TypeRecord>;
  readonly depth: number;
}

/** A graph or function while it is followed. */
export interface Frame {
  readonly scope: Scope;
  readonly context: Context;
  readonly follower: Follower;
}

/** What an evaluator is given. */
export interface Surroundings {
  readonly model: ModelRecord;
  readonly recorder: Recorder;
  /** Bindings by domain. */
  readonly domains: ReadonlyMap<string, Bindings>;
  /** The tensor of a constant, always the same one. */
  readonly constant: (record: TensorRecord) => Value;
  readonly constantOf: (node: NodeRecord) => TensorRecord | undefined;
  readonly sizeOf: (symbol: string) => number | undefined;
  readonly knob: (name: string) => number | undefined;
}

/** Declared types of a graph's values by name. */
export const declaredTypes = (graph: GraphRecord): Map<number, TypeRecord> =>
  typesOf([...graph.values, ...graph.outputs]);

const typesOf = (values: readonly ValueRecord[]): Map<number, TypeRecord> =>
  new Map(values.flatMap(({ name, type }) => (type ? [[name, type] as const] : [])));

const keyOf = (domain: string, name: string, overload: string): string => `${domain}:${name}:${overload}`;

interface Prepared {
  readonly nodes: readonly NodeRecord[];
  readonly declared: ReadonlyMap<number, TypeRecord>;
}

export class Evaluator {
  private readonly known = new Map<GraphRecord, Prepared>();
  private readonly bodies = new Map<FunctionRecord, Map<string, readonly NodeRecord[]>>();
  private readonly functions: ReadonlyMap<string, FunctionRecord>;

  constructor(private readonly around: Surroundings) {
    this.functions = new Map(
      around.model.functions.map((one) => [keyOf(one.domain, one.name, one.overload), one]),
    );
  }

  /** The frame of the model's main graph. */
  mainFrame(scope: Scope): Frame {
    const { opsets, graph } = this.around.model;
    return this.frame(scope, { opsets, attributes: new Map(), declared: declaredTypes(graph), depth: 0 });
  }

  private frame(scope: Scope, context: Context): Frame {
    const { constant, knob } = this.around;
    const subgraph: Follower['subgraph'] = (graph, inputs) => this.graph(graph, inputs, scope, context);
    const text: Follower['text'] = (name) => this.names.text(name);
    return { scope, context, follower: { subgraph, constant, knob, text } };
  }

  /** Follows a subgraph; gives its outputs. */
  private graph(graph: GraphRecord, inputs: readonly Value[], outer: Scope, context: Context): Value[] {
    const scope = new Scope(this.names, outer);
    for (const record of graph.initializers) scope.set(record.name, this.around.constant(record));
    for (const [i, { name }] of graph.inputs.entries()) {
      const value = inputs[i];
      if (value) scope.set(name, value);
    }
    const { nodes, declared } = this.prepared(graph);
    const frame = this.frame(scope, { ...context, declared });
    for (const node of nodes) this.node(node, frame);
    return graph.outputs.map(({ name }) => this.made(name, scope));
  }

  /** What is the same each time a subgraph is followed, as the body of a loop is. */
  private prepared(graph: GraphRecord): Prepared {
    let prepared = this.known.get(graph);
    if (prepared === undefined) {
      prepared = { nodes: sorted(graph.nodes, this.names), declared: declaredTypes(graph) };
      this.known.set(graph, prepared);
    }
    return prepared;
  }

  /** Follows one node and names its outputs. */
  node(node: NodeRecord, frame: Frame): void {
    const { recorder } = this.around;
    recorder.step();
    const outer = recorder.enter(node);
    const inputs = node.inputs.map((name) => (name === NO_NAME ? null : this.lookUp(name, frame.scope)));
    let outputs: readonly Value[] = [];
    try {
      outputs = this.follow(node, inputs, frame);
    } finally {
      recorder.leave(outer, node, inputs, outputs);
    }
  }

  private follow(node: NodeRecord, inputs: readonly (Value | null)[], frame: Frame): readonly Value[] {
    const { scope, context } = frame;
    let outputs: readonly Value[];
    try {
      outputs = this.outputs(node, inputs, frame);
    } catch (error) {
      const { message, noted } = asUnfollowed(error, node);
      this.around.recorder.gap(noted ? BEHIND_UNKNOWN : message);
      outputs = node.outputs.map((name) => this.asDeclared(context.declared.get(name), message));
    }
    for (let i = 0; i < node.outputs.length; i++) {
      const name = node.outputs[i] as number;
      if (name !== NO_NAME) scope.set(name, outputs[i] ?? new Unknown(`${node.op} gives no output ${i}`));
    }
    return outputs;
  }

  private outputs(
    node: NodeRecord,
    inputs: readonly (Value | null)[],
    { context, follower }: Frame,
  ): readonly Value[] {
    if (node.op === 'Constant' && node.domain === '') return [this.constant(node, context)];
    const attributes = resolved(node.attributes, context.attributes);
    const body = this.functions.size > 0 && this.functions.get(keyOf(node.domain, node.op, node.overload));
    if (body) return this.callFunction(body, inputs, attributes, context);
    const rows = this.around.domains.get(node.domain);
    const opset = this.opsetOf(node.domain, context);
    const row = rows && rowFor(rows, node.op, opset);
    if (!row) throw new Unfollowed(unknownOperator(node, rows !== undefined));
    const result = row.bind(new NodeCall(node, inputs, attributes, opset, this.around.recorder, follower));
    return Array.isArray(result) ? result : [result as Value];
  }

  private lookUp(name: number, scope: Scope): Value {
    return scope.get(name) ?? new Unknown(`${this.quoted(name)} is used, but no node makes it`);
  }

  /** An output of a graph or function. */
  private made(name: number, scope: Scope): Value {
    return scope.get(name) ?? new Unknown(`${this.quoted(name)} is made by no node`);
  }

  private quoted(name: number): string {
    return quoted(this.names.text(name));
  }

  private get names(): Names {
    return this.around.model.names;
  }

  /** A domain that the model does not import is taken at its newest. */
  private opsetOf(domain: string, { opsets }: Context): number {
    return opsets.get(domain) ?? Number.MAX_SAFE_INTEGER;
  }

  private constant(node: NodeRecord, context: Context): Value {
    const [reference] = [...node.attributes.values()].filter(({ kind }) => kind === 'reference');
    if (!reference) {
      const record = this.around.constantOf(node);
      return record ? this.around.constant(record) : new Unknown('a Constant holds nothing that is known');
    }
    const value = [...resolved(node.attributes, context.attributes).values()][0];
    if (value === undefined)
      throw new Unfollowed(`an attribute that ${quoted(node.name || node.op)} refers to is not given`);
    return constantFrom(value, this.around.constant);
  }

  private callFunction(
    body: FunctionRecord,
    inputs: readonly (Value | null)[],
    given: ReadonlyMap<string, AttributeValue>,
    context: Context,
  ): Value[] {
    if (context.depth >= FUNCTION_DEPTH)
      throw new Unfollowed(
        `the function ${quoted(body.name)} calls itself, or is nested more than ${FUNCTION_DEPTH} deep`,
      );
    const scope = new Scope(this.names);
    for (const [i, name] of body.inputs.entries()) {
      const value = inputs[i];
      if (value) scope.set(name, value);
    }
    const frame = this.frame(scope, {
      opsets: body.opsets,
      attributes: new Map([...body.defaults, ...given]),
      declared: typesOf(body.values),
      depth: context.depth + 1,
    });
    for (const node of this.bodyOf(body, inputs)) this.node(node, frame);
    return body.outputs.map((name) => this.made(name, scope));
  }

  /** The nodes of a function, for calls that leave out the same inputs. */
  private bodyOf(body: FunctionRecord, inputs: readonly (Value | null)[]): readonly NodeRecord[] {
    const key = body.inputs.map((_, i) => (inputs[i] ? 'x' : '-')).join('');
    const known = this.bodies.get(body) ?? new Map<string, readonly NodeRecord[]>();
    const nodes = known.get(key) ?? sorted(withoutMissing(body, inputs), this.names);
    this.bodies.set(body, known.set(key, nodes));
    return nodes;
  }

  private asDeclared(type: TypeRecord | undefined, reason: string): Value {
    if (type?.kind !== 'tensor' || type.dtype === undefined || type.shape === undefined)
      return new Unknown(reason);
    const shape = type.shape.map((one) => (typeof one === 'string' ? this.around.sizeOf(one) : one));
    if (!shape.every((size) => typeof size === 'number' && size >= 0)) return new Unknown(reason);
    const spec = { shape: shape as number[], dtype: type.dtype };
    return new Tensor(spec, storeFor(spec, 'activation'));
  }
}

/** What a node that does not follow its operator's rules makes of the arithmetic here is one more thing not followed. */
function asUnfollowed(error: unknown, { name, op }: NodeRecord): Unfollowed {
  if (error instanceof Unfollowed) return error;
  if (error instanceof OnnxError || error instanceof TooLong) throw error;
  return new Unfollowed(
    `${quoted(name || op)} could not be followed: ${error instanceof Error ? error.message : error}`,
  );
}

/** Inputs that a call of a function leaves out are left out wherever its body passes them on. */
function withoutMissing(
  { nodes, inputs }: FunctionRecord,
  given: readonly (Value | null)[],
): readonly NodeRecord[] {
  const missing = new Set(inputs.filter((_, i) => !given[i]));
  if (missing.size === 0) return nodes;
  return nodes.map((node) => ({
    ...node,
    inputs: node.inputs.map((name) => (missing.has(name) ? NO_NAME : name)),
  }));
}

function hasReference(attributes: ReadonlyMap<string, AttributeValue>): boolean {
  for (const { kind } of attributes.values()) if (kind === 'reference') return true;
  return false;
}

/** Attributes with references filled in; what the call leaves out stays out. */
function resolved(
  attributes: ReadonlyMap<string, AttributeValue>,
  outer: ReadonlyMap<string, AttributeValue>,
): ReadonlyMap<string, AttributeValue> {
  if (!hasReference(attributes)) return attributes;
  const result = new Map<string, AttributeValue>();
  for (const [name, value] of attributes) {
    const target = value.kind === 'reference' ? outer.get(value.to) : value;
    if (target) result.set(name, target);
  }
  return result;
}

function constantFrom(value: AttributeValue, constant: (record: TensorRecord) => Value): Value {
  if (value.kind === 'tensor') return constant(value.tensor);
  if (value.kind === 'int') return constantTensor({ shape: [], dtype: 'int64', contents: [value.value] });
  if (value.kind === 'float') return constantTensor({ shape: [], dtype: 'float32', contents: [value.value] });
  if (value.kind === 'ints' || value.kind === 'floats') {
    const dtype = value.kind === 'ints' ? 'int64' : 'float32';
    return constantTensor({ shape: [value.count], dtype, contents: value.values });
  }
  return value.kind === 'text'
    ? constantTensor({ shape: [], dtype: 'string' })
    : new Unknown('a constant of an unknown kind');
}

function unknownOperator({ domain, op }: NodeRecord, knownDomain: boolean): string {
  if (domain === '')
    return `${quoted(op)} is no operator of ai.onnx that is known here; what it costs is not counted`;
  if (knownDomain) return `${quoted(`${domain}:${op}`)} is not known here; what it costs is not counted`;
  return `${quoted(`${domain}:${op}`)} is of a domain that is not known here, and the model holds no function of that name; what it costs is not counted`;
}
