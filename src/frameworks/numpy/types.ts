// NumPy's types: the classes of its scalars, from numpy.generic down to numpy.float64, which serve as element types too,
// and numpy.dtype. A scalar is an instance whose payload is a plain number, so that all of Python takes it for one.
// Left out: texts, objects, dates and records as elements.

import type { Interpreter } from '../../python/interpreter';
import { native } from '../../python/native';
import { makeClass } from '../../python/types';
import { PLAIN_MARK } from '../../python/unwrap';
import { PyClass, PyFloat, PyInstance, type Value } from '../../python/values';
import { byteSize, type DType, kindOf } from '../../tensor/dtype';
import { constantName } from '../torch/constants';

/** Scalar classes that stand between numpy.generic and those of one element type. */
const ABSTRACT: readonly (readonly [name: string, base: string])[] = [
  ['number', 'generic'],
  ['integer', 'number'],
  ['signedinteger', 'integer'],
  ['unsignedinteger', 'integer'],
  ['inexact', 'number'],
  ['floating', 'inexact'],
  ['complexfloating', 'inexact'],
  ['flexible', 'generic'],
  ['character', 'flexible'],
  ['str_', 'character'],
  ['bytes_', 'character'],
  ['object_', 'generic'],
  ['datetime64', 'generic'],
  ['timedelta64', 'signedinteger'],
];

/** Element types by the name of their scalar class. */
export const SCALARS: readonly (readonly [name: string, dtype: DType, base: string])[] = [
  ['bool_', 'bool', 'generic'],
  ['complex128', 'complex128', 'complexfloating'],
  ['complex64', 'complex64', 'complexfloating'],
  ['float16', 'float16', 'floating'],
  ['float32', 'float32', 'floating'],
  ['float64', 'float64', 'floating'],
  ['int16', 'int16', 'signedinteger'],
  ['int32', 'int32', 'signedinteger'],
  ['int64', 'int64', 'signedinteger'],
  ['int8', 'int8', 'signedinteger'],
  ['uint16', 'uint16', 'unsignedinteger'],
  ['uint32', 'uint32', 'unsignedinteger'],
  ['uint64', 'uint64', 'unsignedinteger'],
  ['uint8', 'uint8', 'unsignedinteger'],
];

/** Other names of scalar classes in `numpy`. */
export const SCALAR_ALIASES: Readonly<Record<string, string>> = {
  bool: 'bool_',
  bool8: 'bool_',
  byte: 'int8',
  cdouble: 'complex128',
  cfloat: 'complex128',
  complex_: 'complex128',
  csingle: 'complex64',
  double: 'float64',
  float_: 'float64',
  half: 'float16',
  int_: 'int64',
  intc: 'int32',
  intp: 'int64',
  long: 'int64',
  longlong: 'int64',
  short: 'int16',
  single: 'float32',
  ubyte: 'uint8',
  uint: 'uint64',
  uintc: 'uint32',
  uintp: 'uint64',
  ulonglong: 'uint64',
  ushort: 'uint16',
};

/** Spellings of element types in texts, beside their names. */
const CODES: Readonly<Record<string, DType>> = {
  '?': 'bool',
  bool_: 'bool',
  complex: 'complex128',
  d: 'float64',
  double: 'float64',
  e: 'float16',
  f: 'float32',
  float: 'float64',
  i: 'int32',
  int: 'int64',
  l: 'int64',
  single: 'float32',
  uint: 'uint64',
};

const KINDS: Readonly<Record<string, string>> = { b: 'bool', c: 'complex', f: 'float', i: 'int', u: 'uint' };

export interface NumpyTypes {
  /** Every scalar class by name, abstract ones included. */
  readonly classes: ReadonlyMap<string, PyClass>;
  readonly dtype: PyClass;
  /** Instances of numpy.dtype. */
  readonly dtypes: ReadonlyMap<DType, PyInstance>;
}

