// Choosing, ordering and comparing elements: where, clip, unique, sort, nonzero, isin, allclose. What depends on elements
// that are not known is unknown; where only its elements do, the shape is kept.

import { broadcast, resolveDim } from '../../ops/arguments';
import { take } from '../../ops/gathering';
import type { Interpreter } from '../../python/interpreter';
import { PyInstance, PyTuple, type Value } from '../../python/values';
import { roundHalfEven } from '../../tensor/contents';
import { kindOf } from '../../tensor/dtype';
import { elementCount, type TensorSpec } from '../../tensor/tensor';
import { cast, intArgument, numberArgument, operandOf, specOf } from './convert';
import { inferred, stretched, taken } from './layout';
import { resultType } from './promotion';
import { NotKnown, notKnown, type Row, unread } from './rows';
import { numpyOf } from './state';
import { applyUfunc, callUfunc } from './ufuncs';

type Args = readonly Value[];

/** The elements, where there is no answer without them. */
export function elementsOf(interpreter: Interpreter, spec: TensorSpec): readonly number[] {
  if (spec.contents === undefined) throw new NotKnown(notKnown(interpreter));
  return spec.contents;
}

/** The elements of one of two arrays, or where a condition holds. */
function where(interpreter: Interpreter, [condition, x, y]: Args): Value {
  if (x === null || x === undefined) return nonzero(interpreter, [condition as Value]);
  const test = specOf(interpreter, condition as Value);
  const operands = [x as Value, y as Value].map((value) => operandOf(interpreter, value));
  const strong = operands.flatMap(({ spec, weak }) => (weak ? [] : spec.dtype));
  const dtype = resultType(
    strong,
    operands.flatMap(({ weak }) => weak ?? []),
  );
  const shape = broadcast(test.shape, ...operands.map(({ spec }) => spec.shape));
  const [yes, no] = operands.map(({ spec }) => stretched(cast(spec, dtype), shape)) as [
    TensorSpec,
    TensorSpec,
  ];
  const holds = stretched(test, shape).contents;
  const isKnown = holds && yes.contents && no.contents;
  const contents = isKnown
    ? holds.map((item, at) => (item !== 0 ? yes : no).contents?.[at] as number)
    : undefined;
  return numpyOf(interpreter).array({ shape, dtype, ...(contents && { contents }) });
}

/** Places of the elements that are not zero, one row for each. */
function places(interpreter: Interpreter, value: Value): { rank: number; rows: number[][] } {
  const input = specOf(interpreter, value);
  const rows = elementsOf(interpreter, input).flatMap((item, at) =>
    item === 0 ? [] : [coordinates(at, input.shape)],
  );
  return { rank: input.shape.length, rows };
}

function coordinates(at: number, shape: readonly number[]): number[] {
  let rest = at;
  const place = new Array<number>(shape.length);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    place[axis] = rest % (shape[axis] as number);
    rest = Math.floor(rest / (shape[axis] as number));
  }
  return place;
}

function nonzero(interpreter: Interpreter, [a]: Args): Value {
  const { rank, rows } = places(interpreter, a as Value);
  const column = (axis: number): Value =>
    numpyOf(interpreter).array({
      shape: [rows.length],
      dtype: 'int64',
      contents: rows.map((row) => row[axis] as number),
    });
  return new PyTuple(Array.from({ length: rank }, (_, axis) => column(axis)));
}

function argwhere(interpreter: Interpreter, [a]: Args): Value {
  const { rank, rows } = places(interpreter, a as Value);
  return numpyOf(interpreter).array({ shape: [rows.length, rank], dtype: 'int64', contents: rows.flat() });
}

