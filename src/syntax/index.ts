// Python text to a typed tree: the only door to this folder. Parsing never throws; a half-typed file gives a usable tree
// and a list of what is wrong with it.

import type { Expr, Module, ParseIssue } from './ast';
import { parseExpressionText, parseModule } from './parser';

export * from './ast';

/** Reads a file. */
export function parse(text: string): { module: Module; issues: ParseIssue[] } {
  const { module, errors } = parseModule(text);
  return { module, issues: errors };
}

/** Reads one expression, as typed on a command line. */
export function parseExpression(text: string): { expression: Expr; issues: ParseIssue[] } {
  return parseExpressionText(text);
}
