// Carrying on after an error. The rule is to lose as little as possible of what is around it: a missing operand becomes
// a Missing node, a head that fails (`class Foo(nn`) keeps what was read and still takes its block, and what is left
// costs one line, which becomes a Bad statement. The other half of recovery, where brackets and quotes were meant to
// end, is in leniency.ts.

import type { Bad, Expr } from './ast';
import { Failure, type Mark, type Reader } from './reader';
import { T } from './tokens';

/** Tokens at which an operand that is missing is noted rather than a failure of the whole line. */
const OPERAND_ENDS: ReadonlySet<string> = new Set([')', ',', ':', '=', ']', '}']);

/** A place for an expression that is not there. */
export function missing(r: Reader): Expr {
  r.stretch();
  return { kind: 'Missing', start: r.start, end: r.start };
}

/** Notes that an operand is missing, or fails where something else stands in its place. */
export function missingOperand(r: Reader): Expr {
  const ends = r.on(T.Newline) || r.on(T.End) || r.on(T.FormatEnd) || OPERAND_ENDS.has(r.word);
  if (!ends) throw r.failure('expected an expression');
  r.report('expected an expression');
  return missing(r);
}

/** Takes a closing bracket; where the line ends without one, the expression is kept. */
export function closing(r: Reader, bracket: string): void {
  if (r.eat(bracket)) return;
  if (!r.on(T.Newline) && !r.on(T.End)) throw r.failure(`expected '${bracket}'`);
  r.report(`expected '${bracket}'`);
}

/** Reads something that may turn out to be something else: undefined, and back where it began, on a failure. */
export function attempt<V>(r: Reader, read: (r: Reader) => V): V | undefined {
  const mark = r.mark();
  try {
    return read(r);
  } catch (thrown) {
    noted(thrown);
    r.reset(mark);
    return undefined;
  }
}

/** Reads the head of a compound statement, filling in a draft; on a failure goes on behind the head. */
export function head(r: Reader, read: () => void): void {
  const mark = r.mark();
  try {
    read();
  } catch (thrown) {
    r.issues.push(noted(thrown).issue);
    r.resetDepth(mark);
    while (!atLayout(r)) r.advance();
  }
}

/** What is left of a statement that failed: notes the failure and passes over the line, by one token at least. */
export function badStatement(r: Reader, mark: Mark, start: number, thrown: unknown): Bad {
  r.issues.push(noted(thrown).issue);
  r.resetDepth(mark);
  if (r.isAt(mark)) r.advance();
  while (!atLayout(r)) r.advance();
  if (r.on(T.Newline)) r.skip();
  return { kind: 'Bad', start, end: Math.max(start, r.end) };
}

/** Whether the line is over. */
function atLayout(r: Reader): boolean {
  return r.on(T.Newline) || r.on(T.End) || r.on(T.Indent) || r.on(T.Dedent);
}

/** A failure of the grammar; anything else is a defect of the parser and goes on its way. */
function noted(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  throw thrown;
}
