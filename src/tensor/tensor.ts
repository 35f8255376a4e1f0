// What the tool knows of a tensor: its shape, its dtype, where it matters its strides, and, while it is small, its
// contents (shapes are computed from them). Identity and storage belong to the trace.

import { byteSize, type DType } from './dtype';

/** Sizes of the dimensions, outermost first; [] is a scalar. Never negative. */
export type Shape = readonly number[];

export interface TensorSpec {
  readonly shape: Shape;
  readonly dtype: DType;
  /** Steps in elements per dimension, where they are not those of a dense row-major tensor. */
  readonly strides?: readonly number[];
  /** Elements in row-major order, kept while they are known and few: see CONTENTS_LIMIT. */
  readonly contents?: readonly number[];
  /** Why the contents are a likely case, and not what the data would give. */
  readonly assumed?: string;
}

/** Above this many elements, contents are dropped. */
export const CONTENTS_LIMIT = 4096;

/** The number of elements: the product of the sizes. */
export function elementCount(shape: Shape): number {
  let product = 1;
  for (let i = 0; i < shape.length; i++) product *= shape[i] as number;
  return product;
}

/** Bytes of a dense tensor of this shape and dtype. */
export const bytesOf = ({ shape, dtype }: Pick<TensorSpec, 'dtype' | 'shape'>): number =>
  byteSize(dtype, elementCount(shape));