/** Orders the elements of an axis by their places; NaN comes last. */
function ordered(interpreter: Interpreter, [a, axis]: Args, values: boolean): Value {
  const whole = specOf(interpreter, a as Value);
  const input = axis === null ? { ...whole, shape: [elementCount(whole.shape)] } : whole;
  const at = axis === null ? 0 : resolveDim(intArgument(interpreter, axis), input.shape.length);
  const dtype = values ? input.dtype : 'int64';
  const { contents } = input;
  if (contents === undefined) return numpyOf(interpreter).array({ shape: input.shape, dtype });
  const inner = elementCount(input.shape.slice(at + 1));
  const size = input.shape[at] as number;
  const result = [...contents];
  for (const start of contents.keys()) {
    if (Math.floor(start / inner) % size !== 0) continue;
    const lane = Array.from({ length: size }, (_, i) => contents[start + i * inner] as number);
    const order = [...lane.keys()].sort((i, j) => compare(lane[i] as number, lane[j] as number));
    order.forEach((from, to) => {
      result[start + to * inner] = values ? (lane[from] as number) : from;
    });
  }
  return numpyOf(interpreter).array({ shape: input.shape, dtype, contents: result });
}

const compare = (a: number, b: number): number => (Number.isNaN(a) ? 1 : Number.isNaN(b) ? -1 : a - b);

/** The distinct elements in order, and what else is asked for. */
function unique(interpreter: Interpreter, [ar, index, inverse, counts, axis]: Args): Value {
  const np = numpyOf(interpreter);
  const input = specOf(interpreter, ar as Value);
  const { dtype, shape } = input;
  if (axis !== null && shape.length > 1)
    throw new NotKnown(unread(interpreter, 'unique rows of an array are not followed'));
  const items = elementsOf(interpreter, input);
  const distinct = [...new Set(items)].sort(compare);
  const vector = (contents: number[], sizes = [contents.length]): Value =>
    np.array({ shape: sizes, dtype: 'int64', contents });
  const first = np.array({ shape: [distinct.length], dtype, contents: distinct });
  const more = [
    index === true && vector(distinct.map((item) => items.indexOf(item))),
    inverse === true &&
      vector(
        items.map((item) => distinct.indexOf(item)),
        [...shape],
      ),
    counts === true && vector(distinct.map((item) => items.filter((other) => other === item).length)),
  ].filter((part) => part !== false);
  return more.length === 0 ? first : new PyTuple([first, ...more]);
}

/** Between bounds, either of which may be left out. */
function clip(interpreter: Interpreter, [a, low, high, , min, max]: Args): Value {
  const [lower, upper] = [low ?? min ?? null, high ?? max ?? null];
  const input = numpyOf(interpreter).array(specOf(interpreter, a as Value));
  const raised = lower === null ? input : callUfunc(interpreter, 'maximum', [input, lower]);
  return upper === null ? raised : callUfunc(interpreter, 'minimum', [raised, upper]);
}

/** Halves to the even neighbour, after the decimal point or before it. */
function round(interpreter: Interpreter, [a, decimals]: Args): Value {
  const { shape, dtype, contents } = specOf(interpreter, a as Value);
  const places = intArgument(interpreter, decimals);
  const unit = 10 ** Math.abs(places);
  const rounded = (item: number): number =>
    places >= 0 ? roundHalfEven(item * unit) / unit : roundHalfEven(item / unit) * unit;
  const isKept = kindOf(dtype) === 'int' && places >= 0;
  const spec: TensorSpec = {
    shape,
    dtype,
    ...(contents && { contents: isKept ? contents : contents.map(rounded) }),
  };
  return numpyOf(interpreter).result(cast(spec, dtype));
}

/** Elements by their places, along an axis or in the flat array. */
function takeRow(interpreter: Interpreter, [a, indices, axis]: Args): Value {
  const np = numpyOf(interpreter);
  const input = specOf(interpreter, a as Value);
  const index = specOf(interpreter, indices as Value);
  if (axis === null) return np.result(inferred(take, { input, index: cast(index, 'int64') }));
  const at = resolveDim(intArgument(interpreter, axis), input.shape.length);
  const size = input.shape[at] as number;
  const found = taken(
    input,
    at,
    elementsOf(interpreter, index).map((place) => (place < 0 ? place + size : place)),
  );
  return np.result({
    ...found,
    shape: [...input.shape.slice(0, at), ...index.shape, ...input.shape.slice(at + 1)],
  });
}

