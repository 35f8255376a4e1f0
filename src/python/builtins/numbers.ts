// int, bool, float and complex: construction from texts and other numbers, and their methods.

import { fixedText } from '../format-numbers';
import { hashOf } from '../hashing';
import type { Interpreter } from '../interpreter';
import { known } from '../known';
import { native } from '../native';
import { bitLength, floatRepr, floatToInt, type Int, normalizeInt, roundHalfEven } from '../numbers';
import { builtinRepr, formatBuiltin } from '../text';
import { floatOf, intOf, textOf, unwrap } from '../unwrap';
import {
  ClassMethod,
  type Namespace,
  type NativeFunction,
  PyBytes,
  type PyClass,
  PyComplex,
  PyFloat,
  PyInstance,
  PyProperty,
  PyTuple,
  type Value,
} from '../values';
import {
  binaryMethods,
  comparisonMethods,
  isInteger,
  isNumber,
  reflectedMethods,
  stripped,
  unaryMethods,
} from './dunders';
import { bytesOf, floatArgument, intArgument, table } from './receivers';

const ARITHMETIC = ['add', 'floordiv', 'mod', 'mul', 'pow', 'sub', 'truediv'];
const BITS = ['and', 'lshift', 'or', 'rshift', 'xor'];
const COMPARED = ['eq', 'ge', 'gt', 'le', 'lt', 'ne'];

/** An instance where `cls` is a subclass of the built-in type; the plain value else. */
export function wrapped(cls: Value | undefined, builtin: PyClass, plain: Value): Value {
  if (cls === builtin) return plain;
  const instance = new PyInstance(cls as PyClass);
  instance.payload = plain;
  return instance;
}

// --- int --------------------------------------------------------------------------------------------------------------

export function intMethods(): Namespace {
  const methods = table([
    ...shared(),
    ...binaryMethods([...ARITHMETIC, ...BITS], isNumber),
    ...reflectedMethods([...ARITHMETIC, ...BITS], isNumber),
    ...unaryMethods({ invert: '~', neg: '-', pos: '+' }),
    known('__abs__', 'self, /', (interpreter, [self]) => absolute(intArgument(interpreter, self))),
    known('__bool__', 'self, /', (interpreter, [self]) => Number(intArgument(interpreter, self)) !== 0),
    known('__ceil__', 'self, /', (_, [self]) => intOf(self as Value) ?? null),
    known('__float__', 'self, /', (_, [self]) => new PyFloat(floatOf(self as Value) ?? 0)),
    known('__floor__', 'self, /', (_, [self]) => intOf(self as Value) ?? null),
    known('__index__', 'self, /', (_, [self]) => intOf(self as Value) ?? null),
    known('__int__', 'self, /', (_, [self]) => intOf(self as Value) ?? null),
    known('__new__', 'cls, x=0, /, base=None', newInt),
    known('__round__', 'self, ndigits=None, /', (interpreter, [self, digits]) =>
      roundInt(interpreter, self as Value, digits),
    ),
    known('__trunc__', 'self, /', (_, [self]) => intOf(self as Value) ?? null),
    known('as_integer_ratio', 'self, /', (_, [self]) => new PyTuple([intOf(self as Value) ?? null, 1])),
    known('bit_count', 'self, /', (interpreter, [self]) => bitCount(intArgument(interpreter, self))),
    known('bit_length', 'self, /', (interpreter, [self]) => bitLength(intArgument(interpreter, self))),
    known('conjugate', 'self, /', (_, [self]) => intOf(self as Value) ?? null),
    known('to_bytes', 'self, length=1, byteorder="big", *, signed=False', toBytes),
  ]);
  readable(methods, 'denominator', () => 1);
  readable(methods, 'imag', () => 0);
  readable(methods, 'numerator', (self) => intOf(self) ?? null);
  readable(methods, 'real', (self) => intOf(self) ?? null);
  methods.set(
    'from_bytes',
    new ClassMethod(known('from_bytes', 'cls, bytes, byteorder="big", *, signed=False', fromBytes)),
  );
  return methods;
}

