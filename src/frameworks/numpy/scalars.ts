// What NumPy's scalars can do: the operators of arrays, conversions to Python's numbers, and the attributes and methods of
// arrays that make sense for one element.

import type { Interpreter } from '../../python/interpreter';
import { native } from '../../python/native';
import { floatRepr } from '../../python/numbers';
import { formatBuiltin } from '../../python/text';
import { floatOf } from '../../python/unwrap';
import {
  type PyClass,
  PyFloat,
  PyInstance,
  PyProperty,
  PyTuple,
  Unknown,
  type Value,
} from '../../python/values';
import { asElement } from '../../tensor/contents';
import { byteSize, type DType } from '../../tensor/dtype';
import { cast, specOf } from './convert';
import { arrayMethods } from './methods';
import { sharedOperators } from './operators';
import { guarded } from './rows';
import { numpyOf } from './state';
import { dtypeFrom } from './types';

type Args = readonly Value[];

const plainOf = (self: Value | undefined): Value => {
  const payload = self instanceof PyInstance ? (self.payload as Value | undefined) : undefined;
  return payload ?? null;
};
const numberOf = (self: Value | undefined): number => floatOf(self ?? null) ?? 0;

const whole = (_: Interpreter, [self]: Args): Value => Math.trunc(numberOf(self));

/** `np.float32(value)`: a scalar, or of a list an array. */
function make(interpreter: Interpreter, [cls, value]: Args): Value {
  const dtype = dtypeFrom(cls);
  if (value instanceof Unknown) return value;
  if (dtype === undefined)
    return interpreter.raise('TypeError', `cannot create '${(cls as PyClass).name}' instances`);
  return guarded(interpreter, () => {
    const text = typeof value === 'string' ? new PyFloat(Number(value)) : (value as Value);
    return numpyOf(interpreter).result(cast(specOf(interpreter, text), dtype));
  });
}

function printed(_: Interpreter, [self]: Args): string {
  const plain = plainOf(self);
  if (typeof plain === 'boolean') return plain ? 'True' : 'False';
  return plain instanceof PyFloat ? floatText(plain.value, (self as PyInstance).type.name) : String(plain);
}

/** As few digits as tell the number from others of its type. */
function floatText(value: number, type: string): string {
  if (type === 'float64' || !Number.isFinite(value)) return floatRepr(value);
  const digits = [...new Array(17).keys()].find(
    (n) => asElement(Number(value.toPrecision(n + 1)), type as DType) === value,
  );
  return floatRepr(Number(value.toPrecision((digits ?? 16) + 1)));
}

function repr(interpreter: Interpreter, args: Args): string {
  const text = printed(interpreter, args);
  const { name } = (args[0] as PyInstance).type;
  return name === 'bool_' ? `np.${text}_` : `np.${name}(${text})`;
}

const METHODS: readonly (readonly [string, string, (interpreter: Interpreter, args: Args) => Value])[] = [
  ['__bool__', 'self', (_, [self]) => numberOf(self) !== 0],
  ['__ceil__', 'self', (_, [self]) => Math.ceil(numberOf(self))],
  ['__float__', 'self', (_, [self]) => new PyFloat(numberOf(self))],
  ['__floor__', 'self', (_, [self]) => Math.floor(numberOf(self))],
  ['__format__', 'self, spec', (ip, [self, spec]) => formatBuiltin(ip, plainOf(self), String(spec))],
  ['__hash__', 'self', (ip, [self]) => ip.call(ip.builtins.get('hash') as Value, [plainOf(self)])],
  ['__int__', 'self', whole],
  ['__new__', 'cls, value=0, /', make],
  ['__repr__', 'self', repr],
  ['__round__', 'self, ndigits=None', round],
  ['__str__', 'self', printed],
  ['__trunc__', 'self', whole],
  ['is_integer', 'self', (_, [self]) => Number.isInteger(numberOf(self))],
  ['item', 'self, *args', (_, [self]) => plainOf(self)],
  ['tolist', 'self', (_, [self]) => plainOf(self)],
];

/** With no digits Python's int, else a scalar of the same type. */
function round(interpreter: Interpreter, [self, digits]: Args): Value {
  const rounded = interpreter.call(interpreter.builtins.get('round') as Value, [
    plainOf(self),
    ...(digits === null ? [] : [digits as Value]),
  ]);
  return digits === null ? rounded : make(interpreter, [(self as PyInstance).type, rounded]);
}

const PROPERTIES: readonly (readonly [string, (interpreter: Interpreter, self: Value) => Value])[] = [
  ['T', (_, self) => self],
  ['dtype', (interpreter, self) => numpyOf(interpreter).dtype(specOf(interpreter, self).dtype)],
  ['imag', () => 0],
  ['itemsize', (interpreter, self) => byteSize(specOf(interpreter, self).dtype, 1)],
  ['nbytes', (interpreter, self) => byteSize(specOf(interpreter, self).dtype, 1)],
  ['ndim', () => 0],
  ['real', (_, self) => self],
  ['shape', () => new PyTuple([])],
  ['size', () => 1],
];

/** Only integers are indices. */
function indexOf(interpreter: Interpreter, [self]: Args): Value {
  const plain = plainOf(self);
  if (plain instanceof PyFloat)
    return interpreter.raise(
      'TypeError',
      `'${(self as PyInstance).type.name}' object cannot be interpreted as an integer`,
    );
  return Number(plain);
}

export const scalarAttributes = (): [string, Value][] => [
  ...arrayMethods(),
  ...sharedOperators(),
  ...METHODS.map(([name, signature, body]): [string, Value] => [name, native(name, signature, body)]),
  ['__index__', native('__index__', 'self', indexOf)],
  ...PROPERTIES.map(([name, get]): [string, Value] => [
    name,
    new PyProperty(native(name, 'self', (interpreter, [self]) => get(interpreter, self as Value))),
  ]),
];
