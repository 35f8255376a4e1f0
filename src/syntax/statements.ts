// Modules, blocks, lines, and the statements of one line. A statement that fails is noted and costs its own line only.

import type { Alias, Expr, Import, ImportFrom, Module, ScopeStmt, Stmt, TypeAlias } from './ast';
import { compoundStatement } from './compound';
import { expression, starExpressions, target, yieldOrStarExpressions } from './expressions';
import { typeParameters } from './parameters';
import type { Reader } from './reader';
import { badStatement } from './recovery';
import { T } from './tokens';
import { AUGMENTED } from './vocabulary';

/** A whole file. */
export function module(r: Reader): Module {
  const body: Stmt[] = [];
  while (!r.on(T.End)) statement(r, body);
  return { kind: 'Module', start: 0, end: r.text.length, body };
}

/** Reads one statement, or one line of them, into `out`; never fails. */
export function statement(r: Reader, out: Stmt[]): void {
  const { start } = r;
  const mark = r.mark();
  try {
    if (r.on(T.Newline) || r.on(T.Dedent)) r.skip();
    else if (r.on(T.Indent)) unexpectedIndent(r, out);
    else compoundOrLine(r, out);
  } catch (thrown) {
    out.push(badStatement(r, mark, start, thrown));
  }
}

function compoundOrLine(r: Reader, out: Stmt[]): void {
  const compound = compoundStatement(r);
  if (compound === null) line(r, out);
  else out.push(compound);
}

function unexpectedIndent(r: Reader, out: Stmt[]): void {
  r.issues.push({ message: 'unexpected indent', start: r.start, end: r.start });
  indented(r, () => statement(r, out));
}

/** Takes an Indent, what `read` reads as often as there is more, and the Dedent. */
export function indented(r: Reader, read: () => void): void {
  r.enterBlock();
  r.skip();
  while (!r.on(T.Dedent) && !r.on(T.End)) read();
  if (r.on(T.Dedent)) r.skip();
  r.leaveBlock();
}

/** The body of a compound statement from its colon on: the rest of the line, or an indented block. */
export function block(r: Reader): Stmt[] {
  const body: Stmt[] = [];
  if (!r.eat(':')) {
    r.report("expected ':'");
    while (!r.on(T.Newline) && !r.on(T.End)) r.advance();
    if (r.kindAhead(1) !== T.Indent) {
      r.skip();
      return body;
    }
  }
  if (r.on(T.Newline)) indentedBlock(r, body);
  else line(r, body);
  return body;
}

function indentedBlock(r: Reader, body: Stmt[]): void {
  r.skip();
  if (r.on(T.Indent)) indented(r, () => statement(r, body));
  else r.report('expected an indented block');
}

/** Simple statements with semicolons between them. */
function line(r: Reader, out: Stmt[]): void {
  do out.push(simpleStatement(r));
  while (r.eat(';') && !r.on(T.Newline));
  if (r.on(T.Newline)) r.skip();
  else if (!r.on(T.End)) throw r.failure('expected the end of the line');
}

// ---- simple statements ----------------------------------------------------------------------------------------------

/** Statements of one line that begin with a keyword; each reader begins behind it. */
const SIMPLE: ReadonlyMap<string, (r: Reader, start: number) => Stmt> = new Map<
  string,
  (r: Reader, start: number) => Stmt
>([
  ['assert', assertStatement],
  ['break', (r, start) => ({ kind: 'Break', start, end: r.end })],
  ['continue', (r, start) => ({ kind: 'Continue', start, end: r.end })],
  ['del', deleteStatement],
  ['from', importFrom],
  ['global', (r, start) => scopeStatement(r, start, 'Global')],
  ['import', importStatement],
  ['nonlocal', (r, start) => scopeStatement(r, start, 'Nonlocal')],
  ['pass', (r, start) => ({ kind: 'Pass', start, end: r.end })],
  ['raise', raiseStatement],
  ['return', returnStatement],
]);

function simpleStatement(r: Reader): Stmt {
  const { start } = r;
  if (r.on(T.Keyword)) {
    const read = SIMPLE.get(r.word);
    if (read !== undefined) {
      r.advance();
      return read(r, start);
    }
  }
  return atTypeAlias(r) ? typeAlias(r, start) : expressionStatement(r, start);
}

function assertStatement(r: Reader, start: number): Stmt {
  const test = expression(r);
  const msg = r.eat(',') ? expression(r) : null;
  return { kind: 'Assert', start, end: r.end, test, msg };
}

