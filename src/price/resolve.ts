// A call of a trace brought back into the form in which the operator catalogue takes it: arguments with TensorSpecs in the
// place of value ids, outputs, the operator, and its cost.

import { CATALOGUE } from '../ops/catalogue';
import type { Needs, Op, OpArgument, OpCost, Product } from '../ops/operator';
import type { TensorSpec } from '../tensor/tensor';
import type { OpCall, Trace, TracedArgument, TracedValue } from '../trace/trace';
import type { Fpo } from './model-report';

type Arguments = Readonly<Record<string, OpArgument>>;

export interface ResolvedCall {
  readonly call: OpCall;
  /** undefined where the catalogue does not know the name. */
  readonly op: Op | undefined;
  readonly args: Arguments;
  readonly outputs: readonly TensorSpec[];
  readonly cost: OpCost;
}

/** Resolves the call of this index. */
export type Resolve = (at: number) => ResolvedCall;

/** Ids of the values that go into a call. */
export function inputsOf(call: OpCall): readonly number[] {
  const ids: number[] = [];
  eachInput(call, (id) => ids.push(id));
  return ids;
}

const FREE: OpCost = { macs: [], other: 0 };

/** The value as a spec; ids of values are found by it again (see valueOf). */
export type ValueSpec = TensorSpec & { readonly valueId: number };

const specOf = ({ shape, dtype, strides }: TracedValue, valueId: number): ValueSpec =>
  strides ? { shape, dtype, strides, valueId } : { shape, dtype, valueId };

const isReference = (
  argument: { readonly value: number } | readonly TracedArgument[],
): argument is { readonly value: number } => 'value' in argument;

/** Tells the ids of the values that go into a call, in the order of its arguments. */
export function eachInput({ args }: OpCall, tell: (id: number) => void): void {
  for (const name in args) eachValue(args[name] as TracedArgument, tell);
}

function eachValue(argument: TracedArgument, tell: (id: number) => void): void {
  if (typeof argument !== 'object' || argument === null) return;
  if (isReference(argument)) tell(argument.value);
  else for (const item of argument) eachValue(item, tell);
}

function resolveArgument(specs: readonly TensorSpec[], argument: TracedArgument): OpArgument {
  if (typeof argument !== 'object' || argument === null) return argument;
  if (isReference(argument)) return specs[argument.value] as TensorSpec;
  return argument.map((item) => resolveArgument(specs, item));
}

const NONE: readonly number[] = [];

/** Ids of the values among an argument. */
export function valuesIn(argument: OpArgument | undefined): readonly number[] {
  if (typeof argument !== 'object' || argument === null) return NONE;
  if (Array.isArray(argument)) return argument.flatMap(valuesIn);
  return 'valueId' in argument ? [(argument as ValueSpec).valueId] : NONE;
}

export const addFpo = (a: Fpo, b: Fpo): Fpo => ({
  total: a.total + b.total,
  contraction: a.contraction + b.contraction,
});

function resolveCall(specs: readonly TensorSpec[], call: OpCall): ResolvedCall {
  const op = CATALOGUE.get(call.op);
  const args: Record<string, OpArgument> = {};
  for (const name in call.args) args[name] = resolveArgument(specs, call.args[name] as TracedArgument);
  const outputs = call.outputs.map((id) => specs[id] as TensorSpec);
  return { call, op, args, outputs, cost: op?.cost?.(args, outputs) ?? FREE };
}

/** Resolves all calls: whoever prices a backward pass asks for them again and again. */
export function resolveCalls(trace: Trace): readonly ResolvedCall[] {
  const specs = trace.values.map(specOf);
  return trace.calls.map((call) => resolveCall(specs, call));
}

/** Resolves one call after the other, so that nothing is kept of very many; the ids of values are not found again. */
export const resolveSingly =
  ({ values, calls }: Trace): Resolve =>
  (at) =>
    resolveCall(values, calls[at] as OpCall);

/** Multiply-accumulates of a call's backward, given which arguments need a gradient. */
export function backwardMacs({ op, args, outputs, cost }: ResolvedCall, needs: Needs): readonly Product[] {
  if (op?.backwardMacs) return op.backwardMacs(args, outputs, needs);
  const wanted = (op?.contracts ?? []).filter((name) => needs(name));
  return wanted.flatMap(() => cost.macs);
}

/** Other FPO of a call's backward: as many as forward for each argument that needs a gradient, unless the operator says. */
export function backwardOther({ op, args, outputs, cost }: ResolvedCall, needs: Needs): number {
  if (op?.backwardOther) return op.backwardOther(args, outputs);
  const wanted = Object.keys(args).filter((name) => needs(name));
  return cost.other * wanted.length;
}
