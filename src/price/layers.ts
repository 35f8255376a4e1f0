// The layer tree: one row per module, with what it does itself and what it does together with all below it. A call belongs
// to the innermost module that was running; a storage that several rows share counts once in each row.

import type { SiteStack } from '../base/site';
import { byteSize } from '../tensor/dtype';
import { elementCount } from '../tensor/tensor';
import type { Invocation, Trace, TracedValue } from '../trace/trace';
import type { Fpo, LayerRow, OperatorRow, TensorType } from './model-report';
import { addFpo, NO_FPO, type ResolvedCall } from './resolve';
import { countStorages, ownStorages } from './weights';

/** The chain of sites up to an id, outermost first. */
export function siteStack(trace: Trace, id: number): SiteStack {
  const stack = [];
  for (let at = id; at >= 0; ) {
    const node = trace.sites[at];
    if (node === undefined) break;
    const { parent, ...site } = node;
    stack.unshift(site);
    at = parent;
  }
  return stack;
}

const typeOf = (trace: Trace, id: number): TensorType => {
  const { shape, dtype } = trace.values[id] as TracedValue;
  return { shape, dtype };
};

/** What calls add up to. */
interface Sum {
  readonly fpo: Fpo;
  readonly outputBytes: number;
}

const NOTHING: Sum = { fpo: NO_FPO, outputBytes: 0 };

const add = (a: Sum, b: Sum): Sum => ({
  fpo: addFpo(a.fpo, b.fpo),
  outputBytes: a.outputBytes + b.outputBytes,
});

/** Bytes of outputs that are storages of their own; views and in-place results bring none. */
function outputBytes(trace: Trace, { call }: ResolvedCall, seen: Set<number>): number {
  let bytes = 0;
  for (const id of call.outputs) {
    const { storage, shape, dtype } = trace.values[id] as TracedValue;
    if (!seen.has(storage)) bytes += byteSize(dtype, elementCount(shape));
    seen.add(storage);
  }
  return bytes;
}

/** Bytes that each call newly brings. */
export function newBytes(trace: Trace, calls: readonly ResolvedCall[]): readonly number[] {
  const seen = new Set(trace.inputs.map(({ value }) => (trace.values[value] as TracedValue).storage));
  return calls.map((resolved) => outputBytes(trace, resolved, seen));
}

/** Sums per module of the tree, itself only. */
function ownSums(trace: Trace, calls: readonly ResolvedCall[], bytes: readonly number[]): Sum[] {
  const sums = trace.modules.map(() => NOTHING);
  for (const [at, { call, fpo }] of calls.entries()) {
    const so = sums[call.module];
    if (so) sums[call.module] = add(so, { fpo, outputBytes: bytes[at] as number });
  }
  return sums;
}

/** Modules from the leaves up: every child before its parent. */
function upwards(trace: Trace): number[] {
  const depth = (id: number): number => {
    const parent = trace.modules[id]?.parent ?? -1;
    return parent < 0 ? 0 : 1 + depth(parent);
  };
  const depths = trace.modules.map((_, id) => depth(id));
  return [...trace.modules.keys()].sort((a, b) => (depths[b] as number) - (depths[a] as number));
}

/** Adds each child's figure to its parent's. */
function accumulate<T>(trace: Trace, own: readonly T[], join: (a: T, b: T) => T): T[] {
  const all = [...own];
  for (const id of upwards(trace)) {
    const parent = trace.modules[id]?.parent ?? -1;
    if (parent >= 0) all[parent] = join(all[parent] as T, all[id] as T);
  }
  return all;
}

function addAll(into: Set<number>, others: ReadonlySet<number>): Set<number> {
  for (const other of others) into.add(other);
  return into;
}

/** Contraction factors of a module that is called once and makes one contraction. */
function factorsOf(calls: readonly ResolvedCall[]): readonly (readonly number[])[] | undefined {
  const contracting = calls.filter(({ cost }) => cost.macs.length > 0);
  const [only] = contracting;
  return contracting.length === 1 && only ? only.cost.macs : undefined;
}

/** Contractions of a module by itself during its first call. */
function firstCalls(
  invocation: Invocation | undefined,
  calls: readonly ResolvedCall[],
): readonly ResolvedCall[] {
  if (!invocation) return [];
  const inside = calls.slice(invocation.firstCall, invocation.endCall);
  return inside.filter(({ call }) => call.module === invocation.module);
}

export function layerRows(
  trace: Trace,
  calls: readonly ResolvedCall[],
  bytes: readonly number[],
): LayerRow[] {
  const own = ownSums(trace, calls, bytes);
  const sums = accumulate(trace, own, add);
  const ownIds = trace.modules.map((module) => ownStorages(trace, module));
  const ids = accumulate(
    trace,
    ownIds.map((own) => new Set(own)),
    addAll,
  );
  const invocations = invocationsByModule(trace);
  return trace.modules.map((module, id) => {
    const weights = countStorages(trace, ids[id] as Set<number>);
    const runs = invocations.get(id) ?? [];
    const [first] = runs;
    const factors = factorsOf(firstCalls(first, calls));
    return {
      parent: module.parent,
      path: module.path,
      className: module.className,
      ...(module.arguments !== undefined && { arguments: module.arguments }),
      params: weights.params,
      ownParams: countStorages(trace, ownIds[id] as ReadonlySet<number>).params,
      buffers: weights.buffers,
      fpo: (sums[id] as Sum).fpo,
      ownFpo: (own[id] as Sum).fpo,
      weightBytes: weights.bytes,
      outputBytes: (sums[id] as Sum).outputBytes,
      calls: runs.length,
      inputs: (first?.inputs ?? []).map((value) => typeOf(trace, value)),
      outputs: (first?.outputs ?? []).map((value) => typeOf(trace, value)),
      ...(factors && { factors }),
      constructed: siteStack(trace, module.site),
      called: siteStack(trace, first?.site ?? -1),
    };
  });
}

function invocationsByModule(trace: Trace): Map<number, Invocation[]> {
  const byModule = new Map<number, Invocation[]>();
  for (const invocation of trace.invocations) {
    if (invocation.kind !== 'module' || invocation.module < 0) continue;
    const runs = byModule.get(invocation.module);
    if (runs) runs.push(invocation);
    else byModule.set(invocation.module, [invocation]);
  }
  return byModule;
}

/** Totals per operator, the dearest first. */
export function operatorRows(calls: readonly ResolvedCall[], bytes: readonly number[]): OperatorRow[] {
  const rows = new Map<string, Sum & { calls: number }>();
  for (const [at, { call, fpo }] of calls.entries()) {
    const so = rows.get(call.op) ?? { ...NOTHING, calls: 0 };
    const sum = add(so, { fpo, outputBytes: bytes[at] as number });
    rows.set(call.op, { ...sum, calls: so.calls + 1 });
  }
  const list = [...rows].map(([op, { calls: times, fpo, outputBytes }]) => ({
    op,
    calls: times,
    fpo,
    outputBytes,
  }));
  return list.sort((a, b) => b.fpo.total - a.fpo.total || (a.op < b.op ? -1 : 1));
}
