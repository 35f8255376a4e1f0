// Reading, binding and deleting names by Python's rules of scope.

import type { Frame, Interpreter } from '../interpreter';
import type { Scope, Value } from '../values';

/** The value of a name; raises NameError. */
export function readName(interpreter: Interpreter, name: string, frame: Frame): Value {
  const found = findName(interpreter, name, frame.scope);
  return found === undefined ? missing(interpreter, name) : found;
}

export function findName(interpreter: Interpreter, name: string, start: Scope): Value | undefined {
  for (let scope: Scope | null = start; scope; scope = scope.parent) {
    if (scope.kind === 'module') break;
    if (scope.globals?.has(name)) break;
    const value = scope.variables.get(name);
    if (value !== undefined) return value;
  }
  const found = interpreter.modules.global(start.module, name);
  return found === undefined ? interpreter.builtins.get(name) : found;
}

function missing(interpreter: Interpreter, name: string): Value {
  return interpreter.raise('NameError', `name '${name}' is not defined`);
}

export function bindName(name: string, value: Value, scope: Scope): void {
  if (scope.globals?.has(name)) scope.module.variables.set(name, value);
  else if (scope.nonlocals?.has(name)) holderOf(name, scope.parent).variables.set(name, value);
  else scope.variables.set(name, value);
}

/** `:=` in a comprehension binds in the function around it. */
export function bindWalrus(name: string, value: Value, scope: Scope): void {
  let holder = scope;
  while (holder.kind === 'comprehension' && holder.parent) holder = holder.parent;
  bindName(name, value, holder);
}

function holderOf(name: string, start: Scope | null): Scope {
  let last = start;
  for (let scope = start; scope && scope.kind !== 'module'; scope = scope.parent) {
    if (scope.variables.has(name)) return scope;
    last = scope;
  }
  return last as Scope;
}

/** Raises NameError where the name is not bound in this scope. */
export function unbindName(interpreter: Interpreter, name: string, scope: Scope): void {
  const variables = scope.globals?.has(name) ? scope.module.variables : scope.variables;
  if (!variables.delete(name)) missing(interpreter, name);
}
