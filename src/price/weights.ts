// Parameters and buffers by storage: tied tensors share one and count once, in the model and in every row of its tree.

import type { Trace, TracedModule, TracedStorage, TracedValue } from '../trace/trace';
import type { ParameterCount } from './model-report';

/** Storages of parameters and buffers of a module, without those of the modules below. */
export function ownStorages(trace: Trace, module: TracedModule): ReadonlySet<number> {
  const ids = [...module.parameters, ...module.buffers].map(
    ({ value }) => (trace.values[value] as TracedValue).storage,
  );
  return new Set(ids);
}

/** Counts over distinct storages. */
export interface WeightCount {
  readonly params: ParameterCount;
  readonly buffers: number;
  readonly bytes: number;
}

/** Adds up storages that are told apart by whoever adds them. */
export class WeightCounter {
  private total = 0;
  private trainable = 0;
  private buffers = 0;
  private bytes = 0;

  add({ kind, bytes, elements, trainable }: TracedStorage): void {
    this.bytes += bytes;
    if (kind !== 'parameter') this.buffers += elements;
    else {
      this.total += elements;
      if (trainable) this.trainable += elements;
    }
  }

  get count(): WeightCount {
    const { total, trainable, buffers, bytes } = this;
    return { params: { total, trainable }, buffers, bytes };
  }
}

export function countStorages(trace: Trace, ids: Iterable<number>): WeightCount {
  const counter = new WeightCounter();
  for (const id of ids) counter.add(trace.storages[id] as TracedStorage);
  return counter.count;
}

/** Storages of the whole model: what its modules register, or where there are no modules, all parameters and buffers. */
export function modelStorages(trace: Trace): ReadonlySet<number> {
  const registered = new Set(trace.modules.flatMap((module) => [...ownStorages(trace, module)]));
  if (trace.modules.length > 0) return registered;
  const weights = [...trace.storages.entries()].filter(
    ([, { kind }]) => kind === 'parameter' || kind === 'buffer',
  );
  return new Set(weights.map(([id]) => id));
}
