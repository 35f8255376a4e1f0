// `packages._frames`: what the preludes cannot say in Python. The arguments with which an object is being made are those
// of the `__init__` calls that are running for it.

import type { Frame, Interpreter } from '../../python/interpreter';
import { isPrelude } from '../../python/library';
import { native } from '../../python/native';
import { lookup } from '../../python/types';
import { type Namespace, PyDict, PyFunction, type Value } from '../../python/values';

export function framesNamespace(): Namespace {
  return new Map<string, Value>([
    [
      'init_arguments',
      native('init_arguments', 'self', (interpreter, [self]) => initArguments(interpreter, self as Value)),
    ],
  ]);
}

/** Arguments of all `__init__` of this object that are running, by name; those of the outermost win. */
function initArguments(interpreter: Interpreter, self: Value): Value {
  const found = new PyDict();
  for (const frame of interpreter.frames) {
    if (frame.name !== '__init__' || frame.scope.receiver !== self || isPrelude(frame.file)) continue;
    for (const [name, value] of argumentsOf(frame)) {
      const key = interpreter.key(name);
      if (!found.entries.has(key)) found.entries.set(key, [name, value]);
    }
  }
  return found;
}

/** Values of the parameters; `**kwargs` count one by one, `*args` do not. */
function argumentsOf({ scope }: Frame): [string, Value][] {
  const init = scope.owner && lookup(scope.owner, '__init__');
  if (!(init instanceof PyFunction)) return [];
  return init.parameters.slice(1).flatMap(({ name, kind }): [string, Value][] => {
    const value = scope.variables.get(name);
    if (value === undefined || kind === 'variadic') return [];
    if (kind !== 'keywords' || !(value instanceof PyDict)) return [[name, value]];
    return [...value.entries.values()].map(([key, item]) => [String(key), item]);
  });
}
