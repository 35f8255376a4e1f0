// Python text to a typed tree: the only door to this folder. The parser is written by hand: a lexer over character
// codes (lexer.ts) and recursive descent straight into the tree (reader.ts says how the grammar is laid out). Parsing
// never throws. A text is read strictly; only if that found something wrong it is read again with guesses about where
// brackets and quotes were meant to end, so that a half-typed line leaves the rest usable.
// Left out: comments, and everything that CPython checks behind the grammar (what may be assigned to, doubled
// parameters, `return` outside a function). More is taken than Python takes; we are not a linter.

import type { Expr, Module, ParseIssue } from './ast';
import { starNamedExpressions } from './expressions';
import { lateFunction } from './late';
import { lex } from './lexer';
import type { OutlinePart } from './outline';
import { Reader } from './reader';
import { attempt, missing } from './recovery';
import { module } from './statements';
import { T } from './tokens';

export * from './ast';
export { type OutlinePart, outline } from './outline';

/** Reads a file. */
export function parse(text: string): { module: Module; issues: ParseIssue[] } {
  const strict = read(text, false);
  if (strict.issues.length === 0) return strict;
  const lenient = read(text, true);
  const issues = lenient.issues.length > 0 ? lenient.issues : strict.issues;
  issues.sort((a, b) => a.start - b.start);
  return { module: lenient.module, issues };
}

/** Reads the statements of a part of a file that begins and ends with whole lines; offsets are those of the file. */
export function parsePart(text: string, part: OutlinePart): Module {
  const late = lateFunction(text, part, (start, end) => readLines(text, start, end));
  return late
    ? { kind: 'Module', start: 0, end: text.length, body: [late] }
    : readLines(text, part.start, part.end).module;
}

function readLines(text: string, from: number, to: number) {
  const r = new Reader(text, lex(text, { from, to }));
  const tree = module(r);
  return { module: tree, issues: r.issues, special: r.specials > 0 };
}

function read(text: string, lenient: boolean): { module: Module; issues: ParseIssue[] } {
  const r = new Reader(text, lex(text, { lenient }));
  return { module: module(r), issues: r.issues };
}

/** Reads one expression, as typed on a command line; what cannot be read is Missing. */
export function parseExpression(text: string): { expression: Expr; issues: ParseIssue[] } {
  const r = new Reader(text, lex(text, { bracketed: true }));
  const expression = attempt(r, starNamedExpressions) ?? missing(r);
  if (!r.on(T.End)) r.issues.push(r.failure('expected an expression and nothing else').issue);
  return { expression, issues: r.issues };
}
