// Element-wise functions: arithmetic, roundings, comparisons, logic. Each is one row: the function of the elements, and
// which element type comes out. Operators of arrays are the same rows.

import { broadcast } from '../../ops/arguments';
import type { Interpreter } from '../../python/interpreter';
import { pyFloorDiv, pyMod } from '../../python/numbers';
import { floatOf } from '../../python/unwrap';
import { PyComplex, PyFloat, PyInstance, PyTuple, type Value } from '../../python/values';
import { foldElements, roundHalfEven, stretchContents } from '../../tensor/contents';
import { type DType, kindOf } from '../../tensor/dtype';
import { realOf } from '../../tensor/promotion';
import type { TensorSpec } from '../../tensor/tensor';
import { tensorOf } from '../torch/tensors';
import { cast, dtypeArgument, operandOf } from './convert';
import { floatFor, resultType } from './promotion';
import { arrayFunction, NotKnown, notKnown, type Row } from './rows';
import { type Numpy, numpyOf } from './state';

type Fold = (...elements: number[]) => number;

/** `same` = promoted, `float` = as floats, `bool`; integers may have a function of their own. */
interface Ufunc {
  readonly fold: Fold;
  readonly type?: 'same' | 'float' | 'bool';
  readonly ints?: Fold;
  readonly arity?: 1 | 2;
  readonly onlyInts?: boolean;
  /** Its folding along an axis, as np.add.reduce. */
  readonly reduce?: string;
}

const float1 = (fold: Fold): Ufunc => ({ fold, type: 'float', arity: 1 });
const same1 = (fold: Fold): Ufunc => ({ fold, arity: 1 });
const bool1 = (fold: (x: number) => boolean): Ufunc => ({
  fold: (x) => Number(fold(x as number)),
  type: 'bool',
  arity: 1,
});
const bool2 = (fold: (a: number, b: number) => boolean): Ufunc => ({
  fold: (a, b) => Number(fold(a as number, b as number)),
  type: 'bool',
});

const bits = (fold: (a: bigint, b: bigint) => bigint): Ufunc => ({
  fold: (a, b) => Number(fold(BigInt(a as number), BigInt(b as number))),
  onlyInts: true,
});

const gcd = (a: number, b: number): number => (b === 0 ? Math.abs(a) : gcd(b, a % b));
const nan =
  (fold: Fold): Fold =>
  (...xs) =>
    xs.some(Number.isNaN) ? Number.NaN : fold(...xs);

