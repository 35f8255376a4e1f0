// Parameters and buffers by storage: tied tensors share one and count once, in the model and in every row of its tree.

import type { ModuleTensor, Trace, TracedModule, TracedStorage, TracedValue } from '../trace/trace';
import type { ParameterCount } from './model-report';

const NONE: readonly number[] = [];

/** Storages of parameters and buffers of each module, without those of the modules below. */
export function ownStorages(trace: Trace): readonly (readonly number[])[] {
  const lastOwner = new Int32Array(trace.storages.length).fill(-1);
  return trace.modules.map((module, id) => {
    const found: number[] = [];
    for (const { value } of weightsOf(module)) {
      const { storage } = trace.values[value] as TracedValue;
      if (lastOwner[storage] !== id) found.push(storage);
      lastOwner[storage] = id;
    }
    return found.length === 0 ? NONE : found;
  });
}

const weightsOf = ({ parameters, buffers }: TracedModule): readonly ModuleTensor[] =>
  buffers.length === 0 ? parameters : [...parameters, ...buffers];

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

/** Storages of the whole model: what its modules own, or where there are no modules, all parameters and buffers. */
export function modelStorages(trace: Trace, own: readonly (readonly number[])[]): ReadonlySet<number> {
  if (trace.modules.length > 0) return new Set(own.flat());
  const weights = [...trace.storages.entries()].filter(
    ([, { kind }]) => kind === 'parameter' || kind === 'buffer',
  );
  return new Set(weights.map(([id]) => id));
}
