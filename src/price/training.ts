// What a training step does beyond the forward pass: which calls take part in backward, what their gradients cost, and what
// autograd keeps until then. A value needs a gradient where a trainable parameter flows into it and nothing stops the flow:
// no_grad, detach, an element type without gradients, an operator without one. The model's inputs need none.

import { isDifferentiable } from '../ops/arguments';
import { contractionFpo, type Needs } from '../ops/operator';
import { bytesOf, type TensorSpec } from '../tensor/tensor';
import type { OpCall, Trace, TracedStorage, TracedValue } from '../trace/trace';
import type { Fpo } from './model-report';
import {
  backwardMacs,
  backwardOther,
  inputsOf,
  type ResolvedCall,
  type ValueSpec,
  valuesIn,
} from './resolve';

/** A call that has a backward, and which of its arguments need a gradient. */
export interface BackwardCall {
  readonly resolved: ResolvedCall;
  readonly needs: Needs;
  /** Ids of the values that need one. */
  readonly reached: readonly number[];
}

/**
 * Operators through which autograd does not go on, although their results are floats. A rounding is none of them: its
 * gradient is zero, but it is computed and handed on.
 */
const STOPS = new Set(['detach', 'empty_like', 'fill', 'full_like', 'random_like']);

/** Storages that a gradient flows into, filled while going forward. */
class Flow {
  private readonly storages: Uint8Array;
  /** Parameters themselves, as modules have them: filling one under no_grad detaches nothing. */
  private readonly parameters: ReadonlySet<number>;

  constructor(private readonly trace: Trace) {
    this.storages = new Uint8Array(trace.storages.length);
    this.parameters = new Set(
      trace.modules.flatMap(({ parameters }) => parameters.map(({ value }) => value)),
    );
  }

  needs(id: number): boolean {
    const value = this.trace.values[id] as TracedValue;
    const detached = value.detached === true && !this.parameters.has(id);
    if (detached || !isDifferentiable(value)) return false;
    if (this.storages[value.storage] === 1) return true;
    const { kind, trainable } = this.trace.storages[value.storage] as TracedStorage;
    return kind === 'parameter' && trainable;
  }

  /** Marks what a call made, itself or by writing into what was there; false where no gradient can flow out of it. */
  mark({ outputs }: OpCall): boolean {
    let any = false;
    for (const id of outputs) {
      const value = this.trace.values[id] as TracedValue;
      if (!isDifferentiable(value)) continue;
      this.storages[value.storage] = 1;
      any = true;
    }
    return any;
  }
}

/** Calls that autograd notes for backward, in the order of the forward pass. */
export function backwardCalls(trace: Trace, calls: readonly ResolvedCall[]): BackwardCall[] {
  const flow = new Flow(trace);
  const backward: BackwardCall[] = [];
  for (const resolved of calls) {
    const { call } = resolved;
    const stops = call.noGrad || STOPS.has(call.op);
    if (!stops && inputsOf(call).some((id) => flow.needs(id)) && flow.mark(call))
      backward.push({ resolved, ...neededBy(resolved, flow) });
  }
  return backward;
}

/** Which arguments a gradient flows into, and the values among them that it reaches. */
function neededBy({ args }: ResolvedCall, flow: Flow): Omit<BackwardCall, 'resolved'> {
  const parts: Record<string, readonly boolean[]> = {};
  const reached: number[] = [];
  for (const name of Object.keys(args)) {
    const ids = valuesIn(args[name]);
    if (ids.length === 0) continue;
    parts[name] = ids.map((id) => {
      const needed = flow.needs(id);
      if (needed) reached.push(id);
      return needed;
    });
  }
  const needs: Needs = (name, index) =>
    (index === undefined ? parts[name]?.includes(true) : parts[name]?.[index]) === true;
  return { needs, reached };
}

