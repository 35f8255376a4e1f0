// Comparison, identity, equality and membership: built-in values here, everything else by its dunder methods. What is
// compared with an unknown is unknown.

import { asFloat, callOperator, hasMethods } from './dispatch';
import type { Interpreter } from './interpreter';
import { withUnknown } from './known';
import { lookup, typeOf } from './types';
import {
  PyBytes,
  PyComplex,
  PyDict,
  PyFloat,
  PyList,
  PyRange,
  PySet,
  PyTuple,
  Unknown,
  type Value,
} from './values';

const COMPARISONS: Readonly<Record<string, readonly [method: string, mirrored: string]>> = {
  '!=': ['__ne__', '__ne__'],
  '<': ['__lt__', '__gt__'],
  '<=': ['__le__', '__ge__'],
  '==': ['__eq__', '__eq__'],
  '>': ['__gt__', '__lt__'],
  '>=': ['__ge__', '__le__'],
};

export function compareValues(interpreter: Interpreter, operator: string, left: Value, right: Value): Value {
  switch (operator) {
    case 'is':
      return identity(left, right);
    case 'is not': {
      const same = identity(left, right);
      return same instanceof Unknown ? same : !same;
    }
    case 'in':
      return contains(interpreter, right, left);
    case 'not in': {
      const found = contains(interpreter, right, left);
      return found instanceof Unknown ? found : !interpreter.truth(found);
    }
  }
  const [straight, reflected] = COMPARISONS[operator] as readonly [string, string];
  if (left instanceof Unknown) return withUnknown(interpreter, reflected, right, left);
  if (right instanceof Unknown) return withUnknown(interpreter, straight, left, right);
  return richCompare(interpreter, operator, left, right);
}

/** Whether an unknown is None cannot be told; that it is itself can. */
function identity(left: Value, right: Value): boolean | Unknown {
  if (left === right) return true;
  if (left instanceof Unknown) return left;
  if (right instanceof Unknown) return right;
  if (left instanceof PyFloat && right instanceof PyFloat) return left.value === right.value;
  return isBoundTwice(left, right);
}

/** `obj.method is obj.method` is false in Python too; empty tuples are the same object. */
const isBoundTwice = (left: Value, right: Value): boolean =>
  left instanceof PyTuple && right instanceof PyTuple && left.items.length + right.items.length === 0;

function richCompare(interpreter: Interpreter, operator: string, left: Value, right: Value): Value {
  const [method, mirrored] = COMPARISONS[operator] as readonly [string, string];
  if (hasMethods(left) || hasMethods(right)) {
    const result =
      callOperator(interpreter, typeOf(interpreter, left), method, left, right) ??
      callOperator(interpreter, typeOf(interpreter, right), mirrored, right, left);
    if (result !== undefined) return result;
    if (operator === '!=') {
      const equal = richCompare(interpreter, '==', left, right);
      return equal instanceof Unknown ? equal : !interpreter.truth(equal);
    }
  }
  if (operator === '==') return builtinEqual(interpreter, left, right);
  if (operator === '!=') return !builtinEqual(interpreter, left, right);
  return ordered(interpreter, operator, left, right);
}

export function equalValues(interpreter: Interpreter, left: Value, right: Value): boolean {
  if (left === right) return true;
  if (left instanceof Unknown || right instanceof Unknown) return false;
  const result = richCompare(interpreter, '==', left, right);
  return !(result instanceof Unknown) && interpreter.truth(result);
}

