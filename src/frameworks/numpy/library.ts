// NumPy as model code uses it: sizes and constants. Functions that are not modelled give an unknown value when they are
// called; modules besides these are not modelled either. Names that NumPy gave up (np.int) mean what they meant.

import type { Interpreter } from '../../python/interpreter';
import type { Library, ModuleDefinition } from '../../python/library';
import { native } from '../../python/native';
import { isSubclass } from '../../python/types';
import {
  type Namespace,
  NativeFunction,
  PyClass,
  PyFloat,
  PyInstance,
  PyTuple,
  type Value,
} from '../../python/values';
import { kindOf } from '../../tensor/dtype';
import { makeNativeClass } from '../torch/classes';
import { floatLimits, intLimits } from '../torch/constants';
import { LINALG } from './linalg';
import { arrayMethods, FUNCTIONS } from './methods';
import { createArrayClass } from './ndarray';
import { promote } from './promotion';
import { randomNamespace } from './random';
import { functionsOf, unread } from './rows';
import { scalarAttributes } from './scalars';
import { FFT } from './signal';
import { Numpy, numpyOf } from './state';
import { createTypes, dtypeFrom, SCALAR_ALIASES } from './types';
import { PAIRS, ufuncs } from './ufuncs';

type Args = readonly Value[];

const CONSTANTS: Readonly<Record<string, number>> = {
  e: Math.E,
  euler_gamma: 0.5772156649015329,
  inf: Number.POSITIVE_INFINITY,
  infty: Number.POSITIVE_INFINITY,
  nan: Number.NaN,
  NaN: Number.NaN,
  pi: Math.PI,
};

/** Names that stood for Python's own types. */
const GIVEN_UP = ['complex', 'float', 'int', 'object', 'str'];

function numpyNamespace(interpreter: Interpreter): Namespace {
  const types = createTypes(interpreter, scalarAttributes());
  const np = new Numpy(interpreter, types, createArrayClass(interpreter));
  const { classes, dtype } = types;
  const methods = new Map(arrayMethods());
  dtype.attributes.set('__new__', native('__new__', 'cls, dtype=None, *args, **kwargs', makeDtype));
  return new Map<string, Value>([
    ...functionsOf(FUNCTIONS),
    ...functionsOf(PAIRS),
    ...ufuncs((name) => methods.get(name) ?? null),
    ...functionsOf([
      ['issubdtype', 'arg1, arg2', isSubType],
      ['promote_types', 'type1, type2', promoted],
      ['result_type', 'type1, type2', promoted],
    ]),
    ...Object.entries(CONSTANTS).map(([name, value]): [string, Value] => [name, new PyFloat(value)]),
    ...GIVEN_UP.map((name): [string, Value] => [name, interpreter.builtins.get(name) ?? null]),
    ...classes,
    ...Object.entries(SCALAR_ALIASES).map(([alias, name]): [string, Value] => [
      alias,
      classes.get(name) ?? null,
    ]),
    ['dtype', dtype],
    ['ndarray', np.ndarray],
    ['newaxis', null],
    ['__version__', '2.4.0'],
    ['finfo', limits(interpreter, 'finfo')],
    ['iinfo', limits(interpreter, 'iinfo')],
    ...['printoptions', 'errstate'].map((name): [string, Value] => [name, quietContext(interpreter, name)]),
    ...['save', 'savetxt', 'savez', 'savez_compressed', 'set_printoptions', 'seterr'].map(
      (name): [string, Value] => [name, native(name, '*args, **kwargs', () => null)],
    ),
    ['__getattr__', native('__getattr__', 'name', (ip, [name]) => unmodelled(ip, 'numpy', String(name)))],
  ]);
}

/** numpy.dtype('float32'). */
function makeDtype(interpreter: Interpreter, [, value]: Args): Value {
  const dtype = dtypeFrom(value) ?? (value === null ? 'float64' : undefined);
  if (dtype === undefined)
    return unread(interpreter, `numpy.dtype(${interpreter.repr(value as Value)}) is not followed`);
  return numpyOf(interpreter).dtype(dtype);
}

function isSubType(interpreter: Interpreter, [one, other]: Args): Value {
  const [a, b] = [one, other].map((value) => scalarClass(interpreter, value as Value));
  return a !== undefined && b !== undefined && isSubclass(a, b);
}

