// Turns followed nodes into records of the trace, through TraceBuilder. While it is muted it records nothing and adds up
// what would have been recorded: so the branches of an If are compared.

import type { SiteStack } from '../base/site';
import { contractionFpo, type Op, type OpArgument } from '../ops/operator';
import { FloatScalar } from '../tensor/scalar';
import type { TensorSpec } from '../tensor/tensor';
import type { TraceBuilder } from '../trace/builder';
import type { Knob, TracedArgument } from '../trace/trace';
import type { NodeRecord } from './model';
import { type Names, NO_NAME } from './names';
import { NodeLog } from './nodes';
import { Specs, Tensor, type Value } from './values';

/** What operators take, with tensors of the graph in place of specs. */
export type Argument = Tensor | FloatScalar | number | boolean | string | null | readonly Argument[];
export type Arguments = Readonly<Record<string, Argument>>;

/** Calls above this many end the run: loops can be made as long as one likes. */
const CALL_LIMIT = 300_000;

/** Thrown where the run has become too long. */
export class TooLong extends Error {}

/** The arguments as the operator wants them, every tensor through a function. */
export function specsOf(argument: Argument, spec: (tensor: Tensor) => TensorSpec): OpArgument {
  if (argument instanceof Tensor) return spec(argument);
  if (Array.isArray(argument)) return argument.map((one: Argument) => specsOf(one, spec));
  return argument as OpArgument;
}

export class Recorder {
  private readonly stack: SiteStack;
  /** Nodes by the order in which they are followed. */
  readonly nodes: NodeLog;
  readonly specs = new Specs();
  /** Where each gap was met first: the same reason is told once. */
  private readonly gaps = new Map<string, SiteStack>();
  private muted = 0;
  private cost = 0;
  private steps = 0;

  constructor(
    readonly builder: TraceBuilder,
    names: Names,
    file: string,
  ) {
    this.stack = [{ file, start: 0, end: 0 }];
    this.nodes = new NodeLog(names, file, this.stack);
  }

  /** Where everything of this file is. */
  get site(): SiteStack {
    return this.stack;
  }

  /** Runs without recording; gives the FPO that there would have been. */
  measure(run: () => void): number {
    const before = this.cost;
    this.muted++;
    try {
      run();
    } finally {
      this.muted--;
    }
    return this.cost - before;
  }

  get isMuted(): boolean {
    return this.muted > 0;
  }

  /** Counts a followed node against the limit. */
  step(): void {
    if (++this.steps > CALL_LIMIT)
      throw new TooLong(`The model repeats so many operators that the run was ended after ${CALL_LIMIT}.`);
  }

  /** A node begins: calls, gaps and knobs are noted as its own until `leave` is called with what this gives. */
  enter(node: NodeRecord): number | undefined {
    return this.isMuted ? undefined : this.nodes.enter(node, this.builder.currentModule);
  }

  leave(
    outer: number | undefined,
    node: NodeRecord,
    inputs: readonly (Value | null)[],
    outputs: readonly Value[],
  ): void {
    if (outer === undefined) return;
    // all values get their ids now: the trace is complete before somebody asks for its nodes
    for (const value of inputs) this.idOf(value);
    for (const value of outputs) this.idOf(value);
    if (this.nodes.wantsValues)
      this.nodes.setValues({
        inputs: inputs.map((value) => this.idOf(value)),
        outputs: node.outputs.map((name, i) => (name === NO_NAME ? -1 : this.idOf(outputs[i]))),
      });
    this.nodes.current = outer;
  }

  /** The value in the trace of what is a tensor; -1 of what is none. */
  idOf(value: Value | null | undefined): number {
    return value instanceof Tensor ? this.valueId(value) : -1;
  }

  call(op: Op, spelled: string, args: Arguments, outputs: readonly Tensor[]): void {
    if (this.isMuted) this.add(op, args, outputs);
    else
      this.builder.call({
        op: op.name,
        spelled,
        args: this.tracedAll(args),
        outputs: outputs.map((output) => this.valueId(output)),
        stack: this.stack,
        node: this.nodes.current,
      });
  }

  private add(op: Op, args: Arguments, outputs: readonly Tensor[]): void {
    if (op.cost === undefined) return;
    const plain = Object.entries(args).map(([name, value]) => [name, specsOf(value, ({ spec }) => spec)]);
    const cost = op.cost(
      Object.fromEntries(plain),
      outputs.map(({ spec }) => spec),
    );
    this.cost += contractionFpo(cost) + cost.other;
  }

  private tracedAll(args: Arguments): Record<string, TracedArgument> {
    const traced: Record<string, TracedArgument> = {};
    for (const name of Object.keys(args)) traced[name] = this.traced(args[name] as Argument);
    return traced;
  }

  private traced(argument: Argument): TracedArgument {
    if (argument instanceof Tensor) return { value: this.valueId(argument) };
    if (argument instanceof FloatScalar) return argument.value;
    if (Array.isArray(argument)) return argument.map((one: Argument) => this.traced(one));
    return argument as TracedArgument;
  }

  /** The tensor's value in the trace. */
  valueId(tensor: Tensor): number {
    const { store } = tensor;
    if (store.id < 0) store.id = this.builder.addStorage(store);
    if (tensor.id < 0) tensor.id = this.builder.value(tensor.spec, store.id);
    return tensor.id;
  }

  gap(reason: string): void {
    if (this.isMuted) return;
    const stack = this.gaps.get(reason) ?? this.nodes.stack;
    this.gaps.set(reason, stack);
    this.builder.gap(reason, stack);
  }

  knob(knob: Knob): void {
    const site = knob.site ?? this.nodes.stack[0];
    if (!this.isMuted) this.builder.knob(site ? { ...knob, site } : knob);
  }
}
