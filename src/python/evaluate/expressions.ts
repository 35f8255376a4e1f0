// Expressions. `frame.node` is set before anything that may call out, so that the stack names the expression at work.

import type {
  Attribute,
  BoolOp,
  Call,
  Comp,
  Compare,
  Constant,
  DictE,
  Expr,
  FormattedValue,
  JoinedStr,
} from '../../syntax/ast';
import type { Frame, Interpreter } from '../interpreter';
import { unaryOperation } from '../operators';
import { formatValue, reprOf, strOf } from '../text';
import { knownTruth } from '../truth';
import { isSubclass } from '../types';
import {
  EllipsisValue,
  type Keywords,
  type Namespace,
  PyBytes,
  PyClass,
  PyComplex,
  PyDict,
  PyFloat,
  PyIterator,
  PyList,
  PySet,
  PySlice,
  PySuper,
  PyTuple,
  type Scope,
  Unknown,
  type Value,
} from '../values';
import { comprehend, comprehendLazily } from './comprehensions';
import { makeFunction } from './functions';
import { bindWalrus, readName } from './names';

export function evaluate(interpreter: Interpreter, expression: Expr, frame: Frame): Value {
  switch (expression.kind) {
    case 'Name':
      frame.node = expression;
      return readName(interpreter, expression.id, frame);
    case 'Constant':
      return constantValue(expression);
    case 'Attribute':
      return readAttribute(interpreter, expression, frame);
    case 'Call':
      return evaluateCall(interpreter, expression, frame);
    case 'BinOp': {
      const left = evaluate(interpreter, expression.left, frame);
      const right = evaluate(interpreter, expression.right, frame);
      frame.node = expression;
      return interpreter.binary(expression.op, left, right);
    }
    case 'Subscript': {
      const container = evaluate(interpreter, expression.value, frame);
      const index = evaluateIndex(interpreter, expression.slice, frame);
      frame.node = expression;
      return interpreter.getItem(container, index);
    }
    case 'Compare':
      return evaluateCompare(interpreter, expression, frame);
    case 'BoolOp':
      return evaluateBoolean(interpreter, expression, frame);
    case 'UnaryOp': {
      const operand = evaluate(interpreter, expression.operand, frame);
      frame.node = expression;
      return unaryOperation(interpreter, expression.op, operand);
    }
    case 'Tuple':
      return new PyTuple(evaluateItems(interpreter, expression.elts, frame));
    case 'List':
      return new PyList(evaluateItems(interpreter, expression.elts, frame));
    case 'IfExp': {
      const test = evaluate(interpreter, expression.test, frame);
      frame.node = expression.test;
      return evaluate(interpreter, interpreter.truth(test) ? expression.body : expression.orelse, frame);
    }
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp':
      return evaluateComprehension(interpreter, expression, frame);
    default:
      return evaluateRare(interpreter, expression, frame);
  }
}

function evaluateRare(interpreter: Interpreter, expression: Expr, frame: Frame): Value {
  switch (expression.kind) {
    case 'Dict':
      return evaluateDict(interpreter, expression, frame);
    case 'Set': {
      const set = new PySet();
      for (const item of evaluateItems(interpreter, expression.elts, frame))
        set.entries.set(interpreter.key(item), item);
      return set;
    }
    case 'JoinedStr':
      return evaluateJoined(interpreter, expression, frame);
    case 'FormattedValue':
      return formatted(interpreter, expression, frame);
    case 'Lambda':
      return makeFunction(interpreter, expression, frame);
    case 'NamedExpr': {
      const value = evaluate(interpreter, expression.value, frame);
      if (expression.target.kind === 'Name') bindWalrus(expression.target.id, value, frame.scope);
      return value;
    }
    case 'Await':
      return evaluate(interpreter, expression.value, frame);
    case 'Slice':
    case 'Starred':
      return evaluateIndex(interpreter, expression, frame);
    default: {
      const sent = frame.sent?.get(expression);
      if (sent !== undefined) return sent;
      frame.node = expression;
      return interpreter.unknown(missingReason(expression.kind));
    }
  }
}

const missingReason = (kind: string): string =>
  kind === 'Missing' ? 'an expression is missing here' : `${kind} is not followed here`;

