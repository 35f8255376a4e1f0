// A call of a trace brought back into the form in which the operator catalogue takes it: arguments with TensorSpecs in the
// place of value ids, outputs, the operator, and its cost. Done once per call; everything that prices reads the result.

import { CATALOGUE } from '../ops/catalogue';
import {
  contractionFpo,
  type Needs,
  type Op,
  type OpArgument,
  type OpCost,
  type Product,
} from '../ops/operator';
import { byteSize } from '../tensor/dtype';
import { elementCount, type TensorSpec } from '../tensor/tensor';
import type { OpCall, Trace, TracedArgument, TracedValue } from '../trace/trace';
import type { Fpo } from './model-report';

type Arguments = Readonly<Record<string, OpArgument>>;

export interface ResolvedCall {
  readonly call: OpCall;
  /** undefined where the catalogue does not know the name. */
  readonly op: Op | undefined;
  readonly args: Arguments;
  readonly outputs: readonly TensorSpec[];
  /** Ids of the values that go in. */
  readonly inputs: readonly number[];
  readonly cost: OpCost;
  readonly fpo: Fpo;
  /** Bytes that are alive only while it runs. */
  readonly workspace: number;
}

const FREE: OpCost = { macs: [], other: 0 };

/** The value as a spec; ids of values are found by it again (see valueOf). */
export type ValueSpec = TensorSpec & { readonly valueId: number };

const specOf = ({ shape, dtype, strides }: TracedValue, valueId: number): ValueSpec =>
  strides ? { shape, dtype, strides, valueId } : { shape, dtype, valueId };

const isReference = (argument: TracedArgument): argument is { readonly value: number } =>
  typeof argument === 'object' && argument !== null && 'value' in argument;

function resolveArgument(
  specs: readonly ValueSpec[],
  argument: TracedArgument,
  inputs: number[],
): OpArgument {
  if (isReference(argument)) {
    inputs.push(argument.value);
    return specs[argument.value] as ValueSpec;
  }
  if (typeof argument !== 'object' || argument === null) return argument;
  return argument.map((item) => resolveArgument(specs, item, inputs));
}

const NONE: readonly number[] = [];

/** Ids of the values among an argument. */
export function valuesIn(argument: OpArgument | undefined): readonly number[] {
  if (typeof argument !== 'object' || argument === null) return NONE;
  if (Array.isArray(argument)) return argument.flatMap(valuesIn);
  return 'valueId' in argument ? [(argument as ValueSpec).valueId] : NONE;
}

/** FPO of a cost. */
export function fpoOf(cost: OpCost): Fpo {
  const contraction = contractionFpo(cost);
  return { total: contraction + cost.other, contraction };
}

/** The sum over a list. */
export function sumFpo<T>(list: readonly T[], of: (item: T) => Fpo): Fpo {
  let [total, contraction] = [0, 0];
  for (const item of list) {
    const fpo = of(item);
    total += fpo.total;
    contraction += fpo.contraction;
  }
  return { total, contraction };
}

export const addFpo = (a: Fpo, b: Fpo): Fpo => ({
  total: a.total + b.total,
  contraction: a.contraction + b.contraction,
});

function resolveCall(specs: readonly ValueSpec[], call: OpCall): ResolvedCall {
  const op = CATALOGUE.get(call.op);
  const args: Record<string, OpArgument> = {};
  const inputs: number[] = [];
  for (const name of Object.keys(call.args))
    args[name] = resolveArgument(specs, call.args[name] as TracedArgument, inputs);
  const outputs = call.outputs.map((id) => specs[id] as ValueSpec);
  const cost = op?.cost?.(args, outputs) ?? FREE;
  const workspace = op?.workspace ? bytesOf(op.workspace(args, outputs)) : 0;
  return { call, op, args, outputs, inputs, cost, fpo: fpoOf(cost), workspace };
}

const bytesOf = (specs: readonly TensorSpec[]): number =>
  specs.reduce((sum, { dtype, shape }) => sum + byteSize(dtype, elementCount(shape)), 0);

const NO_ARGUMENTS: Arguments = {};
const NO_OUTPUTS: readonly TensorSpec[] = [];

/** Resolves all calls. Where no backward pass is priced, nobody asks for arguments again, and very many calls need less. */
export function resolveCalls(trace: Trace, trains = true): readonly ResolvedCall[] {
  const specs = trace.values.map(specOf);
  if (trains) return trace.calls.map((call) => resolveCall(specs, call));
  return trace.calls.map((each) => {
    const { call, op, inputs, cost, fpo, workspace } = resolveCall(specs, each);
    return { call, op, args: NO_ARGUMENTS, outputs: NO_OUTPUTS, inputs, cost, fpo, workspace };
  });
}

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