/** What int and float have in common. */
const shared = (): NativeFunction[] => [
  ...comparisonMethods(COMPARED, isNumber),
  known('__divmod__', 'self, other, /', (interpreter, [self, other]) =>
    divmod(interpreter, stripped(self as Value), other as Value),
  ),
  known('__format__', 'self, spec, /', (interpreter, [self, spec]) =>
    formatBuiltin(interpreter, stripped(self as Value), String(spec)),
  ),
  known('__hash__', 'self, /', (interpreter, [self]) => hashOf(interpreter, self as Value)),
  known('__rdivmod__', 'self, other, /', (interpreter, [self, other]) =>
    divmod(interpreter, other as Value, stripped(self as Value)),
  ),
  native('__repr__', 'self, /', (interpreter, [self]) => builtinRepr(interpreter, stripped(self as Value))),
];

export const divmod = (interpreter: Interpreter, a: Value, b: Value): Value =>
  new PyTuple([interpreter.binary('//', a, b), interpreter.binary('%', a, b)]);

function readable(methods: Namespace, name: string, read: (self: Value) => Value): void {
  methods.set(name, new PyProperty(known(name, 'self, /', (_, [self]) => read(self as Value))));
}

const absolute = (value: Int): Int => (value < 0 ? normalizeInt(-BigInt(value)) : value);

const bitCount = (value: Int): number =>
  [...BigInt(absolute(value)).toString(2)].filter((bit) => bit === '1').length;

function newInt(interpreter: Interpreter, [cls, value, base]: readonly Value[]): Value {
  return wrapped(cls, interpreter.types.int, toInt(interpreter, value as Value, base as Value));
}

function toInt(interpreter: Interpreter, value: Value, base: Value): Value {
  const plain = unwrap(value);
  const text = plain instanceof PyBytes ? plain.text : plain;
  if (typeof text === 'string')
    return parseInt10(interpreter, text, base === null ? 10 : Number(intArgument(interpreter, base)));
  if (base !== null) interpreter.raise('TypeError', "int() can't convert non-string with explicit base");
  const int = intOf(plain);
  if (int !== undefined) return int;
  if (plain instanceof PyFloat) return truncate(interpreter, plain.value);
  return (
    byMethods(interpreter, plain, ['__int__', '__index__', '__trunc__']) ?? refuseInt(interpreter, plain)
  );
}

const refuseInt = (interpreter: Interpreter, value: Value): never =>
  interpreter.raise(
    'TypeError',
    `int() argument must be a string, a bytes-like object or a real number, not '${interpreter.typeOf(value).name}'`,
  );

function byMethods(interpreter: Interpreter, value: Value, names: readonly string[]): Value | undefined {
  for (const name of names) {
    const method = interpreter.findAttribute(value, name);
    if (method !== undefined) return interpreter.call(method);
  }
  return undefined;
}

export function truncate(interpreter: Interpreter, value: number): Int {
  if (Number.isNaN(value)) interpreter.raise('ValueError', 'cannot convert float NaN to integer');
  if (!Number.isFinite(value)) interpreter.raise('OverflowError', 'cannot convert float infinity to integer');
  return floatToInt(value);
}

const PREFIXES: Readonly<Record<string, number>> = { b: 2, o: 8, x: 16 };

function parseInt10(interpreter: Interpreter, text: string, base: number): Int {
  const [, sign = '', prefix, digits = ''] = /^\s*([-+]?)(?:0([box]))?([0-9a-z_]+)\s*$/i.exec(text) ?? [];
  const named = prefix === undefined ? undefined : PREFIXES[prefix.toLowerCase()];
  const usesPrefix = named !== undefined && (base === 0 || base === named);
  const body = (usesPrefix || prefix === undefined ? digits : `0${prefix}${digits}`).toLowerCase();
  const radix = usesPrefix ? named : base || 10;
  const valid =
    /^[0-9a-z]+(_[0-9a-z]+)*$/.test(body) && [...body].every((c) => c === '_' || digitOf(c) < radix);
  if (!valid)
    interpreter.raise(
      'ValueError',
      `invalid literal for int() with base ${base}: ${builtinRepr(interpreter, text)}`,
    );
  const value = [...body.replaceAll('_', '')].reduce(
    (sum, c) => sum * BigInt(radix) + BigInt(digitOf(c)),
    0n,
  );
  return normalizeInt(sign === '-' ? -value : value);
}

