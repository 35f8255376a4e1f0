// The functions of NumPy are rows of tables: name, Python signature, body. An unknown argument gives an unknown result; a
// body may stop anywhere with NotKnown, and arguments that do not fit raise ValueError.

import { DataDependentSize, OpError } from '../../ops/operator';
import type { Interpreter } from '../../python/interpreter';
import { firstUnknown } from '../../python/known';
import { native } from '../../python/native';
import { NativeFunction, Unknown, type Value } from '../../python/values';
import { tensorOf } from '../torch/tensors';

export type Body = (interpreter: Interpreter, args: readonly Value[]) => Value;
export type Row = readonly [name: string, signature: string, body: Body];

/** Ends a function whose result cannot be told. */
export class NotKnown extends Error {
  constructor(readonly unknown: Unknown) {
    super(unknown.reason);
  }
}

/** An unknown value that begins here. It is no gap yet: that it becomes where a price depends on it. */
export const unread = (interpreter: Interpreter, reason: string): Unknown =>
  new Unknown(reason, interpreter.stack());

export const notKnown = (interpreter: Interpreter): Unknown =>
  unread(interpreter, 'the contents of an array are not known');

/** A function of a table. */
export function arrayFunction([name, signature, body]: Row): NativeFunction {
  const bound = native(name, signature, (interpreter, args) =>
    guarded(interpreter, () => body(interpreter, args)),
  );
  return new NativeFunction(
    name,
    (interpreter, args, keywords) =>
      firstUnknown(args) ??
      firstUnknown(keywords.values()) ??
      written(bound.body(interpreter, args, keywords), keywords.get('out')),
    signature,
  );
}

/** `out=array`: the result goes there, and what was known of its contents is known no more. */
function written(result: Value, out: Value | undefined): Value {
  const data = tensorOf(out);
  if (!data) return result;
  data.storage.version++;
  return out as Value;
}

/** Runs a body; what stops it becomes an unknown value or a Python exception. */
export function guarded(interpreter: Interpreter, body: () => Value): Value {
  const depth = interpreter.frames.length;
  try {
    return body();
  } catch (error) {
    if (error instanceof OpError) return interpreter.raise('ValueError', error.message);
    if (error instanceof DataDependentSize) return notKnown(interpreter);
    if (!(error instanceof NotKnown)) throw error;
    interpreter.frames.length = depth;
    return error.unknown;
  }
}

export const functionsOf = (rows: readonly Row[]): [string, Value][] =>
  rows.map((row) => [row[0], arrayFunction(row)]);
