// Which way an `if` goes whose condition is not known. A branch that ends in an exception is not taken, because the
// program would end there: the author checks what has to hold. One that only prints or warns changes nothing. In all other
// cases the condition counts as false, and a gap is noted.

import type { Expr, Stmt } from '../../syntax/ast';
import type { Interpreter } from '../interpreter';
import { knownTruth } from '../truth';
import { Unknown, type Value } from '../values';

type If = Extract<Stmt, { kind: 'If' }>;

export function branchTaken(interpreter: Interpreter, { body, orelse }: If, test: Value): readonly Stmt[] {
  const truth = knownTruth(interpreter, test);
  if (!(truth instanceof Unknown)) return truth ? body : orelse;
  if (!interpreter.isTrying) {
    if (endsInException(body)) return orelse;
    if (endsInException(orelse)) return body;
    if (orelse.length === 0 && body.every(isMute)) return orelse;
  }
  return interpreter.truth(truth) ? body : orelse;
}

const endsInException = (body: readonly Stmt[]): boolean => body.at(-1)?.kind === 'Raise';

/** A statement that tells something and does nothing. */
const isMute = (statement: Stmt): boolean =>
  statement.kind === 'Pass' || (statement.kind === 'Expr' && MUTE.has(calledName(statement.value) ?? ''));

const MUTE: ReadonlySet<string> = new Set([
  'debug',
  'error',
  'info',
  'print',
  'warn',
  'warning',
  'warn_once',
]);

function calledName(node: Expr): string | undefined {
  if (node.kind !== 'Call') return undefined;
  if (node.func.kind === 'Name') return node.func.id;
  return node.func.kind === 'Attribute' ? node.func.attr : undefined;
}
