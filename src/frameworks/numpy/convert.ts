// Python values to arrays as data: arrays and tensors are what they are, nested lists are walked, numbers have no
// dimensions. Also the small arguments of functions: sizes, axes, element types.

import { fail, resolveDim } from '../../ops/arguments';
import type { Interpreter } from '../../python/interpreter';
import { floatOf, isForeignNumber, unwrap } from '../../python/unwrap';
import {
  PyComplex,
  PyDict,
  PyFloat,
  PyInstance,
  PyIterator,
  PyRange,
  PySet,
  Unknown,
  type Value,
} from '../../python/values';
import { asElement } from '../../tensor/contents';
import type { DType } from '../../tensor/dtype';
import { CONTENTS_LIMIT, elementCount, type TensorSpec } from '../../tensor/tensor';
import { assumptionOf, noteAssumption } from '../torch/assumed';
import { sequenceItems } from '../torch/convert';
import { torchOf } from '../torch/state';
import { tensorOf } from '../torch/tensors';
import { resultType, type Weak } from './promotion';
import { NotKnown, unread } from './rows';
import { dtypeFrom } from './types';

/** An array as data, and whether it was a mere Python number. */
export interface Operand {
  readonly spec: TensorSpec;
  readonly weak?: Weak;
}

const scalarSpec = (dtype: DType, element: number): TensorSpec => ({ shape: [], dtype, contents: [element] });

/** A value as an array. Throws NotKnown for what is no array of numbers. */
export function operandOf(interpreter: Interpreter, value: Value): Operand {
  if (value instanceof Unknown) throw new NotKnown(value);
  const data = tensorOf(value);
  if (data) return { spec: readSpec(interpreter, data.spec) };
  if (typeof value === 'boolean') return { spec: scalarSpec('bool', Number(value)) };
  if (typeof value === 'number' || typeof value === 'bigint')
    return { spec: scalarSpec('int64', Number(value)), weak: 'int' };
  if (value instanceof PyFloat) return { spec: scalarSpec('float64', value.value), weak: 'float' };
  if (value instanceof PyComplex) return { spec: { shape: [], dtype: 'complex128' }, weak: 'complex' };
  return { spec: isForeignNumber(value) ? scalarOf(value) : nested(interpreter, value) };
}

/** Arrays do not remember that contents were assumed: it is noted here. */
function readSpec(interpreter: Interpreter, spec: TensorSpec): TensorSpec {
  const reason = assumptionOf(spec);
  if (reason === undefined) return spec;
  noteAssumption(torchOf(interpreter), reason, spec.shape);
  return { ...spec, assumed: undefined };
}

export const specOf = (interpreter: Interpreter, value: Value): TensorSpec =>
  operandOf(interpreter, value).spec;

function scalarOf(value: Value): TensorSpec {
  const dtype = value instanceof PyInstance ? dtypeFrom(value.type) : undefined;
  return scalarSpec(dtype ?? 'float64', floatOf(value) ?? Number(unwrap(value)));
}

/** Lists, tuples and ranges of whatever has a shape. */
function nested(interpreter: Interpreter, value: Value): TensorSpec {
  const items = itemsOf(interpreter, value);
  if (items.length === 0) return { shape: [0], dtype: 'float64', contents: [] };
  const parts = items.map((item) => elementSpec(interpreter, item));
  const shape = parts[0]?.shape ?? [];
  if (parts.some((part) => part.shape.join() !== shape.join()))
    fail('setting an array element with a sequence. The requested array has an inhomogeneous shape');
  return joined(parts, [items.length, ...shape]);
}

/** Elements that are not known leave the shape known. */
function elementSpec(interpreter: Interpreter, item: Value): TensorSpec {
  return item instanceof Unknown ? { shape: [], dtype: 'float64' } : specOf(interpreter, item);
}

function joined(parts: readonly TensorSpec[], shape: readonly number[]): TensorSpec {
  const dtype = resultType(
    parts.map((part) => part.dtype),
    [],
  );
  const isKept = elementCount(shape) <= CONTENTS_LIMIT && parts.every((part) => part.contents !== undefined);
  return { shape, dtype, ...(isKept && { contents: parts.flatMap((part) => part.contents ?? []) }) };
}

function itemsOf(interpreter: Interpreter, value: Value): readonly Value[] {
  const items = sequenceItems(value);
  if (items) return items;
  const isOther =
    typeof value === 'string' || value instanceof PyDict || value instanceof PySet || value === null;
  const isList =
    !isOther &&
    (value instanceof PyIterator ||
      value instanceof PyRange ||
      interpreter.findAttribute(value, '__getitem__'));
  if (isList && !(value instanceof PyIterator)) return interpreter.list(value);
  throw new NotKnown(
    unread(interpreter, `an array of ${interpreter.typeOf(value).name} objects is not followed`),
  );
}

/** Elements of a type. */
export function cast({ shape, contents }: TensorSpec, dtype: DType): TensorSpec {
  return { shape, dtype, ...(contents && { contents: contents.map((item) => converted(item, dtype)) }) };
}

/** Floats are cut off where integers are asked for. */
const converted = (item: number, dtype: DType): number =>
  dtype.includes('int') ? asElement(Math.trunc(item), dtype) + 0 : asElement(item, dtype);

/** An element type argument; undefined where none is given. Throws NotKnown for types that are not followed. */
export function dtypeArgument(interpreter: Interpreter, value: Value | undefined): DType | undefined {
  if (value === null || value === undefined) return undefined;
  const dtype = dtypeFrom(value);
  if (dtype === undefined)
    throw new NotKnown(unread(interpreter, `arrays of ${interpreter.repr(value)} are not followed`));
  return dtype;
}

/** A whole number. */
export function intArgument(interpreter: Interpreter, value: Value | undefined): number {
  const [element, ...more] = value === undefined ? [] : (specOf(interpreter, value).contents ?? []);
  if (element === undefined || more.length > 0) {
    const reason = 'a number that an array is made with is not known';
    throw new NotKnown(value instanceof Unknown ? value : unread(interpreter, reason));
  }
  if (!Number.isInteger(element))
    interpreter.raise('TypeError', `'float' object cannot be interpreted as an integer`);
  return element;
}

/** One number or several. */
export function intsArgument(interpreter: Interpreter, value: Value): number[] {
  const items = sequenceItems(value);
  if (items) return items.map((item) => intArgument(interpreter, item));
  const { contents } = specOf(interpreter, value);
  return contents ? [...contents] : [intArgument(interpreter, value)];
}

/** A real number. */
export function numberArgument(interpreter: Interpreter, value: Value | undefined): number {
  const [element, ...more] = specOf(interpreter, value ?? null).contents ?? [];
  if (element === undefined || more.length > 0)
    throw new NotKnown(unread(interpreter, 'a number that an array is made with is not known'));
  return element;
}

/** Axes counted from the front; null = all of them. */
export function axesArgument(interpreter: Interpreter, value: Value | undefined, rank: number): number[] {
  if (value === null || value === undefined) return Array.from({ length: rank }, (_, axis) => axis);
  return intsArgument(interpreter, value).map((axis) => resolveDim(axis, rank));
}

/** Arrays in a list or tuple, or along the first axis of an array. */
export function arraysArgument(interpreter: Interpreter, value: Value): TensorSpec[] {
  const items = sequenceItems(value) ?? interpreter.list(value);
  return items.map((item) => specOf(interpreter, item));
}
