// A call of a trace brought back into the form in which the operator catalogue takes it: arguments with TensorSpecs in the
// place of value ids, outputs, the operator, and its cost. Done once per call; everything that prices reads the result.

import { isTensor, tensorsIn } from '../ops/arguments';
import { CATALOGUE } from '../ops/catalogue';
import {
  contractionFpo,
  type Needs,
  type Op,
  type OpArgument,
  type OpCost,
  type Product,
} from '../ops/operator';
import type { TensorSpec } from '../tensor/tensor';
import type { OpCall, Trace, TracedArgument, TracedValue } from '../trace/trace';
import type { Fpo } from './model-report';

type Arguments = Readonly<Record<string, OpArgument>>;

export interface ResolvedCall {
  readonly call: OpCall;
  /** undefined where the catalogue does not know the name. */
  readonly op: Op | undefined;
  readonly args: Arguments;
  /** Ids of the values that go in. */
  readonly inputs: readonly number[];
  readonly outputs: readonly TensorSpec[];
  readonly cost: OpCost;
  readonly fpo: Fpo;
}

const FREE: OpCost = { macs: [], other: 0 };

/** The value as a spec; ids of values are found by it again (see valueOf). */
export type ValueSpec = TensorSpec & { readonly valueId: number };

const specOf = (values: readonly TracedValue[], id: number): ValueSpec => {
  const { shape, dtype, strides } = values[id] as TracedValue;
  return { shape, dtype, ...(strides && { strides }), valueId: id };
};

const isReference = (argument: TracedArgument): argument is { readonly value: number } =>
  typeof argument === 'object' && argument !== null && 'value' in argument;

function resolveArgument(trace: Trace, argument: TracedArgument): OpArgument {
  if (isReference(argument)) return specOf(trace.values, argument.value);
  if (typeof argument !== 'object' || argument === null) return argument;
  return argument.map((item) => resolveArgument(trace, item));
}

/** Ids of the values among an argument. */
export const valuesIn = (argument: OpArgument | undefined): number[] =>
  tensorsIn(argument).flatMap((spec) => ('valueId' in spec ? [(spec as ValueSpec).valueId] : []));

/** FPO of a cost. */
export function fpoOf(cost: OpCost): Fpo {
  const contraction = contractionFpo(cost);
  return { total: contraction + cost.other, contraction };
}

export const addFpo = (a: Fpo, b: Fpo): Fpo => ({
  total: a.total + b.total,
  contraction: a.contraction + b.contraction,
});

export const NO_FPO: Fpo = { total: 0, contraction: 0 };

function resolveCall(trace: Trace, call: OpCall): ResolvedCall {
  const op = CATALOGUE.get(call.op);
  const entries = Object.entries(call.args).map(
    ([name, value]) => [name, resolveArgument(trace, value)] as const,
  );
  const args = Object.fromEntries(entries);
  const outputs = call.outputs.map((id) => specOf(trace.values, id));
  const cost = op?.cost?.(args, outputs) ?? FREE;
  const inputs = Object.values(args).flatMap(valuesIn);
  return { call, op, args, inputs, outputs, cost, fpo: fpoOf(cost) };
}

export const resolveCalls = (trace: Trace): readonly ResolvedCall[] =>
  trace.calls.map((call) => resolveCall(trace, call));

/** Multiply-accumulates of a call's backward, given which arguments need a gradient. */
export function backwardMacs({ op, args, outputs, cost }: ResolvedCall, needs: Needs): readonly Product[] {
  if (op?.backwardMacs) return op.backwardMacs(args, outputs, needs);
  const wanted = (op?.contracts ?? []).filter((name) => needs(name));
  return wanted.flatMap(() => cost.macs);
}

/** Other FPO of a call's backward: as many as forward for each argument that needs a gradient, unless the operator says. */
export function backwardOther({ op, args, outputs, cost }: ResolvedCall, needs: Needs): number {
  if (op?.backwardOther) return op.backwardOther(args, outputs);
  const wanted = Object.entries(args).filter(([name, value]) => hasTensor(value) && needs(name));
  return cost.other * wanted.length;
}

const hasTensor = (value: OpArgument): boolean => isTensor(value) || tensorsIn(value).length > 0;
