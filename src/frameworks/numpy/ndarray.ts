// The class numpy.ndarray: attributes, brackets, iteration, and what prints. Brackets are those of PyTorch's tensors, apart
// from steps backwards.

import { index, indexPut } from '../../ops/indexing';
import { DataDependentSize, type OpArgument, OpError } from '../../ops/operator';
import type { Interpreter } from '../../python/interpreter';
import { slicePositions } from '../../python/items';
import { native } from '../../python/native';
import { makeClass } from '../../python/types';
import {
  EllipsisValue,
  NativeFunction,
  type PyClass,
  type PyInstance,
  PyIterator,
  PyList,
  PyProperty,
  PySlice,
  PyTuple,
  Unknown,
  type Value,
} from '../../python/values';
import { byteSize } from '../../tensor/dtype';
import { FloatScalar } from '../../tensor/scalar';
import { bytesOf, elementCount, type TensorSpec } from '../../tensor/tensor';
import { nestedLists } from '../torch/convert';
import { TensorData, tensorOf } from '../torch/tensors';
import { cast, intsArgument, specOf } from './convert';
import { taken } from './layout';
import { arrayMethods } from './methods';
import { arrayOperators, forget } from './operators';
import { arrayFunction, guarded, NotKnown, notKnown, type Row } from './rows';
import { numpyOf } from './state';

type Args = readonly Value[];

const dataOf = (self: Value | undefined): TensorData => (self as PyInstance).payload as TensorData;
const shapeOf = (self: Value | undefined): readonly number[] => dataOf(self).spec.shape;

// --- brackets ---------------------------------------------------------------------------------------------------------

/** What stands in the brackets, and the array with the axes turned around that are stepped through backwards. */
interface Indexing {
  readonly input: TensorSpec;
  readonly items: readonly OpArgument[];
}

function indexingOf(interpreter: Interpreter, input: TensorSpec, at: Value): Indexing {
  const given = at instanceof PyTuple ? at.items : [at];
  const axes = axesOf(interpreter, given, input.shape.length);
  let so = input;
  const items = given.map((item, i): OpArgument => {
    if (!(item instanceof PySlice)) return indexItem(interpreter, item);
    const axis = axes[i] as number;
    const places = slicePositions(interpreter, item, so.shape[axis] ?? 0);
    so = taken(so, axis, places);
    return ['slice', null, null, null];
  });
  return { input: so, items };
}

/** The axis that each item is for. */
function axesOf(interpreter: Interpreter, items: readonly Value[], rank: number): number[] {
  const widths = items.map((item) =>
    item === null || item instanceof EllipsisValue ? 0 : width(interpreter, item),
  );
  const open = rank - widths.reduce((sum, one) => sum + one, 0);
  let axis = 0;
  return items.map((item, i) => {
    const own = axis;
    axis += item instanceof EllipsisValue ? open : (widths[i] as number);
    return own;
  });
}

/** A mask is for as many axes as it has. */
function width(interpreter: Interpreter, item: Value): number {
  if (item instanceof PySlice || typeof item === 'number') return 1;
  const { dtype, shape } = specOf(interpreter, item);
  return dtype === 'bool' ? shape.length : 1;
}

function indexItem(interpreter: Interpreter, item: Value): OpArgument {
  if (item === null || typeof item === 'number') return item;
  if (item instanceof EllipsisValue) return '...';
  const spec = specOf(interpreter, item);
  if (spec.shape.length > 0 || spec.dtype === 'bool') return { ...spec };
  const [element] = spec.contents ?? [];
  if (element === undefined) throw new NotKnown(notKnown(interpreter));
  return element;
}

function getItem(interpreter: Interpreter, [self, at]: Args): Value {
  if (at instanceof Unknown) return at;
  const args = indexingOf(interpreter, dataOf(self).spec, at as Value);
  try {
    const [out] = index.infer({ input: args.input, items: args.items });
    const isView = !args.items.some((item) => typeof item === 'object' && item !== null && 'shape' in item);
    return numpyOf(interpreter).result(out as TensorSpec, isView ? dataOf(self).storage : undefined);
  } catch (error) {
    if (error instanceof DataDependentSize) throw new NotKnown(notKnown(interpreter));
    if (error instanceof OpError) interpreter.raise('IndexError', error.message);
    throw error;
  }
}

