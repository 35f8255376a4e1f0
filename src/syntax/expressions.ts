// Expressions from the loosest binding to the tightest: lists without brackets, yield, `:=`, lambda and `if`, `or`,
// `and`, `not`, comparisons, binary operators by precedence climbing, signs and powers. What stands between operators
// is in atoms.ts. Function names are those of the Python grammar.
// A superset of Python is taken: that `f() = 1` assigns to a call is for a linter to say.

import type { Compare, Expr, Lambda } from './ast';
import { primary } from './atoms';
import { parameters } from './parameters';
import type { Reader } from './reader';
import { T } from './tokens';
import { AUGMENTED, BINARY, COMPARISONS } from './vocabulary';

type Rule = (r: Reader) => Expr;

/** How many operators may follow one another on one level, so that trees have a depth that readers can recurse over. */
export const MAX_CHAIN = 1000;

/** Binds more loosely than any binary operator: for `binary`, all of them. */
const LOOSEST = 1;
/** Sums and what binds tighter: as far as the number in a pattern (`1 + 2j`) goes. */
const SUM = 5;

// ---- lists without brackets -----------------------------------------------------------------------------------------

/** `item, item, …`: a tuple where there is a comma. */
export function list(r: Reader, item: Rule): Expr {
  const { start } = r;
  const first = item(r);
  if (!r.is(',')) return first;
  const elts = [first];
  while (r.eat(',') && !endsList(r)) elts.push(item(r));
  return { kind: 'Tuple', start, end: r.end, elts };
}

/** What may follow the last comma of a list without brackets. */
const LIST_ENDS: ReadonlySet<string> = new Set(['!', ')', ':', ';', '=', ']', 'as', 'for', 'in', '}']);

function endsList(r: Reader): boolean {
  return r.atLineEnd() || LIST_ENDS.has(r.word) || AUGMENTED.has(r.word);
}

/** The right side of an assignment and its like. */
export function starExpressions(r: Reader): Expr {
  return list(r, starExpression);
}

/** The subject of `match`. */
export function starNamedExpressions(r: Reader): Expr {
  return list(r, starNamedExpression);
}

/** A value as a statement or on the right of `=`. */
export function yieldOrStarExpressions(r: Reader): Expr {
  return r.is('yield') ? yieldExpression(r) : starExpressions(r);
}

/** The targets of a `for`. */
export function targets(r: Reader): Expr {
  return list(r, target);
}

/** One target of `for`, `with` or `del`. */
export function target(r: Reader): Expr {
  return r.is('*') ? starred(r) : binary(r, LOOSEST);
}

function starExpression(r: Reader): Expr {
  return r.is('*') ? starred(r) : expression(r);
}

/** An element inside brackets. */
export function starNamedExpression(r: Reader): Expr {
  return r.is('*') ? starred(r) : namedExpression(r);
}

function starred(r: Reader): Expr {
  const { start } = r;
  r.advance();
  const value = binary(r, LOOSEST);
  return { kind: 'Starred', start, end: r.end, value };
}

/** `yield`, `yield value` or `yield from value`. */
export function yieldExpression(r: Reader): Expr {
  const { start } = r;
  r.specials++;
  r.advance();
  if (r.eat('from')) {
    const value = expression(r);
    return { kind: 'YieldFrom', start, end: r.end, value };
  }
  const value = endsList(r) ? null : starExpressions(r);
  return { kind: 'Yield', start, end: r.end, value };
}

// ---- one expression -------------------------------------------------------------------------------------------------

/** An expression, or `name := expression`. */
export function namedExpression(r: Reader): Expr {
  const { start } = r;
  const target = expression(r);
  if (!r.eat(':=')) return target;
  const value = expression(r);
  return { kind: 'NamedExpr', start, end: r.end, target, value };
}

/** A lambda, a condition, or what binds tighter. */
export function expression(r: Reader): Expr {
  if (r.is('lambda')) return lambda(r);
  const { start } = r;
  const body = disjunction(r);
  if (!r.eat('if')) return body;
  r.enter();
  const test = disjunction(r);
  r.expect('else');
  const orelse = expression(r);
  r.leave();
  return { kind: 'IfExp', start, end: r.end, test, body, orelse };
}

