// Making and calling functions written in Python.

import type { FunctionDef, Lambda, Param, Params } from '../../syntax/ast';
import { bindArguments } from '../binder';
import type { Frame, Interpreter } from '../interpreter';
import { isPrelude } from '../library';
import {
  type Keywords,
  type Namespace,
  type Parameter,
  type ParameterKind,
  PyFunction,
  PyIterator,
  type Scope,
  type Value,
} from '../values';
import { evaluate } from './expressions';
import { factsOf } from './facts';
import { runSteps } from './generators';
import { execute } from './statements';

/** A function object; defaults are evaluated now, in the frame of the definition. */
export function makeFunction(interpreter: Interpreter, node: FunctionDef | Lambda, frame: Frame): PyFunction {
  const name = node.kind === 'Lambda' ? '<lambda>' : node.name;
  const parameters = parametersOf(interpreter, node.args, frame);
  const made = new PyFunction(name, node, parameters, closureOf(frame.scope));
  frame.scope.methods?.push(made);
  return made;
}

/** The scope that a function sees around it: class bodies are left out. */
export function closureOf(scope: Scope): Scope {
  let seen = scope;
  while (seen.kind === 'class' && seen.parent) seen = seen.parent;
  return seen;
}

function parametersOf(interpreter: Interpreter, params: Params, frame: Frame): Parameter[] {
  const of =
    (kind: ParameterKind) =>
    (p: Param): Parameter => ({
      name: p.name,
      kind,
      default: p.default ? evaluate(interpreter, p.default, frame) : undefined,
      annotation: p.annotation ?? undefined,
    });
  return [
    ...params.posonly.map(of('positional')),
    ...params.args.map(of('normal')),
    ...(params.vararg ? [of('variadic')(params.vararg)] : []),
    ...params.kwonly.map(of('keyword')),
    ...(params.kwarg ? [of('keywords')(params.kwarg)] : []),
  ];
}

export function callFunction(
  interpreter: Interpreter,
  callee: PyFunction,
  args: readonly Value[],
  keywords: Keywords,
): Value {
  const bound = bindArguments(interpreter, callee.name, callee.parameters, args, keywords);
  const frame = frameOf(interpreter, callee, bound);
  const told = isPrelude(frame.file) ? undefined : interpreter.host.onFunction?.(callee, bound);
  const result = interpreter.deeper(() => runBody(interpreter, callee, frame));
  told?.(result);
  return result;
}

function frameOf(interpreter: Interpreter, callee: PyFunction, bound: readonly Value[]): Frame {
  const { node, parameters, scope } = callee;
  const { globals, nonlocals } = factsOf(interpreter, node);
  const variables: Namespace = new Map();
  for (let index = 0; index < parameters.length; index++) {
    variables.set((parameters[index] as Parameter).name, bound[index] as Value);
  }
  const own: Scope = {
    variables,
    parent: scope,
    module: scope.module,
    kind: 'function',
    globals,
    nonlocals,
    owner: callee.owner,
    receiver: bound[0],
  };
  return { scope: own, file: scope.module.file ?? '<unknown>', name: callee.name, node, trying: 0 };
}

function runBody(interpreter: Interpreter, callee: PyFunction, frame: Frame): Value {
  const { node } = callee;
  if (factsOf(interpreter, node).yields && node.kind === 'FunctionDef') {
    return new PyIterator(runSteps(interpreter, node.body, frame), callee.name);
  }
  return inFrame(interpreter, frame, () => {
    if (node.kind === 'Lambda') return evaluate(interpreter, node.body, frame);
    const completion = execute(interpreter, node.body, frame);
    return typeof completion === 'object' ? completion.returned : null;
  });
}

/** Runs something with a frame on the stack, and takes it off again whatever happens. */
export function inFrame<T>(interpreter: Interpreter, frame: Frame, body: () => T): T {
  const depth = interpreter.frames.length;
  interpreter.frames.push(frame);
  try {
    return body();
  } finally {
    interpreter.frames.length = depth;
  }
}