function isIn(interpreter: Interpreter, [element, test, , invert]: Args): Value {
  const { shape, contents } = specOf(interpreter, element as Value);
  const among = specOf(interpreter, test as Value).contents;
  const found =
    contents && among && contents.map((item) => Number(among.includes(item) !== (invert === true)));
  return numpyOf(interpreter).result({ shape, dtype: 'bool', ...(found && { contents: found }) });
}

function searchSorted(interpreter: Interpreter, [a, v, side]: Args): Value {
  const sorted = elementsOf(interpreter, specOf(interpreter, a as Value));
  const { shape, ...wanted } = specOf(interpreter, v as Value);
  const before = (item: number) => (other: number) => (side === 'right' ? other <= item : other < item);
  const contents = wanted.contents?.map((item) => sorted.filter(before(item)).length);
  return numpyOf(interpreter).result({ shape, dtype: 'int64', ...(contents && { contents }) });
}

/** Whether elements are as good as equal: |a - b| <= atol + rtol * |b|. */
function close(interpreter: Interpreter, [a, b, rtol, atol]: Args): TensorSpec {
  const difference = applyUfunc(interpreter, 'subtract', [a as Value, b as Value]);
  const other = stretched(specOf(interpreter, b as Value), difference.shape).contents;
  const [relative, absolute] = [numberArgument(interpreter, rtol), numberArgument(interpreter, atol)];
  const contents =
    other &&
    difference.contents?.map((item, at) => {
      return Number(item === 0 || Math.abs(item) <= absolute + relative * Math.abs(other[at] as number));
    });
  return { shape: difference.shape, dtype: 'bool', ...(contents && { contents }) };
}

function arrayEqual(interpreter: Interpreter, [a, b]: Args): Value {
  const [one, other] = [a, b].map((value) => specOf(interpreter, value as Value)) as [TensorSpec, TensorSpec];
  if (one.shape.join() !== other.shape.join()) return false;
  const items = elementsOf(interpreter, other);
  return elementsOf(interpreter, one).every((item, at) => item === items[at]);
}

/** Differences of neighbours. */
function diff(interpreter: Interpreter, [a, n, axis]: Args): Value {
  const input = specOf(interpreter, a as Value);
  const at = resolveDim(intArgument(interpreter, axis), input.shape.length);
  let so = input;
  for (let turn = 0; turn < intArgument(interpreter, n); turn++) {
    const size = so.shape[at] as number;
    const part = (start: number): Value =>
      numpyOf(interpreter).array(
        taken(
          so,
          at,
          Array.from({ length: Math.max(0, size - 1) }, (_, i) => i + start),
        ),
      );
    so = applyUfunc(interpreter, 'subtract', [part(1), part(0)]);
  }
  return numpyOf(interpreter).array(so);
}

/** Values of a function that is given at some places and straight in between. */
function interpolate(interpreter: Interpreter, [x, xp, fp, ...options]: Args): Value {
  const { shape, contents } = specOf(interpreter, x as Value);
  if (options.some((option) => option !== null))
    return numpyOf(interpreter).result({ shape, dtype: 'float64' });
  const [places, values] = [xp, fp].map((value) => specOf(interpreter, value as Value).contents);
  const at = (item: number): number => {
    const [known, heights] = [places ?? [], values ?? []];
    const right = known.findIndex((place) => place > item);
    if (right === 0) return heights[0] as number;
    if (right < 0) return heights.at(-1) as number;
    const [x0, x1] = [known[right - 1] as number, known[right] as number];
    const slope = ((heights[right] as number) - (heights[right - 1] as number)) / (x1 - x0);
    return slope * (item - x0) + (heights[right - 1] as number);
  };
  const isKnown = contents && places && values;
  return numpyOf(interpreter).result({
    shape,
    dtype: 'float64',
    ...(isKnown && { contents: contents.map(at) }),
  });
}

