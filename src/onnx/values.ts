// What flows along the edges of a graph while it is followed: tensors with a shape, lists of them, optionals, and values
// that are not known, each with the reason why.

import { sameShape } from '../tensor/broadcast';
import { type DType, kindOf } from '../tensor/dtype';
import { bytesOf, elementCount, type Shape, type TensorSpec } from '../tensor/tensor';
import type { StorageKind, TracedStorage } from '../trace/trace';

/** A block of memory: it becomes a storage of the trace, and gets its id there, when a recorded call first uses it. */
export interface Store extends TracedStorage {
  id: number;
}

/** Specs without contents, each once. */
export class Specs {
  private readonly byHash = new Map<number, TensorSpec[]>();

  find(shape: Shape, dtype: DType): TensorSpec | undefined {
    const alike = this.byHash.get(hashOf(shape));
    return alike?.find((spec) => spec.dtype === dtype && sameShape(spec.shape, shape));
  }

  add(spec: TensorSpec): TensorSpec {
    const hash = hashOf(spec.shape);
    const alike = this.byHash.get(hash);
    if (alike) alike.push(spec);
    else this.byHash.set(hash, [spec]);
    return spec;
  }
}

function hashOf(shape: Shape): number {
  let hash = shape.length;
  for (const size of shape) hash = (Math.imul(hash, 31) + size) | 0;
  return hash;
}

export class Tensor {
  readonly kind = 'tensor';
  /** Its value in the trace; -1 before it is used. */
  id = -1;

  constructor(
    readonly spec: TensorSpec,
    readonly store: Store,
  ) {}
}

/** A list of values. `items` is undefined where not even their number is known; then `element` may say what they are. */
export class Sequence {
  readonly kind = 'sequence';

  constructor(
    readonly items: readonly Value[] | undefined,
    readonly element?: Value,
  ) {}
}

/** A value that may be missing; null is none. */
export class Optional {
  readonly kind = 'optional';

  constructor(readonly content: Value | null) {}
}

/** A value that could not be followed. */
export class Unknown {
  readonly kind = 'unknown';

  constructor(readonly reason: string) {}
}

export type Value = Tensor | Sequence | Optional | Unknown;

/** Memory for a tensor of its own. */
export const storeFor = (
  spec: TensorSpec,
  kind: StorageKind,
  elements = elementCount(spec.shape),
): Store => ({
  kind,
  bytes: bytesOf(spec),
  elements,
  trainable: kind === 'parameter' && kindOf(spec.dtype) === 'float',
  heldUntil: -1,
  id: -1,
});

/** A tensor that depends on nothing that is fed in. */
export const constantTensor = (spec: TensorSpec): Tensor => new Tensor(spec, storeFor(spec, 'constant'));

/** Thrown while a node is bound: why it cannot be followed. The sentence becomes a gap. */
export class Unfollowed extends Error {
  /** Whether the reason was noted already, further up the graph. */
  constructor(
    message: string,
    readonly noted = false,
  ) {
    super(message);
  }
}
