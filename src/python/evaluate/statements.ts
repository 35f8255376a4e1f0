// Statements. A block gives how it ended: nothing, `break`, `continue`, or a returned value. Python exceptions travel as
// PyRaise. Module level is more forgiving than Python: see modules.ts.

import type { Expr, Handler, Stmt } from '../../syntax/ast';
import { PyRaise } from '../exceptions';
import type { Frame, Interpreter } from '../interpreter';
import { inplaceOperation } from '../operators';
import { knownTruth } from '../truth';
import { PyClass, PyInstance, Unknown, type Value } from '../values';
import { branchTaken } from './branches';
import { defineClass, defineFunction } from './definitions';
import { evaluate, evaluateIndex } from './expressions';
import { bindName } from './names';
import { matchCase } from './patterns';
import { runPlainly } from './plain-loops';
import { assign, remove } from './targets';

export type Completion = undefined | 'break' | 'continue' | { readonly returned: Value };
type Of<K extends Stmt['kind']> = Extract<Stmt, { kind: K }>;

export function execute(interpreter: Interpreter, body: readonly Stmt[], frame: Frame): Completion {
  for (const statement of body) {
    const completion = executeOne(interpreter, statement, frame);
    if (completion !== undefined) return completion;
  }
  return undefined;
}

export function executeOne(interpreter: Interpreter, statement: Stmt, frame: Frame): Completion {
  interpreter.step();
  frame.node = statement;
  switch (statement.kind) {
    case 'Expr':
      evaluate(interpreter, statement.value, frame);
      return undefined;
    case 'Assign': {
      const value = evaluate(interpreter, statement.value, frame);
      for (const target of statement.targets) assign(interpreter, target, value, frame);
      return undefined;
    }
    case 'Return':
      return { returned: statement.value ? evaluate(interpreter, statement.value, frame) : null };
    case 'If': {
      const test = evaluate(interpreter, statement.test, frame);
      frame.node = statement.test;
      return execute(interpreter, branchTaken(interpreter, statement, test), frame);
    }
    case 'For':
      return executeFor(interpreter, statement, frame);
    case 'AugAssign':
      augment(interpreter, statement, frame);
      return undefined;
    case 'AnnAssign':
      if (statement.value)
        assign(interpreter, statement.target, evaluate(interpreter, statement.value, frame), frame);
      return undefined;
    case 'FunctionDef':
      bindName(statement.name, defineFunction(interpreter, statement, frame), frame.scope);
      return undefined;
    case 'ClassDef':
      bindName(statement.name, defineClass(interpreter, statement, frame), frame.scope);
      return undefined;
    default:
      return executeRare(interpreter, statement, frame);
  }
}

function executeRare(interpreter: Interpreter, statement: Stmt, frame: Frame): Completion {
  switch (statement.kind) {
    case 'While':
      return executeWhile(interpreter, statement, frame);
    case 'With':
      return executeWith(interpreter, statement, 0, frame);
    case 'Try':
      return executeTry(interpreter, statement, frame);
    case 'Raise':
      return raise(interpreter, statement, frame);
    case 'Assert':
      assertTrue(interpreter, statement, frame);
      return undefined;
    case 'Match':
      return executeMatch(interpreter, statement, frame);
    case 'Import':
    case 'ImportFrom':
      interpreter.modules.executeImport(statement, frame);
      return undefined;
    case 'Delete':
      for (const target of statement.targets) remove(interpreter, target, frame);
      return undefined;
    case 'TypeAlias':
      bindName(statement.name.id, interpreter.builtins.get('object') ?? null, frame.scope);
      return undefined;
    case 'Break':
      return 'break';
    case 'Continue':
      return 'continue';
    case 'Bad':
      interpreter.gap('this line cannot be read');
      return undefined;
    default:
      return undefined;
  }
}