/** Of the calls that autograd notes, those that the outputs depend on: only they run backward. */
export function reachedCalls(trace: Trace, backward: readonly BackwardCall[]): BackwardCall[] {
  const storageOf = (id: number): number => (trace.values[id] as TracedValue).storage;
  const reached = new Uint8Array(trace.storages.length);
  for (const { value } of trace.outputs) reached[storageOf(value)] = 1;
  const result: BackwardCall[] = [];
  for (let at = backward.length - 1; at >= 0; at--) {
    const one = backward[at] as BackwardCall;
    if (!one.resolved.call.outputs.some((id) => reached[storageOf(id)] === 1)) continue;
    result.push(one);
    for (const id of one.reached) reached[storageOf(id)] = 1;
  }
  return result.reverse();
}

/** FPO of the backward pass. */
export function backwardFpo(backward: readonly BackwardCall[]): Fpo {
  let [total, contraction] = [0, 0];
  for (const { resolved, needs } of backward) {
    const other = backwardOther(resolved, needs);
    const contracted = contractionFpo({ macs: backwardMacs(resolved, needs), other });
    total += contracted + other;
    contraction += contracted;
  }
  return { total, contraction };
}

/** Ids of the values that a name of `saves` stands for. */
function savedValues({ call, args }: ResolvedCall, name: string): readonly number[] {
  if (name === 'output') return call.outputs;
  if (name.startsWith('output:')) return call.outputs.slice(Number(name.slice(7)), Number(name.slice(7)) + 1);
  return valuesIn(args[name]);
}

/** What autograd keeps: storages, and bytes of copies that belong to nobody else. */
class Kept {
  private readonly storages = new Set<number>();
  private own = 0;

  constructor(private readonly trace: Trace) {}

  add({ resolved, needs }: BackwardCall): void {
    const written = this.writtenBy(resolved);
    for (const saved of savesOf(resolved, needs, written !== undefined)) {
      if (typeof saved !== 'string' && !isValue(saved)) this.own += bytesOf(saved);
      else {
        const ids = typeof saved === 'string' ? savedValues(resolved, saved) : [saved.valueId];
        const isResult = typeof saved === 'string' && saved.startsWith('output');
        for (const id of ids) this.keep(id, isResult ? undefined : written);
      }
    }
  }

  /** A storage as it is; of one that the call overwrites, a copy of what was there before. */
  private keep(id: number, written: number | undefined): void {
    const value = this.trace.values[id] as TracedValue;
    const { kind } = this.trace.storages[value.storage] as TracedStorage;
    if (value.storage === written) this.own += bytesOf(value);
    else if (kind !== 'parameter' && kind !== 'buffer') this.storages.add(value.storage);
  }

  /** The storage that a call writes its result into, if that was there before. */
  private writtenBy({ call, op, args }: ResolvedCall): number | undefined {
    const alias = typeof op?.alias === 'function' ? op.alias(args) : op?.alias;
    const [output] = call.outputs;
    if (alias === 'view' || output === undefined) return undefined;
    const { storage } = this.trace.values[output] as TracedValue;
    const inputs = Object.values(args).flatMap(valuesIn);
    return inputs.some((id) => this.trace.values[id]?.storage === storage) ? storage : undefined;
  }

  get bytes(): number {
    return [...this.storages].reduce(
      (sum, id) => sum + (this.trace.storages[id] as TracedStorage).bytes,
      this.own,
    );
  }
}

type Saved = readonly (string | TensorSpec)[];

function savesOf({ op, args, outputs }: ResolvedCall, needs: Needs, inplace: boolean): Saved {
  const saves = (inplace && op?.savesInplace) || op?.saves;
  return typeof saves === 'function' ? saves(args, outputs, needs) : (saves ?? []);
}

/** Bytes that autograd keeps until backward: distinct storages without parameters and buffers, and copies of its own. */
export function savedBytes(trace: Trace, backward: readonly BackwardCall[]): number {
  const kept = new Kept(trace);
  for (const one of backward) kept.add(one);
  return kept.bytes;
}

const isValue = (spec: TensorSpec): spec is ValueSpec => 'valueId' in spec;
