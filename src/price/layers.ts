// The layer tree: one row per module, with what it does itself and what it does together with all below it. A call belongs
// to the innermost module that was running; a storage that several rows share counts once in each row.

import type { SiteStack } from '../base/site';
import { byteSize } from '../tensor/dtype';
import { elementCount } from '../tensor/tensor';
import type { Invocation, Trace, TracedStorage, TracedValue } from '../trace/trace';
import type { Fpo, LayerRow, OperatorRow, TensorType } from './model-report';
import type { ResolvedCall } from './resolve';
import { countStorages, ownStorages, type WeightCount, WeightCounter } from './weights';

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

/** What calls add up to; filled by adding. */
interface Sum {
  contraction: number;
  total: number;
  outputBytes: number;
}

const nothing = (): Sum => ({ contraction: 0, total: 0, outputBytes: 0 });

function add(sum: Sum, { total, contraction }: Fpo, outputBytes: number): void {
  sum.total += total;
  sum.contraction += contraction;
  sum.outputBytes += outputBytes;
}

const fpoOfSum = ({ total, contraction }: Sum): Fpo => ({ total, contraction });

/** Bytes that each call newly brings: outputs in storages of their own; views and in-place results bring none. */
export function newBytes(trace: Trace, calls: readonly ResolvedCall[]): readonly number[] {
  const seen = new Uint8Array(trace.storages.length);
  for (const { value } of trace.inputs) seen[(trace.values[value] as TracedValue).storage] = 1;
  return calls.map(({ call }) => {
    let bytes = 0;
    for (const id of call.outputs) {
      const { storage, shape, dtype } = trace.values[id] as TracedValue;
      if (seen[storage] === 0) bytes += byteSize(dtype, elementCount(shape));
      seen[storage] = 1;
    }
    return bytes;
  });
}

/** Sums per module of the tree, itself only. */
function ownSums(trace: Trace, calls: readonly ResolvedCall[], bytes: readonly number[]): Sum[] {
  const sums = trace.modules.map(nothing);
  for (let at = 0; at < calls.length; at++) {
    const { call, fpo } = calls[at] as ResolvedCall;
    const sum = sums[call.module];
    if (sum) add(sum, fpo, bytes[at] as number);
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

/** Sums per module with all below it. */
function allSums(trace: Trace, own: readonly Sum[]): Sum[] {
  const all = own.map((sum) => ({ ...sum }));
  for (const id of upwards(trace)) {
    const sum = all[trace.modules[id]?.parent ?? -1];
    const below = all[id] as Sum;
    if (sum) add(sum, below, below.outputBytes);
  }
  return all;
}

/** Weights of each module with all below it. A storage counts once in each row, however many modules below share it. */
function allWeights(trace: Trace, ownIds: readonly ReadonlySet<number>[]): WeightCount[] {
  const own = new Map<number, number[]>();
  for (const [module, ids] of ownIds.entries())
    for (const id of ids) {
      const owners = own.get(id);
      if (owners) owners.push(module);
      else own.set(id, [module]);
    }
  const counters = trace.modules.map(() => new WeightCounter());
  for (const [id, owners] of own) {
    const seen = new Set<number>();
    for (const owner of owners)
      for (let at = owner; at >= 0 && !seen.has(at); at = trace.modules[at]?.parent ?? -1) {
        seen.add(at);
        counters[at]?.add(trace.storages[id] as TracedStorage);
      }
  }
  return counters.map((counter) => counter.count);
}

/** Contraction factors of a module that makes one contraction by itself during its first call. */
function factorsOf(
  invocation: Invocation | undefined,
  calls: readonly ResolvedCall[],
): readonly (readonly number[])[] | undefined {
  if (!invocation) return undefined;
  let only: ResolvedCall | undefined;
  for (let at = invocation.firstCall; at < invocation.endCall; at++) {
    const resolved = calls[at] as ResolvedCall;
    if (resolved.call.module !== invocation.module || resolved.cost.macs.length === 0) continue;
    if (only !== undefined) return undefined;
    only = resolved;
  }
  return only?.cost.macs;
}

/** Rows of the layer tree; `bytes` are those that each call newly brings. */
export function layerRows(
  trace: Trace,
  calls: readonly ResolvedCall[],
  bytes: readonly number[],
): LayerRow[] {
  const own = ownSums(trace, calls, bytes);
  const sums = allSums(trace, own);
  const ownIds = trace.modules.map((module) => ownStorages(trace, module));
  const allIds = allWeights(trace, ownIds);
  const invocations = invocationsByModule(trace);
  const stacks = new Map<number, SiteStack>();
  const stackOf = (id: number): SiteStack => {
    const stack = stacks.get(id) ?? siteStack(trace, id);
    stacks.set(id, stack);
    return stack;
  };
  return trace.modules.map((module, id) => {
    const weights = allIds[id] as WeightCount;
    const runs = invocations.get(id) ?? [];
    const [first] = runs;
    const factors = (own[id] as Sum).contraction > 0 ? factorsOf(first, calls) : undefined;
    return {
      parent: module.parent,
      path: module.path,
      className: module.className,
      ...(module.arguments !== undefined && { arguments: module.arguments }),
      params: weights.params,
      ownParams: countStorages(trace, ownIds[id] as ReadonlySet<number>).params,
      buffers: weights.buffers,
      fpo: fpoOfSum(sums[id] as Sum),
      ownFpo: fpoOfSum(own[id] as Sum),
      weightBytes: weights.bytes,
      outputBytes: (sums[id] as Sum).outputBytes,
      calls: runs.length,
      inputs: (first?.inputs ?? []).map((value) => typeOf(trace, value)),
      outputs: (first?.outputs ?? []).map((value) => typeOf(trace, value)),
      ...(factors && { factors }),
      constructed: stackOf(module.site),
      called: stackOf(first?.site ?? -1),
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
  for (let at = 0; at < calls.length; at++) {
    const { call, fpo } = calls[at] as ResolvedCall;
    const row = rows.get(call.op) ?? { ...nothing(), calls: 0 };
    add(row, fpo, bytes[at] as number);
    row.calls++;
    rows.set(call.op, row);
  }
  const list = [...rows].map(([op, row]) => ({
    op,
    calls: row.calls,
    fpo: fpoOfSum(row),
    outputBytes: row.outputBytes,
  }));
  return list.sort((a, b) => b.fpo.total - a.fpo.total || (a.op < b.op ? -1 : 1));
}
