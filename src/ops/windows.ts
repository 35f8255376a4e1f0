// Sliding windows: what convolution, pooling and unfold have in common. A window op reads its sizes per spatial dimension;
// padding is one number for both ends, or a pair [before, after] as ONNX and Keras have it.

import type { Shape, TensorSpec } from '../tensor/tensor';
import { fail } from './arguments';

/** Padding of one dimension: the same at both ends, or a pair. */
export type Padding = number | readonly [before: number, after: number];

export const before = (padding: Padding): number => (typeof padding === 'number' ? padding : padding[0]);
export const after = (padding: Padding): number => (typeof padding === 'number' ? padding : padding[1]);
export const bothEnds = (padding: Padding): number => before(padding) + after(padding);

/** The sizes of the dimensions that a window slides over: the last `rank` ones. */
export function spatialSizes(input: TensorSpec, rank: number, what: string): Shape {
  if (input.shape.length !== rank + 1 && input.shape.length !== rank + 2)
    fail(
      `${what} expects ${rank + 1} or ${rank + 2} dimensions, but the input has shape [${input.shape.join(', ')}]`,
    );
  return input.shape.slice(-rank);
}

/** A window's reach: its size with its dilation. */
const reach = (kernel: number, dilation: number): number => dilation * (kernel - 1) + 1;

/** How many positions a window takes along one dimension. */
export function windowCount(
  size: number,
  kernel: number,
  stride: number,
  padding: Padding,
  dilation: number,
  ceil = false,
): number {
  const room = size + bothEnds(padding) - reach(kernel, dilation);
  if (!ceil) return Math.floor(room / stride) + 1;
  const positions = Math.ceil(room / stride) + 1;
  // The last window has to begin inside of the input or its padding before it.
  return (positions - 1) * stride >= size + before(padding) ? positions - 1 : positions;
}

/** Padding that keeps the size where the stride is 1, as padding='same' gives it: the odd one goes after. */
export const samePadding = (kernel: number, dilation: number): Padding => {
  const total = dilation * (kernel - 1);
  return [Math.floor(total / 2), total - Math.floor(total / 2)];
};