function builtinEqual(interpreter: Interpreter, left: Value, right: Value): boolean {
  if (left === right) return true;
  const [x, y] = [asFloat(left), asFloat(right)];
  if (x !== undefined && y !== undefined) return x === y;
  if (left instanceof PyList && right instanceof PyList)
    return equalItems(interpreter, left.items, right.items);
  if (left instanceof PyTuple && right instanceof PyTuple)
    return equalItems(interpreter, left.items, right.items);
  if (left instanceof PyDict && right instanceof PyDict) return equalDicts(interpreter, left, right);
  if (left instanceof PySet && right instanceof PySet) {
    return (
      left.entries.size === right.entries.size &&
      [...left.entries.keys()].every((key) => right.entries.has(key))
    );
  }
  if (left instanceof PyRange && right instanceof PyRange) {
    return left.length === right.length && left.start === right.start && left.step === right.step;
  }
  if (left instanceof PyBytes && right instanceof PyBytes) return left.text === right.text;
  return (
    left instanceof PyComplex &&
    right instanceof PyComplex &&
    left.real === right.real &&
    left.imag === right.imag
  );
}

const equalItems = (interpreter: Interpreter, a: readonly Value[], b: readonly Value[]): boolean =>
  a.length === b.length && a.every((item, index) => equalValues(interpreter, item, b[index] as Value));

function equalDicts(interpreter: Interpreter, a: PyDict, b: PyDict): boolean {
  if (a.entries.size !== b.entries.size) return false;
  for (const [key, [, value]] of a.entries) {
    const other = b.entries.get(key);
    if (!other || !equalValues(interpreter, value, other[1])) return false;
  }
  return true;
}

function ordered(interpreter: Interpreter, operator: string, left: Value, right: Value): boolean {
  if (left instanceof PySet && right instanceof PySet) return orderedSets(operator, left, right);
  const order = threeWay(interpreter, left, right);
  if (order === undefined) {
    const names = `'${typeOf(interpreter, left).name}' and '${typeOf(interpreter, right).name}'`;
    interpreter.raise('TypeError', `'${operator}' not supported between instances of ${names}`);
  }
  if (Number.isNaN(order)) return false;
  if (operator === '<') return order < 0;
  if (operator === '<=') return order <= 0;
  return operator === '>' ? order > 0 : order >= 0;
}

/** Negative, zero, positive; NaN where they are not ordered; undefined where they cannot be. */
function threeWay(interpreter: Interpreter, left: Value, right: Value): number | undefined {
  const [x, y] = [asFloat(left), asFloat(right)];
  if (x !== undefined && y !== undefined) return x < y ? -1 : x > y ? 1 : x === y ? 0 : Number.NaN;
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  const sameKind =
    (left instanceof PyList && right instanceof PyList) ||
    (left instanceof PyTuple && right instanceof PyTuple);
  if (!sameKind) return undefined;
  const [a, b] = [left.items, right.items];
  const at = a.findIndex(
    (item, index) => index >= b.length || !equalValues(interpreter, item, b[index] as Value),
  );
  if (at < 0 || at >= b.length) return a.length - b.length;
  const [first, second] = [a[at] as Value, b[at] as Value];
  return interpreter.truth(interpreter.compare('<', first, second)) ? -1 : 1;
}

function orderedSets(operator: string, left: PySet, right: PySet): boolean {
  const within = (a: PySet, b: PySet): boolean => [...a.entries.keys()].every((key) => b.entries.has(key));
  if (operator.startsWith('<'))
    return within(left, right) && (operator === '<=' || left.entries.size < right.entries.size);
  return within(right, left) && (operator === '>=' || right.entries.size < left.entries.size);
}

function contains(interpreter: Interpreter, container: Value, item: Value): Value {
  if (container instanceof Unknown) return container;
  const type = typeOf(interpreter, container);
  const own = hasMethods(container) ? lookup(type, '__contains__') : undefined;
  if (own !== undefined) return interpreter.call(own, [container, item]);
  if (item instanceof Unknown) return item;
  if (typeof container === 'string' && typeof item === 'string') return container.includes(item);
  if (container instanceof PyDict || container instanceof PySet)
    return container.entries.has(interpreter.key(item));
  for (const element of interpreter.iterate(container)) if (interpreter.equal(element, item)) return true;
  return false;
}
