// Raising exceptions whose arguments are more than a message.

import { PyRaise } from '../exceptions';
import type { Interpreter } from '../interpreter';
import { PyInstance, PyTuple, type Value } from '../values';

/** Raises a built-in exception with these arguments, as `raise type(*args)`. */
export function raiseWith(interpreter: Interpreter, type: string, args: readonly Value[]): never {
  const cls = interpreter.types.exceptions.get(type);
  if (!cls) throw new Error(`no exception class ${type}`);
  const value = new PyInstance(cls, new Map<string, Value>([['args', new PyTuple(args)]]));
  const message = args.length === 0 ? type : `${type}: ${interpreter.str(value)}`;
  throw new PyRaise(value, interpreter.stack(), message);
}

/** Ends an iterator; a generator's return value travels with it. */
export const stopIteration = (interpreter: Interpreter, value: Value): never =>
  raiseWith(interpreter, 'StopIteration', value === null ? [] : [value]);
