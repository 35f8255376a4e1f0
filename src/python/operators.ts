// Binary, in-place and unary operators: built-in values here, everything else by its dunder methods. What has an unknown
// operand is unknown.

import { asFloat, asInt, callOperator, hasMethods } from './dispatch';
import type { Interpreter } from './interpreter';
import { extendList } from './iteration';
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
import { knownTruth } from './truth';
import { lookup, typeOf } from './types';
import {
  PyBytes,
  PyClass,
  PyComplex,
  PyDict,
  PyFloat,
  PyInstance,
  PyList,
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
    extendList(interpreter, left, right);
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
const UNARY: Readonly<Record<string, string>> = { '+': '__pos__', '-': '__neg__', '~': '__invert__' };

export function unaryOperation(interpreter: Interpreter, operator: string, operand: Value): Value {
  if (operand instanceof Unknown) return operand;
  if (operator === 'not') {
    const truth = knownTruth(interpreter, operand);
    return truth instanceof Unknown ? truth.negated() : !truth;
  }
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
