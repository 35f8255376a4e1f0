// Runs loops over plain data fast, and once: a loop that is met again with equal values gives what it gave before. Layers of
// a model build the same tables of positions one after the other.
//
// A loop works on copies of the lists and dicts that it changes; what it did is written back when it has run to its end, and
// so are elements of tensors, which it cannot read. If it turns out not to be plain, nothing has happened, and the
// interpreter runs it as any other loop.

import type { For } from '../../syntax/ast';
import type { Frame, Interpreter } from '../interpreter';
import { PyDict, PyFloat, PyInstance, PyList, PyRange, PyTuple, type Value } from '../values';
import { findName } from './names';
import { compilePlainLoop, NotPlain, type PlainLoop, PlainState } from './plain-code';

const STATE = Symbol('plain loops');

/** Fewer turns are done before a loop is compiled. */
const FEWEST_TURNS = 8;
/** A loop that changes less is not worth remembering; its variables hold at most so many values to compare. */
const WORTH_REMEMBERING = 1000;
const MOST_COMPARED = 20_000;
const MOST_REMEMBERED = 8;

type Values = readonly (Value | undefined)[];

interface KnownLoop {
  /** undefined = not plain. */
  plain: PlainLoop | undefined;
  readonly runs: { readonly source: Value; readonly before: Values; readonly after: Values }[];
}

/** Whether the loop is done: its text and its values are plain. */
export function runPlainly(interpreter: Interpreter, statement: For, source: Value, frame: Frame): boolean {
  if (lengthOf(source) < FEWEST_TURNS || frame.scope.kind !== 'function') return false;
  const known = knownLoop(interpreter, statement);
  const { plain } = known;
  const given = plain && valuesOf(interpreter, plain, frame);
  if (!plain || !given || isChanged(plain, given, source)) return false;
  const after = remembered(known, source, given);
  const state = new PlainState(interpreter, copied(plain, after ?? given));
  if (!after && !run(known, source, state)) {
    known.plain = undefined;
    return false;
  }
  write(plain, given, state, frame);
  return true;
}

function knownLoop(interpreter: Interpreter, statement: For): KnownLoop {
  const loops = (interpreter.state.get(STATE) ?? new WeakMap()) as WeakMap<For, KnownLoop>;
  interpreter.state.set(STATE, loops);
  const known = loops.get(statement) ?? { plain: compilePlainLoop(statement), runs: [] };
  loops.set(statement, known);
  return known;
}

/** The values of a loop's names; undefined where one of them is not plain. */
function valuesOf(
  interpreter: Interpreter,
  { names, builtins, bound, changed }: PlainLoop,
  { scope }: Frame,
): Values | undefined {
  const isShadowed = (name: string): boolean =>
    findName(interpreter, name, scope) !== interpreter.builtins.get(name);
  if ([...builtins].some(isShadowed)) return undefined;
  if (names.some((name) => scope.globals?.has(name) || scope.nonlocals?.has(name))) return undefined;
  const values = names.map((name, slot) =>
    bound.has(slot) ? scope.variables.get(name) : findName(interpreter, name, scope),
  );
  const fits = (value: Value | undefined, slot: number): boolean =>
    value === undefined ? bound.has(slot) : isPlain(value) || (changed.has(slot) && isNative(value));
  return values.every(fits) ? values : undefined;
}

/** An object whose elements are written by code of ours: a tensor. */
const isNative = (value: Value): boolean => value instanceof PyInstance && !value.type.fromSource;

/** Numbers, texts and built-in containers; what containers hold is looked at when it is read. */
function isPlain(value: Value): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (value instanceof PyDict) return value.type === undefined && value.factory === undefined;
  if (value instanceof PyList || value instanceof PyTuple) return value.type === undefined;
  return value instanceof PyRange;
}

/** Whether the loop changes what it goes over, or one list under two names. */
function isChanged({ changed }: PlainLoop, values: Values, source: Value): boolean {
  return [...changed].some((slot) => {
    const value = values[slot];
    return value === source || values.indexOf(value) !== values.lastIndexOf(value);
  });
}

