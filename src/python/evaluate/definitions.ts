// `def` and `class`: bodies, decorators, bases. A decorator that is not known leaves what it decorates as it is.

import type { Expr, Stmt } from '../../syntax/ast';
import { docstring } from '../docstring';
import type { Frame, Interpreter } from '../interpreter';
import { isPrelude } from '../library';
import { lookup, makeClass } from '../types';
import {
  type Namespace,
  PyClass,
  PyDict,
  PyFunction,
  PyTuple,
  type Scope,
  Unknown,
  type Value,
} from '../values';
import { deferredMembers } from './deferred';
import { evaluate } from './expressions';
import { inFrame, makeFunction } from './functions';
import { execute } from './statements';

type Of<K extends Stmt['kind']> = Extract<Stmt, { kind: K }>;

export function defineFunction(interpreter: Interpreter, node: Of<'FunctionDef'>, frame: Frame): Value {
  const made: PyFunction = makeFunction(interpreter, node, frame);
  if (frame.scope.kind === 'class') made.qualifiedName = `${frame.name}.${node.name}`;
  return decorate(interpreter, node.decorators, made, frame);
}

function decorate(interpreter: Interpreter, decorators: readonly Expr[], made: Value, frame: Frame): Value {
  let value = made;
  for (const decorator of [...decorators].reverse()) {
    const wrap = evaluate(interpreter, decorator, frame);
    frame.node = decorator;
    if (wrap instanceof Unknown) interpreter.gap(`decorator left out: ${wrap.reason}`);
    else value = keepKnown(interpreter.call(wrap, [value]), value);
  }
  return value;
}

const keepKnown = (wrapped: Value, inner: Value): Value => (wrapped instanceof Unknown ? inner : wrapped);

export function defineClass(interpreter: Interpreter, node: Of<'ClassDef'>, frame: Frame): Value {
  const bases = node.bases.flatMap((base) => basesOf(interpreter, evaluate(interpreter, base, frame)));
  const keywords: Namespace = new Map();
  for (const { arg, value } of node.keywords) if (arg) keywords.set(arg, evaluate(interpreter, value, frame));
  const members = deferredMembers(interpreter, node, bases, frame);
  const { variables, methods } = members
    ? { variables: members, methods: [] }
    : classBody(interpreter, node, frame);
  frame.node = node;
  const { module } = frame.scope;
  const parts = {
    name: node.name,
    bases,
    attributes: variables,
    keywords,
    module: module.name,
    fromSource: !isPrelude(frame.file),
  };
  const made = makeWithMetaclass(interpreter, parts);
  if (made instanceof PyClass) for (const method of methods) method.owner ??= made;
  return decorate(interpreter, node.decorators, made, frame);
}

interface ClassBody {
  readonly variables: Namespace;
  readonly methods: readonly PyFunction[];
}

/** Generic aliases in a base list stand for the class behind them. */
function basesOf(interpreter: Interpreter, base: Value): Value[] {
  if (base instanceof PyClass || base instanceof Unknown) return [base];
  const origin = interpreter.findAttribute(base, '__origin__');
  if (origin instanceof PyClass) return [origin];
  return [base];
}

/** Runs the body; functions in it are listed, because a decorator may hide them from the class that super() needs. */
function classBody(interpreter: Interpreter, node: Of<'ClassDef'>, frame: Frame): ClassBody {
  const methods: PyFunction[] = [];
  const scope: Scope = {
    variables: new Map<string, Value>([
      ['__doc__', docstring(node.body)],
      ['__module__', frame.scope.module.name],
      ['__qualname__', node.name],
    ]),
    parent: frame.scope,
    module: frame.scope.module,
    kind: 'class',
    methods,
  };
  const annotations = annotationsOf(node.body);
  if (annotations) scope.variables.set('__annotations__', annotations);
  const inner: Frame = { scope, file: frame.file, name: node.name, node, trying: frame.trying };
  inFrame(interpreter, inner, () => execute(interpreter, node.body, inner));
  return { variables: scope.variables, methods };
}

/** Names annotated in the body, in order: what dataclasses are made from. The annotation itself is kept as syntax. */
function annotationsOf(body: readonly Stmt[]): PyDict | undefined {
  const dict = new PyDict();
  for (const statement of body) {
    if (statement.kind !== 'AnnAssign' || statement.target.kind !== 'Name') continue;
    dict.entries.set(statement.target.id, [statement.target.id, annotationText(statement.annotation)]);
  }
  return dict.entries.size > 0 ? dict : undefined;
}

/** Enough of an annotation to tell ClassVar and InitVar: its leading name. */
function annotationText(annotation: Expr): string {
  switch (annotation.kind) {
    case 'Attribute':
      return annotation.attr;
    case 'Constant':
      return typeof annotation.value === 'string' ? annotation.value : 'None';
    case 'Name':
      return annotation.id;
    case 'Subscript':
      return `${annotationText(annotation.value)}[]`;
    default:
      return '';
  }
}

interface Parts {
  readonly name: string;
  readonly bases: readonly Value[];
  readonly attributes: Namespace;
  readonly keywords: Namespace;
  readonly module: string;
  readonly fromSource: boolean;
}

/** A metaclass with a `__new__` of its own makes the class; else it is made as `type` does. */
function makeWithMetaclass(interpreter: Interpreter, parts: Parts): Value {
  const given = parts.keywords.get('metaclass');
  const metaclass =
    given ??
    parts.bases.find((base): base is PyClass => base instanceof PyClass && !!base.metaclass)?.metaclass;
  const maker = metaclass instanceof PyClass ? lookup(metaclass, '__new__') : undefined;
  if (maker === undefined || maker === lookup(interpreter.types.type, '__new__'))
    return makeClass(interpreter, parts);
  const namespace = new PyDict();
  for (const [name, value] of parts.attributes) namespace.entries.set(name, [name, value]);
  const args = [parts.name, new PyTuple(parts.bases), namespace];
  const keywords = new Map([...parts.keywords].filter(([name]) => name !== 'metaclass'));
  const made = interpreter.call(maker, [metaclass as PyClass, ...args], keywords);
  const initialise = lookup(metaclass as PyClass, '__init__');
  if (initialise instanceof PyFunction && made instanceof PyClass) {
    interpreter.call(initialise, [made, ...args], keywords);
  }
  return made;
}