function isTrue(interpreter: Interpreter, test: Expr, frame: Frame): boolean {
  const value = evaluate(interpreter, test, frame);
  frame.node = test;
  return interpreter.truth(value);
}

function executeFor(interpreter: Interpreter, statement: Of<'For'>, frame: Frame): Completion {
  const source = evaluate(interpreter, statement.iter, frame);
  frame.node = statement.iter;
  if (runPlainly(interpreter, statement, source, frame)) return undefined;
  for (const item of interpreter.iterate(source)) {
    interpreter.step();
    assign(interpreter, statement.target, item, frame);
    const completion = execute(interpreter, statement.body, frame);
    if (completion === 'break') return undefined;
    if (typeof completion === 'object') return completion;
  }
  return execute(interpreter, statement.orelse, frame);
}

function executeWhile(interpreter: Interpreter, statement: Of<'While'>, frame: Frame): Completion {
  while (isTrue(interpreter, statement.test, frame)) {
    interpreter.step();
    const completion = execute(interpreter, statement.body, frame);
    if (completion === 'break') return undefined;
    if (typeof completion === 'object') return completion;
  }
  return execute(interpreter, statement.orelse, frame);
}

/** `x += y`: in place where the value knows how. The target's parts are evaluated once. */
function augment(interpreter: Interpreter, statement: Of<'AugAssign'>, frame: Frame): void {
  const { target, op, value } = statement;
  const operator = op.endsWith('=') ? op.slice(0, -1) : op;
  const apply = (left: Value): Value => {
    const right = evaluate(interpreter, value, frame);
    frame.node = statement;
    return inplaceOperation(interpreter, operator, left, right);
  };
  if (target.kind === 'Attribute') {
    const object = evaluate(interpreter, target.value, frame);
    interpreter.setAttribute(object, target.attr, apply(interpreter.getAttribute(object, target.attr)));
  } else if (target.kind === 'Subscript') {
    const container = evaluate(interpreter, target.value, frame);
    const index = evaluateIndex(interpreter, target.slice, frame);
    interpreter.setItem(container, index, apply(interpreter.getItem(container, index)));
  } else {
    assign(interpreter, target, apply(evaluate(interpreter, target, frame)), frame);
  }
}

function executeMatch(interpreter: Interpreter, statement: Of<'Match'>, frame: Frame): Completion {
  const subject = evaluate(interpreter, statement.subject, frame);
  for (const { pattern, guard, body } of statement.cases) {
    if (!matchCase(interpreter, pattern, subject, frame)) continue;
    if (guard && !isTrue(interpreter, guard, frame)) continue;
    return execute(interpreter, body, frame);
  }
  return undefined;
}

/** What is not known is taken to be as the author says that it is. */
function assertTrue(interpreter: Interpreter, statement: Of<'Assert'>, frame: Frame): void {
  const value = evaluate(interpreter, statement.test, frame);
  frame.node = statement;
  if (knownTruth(interpreter, value) !== false) return;
  const message = statement.msg ? interpreter.str(evaluate(interpreter, statement.msg, frame)) : '';
  interpreter.raise('AssertionError', message);
}

function raise(interpreter: Interpreter, statement: Of<'Raise'>, frame: Frame): never {
  const handled = interpreter.handled.at(-1);
  if (!statement.exc) {
    if (handled) throw handled;
    interpreter.raise('RuntimeError', 'No active exception to reraise');
  }
  const given = evaluate(interpreter, statement.exc, frame);
  frame.node = statement;
  throw toRaise(interpreter, given instanceof PyClass ? interpreter.call(given) : given);
}

export function toRaise(interpreter: Interpreter, exception: Value): PyRaise {
  if (exception instanceof PyInstance) {
    const text = interpreter.str(exception);
    return new PyRaise(
      exception,
      interpreter.stack(),
      text ? `${exception.type.name}: ${text}` : exception.type.name,
    );
  }
  const reason =
    exception instanceof Unknown ? exception.reason : 'exceptions must derive from BaseException';
  return interpreter.raise('RuntimeError', reason);
}

