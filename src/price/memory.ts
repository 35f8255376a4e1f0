// Memory over the calls of a trace: when each storage is alive, and the largest sum of them. A storage is born by the call
// whose output first lies in it (inputs: before the first call) and lives through its last use, or for as long as the
// program held it (heldUntil), whichever is later. While a call runs, its workspace is alive too.

import type { OpCall, Trace, TracedStorage, TracedValue } from '../trace/trace';
import { eachInput } from './resolve';

/** First and last call during which each storage is alive; -1 of those that no call touches. */
interface Spans {
  readonly first: Int32Array;
  readonly last: Int32Array;
}

const isWeight = ({ kind }: TracedStorage): boolean => kind === 'parameter' || kind === 'buffer';

/** Spans of all storages that are no weights. */
function spansOf(trace: Trace): Spans {
  const { calls } = trace;
  const first = new Int32Array(trace.storages.length).fill(-1);
  const last = new Int32Array(trace.storages.length).fill(-1);
  const touch = (id: number, at: number, born: number): void => {
    const { storage } = trace.values[id] as TracedValue;
    if ((last[storage] as number) < at) last[storage] = at;
    if (first[storage] !== -1) return;
    first[storage] = born;
    const { heldUntil } = trace.storages[storage] as TracedStorage;
    if (heldUntil > at) last[storage] = heldUntil;
  };
  for (const { value } of trace.inputs) touch(value, 0, 0);
  for (let at = 0; at < calls.length; at++) {
    const call = calls[at] as OpCall;
    eachInput(call, (id) => touch(id, at, firstUse(trace, id, at)));
    for (const id of call.outputs) touch(id, at, at);
  }
  for (const { value } of trace.outputs) touch(value, calls.length - 1, calls.length - 1);
  return { first, last };
}

/** What no call of the trace made was there before: constants and inputs. */
const firstUse = (trace: Trace, id: number, at: number): number => {
  const storage = trace.storages[(trace.values[id] as TracedValue).storage] as TracedStorage;
  return storage.kind === 'activation' ? at : 0;
};

/** Bytes of storages that are alive during each call, with the workspace that it has. */
export function aliveBytes(trace: Trace, workspace: Float64Array): Float64Array {
  const { first, last } = spansOf(trace);
  const change = new Float64Array(workspace.length + 1);
  for (let id = 0; id < trace.storages.length; id++) {
    const storage = trace.storages[id] as TracedStorage;
    const [from, to] = [first[id] as number, (last[id] as number) + 1];
    if (from < 0 || isWeight(storage)) continue;
    change[from] = (change[from] ?? 0) + storage.bytes;
    if (to < change.length) change[to] = (change[to] ?? 0) - storage.bytes;
  }
  let alive = 0;
  return workspace.map((bytes, at) => {
    alive += change[at] as number;
    return alive + bytes;
  });
}

/** The largest sum of activations alive at one time, from what is alive during each call. */
export const activationPeak = (trace: Trace, alive: Float64Array): number =>
  alive.reduce((peak, bytes) => Math.max(peak, bytes), inputBytes(trace));

/** A forward pass without any call still holds its inputs. */
function inputBytes(trace: Trace): number {
  const storages = new Set(trace.inputs.map(({ value }) => (trace.values[value] as TracedValue).storage));
  return [...storages].reduce((sum, id) => sum + (trace.storages[id] as TracedStorage).bytes, 0);
}

/** Bytes of all parameters and buffers in these storages. */
export const weightBytes = (storages: readonly TracedStorage[]): number =>
  storages.filter(isWeight).reduce((sum, { bytes }) => sum + bytes, 0);
