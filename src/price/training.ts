// What a training step does beyond the forward pass: which calls take part in backward, what their gradients cost, and what
// autograd keeps until then. A value needs a gradient where a trainable parameter flows into it and nothing stops the flow:
// no_grad, detach, an element type without gradients, an operator without one. The model's inputs need none.

import { isDifferentiable } from '../ops/arguments';
import type { Needs } from '../ops/operator';
import { byteSize } from '../tensor/dtype';
import { elementCount, type TensorSpec } from '../tensor/tensor';
import type { Trace, TracedStorage, TracedValue } from '../trace/trace';
import type { Fpo } from './model-report';
import {
  addFpo,
  backwardMacs,
  backwardOther,
  fpoOf,
  inputsOf,
  NO_FPO,
  type ResolvedCall,
  valuesIn,
} from './resolve';

/** A call that has a backward, and which of its arguments need a gradient. */
export interface BackwardCall {
  readonly resolved: ResolvedCall;
  readonly needs: Needs;
}

/** Operators that give no gradient to what goes in, although their results are floats. */
const STOPS = new Set([
  'detach',
  'random_like',
  'empty_like',
  'full_like',
  'ceil',
  'floor',
  'round',
  'sign',
  'trunc',
  'fill',
]);

/** Calls that take part in backward, in the order of the forward pass. */
export function backwardCalls(trace: Trace, calls: readonly ResolvedCall[]): BackwardCall[] {
  const needing = new Set<number>();
  const written = new Set<number>();
  const needsGradient = (id: number): boolean => {
    const value = trace.values[id] as TracedValue;
    if (value.detached || !isDifferentiable(value)) return false;
    const storage = trace.storages[value.storage] as TracedStorage;
    return (
      needing.has(id) || written.has(value.storage) || (storage.kind === 'parameter' && storage.trainable)
    );
  };
  return calls.flatMap((resolved) => {
    const { call, args, op } = resolved;
    if (call.noGrad || STOPS.has(call.op) || !inputsOf(resolved).some(needsGradient)) return [];
    const outputs = call.outputs.filter((id) => isDifferentiable(trace.values[id] as TracedValue));
    if (outputs.length === 0) return [];
    for (const id of outputs) needing.add(id);
    if (op?.alias === 'inplace' || writesInput(trace, resolved))
      for (const id of outputs) written.add((trace.values[id] as TracedValue).storage);
    return [{ resolved, needs: (name: string) => valuesIn(args[name]).some(needsGradient) }];
  });
}

/** Whether a call's result lies in the storage of something that went in: an in-place operator, or a view. */
function writesInput(trace: Trace, resolved: ResolvedCall): boolean {
  const [output] = resolved.call.outputs;
  const storage = output === undefined ? undefined : trace.values[output]?.storage;
  return inputsOf(resolved).some((id) => trace.values[id]?.storage === storage);
}

/** FPO of the backward pass. */
export function backwardFpo(backward: readonly BackwardCall[]): Fpo {
  return backward.reduce((sum, { resolved, needs }) => {
    const macs = backwardMacs(resolved, needs);
    return addFpo(sum, fpoOf({ macs, other: backwardOther(resolved, needs) }));
  }, NO_FPO);
}

const bytesOf = (spec: TensorSpec): number => byteSize(spec.dtype, elementCount(spec.shape));

/** Ids of the values that a name of `saves` stands for. */
function savedValues({ call, args }: ResolvedCall, name: string): readonly number[] {
  if (name === 'output') return call.outputs;
  if (name.startsWith('output:')) return call.outputs.slice(Number(name.slice(7)), Number(name.slice(7)) + 1);
  return valuesIn(args[name]);
}

/** Bytes that autograd keeps until backward: distinct storages without parameters and buffers, and copies of its own. */
export function savedBytes(trace: Trace, backward: readonly BackwardCall[]): number {
  const kept = new Set<number>();
  let own = 0;
  for (const { resolved, needs } of backward) {
    const { op, args, outputs } = resolved;
    const saves = typeof op?.saves === 'function' ? op.saves(args, outputs, needs) : (op?.saves ?? []);
    for (const saved of saves) {
      if (typeof saved !== 'string') own += isValue(saved) ? keep(saved.valueId) : bytesOf(saved);
      else for (const id of savedValues(resolved, saved)) keep(id);
    }
  }
  function keep(id: number): number {
    const { storage } = trace.values[id] as TracedValue;
    const { kind } = trace.storages[storage] as TracedStorage;
    if (kind !== 'parameter' && kind !== 'buffer') kept.add(storage);
    return 0;
  }
  return own + [...kept].reduce((sum, id) => sum + (trace.storages[id] as TracedStorage).bytes, 0);
}

const isValue = (spec: TensorSpec): spec is TensorSpec & { valueId: number } => 'valueId' in spec;
