// Assignment targets: names, attributes, items, and tuples of them with a star.

import type { Expr, Starred } from '../../syntax/ast';
import { deleteAttribute } from '../attributes';
import type { Frame, Interpreter } from '../interpreter';
import { deleteItem } from '../truth';
import { PyList, Unknown, type Value } from '../values';
import { evaluate, evaluateIndex } from './expressions';
import { bindName, unbindName } from './names';

export function assign(interpreter: Interpreter, target: Expr, value: Value, frame: Frame): void {
  switch (target.kind) {
    case 'Name':
      bindName(target.id, value, frame.scope);
      return;
    case 'Attribute': {
      const object = evaluate(interpreter, target.value, frame);
      frame.node = target;
      interpreter.setAttribute(object, target.attr, value);
      return;
    }
    case 'Subscript': {
      const container = evaluate(interpreter, target.value, frame);
      const index = evaluateIndex(interpreter, target.slice, frame);
      frame.node = target;
      interpreter.setItem(container, index, value);
      return;
    }
    case 'Tuple':
    case 'List':
      unpack(interpreter, target.elts, value, frame);
      return;
    case 'Starred':
      assign(interpreter, target.value, value, frame);
  }
}

function unpack(interpreter: Interpreter, targets: readonly Expr[], value: Value, frame: Frame): void {
  if (value instanceof Unknown) {
    for (const target of targets) assign(interpreter, target, value, frame);
    return;
  }
  frame.node = targets[0] ?? frame.node;
  const items = interpreter.list(value);
  const star = targets.findIndex((target) => target.kind === 'Starred');
  if (star >= 0) unpackStarred(interpreter, targets, star, items, frame);
  else unpackExactly(interpreter, targets, items, frame);
}

function unpackExactly(
  interpreter: Interpreter,
  targets: readonly Expr[],
  items: readonly Value[],
  frame: Frame,
): void {
  if (items.length < targets.length) {
    interpreter.raise(
      'ValueError',
      `not enough values to unpack (expected ${targets.length}, got ${items.length})`,
    );
  }
  if (items.length > targets.length) {
    interpreter.raise('ValueError', `too many values to unpack (expected ${targets.length})`);
  }
  targets.forEach((target, index) => {
    assign(interpreter, target, items[index] as Value, frame);
  });
}

function unpackStarred(
  interpreter: Interpreter,
  targets: readonly Expr[],
  star: number,
  items: readonly Value[],
  frame: Frame,
): void {
  const after = targets.length - star - 1;
  if (items.length < star + after) {
    interpreter.raise(
      'ValueError',
      `not enough values to unpack (expected at least ${star + after}, got ${items.length})`,
    );
  }
  const end = items.length - after;
  unpackExactly(interpreter, targets.slice(0, star), items.slice(0, star), frame);
  assign(interpreter, (targets[star] as Starred).value, new PyList(items.slice(star, end)), frame);
  unpackExactly(interpreter, targets.slice(star + 1), items.slice(end), frame);
}

export function remove(interpreter: Interpreter, target: Expr, frame: Frame): void {
  if (target.kind === 'Name') unbindName(interpreter, target.id, frame.scope);
  else if (target.kind === 'Attribute') {
    deleteAttribute(interpreter, evaluate(interpreter, target.value, frame), target.attr);
  } else if (target.kind === 'Subscript') {
    const container = evaluate(interpreter, target.value, frame);
    deleteItem(interpreter, container, evaluateIndex(interpreter, target.slice, frame));
  } else if (target.kind === 'Tuple' || target.kind === 'List') {
    for (const item of target.elts) remove(interpreter, item, frame);
  }
}
