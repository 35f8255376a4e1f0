// Makes a Trace: hands out ids, interns what repeats (chains of sites, knobs, gaps), and keeps the stack of modules that
// are running. It holds no opinion on where the records come from. Modules are declared first, so that calls can name
// them, and described when the run is over, because some get their parameters late.

import { lazily } from '../base/lazy';
import type { Site, SiteStack } from '../base/site';
import type { TensorSpec } from '../tensor/tensor';
import type {
  Gap,
  Invocation,
  Knob,
  NamedValue,
  OpCall,
  SiteNode,
  StorageKind,
  Trace,
  TracedArgument,
  TracedModule,
  TracedNode,
  TracedStorage,
  TracedValue,
} from './trace';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What is known of a storage when it is made. */
export interface NewStorage {
  readonly kind: StorageKind;
  readonly bytes: number;
  readonly elements: number;
  readonly trainable?: boolean;
}

/** A call as its recorder knows it; the builder adds where and in which module. */
export interface NewCall {
  readonly op: string;
  readonly spelled: string;
  readonly args: Readonly<Record<string, TracedArgument>>;
  readonly outputs: readonly number[];
  readonly stack: SiteStack;
  readonly noGrad?: boolean;
  readonly node?: number;
}

/** An invocation that has begun: pass it to `exit`. */
export interface OpenInvocation {
  readonly index: number;
  readonly module: number;
}

const UNDESCRIBED: TracedModule = {
  path: '',
  className: '',
  parent: -1,
  site: -1,
  parameters: [],
  buffers: [],
};

export class TraceBuilder {
  private readonly sites: SiteNode[] = [];
  private readonly siteIds = new Map<string, number>();
  private readonly storages: Mutable<TracedStorage>[] = [];
  private readonly values: TracedValue[] = [];
  private readonly modules: TracedModule[] = [];
  private readonly calls: OpCall[] = [];
  private readonly invocations: Mutable<Invocation>[] = [];
  private readonly running: number[] = [];
  private readonly knobs = new Map<string, Knob>();
  private readonly gaps = new Map<string, Mutable<Gap>>();
  private inputs: readonly NamedValue[] = [];
  private outputs: readonly NamedValue[] = [];
  private incomplete: string | undefined;
  private nodes: (() => readonly TracedNode[]) | undefined;
  private lastStack: SiteStack = [];
  /** Ids of the chains that end at each site of the last stack. */
  private readonly lastSites: number[] = [];

  /** Index that the next call will get. */
  get nextCall(): number {
    return this.calls.length;
  }

  /** The module that is running; -1 = none. */
  get currentModule(): number {
    return this.running.at(-1) ?? -1;
  }

  /** The chain of sites as an id; -1 where there is none. One call after the other shares most of its chain. */
  site(stack: SiteStack): number {
    if (stack === this.lastStack) return this.lastSites.at(-1) ?? -1;
    const shared = this.sharedSites(stack);
    this.lastSites.length = shared;
    for (let at = shared; at < stack.length; at++)
      this.lastSites.push(this.siteAfter(this.lastSites[at - 1] ?? -1, stack[at] as Site));
    this.lastStack = stack;
    return this.lastSites.at(-1) ?? -1;
  }

  /** How many sites a chain has in common with the last one. */
  private sharedSites(stack: SiteStack): number {
    const last = this.lastStack;
    const most = Math.min(stack.length, last.length);
    let at = 0;
    while (at < most && isSame(stack[at] as Site, last[at] as Site)) at++;
    return at;
  }

  private siteAfter(parent: number, { file, start, end }: Site): number {
    const key = `${parent} ${start} ${end} ${file}`;
    const known = this.siteIds.get(key);
    if (known !== undefined) return known;
    const id = this.sites.push({ file, start, end, parent }) - 1;
    this.siteIds.set(key, id);
    return id;
  }

  storage({ kind, bytes, elements, trainable = false }: NewStorage): number {
    return this.addStorage({ kind, bytes, elements, trainable, heldUntil: -1 });
  }