export function constantValue({ value, isFloat }: Constant): Value {
  if (typeof value === 'number') return isFloat ? new PyFloat(value) : value;
  if (typeof value === 'symbol') return EllipsisValue.only;
  if (typeof value !== 'object' || value === null) return value;
  return 'bytes' in value ? new PyBytes(value.bytes) : new PyComplex(0, value.imag);
}

function readAttribute(interpreter: Interpreter, expression: Attribute, frame: Frame): Value {
  const object = evaluate(interpreter, expression.value, frame);
  frame.node = expression;
  return interpreter.getAttribute(object, expression.attr);
}

/** Elements of a display or positional arguments, stars spread out. */
function evaluateItems(interpreter: Interpreter, items: readonly Expr[], frame: Frame): Value[] {
  const values: Value[] = [];
  for (const item of items) {
    if (item.kind === 'Starred') values.push(...interpreter.list(evaluate(interpreter, item.value, frame)));
    else values.push(evaluate(interpreter, item, frame));
  }
  return values;
}

const NO_KEYWORDS: Keywords = new Map();

function evaluateCall(interpreter: Interpreter, call: Call, frame: Frame): Value {
  const callee = evaluate(interpreter, call.func, frame);
  if (callee === interpreter.types.super && call.args.length === 0) return implicitSuper(interpreter, frame);
  const args = evaluateArguments(interpreter, call.args, frame);
  const keywords = call.keywords.length > 0 ? evaluateKeywords(interpreter, call, frame) : NO_KEYWORDS;
  frame.node = call;
  if (args instanceof Unknown) return args;
  return interpreter.call(callee, args, keywords);
}

function evaluateArguments(
  interpreter: Interpreter,
  items: readonly Expr[],
  frame: Frame,
): Value[] | Unknown {
  const values: Value[] = [];
  for (const item of items) {
    const value = evaluate(interpreter, item.kind === 'Starred' ? item.value : item, frame);
    if (item.kind !== 'Starred') values.push(value);
    else if (value instanceof Unknown) return value;
    else values.push(...interpreter.list(value));
  }
  return values;
}

function evaluateKeywords(interpreter: Interpreter, call: Call, frame: Frame): Keywords {
  const keywords: Namespace = new Map();
  for (const { arg, value } of call.keywords) {
    const given = evaluate(interpreter, value, frame);
    if (arg !== null) keywords.set(arg, given);
    else spreadKeywords(interpreter, given, keywords);
  }
  return keywords;
}

/** `**mapping`: a dict, or anything with keys() and items. */
function spreadKeywords(interpreter: Interpreter, given: Value, keywords: Namespace): void {
  if (given instanceof PyDict) {
    for (const [key, value] of given.entries.values()) if (typeof key === 'string') keywords.set(key, value);
  } else if (given instanceof Unknown) {
    interpreter.gap(`keyword arguments are not known: ${given.reason}`);
  } else {
    for (const key of interpreter.list(interpreter.callMethod(given, 'keys'))) {
      if (typeof key === 'string') keywords.set(key, interpreter.getItem(given, key));
    }
  }
}

/** super() without arguments: the class and the first argument of the method around it. */
function implicitSuper(interpreter: Interpreter, frame: Frame): Value {
  for (let scope: Scope | null = frame.scope; scope; scope = scope.parent) {
    const { owner, receiver } = scope;
    if (!owner || receiver === undefined) continue;
    const isClass = receiver instanceof PyClass && isSubclass(receiver, owner);
    return new PySuper(owner, receiver, isClass ? receiver : interpreter.typeOf(receiver));
  }
  return interpreter.raise('RuntimeError', 'super(): no arguments');
}

/** An index, where slices may stand, alone or in a tuple. */
export function evaluateIndex(interpreter: Interpreter, index: Expr, frame: Frame): Value {
  if (index.kind === 'Slice') {
    const part = (e: Expr | null) => (e ? evaluate(interpreter, e, frame) : null);
    return new PySlice(part(index.lower), part(index.upper), part(index.step));
  }
  if (index.kind === 'Tuple') {
    return new PyTuple(
      index.elts.flatMap((item) =>
        item.kind === 'Starred'
          ? interpreter.list(evaluate(interpreter, item.value, frame))
          : [evaluateIndex(interpreter, item, frame)],
      ),
    );
  }
  return evaluate(interpreter, index, frame);
}

