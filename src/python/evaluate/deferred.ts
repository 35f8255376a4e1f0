// What can wait until it is asked for, because nobody could tell: tables of literals at module level, and members of
// enumerations. Libraries keep weights with their addresses, categories and transforms in them, and code that builds a
// model names a member without asking what is in it. So in a class whose body does nothing but call classes and give
// members second names, each call waits until its value is asked for.
// Left out: members that are anything else or made from what may change, and whatever a mixed-in type or a constructor
// makes of a value; such a class is read at once, as Python does.

import type { ClassDef, Expr, Stmt } from '../../syntax/ast';
import type { Frame, Interpreter } from '../interpreter';
import { lookup } from '../types';
import { type Namespace, PyClass, PyFunction, PyInstance, type Value } from '../values';
import { evaluate } from './expressions';
import { inFrame } from './functions';

/** The payload of a member that waits. */
export class Deferred {
  constructor(readonly evaluate: () => Value) {}
}

/** A metaclass has this attribute where its classes can do with members that wait. */
export const DEFERS = '_defers_members_';

/** What a class may not say itself, or its members are not what the body calls them. */
const SHAPING = ['__eq__', '__init__', '__new__', '_generate_next_value_', '_ignore_'];

type Member = readonly [name: string, value: Expr];

/** The members of a class body as objects that wait; undefined where the body has to be run. */
export function deferredMembers(
  interpreter: Interpreter,
  node: ClassDef,
  bases: readonly Value[],
  frame: Frame,
): Namespace | undefined {
  if (!bases.every((base) => base instanceof PyClass && canWait(interpreter, base))) return undefined;
  const members = membersIn(node.body);
  if (!members?.every(([, value]) => isCallOfClass(interpreter, value, frame))) return undefined;
  if (!isSettled(interpreter, members, frame)) return undefined;
  return namespaceOf(interpreter, node, members, frame);
}

function canWait({ types }: Interpreter, base: PyClass): boolean {
  const { int, str, float } = types;
  const defers = base.metaclass !== undefined && lookup(base.metaclass, DEFERS) === true;
  if (!defers || base.mro.some((cls) => [int, str, float].includes(cls))) return false;
  return !base.mro.some(({ fromSource, attributes }) => fromSource && SHAPING.some((n) => attributes.has(n)));
}

/** Names with their values, where the body is nothing else; a second name has a Name for its value. */
function membersIn(body: readonly Stmt[]): Member[] | undefined {
  const members: Member[] = [];
  const names = new Set<string>();
  for (const statement of body) {
    if (statement.kind === 'Expr' && statement.value.kind === 'Constant') continue;
    const member = memberOf(statement);
    if (!member || !isPlain(member[1], names)) return undefined;
    names.add(member[0]);
    members.push(member);
  }
  return members.length > 0 ? members : undefined;
}

function memberOf(statement: Stmt): Member | undefined {
  if (statement.kind !== 'Assign' || statement.targets.length !== 1) return undefined;
  const [target] = statement.targets;
  return target?.kind === 'Name' && !target.id.startsWith('_') ? [target.id, statement.value] : undefined;
}

/** A call that speaks of no other member, or the name of one. */
function isPlain(value: Expr, names: ReadonlySet<string>): boolean {
  if (value.kind === 'Name') return names.has(value.id);
  return (
    value.kind === 'Call' && value.func.kind === 'Name' && !namesIn(value).some((name) => names.has(name))
  );
}

/** Objects of a class that somebody wrote are members; `auto()` and descriptors are not what they seem. */
function isCallOfClass(interpreter: Interpreter, value: Expr, frame: Frame): boolean {
  if (value.kind !== 'Call') return true;
  const callee = evaluate(interpreter, value.func, frame);
  return callee instanceof PyClass && callee.fromSource && lookup(callee, '__get__') === undefined;
}

/** Whether the values will be the same later: what they are made from is imported, defined, or never changed. */
function isSettled(
  { builtins, host }: Interpreter,
  members: readonly Member[],
  { file, scope }: Frame,
): boolean {
  const { pending, variables } = scope.module;
  const names = namesIn(members.map(([, value]) => value).filter(({ kind }) => kind === 'Call'));
  const text = scope.kind === 'module' ? host.reader.read(file) : undefined;
  return names.every((name) => {
    const value = variables.get(name);
    const isDefinition = value instanceof PyClass || value instanceof PyFunction;
    if (isDefinition || (builtins.has(name) && !pending.has(name))) return true;
    if (text === undefined) return false;
    const isNeverAssigned = value === undefined && !new RegExp(`\\b${name}\\b[ \\t]*\\W?=`).test(text);
    return isNeverAssigned || isOnlySpread(name, text);
  });
}

/** A name that is bound once, at the start of a line, and of which nothing but `**name` is said. */
function isOnlySpread(name: string, text: string): boolean {
  const others = text.replaceAll(`**${name}`, '').split(new RegExp(`\\b${name}\\b`));
  return others.length === 2 && /(^|\n)$/.test(others[0] ?? '') && /^ *=[^=]/.test(others[1] ?? '');
}

/** Names in a display of constants; undefined where anything is computed in it. */
export function namesInLiteral(node: Expr | null): string[] | undefined {
  switch (node?.kind) {
    case 'Constant':
      return [];
    case 'Name':
      return [node.id];
    case 'List':
    case 'Tuple':
      return allNames(node.elts);
    case 'Dict':
      return allNames([...node.keys, ...node.values]);
    default:
      return undefined;
  }
}

function allNames(nodes: readonly (Expr | null)[]): string[] | undefined {
  const names: string[] = [];
  for (const node of nodes) {
    const inner = namesInLiteral(node);
    if (!inner) return undefined;
    names.push(...inner);
  }
  return names;
}

function namesIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(namesIn);
  if (typeof node !== 'object' || node === null) return [];
  const { kind, id } = node as { kind?: string; id?: string };
  return kind === 'Name' ? [id ?? ''] : Object.values(node).flatMap(namesIn);
}

function namespaceOf(
  interpreter: Interpreter,
  { name }: ClassDef,
  members: readonly Member[],
  frame: Frame,
): Namespace {
  const { module } = frame.scope;
  const namespace: Namespace = new Map<string, Value>([
    ['__module__', module.name],
    ['__qualname__', name],
  ]);
  const scope = { variables: new Map(namespace), parent: frame.scope, module, kind: 'class' as const };
  for (const [member, value] of members) {
    const inner: Frame = { ...frame, scope, name, node: value };
    const evaluateLater = (): Value =>
      interpreter.modules.quietly(() =>
        inFrame(interpreter, inner, () => evaluate(interpreter, value, inner)),
      );
    const earlier = value.kind === 'Name' ? namespace.get(value.id) : undefined;
    namespace.set(member, earlier ?? waiting(interpreter, evaluateLater));
  }
  return namespace;
}

function waiting({ types }: Interpreter, evaluateLater: () => Value): PyInstance {
  const instance = new PyInstance(types.object);
  instance.payload = new Deferred(evaluateLater);
  return instance;
}
