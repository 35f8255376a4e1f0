// Ways into the evaluator from outside.

import { parse, parseExpression } from '../../syntax';
import type { Frame, Interpreter } from '../interpreter';
import { PyModule, type Scope, type Value } from '../values';
import { evaluate } from './expressions';
import { globalsDeclaredIn } from './facts';
import { inFrame } from './functions';
import { execute } from './statements';

/** Runs a text as a module of this name and file. Module level is tolerant: see modules.ts. */
export function runModule(
  interpreter: Interpreter,
  text: string,
  file: string,
  name = '__price_tag__',
): PyModule {
  const module = interpreter.modules.add(name, file, text);
  interpreter.modules.ensureRun(module);
  return module;
}

/** The value of an expression in a module's namespace or a scope; sites in it are of the file `<expression>`. */
export function evaluateExpression(interpreter: Interpreter, text: string, where: PyModule | Scope): Value {
  const { expression, issues } = parseExpression(text);
  const problem = issues[0];
  if (problem) interpreter.raise('SyntaxError', `${problem.message} in ${JSON.stringify(text)}`);
  const frame = textFrame(scopeOf(where), expression);
  return inFrame(interpreter, frame, () => evaluate(interpreter, expression, frame));
}

/** Runs statements in a module's namespace or a scope; here errors are raised as in Python. */
export function executeText(interpreter: Interpreter, text: string, where: PyModule | Scope): void {
  const { module: tree, issues } = parse(text);
  const problem = issues[0];
  if (problem) interpreter.raise('SyntaxError', `${problem.message} in ${JSON.stringify(text)}`);
  const frame = textFrame({ ...scopeOf(where), globals: globalsDeclaredIn(tree.body) }, tree);
  inFrame(interpreter, frame, () => execute(interpreter, tree.body, frame));
}

const scopeOf = (where: PyModule | Scope): Scope =>
  where instanceof PyModule
    ? { variables: where.variables, parent: null, module: where, kind: 'module' }
    : where;

const textFrame = (scope: Scope, node: Frame['node']): Frame => ({
  scope,
  file: '<expression>',
  name: '<expression>',
  node,
  trying: 0,
});
