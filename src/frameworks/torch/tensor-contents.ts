// Reading a tensor's contents from Python: item(), tolist(), bool(), int(), len(), looping, printing. Contents are known
// while a tensor is small and computed from known numbers; otherwise the answer is unknown, with that reason.

import type { Interpreter } from '../../python/interpreter';
import {
  PyFloat,
  type PyInstance,
  PyIterator,
  PyList,
  PyTuple,
  Unknown,
  type Value,
} from '../../python/values';
import { elementCount, type TensorSpec } from '../../tensor/tensor';
import { assumptionOf, noteAssumption } from './assumed';
import type { MethodRow } from './classes';
import { elementValue, nestedLists, soleElement } from './convert';
import { callBinding } from './recorder';
import { torchOf } from './state';
import { findBound } from './table';
import type { TensorData } from './tensors';

export const CONTENT_METHODS: readonly MethodRow[] = [
  ['__array__', 'self, dtype=None, copy=None', (_, [self]) => self as Value],
  ['__bool__', 'self', (interpreter, [self]) => scalar(interpreter, self, (value) => value !== 0)],
  ['__complex__', 'self', (interpreter, [self]) => scalar(interpreter, self, (value) => new PyFloat(value))],
  ['__contains__', 'self, element', contains],
  ['__float__', 'self', (interpreter, [self]) => scalar(interpreter, self, (value) => new PyFloat(value))],
  ['__format__', 'self, specification=""', format],
  ['__index__', 'self', (interpreter, [self]) => scalar(interpreter, self, Math.trunc)],
  ['__int__', 'self', (interpreter, [self]) => scalar(interpreter, self, Math.trunc)],
  ['__iter__', 'self', iterator],
  ['__len__', 'self', length],
  ['__repr__', 'self', (interpreter, [self]) => printed(interpreter, dataOf(self))],
  ['item', 'self', (interpreter, [self]) => item(interpreter, self)],
  ['tolist', 'self', toList],
];

const dataOf = (self: Value | undefined): TensorData => (self as PyInstance).payload as TensorData;

function notKnown(interpreter: Interpreter): Unknown {
  return new Unknown('the contents of a tensor are not known', interpreter.stack());
}

function scalar(interpreter: Interpreter, self: Value | undefined, read: (value: number) => Value): Value {
  const { spec } = dataOf(self);
  const count = elementCount(spec.shape);
  if (count !== 1)
    interpreter.raise('RuntimeError', `a Tensor with ${count} elements cannot be converted to Scalar`);
  const value = soleElement(spec);
  noteRead(interpreter, spec);
  return value === undefined ? notKnown(interpreter) : read(value);
}

/** Numbers that Python reads from assumed contents are marked. */
function noteRead(interpreter: Interpreter, spec: TensorSpec): void {
  const reason = assumptionOf(spec);
  if (reason !== undefined) noteAssumption(torchOf(interpreter), reason, spec.shape);
}

function item(interpreter: Interpreter, self: Value | undefined): Value {
  return scalar(interpreter, self, (value) => elementValue(dataOf(self).spec.dtype, value));
}

function toList(interpreter: Interpreter, [self]: readonly Value[]): Value {
  const { spec } = dataOf(self);
  noteRead(interpreter, spec);
  return nestedLists(spec) ?? unknownList(interpreter, spec.shape);
}

/** The nesting is known where the elements are not. */
function unknownList(interpreter: Interpreter, shape: readonly number[]): Value {
  const [size, ...rest] = shape;
  if (size === undefined) return notKnown(interpreter);
  if (elementCount(shape) > interpreter.limits.elements) interpreter.tooMany(elementCount(shape));
  return new PyList(Array.from({ length: size }, () => unknownList(interpreter, rest)));
}

function length(interpreter: Interpreter, [self]: readonly Value[]): Value {
  const [first] = dataOf(self).spec.shape;
  return first ?? interpreter.raise('TypeError', 'len() of a 0-d tensor');
}

function contains(interpreter: Interpreter, [self, element]: readonly Value[]): Value {
  const { spec } = dataOf(self);
  const { contents } = spec;
  if (contents === undefined || typeof element !== 'number') return notKnown(interpreter);
  noteRead(interpreter, spec);
  return contents.includes(element);
}

function iterator(interpreter: Interpreter, [self]: readonly Value[]): Value {
  const { shape } = dataOf(self).spec;
  if (shape.length === 0) interpreter.raise('TypeError', 'iteration over a 0-d tensor');
  const unbind = findBound('torch', 'unbind');
  if (!unbind) return interpreter.unknown('torch.unbind is not modelled yet');
  const parts = callBinding(torchOf(interpreter), unbind, [self as Value]);
  if (parts instanceof PyTuple || parts instanceof PyList)
    return new PyIterator(parts.items[Symbol.iterator]());
  return parts;
}

function printed(interpreter: Interpreter, { spec, requiresGrad }: TensorData): string {
  const lists = nestedLists(spec);
  const suffix = `${typeSuffix(spec.dtype)}${requiresGrad ? ', requires_grad=True' : ''}`;
  if (lists !== undefined) return `tensor(${interpreter.repr(lists)}${suffix})`;
  return `tensor(..., size=(${spec.shape.join(', ')})${suffix})`;
}

const typeSuffix = (dtype: string): string =>
  ['bool', 'float32', 'int64'].includes(dtype) ? '' : `, dtype=torch.${dtype}`;

/** f'{tensor:.3f}' shows the element of a scalar. */
function format(interpreter: Interpreter, [self, specification]: readonly Value[]): Value {
  const data = dataOf(self);
  const value = soleElement(data.spec);
  if (value === undefined || data.spec.shape.length > 0) return printed(interpreter, data);
  return interpreter.call(interpreter.builtins.get('format') as Value, [
    elementValue(data.spec.dtype, value),
    specification as Value,
  ]);
}
