// The match statement and its patterns. `match` and `case` are soft keywords: a line that begins with `match` is a
// match statement only if it goes on as a subject and a colon at the end of the line.

import type { Case, Expr, Match, MatchClass, MatchMapping, Name, Pattern } from './ast';
import { namedExpression, starNamedExpressions, sum } from './expressions';
import type { Reader } from './reader';
import { attempt, head, missing } from './recovery';
import { block, indented, statement } from './statements';
import { T } from './tokens';

/** What can begin a subject, among operators and keywords. */
const SUBJECT_STARTS: ReadonlySet<string> = new Set([
  ...['(', '*', '+', '-', '...', '[', '{', '~'],
  ...['False', 'None', 'True', 'await', 'lambda', 'not', 'yield'],
]);

/** A match statement, or null where `match` is a name. */
export function matchStatement(r: Reader): Match | null {
  if (!mayBeSubject(r)) return null;
  const { start } = r;
  const subject = attempt(r, subjectOfMatch);
  if (subject === undefined) return null;
  const cases: Case[] = [];
  indented(r, () => oneCase(r, cases));
  return { kind: 'Match', start, end: r.end, subject, cases };
}

/** A glance at the next token, because most uses of `match` are calls and assignments. */
function mayBeSubject(r: Reader): boolean {
  const kind = r.kindAhead(1);
  if (kind === T.Operator || kind === T.Keyword) return SUBJECT_STARTS.has(r.wordAhead(1));
  return kind !== T.Newline && kind !== T.End;
}

function subjectOfMatch(r: Reader): Expr {
  r.advance();
  const subject = starNamedExpressions(r);
  r.expect(':');
  if (!r.on(T.Newline) || r.kindAhead(1) !== T.Indent) throw r.failure('expected an indented block');
  r.skip();
  return subject;
}

function oneCase(r: Reader, cases: Case[]): void {
  if (!r.is('case')) {
    r.report("expected 'case'");
    statement(r, []);
    return;
  }
  r.advance();
  const draft = { pattern: nothing(r), guard: null as Expr | null };
  head(r, () => {
    draft.pattern = patterns(r);
    draft.guard = r.eat('if') ? namedExpression(r) : null;
  });
  const body = block(r);
  cases.push({ ...draft, body });
}

/** What a case has whose pattern could not be read. */
function nothing(r: Reader): Pattern {
  return { kind: 'MatchValue', start: r.start, end: r.start, value: missing(r) };
}

// ---- patterns -------------------------------------------------------------------------------------------------------

/** The pattern of a case, a sequence where there is a comma. */
function patterns(r: Reader): Pattern {
  const { start } = r;
  const first = pattern(r);
  if (!r.is(',') && first.kind !== 'MatchStar') return first;
  const found = [first];
  while (r.eat(',') && !r.is(':') && !r.is('if')) found.push(pattern(r));
  return { kind: 'MatchSequence', start, end: r.end, patterns: found };
}

/** `*rest`, or alternatives, with a name for the whole. */
function pattern(r: Reader): Pattern {
  const { start } = r;
  if (r.eat('*')) {
    const name = captured(r.name());
    return { kind: 'MatchStar', start, end: r.end, name };
  }
  const found = alternatives(r);
  if (!r.eat('as')) return found;
  const name = r.name();
  return { kind: 'MatchAs', start, end: r.end, pattern: found, name };
}

function alternatives(r: Reader): Pattern {
  const { start } = r;
  const first = closedPattern(r);
  if (!r.is('|')) return first;
  const found = [first];
  while (r.eat('|')) found.push(closedPattern(r));
  return { kind: 'MatchOr', start, end: r.end, patterns: found };
}

/** The name that a capture binds: `_` binds none. */
function captured(name: string): string | null {
  return name === '_' ? null : name;
}

function closedPattern(r: Reader): Pattern {
  if (r.on(T.Name)) return namedPattern(r);
  const { start } = r;
  switch (r.word) {
    case '(':
      return nested(r, () => sequence(r, start, ')'));
    case '[':
      return nested(r, () => sequence(r, start, ']'));
    case '{':
      return nested(r, () => mapping(r, start));
    case 'None':
      return singleton(r, null);
    case 'True':
      return singleton(r, true);
    case 'False':
      return singleton(r, false);
    default: {
      const value = sum(r);
      return { kind: 'MatchValue', start, end: r.end, value };
    }
  }
}

/** Reads what an opening bracket begins, one level deeper. */
function nested<P>(r: Reader, rule: () => P): P {
  r.enter();
  r.advance();
  const found = rule();
  r.leave();
  return found;
}

function singleton(r: Reader, value: boolean | null): Pattern {
  const { start } = r;
  r.advance();
  return { kind: 'MatchSingleton', start, end: r.end, value };
}

/** A capture, a dotted value, or a class with its patterns. */
function namedPattern(r: Reader): Pattern {
  const { start } = r;
  const value = dottedName(r);
  if (r.is('(')) return nested(r, () => classPattern(r, start, value));
  if (value.kind !== 'Name') return { kind: 'MatchValue', start, end: r.end, value };
  return { kind: 'MatchAs', start, end: r.end, pattern: null, name: captured(value.id) };
}

function dottedName(r: Reader): Name | Extract<Expr, { kind: 'Attribute' }> {
  const { start } = r;
  const id = r.name();
  let value: ReturnType<typeof dottedName> = { kind: 'Name', start, end: r.end, id };
  while (r.eat('.')) {
    const attrStart = r.start;
    const attr = r.name();
    value = { kind: 'Attribute', start, end: r.end, value, attr, attrStart };
  }
  return value;
}

function classPattern(r: Reader, start: number, cls: Expr): MatchClass {
  const found: Pattern[] = [];
  const kwNames: string[] = [];
  const kwPatterns: Pattern[] = [];
  while (!r.is(')')) {
    if (r.on(T.Name) && r.wordAhead(1) === '=') {
      kwNames.push(r.name());
      r.advance();
      kwPatterns.push(pattern(r));
    } else found.push(pattern(r));
    if (!r.eat(',')) break;
  }
  r.expect(')');
  return { kind: 'MatchClass', start, end: r.end, cls, patterns: found, kwNames, kwPatterns };
}

/** A sequence, or a pattern whose round brackets leave no trace. */
function sequence(r: Reader, start: number, close: ')' | ']'): Pattern {
  const found: Pattern[] = [];
  let comma = false;
  while (!r.is(close)) {
    found.push(pattern(r));
    comma = r.eat(',');
    if (!comma) break;
  }
  r.expect(close);
  const [only] = found;
  const plain = close === ')' && found.length === 1 && !comma;
  if (plain && only !== undefined && only.kind !== 'MatchStar') return only;
  return { kind: 'MatchSequence', start, end: r.end, patterns: found };
}

function mapping(r: Reader, start: number): MatchMapping {
  const keys: Expr[] = [];
  const found: Pattern[] = [];
  let rest: string | null = null;
  while (!r.is('}')) {
    if (r.eat('**')) rest = r.name();
    else {
      keys.push(sum(r));
      r.expect(':');
      found.push(pattern(r));
    }
    if (!r.eat(',')) break;
  }
  r.expect('}');
  return { kind: 'MatchMapping', start, end: r.end, keys, patterns: found, rest };
}
