// From the bytes of an ONNX file to a trace: decode, resolve what is fed in, declare parameters, follow the graph, describe
// the modules. Nothing is run and no weights are read.

import type { Site } from '../base/site';
import { kindOf } from '../tensor/dtype';
import type { TensorSpec } from '../tensor/tensor';
import { TraceBuilder } from '../trace/builder';
import type { NamedValue, Trace, TracedNode } from '../trace/trace';
import { DOMAINS } from './bindings/domains';
import { decodeModel } from './decode';
import { Evaluator, Scope } from './evaluator';
import { type InputOptions, InputResolver } from './inputs';
import type { GraphRecord, ModelRecord, NodeRecord, TensorRecord, ValueRecord } from './model';
import { Scopes } from './modules';
import type { Names } from './names';
import { quoted } from './onnx-error';
import { checkGraph, subgraphs } from './order';
import { Recorder, TooLong } from './recorder';
import { type Use, Uses } from './roles';
import { GraphRun, ModuleTree } from './runs';
import type { ByteSource } from './source';
import { constantTensor, storeFor, Tensor, Unknown, type Value } from './values';

export interface TraceOptions extends InputOptions {
  /** The file's name, as sites show it. */
  readonly name: string;
}

/** Reads an ONNX file. Throws OnnxError, with a sentence for the user, where it is none. */
export function readOnnx(source: ByteSource): ModelRecord {
  const model = decodeModel(source);
  checkAll(model.graph, model.names);
  return model;
}

/** Traces a model that was read; it can be traced again with other options. */
export const traceModel = (model: ModelRecord, options: TraceOptions): Trace =>
  new OnnxTracer(model, options).run();

/** A trace with the type of every value of the main graph by its name, for tests and for views that show every edge. */
export interface NamedTrace {
  readonly trace: Trace;
  readonly tensors: ReadonlyMap<string, TensorSpec>;
}

/** Reads and traces a file; gives the types of all named values too. */
export function traceNamed(source: ByteSource, options: TraceOptions): NamedTrace {
  const tracer = new OnnxTracer(readOnnx(source), options);
  return { trace: tracer.run(), tensors: tracer.tensors() };
}

function checkAll(graph: GraphRecord, names: Names): void {
  checkGraph(graph, names);
  for (const node of graph.nodes) for (const inner of subgraphs(node)) checkAll(inner, names);
}

/** What a module without weights owns. */
const NOTHING = { parameters: [], buffers: [] };

class OnnxTracer {
  private readonly builder = new TraceBuilder();
  private readonly recorder: Recorder;
  private readonly resolver: InputResolver;
  private readonly uses: Uses;
  private readonly tree: ModuleTree;
  private readonly constants = new Map<TensorRecord, Value>();
  /** Parameters and buffers, in the order of their first use. */
  private readonly weights: { readonly use: Use; readonly value: Tensor }[] = [];
  private readonly scope: Scope;
  /** Outputs that are not what the file declares. */
  private readonly refused = new Set<number>();
  private readonly scopes = new Scopes();
  private readonly root: number;

  constructor(
    private readonly model: ModelRecord,
    private readonly options: TraceOptions,
  ) {
    const { names } = model;
    this.scope = new Scope(names);
    this.recorder = new Recorder(this.builder, names, options.name);
    this.root = this.builder.declareModule();
    this.tree = new ModuleTree(() => this.builder.declareModule());
    this.resolver = new InputResolver(names, options, (knob) =>
      this.recorder.knob({ ...knob, site: this.site }),
    );
    this.uses = new Uses(model);
  }

  private get site(): Site {
    return { file: this.options.name, start: 0, end: 0 };
  }

  run(): Trace {
    const { graph } = this.model;
    this.makeWeights();
    for (const record of graph.initializers) this.scope.set(record.name, this.constant(record));
    const fed = this.resolver.resolve(graph);
    for (const [name, value] of fed) this.scope.set(name, value);
    this.nameInputs(fed);
    this.follow(fed);
    this.nameOutputs();
    this.describeModules();
    this.builder.setNodes(() => this.nodes());
    return this.builder.build();
  }

  private makeWeights(): void {
    for (const use of this.uses.all) {
      const value = valueOfUse(use, this.model.names);
      this.constants.set(use.record, value);
      if (value instanceof Tensor && value.store.kind !== 'constant') this.weights.push({ use, value });
    }
  }

  /** Tensors of the main graph by name; those that are not known are left out. */
  tensors(): Map<string, TensorSpec> {
    return new Map(
      [...this.scope.entries()].flatMap(([name, value]) =>
        value instanceof Tensor && !this.refused.has(name)
          ? [[this.model.names.text(name), value.spec] as const]
          : [],
      ),
    );
  }

  private nodes(): readonly TracedNode[] {
    const weights = new Map<NodeRecord, number[]>();
    for (const { use, value } of this.weights) {
      const ids = weights.get(use.node) ?? [];
      ids.push(this.recorder.valueId(value));
      weights.set(use.node, ids);
    }
    return this.recorder.nodes.rows({
      idsOf: (names) => names.map((name) => this.recorder.idOf(this.scope.get(name))),
      weightsOf: (node) => weights.get(node) ?? [],
    });
  }

  private constant(record: TensorRecord): Value {
    let value = this.constants.get(record);
    if (value === undefined) {
      value = constantOf(record, this.model.names, 'constant');
      this.constants.set(record, value);
    }
    return value;
  }

