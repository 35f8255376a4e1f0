// Statements that have blocks, except match (patterns.ts). Each reads its head through recovery's `head`, filling in a
// draft, so that a head that fails keeps what was read and still takes its block.

import type {
  ClassDef,
  Expr,
  For,
  FunctionDef,
  Handler,
  If,
  Keyword,
  Stmt,
  Try,
  TypeParam,
  WithItem,
} from './ast';
import { callArguments } from './atoms';
import {
  expression,
  list,
  MAX_CHAIN,
  namedExpression,
  starExpressions,
  target,
  targets,
} from './expressions';
import { noParameters, parameters, typeParameters } from './parameters';
import { matchStatement } from './patterns';
import type { Reader } from './reader';
import { attempt, head, missing } from './recovery';
import { block } from './statements';
import { T } from './tokens';

/** Statements with a block, by their first word; each reader begins at it. */
const COMPOUND: ReadonlyMap<string, (r: Reader, start: number) => Stmt> = new Map([
  ['@', decorated],
  ['async', asyncStatement],
  ['class', (r, start) => classDefinition(r, start, [])],
  ['def', (r, start) => functionDefinition(r, start, [], false)],
  ['for', (r, start) => forStatement(r, start, false)],
  ['if', ifStatement],
  ['try', tryStatement],
  ['while', whileStatement],
  ['with', (r, start) => withStatement(r, start, false)],
]);

/** A statement with a block, or null where none begins. */
export function compoundStatement(r: Reader): Stmt | null {
  if (r.on(T.Name)) return r.is('match') ? matchStatement(r) : null;
  const read = COMPOUND.get(r.word);
  return read === undefined ? null : read(r, r.start);
}

function asyncStatement(r: Reader, start: number): Stmt {
  r.advance();
  if (r.is('def')) return functionDefinition(r, start, [], true);
  if (r.is('for')) return forStatement(r, start, true);
  if (r.is('with')) return withStatement(r, start, true);
  throw r.failure('expected def, for or with after async');
}

// ---- definitions ----------------------------------------------------------------------------------------------------

/** Decorators and what they decorate; where that is yet to be typed, the line after them is left alone. */
function decorated(r: Reader, start: number): Stmt {
  const decorators: Expr[] = [];
  while (r.eat('@')) {
    head(r, () => {
      decorators.push(namedExpression(r));
      if (!r.on(T.Newline)) throw r.failure('expected the end of the line');
    });
    if (r.on(T.Newline)) r.skip();
  }
  const { start: definition } = r;
  if (r.is('class')) return classDefinition(r, definition, decorators);
  const isAsync = r.is('async') && r.wordAhead(1) === 'def' && r.eat('async');
  if (r.is('def')) return functionDefinition(r, definition, decorators, isAsync);
  r.report('expected def or class after a decorator');
  return { kind: 'Bad', start, end: r.end };
}

function functionDefinition(r: Reader, start: number, decorators: Expr[], isAsync: boolean): FunctionDef {
  r.advance();
  const args = noParameters();
  const named = unnamed(r);
  const draft = { returns: null as Expr | null };
  head(r, () => {
    definedName(r, named);
    r.expect('(');
    parameters(r, ')', args);
    r.expect(')');
    draft.returns = r.eat('->') ? list(r, expression) : null;
  });
  const before = r.specials;
  const body = block(r);
  const special = r.specials > before;
  return {
    kind: 'FunctionDef',
    start,
    end: r.end,
    isAsync,
    ...named,
    args,
    ...draft,
    decorators,
    body,
    special,
  };
}

function classDefinition(r: Reader, start: number, decorators: Expr[]): ClassDef {
  r.advance();
  const named = unnamed(r);
  const bases: Expr[] = [];
  const keywords: Keyword[] = [];
  head(r, () => {
    definedName(r, named);
    if (!r.is('(')) return;
    callArguments(r, bases, keywords);
    r.expect(')');
  });
  const body = block(r);
  return { kind: 'ClassDef', start, end: r.end, ...named, bases, keywords, decorators, body };
}

/** The name of a definition and what may follow it. */
interface Named {
  name: string;
  nameStart: number;
  typeParams: TypeParam[];
}

