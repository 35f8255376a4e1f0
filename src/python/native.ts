// Functions written in TypeScript, with a declared Python signature: native('randint', 'low, high, size=None', body).
// The one argument binder (binder.ts) gives `body` its arguments in declared order, so no body checks its arity.
// Signatures are parsed at the first call; defaults are literals.

import { parse } from '../syntax';
import type { Expr } from '../syntax/ast';
import { bindArguments } from './binder';
import type { Interpreter } from './interpreter';
import { NativeFunction, type Parameter, PyFloat, PyTuple, type Unknown, type Value } from './values';

/** Arguments in declared order; a variadic one is a PyTuple, `**keywords` a PyDict. */
export type BoundBody = (interpreter: Interpreter, args: readonly Value[]) => Value;

/** Thrown where an argument turns out to be unknown when it is read; its native returns that unknown. */
export class UnknownArgument extends Error {
  constructor(readonly unknown: Unknown) {
    super(unknown.reason);
  }
}

/** A native function whose arguments are bound to `signature` before `body` sees them. */
export function native(name: string, signature: string, body: BoundBody): NativeFunction {
  let parameters: readonly Parameter[] | undefined;
  return new NativeFunction(
    name,
    (interpreter, args, keywords) => {
      parameters ??= parseSignature(signature);
      const bound = bindArguments(interpreter, name, parameters, args, keywords);
      try {
        return body(interpreter, bound);
      } catch (error) {
        if (error instanceof UnknownArgument) return error.unknown;
        throw error;
      }
    },
    signature,
  );
}

/** A parameter list as in a `def`, with literal defaults. */
export function parseSignature(signature: string): readonly Parameter[] {
  const definition = parse(`def f(${signature}): pass\n`).module.body[0];
  if (definition?.kind !== 'FunctionDef') throw new Error(`not a signature: ${signature}`);
  const { posonly, args, vararg, kwonly, kwarg } = definition.args;
  const of = (kind: Parameter['kind']) => (p: { name: string; default: Expr | null }) => ({
    name: p.name,
    kind,
    default: p.default ? literal(p.default) : undefined,
  });
  return [
    ...posonly.map(of('positional')),
    ...args.map(of('normal')),
    ...(vararg ? [of('variadic')(vararg)] : []),
    ...kwonly.map(of('keyword')),
    ...(kwarg ? [of('keywords')(kwarg)] : []),
  ];
}

/** The value of a literal: constants, negative numbers, tuples. */
export function literal(expression: Expr): Value {
  if (expression.kind === 'Tuple') return new PyTuple(expression.elts.map(literal));
  if (expression.kind === 'UnaryOp') return negated(literal(expression.operand));
  if (expression.kind !== 'Constant') throw new Error(`not a literal: ${expression.kind}`);
  const { value } = expression;
  if (typeof value === 'number') return expression.isFloat ? new PyFloat(value) : value;
  if (typeof value === 'object' && value !== null) throw new Error('not a literal');
  if (typeof value === 'symbol') throw new Error('not a literal');
  return value;
}

function negated(value: Value): Value {
  if (value instanceof PyFloat) return new PyFloat(-value.value);
  if (typeof value === 'number') return -value;
  throw new Error('not a literal');
}
