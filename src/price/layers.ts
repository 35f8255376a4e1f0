// The layer tree: one row per module, with what it does itself and what it does together with all below it. A call belongs
// to the innermost module that was running; a storage that several rows share counts once in each row.

import type { SiteStack } from '../base/site';
import type { Invocation, OpCall, Trace, TracedModule, TracedStorage, TracedValue } from '../trace/trace';
import type { CallFigures } from './calls';
import type { Fpo, LayerRow, OperatorRow, TensorType } from './model-report';
import type { Resolve } from './resolve';
import { countStorages, type WeightCount, WeightCounter } from './weights';

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

const NO_VALUES: readonly number[] = [];

const typesOf = ({ values }: Trace, ids = NO_VALUES): TensorType[] =>
  ids.map((id) => {
    const { shape, dtype } = values[id] as TracedValue;
    return { shape, dtype };
  });

/** What calls add up to; filled by adding. */
interface Sum {
  contraction: number;
  total: number;
  outputBytes: number;
}

const nothing = (): Sum => ({ contraction: 0, total: 0, outputBytes: 0 });

function add(sum: Sum, { total, contraction, outputBytes }: Sum): void {
  sum.total += total;
  sum.contraction += contraction;
  sum.outputBytes += outputBytes;
}

function addCall(sum: Sum, { total, contraction, outputBytes }: CallFigures, at: number): void {
  sum.total += total[at] as number;
  sum.contraction += contraction[at] as number;
  sum.outputBytes += outputBytes[at] as number;
}

const fpoOfSum = ({ total, contraction }: Sum): Fpo => ({ total, contraction });

/** Sums per module of the tree, itself only. */
function ownSums({ modules, calls }: Trace, figures: CallFigures): Sum[] {
  const sums = modules.map(nothing);
  for (let at = 0; at < calls.length; at++) {
    const sum = sums[(calls[at] as OpCall).module];
    if (sum) addCall(sum, figures, at);
  }
  return sums;
}

/** Modules from the leaves up: every child before its parent. */
function upwards({ modules }: Trace): number[] {
  const levels: number[][] = [];
  for (let id = 0; id < modules.length; id++) {
    let depth = 0;
    for (let at = id; (modules[at] as TracedModule).parent >= 0; at = (modules[at] as TracedModule).parent)
      depth++;
    const level = levels[depth];
    if (level) level.push(id);
    else levels[depth] = [id];
  }
  return levels.reverse().flat();
}

/** Sums per module with all below it. */
function allSums(trace: Trace, own: readonly Sum[]): Sum[] {
  const all = own.map((sum) => ({ ...sum }));
  for (const id of upwards(trace)) {
    const sum = all[trace.modules[id]?.parent ?? -1];
    if (sum) add(sum, all[id] as Sum);
  }
  return all;
}

/** Weights of each module with all below it. A storage counts once in each row, however many modules below share it. */
function allWeights(trace: Trace, own: readonly (readonly number[])[]): WeightCount[] {
  const counters = trace.modules.map(() => new WeightCounter());
  const shared = sharedStorages(trace, own);
  for (let owner = 0; owner < own.length; owner++)
    for (const id of own[owner] as readonly number[]) {
      const seen = shared.get(id);
      for (let at = owner; at >= 0 && !seen?.has(at); at = trace.modules[at]?.parent ?? -1) {
        seen?.add(at);
        counters[at]?.add(trace.storages[id] as TracedStorage);
      }
    }
  return counters.map((counter) => counter.count);
}

/** Storages that several modules own, each with room to note the rows in which it counts already. */
function sharedStorages(trace: Trace, own: readonly (readonly number[])[]): ReadonlyMap<number, Set<number>> {
  const owned = new Uint8Array(trace.storages.length);
  const shared = new Map<number, Set<number>>();
  for (const ids of own)
    for (const id of ids)
      if (owned[id] === 1) shared.set(id, new Set());
      else owned[id] = 1;
  return shared;
}

/** Contraction factors of a module that makes one contraction by itself during its first call. */
function factorsOf(
  { module, firstCall, endCall }: Invocation,
  { calls }: Trace,
  { contraction }: CallFigures,
  resolve: Resolve,
): readonly (readonly number[])[] | undefined {
  let only = -1;
  for (let at = firstCall; at < endCall; at++) {
    if ((calls[at] as OpCall).module !== module || contraction[at] === 0) continue;
    if (only >= 0) return undefined;
    only = at;
  }
  return only < 0 ? undefined : resolve(only).cost.macs;
}

/** Rows of the layer tree; `weights` are the storages that each module owns itself. */
export function layerRows(
  trace: Trace,
  figures: CallFigures,
  weights: readonly (readonly number[])[],
  resolve: Resolve,
): LayerRow[] {
  const own = ownSums(trace, figures);
  const sums = allSums(trace, own);
  const counts = allWeights(trace, weights);
  const runs = runsByModule(trace);
  const stacks = new Map<number, SiteStack>();
  const stackOf = (id: number): SiteStack => {
    const stack = stacks.get(id) ?? siteStack(trace, id);
    stacks.set(id, stack);
    return stack;
  };
  return trace.modules.map((module, id) => {
    const count = counts[id] as WeightCount;
    const { times, first } = runs[id] ?? NEVER;
    const contracts = (own[id] as Sum).contraction > 0;
    const factors = first && contracts ? factorsOf(first, trace, figures, resolve) : undefined;
    return {
      parent: module.parent,
      path: module.path,
      className: module.className,
      arguments: module.arguments,
      params: count.params,
      ownParams: countStorages(trace, weights[id] as readonly number[]).params,
      buffers: count.buffers,
      fpo: fpoOfSum(sums[id] as Sum),
      ownFpo: fpoOfSum(own[id] as Sum),
      weightBytes: count.bytes,
      outputBytes: (sums[id] as Sum).outputBytes,
      calls: times,
      inputs: typesOf(trace, first?.inputs),
      outputs: typesOf(trace, first?.outputs),
      factors,
      constructed: stackOf(module.site),
      called: stackOf(first?.site ?? -1),
    };
  });
}

/** How often a module ran, and its first run. */
interface Runs {
  times: number;
  readonly first: Invocation | undefined;
}

const NEVER: Runs = { times: 0, first: undefined };

function runsByModule({ modules, invocations }: Trace): (Runs | undefined)[] {
  const byModule = new Array<Runs | undefined>(modules.length);
  for (const invocation of invocations) {
    if (invocation.kind !== 'module' || invocation.module < 0) continue;
    const known = byModule[invocation.module];
    if (known) known.times++;
    else byModule[invocation.module] = { times: 1, first: invocation };
  }
  return byModule;
}

/** Totals per operator, the dearest first. */
export function operatorRows({ calls }: Trace, figures: CallFigures): OperatorRow[] {
  const rows = new Map<string, Sum & { calls: number }>();
  for (let at = 0; at < calls.length; at++) {
    const { op } = calls[at] as OpCall;
    const row = rows.get(op) ?? { ...nothing(), calls: 0 };
    addCall(row, figures, at);
    row.calls++;
    rows.set(op, row);
  }
  const list = [...rows].map(([op, row]) => ({
    op,
    calls: row.calls,
    fpo: fpoOfSum(row),
    outputBytes: row.outputBytes,
  }));
  return list.sort((a, b) => b.fpo.total - a.fpo.total || (a.op < b.op ? -1 : 1));
}
