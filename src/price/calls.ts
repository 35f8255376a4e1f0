// The forward pass call by call: what each costs, what it newly brings, what is alive meanwhile. These are columns, because
// a graph may have hundreds of thousands of calls, and each table of the report adds up the same few numbers of them.

import { contractionFpo, type Op } from '../ops/operator';
import { bytesOf } from '../tensor/tensor';
import type { OpCall, Trace, TracedValue } from '../trace/trace';
import { aliveBytes } from './memory';
import type { Fpo } from './model-report';
import type { Resolve, ResolvedCall } from './resolve';

/** One entry a call in each column. */
export interface CallFigures {
  readonly contraction: Float64Array;
  readonly total: Float64Array;
  /** Bytes that it newly brings. */
  readonly outputBytes: Float64Array;
  /** Bytes of all activations that are alive while it runs, workspace included. */
  readonly alive: Float64Array;
}

export function callFigures(trace: Trace, resolve: Resolve): CallFigures {
  const count = trace.calls.length;
  const contraction = new Float64Array(count);
  const total = new Float64Array(count);
  const workspace = new Float64Array(count);
  for (let at = 0; at < count; at++) {
    const resolved = resolve(at);
    const { cost, op } = resolved;
    const contracted = contractionFpo(cost);
    contraction[at] = contracted;
    total[at] = contracted + cost.other;
    if (op?.workspace) workspace[at] = workspaceBytes(op, resolved);
  }
  return { contraction, total, outputBytes: newBytes(trace), alive: aliveBytes(trace, workspace) };
}

const workspaceBytes = (op: Op, { args, outputs }: ResolvedCall): number =>
  (op.workspace?.(args, outputs) ?? []).reduce((sum, spec) => sum + bytesOf(spec), 0);

/** Bytes that each call newly brings: outputs in storages of their own; views and in-place results bring none. */
function newBytes(trace: Trace): Float64Array {
  const seen = new Uint8Array(trace.storages.length);
  for (const { value } of trace.inputs) seen[(trace.values[value] as TracedValue).storage] = 1;
  const bytes = new Float64Array(trace.calls.length);
  for (let at = 0; at < bytes.length; at++)
    for (const id of (trace.calls[at] as OpCall).outputs) {
      const value = trace.values[id] as TracedValue;
      if (seen[value.storage] === 0) bytes[at] = (bytes[at] as number) + bytesOf(value);
      seen[value.storage] = 1;
    }
  return bytes;
}

/** FPO of all calls. */
export function forwardFpo({ contraction, total }: CallFigures): Fpo {
  const sum = (column: Float64Array): number => column.reduce((so, value) => so + value, 0);
  return { total: sum(total), contraction: sum(contraction) };
}
