// Built-in functions that go through elements: all … zip. Those that give an iterator are lazy.
// Of an iterable that is not known the result is not known.

import type { Interpreter } from '../interpreter';
import { firstUnknown, keywordsOf, known, knownItems, starred, unlessRaised } from '../known';
import { native } from '../native';
import { knownTruth } from '../truth';
import { isSubclass, lookup } from '../types';
import {
  type NativeFunction,
  PyDict,
  PyFloat,
  PyIterator,
  PyList,
  PyRange,
  PyTuple,
  Unknown,
  type Value,
} from '../values';
import { keysOf } from './dict';
import { sorted } from './list';
import { intArgument } from './receivers';
import { backwards, resume } from './sequences';

export const iterationFunctions = (): NativeFunction[] => [
  known('all', 'iterable, /', (interpreter, [iterable]) => decide(interpreter, iterable as Value, false)),
  known('any', 'iterable, /', (interpreter, [iterable]) => decide(interpreter, iterable as Value, true)),
  known(
    'enumerate',
    'iterable, start=0',
    (interpreter, [iterable, start]) =>
      new PyIterator(
        enumerated(interpreter, iterable as Value, Number(intArgument(interpreter, start))),
        'enumerate',
      ),
  ),
  known(
    'filter',
    'function, iterable, /',
    (interpreter, [test, iterable]) =>
      new PyIterator(filtered(interpreter, test as Value, iterable as Value), 'filter'),
  ),
  known('iter', 'object, sentinel=None, /', (interpreter, [object, sentinel]) =>
    sentinel === null
      ? iteratorOf(interpreter, object as Value)
      : new PyIterator(untilSentinel(interpreter, object as Value, sentinel as Value)),
  ),
  known('map', 'function, /, *iterables', (interpreter, [callee, iterables]) => {
    const sources = starred(iterables);
    return firstUnknown(sources) ?? new PyIterator(mapped(interpreter, callee as Value, sources), 'map');
  }),
  known('max', '*args, key=None, **options', (interpreter, args) => extreme(interpreter, 'max', '>', args)),
  known('min', '*args, key=None, **options', (interpreter, args) => extreme(interpreter, 'min', '<', args)),
  native('next', 'iterator, *default, /', next),
  known('reversed', 'sequence, /', (interpreter, [sequence]) => reversed(interpreter, sequence as Value)),
  native('sorted', 'iterable, /, *, key=None, reverse=False', (interpreter, [iterable, key, reverse]) => {
    if (iterable instanceof Unknown) return iterable;
    const items = sorted(
      interpreter,
      interpreter.list(iterable as Value),
      key as Value,
      interpreter.truth(reverse as Value),
    );
    return items instanceof Unknown ? items : new PyList(items);
  }),
  known('sum', 'iterable, /, start=0', sum),
  known(
    'zip',
    '*iterables, strict=False',
    (interpreter, [iterables, strict]) =>
      firstUnknown(starred(iterables)) ??
      new PyIterator(zipped(interpreter, starred(iterables), interpreter.truth(strict as Value)), 'zip'),
  ),
];

/** Stops at the first element of truth `wanted`; what is not known decides only where nothing else does. */
function decide(interpreter: Interpreter, iterable: Value, wanted: boolean): Value {
  let unknown: Unknown | undefined;
  for (const item of interpreter.iterate(iterable)) {
    if (item instanceof Unknown) unknown ??= item;
    else if (interpreter.truth(item) === wanted) return wanted;
  }
  return unknown ?? !wanted;
}

function* enumerated(
  interpreter: Interpreter,
  iterable: Value,
  start: number,
): Generator<Value, undefined, Value> {
  let index = start;
  for (const item of interpreter.iterate(iterable)) yield new PyTuple([index++, item]);
  return undefined;
}

function* filtered(
  interpreter: Interpreter,
  test: Value,
  iterable: Value,
): Generator<Value, undefined, Value> {
  for (const item of interpreter.iterate(iterable)) {
    if (interpreter.truth(test === null ? item : interpreter.call(test, [item]))) yield item;
  }
  return undefined;
}

function* mapped(
  interpreter: Interpreter,
  callee: Value,
  sources: readonly Value[],
): Generator<Value, undefined, Value> {
  for (const items of together(interpreter, sources)) yield interpreter.call(callee, items);
  return undefined;
}

function* zipped(
  interpreter: Interpreter,
  sources: readonly Value[],
  strict: boolean,
): Generator<Value, undefined, Value> {
  for (const items of together(interpreter, sources, strict)) yield new PyTuple(items);
  return undefined;
}

/** One element of each, until one of them ends. */
export function* together(
  interpreter: Interpreter,
  sources: readonly Value[],
  strict = false,
): Generator<Value[]> {
  const iterators = sources.map((source) => interpreter.iterate(source)[Symbol.iterator]());
  while (iterators.length > 0) {
    const items: Value[] = [];
    for (const [index, iterator] of iterators.entries()) {
      const next = iterator.next();
      if (next.done) {
        if (strict) checkEnds(interpreter, iterators, index);
        return;
      }
      items.push(next.value);
    }
    yield items;
  }
}

