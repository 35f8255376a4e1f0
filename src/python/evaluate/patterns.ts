// `match`: whether a value fits a pattern, binding names on the way.

import type { Pattern } from '../../syntax/ast';
import type { Frame, Interpreter } from '../interpreter';
import { PyClass, PyDict, PyList, PyTuple, Unknown, type Value } from '../values';
import { constantValue, evaluate } from './expressions';
import { bindName } from './names';

type Of<K extends Pattern['kind']> = Extract<Pattern, { kind: K }>;

export function matchCase(interpreter: Interpreter, pattern: Pattern, subject: Value, frame: Frame): boolean {
  switch (pattern.kind) {
    case 'MatchValue':
      return interpreter.equal(subject, evaluate(interpreter, pattern.value, frame));
    case 'MatchSingleton':
      return (
        subject ===
        constantValue({ kind: 'Constant', value: pattern.value, isFloat: false, start: 0, end: 0 })
      );
    case 'MatchAs':
      if (pattern.pattern && !matchCase(interpreter, pattern.pattern, subject, frame)) return false;
      if (pattern.name) bindName(pattern.name, subject, frame.scope);
      return true;
    case 'MatchOr':
      return pattern.patterns.some((option) => matchCase(interpreter, option, subject, frame));
    case 'MatchSequence':
      return matchSequence(interpreter, pattern, subject, frame);
    case 'MatchMapping':
      return matchMapping(interpreter, pattern, subject, frame);
    case 'MatchClass':
      return matchClass(interpreter, pattern, subject, frame);
    case 'MatchStar':
      return false;
  }
}

function matchSequence(
  interpreter: Interpreter,
  { patterns }: Of<'MatchSequence'>,
  subject: Value,
  frame: Frame,
): boolean {
  if (!(subject instanceof PyList || subject instanceof PyTuple)) return false;
  const { items } = subject;
  const star = patterns.findIndex((p) => p.kind === 'MatchStar');
  if (star < 0 ? items.length !== patterns.length : items.length < patterns.length - 1) return false;
  const after = star < 0 ? 0 : patterns.length - star - 1;
  return patterns.every((pattern, index) => {
    if (pattern.kind === 'MatchStar') {
      if (pattern.name)
        bindName(pattern.name, new PyList(items.slice(star, items.length - after)), frame.scope);
      return true;
    }
    const at = star >= 0 && index > star ? items.length - patterns.length + index : index;
    return matchCase(interpreter, pattern, items[at] as Value, frame);
  });
}

function matchMapping(
  interpreter: Interpreter,
  pattern: Of<'MatchMapping'>,
  subject: Value,
  frame: Frame,
): boolean {
  if (!(subject instanceof PyDict)) return false;
  const rest = new PyDict();
  for (const [key, entry] of subject.entries) rest.entries.set(key, entry);
  for (const [index, keyNode] of pattern.keys.entries()) {
    const key = interpreter.key(evaluate(interpreter, keyNode, frame));
    const entry = subject.entries.get(key);
    const inner = pattern.patterns[index];
    if (!entry || !inner || !matchCase(interpreter, inner, entry[1], frame)) return false;
    rest.entries.delete(key);
  }
  if (pattern.rest) bindName(pattern.rest, rest, frame.scope);
  return true;
}

function matchClass(
  interpreter: Interpreter,
  pattern: Of<'MatchClass'>,
  subject: Value,
  frame: Frame,
): boolean {
  const cls = evaluate(interpreter, pattern.cls, frame);
  if (!(cls instanceof PyClass) || !interpreter.isInstance(subject, cls)) return false;
  const fields = positionalFields(interpreter, cls);
  const byPosition = pattern.patterns.every((inner, index) => {
    const field = fields?.[index];
    if (fields === undefined) return matchCase(interpreter, inner, subject, frame);
    return typeof field === 'string' && matchField(interpreter, inner, subject, field, frame);
  });
  return (
    byPosition &&
    pattern.kwPatterns.every((inner, index) =>
      matchField(interpreter, inner, subject, pattern.kwNames[index] as string, frame),
    )
  );
}

/** `__match_args__`; built-in classes without it match the subject itself. */
function positionalFields(interpreter: Interpreter, cls: PyClass): readonly Value[] | undefined {
  const found = interpreter.findAttribute(cls, '__match_args__');
  return found instanceof PyTuple || found instanceof PyList ? found.items : undefined;
}

function matchField(
  interpreter: Interpreter,
  pattern: Pattern,
  subject: Value,
  field: string,
  frame: Frame,
): boolean {
  const value = interpreter.findAttribute(subject, field);
  return value !== undefined && !(value instanceof Unknown) && matchCase(interpreter, pattern, value, frame);
}
