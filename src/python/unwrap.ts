// Instances of classes that the user derived from str, int or float keep the plain value as their payload.
// Natives that want a text or a number look through them here, and through numbers of other packages (NumPy's scalars).

import { type Int, normalizeInt } from './numbers';
import { type PyClass, PyFloat, PyInstance, type Value } from './values';

const PLAIN = new Set(['str', 'int', 'float']);

/** A class with this attribute says of its instances that they are numbers with operators of their own. */
export const PLAIN_MARK = '__plain__';

/** The plain value behind an instance of a subclass of str, int or float; anything else as it is. */
export function unwrap(value: Value): Value {
  if (!(value instanceof PyInstance) || value.payload === undefined) return value;
  return isPlain(value.payload) && value.type.mro.some(isPlainType) ? value.payload : value;
}

const isPlain = (payload: unknown): payload is Value =>
  typeof payload === 'string' ||
  typeof payload === 'number' ||
  typeof payload === 'bigint' ||
  typeof payload === 'boolean' ||
  payload instanceof PyFloat;

const isPlainType = ({ module, name, attributes }: PyClass): boolean =>
  (module === 'builtins' && PLAIN.has(name)) || attributes.has(PLAIN_MARK);

/** Whether a value is a number with operators of its own. */
export const isForeignNumber = (value: Value): boolean =>
  value instanceof PyInstance && value.type.mro.some(({ attributes }) => attributes.has(PLAIN_MARK));

/** A text, subclasses of str included. */
export function textOf(value: Value): string | undefined {
  const plain = unwrap(value);
  return typeof plain === 'string' ? plain : undefined;
}

/** An integer, booleans and subclasses of int included. */
export function intOf(value: Value): Int | undefined {
  const plain = unwrap(value);
  if (typeof plain === 'number' || typeof plain === 'bigint') return normalizeInt(plain);
  return typeof plain === 'boolean' ? Number(plain) : undefined;
}

/** A number as JavaScript's, integers included. */
export function floatOf(value: Value): number | undefined {
  const plain = unwrap(value);
  if (plain instanceof PyFloat) return plain.value;
  const int = intOf(plain);
  return int === undefined ? undefined : Number(int);
}
