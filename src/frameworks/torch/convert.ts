// Python values to what operators take, and contents of tensors back to Python. A tensor becomes its TensorSpec; Tensors
// remembers which tensor each spec came from, so that the trace can name them.

import type { OpArgument } from '../../ops/operator';
import type { Interpreter } from '../../python/interpreter';
import { floatOf, unwrap } from '../../python/unwrap';
import {
  EllipsisValue,
  PyClass,
  PyComplex,
  PyFloat,
  PyInstance,
  PyList,
  PyRange,
  PySlice,
  PyTuple,
  Unknown,
  type Value,
} from '../../python/values';
import { type DType, kindOf } from '../../tensor/dtype';
import { FloatScalar } from '../../tensor/scalar';
import type { TensorSpec } from '../../tensor/tensor';
import { constantName, deviceName } from './constants';
import type { TorchState } from './state';
import { TensorData } from './tensors';

/** The tensors of one call, by the spec that stands for them. */
export type Tensors = Map<TensorSpec, PyInstance>;

/** A value that no operator takes. */
export class NotAnArgument extends Error {}

/** A Python value as an argument of an operator. Throws NotAnArgument. */
export function toArgument(torch: TorchState, given: Value, tensors: Tensors): OpArgument {
  const value = unwrap(given);
  switch (typeof value) {
    case 'number':
    case 'boolean':
    case 'string':
      return value;
    case 'bigint':
      return Number(value);
  }
  if (value === null) return null;
  if (value instanceof PyFloat) return new FloatScalar(value.value);
  if (value instanceof PyComplex) return { shape: [], dtype: 'complex64' };
  if (value instanceof PyInstance) return instanceArgument(torch, value, tensors);
  if (value instanceof EllipsisValue) return '...';
  if (value instanceof PySlice) return ['slice', ...sliceParts(value).map((part) => boundary(torch, part))];
  if (value instanceof PyClass) return elementType(torch, value);
  const items = sequenceItems(value);
  if (items) return items.map((item) => toArgument(torch, item, tensors));
  throw new NotAnArgument(torch.interpreter.typeOf(value).name);
}

/** Python's own types stand for element types, as in `dtype=bool`. */
function elementType({ interpreter: { types } }: TorchState, cls: PyClass): DType {
  if (cls === types.bool) return 'bool';
  if (cls === types.int) return 'int64';
  if (cls === types.float) return 'float64';
  if (cls === types.complex) return 'complex128';
  throw new NotAnArgument('type');
}

const sliceParts = ({ start, stop, step }: PySlice): Value[] => [start, stop, step];

/** A bound of a slice is a number or None; a tensor of one element is a number. */
function boundary(torch: TorchState, part: Value): number | null {
  if (part === null) return null;
  const number = numberOf(torch.interpreter, part);
  if (number === undefined) throw new NotAnArgument('slice by a number that is not known');
  return number;
}

function instanceArgument(torch: TorchState, instance: PyInstance, tensors: Tensors): OpArgument {
  const { payload } = instance;
  if (payload instanceof TensorData) {
    const spec = { ...payload.spec };
    tensors.set(spec, instance);
    return spec;
  }
  const name = constantName(instance);
  if (name !== undefined) return name;
  if (torch.interpreter.isInstance(instance, torch.classes.device)) return deviceName(instance);
  const index = torch.interpreter.findAttribute(instance, '__index__');
  if (index !== undefined) return toArgument(torch, torch.interpreter.call(index), tensors);
  throw new NotAnArgument(instance.type.name);
}

/** Elements of a tuple, list or range. */
export function sequenceItems(value: Value): readonly Value[] | undefined {
  if (value instanceof PyTuple || value instanceof PyList) return value.items;
  if (!(value instanceof PyRange)) return undefined;
  return Array.from({ length: value.length }, (_, index) => value.start + index * value.step);
}

/** The first unknown in an argument, looked for in tuples and lists too. */
export function unknownIn(value: Value): Unknown | undefined {
  if (value instanceof Unknown) return value;
  const items = value instanceof PySlice ? sliceParts(value) : listItems(value);
  for (const item of items) {
    const found = unknownIn(item);
    if (found) return found;
  }
  return undefined;
}

const listItems = (value: Value): readonly Value[] =>
  value instanceof PyTuple || value instanceof PyList ? value.items : [];

/** An element of a tensor as Python has it. */
export function elementValue(dtype: DType, element: number): Value {
  const kind = kindOf(dtype);
  if (kind === 'bool') return element !== 0;
  return kind === 'int' ? element : new PyFloat(element);
}

/** `tensor.tolist()`: nested lists, or the element of a scalar. undefined where the contents are not known. */
export function nestedLists({ shape, dtype, contents }: TensorSpec): Value | undefined {
  if (contents === undefined) return undefined;
  const level = (from: number, length: number, depth: number): Value => {
    if (depth === shape.length) return elementValue(dtype, contents[from] as number);
    const size = shape[depth] as number;
    const step = size === 0 ? 0 : length / size;
    return new PyList(Array.from({ length: size }, (_, i) => level(from + i * step, step, depth + 1)));
  };
  return level(0, contents.length, 0);
}

/** The number in a tensor of one element, if it is known. */
export const soleElement = ({ contents }: TensorSpec): number | undefined =>
  contents?.length === 1 ? contents[0] : undefined;

/** A number of Python's, whatever its type. */
export function numberOf(interpreter: Interpreter, value: Value): number | undefined {
  const plain = floatOf(value);
  if (plain !== undefined) return plain;
  if (value instanceof PyInstance && value.payload instanceof TensorData)
    return soleElement(value.payload.spec);
  const index = value instanceof PyInstance ? interpreter.findAttribute(value, '__index__') : undefined;
  return index === undefined ? undefined : numberOf(interpreter, interpreter.call(index));
}