function unnamed(r: Reader): Named {
  return { name: '', nameStart: r.end, typeParams: [] };
}

function definedName(r: Reader, named: Named): void {
  const { start } = r;
  named.name = r.name();
  named.nameStart = start;
  named.typeParams = typeParameters(r);
}

// ---- branches and loops ---------------------------------------------------------------------------------------------

/** A condition and its block: what `if` and each `elif` have. */
interface Branch {
  readonly start: number;
  readonly test: Expr;
  readonly body: Stmt[];
}

function ifStatement(r: Reader): If {
  const first = branch(r);
  const others: Branch[] = [];
  while (r.is('elif')) {
    if (others.length === MAX_CHAIN) throw r.failure('too many elif in a row');
    others.push(branch(r));
  }
  let orelse = elseBlock(r);
  const { end } = r;
  // An elif is an if in the else of the one before: folded from the last to the first.
  for (const other of others.reverse()) orelse = [{ kind: 'If', end, ...other, orelse }];
  return { kind: 'If', end, ...first, orelse };
}

function branch(r: Reader): Branch {
  const { start } = r;
  r.advance();
  const draft = { test: missing(r) };
  head(r, () => {
    draft.test = namedExpression(r);
  });
  return { start, ...draft, body: block(r) };
}

function elseBlock(r: Reader): Stmt[] {
  return r.eat('else') ? block(r) : [];
}

function whileStatement(r: Reader): Stmt {
  const loop = branch(r);
  const orelse = elseBlock(r);
  return { kind: 'While', end: r.end, ...loop, orelse };
}

function forStatement(r: Reader, start: number, isAsync: boolean): For {
  r.advance();
  const nothing = missing(r);
  const draft = { target: nothing, iter: nothing };
  head(r, () => {
    draft.target = targets(r);
    r.expect('in');
    draft.iter = starExpressions(r);
  });
  const body = block(r);
  const orelse = elseBlock(r);
  return { kind: 'For', start, end: r.end, isAsync, ...draft, body, orelse };
}

// ---- with and try ---------------------------------------------------------------------------------------------------

function withStatement(r: Reader, start: number, isAsync: boolean): Stmt {
  r.advance();
  const items: WithItem[] = [];
  head(r, () => {
    const bracketed = r.is('(') ? attempt(r, bracketedItems) : undefined;
    if (bracketed === undefined) withItems(r, ':', items);
    else items.push(...bracketed);
  });
  const body = block(r);
  return { kind: 'With', start, end: r.end, isAsync, items, body };
}

/** `(a as b, c)`, if that is what the bracket turns out to be: it may as well begin an expression. */
function bracketedItems(r: Reader): WithItem[] {
  const items: WithItem[] = [];
  r.advance();
  if (r.is(')')) throw r.failure('an empty tuple');
  withItems(r, ')', items);
  r.expect(')');
  if (!r.is(':')) throw r.failure("expected ':'");
  return items;
}

function withItems(r: Reader, close: string, items: WithItem[]): void {
  do {
    if (r.is(close) && items.length > 0) return;
    const context = expression(r);
    const vars = r.eat('as') ? target(r) : null;
    items.push({ context, vars });
  } while (r.eat(','));
}

function tryStatement(r: Reader, start: number): Try {
  r.advance();
  const body = block(r);
  const handlers: Handler[] = [];
  let isStar = false;
  while (r.is('except')) {
    if (r.wordAhead(1) === '*') isStar = true;
    handlers.push(handler(r));
  }
  const orelse = elseBlock(r);
  const finalbody = r.eat('finally') ? block(r) : [];
  return { kind: 'Try', start, end: r.end, isStar, body, handlers, orelse, finalbody };
}

function handler(r: Reader): Handler {
  const { start } = r;
  r.advance();
  r.eat('*');
  const draft = { type: null as Expr | null, name: null as string | null };
  if (!r.is(':')) {
    head(r, () => {
      draft.type = list(r, expression);
      draft.name = r.eat('as') ? r.name() : null;
    });
  }
  const body = block(r);
  return { kind: 'ExceptHandler', start, end: r.end, ...draft, body };
}