export const UFUNCS: Readonly<Record<string, Ufunc>> = {
  abs: same1(Math.abs),
  add: { fold: (a, b) => a + b, reduce: 'sum' },
  arccos: float1(Math.acos),
  arcsin: float1(Math.asin),
  arctan: float1(Math.atan),
  arctan2: { fold: Math.atan2, type: 'float' },
  bitwise_and: bits((a, b) => a & b),
  bitwise_not: { fold: (x) => 1 - x, ints: (x) => -1 - x, arity: 1, onlyInts: true },
  bitwise_or: bits((a, b) => a | b),
  bitwise_xor: bits((a, b) => a ^ b),
  cbrt: float1(Math.cbrt),
  ceil: same1(Math.ceil),
  conj: same1((x) => x),
  cos: float1(Math.cos),
  cosh: float1(Math.cosh),
  deg2rad: float1((x) => x * (Math.PI / 180)),
  divide: { fold: (a, b) => a / b, type: 'float' },
  equal: bool2((a, b) => a === b),
  exp: float1(Math.exp),
  exp2: float1((x) => 2 ** x),
  expm1: float1(Math.expm1),
  fabs: float1(Math.abs),
  float_power: { fold: (a, b) => a ** b, type: 'float' },
  floor: same1(Math.floor),
  floor_divide: { fold: pyFloorDiv, ints: (a, b) => (b === 0 ? 0 : Math.floor(a / b)) },
  fmax: { fold: (a, b) => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.max(a, b)) },
  fmin: { fold: (a, b) => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : Math.min(a, b)) },
  fmod: { fold: (a, b) => a % b, ints: (a, b) => (b === 0 ? 0 : a % b) },
  gcd: { fold: gcd },
  greater: bool2((a, b) => a > b),
  greater_equal: bool2((a, b) => a >= b),
  hypot: { fold: Math.hypot, type: 'float' },
  isfinite: bool1(Number.isFinite),
  isinf: bool1((x) => Math.abs(x) === Number.POSITIVE_INFINITY),
  isnan: bool1(Number.isNaN),
  lcm: { fold: (a, b) => (a === 0 || b === 0 ? 0 : Math.abs(a * b) / gcd(a, b)) },
  left_shift: bits((a, b) => a << b),
  less: bool2((a, b) => a < b),
  less_equal: bool2((a, b) => a <= b),
  log: float1(Math.log),
  log10: float1(Math.log10),
  log1p: float1(Math.log1p),
  log2: float1(Math.log2),
  logical_and: { ...bool2((a, b) => a !== 0 && b !== 0), reduce: 'all' },
  logical_not: bool1((x) => x === 0),
  logical_or: { ...bool2((a, b) => a !== 0 || b !== 0), reduce: 'any' },
  logical_xor: bool2((a, b) => (a !== 0) !== (b !== 0)),
  maximum: { fold: nan(Math.max), reduce: 'max' },
  minimum: { fold: nan(Math.min), reduce: 'min' },
  multiply: { fold: (a, b) => a * b, reduce: 'prod' },
  negative: same1((x) => -x),
  not_equal: bool2((a, b) => a !== b),
  positive: same1((x) => x),
  power: { fold: (a, b) => a ** b },
  rad2deg: float1((x) => x * (180 / Math.PI)),
  reciprocal: same1((x) => 1 / x),
  remainder: { fold: pyMod, ints: (a, b) => (b === 0 ? 0 : pyMod(a, b)) },
  right_shift: bits((a, b) => a >> b),
  rint: float1(roundHalfEven),
  sign: same1(Math.sign),
  sin: float1(Math.sin),
  sinh: float1(Math.sinh),
  sqrt: float1(Math.sqrt),
  square: same1((x) => x * x),
  subtract: { fold: (a, b) => a - b },
  tan: float1(Math.tan),
  tanh: float1(Math.tanh),
  trunc: same1(Math.trunc),
};

/** Other names of the same functions. */
export const UFUNC_ALIASES: Readonly<Record<string, string>> = {
  absolute: 'abs',
  bitwise_invert: 'bitwise_not',
  conjugate: 'conj',
  degrees: 'rad2deg',
  fix: 'trunc',
  invert: 'bitwise_not',
  mod: 'remainder',
  pow: 'power',
  radians: 'deg2rad',
  true_divide: 'divide',
};

/** A result of a ufunc: types first, then elements where they are known. */
export function applyUfunc(
  interpreter: Interpreter,
  name: string,
  args: readonly Value[],
  dtype?: DType,
): TensorSpec {
  const { fold, ints, type = 'same', onlyInts } = UFUNCS[name] as Ufunc;
  const operands = args.map((arg) => operandOf(interpreter, arg));
  const strong = operands.filter(({ weak }) => !weak).map(({ spec }) => spec.dtype);
  const met =
    dtype ??
    resultType(
      strong,
      operands.flatMap(({ weak }) => weak ?? []),
    );
  const computed =
    type === 'float' ? floatFor(name === 'divide' || name === 'float_power' ? widest(met) : met) : met;
  const shape = broadcast(...operands.map(({ spec }) => spec.shape));
  const out = type === 'bool' ? 'bool' : SIZES.has(name) ? realOf(computed) : computed;
  if (onlyInts && kindOf(met) === 'float')
    interpreter.raise('TypeError', `ufunc '${name}' not supported for the input types`);
  if (name === 'power' && kindOf(computed) === 'int') refuseNegative(interpreter, operands[1]?.spec);
  const inputs = operands.map(({ spec }) => stretchContents(cast(spec, computed), shape));
  const isInt = kindOf(computed) === 'int';
  const contents = foldElements(inputs, out, isInt && ints ? ints : fold);
  return { shape, dtype: out, ...(contents && { contents }) };
}

/** What is real of complex numbers. */
const SIZES: ReadonlySet<string> = new Set(['abs', 'absolute']);