function checkEnds(interpreter: Interpreter, iterators: readonly Iterator<Value>[], ended: number): void {
  const list = ended === 1 ? 'argument 1' : `arguments 1-${ended}`;
  if (ended > 0) interpreter.raise('ValueError', `zip() argument ${ended + 1} is shorter than ${list}`);
  const longer = iterators.findIndex((iterator, index) => index > 0 && !iterator.next().done);
  if (longer > 0) {
    const before = longer === 1 ? 'argument 1' : `arguments 1-${longer}`;
    interpreter.raise('ValueError', `zip() argument ${longer + 1} is longer than ${before}`);
  }
}

/** `iter(object)`: what iterates already is its own iterator. */
export function iteratorOf(interpreter: Interpreter, object: Value): Value {
  if (object instanceof PyIterator || object instanceof Unknown) return object;
  const method = lookup(interpreter.typeOf(object), '__iter__');
  if (method !== undefined) return interpreter.call(method, [object]);
  return new PyIterator(plain(interpreter.iterate(object)));
}

function* plain(items: Iterable<Value>): Generator<Value, undefined, Value> {
  yield* items;
  return undefined;
}

function* untilSentinel(
  interpreter: Interpreter,
  callee: Value,
  sentinel: Value,
): Generator<Value, undefined, Value> {
  for (;;) {
    interpreter.step();
    const value = interpreter.call(callee);
    if (value instanceof Unknown || interpreter.equal(value, sentinel)) return undefined;
    yield value;
  }
}

function next(interpreter: Interpreter, [iterator, rest]: readonly Value[]): Value {
  const [fallback] = starred(rest);
  if (iterator instanceof Unknown) return iterator;
  const advance = (): Value => {
    if (iterator instanceof PyIterator) return resume(interpreter, iterator, null);
    const method = lookup(interpreter.typeOf(iterator as Value), '__next__');
    if (method !== undefined) return interpreter.call(method, [iterator as Value]);
    const { name, unknownBase } = interpreter.typeOf(iterator as Value);
    return unknownBase ?? interpreter.raise('TypeError', `'${name}' object is not an iterator`);
  };
  if (fallback === undefined) return advance();
  const found = unlessRaised(interpreter, 'StopIteration', advance);
  return found === undefined ? fallback : found;
}

function reversed(interpreter: Interpreter, sequence: Value): Value {
  if (sequence instanceof PyRange)
    return new PyIterator(plain(interpreter.iterate(backwards(sequence))), 'range_iterator');
  if (sequence instanceof PyDict && !sequence.type)
    return new PyIterator(keysOf(sequence).reverse().values());
  const method = lookup(interpreter.typeOf(sequence), '__reversed__');
  if (method !== undefined) return interpreter.call(method, [sequence]);
  const type = interpreter.typeOf(sequence);
  const isSequence = typeof sequence === 'string' || lookup(type, '__getitem__') !== undefined;
  if (!isSequence || isSubclass(type, interpreter.types.set)) {
    return type.unknownBase ?? interpreter.raise('TypeError', `'${type.name}' object is not reversible`);
  }
  return new PyIterator(interpreter.list(sequence).reverse().values(), 'reversed');
}

/** `max` and `min`: of several arguments, or of the elements of one. */
function extreme(
  interpreter: Interpreter,
  name: string,
  operator: string,
  [args, key, options]: readonly Value[],
): Value {
  const given = starred(args);
  if (given.length === 0) interpreter.raise('TypeError', `${name} expected at least 1 argument, got 0`);
  const items = given.length === 1 ? knownItems(interpreter, given[0] as Value) : given;
  if (items instanceof Unknown) return items;
  if (items.length === 0) {
    const fallback = keywordsOf(options).get('default');
    return fallback === undefined
      ? interpreter.raise('ValueError', `${name}() arg is an empty sequence`)
      : fallback;
  }
  return best(interpreter, operator, items, key as Value);
}

function best(interpreter: Interpreter, operator: string, items: readonly Value[], key: Value): Value {
  const measure = (item: Value): Value => (key === null ? item : interpreter.call(key, [item]));
  let found = items[0] as Value;
  let most = measure(found);
  for (const item of items.slice(1)) {
    const size = measure(item);
    const better = interpreter.compare(operator, size, most);
    if (better instanceof Unknown) return better;
    const truth = knownTruth(interpreter, better);
    if (truth instanceof Unknown)
      interpreter.gap(`which is ${operator} the other is not known: ${truth.reason}`);
    if (truth instanceof Unknown ? isNumber(size) && !isNumber(most) : truth) [found, most] = [item, size];
  }
  return found;
}

/** Of two that cannot be compared, a plain number is taken: a size has to be one. */
const isNumber = (value: Value): boolean => typeof value === 'number' || value instanceof PyFloat;

function sum(interpreter: Interpreter, [iterable, start]: readonly Value[]): Value {
  if (typeof start === 'string')
    interpreter.raise('TypeError', "sum() can't sum strings [use ''.join(seq) instead]");
  let total = start as Value;
  for (const item of interpreter.iterate(iterable as Value)) total = interpreter.binary('+', total, item);
  return total;
}