/** Scalar classes whose attributes all of them share stand in `generic`. */
export function createTypes(interpreter: Interpreter, generic: readonly [string, Value][]): NumpyTypes {
  const classes = new Map<string, PyClass>();
  const add = (name: string, bases: readonly PyClass[], attributes: readonly [string, Value][] = []) =>
    classes.set(
      name,
      makeClass(interpreter, { name, bases, attributes: new Map(attributes), module: 'numpy' }),
    );
  add('generic', [], [[PLAIN_MARK, true], ...generic]);
  const known = (name: string): PyClass => classes.get(name) as PyClass;
  for (const [name, base] of ABSTRACT) add(name, [known(base)]);
  for (const [name, dtype, base] of SCALARS) {
    const builtin = dtype === 'float64' ? [interpreter.types.float] : [];
    add(name, [known(base), ...builtin]);
  }
  const dtype = dtypeClass(interpreter);
  const dtypes = new Map(SCALARS.map(([name, type]) => [type, dtypeInstance(dtype, type, known(name))]));
  return { classes, dtype, dtypes };
}

function dtypeClass(interpreter: Interpreter): PyClass {
  const nameOf = (self: Value | undefined): string =>
    self instanceof PyInstance ? String(self.payload) : '';
  return makeClass(interpreter, {
    name: 'dtype',
    bases: [],
    module: 'numpy',
    attributes: new Map<string, Value>([
      ['__eq__', native('__eq__', 'self, other', (_, [self, other]) => nameOf(self) === dtypeFrom(other))],
      ['__hash__', native('__hash__', 'self', (ip, [self]) => ip.key(nameOf(self)) as string)],
      ['__repr__', native('__repr__', 'self', (_, [self]) => `dtype('${nameOf(self)}')`)],
      ['__str__', native('__str__', 'self', (_, [self]) => nameOf(self))],
      ['newbyteorder', native('newbyteorder', 'self, order=None', (_, [self]) => self as Value)],
    ]),
  });
}

function dtypeInstance(cls: PyClass, dtype: DType, scalar: PyClass): PyInstance {
  const kind = dtype === 'bool' ? 'b' : dtype.startsWith('u') ? 'u' : (dtype[0] as string);
  const size = byteSize(dtype, 1);
  const instance = new PyInstance(
    cls,
    new Map<string, Value>([
      ['char', kind],
      ['itemsize', size],
      ['kind', kind],
      ['name', dtype],
      ['names', null],
      ['num', size],
      ['str', `${size === 1 ? '|' : '<'}${kind}${size}`],
      ['type', scalar],
    ]),
  );
  instance.payload = dtype;
  return instance;
}

const BUILTINS: Readonly<Record<string, DType>> = {
  bool: 'bool',
  complex: 'complex128',
  float: 'float64',
  int: 'int64',
};

/** The element type that a value names; undefined where it names none that is followed. */
export function dtypeFrom(value: Value | undefined): DType | undefined {
  if (typeof value === 'string') return dtypeNamed(value);
  if (value instanceof PyClass) return dtypeOfClass(value);
  if (!(value instanceof PyInstance)) return undefined;
  if (value.type.name === 'dtype' && value.type.module === 'numpy') return dtypeNamed(String(value.payload));
  return dtypeNamed(constantName(value) ?? '');
}

function dtypeOfClass({ name, module }: PyClass): DType | undefined {
  if (module === 'builtins') return BUILTINS[name];
  if (module !== 'numpy') return undefined;
  const abstract = { floating: 'float64', inexact: 'float64', integer: 'int64', number: 'float64' } as const;
  return SCALARS.find(([own]) => own === name)?.[1] ?? abstract[name as keyof typeof abstract];
}

/** `float32`, `f4`, `<f4`, `float`. */
function dtypeNamed(text: string): DType | undefined {
  const plain = text.replace(/^[<>=|]/, '');
  const [, kind = '', size = ''] = /^([bcfiu])(\d+)$/.exec(plain) ?? [];
  const coded = size === '' ? undefined : kind === 'b' ? 'bool' : `${KINDS[kind]}${8 * Number(size)}`;
  return CODES[plain] ?? SCALARS.find(([, dtype]) => dtype === (coded ?? plain))?.[1];
}

/** An element as the payload of a scalar. */
export function elementOf(dtype: DType, element: number): Value {
  const kind = kindOf(dtype);
  if (kind === 'bool') return element !== 0;
  return kind === 'int' ? element : new PyFloat(element);
}
