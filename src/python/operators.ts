// Operators, indexing, equality and truth: built-in values here, everything else by its dunder methods.
// What has an unknown operand is unknown. An unknown truth counts as false, and a gap is noted.

import type { Interpreter } from './interpreter';
import { deleteFrom, itemOf, storeItem } from './items';
import { withUnknown } from './known';
import {
  intAdd,
  intBitwise,
  intFloorDiv,
  intMod,
  intMul,
  intPow,
  intShift,
  intSub,
  intTrueDiv,
  pyFloorDiv,
  pyMod,
} from './numbers';
import { percentFormat } from './text';
import { lookup, typeOf } from './types';
import {
  ClassMethod,
  NotImplementedValue,
  PyBytes,
  PyClass,
  PyComplex,
  PyDict,
  PyFloat,
  PyInstance,
  PyList,
  PyRange,
  PySet,
  PyTuple,
  Unknown,
  type Value,
} from './values';

/** Dunder methods of the binary operators, without their underscores. */
const METHODS: Readonly<Record<string, string>> = {
  '%': 'mod',
  '&': 'and',
  '*': 'mul',
  '**': 'pow',
  '+': 'add',
  '-': 'sub',
  '/': 'truediv',
  '//': 'floordiv',
  '<<': 'lshift',
  '>>': 'rshift',
  '@': 'matmul',
  '^': 'xor',
  '|': 'or',
};

const COMPARISONS: Readonly<Record<string, readonly [method: string, mirrored: string]>> = {
  '!=': ['__ne__', '__ne__'],
  '<': ['__lt__', '__gt__'],
  '<=': ['__le__', '__ge__'],
  '==': ['__eq__', '__eq__'],
  '>': ['__gt__', '__lt__'],
  '>=': ['__ge__', '__le__'],
};

// --- binary -----------------------------------------------------------------------------------------------------------

export function binaryOperation(
  interpreter: Interpreter,
  operator: string,
  left: Value,
  right: Value,
): Value {
  if (typeof left === 'number' && typeof right === 'number')
    return ofInts(interpreter, operator, left, right);
  if (left instanceof Unknown) return withUnknown(interpreter, `__r${METHODS[operator]}__`, right, left);
  if (right instanceof Unknown) return withUnknown(interpreter, `__${METHODS[operator]}__`, left, right);
  const result =
    hasMethods(left) || hasMethods(right) ? byMethod(interpreter, operator, left, right) : undefined;
  return (
    result ??
    ofBuiltins(interpreter, operator, left, right) ??
    interpreter.raise(
      'TypeError',
      `unsupported operand type(s) for ${operator}: '${typeOf(interpreter, left).name}' and '${typeOf(interpreter, right).name}'`,
    )
  );
}

/** Instances, and subclasses of containers, may define operators of their own. */
const hasMethods = (value: Value): boolean =>
  value instanceof PyInstance ||
  value instanceof PyClass ||
  ((value instanceof PyTuple ||
    value instanceof PyList ||
    value instanceof PyDict ||
    value instanceof PySet) &&
    value.type !== undefined);

function byMethod(interpreter: Interpreter, operator: string, left: Value, right: Value): Value | undefined {
  const name = METHODS[operator] as string;
  const leftType = typeOf(interpreter, left);
  const rightType = typeOf(interpreter, right);
  const reflected = (): Value | undefined =>
    callOperator(interpreter, rightType, `__r${name}__`, right, left);
  const subclassFirst = leftType !== rightType && rightType.mro.includes(leftType);
  if (subclassFirst) {
    const result = reflected();
    if (result !== undefined) return result;
  }
  const result = callOperator(interpreter, leftType, `__${name}__`, left, right);
  return result === undefined && !subclassFirst ? reflected() : result;
}

/** The method's result; undefined where there is none or it says NotImplemented. */
function callOperator(
  interpreter: Interpreter,
  type: PyClass,
  name: string,
  self: Value,
  other: Value,
): Value | undefined {
  const method = lookup(type, name);
  if (method === undefined) return type.unknownBase;
  const result = interpreter.call(method, [self, other]);
  return result instanceof NotImplementedValue ? undefined : result;
}

