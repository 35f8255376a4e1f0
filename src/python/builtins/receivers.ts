// What the methods of built-in types do first: see that `self` is of their type. `list.append(3, 4)` is a TypeError.

import type { Interpreter } from '../interpreter';
import { UnknownArgument } from '../native';
import type { Int } from '../numbers';
import { floatOf, intOf, textOf } from '../unwrap';
import {
  type Namespace,
  type NativeFunction,
  PyBytes,
  PyClass,
  PyDict,
  PyList,
  PySet,
  PyTuple,
  Unknown,
  type Value,
} from '../values';

/** A class body of natives, by their names. */
export function table(natives: readonly NativeFunction[]): Namespace {
  return new Map(natives.map((native) => [native.name, native]));
}

function refuse(interpreter: Interpreter, wanted: string, value: Value | undefined): never {
  const got = value === undefined ? 'nothing' : interpreter.typeOf(value).name;
  return interpreter.raise('TypeError', `descriptor requires a '${wanted}' object but received '${got}'`);
}

export const listOf = (interpreter: Interpreter, self: Value | undefined): PyList =>
  self instanceof PyList ? self : refuse(interpreter, 'list', self);

export const tupleOf = (interpreter: Interpreter, self: Value | undefined): PyTuple =>
  self instanceof PyTuple ? self : refuse(interpreter, 'tuple', self);

export const dictOf = (interpreter: Interpreter, self: Value | undefined): PyDict =>
  self instanceof PyDict ? self : refuse(interpreter, 'dict', self);

export const setOf = (interpreter: Interpreter, self: Value | undefined): PySet =>
  self instanceof PySet ? self : refuse(interpreter, 'set', self);

export const bytesOf = (interpreter: Interpreter, self: Value | undefined): PyBytes =>
  self instanceof PyBytes ? self : refuse(interpreter, 'bytes', self);

export const classOf = (interpreter: Interpreter, self: Value | undefined): PyClass =>
  self instanceof PyClass ? self : refuse(interpreter, 'type', self);

/** A text, instances of str's subclasses included. */
export const strOfSelf = (interpreter: Interpreter, self: Value | undefined): string =>
  textOf(self as Value) ?? refuse(interpreter, 'str', self);

/** An int argument; `__index__` is asked. */
export function intArgument(interpreter: Interpreter, value: Value | undefined): Int {
  const int = intOf(value as Value);
  if (int !== undefined) return int;
  if (value instanceof Unknown) throw new UnknownArgument(value);
  const method = value === undefined ? undefined : interpreter.findAttribute(value, '__index__');
  if (method !== undefined) return intArgument(interpreter, interpreter.call(method));
  const name = interpreter.typeOf(value ?? null).name;
  return interpreter.raise('TypeError', `'${name}' object cannot be interpreted as an integer`);
}

/** A float argument; integers are taken, and `__float__` is asked. */
export function floatArgument(interpreter: Interpreter, value: Value | undefined): number {
  const float = floatOf(value as Value);
  if (float !== undefined) return float;
  if (value instanceof Unknown) throw new UnknownArgument(value);
  const method = value === undefined ? undefined : interpreter.findAttribute(value, '__float__');
  if (method !== undefined) return floatArgument(interpreter, interpreter.call(method));
  return interpreter.raise('TypeError', `must be real number, not ${interpreter.typeOf(value ?? null).name}`);
}

/** A text argument. */
export function textArgument(interpreter: Interpreter, value: Value | undefined): string {
  const text = textOf(value as Value);
  if (text !== undefined) return text;
  const name = interpreter.typeOf(value ?? null).name;
  return interpreter.raise('TypeError', `expected str instance, ${name} found`);
}
