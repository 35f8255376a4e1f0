// Strides: how a tensor lies in its storage. They decide whether `view` fits, whether `reshape` and `contiguous` copy, and
// in which order element-wise results are laid out. The rules are PyTorch's: computeStride and geometry_is_contiguous
// (TensorUtils, TensorGeometry), and TensorIterator's order of dimensions.

import { sameShape } from './broadcast';
import type { DType } from './dtype';
import { elementCount, type Shape, type TensorSpec } from './tensor';

export type Strides = readonly number[];

/** Strides of a dense row-major tensor. A size of 0 counts as 1, as in PyTorch. */
export function denseStrides(shape: Shape): Strides {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = step;
    step *= Math.max(shape[i] as number, 1);
  }
  return strides;
}

export const stridesOf = (spec: TensorSpec): Strides => spec.strides ?? denseStrides(spec.shape);

/** A spec with these strides; they are left out where they are the dense ones. */
export function strided(shape: Shape, dtype: DType, strides: Strides): TensorSpec {
  return sameShape(strides, denseStrides(shape)) ? { shape, dtype } : { shape, dtype, strides };
}

/** Whether a tensor is dense when its dimensions are read in this order, outermost first. */
function denseInOrder(spec: TensorSpec, order: readonly number[]): boolean {
  const strides = stridesOf(spec);
  let step = 1;
  for (const dim of [...order].reverse()) {
    const size = spec.shape[dim] as number;
    if (size !== 1 && strides[dim] !== step) return false;
    step *= size;
  }
  return true;
}

/** Dense and row-major; dimensions of size 1 may have any stride. */
export const isContiguous = (spec: TensorSpec): boolean =>
  spec.strides === undefined || elementCount(spec.shape) === 0 || denseInOrder(spec, [...spec.shape.keys()]);

/** The order of dimensions of channels_last: batch, space, channels. */
const channelsLastOrder = (rank: number): readonly number[] => [
  0,
  ...Array.from({ length: rank - 2 }, (_, i) => i + 2),
  1,
];

/** Dense in channels_last order (4 dimensions) or channels_last_3d (5). */
export const isChannelsLast = (spec: TensorSpec): boolean =>
  (spec.shape.length === 4 || spec.shape.length === 5) &&
  denseInOrder(spec, channelsLastOrder(spec.shape.length));

/** Strides of a dense tensor whose dimensions lie in this order, outermost first. */
export function stridesInOrder(shape: Shape, order: readonly number[]): Strides {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (const dim of [...order].reverse()) {
    strides[dim] = step;
    step *= Math.max(shape[dim] as number, 1);
  }
  return strides;
}

export const channelsLastStrides = (shape: Shape): Strides =>
  stridesInOrder(shape, channelsLastOrder(shape.length));

/** Whether the elements fill their storage without holes or overlaps, in whatever order of dimensions. */
export function isDense(spec: TensorSpec): boolean {
  if (spec.strides === undefined) return true;
  const { shape, strides } = spec;
  const order = [...shape.keys()].filter((dim) => (shape[dim] as number) > 1);
  order.sort((a, b) => (strides[b] as number) - (strides[a] as number));
  return denseInOrder(spec, order) || elementCount(shape) === 0;
}

/** Sizes and strides of an old dimension that are merged with their neighbours where they lie in one run. */
function runs(shape: Shape, strides: Strides): [size: number, step: number][] {
  const merged: [number, number][] = [];
  for (let i = shape.length - 1; i >= 0; i--) {
    const [size, step] = [shape[i] as number, strides[i] as number];
    const last = merged.at(-1);
    if (last !== undefined && (size === 1 || step === last[0] * last[1])) last[0] *= size;
    else merged.push([size, step]);
  }
  return merged;
}

/**
 * Strides by which a tensor can be seen in another shape without a copy; null where it cannot. The dimensions are merged
 * into runs from the innermost outwards, and each run is cut up into new dimensions.
 */
export function viewStrides(shape: Shape, strides: Strides, target: Shape): Strides | null {
  if (elementCount(shape) === 0) return sameShape(shape, target) ? strides : denseStrides(target);
  const result = new Array<number>(target.length);
  let dim = target.length - 1;
  for (const [size, step] of runs(shape, strides)) {
    let filled = 1;
    while (dim >= 0 && (filled < size || target[dim] === 1)) {
      result[dim] = filled * step;
      filled *= target[dim] as number;
      dim--;
    }
    if (filled !== size) return null;
  }
  while (dim >= 0 && target[dim] === 1) result[dim--] = 1;
  return dim < 0 ? result : null;
}

/** Strides of a tensor stretched to a wider shape: 0 along stretched dimensions. */
export function stretchedStrides(spec: TensorSpec, shape: Shape): Strides {
  const strides = stridesOf(spec);
  const lead = shape.length - spec.shape.length;
  return shape.map((size, i) => {
    const own = spec.shape[i - lead];
    return own === undefined || (own === 1 && size !== 1) ? 0 : (strides[i - lead] as number);
  });
}

/** 1 where dimension `a` lies inside of `b`, -1 where outside, 0 where the strides do not say. */
function compareDims(shape: Shape, operands: readonly Strides[], a: number, b: number): number {
  for (const strides of operands) {
    const [sa, sb] = [strides[a] as number, strides[b] as number];
    if (sa === 0 || sb === 0) continue;
    if (sa !== sb) return sa < sb ? -1 : 1;
    if ((shape[a] as number) > (shape[b] as number)) return 1;
  }
  return 0;
}

/** TensorIterator::reorder_dimensions: dimensions from the innermost outwards, an insertion sort that bears ties. */
function iteratorOrder(shape: Shape, operands: readonly Strides[]): number[] {
  const order = [...shape.keys()].reverse();
  for (let i = 1; i < order.length; i++) {
    let at = i;
    for (let before = i - 1; before >= 0; before--) {
      const verdict = compareDims(shape, operands, order[before] as number, order[at] as number);
      if (verdict < 0) break;
      if (verdict === 0) continue;
      [order[before], order[at]] = [order[at] as number, order[before] as number];
      at = before;
    }
  }
  return order;
}

/** The layout of an element-wise result: that of its operands where they agree, else TensorIterator's order. */
export function elementwiseSpec(shape: Shape, dtype: DType, operands: readonly TensorSpec[]): TensorSpec {
  if (operands.every((operand) => operand.strides === undefined)) return { shape, dtype };
  const equal = operands.every((operand) => sameShape(operand.shape, shape));
  if (equal && operands.every(isContiguous)) return { shape, dtype };
  if (equal && operands.every(isChannelsLast)) return strided(shape, dtype, channelsLastStrides(shape));
  const first = operands[0];
  if (first && equal && operands.every((o) => isDense(o) && sameShape(stridesOf(o), stridesOf(first))))
    return strided(shape, dtype, stridesOf(first));
  const order = iteratorOrder(
    shape,
    operands.map((operand) => stretchedStrides(operand, shape)),
  );
  return strided(shape, dtype, stridesInOrder(shape, order.reverse()));
}
