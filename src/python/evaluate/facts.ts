// What the body of a function or class declares: `global`, `nonlocal`, and whether it yields. Found once per definition.

import type { Expr, FunctionDef, Lambda, Stmt } from '../../syntax/ast';
import type { Interpreter } from '../interpreter';

export interface FunctionFacts {
  readonly yields: boolean;
  readonly globals: ReadonlySet<string>;
  readonly nonlocals: ReadonlySet<string>;
}

const NO_NAMES: ReadonlySet<string> = new Set();
const PLAIN: FunctionFacts = { yields: false, globals: NO_NAMES, nonlocals: NO_NAMES };

/** Facts of a function's own body; nested functions and classes are not looked into. */
export function factsOf(interpreter: Interpreter, node: FunctionDef | Lambda): FunctionFacts {
  if (!node.special) return PLAIN;
  const known = interpreter.facts.get(node);
  if (known) return known;
  const facts = collect(node);
  interpreter.facts.set(node, facts);
  return facts;
}

/** Whether a statement or expression yields, nested functions left out. */
export function yieldsIn(interpreter: Interpreter, node: Stmt | Expr): boolean {
  const known = interpreter.facts.get(node);
  if (known) return known.yields;
  const facts = { yields: findYield(node), globals: NO_NAMES, nonlocals: NO_NAMES };
  interpreter.facts.set(node, facts);
  return facts.yields;
}

function collect(node: FunctionDef | Lambda): FunctionFacts {
  const globals = new Set<string>();
  const nonlocals = new Set<string>();
  const body: readonly (Stmt | Expr)[] = node.kind === 'Lambda' ? [node.body] : node.body;
  if (node.kind === 'FunctionDef') declaredIn(node.body, globals, nonlocals);
  return { yields: body.some(findYield), globals, nonlocals };
}

/** Names that statements outside of functions declare `global`. */
export function globalsDeclaredIn(body: readonly Stmt[]): ReadonlySet<string> {
  const globals = new Set<string>();
  declaredIn(body, globals, new Set());
  return globals;
}

function declaredIn(body: readonly Stmt[], globals: Set<string>, nonlocals: Set<string>): void {
  for (const statement of body) {
    if (statement.kind === 'Global') for (const name of statement.names) globals.add(name);
    if (statement.kind === 'Nonlocal') for (const name of statement.names) nonlocals.add(name);
    for (const block of blocksOf(statement)) declaredIn(block, globals, nonlocals);
  }
}

function blocksOf(statement: Stmt): readonly (readonly Stmt[])[] {
  switch (statement.kind) {
    case 'For':
    case 'If':
    case 'While':
      return [statement.body, statement.orelse];
    case 'With':
      return [statement.body];
    case 'Try':
      return [
        statement.body,
        statement.orelse,
        statement.finalbody,
        ...statement.handlers.map((h) => h.body),
      ];
    case 'Match':
      return statement.cases.map((c) => c.body);
    default:
      return [];
  }
}

/** Yields within an expression or a statement without blocks, in the order in which they are reached. */
export function yieldsWithin(node: unknown): Expr[] {
  if (Array.isArray(node)) return node.flatMap(yieldsWithin);
  if (typeof node !== 'object' || node === null) return [];
  const { kind } = node as { kind?: string };
  if (kind === 'FunctionDef' || kind === 'ClassDef' || kind === 'Lambda') return [];
  const inner = Object.values(node).flatMap(yieldsWithin);
  return kind === 'Yield' || kind === 'YieldFrom' ? [...inner, node as Expr] : inner;
}

/** Walks any part of the tree by its fields; definitions inside have yields of their own. */
function findYield(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(findYield);
  if (typeof node !== 'object' || node === null) return false;
  const { kind } = node as { kind?: string };
  if (kind === 'Yield' || kind === 'YieldFrom') return true;
  if (kind === 'FunctionDef' || kind === 'ClassDef' || kind === 'Lambda') return false;
  return Object.values(node).some(findYield);
}