/** Runs the loop on copies; whether it was plain to its end. */
function run(known: KnownLoop, source: Value, state: PlainState): boolean {
  const { values } = state;
  const size = values.reduce<number>((sum, value) => sum + lengthOf(value), lengthOf(source));
  const before = size <= MOST_COMPARED && [kept(source), ...values.map(kept)];
  try {
    known.plain?.run(state, source);
  } catch (error) {
    if (error instanceof NotPlain) return false;
    throw error;
  }
  if (before && state.writes.length === 0) remember(known, before, values);
  return true;
}

// --- memory -----------------------------------------------------------------------------------------------------------

function remember({ runs }: KnownLoop, [source, ...before]: Values, after: Values): void {
  const isWorth = after.some((value) => lengthOf(value) >= WORTH_REMEMBERING);
  if (isWorth && runs.length < MOST_REMEMBERED)
    runs.push({ source: source as Value, before, after: after.map(kept) });
}

function remembered({ runs }: KnownLoop, source: Value, given: Values): Values | undefined {
  const same = runs.find(
    (run) => isSame(run.source, source) && given.every((value, slot) => isSame(run.before[slot], value)),
  );
  return same?.after;
}

/** A value that nobody changes. */
function kept(value: Value | undefined): Value | undefined {
  if (value instanceof PyList) return new PyList(value.items.slice());
  return value instanceof PyDict ? copyOfDict(value) : value;
}

function isSame(a: Value | undefined, b: Value | undefined): boolean {
  if (a === b) return true;
  if (a instanceof PyTuple) return b instanceof PyTuple && !b.type && areSame(a.items, b.items);
  if (a instanceof PyList) return b instanceof PyList && areSame(a.items, b.items);
  if (a instanceof PyFloat) return b instanceof PyFloat && a.value === b.value;
  if (a instanceof PyRange)
    return b instanceof PyRange && a.start === b.start && a.step === b.step && a.length === b.length;
  return a instanceof PyDict && b instanceof PyDict && areSameDicts(a, b);
}

const areSame = (a: readonly Value[], b: readonly Value[]): boolean =>
  a.length === b.length && a.every((item, index) => isSame(item, b[index]));

const areSameDicts = (a: PyDict, b: PyDict): boolean =>
  a.entries.size === b.entries.size && areSame(flat(a), flat(b));

const flat = (dict: PyDict): Value[] => [...dict.entries.values()].flat();

// --- copies -----------------------------------------------------------------------------------------------------------

/** Values to work on: lists and dicts that the loop changes are copies. */
const copied = ({ changed }: PlainLoop, values: Values): (Value | undefined)[] =>
  values.map((value, slot) => (changed.has(slot) ? kept(value) : value));

/** Binds names, fills lists and dicts as they are after the loop, and writes the elements of objects. */
function write(
  plain: PlainLoop,
  given: Values,
  { values, writes, interpreter }: PlainState,
  frame: Frame,
): void {
  for (const slot of plain.bound) {
    const value = values[slot];
    if (value !== undefined) frame.scope.variables.set(plain.names[slot] as string, value);
  }
  for (const slot of plain.changed) {
    const [target, source] = [given[slot], values[slot]];
    if (target instanceof PyList && source instanceof PyList) target.items = source.items;
    if (target instanceof PyDict && source instanceof PyDict) refill(target, source);
  }
  for (const [item, object, key, value] of writes) {
    frame.node = item;
    interpreter.setItem(object, key, value);
  }
}

function refill(target: PyDict, source: PyDict): void {
  target.entries.clear();
  for (const [key, [name, value]] of source.entries) target.entries.set(key, [name, value]);
}

function copyOfDict(dict: PyDict): PyDict {
  const copy = new PyDict();
  refill(copy, dict);
  return copy;
}

function lengthOf(value: Value | undefined): number {
  if (value instanceof PyRange) return value.length;
  if (value instanceof PyDict) return value.entries.size;
  return value instanceof PyList || value instanceof PyTuple ? value.items.length : 0;
}
