// The functions of einops, as natives: rearrange, reduce, repeat, einsum, pack, unpack, parse_shape. A pattern that does
// not fit raises einops.EinopsError with the same sentence.

import type { Interpreter } from '../../python/interpreter';
import { native } from '../../python/native';
import { makeClass } from '../../python/types';
import {
  type Namespace,
  type PyClass,
  PyDict,
  PyList,
  PyTuple,
  Unknown,
  type Value,
} from '../../python/values';
import { PatternError, parsePattern, parseSide } from './pattern';
import { asTensor, givenSizes, shapeOf, transform } from './transform';

type Body = (interpreter: Interpreter, args: readonly Value[]) => Value;

export function einopsNamespace(interpreter: Interpreter): Namespace {
  const exception = interpreter.types.exceptions.get('RuntimeError') as PyClass;
  const error = makeClass(interpreter, {
    name: 'EinopsError',
    bases: [exception],
    attributes: new Map(),
    module: 'einops',
  });
  const row = (name: string, signature: string, body: Body): [string, Value] => [
    name,
    native(name, signature, (i, args) => guarded(i, error, args, body)),
  ];
  return new Map<string, Value>([
    ['EinopsError', error],
    row('asnumpy', 'tensor', (_, [tensor]) => tensor as Value),
    row('einsum', '*tensors_and_pattern', einsum),
    row('pack', 'tensors, pattern', pack),
    row('parse_shape', 'x, pattern', parseShape),
    row('rearrange', 'tensor, pattern, **axes_lengths', rearrange),
    row('reduce', 'tensor, pattern, reduction, **axes_lengths', reduced),
    row('repeat', 'tensor, pattern, **axes_lengths', rearrange),
    row('unpack', 'tensor, packed_shapes, pattern', unpack),
  ]);
}

/** Unknown arguments give an unknown result; a pattern that does not fit raises. */
function guarded(interpreter: Interpreter, error: PyClass, args: readonly Value[], body: Body): Value {
  const unknown = args.find((arg) => arg instanceof Unknown);
  if (unknown !== undefined) return unknown;
  try {
    return body(interpreter, args);
  } catch (problem) {
    if (problem instanceof PatternError) return interpreter.raise(error, problem.message);
    throw problem;
  }
}

const rearrange: Body = (interpreter, [tensor, pattern, axes]) =>
  transform(
    interpreter,
    asTensor(interpreter, tensor as Value),
    parsePattern(String(pattern)),
    givenSizes(axes),
  );

const reduced: Body = (interpreter, [tensor, pattern, reduction, axes]) =>
  transform(
    interpreter,
    asTensor(interpreter, tensor as Value),
    parsePattern(String(pattern)),
    givenSizes(axes),
    reduction,
  );

/** einops' einsum has long axis names and the pattern last; torch's has letters and the pattern first. */
const einsum: Body = (interpreter, [all]) => {
  const items = interpreter.list(all as Value);
  const pattern = String(items.at(-1));
  const letters = new Map<string, string>();
  const letterOf = (axis: string): string => {
    if (!letters.has(axis))
      letters.set(axis, String.fromCharCode((letters.size < 26 ? 97 : 39) + letters.size));
    return letters.get(axis) as string;
  };
  const equation = pattern
    .replaceAll('...', '…')
    .replace(/[^\s,>\u2026-]+/g, letterOf)
    .replace(/\s+/g, '')
    .replaceAll('…', '...');
  const torch = interpreter.importModule('torch');
  return interpreter.call(interpreter.getAttribute(torch, 'einsum'), [equation, ...items.slice(0, -1)]);
};

const parseShape: Body = (interpreter, [tensor, pattern]) => {
  const shape = shapeOf(interpreter, tensor as Value);
  const dict = new PyDict();
  parseSide(String(pattern)).forEach(([axis], index) => {
    if (axis !== undefined && axis !== '_') dict.entries.set(axis, [axis, shape[index] as number]);
  });
  return dict;
};

/** Where the packed dimensions stand in `b * c`. */
function starOf(pattern: Value | undefined): { before: number; after: number } {
  const axes = String(pattern).trim().split(/\s+/);
  const at = axes.indexOf('*');
  if (at < 0) throw new PatternError(`einops: ${JSON.stringify(pattern)} has no *`);
  return { before: at, after: axes.length - at - 1 };
}

const pack: Body = (interpreter, [tensors, pattern]) => {
  const { before, after } = starOf(pattern);
  const shapes: Value[] = [];
  const flat = interpreter.list(tensors as Value).map((tensor) => {
    const shape = shapeOf(interpreter, tensor);
    const packed = shape.slice(before, shape.length - after);
    shapes.push(new PyTuple(packed));
    const size = packed.reduce((a, b) => a * b, 1);
    const sizes = [...shape.slice(0, before), size, ...shape.slice(shape.length - after)];
    return interpreter.callMethod(tensor, 'reshape', [new PyTuple(sizes)]);
  });
  const cat = interpreter.getAttribute(interpreter.importModule('torch'), 'cat');
  return new PyTuple([interpreter.call(cat, [new PyList(flat), before]), new PyList(shapes)]);
};

const unpack: Body = (interpreter, [tensor, shapes, pattern]) => {
  const { before } = starOf(pattern);
  const packed = interpreter.list(shapes as Value).map((shape) => interpreter.list(shape).map(Number));
  const whole = shapeOf(interpreter, tensor as Value);
  const lengths = lengthsOf(packed, whole[before] as number);
  const parts = interpreter.list(
    interpreter.callMethod(tensor as Value, 'split', [new PyList(lengths), before]),
  );
  return new PyList(
    parts.map((part, index) => {
      const sizes = [...whole.slice(0, before), ...(packed[index] as number[]), ...whole.slice(before + 1)];
      return interpreter.callMethod(part, 'reshape', [new PyTuple(sizes)]);
    }),
  );
};

/** Lengths along the packed dimension; one shape may hold a -1. */
function lengthsOf(packed: readonly (readonly number[])[], whole: number): number[] {
  const lengths = packed.map((shape) => shape.reduce((a, b) => a * b, 1));
  const open = packed.findIndex((shape) => shape.includes(-1));
  if (open >= 0)
    lengths[open] = whole - lengths.reduce((sum, n, index) => (index === open ? sum : sum + n), 0);
  return lengths;
}
