// Built-in functions that run a text: eval and exec. In a function both see a copy of its variables: what is bound there is
// gone afterwards, as in Python, while what is done to objects stays. Not followed: code objects.

import { evaluateExpression, executeText } from '../evaluate';
import type { Interpreter } from '../interpreter';
import { dictNamespace } from '../namespace-dict';
import { native } from '../native';
import { type NativeFunction, PyDict, PyModule, type Scope, type Value } from '../values';

export const codeFunctions = (): NativeFunction[] => [
  native('eval', 'source, globals=None, locals=None, /', (interpreter, [source, globals, locals]) => {
    const scope = scopeOfText(interpreter, globals as Value, locals as Value);
    if (typeof source !== 'string' || !scope)
      return interpreter.unknown('eval() of what is not a known text is not followed');
    return evaluateExpression(interpreter, source.trim(), scope);
  }),
  native('exec', 'source, globals=None, locals=None, /', (interpreter, [source, globals, locals]) => {
    const scope = scopeOfText(interpreter, globals as Value, locals as Value);
    if (typeof source !== 'string' || !scope)
      return interpreter.unknown('exec() of what is not a known text is not followed');
    executeText(interpreter, source, scope);
    return null;
  }),
];

/** Where the names of a text are found and bound. */
function scopeOfText(interpreter: Interpreter, globals: Value, locals: Value): Scope | undefined {
  const around = interpreter.frames.at(-1)?.scope;
  if (!around) return undefined;
  if (globals instanceof PyDict) return scopeOfDicts(around.module, globals, locals);
  if (locals instanceof PyDict) return inFunction(around.module, dictNamespace(locals));
  if (around.kind === 'module') return around;
  return inFunction(around.module, around.kind === 'class' ? around.variables : variablesSeen(around));
}

function scopeOfDicts({ name, file }: PyModule, globals: PyDict, locals: Value): Scope {
  const module = new PyModule(name, dictNamespace(globals), file);
  if (locals instanceof PyDict && locals !== globals) return inFunction(module, dictNamespace(locals));
  return { variables: module.variables, parent: null, module, kind: 'module' };
}

const inFunction = (module: PyModule, variables: Scope['variables']): Scope => ({
  variables,
  parent: null,
  module,
  kind: 'function',
});

/** A copy of the variables of a function, in a comprehension together with its own. */
function variablesSeen(scope: Scope): Map<string, Value> {
  const outer =
    scope.kind === 'comprehension' && scope.parent && scope.parent.kind !== 'module'
      ? variablesSeen(scope.parent)
      : [];
  return new Map([...outer, ...scope.variables]);
}