/** `with a as x, b as y:` from item `index` on. An unknown manager is passed by. */
function executeWith(
  interpreter: Interpreter,
  statement: Of<'With'>,
  index: number,
  frame: Frame,
): Completion {
  const item = statement.items[index];
  if (!item) return execute(interpreter, statement.body, frame);
  const manager = evaluate(interpreter, item.context, frame);
  frame.node = item.context;
  const entered = enter(interpreter, manager);
  if (item.vars) assign(interpreter, item.vars, entered, frame);
  return guarded(interpreter, manager, () => executeWith(interpreter, statement, index + 1, frame));
}

export function enter(interpreter: Interpreter, manager: Value): Value {
  const method =
    interpreter.findAttribute(manager, '__enter__') ?? interpreter.findAttribute(manager, '__aenter__');
  return method === undefined
    ? interpreter.raise('TypeError', 'this is not a context manager')
    : interpreter.call(method);
}

/** Runs `body`; the manager's `__exit__` may swallow its exception. */
export function guarded(interpreter: Interpreter, manager: Value, body: () => Completion): Completion {
  const depth = interpreter.frames.length;
  let completion: Completion;
  try {
    completion = body();
  } catch (error) {
    if (!(error instanceof PyRaise)) throw error;
    interpreter.frames.length = depth;
    if (interpreter.truth(leave(interpreter, manager, error))) return undefined;
    throw error;
  }
  leave(interpreter, manager, undefined);
  return completion;
}

export function leave(interpreter: Interpreter, manager: Value, error: PyRaise | undefined): Value {
  const method =
    interpreter.findAttribute(manager, '__exit__') ?? interpreter.findAttribute(manager, '__aexit__');
  if (method === undefined || method instanceof Unknown) return false;
  return interpreter.call(method, error ? [error.value.type, error.value, null] : [null, null, null]);
}

function executeTry(interpreter: Interpreter, statement: Of<'Try'>, frame: Frame): Completion {
  let completion: Completion;
  try {
    completion = tryBody(interpreter, statement, frame);
  } catch (error) {
    if (!(error instanceof PyRaise)) throw error;
    const ended = execute(interpreter, statement.finalbody, frame);
    if (ended !== undefined) return ended;
    throw error;
  }
  return execute(interpreter, statement.finalbody, frame) ?? completion;
}

function tryBody(interpreter: Interpreter, statement: Of<'Try'>, frame: Frame): Completion {
  const depth = interpreter.frames.length;
  const caught = attempt(interpreter, statement, frame);
  if (!(caught instanceof PyRaise)) return caught ?? execute(interpreter, statement.orelse, frame);
  interpreter.frames.length = depth;
  for (const handler of statement.handlers) {
    if (handles(interpreter, handler, caught, frame)) return handle(interpreter, handler, caught, frame);
  }
  throw caught;
}

/** The completion of a `try` body, or the exception it ended with. */
function attempt(interpreter: Interpreter, statement: Of<'Try'>, frame: Frame): Completion | PyRaise {
  frame.trying++;
  try {
    return execute(interpreter, statement.body, frame);
  } catch (error) {
    if (error instanceof PyRaise) return error;
    throw error;
  } finally {
    frame.trying--;
  }
}

export function handles(interpreter: Interpreter, handler: Handler, error: PyRaise, frame: Frame): boolean {
  return !handler.type || interpreter.isInstance(error.value, evaluate(interpreter, handler.type, frame));
}

function handle(interpreter: Interpreter, handler: Handler, error: PyRaise, frame: Frame): Completion {
  if (handler.name) bindName(handler.name, error.value, frame.scope);
  interpreter.handled.push(error);
  try {
    return execute(interpreter, handler.body, frame);
  } finally {
    interpreter.handled.pop();
  }
}
