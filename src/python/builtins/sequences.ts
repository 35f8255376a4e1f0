// range, slice, and the iterators that generators and built-in functions give.

import { PyRaise } from '../exceptions';
import type { Interpreter } from '../interpreter';
import { itemOf, slicePositions } from '../items';
import { known } from '../known';
import { native } from '../native';
import { builtinRepr } from '../text';
import {
  type Namespace,
  PyClass,
  PyInstance,
  PyIterator,
  PyProperty,
  PyRange,
  PySlice,
  PyTuple,
  type Value,
} from '../values';
import { stopIteration } from './raising';
import { intArgument, table } from './receivers';

const rangeOf = (interpreter: Interpreter, self: Value | undefined): PyRange =>
  self instanceof PyRange ? self : interpreter.raise('TypeError', "descriptor requires a 'range' object");

const sliceOf = (interpreter: Interpreter, self: Value | undefined): PySlice =>
  self instanceof PySlice ? self : interpreter.raise('TypeError', "descriptor requires a 'slice' object");

export function rangeMethods(): Namespace {
  const methods = table([
    known(
      '__contains__',
      'self, item, /',
      (interpreter, [self, item]) =>
        positionIn(interpreter, rangeOf(interpreter, self), item as Value) !== undefined,
    ),
    known('__getitem__', 'self, index, /', (interpreter, [self, index]) =>
      itemOf(interpreter, rangeOf(interpreter, self), index as Value),
    ),
    native(
      '__iter__',
      'self, /',
      (interpreter, [self]) => new PyIterator(eachOf(rangeOf(interpreter, self)), 'range_iterator'),
    ),
    native('__len__', 'self, /', (interpreter, [self]) => rangeOf(interpreter, self).length),
    known('__new__', 'cls, start, stop=None, step=None, /', newRange),
    native('__repr__', 'self, /', (interpreter, [self]) => builtinRepr(interpreter, self as Value)),
    native(
      '__reversed__',
      'self, /',
      (interpreter, [self]) => new PyIterator(eachOf(backwards(rangeOf(interpreter, self)))),
    ),
    known('count', 'self, value, /', (interpreter, [self, value]) =>
      positionIn(interpreter, rangeOf(interpreter, self), value as Value) === undefined ? 0 : 1,
    ),
    known('index', 'self, value, /', (interpreter, [self, value]) => {
      const at = positionIn(interpreter, rangeOf(interpreter, self), value as Value);
      return at ?? interpreter.raise('ValueError', `${interpreter.repr(value as Value)} is not in range`);
    }),
  ]);
  for (const name of ['start', 'step', 'stop'] as const) {
    methods.set(
      name,
      new PyProperty(native(name, 'self, /', (interpreter, [self]) => rangeOf(interpreter, self)[name])),
    );
  }
  return methods;
}

function newRange(interpreter: Interpreter, [, start, stop, step]: readonly Value[]): Value {
  const whole = (value: Value | undefined): number => Number(intArgument(interpreter, value));
  if (stop === null) return new PyRange(0, whole(start), 1);
  const by = step === null ? 1 : whole(step);
  if (by === 0) interpreter.raise('ValueError', 'range() arg 3 must not be zero');
  return new PyRange(whole(start), whole(stop), by);
}

function positionIn(interpreter: Interpreter, range: PyRange, item: Value): number | undefined {
  const key = interpreter.key(item);
  if (typeof key !== 'number') return undefined;
  const at = (key - range.start) / range.step;
  return Number.isInteger(at) && at >= 0 && at < range.length ? at : undefined;
}

function* eachOf({ start, step, length }: PyRange): Generator<Value, undefined, Value> {
  for (let index = 0; index < length; index++) yield start + index * step;
  return undefined;
}

export const backwards = ({ start, step, length }: PyRange): PyRange =>
  new PyRange(start + (length - 1) * step, start - step, -step);