function ofBuiltins(
  interpreter: Interpreter,
  operator: string,
  left: Value,
  right: Value,
): Value | undefined {
  const [a, b] = [asInt(left), asInt(right)];
  if (a !== undefined && b !== undefined)
    return ofBooleans(operator, left, right) ?? ofInts(interpreter, operator, a, b);
  const [x, y] = [asFloat(left), asFloat(right)];
  if (x !== undefined && y !== undefined) return ofFloats(interpreter, operator, x, y);
  if (operator === '%' && typeof left === 'string') return percentFormat(interpreter, left, right);
  if (operator === '*') {
    return (
      repeat(interpreter, left, right) ?? repeat(interpreter, right, left) ?? ofComplex('*', left, right)
    );
  }
  if (operator === '+') return concatenate(left, right);
  if (left instanceof PySet && right instanceof PySet) return ofSets(operator, left, right);
  if (operator === '|') return union(left, right);
  return ofComplex(operator, left, right);
}

const asInt = (value: Value): number | bigint | undefined => {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  return typeof value === 'boolean' ? Number(value) : undefined;
};

const asFloat = (value: Value): number | undefined => {
  if (value instanceof PyFloat) return value.value;
  const int = asInt(value);
  return int === undefined ? undefined : Number(int);
};

/** `&`, `|` and `^` of two booleans are booleans. */
function ofBooleans(operator: string, left: Value, right: Value): Value | undefined {
  if (typeof left !== 'boolean' || typeof right !== 'boolean') return undefined;
  if (operator === '&') return left && right;
  if (operator === '|') return left || right;
  return operator === '^' ? left !== right : undefined;
}

function ofInts(interpreter: Interpreter, operator: string, a: number | bigint, b: number | bigint): Value {
  switch (operator) {
    case '+':
      return intAdd(a, b);
    case '-':
      return intSub(a, b);
    case '*':
      return intMul(a, b);
    case '//':
      return nonZero(interpreter, b) && intFloorDiv(a, b);
    case '%':
      return nonZero(interpreter, b) && intMod(a, b);
    case '/':
      return nonZero(interpreter, b) && new PyFloat(intTrueDiv(a, b));
    case '**':
      return Number(b) < 0 ? new PyFloat(Number(a) ** Number(b)) : power(interpreter, a, b);
    case '<<':
    case '>>':
      return intShift(operator, a, b);
    case '&':
    case '|':
    case '^':
      return intBitwise(operator, a, b);
  }
  return interpreter.raise('TypeError', `unsupported operand type(s) for ${operator}: 'int' and 'int'`);
}

/** Powers of more bits than anybody means end the run. */
function power(interpreter: Interpreter, a: number | bigint, b: number | bigint): Value {
  const bits = Number(b) * Math.log2(Math.abs(Number(a)) + 1);
  if (bits > interpreter.limits.elements) interpreter.tooMany(bits);
  return intPow(a, b);
}

function nonZero(interpreter: Interpreter, divisor: number | bigint): true {
  if (Number(divisor) === 0) interpreter.raise('ZeroDivisionError', 'division by zero');
  return true;
}

function ofFloats(interpreter: Interpreter, operator: string, x: number, y: number): Value | undefined {
  switch (operator) {
    case '+':
      return new PyFloat(x + y);
    case '-':
      return new PyFloat(x - y);
    case '*':
      return new PyFloat(x * y);
    case '/':
      return nonZero(interpreter, y) && new PyFloat(x / y);
    case '//':
      return nonZero(interpreter, y) && new PyFloat(pyFloorDiv(x, y));
    case '%':
      return nonZero(interpreter, y) && new PyFloat(pyMod(x, y));
    case '**':
      return new PyFloat(x ** y);
  }
  return undefined;
}

function repeat(interpreter: Interpreter, sequence: Value, times: Value): Value | undefined {
  const count = asInt(times);
  if (count === undefined) return undefined;
  const length = lengthOfSequence(sequence);
  if (length === undefined) return undefined;
  const n = Math.max(0, Number(count));
  if (length * n > interpreter.limits.elements) interpreter.tooMany(length * n);
  if (typeof sequence === 'string') return sequence.repeat(n);
  if (sequence instanceof PyBytes) return new PyBytes(sequence.text.repeat(n));
  const items = (sequence as PyList | PyTuple).items;
  const repeated = Array.from({ length: n }, () => items).flat();
  return sequence instanceof PyList ? new PyList(repeated) : new PyTuple(repeated);
}

