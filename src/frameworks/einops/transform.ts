// What a pattern does to a tensor: reshape to the single axes, reduce those that are gone, permute, add those that are
// new, reshape to the groups of the right side. Each step is a method of the tensor, so that it is recorded as any other.
// Steps that change nothing are left out, as einops does.

import type { Interpreter } from '../../python/interpreter';
import { NativeFunction, PyDict, PyFunction, PyList, PyTuple, type Value } from '../../python/values';
import { axisSizes, expandEllipsis, type Group, type Pattern, PatternError } from './pattern';

type Sizes = ReadonlyMap<string, number>;

/** Applies a pattern. `reduction` is a name as `mean`, a function, or undefined where nothing is reduced. */
export function transform(
  interpreter: Interpreter,
  tensor: Value,
  pattern: Pattern,
  given: Sizes,
  reduction?: Value,
): Value {
  const shape = shapeOf(interpreter, tensor);
  const { left, right } = expandEllipsis(pattern, shape.length);
  const sizes = axisSizes(left, shape, given);
  const axes = left.flat();
  const wanted = right.flat();
  const gone = axes.filter((axis) => !wanted.includes(axis));
  if (gone.some((axis) => sizes.get(axis) !== 1) && reduction === undefined) {
    throw new PatternError(`einops: the axes ${gone.join(', ')} are on the left side only`);
  }
  let value = reshape(
    interpreter,
    tensor,
    shape,
    axes.map((axis) => sizeOf(axis, sizes)),
  );
  value = reduce(interpreter, value, axes, gone, reduction);
  const kept = axes.filter((axis) => wanted.includes(axis));
  value = permute(interpreter, value, kept, wanted);
  value = addAxes(interpreter, value, kept, wanted, sizes);
  const final = right.map((group) => groupSize(group, sizes));
  return reshape(
    interpreter,
    value,
    wanted.map((axis) => sizeOf(axis, sizes)),
    final,
  );
}

function sizeOf(axis: string, sizes: Sizes): number {
  const size = sizes.get(axis) ?? (/^\d+$/.test(axis) ? Number(axis) : undefined);
  if (size === undefined) throw new PatternError(`einops: the size of the axis ${axis} is not given`);
  return size;
}

const groupSize = (group: Group, sizes: Sizes): number =>
  group.reduce((product, axis) => product * sizeOf(axis, sizes), 1);

const same = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((size, index) => size === b[index]);

function reshape(
  interpreter: Interpreter,
  tensor: Value,
  from: readonly number[],
  to: readonly number[],
): Value {
  return same(from, to) ? tensor : interpreter.callMethod(tensor, 'reshape', [new PyTuple(to)]);
}

/** Reductions by the name of the tensor's method. */
const METHODS: Readonly<Record<string, string>> = {
  all: 'all',
  any: 'any',
  max: 'amax',
  mean: 'mean',
  min: 'amin',
  prod: 'prod',
  sum: 'sum',
};

function reduce(
  interpreter: Interpreter,
  tensor: Value,
  axes: readonly string[],
  gone: readonly string[],
  reduction: Value | undefined,
): Value {
  if (gone.length === 0) return tensor;
  const dims = new PyTuple(gone.map((axis) => axes.indexOf(axis)));
  if (reduction === undefined) return interpreter.callMethod(tensor, 'squeeze', [dims]);
  if (reduction instanceof PyFunction || reduction instanceof NativeFunction)
    return interpreter.call(reduction, [tensor, dims]);
  const method = METHODS[String(reduction)];
  if (method === undefined) throw new PatternError(`einops has no reduction ${String(reduction)}`);
  return interpreter.callMethod(tensor, method, [dims]);
}

function permute(
  interpreter: Interpreter,
  tensor: Value,
  kept: readonly string[],
  wanted: readonly string[],
): Value {
  const order = wanted.filter((axis) => kept.includes(axis)).map((axis) => kept.indexOf(axis));
  return order.every((from, to) => from === to)
    ? tensor
    : interpreter.callMethod(tensor, 'permute', [new PyTuple(order)]);
}

/** New axes are dimensions of size 1 that are expanded. */
function addAxes(
  interpreter: Interpreter,
  tensor: Value,
  kept: readonly string[],
  wanted: readonly string[],
  sizes: Sizes,
): Value {
  if (wanted.every((axis) => kept.includes(axis))) return tensor;
  let value = tensor;
  wanted.forEach((axis, index) => {
    if (!kept.includes(axis)) value = interpreter.callMethod(value, 'unsqueeze', [index]);
  });
  return interpreter.callMethod(value, 'expand', [new PyTuple(wanted.map((axis) => sizeOf(axis, sizes)))]);
}

/** Sizes of a tensor's dimensions. */
export function shapeOf(interpreter: Interpreter, tensor: Value): number[] {
  return interpreter.list(interpreter.getAttribute(tensor, 'shape')).map(Number);
}

/** A list of tensors is taken as one tensor with a new first dimension. */
export function asTensor(interpreter: Interpreter, tensor: Value): Value {
  if (!(tensor instanceof PyList || tensor instanceof PyTuple)) return tensor;
  return interpreter.call(interpreter.getAttribute(interpreter.importModule('torch'), 'stack'), [tensor]);
}

/** Axis sizes given by keyword. */
export function givenSizes(keywords: Value | undefined): Map<string, number> {
  const sizes = new Map<string, number>();
  if (!(keywords instanceof PyDict)) return sizes;
  for (const [name, size] of keywords.entries.values())
    if (typeof size === 'number') sizes.set(String(name), size);
  return sizes;
}
