// How a view looks at its base: sizes, strides and an offset. Every view operator is a function from one such layout to
// another (or to several). It is applied to the strides of the tensor, and once more to the dense row-major order in which
// contents are kept, so that contents follow their elements through any view.

import { keepsContents, layoutOffsets, withContents } from '../tensor/contents';
import type { DType } from '../tensor/dtype';
import { denseStrides, type Strides, strided, stridesOf } from '../tensor/strides';
import { elementCount, type Shape, type TensorSpec } from '../tensor/tensor';

export interface Layout {
  readonly shape: Shape;
  readonly strides: Strides;
  readonly offset: number;
}

/** What the layout of a dense tensor picks of the contents. */
function pick(input: TensorSpec, layout: Layout): readonly number[] | undefined {
  const { contents } = input;
  if (contents === undefined || !keepsContents(layout.shape)) return undefined;
  return layoutOffsets(layout.shape, layout.strides, layout.offset).map((at) => contents[at] as number);
}

/** Views of a tensor by a function of layouts that gives a list of them. */
export function views(
  input: TensorSpec,
  look: (layout: Layout) => readonly Layout[],
  dtype: DType = input.dtype,
): TensorSpec[] {
  const { shape } = input;
  const seen = look({ shape, strides: stridesOf(input), offset: 0 });
  if (input.contents === undefined) return seen.map((one) => strided(one.shape, dtype, one.strides));
  const dense = look({ shape, strides: denseStrides(shape), offset: 0 });
  return seen.map((one, i) =>
    withContents(strided(one.shape, dtype, one.strides), pick(input, dense[i] as Layout)),
  );
}

/** A view of a tensor by a function of layouts. */
export const view = (input: TensorSpec, look: (layout: Layout) => Layout): TensorSpec =>
  views(input, (layout) => [look(layout)])[0] as TensorSpec;

const replaced = (list: readonly number[], at: number, ...by: readonly number[]): number[] => [
  ...list.slice(0, at),
  ...by,
  ...list.slice(at + 1),
];

/** `length` elements of a dimension from `start` on, every `step`-th. */
export const sliced = (layout: Layout, dim: number, start: number, length: number, step = 1): Layout => {
  const stride = layout.strides[dim] as number;
  return {
    shape: replaced(layout.shape, dim, length),
    strides: replaced(layout.strides, dim, stride * step),
    offset: layout.offset + (length > 0 ? start * stride : 0),
  };
};

/** One element of a dimension, which goes. */
export const selected = (layout: Layout, dim: number, index: number): Layout => ({
  shape: replaced(layout.shape, dim),
  strides: replaced(layout.strides, dim),
  offset: layout.offset + index * (layout.strides[dim] as number),
});

/** A new dimension of size 1 before `dim`. */
export function inserted(layout: Layout, dim: number): Layout {
  const stride =
    dim < layout.shape.length ? (layout.shape[dim] as number) * (layout.strides[dim] as number) : 1;
  return {
    shape: [...layout.shape.slice(0, dim), 1, ...layout.shape.slice(dim)],
    strides: [...layout.strides.slice(0, dim), stride, ...layout.strides.slice(dim)],
    offset: layout.offset,
  };
}

/** Dimensions in another order. */
export const permuted = (layout: Layout, order: readonly number[]): Layout => ({
  shape: order.map((dim) => layout.shape[dim] as number),
  strides: order.map((dim) => layout.strides[dim] as number),
  offset: layout.offset,
});

/** Without these dimensions of size 1. */
export function dropped(layout: Layout, dims: readonly number[]): Layout {
  const kept = [...layout.shape.keys()].filter((dim) => !dims.includes(dim));
  return permuted(layout, kept);
}

/** Where each element of a shape stands in row-major order: what indexing is applied to, to learn what it hits. */
export function positions(shape: Shape): TensorSpec {
  const contents = new Array<number>(elementCount(shape));
  for (let at = 0; at < contents.length; at++) contents[at] = at;
  return { shape, dtype: 'int64', contents };
}