const digitOf = (c: string): number => Number.parseInt(c, 36);

function roundInt(interpreter: Interpreter, self: Value, digits: Value | undefined): Value {
  const value = intArgument(interpreter, self);
  const places = digits === null ? 0 : Number(intArgument(interpreter, digits));
  if (places >= 0) return value;
  const unit = 10 ** -places;
  return normalizeInt(roundHalfEven(Number(value) / unit) * unit);
}

function toBytes(interpreter: Interpreter, [self, length, order]: readonly Value[]): Value {
  let rest = BigInt.asUintN(8 * Number(length), BigInt(intArgument(interpreter, self)));
  const bytes: string[] = [];
  for (let index = 0; index < Number(length); index++, rest >>= 8n)
    bytes.push(String.fromCharCode(Number(rest & 0xffn)));
  return new PyBytes((order === 'little' ? bytes : bytes.reverse()).join(''));
}

function fromBytes(interpreter: Interpreter, [, bytes, order, signed]: readonly Value[]): Value {
  const text = bytesOf(interpreter, bytes).text;
  const big = order === 'little' ? [...text].reverse() : [...text];
  const value = big.reduce((sum, c) => sum * 256n + BigInt(c.charCodeAt(0)), 0n);
  return normalizeInt(signed === true ? BigInt.asIntN(8 * text.length, value) : value);
}

// --- bool -------------------------------------------------------------------------------------------------------------

export function boolMethods(): Namespace {
  return table([
    known('__new__', 'cls, x=False, /', (interpreter, [, value]) => interpreter.truth(value as Value)),
    native('__repr__', 'self, /', (interpreter, [self]) => builtinRepr(interpreter, self as Value)),
    ...['and', 'or', 'xor'].flatMap((name) => binaryMethods([name], isInteger)),
  ]);
}

// --- float ------------------------------------------------------------------------------------------------------------

export function floatMethods(): Namespace {
  const methods = table([
    ...shared(),
    ...binaryMethods(ARITHMETIC, isNumber),
    ...reflectedMethods(ARITHMETIC, isNumber),
    ...unaryMethods({ neg: '-', pos: '+' }),
    known(
      '__abs__',
      'self, /',
      (interpreter, [self]) => new PyFloat(Math.abs(floatArgument(interpreter, self))),
    ),
    known('__bool__', 'self, /', (interpreter, [self]) => floatArgument(interpreter, self) !== 0),
    known('__ceil__', 'self, /', (interpreter, [self]) =>
      truncate(interpreter, Math.ceil(floatArgument(interpreter, self))),
    ),
    known('__float__', 'self, /', (interpreter, [self]) => new PyFloat(floatArgument(interpreter, self))),
    known('__floor__', 'self, /', (interpreter, [self]) =>
      truncate(interpreter, Math.floor(floatArgument(interpreter, self))),
    ),
    known('__int__', 'self, /', (interpreter, [self]) =>
      truncate(interpreter, floatArgument(interpreter, self)),
    ),
    known('__new__', 'cls, x=0.0, /', (interpreter, [cls, value]) =>
      wrapped(cls, interpreter.types.float, new PyFloat(toFloat(interpreter, value as Value))),
    ),
    known('__round__', 'self, ndigits=None, /', (interpreter, [self, digits]) =>
      roundFloat(interpreter, self, digits),
    ),
    known('__trunc__', 'self, /', (interpreter, [self]) =>
      truncate(interpreter, floatArgument(interpreter, self)),
    ),
    known('as_integer_ratio', 'self, /', (interpreter, [self]) =>
      integerRatio(floatArgument(interpreter, self)),
    ),
    known('conjugate', 'self, /', (_, [self]) => stripped(self as Value)),
    known('hex', 'self, /', (interpreter, [self]) => hexText(floatArgument(interpreter, self))),
    known('is_integer', 'self, /', (interpreter, [self]) =>
      Number.isInteger(floatArgument(interpreter, self)),
    ),
  ]);
  readable(methods, 'imag', () => new PyFloat(0));
  readable(methods, 'real', (self) => stripped(self));
  return methods;
}