function lambda(r: Reader): Lambda {
  const { start } = r;
  r.enter();
  r.advance();
  const args = parameters(r, ':');
  r.expect(':');
  const before = r.specials;
  const body = expression(r);
  r.leave();
  return { kind: 'Lambda', start, end: r.end, args, body, special: r.specials > before };
}

/** `a or b`, or what binds tighter. */
export function disjunction(r: Reader): Expr {
  const { start } = r;
  const first = conjunction(r);
  if (!r.is('or')) return first;
  const values = [first];
  while (r.eat('or')) values.push(conjunction(r));
  return { kind: 'BoolOp', start, end: r.end, op: 'or', values };
}

function conjunction(r: Reader): Expr {
  const { start } = r;
  const first = inversion(r);
  if (!r.is('and')) return first;
  const values = [first];
  while (r.eat('and')) values.push(inversion(r));
  return { kind: 'BoolOp', start, end: r.end, op: 'and', values };
}

function inversion(r: Reader): Expr {
  return r.is('not') ? prefixed(r, 'not', inversion) : comparison(r);
}

/** An operator in front of an operand. */
function prefixed(r: Reader, op: string, rule: Rule): Expr {
  const { start } = r;
  r.enter();
  r.advance();
  const operand = rule(r);
  r.leave();
  return { kind: 'UnaryOp', start, end: r.end, op, operand };
}

// ---- operators ------------------------------------------------------------------------------------------------------

function comparison(r: Reader): Expr {
  const { start } = r;
  const left = binary(r, LOOSEST);
  const op = comparisonSign(r);
  return op === undefined ? left : comparisons(r, start, left, op);
}

function comparisons(r: Reader, start: number, left: Expr, first: string): Compare {
  const ops: string[] = [];
  const comparators: Expr[] = [];
  for (let op: string | undefined = first; op !== undefined; op = comparisonSign(r)) {
    ops.push(op);
    comparators.push(binary(r, LOOSEST));
  }
  return { kind: 'Compare', start, end: r.end, left, ops, comparators };
}

/** Takes a comparison sign if there is one. */
function comparisonSign(r: Reader): string | undefined {
  const { word } = r;
  if (r.on(T.Operator)) {
    if (!COMPARISONS.has(word)) return undefined;
    r.advance();
    return word;
  }
  if (!r.on(T.Keyword)) return undefined;
  if (word === 'is') return takeIs(r);
  if (word === 'not' && r.wordAhead(1) === 'in') {
    r.advance();
    r.advance();
    return 'not in';
  }
  return r.eat('in') ? 'in' : undefined;
}

function takeIs(r: Reader): string {
  r.advance();
  return r.eat('not') ? 'is not' : 'is';
}

/** Operands joined by binary operators that bind at least as tightly as `least`. */
function binary(r: Reader, least: number): Expr {
  const { start } = r;
  let left = unary(r);
  for (let count = 0; r.on(T.Operator); count++) {
    const op = r.word;
    const level = BINARY.get(op);
    if (level === undefined || level < least) break;
    if (count === MAX_CHAIN) throw r.failure('too many operators in a row');
    r.advance();
    const right = binary(r, level + 1);
    left = { kind: 'BinOp', start, end: r.end, op, left, right };
  }
  return left;
}

/** An operand of `|` and what binds tighter, as in `{**a | b}`. */
export function bitwiseOr(r: Reader): Expr {
  return binary(r, LOOSEST);
}

/** A sum, which is as much as a value in a pattern may be. */
export function sum(r: Reader): Expr {
  return binary(r, SUM);
}

function unary(r: Reader): Expr {
  const { word } = r;
  return word === '-' || word === '+' || word === '~' ? prefixed(r, word, unary) : power(r);
}

/** `base ** exponent`: the exponent may have a sign and be a power itself. */
function power(r: Reader): Expr {
  const { start } = r;
  const left = r.is('await') ? awaited(r) : primary(r);
  if (!r.is('**')) return left;
  r.enter();
  r.advance();
  const right = unary(r);
  r.leave();
  return { kind: 'BinOp', start, end: r.end, op: '**', left, right };
}

function awaited(r: Reader): Expr {
  const { start } = r;
  r.advance();
  const value = primary(r);
  return { kind: 'Await', start, end: r.end, value };
}
