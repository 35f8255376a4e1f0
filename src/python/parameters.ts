// What a callable takes, for inspect.signature and for natives that make functions of their own (dataclasses,
// named tuples).

import { bindArguments } from './binder';
import type { Interpreter } from './interpreter';
import { parseSignature } from './native';
import { NativeFunction, type Parameter, PyFunction, type Value } from './values';

const DECLARED = Symbol('parameters of functions made at run time');

type Declared = WeakMap<NativeFunction, readonly Parameter[]>;

function declared(interpreter: Interpreter): Declared {
  const known = interpreter.state.get(DECLARED) as Declared | undefined;
  if (known) return known;
  const made: Declared = new WeakMap();
  interpreter.state.set(DECLARED, made);
  return made;
}

/** A native whose parameters are known only at run time; `body` gets its arguments in their order. */
export function nativeWith(
  interpreter: Interpreter,
  name: string,
  parameters: readonly Parameter[],
  body: (interpreter: Interpreter, args: readonly Value[]) => Value,
): NativeFunction {
  const made = new NativeFunction(name, (ip, args, keywords) =>
    body(ip, bindArguments(ip, name, parameters, args, keywords)),
  );
  declared(interpreter).set(made, parameters);
  return made;
}

/** Parameters of a function, native or not; undefined where it does not say. */
export function parametersOf(interpreter: Interpreter, callee: Value): readonly Parameter[] | undefined {
  if (callee instanceof PyFunction) return callee.parameters;
  if (!(callee instanceof NativeFunction)) return undefined;
  const known = declared(interpreter).get(callee);
  if (known) return known;
  return callee.signature === undefined ? undefined : parseSignature(callee.signature);
}