function scalarClass(interpreter: Interpreter, value: Value): PyClass | undefined {
  if (value instanceof PyClass && value.module === 'numpy') return value;
  const dtype = dtypeFrom(value);
  const instance = dtype && numpyOf(interpreter).types.dtypes.get(dtype);
  const type = instance instanceof PyInstance ? instance.attributes.get('type') : undefined;
  return type instanceof PyClass ? type : undefined;
}

function promoted(interpreter: Interpreter, [one, other]: Args): Value {
  const [a, b] = [one, other].map((value) => dtypeFrom(value) ?? dtypeOfArray(interpreter, value as Value));
  return a && b
    ? numpyOf(interpreter).dtype(promote(a, b))
    : unread(interpreter, 'a type that is not followed');
}

const dtypeOfArray = (interpreter: Interpreter, value: Value) =>
  dtypeFrom(interpreter.findAttribute(value, 'dtype'));

/** finfo and iinfo, of a type or of an array. */
function limits(interpreter: Interpreter, name: 'finfo' | 'iinfo'): Value {
  return makeNativeClass(
    interpreter,
    name,
    [
      [
        '__init__',
        'self, dtype',
        (ip, [self, type]) => {
          const dtype = dtypeFrom(type) ?? dtypeOfArray(ip, type as Value) ?? 'float64';
          const found =
            (name === 'finfo' ? floatLimits(dtype) : intLimits(dtype)) ?? new Map<string, Value>();
          for (const [key, value] of found)
            (self as PyInstance).attributes.set(
              key,
              typed(ip, value, kindOf(dtype) === 'float' ? dtype : 'int64'),
            );
          return null;
        },
      ],
    ],
    [],
    'numpy',
  );
}

const typed = (interpreter: Interpreter, value: Value, dtype: Parameters<typeof promote>[0]): Value =>
  value instanceof PyFloat ? numpyOf(interpreter).scalar(dtype, value.value) : value;

/** A context manager that changes what is printed or warned of. */
const quietContext = (interpreter: Interpreter, name: string): Value =>
  makeNativeClass(
    interpreter,
    name,
    [
      ['__init__', 'self, *args, **kwargs', () => null],
      ['__enter__', 'self', (_, [self]) => self as Value],
      ['__exit__', 'self, *details', () => false],
    ],
    [],
    'numpy',
  );

function unmodelled(interpreter: Interpreter, module: string, name: string): Value {
  if (name.startsWith('__'))
    return interpreter.raise('AttributeError', `module '${module}' has no attribute '${name}'`);
  const reason = `${module}.${name} is not modelled yet`;
  if (/^[A-Z]/.test(name)) return unread(interpreter, reason);
  return new NativeFunction(name, (ip) => unread(ip, reason));
}

/** Packages come before their parts. */
const whole =
  (build: (interpreter: Interpreter) => Namespace) =>
  (interpreter: Interpreter): Namespace => {
    interpreter.modules.ensureRun(interpreter.modules.import('numpy'));
    return build(interpreter);
  };

/** A module of which some names are modelled. */
const partly =
  (module: string, build: (interpreter: Interpreter) => Namespace) =>
  (interpreter: Interpreter): Namespace =>
    new Map<string, Value>([
      ...whole(build)(interpreter),
      ['__getattr__', native('__getattr__', 'name', (ip, [name]) => unmodelled(ip, module, String(name)))],
    ]);

/** numpy.typing: names for annotations. */
function typingNamespace(interpreter: Interpreter): Namespace {
  const np = numpyOf(interpreter);
  return new Map<string, Value>([
    ['ArrayLike', interpreter.types.object],
    ['DTypeLike', interpreter.types.object],
    ['NDArray', np.ndarray],
    ['NBitBase', new PyTuple([])],
  ]);
}

const MODULES: Readonly<Record<string, (interpreter: Interpreter) => Namespace>> = {
  numpy: numpyNamespace,
  'numpy.fft': partly('numpy.fft', () => new Map(functionsOf(FFT))),
  'numpy.lib.stride_tricks': partly('numpy.lib.stride_tricks', () => new Map()),
  'numpy.linalg': partly('numpy.linalg', () => new Map(functionsOf(LINALG))),
  'numpy.ma': partly('numpy.ma', () => new Map()),
  'numpy.polynomial': partly('numpy.polynomial', () => new Map()),
  'numpy.random': partly('numpy.random', randomNamespace),
  'numpy.testing': partly('numpy.testing', () => new Map()),
  'numpy.typing': whole(typingNamespace),
};

export const numpyLibrary: Library = {
  find(name): ModuleDefinition | undefined {
    const build = MODULES[name];
    return build && { kind: 'native', build };
  },
};
