// What the operators share: whether a value may define operators of its own, how such a method is asked, and which number
// a value is.

import type { Interpreter } from './interpreter';
import { lookup } from './types';
import {
  NotImplementedValue,
  PyClass,
  PyDict,
  PyFloat,
  PyInstance,
  PyList,
  PySet,
  PyTuple,
  type Value,
} from './values';

/** Instances, and subclasses of containers, may define operators of their own. */
export const hasMethods = (value: Value): boolean =>
  value instanceof PyInstance ||
  value instanceof PyClass ||
  ((value instanceof PyTuple ||
    value instanceof PyList ||
    value instanceof PyDict ||
    value instanceof PySet) &&
    value.type !== undefined);

/** The method's result; undefined where there is none or it says NotImplemented. */
export function callOperator(
  interpreter: Interpreter,
  type: PyClass,
  name: string,
  self: Value,
  other: Value,
): Value | undefined {
  const method = lookup(type, name);
  if (method === undefined) return type.unknownBase;
  const result = interpreter.call(method, [self, other]);
  return result instanceof NotImplementedValue ? undefined : result;
}

export const asInt = (value: Value): number | bigint | undefined => {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  return typeof value === 'boolean' ? Number(value) : undefined;
};

export const asFloat = (value: Value): number | undefined => {
  if (value instanceof PyFloat) return value.value;
  const int = asInt(value);
  return int === undefined ? undefined : Number(int);
};
