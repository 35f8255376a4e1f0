// The main graph, followed in order, with the modules that its nodes belong to: a module begins to run where a node of it
// comes after one outside of it, and ends where the next one outside of it comes. Runs are recorded as invocations, with
// the values that go in and out.

import type { OpenInvocation } from '../trace/builder';
import type { Evaluator, Scope } from './evaluator';
import type { ModelRecord, NodeRecord } from './model';
import type { NodeScope, ScopePart, Scopes } from './modules';
import { NameTable } from './names';
import { makersOf, namesRead, sorted } from './order';
import type { Recorder } from './recorder';
import { Tensor } from './values';

/** Modules with their ids in the trace. The root has the id 0. */
export class ModuleTree {
  private readonly ids = new Map<ScopePart, number>();
  private readonly parents: number[] = [];

  constructor(private readonly declare: () => number) {}

  /** The id of the innermost of these modules. */
  id(scope: NodeScope): number {
    const part = scope.at(-1);
    return part === undefined ? 0 : (this.ids.get(part) ?? this.add(scope));
  }

  private add(scope: NodeScope): number {
    let parent = 0;
    for (const part of scope) {
      let id = this.ids.get(part);
      if (id === undefined) {
        id = this.declare();
        this.ids.set(part, id);
        this.parents[id] = parent;
      }
      parent = id;
    }
    return parent;
  }

  /** Tells of all modules below the root. */
  each(tell: (id: number, part: ScopePart, parent: number) => void): void {
    for (const [part, id] of this.ids) tell(id, part, this.parents[id] as number);
  }
}

const NO_SCOPE: NodeScope = [];

interface Open {
  readonly part: ScopePart;
  readonly invocation: OpenInvocation;
  /** Its nodes, from the first to the first behind it. */
  readonly start: number;
  readonly end: number;
}

export class GraphRun {
  private readonly nodes: readonly NodeRecord[];
  private readonly scopes: readonly NodeScope[];
  private readonly reads: readonly (readonly number[])[];
  private readonly makers: NameTable<number>;
  private readonly lastRead: NameTable<number>;
  private readonly open: Open[] = [];

  constructor(
    { graph, names }: ModelRecord,
    private readonly recorder: Recorder,
    private readonly tree: ModuleTree,
    private readonly values: Scope,
    scopes: Scopes,
  ) {
    const makers = makersOf(graph.nodes, names);
    this.nodes = sorted(graph.nodes, names, makers);
    this.makers = this.nodes === graph.nodes ? makers : makersOf(this.nodes, names);
    this.lastRead = new NameTable(names);
    this.scopes = this.nodes.map((node) => scopes.of(node));
    this.reads = this.nodes.map(namesRead);
    for (let i = 0; i < this.reads.length; i++) {
      const names = this.reads[i] as readonly number[];
      for (let slot = 0; slot < names.length; slot++) this.lastRead.set(names[slot] as number, i);
    }
    for (const { name } of graph.outputs) this.lastRead.set(name, Number.POSITIVE_INFINITY);
  }

  follow(evaluator: Evaluator): void {
    const frame = evaluator.mainFrame(this.values);
    for (let i = 0; i < this.nodes.length; i++) {
      if (i === 0 || this.scopes[i] !== this.scopes[i - 1]) {
        this.leave(i);
        this.enter(i);
      }
      evaluator.node(this.nodes[i] as NodeRecord, frame);
    }
    this.leave(this.nodes.length);
  }

  /** Ends the modules that this node is not in. */
  private leave(at: number): void {
    const scope = this.scopes[at] ?? NO_SCOPE;
    let kept = 0;
    while (kept < this.open.length && this.open[kept]?.part === scope[kept]) kept++;
    while (this.open.length > kept) this.close(this.open.pop() as Open);
  }

  private close({ invocation, start, end }: Open): void {
    const out: number[] = [];
    for (let i = start; i < end; i++)
      for (const name of (this.nodes[i] as NodeRecord).outputs)
        if ((this.lastRead.get(name) ?? -1) >= end) this.addId(name, out);
    this.recorder.builder.exit(invocation, out.slice());
  }

  /** Begins the modules that this node is in and the one before was not. */
  private enter(at: number): void {
    const scope = this.scopes[at] ?? NO_SCOPE;
    for (let depth = this.open.length; depth < scope.length; depth++) {
      const part = scope[depth] as ScopePart;
      const end = this.endOf(part, depth, at);
      const module = this.tree.id(scope.slice(0, depth + 1));
      const name = part.className || part.path.slice(part.path.lastIndexOf('.') + 1);
      const inputs = this.fed(at, end);
      const invocation = this.recorder.builder.enter('module', name, module, this.recorder.site, inputs);
      this.open.push({ part, invocation, start: at, end });
    }
  }

  private endOf(part: ScopePart, depth: number, from: number): number {
    let end = from + 1;
    while (end < this.nodes.length && this.scopes[end]?.[depth] === part) end++;
    return end;
  }

  /** Ids of what these nodes read and do not make. */
  private fed(start: number, end: number): number[] {
    const ids: number[] = [];
    for (let i = start; i < end; i++)
      for (const name of this.reads[i] as readonly number[]) {
        const maker = this.makers.get(name) ?? -1;
        if (maker < start || maker >= end) this.addId(name, ids);
      }
    return [...new Set(ids)];
  }

  /** The id of an activation or input; weights and constants are none of a module's inputs. */
  private addId(name: number, ids: number[]): void {
    const value = this.values.get(name);
    if (!(value instanceof Tensor)) return;
    const { kind } = value.store;
    if (kind === 'activation' || kind === 'input') ids.push(this.recorder.valueId(value));
  }
}