function evaluateCompare(interpreter: Interpreter, expression: Compare, frame: Frame): Value {
  let left = evaluate(interpreter, expression.left, frame);
  let result: Value = true;
  for (let index = 0; index < expression.ops.length; index++) {
    const right = evaluate(interpreter, expression.comparators[index] as Expr, frame);
    frame.node = expression;
    result = interpreter.compare(expression.ops[index] as string, left, right);
    const last = index === expression.ops.length - 1;
    if (!last && !interpreter.truth(result)) return result;
    left = right;
  }
  return result;
}

/** `and` and `or`. Of an unknown operand the other one decides where it can; else the result is unknown. */
function evaluateBoolean(interpreter: Interpreter, expression: BoolOp, frame: Frame): Value {
  const stopsAt = expression.op === 'or';
  let unknown: Unknown | undefined;
  let value: Value = !stopsAt;
  for (const part of expression.values) {
    value = evaluate(interpreter, part, frame);
    frame.node = part;
    if (part === expression.values.at(-1) && unknown === undefined) return value;
    const truth = knownTruth(interpreter, value);
    if (truth instanceof Unknown) unknown ??= truth;
    else if (truth === stopsAt) return unknown && !isPlainTruth(value) ? unknown : value;
  }
  return unknown ?? value;
}

/** After an unknown operand only a plain truth value is sure to be the result's truth. */
const isPlainTruth = (value: Value): boolean => typeof value === 'boolean' || value === null;

function evaluateDict(interpreter: Interpreter, expression: DictE, frame: Frame): Value {
  const dict = new PyDict();
  expression.keys.forEach((keyNode, index) => {
    const key = keyNode && evaluate(interpreter, keyNode, frame);
    const value = evaluate(interpreter, expression.values[index] as Expr, frame);
    const hashed = keyNode && interpreter.key(key);
    if (keyNode) dict.entries.set(hashed, [dict.entries.get(hashed)?.[0] ?? key, value]);
    else merge(interpreter, dict, value);
  });
  return dict;
}

function merge(interpreter: Interpreter, dict: PyDict, value: Value): void {
  const keywords: Namespace = new Map();
  if (value instanceof PyDict) for (const [key, entry] of value.entries) dict.entries.set(key, entry);
  else spreadKeywords(interpreter, value, keywords);
  for (const [name, item] of keywords) dict.entries.set(name, [name, item]);
}

function evaluateJoined(interpreter: Interpreter, expression: JoinedStr, frame: Frame): Value {
  let text = '';
  for (const part of expression.values) {
    const value =
      part.kind === 'FormattedValue'
        ? formatted(interpreter, part, frame)
        : evaluate(interpreter, part, frame);
    if (value instanceof Unknown) return value;
    text += typeof value === 'string' ? value : strOf(interpreter, value);
  }
  return text;
}

function formatted(interpreter: Interpreter, part: FormattedValue, frame: Frame): Value {
  const value = evaluate(interpreter, part.value, frame);
  if (value instanceof Unknown) return value;
  const spec = part.spec ? evaluateJoined(interpreter, part.spec, frame) : '';
  if (spec instanceof Unknown) return spec;
  frame.node = part;
  const shown = part.conversion === null ? value : convert(interpreter, value, part.conversion);
  return formatValue(interpreter, shown, String(spec));
}

const convert = (interpreter: Interpreter, value: Value, conversion: string): string =>
  conversion === 's' ? strOf(interpreter, value) : reprOf(interpreter, value);

function evaluateComprehension(interpreter: Interpreter, expression: Comp, frame: Frame): Value {
  if (expression.kind === 'GeneratorExp') {
    return new PyIterator(comprehendLazily(interpreter, expression, frame), 'generator');
  }
  if (expression.kind === 'ListComp') {
    const items: Value[] = [];
    comprehend(interpreter, expression, frame, (item) => items.push(item));
    return new PyList(items);
  }
  if (expression.kind === 'SetComp') {
    const set = new PySet();
    comprehend(interpreter, expression, frame, (item) => set.entries.set(interpreter.key(item), item));
    return set;
  }
  const dict = new PyDict();
  comprehend(interpreter, expression, frame, (key, value) =>
    dict.entries.set(interpreter.key(key), [key, value]),
  );
  return dict;
}
