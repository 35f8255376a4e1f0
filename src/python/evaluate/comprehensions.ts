// Comprehensions and generator expressions: nested loops in a scope of their own. The first iterable is evaluated in the
// frame around, as in Python. A generator expression is lazy; its frame is on the stack only while it works.

import type { Comp, CompFor } from '../../syntax/ast';
import type { Frame, Interpreter } from '../interpreter';
import type { Scope, Value } from '../values';
import { evaluate } from './expressions';
import { closureOf, inFrame } from './functions';
import { assign } from './targets';

type Take = (element: Value, value: Value) => unknown;

/** Runs a comprehension to its end. */
export function comprehend(interpreter: Interpreter, node: Comp, frame: Frame, take: Take): void {
  const first = node.generators[0] as CompFor;
  const source = evaluate(interpreter, first.iter, frame);
  frame.node = node;
  const inner = innerFrame(node, frame);
  inFrame(interpreter, inner, () => {
    let count = 0;
    loop(interpreter, node, 0, source, inner, (element, value) => {
      if (++count > interpreter.limits.elements) interpreter.tooMany(count);
      take(element, value);
    });
  });
}

function loop(
  interpreter: Interpreter,
  node: Comp,
  level: number,
  source: Value,
  frame: Frame,
  take: Take,
): void {
  const { target, ifs } = node.generators[level] as CompFor;
  const next = node.generators[level + 1];
  for (const item of interpreter.iterate(source)) {
    interpreter.step();
    assign(interpreter, target, item, frame);
    if (!ifs.every((test) => interpreter.truth(evaluate(interpreter, test, frame)))) continue;
    if (next) loop(interpreter, node, level + 1, evaluate(interpreter, next.iter, frame), frame, take);
    else
      take(
        evaluate(interpreter, node.elt, frame),
        node.value ? evaluate(interpreter, node.value, frame) : null,
      );
  }
}

/** The elements of a generator expression, one at a time. */
export function comprehendLazily(
  interpreter: Interpreter,
  node: Comp,
  frame: Frame,
): Iterator<Value, undefined, Value> {
  const first = node.generators[0] as CompFor;
  const source = evaluate(interpreter, first.iter, frame);
  return steps(interpreter, node, 0, source, innerFrame(node, frame));
}

function* steps(
  interpreter: Interpreter,
  node: Comp,
  level: number,
  source: Value,
  frame: Frame,
): Generator<Value, undefined, Value> {
  const { target, ifs } = node.generators[level] as CompFor;
  const next = node.generators[level + 1];
  const within = <T>(body: () => T): T => inFrame(interpreter, frame, body);
  for (const item of interpreter.iterate(source)) {
    interpreter.step();
    const passes = within(() => {
      assign(interpreter, target, item, frame);
      return ifs.every((test) => interpreter.truth(evaluate(interpreter, test, frame)));
    });
    if (!passes) continue;
    if (next)
      yield* steps(
        interpreter,
        node,
        level + 1,
        within(() => evaluate(interpreter, next.iter, frame)),
        frame,
      );
    else yield within(() => evaluate(interpreter, node.elt, frame));
  }
  return undefined;
}

function innerFrame(node: Comp, frame: Frame): Frame {
  const parent = closureOf(frame.scope);
  const scope: Scope = {
    variables: new Map(),
    parent: frame.scope.kind === 'class' ? frame.scope : parent,
    module: parent.module,
    kind: 'comprehension',
  };
  return { scope, file: frame.file, name: frame.name, node, trying: frame.trying };
}
