// The small objects of PyTorch: dtypes, layouts, memory formats, devices, and the limits that finfo and iinfo give.
// Everything lives on the CPU: a device is a name that code compares and passes on.

import type { Interpreter } from '../../python/interpreter';
import { type PyClass, PyFloat, PyInstance, type Value } from '../../python/values';
import { byteSize, type DType, kindOf } from '../../tensor/dtype';
import { makeNativeClass } from './classes';

/** The payload of a constant that operators take by its name. */
export class Constant {
  constructor(
    readonly kind: 'dtype' | 'layout' | 'memory_format',
    readonly name: string,
  ) {}
}

/** Element types that have a name in `torch`. */
const DTYPES: readonly DType[] = [
  'bfloat16',
  'bool',
  'complex128',
  'complex32',
  'complex64',
  'float16',
  'float32',
  'float64',
  'float8_e4m3fn',
  'float8_e4m3fnuz',
  'float8_e5m2',
  'float8_e5m2fnuz',
  'float8_e8m0fnu',
  'int16',
  'int32',
  'int64',
  'int8',
  'uint16',
  'uint32',
  'uint64',
  'uint8',
];

/** Other names of the same. */
export const DTYPE_ALIASES: Readonly<Record<string, DType>> = {
  cdouble: 'complex128',
  cfloat: 'complex64',
  chalf: 'complex32',
  double: 'float64',
  float: 'float32',
  half: 'float16',
  int: 'int32',
  long: 'int64',
  qint32: 'int32',
  qint8: 'int8',
  quint8: 'uint8',
  short: 'int16',
};

export const LAYOUTS = ['jagged', 'sparse_bsr', 'sparse_coo', 'sparse_csr', 'strided'];
export const MEMORY_FORMATS = ['channels_last', 'channels_last_3d', 'contiguous_format', 'preserve_format'];

/** Class `dtype` and its instances. */
export function createDtypes(interpreter: Interpreter): {
  dtype: PyClass;
  instances: Map<DType, PyInstance>;
} {
  const dtype = makeNativeClass(interpreter, 'dtype', [['__repr__', 'self', reprOfConstant]]);
  const instances = new Map(DTYPES.map((name) => [name, dtypeInstance(dtype, name)]));
  for (const [name, instance] of instances) instance.attributes.set('to_complex', complexOf(instances, name));
  return { dtype, instances };
}

function dtypeInstance(cls: PyClass, name: DType): PyInstance {
  const kind = kindOf(name);
  const instance = constant(cls, 'dtype', name);
  instance.attributes.set('is_floating_point', kind === 'float');
  instance.attributes.set('is_complex', kind === 'complex');
  instance.attributes.set('is_signed', kind !== 'bool' && !name.startsWith('uint'));
  instance.attributes.set('itemsize', byteSize(name, 1));
  return instance;
}

const complexOf = (instances: ReadonlyMap<DType, PyInstance>, name: DType): Value =>
  instances.get(name === 'float64' ? 'complex128' : 'complex64') ?? null;

function constant(cls: PyClass, kind: Constant['kind'], name: string): PyInstance {
  const instance = new PyInstance(cls);
  instance.payload = new Constant(kind, name);
  return instance;
}

const reprOfConstant = (_: Interpreter, [self]: readonly Value[]): Value => `torch.${constantName(self)}`;

/** The name of a dtype, layout or memory format. */
export const constantName = (value: Value | undefined): string | undefined =>
  value instanceof PyInstance && value.payload instanceof Constant ? value.payload.name : undefined;

/** The dtype that a value stands for, if it is one. */
export const dtypeOf = (value: Value | undefined): DType | undefined =>
  value instanceof PyInstance && value.payload instanceof Constant && value.payload.kind === 'dtype'
    ? (value.payload.name as DType)
    : undefined;

/** Classes `layout` and `memory_format`. */
export function createNamed(interpreter: Interpreter): { layout: PyClass; memory_format: PyClass } {
  const make = (name: string) => makeNativeClass(interpreter, name, [['__repr__', 'self', reprOfConstant]]);
  return { layout: make('layout'), memory_format: make('memory_format') };
}