export function sliceMethods(): Namespace {
  const methods = table([
    native('__new__', 'cls, start, *rest', (_, [, start, rest]) => {
      const more = rest instanceof PyTuple ? rest.items : [];
      return more.length === 0
        ? new PySlice(null, start as Value, null)
        : new PySlice(start as Value, more[0] as Value, more[1] ?? null);
    }),
    native('__eq__', 'self, other, /', (interpreter, [self, other]) => {
      if (!(self instanceof PySlice && other instanceof PySlice)) return false;
      return (['start', 'stop', 'step'] as const).every((part) => interpreter.equal(self[part], other[part]));
    }),
    native('__repr__', 'self, /', (interpreter, [self]) => builtinRepr(interpreter, self as Value)),
    known('indices', 'self, length, /', indices),
  ]);
  methods.set('__hash__', null);
  for (const name of ['start', 'step', 'stop'] as const) {
    methods.set(
      name,
      new PyProperty(native(name, 'self, /', (interpreter, [self]) => sliceOf(interpreter, self)[name])),
    );
  }
  return methods;
}

/** `slice.indices(length)`: where it starts and stops in a sequence of this length. */
function indices(interpreter: Interpreter, [self, length]: readonly Value[]): Value {
  const slice = sliceOf(interpreter, self);
  const size = Number(intArgument(interpreter, length));
  const step = slice.step === null ? 1 : Number(intArgument(interpreter, slice.step));
  slicePositions(interpreter, slice, 0);
  const [low, high] = step > 0 ? [0, size] : [-1, size - 1];
  const bound = (value: Value, fallback: number): number => {
    if (value === null) return fallback;
    const at = Number(intArgument(interpreter, value));
    return Math.min(high, Math.max(low, at < 0 ? at + size : at));
  };
  return new PyTuple([
    bound(slice.start, step > 0 ? low : high),
    bound(slice.stop, step > 0 ? high : low),
    step,
  ]);
}

// --- iterators --------------------------------------------------------------------------------------------------------

const iteratorOf = (interpreter: Interpreter, self: Value | undefined): PyIterator =>
  self instanceof PyIterator
    ? self
    : interpreter.raise('TypeError', "descriptor requires a 'generator' object");

export function iteratorMethods(): Namespace {
  return table([
    native('__iter__', 'self, /', (_, [self]) => self as Value),
    native('__next__', 'self, /', (interpreter, [self]) =>
      resume(interpreter, iteratorOf(interpreter, self), null),
    ),
    native('__repr__', 'self, /', (interpreter, [self]) => builtinRepr(interpreter, self as Value)),
    native('close', 'self, /', (interpreter, [self]) => {
      iteratorOf(interpreter, self).source.return?.(undefined);
      return null;
    }),
    native('send', 'self, value, /', (interpreter, [self, value]) =>
      resume(interpreter, iteratorOf(interpreter, self), value as Value),
    ),
    native('throw', 'self, type, value=None, traceback=None, /', (interpreter, [self, type, value]) =>
      throwInto(interpreter, iteratorOf(interpreter, self), type as Value, value as Value),
    ),
  ]);
}

export function resume(interpreter: Interpreter, iterator: PyIterator, sent: Value): Value {
  interpreter.step();
  const result = iterator.source.next(sent);
  return result.done ? stopIteration(interpreter, result.value ?? null) : result.value;
}

function throwInto(interpreter: Interpreter, { source }: PyIterator, type: Value, value: Value): Value {
  const given = value ?? type;
  const exception = given instanceof PyClass ? interpreter.call(given) : given;
  if (!(exception instanceof PyInstance))
    return interpreter.raise('TypeError', 'exceptions must derive from BaseException');
  const error = new PyRaise(exception, interpreter.stack(), interpreter.str(exception));
  if (!source.throw) throw error;
  const result = source.throw(error);
  return result.done ? stopIteration(interpreter, result.value ?? null) : result.value;
}