function lengthOfSequence(value: Value): number | undefined {
  if (typeof value === 'string') return value.length;
  if (value instanceof PyBytes) return value.text.length;
  return value instanceof PyList || value instanceof PyTuple ? value.items.length : undefined;
}

function concatenate(left: Value, right: Value): Value | undefined {
  if (typeof left === 'string' && typeof right === 'string') return left + right;
  if (left instanceof PyList && right instanceof PyList) return new PyList([...left.items, ...right.items]);
  if (left instanceof PyTuple && right instanceof PyTuple)
    return new PyTuple([...left.items, ...right.items]);
  if (left instanceof PyBytes && right instanceof PyBytes) return new PyBytes(left.text + right.text);
  return ofComplex('+', left, right);
}

function ofSets(operator: string, left: PySet, right: PySet): PySet | undefined {
  const result = new PySet(left.frozen);
  const add = (from: PySet, keep: (inLeft: boolean, inRight: boolean) => boolean): void => {
    for (const [key, value] of from.entries) {
      if (keep(left.entries.has(key), right.entries.has(key))) result.entries.set(key, value);
    }
  };
  switch (operator) {
    case '|':
      add(left, () => true);
      add(right, () => true);
      return result;
    case '&':
      add(left, (_, inRight) => inRight);
      return result;
    case '-':
      add(left, (_, inRight) => !inRight);
      return result;
    case '^':
      add(left, (_, inRight) => !inRight);
      add(right, (inLeft) => !inLeft);
      return result;
  }
  return undefined;
}

/** `|` of dicts, and of types: a union is a tuple of its members, which is what isinstance wants. */
function union(left: Value, right: Value): Value | undefined {
  if (left instanceof PyDict && right instanceof PyDict) {
    const merged = new PyDict();
    merged.type = left.type;
    for (const dict of [left, right]) for (const [key, entry] of dict.entries) merged.entries.set(key, entry);
    return merged;
  }
  const members = (value: Value): readonly Value[] | undefined => {
    if (value instanceof PyTuple) return value.items;
    return value instanceof PyClass || value === null || value instanceof PyInstance ? [value] : undefined;
  };
  const [a, b] = [members(left), members(right)];
  return a && b ? new PyTuple([...a, ...b]) : undefined;
}

function ofComplex(operator: string, left: Value, right: Value): Value | undefined {
  const part = (value: Value): PyComplex | undefined => {
    if (value instanceof PyComplex) return value;
    const real = asFloat(value);
    return real === undefined ? undefined : new PyComplex(real, 0);
  };
  const [a, b] = [part(left), part(right)];
  if (!a || !b) return undefined;
  switch (operator) {
    case '+':
      return new PyComplex(a.real + b.real, a.imag + b.imag);
    case '-':
      return new PyComplex(a.real - b.real, a.imag - b.imag);
    case '*':
      return new PyComplex(a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real);
    case '/': {
      const size = b.real ** 2 + b.imag ** 2;
      const [real, imag] = [a.real * b.real + a.imag * b.imag, a.imag * b.real - a.real * b.imag];
      return size === 0 ? undefined : new PyComplex(real / size, imag / size);
    }
  }
  return undefined;
}

/** `left += right`: in place for lists, sets and dicts, and what defines `__iadd__`. */
export function inplaceOperation(
  interpreter: Interpreter,
  operator: string,
  left: Value,
  right: Value,
): Value {
  if (left instanceof PyList && operator === '+' && !(right instanceof Unknown)) {
    left.items.push(...interpreter.list(right));
    return left;
  }
  if (left instanceof PyList && operator === '*') {
    const repeated = repeat(interpreter, left, right);
    if (repeated instanceof PyList) left.items = repeated.items;
    if (repeated !== undefined) return left;
  }
  if (left instanceof PyDict && right instanceof PyDict && operator === '|') {
    for (const [key, entry] of right.entries) left.entries.set(key, entry);
    return left;
  }
  if (left instanceof PyInstance) {
    const result = callOperator(interpreter, left.type, `__i${METHODS[operator]}__`, left, right);
    if (result !== undefined) return result;
  }
  return binaryOperation(interpreter, operator, left, right);
}

