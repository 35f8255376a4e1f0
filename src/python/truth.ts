// Items and truth of any value: built-in containers in items.ts, everything else by its dunder methods. An unknown truth
// counts as false, its negation as true, and a gap is noted.

import { hasMethods } from './dispatch';
import type { Interpreter } from './interpreter';
import { deleteFrom, itemOf, storeItem } from './items';
import { lookup, typeOf } from './types';
import {
  ClassMethod,
  PyBytes,
  PyClass,
  PyComplex,
  PyDict,
  PyFloat,
  PyInstance,
  PyList,
  PyRange,
  PySet,
  PyTuple,
  Unknown,
  type Value,
} from './values';

export function getItem(interpreter: Interpreter, container: Value, index: Value): Value {
  if (container instanceof Unknown) return container;
  if (hasMethods(container)) {
    const result = itemByMethod(interpreter, container, index);
    if (result !== undefined) return result;
  }
  return itemOf(interpreter, container, index);
}

function itemByMethod(interpreter: Interpreter, container: Value, index: Value): Value | undefined {
  const type = typeOf(interpreter, container);
  const method = lookup(type, '__getitem__');
  if (method !== undefined) return interpreter.call(method, [container, index]);
  if (!(container instanceof PyClass)) return type.unknownBase;
  const subscript = lookup(container, '__class_getitem__');
  if (subscript === undefined || subscript instanceof Unknown) return container;
  return interpreter.call(subscript instanceof ClassMethod ? subscript.callee : subscript, [
    container,
    index,
  ]);
}

export function setItem(interpreter: Interpreter, container: Value, index: Value, value: Value): void {
  if (container instanceof Unknown) return;
  const method = hasMethods(container) ? lookup(typeOf(interpreter, container), '__setitem__') : undefined;
  if (method !== undefined) interpreter.call(method, [container, index, value]);
  else storeItem(interpreter, container, index, value);
}

export function deleteItem(interpreter: Interpreter, container: Value, index: Value): void {
  if (container instanceof Unknown) return;
  const method = hasMethods(container) ? lookup(typeOf(interpreter, container), '__delitem__') : undefined;
  if (method !== undefined) interpreter.call(method, [container, index]);
  else deleteFrom(interpreter, container, index);
}

export function truthOf(interpreter: Interpreter, value: Value): boolean {
  const truth = knownTruth(interpreter, value);
  if (!(truth instanceof Unknown)) return truth;
  interpreter.gap(`a condition is not known, taken as ${truth.taken}: ${truth.reason}`);
  return truth.taken;
}

/** The same, or why it cannot be told. */
export function knownTruth(interpreter: Interpreter, value: Value): boolean | Unknown {
  if (typeof value === 'boolean' || value instanceof Unknown) return value;
  if (value === null) return false;
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'string') return value.length > 0;
  return value instanceof PyInstance ? instanceTruth(interpreter, value) : builtinTruth(value);
}

function builtinTruth(value: Value): boolean {
  if (value instanceof PyList || value instanceof PyTuple) return value.items.length > 0;
  if (value instanceof PyDict || value instanceof PySet) return value.entries.size > 0;
  if (value instanceof PyFloat) return value.value !== 0;
  if (typeof value === 'bigint') return value !== 0n;
  if (value instanceof PyRange) return value.length > 0;
  if (value instanceof PyBytes) return value.text.length > 0;
  return !(value instanceof PyComplex) || value.real !== 0 || value.imag !== 0;
}

function instanceTruth(interpreter: Interpreter, value: PyInstance): boolean | Unknown {
  const method = lookup(value.type, '__bool__') ?? lookup(value.type, '__len__');
  if (method === undefined) return true;
  return knownTruth(interpreter, interpreter.call(method, [value]));
}
