// `_unknown`: how modules written in Python say that they do not know. And modules of whose names nothing is known: each
// gives an unknown value, which is noted as a gap only where the program comes to depend on it.

import type { Interpreter } from '../interpreter';
import { native } from '../native';
import { type Namespace, NativeFunction, Unknown, type Value } from '../values';

export function unknownModule(): Namespace {
  return new Map<string, Value>([
    ['is_unknown', new NativeFunction('is_unknown', (_, [value]) => value instanceof Unknown, 'value, /')],
    [
      'unknown',
      native('unknown', 'reason, /', (interpreter, [reason]) => unknown(interpreter, String(reason))),
    ],
  ]);
}

/** Without a gap: that comes when it matters. */
export const unknown = (interpreter: Interpreter, reason: string): Unknown =>
  new Unknown(reason, interpreter.stack());

/** A function of which nothing is known but that it may be called. */
export const unknownFunction = (name: string, reason: string): NativeFunction =>
  new NativeFunction(name, (interpreter) => unknown(interpreter, reason), '*args, **kwargs');

/** A function that does nothing. */
export const nothing = (name: string, result: Value = null): NativeFunction =>
  new NativeFunction(name, () => result, '*args, **kwargs');

/** A module with these names, and unknown values for all others. */
export function opaque(
  module: string,
  reason: string,
  names: () => Namespace = () => new Map(),
): () => Namespace {
  return () => {
    const namespace = names();
    namespace.set(
      '__getattr__',
      native('__getattr__', 'name, /', (interpreter, [name]) => {
        const text = String(name);
        if (text.startsWith('__'))
          interpreter.raise('AttributeError', `module '${module}' has no attribute '${text}'`);
        return unknown(interpreter, `${module}.${text} is not known: ${reason}`);
      }),
    );
    return namespace;
  };
}