/** Slices are written as lists of places, so that steps of all kinds work. */
function setItem(interpreter: Interpreter, [self, at, value]: Args): Value {
  const data = dataOf(self);
  if (at instanceof Unknown || value instanceof Unknown) return done(forget(self as Value, at as Unknown));
  const { spec } = data;
  const places = indexingOf(interpreter, positions(spec), at as Value);
  const source = cast(specOf(interpreter, value as Value), spec.dtype);
  (self as PyInstance).payload = data.rewritten(written(spec, placesNamed(places), source));
  return null;
}

/** Which places a mask names may be unknown, and then so is what is written where. */
function placesNamed({ input, items }: ReturnType<typeof indexingOf>): TensorSpec {
  try {
    return index.infer({ input, items })[0] as TensorSpec;
  } catch (error) {
    if (error instanceof DataDependentSize) return { shape: input.shape, dtype: input.dtype };
    throw error;
  }
}

const done = (_: Value): Value => null;

const positions = ({ shape }: TensorSpec): TensorSpec => ({
  shape,
  dtype: 'int64',
  ...(elementCount(shape) <= 4096 && {
    contents: Array.from({ length: elementCount(shape) }, (_, at) => at),
  }),
});

/** The array after elements were written at the places that `target` names. */
function written(spec: TensorSpec, target: TensorSpec, source: TensorSpec): TensorSpec {
  const flat = { shape: [elementCount(spec.shape)], dtype: spec.dtype, contents: spec.contents };
  const value =
    source.shape.length === 0 && source.contents ? new FloatScalar(source.contents[0] as number) : source;
  const items = [{ shape: target.shape, dtype: target.dtype, contents: target.contents }];
  if (!flat.contents || !target.contents || !source.contents) return { shape: spec.shape, dtype: spec.dtype };
  const [out] = indexPut.infer({ input: flat as TensorSpec, items: items as readonly TensorSpec[], value });
  return { shape: spec.shape, dtype: spec.dtype, contents: out?.contents };
}

// --- contents ---------------------------------------------------------------------------------------------------------

function scalar(interpreter: Interpreter, self: Value | undefined): Value {
  const { contents, dtype, shape } = dataOf(self).spec;
  if (elementCount(shape) !== 1)
    return interpreter.raise('TypeError', 'only length-1 arrays can be converted to Python scalars');
  if (contents === undefined) throw new NotKnown(notKnown(interpreter));
  return numpyOf(interpreter).scalar(dtype, contents[0] as number);
}

const through =
  (name: string) =>
  (interpreter: Interpreter, [self]: Args): Value =>
    interpreter.callMethod(scalar(interpreter, self), name);

function toList(interpreter: Interpreter, [self]: Args): Value {
  const { spec } = dataOf(self);
  return nestedLists(spec) ?? unknownLists(interpreter, spec.shape);
}

function unknownLists(interpreter: Interpreter, [size, ...rest]: readonly number[]): Value {
  if (size === undefined) return notKnown(interpreter);
  if (size > interpreter.limits.elements) interpreter.tooMany(size);
  return new PyList(Array.from({ length: size }, () => unknownLists(interpreter, rest)));
}

function rows(interpreter: Interpreter, [self]: Args): Value {
  const [size] = shapeOf(self);
  if (size === undefined) return interpreter.raise('TypeError', 'iteration over a 0-d array');
  const row = (at: number): Value => guarded(interpreter, () => getItem(interpreter, [self as Value, at]));
  return new PyIterator(Array.from({ length: size }, (_, at) => row(at))[Symbol.iterator]());
}

function truth(interpreter: Interpreter, [self]: Args): Value {
  const count = elementCount(shapeOf(self));
  if (count > 1)
    interpreter.raise(
      'ValueError',
      'The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()',
    );
  return count === 0 ? false : through('__bool__')(interpreter, [self as Value]);
}

function contains(interpreter: Interpreter, [self, element]: Args): Value {
  const { contents } = dataOf(self).spec;
  const [wanted] = specOf(interpreter, element as Value).contents ?? [];
  if (contents === undefined || wanted === undefined) throw new NotKnown(notKnown(interpreter));
  return contents.includes(wanted);
}

function printed(interpreter: Interpreter, self: Value | undefined): string {
  const { spec } = dataOf(self);
  const lists = nestedLists(spec);
  return lists === undefined ? `array of shape (${spec.shape.join(', ')})` : interpreter.repr(lists);
}

function fill(interpreter: Interpreter, [self, value]: Args): Value {
  return setItem(interpreter, [self as Value, EllipsisValue.only, value as Value]);
}

