// Python classes whose methods are written in TypeScript, declared as tables of rows.

import type { Interpreter } from '../../python/interpreter';
import { type BoundBody, native } from '../../python/native';
import { makeClass } from '../../python/types';
import { type Namespace, type PyClass, PyProperty, type Value } from '../../python/values';

/** Name, parameter list, body. */
export type MethodRow = readonly [name: string, signature: string, body: BoundBody];

/** Name, getter, and a setter where it can be assigned to. */
export type PropertyRow = readonly [
  name: string,
  get: (interpreter: Interpreter, self: Value) => Value,
  set?: (interpreter: Interpreter, self: Value, value: Value) => void,
];

/** The methods of a table, by name. */
export const methodsOf = (rows: readonly MethodRow[]): [string, Value][] =>
  rows.map(([name, signature, body]) => [name, native(name, signature, body)]);

/** The properties of a table, by name. */
export const propertiesOf = (rows: readonly PropertyRow[]): [string, Value][] =>
  rows.map(([name, get, set]) => [name, new PyProperty(getter(name, get), set ? setter(name, set) : null)]);

const getter = (name: string, get: PropertyRow[1]): Value =>
  native(name, 'self', (interpreter, [self]) => get(interpreter, self as Value));

const setter = (name: string, set: NonNullable<PropertyRow[2]>): Value =>
  native(name, 'self, value', (interpreter, [self, value]) => {
    set(interpreter, self as Value, value as Value);
    return null;
  });

/** A class of `torch` made from a table. */
export function makeNativeClass(
  interpreter: Interpreter,
  name: string,
  rows: readonly MethodRow[],
  bases: readonly PyClass[] = [],
  module = 'torch',
): PyClass {
  const attributes: Namespace = new Map(methodsOf(rows));
  return makeClass(interpreter, { name, bases, attributes, module });
}