/** The instances of a class of names, as members of `torch`. */
export const namedConstants = (
  cls: PyClass,
  kind: Constant['kind'],
  names: readonly string[],
): [string, Value][] => names.map((name) => [name, constant(cls, kind, name)]);

/** Class `device`: `torch.device('cuda:0')`, `torch.device('cuda', 0)`. Also a context manager. */
export function createDevice(interpreter: Interpreter): PyClass {
  return makeNativeClass(interpreter, 'device', [
    ['__init__', 'self, type="cpu", index=None', initialiseDevice],
    ['__enter__', 'self', (_, [self]) => self as Value],
    ['__exit__', 'self, *details', () => null],
    ['__eq__', 'self, other', (_, [self, other]) => deviceName(self) === deviceName(other)],
    ['__hash__', 'self', () => 0],
    ['__repr__', 'self', (_, [self]) => `device(${deviceArguments(self as Value)})`],
    ['__str__', 'self', (_, [self]) => deviceName(self)],
  ]);
}

function initialiseDevice(_: Interpreter, [self, type, index]: readonly Value[]): Value {
  const [name, number] = nameOfDevice(type as Value).split(':');
  const { attributes } = self as PyInstance;
  attributes.set('type', name as string);
  attributes.set('index', number === undefined ? (index as Value) : Number(number));
  return null;
}

/** A device may be given as one, as text, or as the number of a GPU. */
function nameOfDevice(type: Value): string {
  if (typeof type === 'number') return `cuda:${type}`;
  return typeof type === 'string' ? type : deviceName(type);
}

/** `cpu`, `cuda:0`. */
export function deviceName(value: Value | undefined): string {
  if (!(value instanceof PyInstance)) return String(value);
  const type = value.attributes.get('type');
  const index = value.attributes.get('index') ?? null;
  return index === null ? String(type) : `${type}:${index}`;
}

function deviceArguments(device: Value): string {
  const [type, index] = deviceName(device).split(':');
  return index === undefined ? `type='${type}'` : `type='${type}', index=${index}`;
}

/** Mantissa bits and largest exponent of the floats. */
const FLOATS: Partial<Record<DType, readonly [mantissa: number, exponent: number]>> = {
  bfloat16: [7, 127],
  float16: [10, 15],
  float32: [23, 127],
  float64: [52, 1023],
  float8_e4m3fn: [3, 8],
  float8_e5m2: [2, 15],
};

/** What `torch.finfo(dtype)` has to say; undefined where the dtype is none of floats. */
export function floatLimits(dtype: DType): Map<string, Value> | undefined {
  const [mantissa, exponent] = FLOATS[dtype] ?? [];
  if (mantissa === undefined || exponent === undefined) return undefined;
  const step = 2 ** -mantissa;
  const max = dtype === 'float8_e4m3fn' ? 448 : (2 - step) * 2 ** exponent;
  const tiny = 2 ** (dtype === 'float8_e4m3fn' ? -6 : 1 - exponent);
  const floats = { eps: step, max, min: -max, resolution: 10 ** Math.floor(Math.log10(step) + 1), tiny };
  return new Map<string, Value>([
    ['bits', byteSize(dtype, 1) * 8],
    ['dtype', dtype],
    ['smallest_normal', new PyFloat(tiny)],
    ...Object.entries(floats).map(([name, value]): [string, Value] => [name, new PyFloat(value)]),
  ]);
}

/** What `torch.iinfo(dtype)` has to say. */
export function intLimits(dtype: DType): Map<string, Value> | undefined {
  if (kindOf(dtype) !== 'int') return undefined;
  const bits = byteSize(dtype, 1) * 8;
  const signed = !dtype.startsWith('uint');
  const max = (1n << BigInt(signed ? bits - 1 : bits)) - 1n;
  const min = signed ? -max - 1n : 0n;
  return new Map<string, Value>([
    ['bits', bits],
    ['dtype', dtype],
    ['max', narrow(max)],
    ['min', narrow(min)],
  ]);
}

const narrow = (value: bigint): Value =>
  value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value;