function sortInPlace(interpreter: Interpreter, [self, axis]: Args): Value {
  const sort = interpreter.getAttribute(interpreter.importModule('numpy'), 'sort');
  return fill(interpreter, [self as Value, interpreter.call(sort, [self as Value, axis as Value])]);
}

const METHODS: readonly Row[] = [
  ['__array__', 'self, dtype=None, copy=None', (_, [self]) => self as Value],
  ['__bool__', 'self', truth],
  ['__contains__', 'self, element', contains],
  ['__float__', 'self', through('__float__')],
  ['__getitem__', 'self, at', getItem],
  ['__index__', 'self', through('__index__')],
  ['__int__', 'self', through('__int__')],
  ['__iter__', 'self', rows],
  ['__repr__', 'self', (interpreter, [self]) => `array(${printed(interpreter, self)})`],
  ['__str__', 'self', (interpreter, [self]) => printed(interpreter, self)],
  ['fill', 'self, value', fill],
  ['sort', 'self, axis=-1, kind=None, order=None', sortInPlace],
  ['tofile', 'self, *args, **kwargs', () => null],
  ['tolist', 'self', toList],
];

function length(interpreter: Interpreter, [self]: Args): Value {
  return shapeOf(self)[0] ?? interpreter.raise('TypeError', 'len() of unsized object');
}

/** One element: the only one, or by its place. */
function item(interpreter: Interpreter, [self, at]: Args): Value {
  const place = interpreter.list(at as Value);
  if (place.length === 0 && elementCount(shapeOf(self)) !== 1)
    interpreter.raise('ValueError', 'can only convert an array of size 1 to a Python scalar');
  if (place.length === 0) return interpreter.callMethod(scalar(interpreter, self), 'item');
  const flat =
    place.length === 1
      ? numpyOf(interpreter).array({ ...dataOf(self).spec, shape: [elementCount(shapeOf(self))] })
      : (self as Value);
  return interpreter.callMethod(getItem(interpreter, [flat, new PyTuple(place)]), 'item');
}

type Getter = (interpreter: Interpreter, self: Value) => Value;

const PROPERTIES: readonly (readonly [string, Getter])[] = [
  ['T', (interpreter, self) => interpreter.callMethod(self, 'transpose')],
  ['base', () => null],
  ['data', (_, self) => self],
  ['dtype', (interpreter, self) => numpyOf(interpreter).dtype(dataOf(self).spec.dtype)],
  ['flat', (interpreter, self) => interpreter.callMethod(self, 'ravel')],
  ['itemsize', (_, self) => byteSize(dataOf(self).spec.dtype, 1)],
  ['nbytes', (_, self) => bytesOf(dataOf(self).spec)],
  ['ndim', (_, self) => shapeOf(self).length],
  ['real', (_, self) => self],
  ['size', (_, self) => elementCount(shapeOf(self))],
];

const getter = ([name, get]: readonly [string, Getter]): [string, Value] => [
  name,
  new PyProperty(native(name, 'self', (interpreter, [self]) => get(interpreter, self as Value))),
];

/** `a.shape = (2, 3)` gives it another shape. */
function reshapeInPlace(interpreter: Interpreter, [self, shape]: Args): Value {
  const { spec, storage } = dataOf(self);
  const made = interpreter.callMethod(self as Value, 'reshape', [
    new PyTuple(intsArgument(interpreter, shape as Value)),
  ]);
  (self as PyInstance).payload = new TensorData(
    { ...spec, shape: tensorOf(made)?.spec.shape ?? spec.shape },
    storage,
  );
  return null;
}

const setter = new NativeFunction('__setitem__', (interpreter, args) =>
  guarded(interpreter, () => setItem(interpreter, args)),
);

export function createArrayClass(interpreter: Interpreter): PyClass {
  const shape = new PyProperty(
    native('shape', 'self', (_, [self]) => new PyTuple([...shapeOf(self)])),
    arrayFunction(['shape', 'self, shape', reshapeInPlace]),
  );
  return makeClass(interpreter, {
    name: 'ndarray',
    bases: [],
    module: 'numpy',
    attributes: new Map<string, Value>([
      ...arrayMethods(),
      ...arrayOperators(),
      ...METHODS.map((row): [string, Value] => [row[0], arrayFunction(row)]),
      ['__hash__', null],
      ['__len__', native('__len__', 'self', length)],
      ['__setitem__', setter],
      ['item', arrayFunction(['item', 'self, *args', item])],
      ['shape', shape],
      ...PROPERTIES.map(getter),
    ]),
  });
}