/** `float(value)`. */
export function toFloat(interpreter: Interpreter, value: Value): number {
  const text = value instanceof PyBytes ? value.text : textOf(value);
  if (text === undefined) return floatArgument(interpreter, value);
  const clean = text.trim().toLowerCase();
  const special = /^([-+]?)(inf|infinity|nan)$/.exec(clean);
  if (special)
    return (special[1] === '-' ? -1 : 1) * (special[2] === 'nan' ? Number.NaN : Number.POSITIVE_INFINITY);
  if (!/^[-+]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)(e[-+]?\d+)?$/.test(clean)) {
    interpreter.raise('ValueError', `could not convert string to float: ${builtinRepr(interpreter, text)}`);
  }
  return Number(clean.replaceAll('_', ''));
}

function roundFloat(interpreter: Interpreter, self: Value | undefined, digits: Value | undefined): Value {
  const value = floatArgument(interpreter, self);
  if (digits === null || digits === undefined) return truncate(interpreter, roundHalfEven(value));
  const places = Number(intArgument(interpreter, digits));
  if (!Number.isFinite(value) || places > 22) return new PyFloat(value);
  if (places >= 0)
    return new PyFloat(Math.sign(value) * Number(fixedText(Math.abs(value), places)) || value * 0);
  const unit = 10 ** -places;
  return new PyFloat(roundHalfEven(value / unit) * unit);
}

/** A fraction in lowest terms: the denominator of a float is a power of two. */
function integerRatio(value: number): PyTuple {
  let [numerator, denominator] = [value, 1n];
  while (!Number.isInteger(numerator)) [numerator, denominator] = [numerator * 2, denominator * 2n];
  return new PyTuple([normalizeInt(numerator), normalizeInt(denominator)]);
}

function hexText(value: number): string {
  if (!Number.isFinite(value)) return floatRepr(value);
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (value === 0) return `${sign}0x0.0p+0`;
  const exponent = Math.floor(Math.log2(Math.abs(value)));
  const fraction = BigInt(Math.round((Math.abs(value) / 2 ** exponent - 1) * 2 ** 52));
  return `${sign}0x1.${fraction.toString(16).padStart(13, '0')}p${exponent < 0 ? '' : '+'}${exponent}`;
}

// --- complex ----------------------------------------------------------------------------------------------------------

export function complexMethods(): Namespace {
  const methods = table([
    ...comparisonMethods(['eq', 'ne'], isNumber),
    known('__abs__', 'self, /', (interpreter, [self]) => {
      const { real, imag } = complexOf(interpreter, self);
      return new PyFloat(Math.hypot(real, imag));
    }),
    known('__new__', 'cls, real=0, imag=0', newComplex),
    native('__repr__', 'self, /', (interpreter, [self]) => builtinRepr(interpreter, self as Value)),
    known('conjugate', 'self, /', (interpreter, [self]) => {
      const { real, imag } = complexOf(interpreter, self);
      return new PyComplex(real, -imag);
    }),
  ]);
  const part = (name: 'imag' | 'real') =>
    known(name, 'self, /', (interpreter, [self]) => new PyFloat(complexOf(interpreter, self)[name]));
  methods.set('imag', new PyProperty(part('imag')));
  methods.set('real', new PyProperty(part('real')));
  return methods;
}

export function complexOf(interpreter: Interpreter, value: Value | undefined): PyComplex {
  return value instanceof PyComplex ? value : new PyComplex(floatArgument(interpreter, value), 0);
}

function newComplex(interpreter: Interpreter, [, real, imag]: readonly Value[]): Value {
  if (typeof real === 'string') return interpreter.unknown('complex numbers are not read from texts');
  const [a, b] = [complexOf(interpreter, real), complexOf(interpreter, imag)];
  return new PyComplex(a.real - b.imag, a.imag + b.real);
}