// --- unary ------------------------------------------------------------------------------------------------------------

const UNARY: Readonly<Record<string, string>> = { '+': '__pos__', '-': '__neg__', '~': '__invert__' };

export function unaryOperation(interpreter: Interpreter, operator: string, operand: Value): Value {
  if (operand instanceof Unknown) return operand;
  if (operator === 'not') return !truthOf(interpreter, operand);
  const int = asInt(operand);
  if (int !== undefined) return unaryOfInt(operator, int);
  if (operand instanceof PyFloat && operator !== '~')
    return operator === '-' ? new PyFloat(-operand.value) : operand;
  if (operand instanceof PyComplex)
    return operator === '-' ? new PyComplex(-operand.real, -operand.imag) : operand;
  const type = typeOf(interpreter, operand);
  const method = lookup(type, UNARY[operator] as string);
  if (method !== undefined) return interpreter.call(method, [operand]);
  return (
    type.unknownBase ??
    interpreter.raise('TypeError', `bad operand type for unary ${operator}: '${type.name}'`)
  );
}

function unaryOfInt(operator: string, value: number | bigint): Value {
  if (operator === '-') return intSub(0, value);
  return operator === '~' ? intSub(-1, value) : value;
}

// --- comparison -------------------------------------------------------------------------------------------------------

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

// --- items and truth --------------------------------------------------------------------------------------------------

export function getItem(interpreter: Interpreter, container: Value, index: Value): Value {
  if (container instanceof Unknown) return container;
  if (hasMethods(container)) {
    const result = itemByMethod(interpreter, container, index);
    if (result !== undefined) return result;
  }
  return itemOf(interpreter, container, index);
}

function itemByMethod(interpreter: Interpreter, container: Value, index: Value): Value | undefined {
  const type = typeOf(interpreter, container);
  const method = lookup(type, '__getitem__');
  if (method !== undefined) return interpreter.call(method, [container, index]);
  if (!(container instanceof PyClass)) return type.unknownBase;
  const subscript = lookup(container, '__class_getitem__');
  if (subscript === undefined || subscript instanceof Unknown) return container;
  return interpreter.call(subscript instanceof ClassMethod ? subscript.callee : subscript, [
    container,
    index,
  ]);
}

export function setItem(interpreter: Interpreter, container: Value, index: Value, value: Value): void {
  if (container instanceof Unknown) return;
  const method = hasMethods(container) ? lookup(typeOf(interpreter, container), '__setitem__') : undefined;
  if (method !== undefined) interpreter.call(method, [container, index, value]);
  else storeItem(interpreter, container, index, value);
}

export function deleteItem(interpreter: Interpreter, container: Value, index: Value): void {
  if (container instanceof Unknown) return;
  const method = hasMethods(container) ? lookup(typeOf(interpreter, container), '__delitem__') : undefined;
  if (method !== undefined) interpreter.call(method, [container, index]);
  else deleteFrom(interpreter, container, index);
}

export function truthOf(interpreter: Interpreter, value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (value === null) return false;
  if (typeof value === 'number') return value !== 0;
  if (typeof value === 'string') return value.length > 0;
  if (value instanceof Unknown) {
    interpreter.gap(`a condition is not known, taken as false: ${value.reason}`);
    return false;
  }
  if (value instanceof PyInstance) return instanceTruth(interpreter, value);
  return builtinTruth(value);
}

function builtinTruth(value: Value): boolean {
  if (value instanceof PyList || value instanceof PyTuple) return value.items.length > 0;
  if (value instanceof PyDict || value instanceof PySet) return value.entries.size > 0;
  if (value instanceof PyFloat) return value.value !== 0;
  if (typeof value === 'bigint') return value !== 0n;
  if (value instanceof PyRange) return value.length > 0;
  if (value instanceof PyBytes) return value.text.length > 0;
  return !(value instanceof PyComplex) || value.real !== 0 || value.imag !== 0;
}

function instanceTruth(interpreter: Interpreter, value: PyInstance): boolean {
  const method = lookup(value.type, '__bool__') ?? lookup(value.type, '__len__');
  if (method === undefined) return true;
  return truthOf(interpreter, interpreter.call(method, [value]));
}