function bincount(interpreter: Interpreter, [x, , minlength]: Args): Value {
  const items = elementsOf(interpreter, specOf(interpreter, x as Value));
  const length = Math.max(intArgument(interpreter, minlength), ...items.map((item) => item + 1));
  const contents = Array.from({ length }, (_, value) => items.filter((item) => item === value).length);
  return numpyOf(interpreter).array({ shape: [length], dtype: 'int64', contents });
}

const shapeOf = (interpreter: Interpreter, value: Value | undefined): readonly number[] =>
  specOf(interpreter, value as Value).shape;

/** Whether a value is a number rather than an array. */
const isScalar = (value: Value | undefined): boolean =>
  typeof value !== 'object' ||
  (value instanceof PyInstance && value.type.mro.some(({ name }) => name === 'generic'));

export const SEARCH: readonly Row[] = [
  [
    'allclose',
    'a, b, rtol=1e-05, atol=1e-08, equal_nan=False',
    (interpreter, args) => elementsOf(interpreter, close(interpreter, args)).every((item) => item !== 0),
  ],
  [
    'argsort',
    'a, axis=-1, kind=None, order=None, *, stable=None',
    (interpreter, args) => ordered(interpreter, args, false),
  ],
  ['argwhere', 'a', argwhere],
  ['array_equal', 'a1, a2, equal_nan=False', arrayEqual],
  ['bincount', 'x, weights=None, minlength=0', bincount],
  ['clip', 'a, a_min=None, a_max=None, out=None, *, min=None, max=None', clip],
  ['diff', 'a, n=1, axis=-1', diff],
  [
    'flatnonzero',
    'a',
    (interpreter, [a]) => {
      const { rows } = places(
        interpreter,
        numpyOf(interpreter).array({
          ...specOf(interpreter, a as Value),
          shape: [elementCount(shapeOf(interpreter, a))],
        }),
      );
      return numpyOf(interpreter).array({ shape: [rows.length], dtype: 'int64', contents: rows.flat() });
    },
  ],
  ['in1d', 'ar1, ar2, assume_unique=False, invert=False', isIn],
  ['interp', 'x, xp, fp, left=None, right=None, period=None', interpolate],
  [
    'isclose',
    'a, b, rtol=1e-05, atol=1e-08, equal_nan=False',
    (interpreter, args) => numpyOf(interpreter).result(close(interpreter, args)),
  ],
  ['isin', 'element, test_elements, assume_unique=False, invert=False', isIn],
  ['isscalar', 'element', (_, [element]) => isScalar(element)],
  ['ndim', 'a', (interpreter, [a]) => shapeOf(interpreter, a).length],
  ['nonzero', 'a', nonzero],
  ['round', 'a, decimals=0, out=None', round],
  ['around', 'a, decimals=0, out=None', round],
  ['searchsorted', 'a, v, side="left", sorter=None', searchSorted],
  ['shape', 'a', (interpreter, [a]) => new PyTuple([...shapeOf(interpreter, a)])],
  [
    'size',
    'a, axis=None',
    (interpreter, [a, axis]) => {
      const shape = shapeOf(interpreter, a);
      return axis === null
        ? elementCount(shape)
        : (shape[resolveDim(intArgument(interpreter, axis), shape.length)] as number);
    },
  ],
  [
    'sort',
    'a, axis=-1, kind=None, order=None, *, stable=None',
    (interpreter, args) => ordered(interpreter, args, true),
  ],
  ['take', 'a, indices, axis=None, out=None, mode="raise"', takeRow],
  ['unique', 'ar, return_index=False, return_inverse=False, return_counts=False, axis=None', unique],
  ['where', 'condition, x=None, y=None', where],
];
