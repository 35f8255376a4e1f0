// Parameters of functions and lambdas, and type parameters.

import type { Expr, Param, Params, TypeParam } from './ast';
import { expression, starNamedExpression } from './expressions';
import type { Reader } from './reader';

/** Parameters while they are collected; what a function has whose head could not be read. */
export interface ParamsDraft extends Params {
  posonly: Param[];
  readonly args: Param[];
  vararg: Param | null;
  readonly kwonly: Param[];
  kwarg: Param | null;
}

/** No parameters yet. */
export function noParameters(): ParamsDraft {
  return { posonly: [], args: [], vararg: null, kwonly: [], kwarg: null };
}

/** The parameters up to `close`: those of a lambda end with `:` and have no annotations. */
export function parameters(r: Reader, close: ')' | ':', draft = noParameters()): Params {
  const annotated = close === ')';
  for (let keywordOnly = false; !r.is(close); ) {
    if (r.eat('/')) draft.posonly = draft.args.splice(0);
    else if (r.eat('**')) draft.kwarg = parameter(r, annotated, expression);
    else if (r.eat('*')) {
      keywordOnly = true;
      if (!r.is(',') && !r.is(close)) draft.vararg = parameter(r, annotated, starNamedExpression);
    } else
      (keywordOnly ? draft.kwonly : draft.args).push(withDefault(r, parameter(r, annotated, expression)));
    if (!r.eat(',')) break;
  }
  return draft;
}

function parameter(r: Reader, annotated: boolean, rule: (r: Reader) => Expr): Param {
  const { start } = r;
  const name = r.name();
  const annotation = annotated && r.eat(':') ? rule(r) : null;
  return { kind: 'arg', start, end: r.end, name, annotation, default: null };
}

/** The range of a parameter does not reach over its default, as in CPython. */
function withDefault(r: Reader, parameter: Param): Param {
  return r.eat('=') ? { ...parameter, default: expression(r) } : parameter;
}

/** `[T: int, *Ts, **P]`, or nothing. */
export function typeParameters(r: Reader): TypeParam[] {
  const parameters: TypeParam[] = [];
  if (!r.eat('[')) return parameters;
  while (!r.is(']')) {
    parameters.push(typeParameter(r));
    if (!r.eat(',')) break;
  }
  r.expect(']');
  return parameters;
}

function typeParameter(r: Reader): TypeParam {
  const { start } = r;
  const kind = r.eat('*') ? 'TypeVarTuple' : r.eat('**') ? 'ParamSpec' : 'TypeVar';
  const name = r.name();
  const bound = r.eat(':') ? expression(r) : null;
  const fallback = r.eat('=') ? starNamedExpression(r) : null;
  return { kind, start, end: r.end, name, bound, default: fallback };
}
