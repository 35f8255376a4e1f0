// Calling: functions, methods, classes, instances with __call__. Calling an unknown gives an unknown.

import { callFunction } from './evaluate/functions';
import type { Interpreter } from './interpreter';
import { isSubclass, lookup, lookupBelowObject, typeOf } from './types';
import {
  BoundMethod,
  ClassMethod,
  type Keywords,
  NativeFunction,
  PyClass,
  PyFunction,
  PyInstance,
  StaticMethod,
  Unknown,
  type Value,
} from './values';

export function callValue(
  interpreter: Interpreter,
  callee: Value,
  args: readonly Value[],
  keywords: Keywords,
): Value {
  interpreter.step();
  if (callee instanceof NativeFunction) return callNative(interpreter, callee, args, keywords);
  if (callee instanceof PyFunction) return callFunction(interpreter, callee, args, keywords);
  if (callee instanceof BoundMethod)
    return callValue(interpreter, callee.callee, [callee.self, ...args], keywords);
  if (callee instanceof PyClass) return callClass(interpreter, callee, args, keywords);
  if (callee instanceof Unknown) return callUnknown(interpreter, callee);
  if (callee instanceof StaticMethod || callee instanceof ClassMethod) {
    return callValue(interpreter, callee.callee, args, keywords);
  }
  return callObject(interpreter, callee, args, keywords);
}

/** A defect of ours in a native is contained: its result is unknown, and a gap says so. */
function callNative(
  interpreter: Interpreter,
  callee: NativeFunction,
  args: readonly Value[],
  keywords: Keywords,
): Value {
  try {
    return callee.body(interpreter, args, keywords);
  } catch (error) {
    if (!(error instanceof TypeError) && !(error instanceof SyntaxError)) throw error;
    return interpreter.unknown(`${callee.name}() could not be followed: ${error.message}`);
  }
}

/** What an unknown would have done is not known either: it may have made layers or worked on tensors. */
function callUnknown(interpreter: Interpreter, callee: Unknown): Unknown {
  interpreter.gap(`a call that cannot be followed: ${callee.reason}`);
  return callee;
}

function callObject(
  interpreter: Interpreter,
  object: Value,
  args: readonly Value[],
  keywords: Keywords,
): Value {
  const type = typeOf(interpreter, object);
  const method = lookup(type, '__call__');
  if (method !== undefined) return callSpecial(interpreter, method, object, args, keywords);
  if (type.unknownBase) return type.unknownBase;
  return interpreter.raise('TypeError', `'${type.name}' object is not callable`);
}

/** A method that a class has under a special name: a function, or what binds itself, as `partialmethod` does. */
function callSpecial(
  interpreter: Interpreter,
  method: Value,
  self: Value,
  args: readonly Value[],
  keywords: Keywords,
): Value {
  const getter = method instanceof PyInstance ? lookup(method.type, '__get__') : undefined;
  if (getter === undefined) return callValue(interpreter, method, [self, ...args], keywords);
  const bound = callValue(interpreter, getter, [method, self, typeOf(interpreter, self)], new Map());
  return callValue(interpreter, bound, args, keywords);
}

function callClass(
  interpreter: Interpreter,
  cls: PyClass,
  args: readonly Value[],
  keywords: Keywords,
): Value {
  const hook = cls.metaclass && lookup(cls.metaclass, '__call__');
  if (hook !== undefined && hook !== lookup(interpreter.types.type, '__call__')) {
    return callValue(interpreter, hook, [cls, ...args], keywords);
  }
  return instantiate(interpreter, cls, args, keywords);
}

/** `__new__`, then `__init__` where the result is of the class: what `type.__call__` does. */
export function instantiate(
  interpreter: Interpreter,
  cls: PyClass,
  args: readonly Value[],
  keywords: Keywords,
): Value {
  const object = create(interpreter, cls, args, keywords);
  if (object instanceof Unknown) return object;
  const type = typeOf(interpreter, object);
  if (!isSubclass(type, cls) || cls === interpreter.types.type) return object;
  const initialise = lookupBelowObject(interpreter, type, '__init__');
  if (initialise !== undefined) callSpecial(interpreter, initialise, object, args, keywords);
  else if (args.length + keywords.size > 0) refuseArguments(interpreter, type);
  return object;
}

function create(interpreter: Interpreter, cls: PyClass, args: readonly Value[], keywords: Keywords): Value {
  const maker = lookupBelowObject(interpreter, cls, '__new__');
  if (maker === undefined) return new PyInstance(cls);
  return callValue(
    interpreter,
    maker instanceof StaticMethod ? maker.callee : maker,
    [cls, ...args],
    keywords,
  );
}

function refuseArguments(interpreter: Interpreter, type: PyClass): void {
  if (type.unknownBase || lookupBelowObject(interpreter, type, '__new__') !== undefined) return;
  interpreter.raise('TypeError', `${type.name}() takes no arguments`);
}
