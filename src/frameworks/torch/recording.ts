// A trace being made: which tensors and storages it has ids for, what still holds them, and where in the user's code the
// run is. Sites in preludes are left out of chains: users see their own lines and those of installed packages.
//
// Liveness: before each call, whatever the variables of running functions reach, through tuples, lists and dicts, is held,
// and what modules of the tree were given as an attribute meanwhile. Left out: what other objects keep between calls.

import type { Site, SiteStack } from '../../base/site';
import type { OpArgument } from '../../ops/operator';
import type { Frame, Interpreter } from '../../python/interpreter';
import { isPrelude } from '../../python/library';
import { PyDict, PyInstance, PyList, PyTuple, type Value } from '../../python/values';
import { FloatScalar } from '../../tensor/scalar';
import type { TensorSpec } from '../../tensor/tensor';
import { type OpenInvocation, TraceBuilder } from '../../trace/builder';
import type { Invocation, Knob, TracedArgument } from '../../trace/trace';
import type { Tensors } from './convert';
import { type Storage, TensorData } from './tensors';

const DEEPEST = 4;
/** Attributes of modules: tensors, and lists and dicts of them. */
const KEPT_DEEPEST = 2;
/** Objects with more attributes are configurations rather than results. */
const MOST_FIELDS = 16;

export class Recording {
  readonly builder = new TraceBuilder();
  /** Modules of the tree, by instance. */
  readonly modules = new Map<PyInstance, number>();
  /** Arguments of module calls that are running: the caller holds them until the call is over. */
  private readonly held: (readonly Value[])[] = [];
  /** Modules of the tree that were given tensors, or what may hold some, as plain attributes during the run. */
  private readonly keepers = new Set<PyInstance>();
  private readonly storageIds = new Map<Storage, number>();
  private readonly trainable = new Set<Storage>();
  private readonly valueIds = new Map<TensorData, number>();
  /** Calls are recorded between begin and end; before and after, only shapes are inferred. */
  active = false;

  constructor(readonly interpreter: Interpreter) {}

  /** The chain of sites that led here, preludes left out. */
  stack(): SiteStack {
    return userSites(this.interpreter);
  }

  /** Notes a value that was assumed, at the place that led here. */
  assume(name: string, value: Knob['value'], reason: string): void {
    const site = this.stack().at(-1);
    this.builder.knob({ name, value, source: 'assumed', reason, ...(site && { site }) });
  }

  storageId(storage: Storage): number {
    let id = this.storageIds.get(storage);
    if (id === undefined) {
      id = this.builder.storage(storage);
      this.storageIds.set(storage, id);
    }
    return id;
  }

  valueId(data: TensorData): number {
    let id = this.valueIds.get(data);
    if (id === undefined) {
      id = this.builder.value(data.spec, this.storageId(data.storage), data.detached);
      this.valueIds.set(data, id);
    }
    return id;
  }

  /** A parameter of the tree: its storage is one, trainable where any parameter on it is. */
  parameter({ storage, requiresGrad }: TensorData): void {
    storage.kind = 'parameter';
    const id = this.storageId(storage);
    const trainable = requiresGrad || this.trainable.has(storage);
    if (trainable) this.trainable.add(storage);
    this.builder.describeStorage(id, { kind: 'parameter', trainable });
  }

  /** What was made as a parameter is registered as a buffer alone. */
  buffer(storage: Storage): void {
    storage.kind = 'buffer';
    this.builder.describeStorage(this.storageId(storage), { kind: 'buffer', trainable: false });
  }

  /** Ids of the tensors in some values, in the order in which they are found. */
  valuesIn(values: readonly Value[]): number[] {
    const found: number[] = [];
    for (const value of values) visitTensors(value, DEEPEST, (data) => found.push(this.valueId(data)));
    return found;
  }

  /** An argument as the trace has it. A spec that stands for no tensor of the program is a constant. */
  argument(argument: OpArgument, tensors: Tensors): TracedArgument {
    if (argument instanceof FloatScalar) return argument.value;
    if (Array.isArray(argument)) return argument.map((item) => this.argument(item, tensors));
    if (typeof argument !== 'object' || argument === null) return argument;
    const spec = argument as TensorSpec;
    const data = tensors.get(spec)?.payload;
    return data instanceof TensorData ? { value: this.valueId(data) } : this.constant(spec);
  }