  private follow(fed: ReadonlyMap<number, Value>): void {
    const evaluator = new Evaluator({
      model: this.model,
      recorder: this.recorder,
      domains: DOMAINS,
      constant: (record) => this.constant(record),
      constantOf: (node) => this.uses.constantOf(node),
      sizeOf: (symbol) => this.resolver.sizeOf(symbol),
      knob: (name) => this.options.knobs?.[name],
    });
    const { builder, recorder } = this;
    const whole = builder.enter('module', this.className, this.root, recorder.site, this.ids(fed.values()));
    this.guarded(evaluator);
    const outputs = this.model.graph.outputs.map(({ name }) => this.scope.get(name));
    builder.exit(whole, this.ids(outputs));
  }

  private guarded(evaluator: Evaluator): void {
    try {
      new GraphRun(this.model, this.recorder, this.tree, this.scope, this.scopes).follow(evaluator);
    } catch (error) {
      if (!(error instanceof TooLong)) throw error;
      this.recorder.gap(error.message);
      this.builder.cutShort(error.message);
    }
  }

  private ids(values: Iterable<Value | undefined>): number[] {
    return [...values].flatMap((value) => (value instanceof Tensor ? [this.recorder.valueId(value)] : []));
  }

  private get className(): string {
    return this.model.graph.name || this.options.name;
  }

  private nameInputs(fed: ReadonlyMap<number, Value>): void {
    this.builder.setInputs(this.named(fed));
  }

  private nameOutputs(): void {
    for (const output of this.model.graph.outputs) this.checkOutput(output);
    const outputs = this.model.graph.outputs.flatMap(({ name }) => {
      const value = this.refused.has(name) ? undefined : this.scope.get(name);
      return value ? [[name, value] as const] : [];
    });
    this.builder.setOutputs(this.named(outputs));
  }

  /** What the file declares of an output has to fit what its operators give; where not, nothing is claimed. */
  private checkOutput({ name, type }: ValueRecord): void {
    const value = this.scope.get(name);
    if (value === undefined)
      this.recorder.gap(`the output ${quoted(this.model.names.text(name))} is made by no node`);
    if (!(value instanceof Tensor) || type?.kind !== 'tensor' || type.dtype === undefined) return;
    const { dtype } = value.spec;
    if (type.dtype === dtype) return;
    const reason = `the file declares ${type.dtype} for the output ${quoted(this.model.names.text(name))}, but its operators give ${dtype}`;
    this.recorder.gap(reason);
    this.refused.add(name);
  }

  private named(values: Iterable<readonly [number, Value]>): NamedValue[] {
    return [...values].flatMap(([name, value]) =>
      value instanceof Tensor
        ? [{ name: this.model.names.text(name), value: this.recorder.valueId(value) }]
        : [],
    );
  }

  private describeModules(): void {
    const owned = this.owned();
    const of = (id: number) => owned.get(id) ?? NOTHING;
    const site = this.builder.site([this.site]);
    const root = { path: '', className: this.className, parent: -1, site, ...of(this.root) };
    this.builder.describeModule(this.root, root);
    this.tree.each((id, { path, className }, parent) => {
      const { parameters, buffers } = of(id);
      this.builder.describeModule(id, { path, className, parent, site, parameters, buffers });
    });
  }

  /** Parameters and buffers by the module that uses them first. */
  private owned(): Map<number, { parameters: NamedValue[]; buffers: NamedValue[] }> {
    const owned = new Map<number, { parameters: NamedValue[]; buffers: NamedValue[] }>();
    for (const { use, value } of this.weights) {
      const scope = this.scopes.of(use.node);
      const module = this.tree.id(scope);
      const lists = owned.get(module) ?? { parameters: [], buffers: [] };
      owned.set(module, lists);
      const name = within(scope.at(-1)?.path ?? '', this.model.names.text(use.record.name));
      const list = use.isParameter ? lists.parameters : lists.buffers;
      const id = this.recorder.valueId(value);
      list.push({ name, value: id });
    }
    return owned;
  }
}

/** A name without the path of the module that owns it. */
const within = (path: string, name: string): string =>
  name[path.length] === '.' && name.startsWith(path) ? name.slice(path.length + 1) : name;

/** Constants of the file that are no parameters are buffers; small integers are part of the code. */
function valueOfUse({ record, isParameter, elements }: Use, names: Names): Value {
  const { dtype } = record;
  const isCode = dtype !== undefined && kindOf(dtype) !== 'float' && record.contents !== undefined;
  return constantOf(record, names, isParameter ? 'parameter' : isCode ? 'constant' : 'buffer', elements);
}

const isTyped = (record: TensorRecord): record is TensorRecord & TensorSpec => record.dtype !== undefined;

function constantOf(
  record: TensorRecord,
  names: Names,
  kind: 'parameter' | 'buffer' | 'constant',
  elements?: number,
): Value {
  const { name, typeNumber, nonZero } = record;
  if (!isTyped(record))
    return new Unknown(
      `the constant ${quoted(names.text(name))} has the element type ${typeNumber}, which is not known here`,
    );
  // the record is the spec: it reads its contents when they are asked for
  return kind === 'constant'
    ? constantTensor(record)
    : new Tensor(record, storeFor(record, kind, elements ?? nonZero));
}
