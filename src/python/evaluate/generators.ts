// Functions that yield: the same statements, as a JavaScript generator that can stop in the middle. Statements without a
// yield inside go the ordinary way. Yields deep in an expression run before the rest of it; one in a `match` is a gap.
// The frame is on the stack only while the body works.

import type { Expr, Stmt } from '../../syntax/ast';
import { PyRaise } from '../exceptions';
import type { Frame, Interpreter } from '../interpreter';
import { PyIterator, type Value } from '../values';
import { evaluate } from './expressions';
import { yieldsIn, yieldsWithin } from './facts';
import { inFrame } from './functions';
import { bindName } from './names';
import { type Completion, enter, execute, executeOne, handles, leave } from './statements';
import { assign } from './targets';

type Steps<T> = Generator<Value, T, Value>;
type Of<K extends Stmt['kind']> = Extract<Stmt, { kind: K }>;

/** The values a generator function yields; its return value ends them. */
export function* runSteps(
  interpreter: Interpreter,
  body: readonly Stmt[],
  frame: Frame,
): Steps<Value | undefined> {
  const completion = yield* block(interpreter, body, frame);
  return typeof completion === 'object' ? completion.returned : undefined;
}

function* block(interpreter: Interpreter, body: readonly Stmt[], frame: Frame): Steps<Completion> {
  for (const statement of body) {
    const completion = yieldsIn(interpreter, statement)
      ? yield* step(interpreter, statement, frame)
      : inFrame(interpreter, frame, () => executeOne(interpreter, statement, frame));
    if (completion !== undefined) return completion;
  }
  return undefined;
}

function* step(interpreter: Interpreter, statement: Stmt, frame: Frame): Steps<Completion> {
  interpreter.step();
  frame.node = statement;
  switch (statement.kind) {
    case 'Expr':
      yield* value(interpreter, statement.value, frame);
      return undefined;
    case 'Assign': {
      const got = yield* value(interpreter, statement.value, frame);
      inFrame(interpreter, frame, () => {
        for (const target of statement.targets) assign(interpreter, target, got, frame);
      });
      return undefined;
    }
    case 'Return':
      return { returned: statement.value ? yield* value(interpreter, statement.value, frame) : null };
    case 'For':
      return yield* forSteps(interpreter, statement, frame);
    case 'While':
      return yield* whileSteps(interpreter, statement, frame);
    case 'If':
      return yield* block(
        interpreter,
        isTrue(interpreter, statement.test, frame) ? statement.body : statement.orelse,
        frame,
      );
    case 'With':
      return yield* withSteps(interpreter, statement, frame);
    case 'Try':
      return yield* trySteps(interpreter, statement, frame);
    case 'Match':
      inFrame(interpreter, frame, () => interpreter.gap('a yield in a match statement is not followed'));
      return undefined;
    default:
      yield* settle(interpreter, statement, frame);
      return inFrame(interpreter, frame, () => executeOne(interpreter, statement, frame));
  }
}

const isTrue = (interpreter: Interpreter, test: Expr, frame: Frame): boolean =>
  inFrame(interpreter, frame, () => interpreter.truth(evaluate(interpreter, test, frame)));

/** Runs the yields in an expression, or in a statement without blocks, so that it can be evaluated in one go. */
function* settle(interpreter: Interpreter, node: Expr | Stmt, frame: Frame): Steps<void> {
  for (const inner of yieldsWithin(node)) {
    const sent = yield* value(interpreter, inner, frame);
    frame.sent ??= new Map();
    frame.sent.set(inner, sent);
  }
}

/** An expression that is a yield, holds some, or holds none. */
function* value(interpreter: Interpreter, expression: Expr, frame: Frame): Steps<Value> {
  const plain = (e: Expr) => inFrame(interpreter, frame, () => evaluate(interpreter, e, frame));
  if (expression.kind === 'Yield') return yield expression.value ? plain(expression.value) : null;
  if (expression.kind === 'YieldFrom') {
    const source = plain(expression.value);
    if (source instanceof PyIterator) return (yield* { [Symbol.iterator]: () => source.source }) ?? null;
    for (const item of interpreter.iterate(source)) yield item;
    return null;
  }
  if (yieldsIn(interpreter, expression)) yield* settle(interpreter, expression, frame);
  return plain(expression);
}

function* forSteps(interpreter: Interpreter, statement: Of<'For'>, frame: Frame): Steps<Completion> {
  const source = inFrame(interpreter, frame, () => evaluate(interpreter, statement.iter, frame));
  for (const item of interpreter.iterate(source)) {
    interpreter.step();
    inFrame(interpreter, frame, () => assign(interpreter, statement.target, item, frame));
    const completion = yield* block(interpreter, statement.body, frame);
    if (completion === 'break') return undefined;
    if (typeof completion === 'object') return completion;
  }
  return yield* block(interpreter, statement.orelse, frame);
}

function* whileSteps(interpreter: Interpreter, statement: Of<'While'>, frame: Frame): Steps<Completion> {
  while (isTrue(interpreter, statement.test, frame)) {
    interpreter.step();
    const completion = yield* block(interpreter, statement.body, frame);
    if (completion === 'break') return undefined;
    if (typeof completion === 'object') return completion;
  }
  return yield* block(interpreter, statement.orelse, frame);
}

function* withSteps(interpreter: Interpreter, statement: Of<'With'>, frame: Frame): Steps<Completion> {
  const managers: Value[] = [];
  for (const { context, vars } of statement.items) {
    inFrame(interpreter, frame, () => {
      const manager = evaluate(interpreter, context, frame);
      const entered = enter(interpreter, manager);
      managers.push(manager);
      if (vars) assign(interpreter, vars, entered, frame);
    });
  }
  let left = false;
  try {
    const completion = yield* block(interpreter, statement.body, frame);
    return completion;
  } catch (error) {
    if (!(error instanceof PyRaise)) throw error;
    left = true;
    if (managers.reverse().some((manager) => interpreter.truth(leave(interpreter, manager, error))))
      return undefined;
    throw error;
  } finally {
    if (!left) for (const manager of managers.reverse()) leave(interpreter, manager, undefined);
  }
}

function* trySteps(interpreter: Interpreter, statement: Of<'Try'>, frame: Frame): Steps<Completion> {
  try {
    const completion = yield* block(interpreter, statement.body, frame);
    return completion ?? (yield* block(interpreter, statement.orelse, frame));
  } catch (error) {
    if (!(error instanceof PyRaise)) throw error;
    const handler = statement.handlers.find((h) =>
      inFrame(interpreter, frame, () => handles(interpreter, h, error, frame)),
    );
    if (!handler) throw error;
    if (handler.name) bindName(handler.name, error.value, frame.scope);
    return yield* block(interpreter, handler.body, frame);
  } finally {
    if (statement.finalbody.length > 0)
      inFrame(interpreter, frame, () => execute(interpreter, statement.finalbody, frame));
  }
}
