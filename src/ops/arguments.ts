// Small helpers that operator definitions share: refusing arguments, resolving dimensions, broadcasting, element counts.

import { broadcastShapes, showShape } from '../tensor/broadcast';
import { type DType, kindOf } from '../tensor/dtype';
import { FloatScalar, isScalar, type Scalar } from '../tensor/scalar';
import { elementCount, type Shape, type TensorSpec } from '../tensor/tensor';
import { type OpArgument, type OpCost, OpError, type Product } from './operator';

/** Refuses the arguments with a sentence for the user. */
export function fail(message: string): never {
  throw new OpError(message);
}

/** Whether an argument is a tensor. */
export const isTensor = (value: unknown): value is TensorSpec =>
  typeof value === 'object' && value !== null && 'shape' in value && 'dtype' in value;

/** Elements of a tensor; 0 of an argument left out. */
export const count = (spec: TensorSpec | null | undefined): number => (spec ? elementCount(spec.shape) : 0);

/** Elements of all outputs together. */
export const countAll = (specs: readonly TensorSpec[]): number =>
  specs.reduce((sum, spec) => sum + count(spec), 0);

export const product = (sizes: readonly number[]): number => sizes.reduce((a, b) => a * b, 1);

/** A dimension counted from the front; -1 is the last one. A scalar has one dimension for this purpose. */
export function resolveDim(dim: number, rank: number): number {
  const span = Math.max(rank, 1);
  if (dim < -span || dim >= span)
    fail(`dimension out of range: expected one in [${-span}, ${span - 1}], but got ${dim}`);
  return dim < 0 ? dim + span : dim;
}

/** Dimensions counted from the front, in ascending order; null or [] stands for all of them. */
export function resolveDims(dims: readonly number[] | number | null | undefined, rank: number): number[] {
  const list = typeof dims === 'number' ? [dims] : (dims ?? []);
  if (list.length === 0) return Array.from({ length: rank }, (_, i) => i);
  const resolved = list.map((dim) => resolveDim(dim, rank));
  if (new Set(resolved).size < resolved.length) fail(`dimension appears twice in the list of dims [${list}]`);
  return resolved.filter((dim) => dim < rank).sort((a, b) => a - b);
}

/** The shape that all stretch to; refuses shapes that do not fit. */
export function broadcast(...shapes: readonly Shape[]): Shape {
  return (
    broadcastShapes(shapes) ??
    fail(`shapes ${shapes.map(showShape).join(' and ')} cannot be broadcast together`)
  );
}

/** Size of a dimension that has been resolved. */
export const sizeAt = (spec: TensorSpec, dim: number): number => spec.shape[dim] ?? 1;

export const fresh = (shape: Shape, dtype: DType): TensorSpec => ({ shape, dtype });

/** A shape with one size replaced. */
export const withSize = (shape: Shape, dim: number, size: number): Shape =>
  shape.map((old, i) => (i === dim ? size : old));

const NO_MACS: readonly Product[] = [];

/** A cost without contractions. */
export const otherCost = (other: number): OpCost => ({ macs: NO_MACS, other });

export const contraction = (macs: readonly Product[], other = 0): OpCost => ({ macs, other });

/** Whether gradients can flow through elements of this type. */
export const isDifferentiable = (spec: TensorSpec): boolean =>
  kindOf(spec.dtype) === 'float' || kindOf(spec.dtype) === 'complex';

/** A number or one per dimension, as a list of `rank` numbers. */
export function perDimension(value: number | readonly number[], rank: number, name: string): number[] {
  if (typeof value === 'number') return new Array<number>(rank).fill(value);
  if (value.length === 1) return new Array<number>(rank).fill(value[0] as number);
  return value.length === rank ? [...value] : fail(`${name} should have ${rank} numbers, but has [${value}]`);
}

/** Tensors among an argument, at any depth of lists. */
export function tensorsIn(argument: OpArgument | undefined): readonly TensorSpec[] {
  if (isTensor(argument)) return [argument];
  return Array.isArray(argument) ? argument.flatMap(tensorsIn) : [];
}

/** The operand as a tensor or number for promotion; other things are refused. */
export function operand(argument: unknown): TensorSpec | Scalar {
  if (isTensor(argument) || isScalar(argument)) return argument;
  return fail(`expected a tensor or a number, but got ${describe(argument)}`);
}

const describe = (argument: unknown): string =>
  argument instanceof FloatScalar ? String(argument.value) : JSON.stringify(argument);