  private constant(spec: TensorSpec): TracedArgument {
    const storage = this.builder.storage({ kind: 'constant', bytes: 0, elements: 0 });
    return { value: this.builder.value(spec, storage) };
  }

  /** A module was given this as a plain attribute: it keeps it when the call is over. */
  keep(module: PyInstance, value: Value): void {
    if (this.active && typeof value === 'object' && value !== null && this.modules.has(module))
      this.keepers.add(module);
  }

  /** Marks what is still held while the next call runs. */
  holdReachable(): void {
    const hold = (data: TensorData) => {
      const id = this.storageIds.get(data.storage);
      if (id !== undefined) this.builder.hold(id);
    };
    const seen: Seen = new Map();
    for (const frame of this.interpreter.frames) visitFrame(frame, hold, seen);
    for (const { attributes } of this.keepers)
      for (const value of attributes.values()) visitTensors(value, KEPT_DEEPEST, hold, seen);
    for (const values of this.held) for (const value of values) visitTensors(value, DEEPEST, hold, seen);
  }

  /** Runs `body` as a call of a module or function, its arguments held until it is over. */
  invocation(
    kind: Invocation['kind'],
    name: string,
    module: number,
    args: readonly Value[],
    body: () => Value,
  ): Value {
    if (!this.active) return body();
    const open = this.open(kind, name, module, args);
    let result: Value = null;
    try {
      result = this.holding(args, body);
      return result;
    } finally {
      this.close(open, result);
    }
  }

  /** Runs `body` while its caller holds these. */
  holding(values: readonly Value[], body: () => Value): Value {
    this.held.push(values);
    try {
      return body();
    } finally {
      this.held.pop();
    }
  }

  open(kind: Invocation['kind'], name: string, module: number, args: readonly Value[]): OpenInvocation {
    return this.builder.enter(kind, name, module, this.stack(), this.valuesIn(args));
  }

  close(open: OpenInvocation, result: Value): void {
    this.builder.exit(open, this.valuesIn([result]));
  }
}

/** The sites that led here, without those in preludes; a comprehension is no call of its own. */
export function userSites({ frames }: Interpreter): SiteStack {
  const sites: Site[] = [];
  for (const [index, { file, node }] of frames.entries()) {
    if (isPrelude(file) || frames[index + 1]?.scope.kind === 'comprehension') continue;
    sites.push({ file, start: node.start, end: node.end });
  }
  return sites;
}

/** Containers that have been looked into, and how deep. */
type Seen = Map<object, number>;

function visitFrame({ scope }: Frame, visit: (data: TensorData) => void, seen: Seen): void {
  const isModule = scope.variables === scope.module.variables;
  for (const value of scope.variables.values()) visitTensors(value, isModule ? 0 : DEEPEST, visit, seen);
}

/** Tensors in a value, in tuples, lists, dicts and plain objects too; what was seen as deeply is passed over. */
function visitTensors(
  value: Value,
  depth: number,
  visit: (data: TensorData) => void,
  seen: Seen = new Map(),
): void {
  if (typeof value !== 'object' || value === null) return;
  if (value instanceof PyInstance && value.payload instanceof TensorData) visit(value.payload);
  else if (depth > 0 && (seen.get(value) ?? 0) < depth) {
    seen.set(value, depth);
    visitInside(value, depth, visit, seen);
  }
}

function visitInside(value: Value, depth: number, visit: (data: TensorData) => void, seen: Seen): void {
  if (value instanceof PyTuple || value instanceof PyList) {
    for (const item of value.items) visitTensors(item, depth - 1, visit, seen);
  } else if (value instanceof PyDict) {
    for (const [, item] of value.entries.values()) visitTensors(item, depth - 1, visit, seen);
  } else if (
    value instanceof PyInstance &&
    value.payload === undefined &&
    value.attributes.size <= MOST_FIELDS
  ) {
    for (const item of value.attributes.values()) visitTensors(item, depth - 2, visit, seen);
  }
}