function deleteStatement(r: Reader, start: number): Stmt {
  const targets: Expr[] = [];
  do targets.push(target(r));
  while (r.eat(',') && !r.atLineEnd());
  return { kind: 'Delete', start, end: r.end, targets };
}

function raiseStatement(r: Reader, start: number): Stmt {
  const exc = r.atLineEnd() ? null : expression(r);
  const cause = exc !== null && r.eat('from') ? expression(r) : null;
  return { kind: 'Raise', start, end: r.end, exc, cause };
}

function returnStatement(r: Reader, start: number): Stmt {
  const value = r.atLineEnd() ? null : starExpressions(r);
  return { kind: 'Return', start, end: r.end, value };
}

function scopeStatement(r: Reader, start: number, kind: ScopeStmt['kind']): Stmt {
  const names: string[] = [];
  r.specials++;
  do names.push(r.name());
  while (r.eat(','));
  return { kind, start, end: r.end, names };
}

/** `type X = …`, where `type` is no keyword. */
function atTypeAlias(r: Reader): boolean {
  if (!r.is('type') || r.kindAhead(1) !== T.Name) return false;
  return r.wordAhead(2) === '=' || r.wordAhead(2) === '[';
}

function typeAlias(r: Reader, start: number): TypeAlias {
  r.advance();
  const nameStart = r.start;
  const id = r.name();
  const name = { kind: 'Name', start: nameStart, end: r.end, id } as const;
  const typeParams = typeParameters(r);
  r.expect('=');
  const value = expression(r);
  return { kind: 'TypeAlias', start, end: r.end, name, typeParams, value };
}

/** An expression, or one of the assignments. */
function expressionStatement(r: Reader, start: number): Stmt {
  const first = yieldOrStarExpressions(r);
  if (r.is('=')) return assignment(r, start, first);
  if (r.on(T.Operator) && AUGMENTED.has(r.word)) return augmented(r, start, first);
  if (r.eat(':')) return annotated(r, start, first);
  return { kind: 'Expr', start, end: r.end, value: first };
}

function assignment(r: Reader, start: number, first: Expr): Stmt {
  const targets: Expr[] = [];
  let value = first;
  while (r.eat('=')) {
    targets.push(value);
    value = yieldOrStarExpressions(r);
  }
  return { kind: 'Assign', start, end: r.end, targets, value };
}

function augmented(r: Reader, start: number, target: Expr): Stmt {
  const op = r.word.slice(0, -1);
  r.advance();
  const value = yieldOrStarExpressions(r);
  return { kind: 'AugAssign', start, end: r.end, target, op, value };
}

function annotated(r: Reader, start: number, target: Expr): Stmt {
  const annotation = expression(r);
  const value = r.eat('=') ? yieldOrStarExpressions(r) : null;
  return { kind: 'AnnAssign', start, end: r.end, target, annotation, value };
}

// ---- imports --------------------------------------------------------------------------------------------------------

function importStatement(r: Reader, start: number): Import {
  const names: Alias[] = [];
  do names.push(alias(r, dottedName));
  while (r.eat(','));
  return { kind: 'Import', start, end: r.end, names };
}

function importFrom(r: Reader, start: number): ImportFrom {
  let level = 0;
  for (; r.is('.') || r.is('...'); r.advance()) level += r.word.length;
  const module = r.is('import') ? null : dottedName(r);
  r.expect('import');
  const names = r.is('*') ? [everything(r)] : importedNames(r);
  return { kind: 'ImportFrom', start, end: r.end, module, names, level };
}

function everything(r: Reader): Alias {
  const { start } = r;
  r.advance();
  return { kind: 'alias', start, end: r.end, name: '*', asname: null };
}

function importedNames(r: Reader): Alias[] {
  const bracketed = r.eat('(');
  const names: Alias[] = [];
  do {
    if (bracketed && r.is(')')) break;
    names.push(alias(r, (r) => r.name()));
  } while (r.eat(','));
  if (bracketed) r.expect(')');
  return names;
}

function alias(r: Reader, imported: (r: Reader) => string): Alias {
  const { start } = r;
  const name = imported(r);
  const asname = r.eat('as') ? r.name() : null;
  return { kind: 'alias', start, end: r.end, name, asname };
}

function dottedName(r: Reader): string {
  let name = r.name();
  while (r.eat('.')) name += `.${r.name()}`;
  return name;
}