/** True division of integers of any width gives float64, but for the smallest floats. */
const widest = (dtype: DType): DType => (kindOf(dtype) === 'int' || dtype === 'bool' ? 'float64' : dtype);

function refuseNegative(interpreter: Interpreter, exponent: TensorSpec | undefined): void {
  if (exponent?.contents?.some((item) => item < 0))
    interpreter.raise('ValueError', 'Integers to negative integer powers are not allowed.');
}

/** Calls a ufunc as Python does. A tensor among the arguments makes the result a tensor. */
export function callUfunc(
  interpreter: Interpreter,
  name: string,
  args: readonly Value[],
  dtype?: DType,
): Value {
  const numpy = numpyOf(interpreter);
  const double = dtype === undefined ? ofDoubles(numpy, name, args) : undefined;
  if (double !== undefined) return numpy.scalar('float64', double);
  return numpy.result(applyUfunc(interpreter, name, args, dtype));
}

/**
 * The result of numbers of which one is a float of 64 bits; undefined where it is of another type. The same as
 * `applyUfunc` gives, in less time: tables of positions are made of a million such calls.
 */
function ofDoubles(numpy: Numpy, name: string, args: readonly Value[]): number | undefined {
  const { fold, type, onlyInts } = UFUNCS[name] as Ufunc;
  if (type === 'bool' || onlyInts) return undefined;
  let isDouble = false;
  const numbers: number[] = [];
  for (const arg of args) {
    const double = numpy.doubleOf(arg);
    if (double === undefined && typeof arg !== 'number') return undefined;
    isDouble ||= double !== undefined;
    numbers.push(double ?? (arg as number));
  }
  return isDouble ? fold(...numbers) : undefined;
}

/** Whether a value can stand beside an array in arithmetic; tensors keep their own operators. */
export const isOperand = (value: Value): boolean =>
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  typeof value === 'bigint' ||
  value instanceof PyFloat ||
  value instanceof PyComplex ||
  floatOf(value) !== undefined ||
  (value instanceof PyInstance && tensorOf(value) !== undefined && value.type.name !== 'Tensor');

function ufuncRow(name: string, { arity = 2 }: Ufunc, row: string): Row {
  const parameters = arity === 1 ? 'x, /, out=None' : 'x1, x2, /, out=None';
  return [
    name,
    `${parameters}, *, where=True, casting="same_kind", order="K", dtype=None, subok=True`,
    (interpreter, args) => {
      const dtype = dtypeArgument(interpreter, args[arity + 4]);
      const operands = args.slice(0, arity);
      if (args[arity + 1] !== true) throw new NotKnown(notKnown(interpreter));
      if (operands.some((operand) => operand instanceof PyInstance && operand.type.module === 'torch'))
        return onTensor(interpreter, row, operands);
      return callUfunc(interpreter, row, operands, dtype);
    },
  ];
}

/** NumPy's functions on tensors give tensors: they are those of PyTorch, where it has the name. */
function onTensor(interpreter: Interpreter, name: string, operands: readonly Value[]): Value {
  const torch = interpreter.importModule('torch');
  return interpreter.call(interpreter.getAttribute(torch, name), operands);
}

/** All ufuncs by name, with `reduce` and `outer` where they have them. */
export function ufuncs(method: (name: string) => Value): [string, Value][] {
  const names = [...Object.keys(UFUNCS), ...Object.keys(UFUNC_ALIASES)];
  return names.map((name) => {
    const row = UFUNC_ALIASES[name] ?? name;
    const ufunc = UFUNCS[row] as Ufunc;
    const made = arrayFunction(ufuncRow(name, ufunc, row));
    made.attributes = new Map([['nin', ufunc.arity ?? 2]]);
    if (ufunc.reduce !== undefined) made.attributes.set('reduce', method(ufunc.reduce));
    return [name, made];
  });
}

/** `np.divmod`, `np.modf`. */
export const PAIRS: readonly Row[] = [
  [
    'divmod',
    'x1, x2, /',
    (interpreter, [a, b]) =>
      new PyTuple(
        ['floor_divide', 'remainder'].map((name) => callUfunc(interpreter, name, [a as Value, b as Value])),
      ),
  ],
];