  /** Takes a storage as it is. */
  addStorage(storage: TracedStorage): number {
    return this.storages.push(storage) - 1;
  }

  /** Says what a storage turned out to be: an activation that became a parameter. */
  describeStorage(id: number, facts: Partial<NewStorage>): void {
    Object.assign(this.storages[id] as TracedStorage, facts);
  }

  /** Something still holds this storage during the call that comes next. */
  hold(storage: number): void {
    (this.storages[storage] as Mutable<TracedStorage>).heldUntil = this.calls.length;
  }

  value({ shape, dtype, strides }: TensorSpec, storage: number, detached = false): number {
    const plain = { shape, dtype, storage };
    const value =
      strides || detached ? { ...plain, ...(strides && { strides }), ...(detached && { detached }) } : plain;
    return this.values.push(value) - 1;
  }

  call({ op, spelled, args, outputs, stack, noGrad, node }: NewCall): void {
    const [module, site] = [this.currentModule, this.site(stack)];
    this.calls.push(
      noGrad === undefined
        ? { op, spelled, args, outputs, module, site, node }
        : { op, spelled, args, outputs, module, site, noGrad, node },
    );
  }

  /** A module of the tree, or a function, begins to run. */
  enter(
    kind: Invocation['kind'],
    name: string,
    module: number,
    stack: SiteStack,
    inputs: readonly number[],
  ): OpenInvocation {
    const firstCall = this.calls.length;
    const site = this.site(stack);
    const record = { kind, name, module, site, inputs, outputs: [], firstCall, endCall: firstCall };
    if (module >= 0) this.running.push(module);
    return { index: this.invocations.push(record) - 1, module };
  }

  exit(open: OpenInvocation, outputs: readonly number[]): void {
    const record = this.invocations[open.index] as Mutable<Invocation>;
    record.outputs = outputs;
    record.endCall = this.calls.length;
    if (open.module >= 0) this.running.pop();
  }

  /** An id for a module of the tree; describe it when it is known. */
  declareModule(): number {
    return this.modules.push(UNDESCRIBED) - 1;
  }

  describeModule(id: number, module: TracedModule): void {
    this.modules[id] = module;
  }

  /** Notes a knob; the same name with the same reason is noted once. */
  knob(knob: Knob): void {
    const key = `${knob.name}\n${knob.reason}`;
    if (!this.knobs.has(key)) this.knobs.set(key, knob);
  }

  /** Notes a gap; the same reason at the same innermost site is counted. */
  gap(reason: string, stack: SiteStack): void {
    const key = `${reason}\n${siteKey(stack.at(-1))}`;
    const known = this.gaps.get(key);
    if (known) known.count++;
    else this.gaps.set(key, { reason, stack, count: 1 });
  }

  setInputs(inputs: readonly NamedValue[]): void {
    this.inputs = inputs;
  }

  /** Nodes of a graph; there may be very many, so they are made when somebody asks for them. */
  setNodes(nodes: () => readonly TracedNode[]): void {
    this.nodes = nodes;
  }

  setOutputs(outputs: readonly NamedValue[]): void {
    this.outputs = outputs;
  }

  /** The run ended early, for this reason; what is here is a part. */
  cutShort(reason: string): void {
    this.incomplete ??= reason;
  }

  build(): Trace {
    const trace: Trace = {
      sites: this.sites,
      storages: this.storages,
      values: this.values,
      modules: this.modules,
      calls: this.calls,
      invocations: this.invocations,
      inputs: this.inputs,
      outputs: this.outputs,
      knobs: [...this.knobs.values()],
      gaps: [...this.gaps.values()],
      ...(this.incomplete !== undefined && { incomplete: this.incomplete }),
    };
    if (this.nodes) lazily(trace, 'nodes', this.nodes);
    return trace;
  }
}

const isSame = (a: Site, b: Site): boolean =>
  a === b || (a.start === b.start && a.end === b.end && a.file === b.file);

const siteKey = (site: Site | undefined): string => (site ? `${site.file}:${site.start}:${site.end}` : '');
