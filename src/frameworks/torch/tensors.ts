// What a torch.Tensor is in the interpreted program: an instance whose payload is a TensorData. Tensors that are views of
// each other share a Storage; writing into one makes what the others knew of their contents stale.

import { type PyClass, PyInstance, type Value } from '../../python/values';
import { byteSize, kindOf } from '../../tensor/dtype';
import { CONTENTS_LIMIT, elementCount, type TensorSpec } from '../../tensor/tensor';
import type { StorageKind } from '../../trace/trace';

/** A block of memory. */
export class Storage {
  /** How often it was written into. */
  version = 0;
  constructor(
    public kind: StorageKind,
    public bytes: number,
    public elements: number,
  ) {}
}

/** The payload of a tensor instance. */
export class TensorData {
  requiresGrad = false;
  /** Made under no_grad or by detach(). */
  detached = false;
  /** Result of an operator on something that needs a gradient. */
  hasHistory = false;
  private readonly version: number;
  constructor(
    private readonly made: TensorSpec,
    readonly storage: Storage,
  ) {
    this.version = storage.version;
  }

  /** Shape, dtype and contents, the latter unless something was written into the storage since. */
  get spec(): TensorSpec {
    if (this.made.contents === undefined || this.version === this.storage.version) return this.made;
    const { contents: _, ...rest } = this.made;
    return rest;
  }

  /** The same tensor after something was written into it; what others knew of the storage is stale. */
  rewritten(spec: TensorSpec): TensorData {
    this.storage.version++;
    const data = new TensorData(spec, this.storage);
    data.requiresGrad = this.requiresGrad;
    data.detached = this.detached;
    data.hasHistory = this.hasHistory;
    return data;
  }

  get isFloating(): boolean {
    return isDifferentiable(this.made.dtype);
  }
}

const isDifferentiable = (dtype: TensorSpec['dtype']): boolean => {
  const kind = kindOf(dtype);
  return kind === 'float' || kind === 'complex';
};

/** A storage of its own for a tensor of this shape and dtype. */
export function freshStorage({ shape, dtype }: TensorSpec, kind: StorageKind): Storage {
  const elements = elementCount(shape);
  return new Storage(kind, byteSize(dtype, elements), elements);
}

/** A tensor as Python sees it. */
export function newTensor(cls: PyClass, data: TensorData): PyInstance {
  const instance = new PyInstance(cls);
  instance.payload = data;
  return instance;
}

/** The tensor in a value, if it is one. */
export const tensorOf = (value: Value | undefined): TensorData | undefined =>
  value instanceof PyInstance && value.payload instanceof TensorData ? value.payload : undefined;

/** Contents that are worth keeping, or none. */
export const keptContents = (items: readonly number[] | undefined): readonly number[] | undefined =>
  items !== undefined && items.length <= CONTENTS_LIMIT ? items : undefined;
