// Natives that want to know their arguments: given an unknown one, the result is that unknown.

import type { Interpreter } from './interpreter';
import { isException } from './iteration';
import { type BoundBody, native } from './native';
import { lookupBelowObject } from './types';
import {
  NativeFunction,
  NotImplementedValue,
  PyDict,
  PyInstance,
  PyTuple,
  Unknown,
  type Value,
} from './values';

/** Like native(), but `body` never sees an unknown argument. */
export function known(name: string, signature: string, body: BoundBody): NativeFunction {
  const inner = native(name, signature, body);
  return new NativeFunction(
    name,
    (interpreter, args, keywords) =>
      firstUnknown(args) ?? firstUnknown(keywords.values()) ?? inner.body(interpreter, args, keywords),
    signature,
  );
}

export function firstUnknown(values: Iterable<Value>): Unknown | undefined {
  for (const value of values) if (value instanceof Unknown) return value;
  return undefined;
}

/** Elements of an iterable; of an unknown, or with an unknown among them, that unknown. */
export function knownItems(interpreter: Interpreter, iterable: Value): readonly Value[] | Unknown {
  if (iterable instanceof Unknown) return iterable;
  const items = interpreter.list(iterable);
  return firstUnknown(items) ?? items;
}

/** What `*args` of a native holds. */
export const starred = (tuple: Value | undefined): readonly Value[] =>
  tuple instanceof PyTuple ? tuple.items : [];

/** What `**kwargs` of a native holds. */
export function keywordsOf(dict: Value | undefined): Map<string, Value> {
  const keywords = new Map<string, Value>();
  if (!(dict instanceof PyDict)) return keywords;
  for (const [key, value] of dict.entries.values()) if (typeof key === 'string') keywords.set(key, value);
  return keywords;
}

/** The result, or undefined where a Python exception of this built-in class was raised on the way. */
export function unlessRaised<T>(interpreter: Interpreter, exception: string, body: () => T): T | undefined {
  const depth = interpreter.frames.length;
  try {
    return body();
  } catch (error) {
    if (!isException(interpreter, error, exception)) throw error;
    interpreter.frames.length = depth;
    return undefined;
  }
}

/** With an unknown the result is unknown, but a native object may make something of it: a tensor keeps its shape. */
export function withUnknown(interpreter: Interpreter, name: string, known: Value, unknown: Unknown): Value {
  const method = known instanceof PyInstance ? lookupBelowObject(interpreter, known.type, name) : undefined;
  if (!(method instanceof NativeFunction)) return unknown;
  const result = interpreter.call(method, [known, unknown]);
  return result instanceof NotImplementedValue ? unknown : result;
}
