// What stands between operators: names, literals, brackets of all kinds with their comprehensions, and what may follow
// one of them: attributes, calls, subscripts.

import {
  type Attribute,
  type Call,
  type CompFor,
  type Constant,
  Ellipsis,
  type Expr,
  type Keyword,
  type Subscript,
} from './ast';
import {
  bitwiseOr,
  disjunction,
  expression,
  MAX_CHAIN,
  namedExpression,
  starNamedExpression,
  targets,
  yieldExpression,
} from './expressions';
import { numberValue } from './numbers';
import type { Reader } from './reader';
import { closing, missing, missingOperand } from './recovery';
import { strings } from './strings';
import { T } from './tokens';

/** An atom and the attributes, calls and subscripts behind it. */
export function primary(r: Reader): Expr {
  const { start } = r;
  let value = atom(r);
  for (let count = 0; r.on(T.Operator); count++) {
    if (r.is('.')) value = attribute(r, start, value);
    else if (r.is('(')) value = call(r, start, value);
    else if (r.is('[')) value = subscript(r, start, value);
    else break;
    if (count === MAX_CHAIN) throw r.failure('too many accesses in a row');
  }
  return value;
}

/** `.name`; a half-typed `self.` keeps what there is. */
function attribute(r: Reader, start: number, value: Expr): Attribute {
  r.advance();
  const attrStart = r.on(T.Name) ? r.start : r.end;
  const attr = r.on(T.Name) ? r.name() : noName(r);
  return { kind: 'Attribute', start, end: r.end, value, attr, attrStart };
}

/** A keyword right behind the dot is a name that is not yet complete: `self.in` for `self.in_channels`. */
function noName(r: Reader): '' {
  r.report('expected a name');
  if (r.on(T.Keyword) && r.start === r.end) r.advance();
  return '';
}

// ---- calls and subscripts -------------------------------------------------------------------------------------------

function call(r: Reader, start: number, func: Expr): Call {
  r.enter();
  const args: Expr[] = [];
  const keywords: Keyword[] = [];
  callArguments(r, args, keywords);
  closing(r, ')');
  r.leave();
  return { kind: 'Call', start, end: r.end, func, args, keywords };
}

/** The opening bracket of a call or of a list of bases, and the arguments up to the closing one. */
export function callArguments(r: Reader, args: Expr[], keywords: Keyword[]): void {
  const open = r.start;
  r.advance();
  while (!r.is(')') && !r.on(T.Newline) && !r.on(T.End)) {
    if (r.is('**') || (r.on(T.Name) && r.wordAhead(1) === '=')) keywords.push(keyword(r));
    else args.push(argument(r, open));
    if (!r.eat(',')) break;
  }
}

function keyword(r: Reader): Keyword {
  const { start } = r;
  const arg = r.eat('**') ? null : r.name();
  if (arg !== null) r.advance();
  const value = expression(r);
  return { kind: 'keyword', start, end: r.end, arg, value };
}

function argument(r: Reader, open: number): Expr {
  const { start } = r;
  if (r.eat('*')) {
    const value = expression(r);
    return { kind: 'Starred', start, end: r.end, value };
  }
  const elt = namedExpression(r);
  if (!atFor(r)) return elt;
  const generators = comprehension(r);
  const end = r.is(')') ? r.tokenEnd : r.end; // CPython counts the brackets of the call to its only argument
  return { kind: 'GeneratorExp', start: open, end, elt, value: null, generators };
}

function subscript(r: Reader, start: number, value: Expr): Subscript {
  r.enter();
  r.advance();
  const slice = slices(r);
  closing(r, ']');
  r.leave();
  return { kind: 'Subscript', start, end: r.end, value, slice };
}

/** What stands in `[…]` behind a value: a tuple where there is a comma or a star. */
function slices(r: Reader): Expr {
  const { start } = r;
  const first = slice(r);
  if (!r.is(',') && first.kind !== 'Starred') return first;
  const elts = rest(r, first, ']', slice);
  return { kind: 'Tuple', start, end: r.end, elts };
}

function slice(r: Reader): Expr {
  const { start } = r;
  const lower = r.is(':') ? null : starNamedExpression(r);
  if (lower !== null && !r.is(':')) return lower;
  r.advance();
  const upper = endsBound(r) ? null : expression(r);
  const step = r.eat(':') && !endsBound(r) ? expression(r) : null;
  return { kind: 'Slice', start, end: r.end, lower, upper, step };
}

function endsBound(r: Reader): boolean {
  return r.is(']') || r.is(',') || r.is(':');
}

// ---- atoms ----------------------------------------------------------------------------------------------------------

function atom(r: Reader): Expr {
  if (r.on(T.Name)) {
    const { start, word: id } = r;
    r.advance();
    return { kind: 'Name', start, end: r.end, id };
  }
  if (r.on(T.Number)) return number(r);
  if (r.on(T.String) || r.on(T.FormatStart)) return strings(r);
  return wordAtom(r);
}

function wordAtom(r: Reader): Expr {
  switch (r.word) {
    case '(':
      return nested(r, parenthesised);
    case '[':
      return nested(r, bracketed);
    case '{':
      return nested(r, braced);
    case '...':
      return constant(r, Ellipsis);
    case 'None':
      return constant(r, null);
    case 'True':
      return constant(r, true);
    case 'False':
      return constant(r, false);
    default:
      return missingOperand(r);
  }
}

function constant(r: Reader, value: Constant['value']): Constant {
  const { start } = r;
  r.advance();
  return { kind: 'Constant', start, end: r.end, value, isFloat: false };
}

function number(r: Reader): Expr {
  const { start } = r;
  const literal = numberValue(r.spelling());
  if (literal === undefined) throw r.failure('malformed number');
  r.advance();
  return { kind: 'Constant', start, end: r.end, value: literal.value, isFloat: literal.isFloat };
}

/** Reads what an opening bracket begins, one level deeper. */
function nested(r: Reader, rule: (r: Reader, start: number) => Expr): Expr {
  const { start } = r;
  r.enter();
  r.advance();
  const value = rule(r, start);
  r.leave();
  return value;
}

/** Behind `(`: a tuple, a generator, a yield, or an expression whose brackets leave no trace. */
function parenthesised(r: Reader, start: number): Expr {
  if (r.eat(')')) return { kind: 'Tuple', start, end: r.end, elts: [] };
  const first = r.is('yield') ? yieldExpression(r) : starNamedExpression(r);
  if (atFor(r)) {
    const generators = comprehension(r);
    closing(r, ')');
    return { kind: 'GeneratorExp', start, end: r.end, elt: first, value: null, generators };
  }
  const elts = r.is(',') ? rest(r, first, ')', starNamedExpression) : undefined;
  closing(r, ')');
  return elts === undefined ? first : { kind: 'Tuple', start, end: r.end, elts };
}

/** Behind `[`: a list or a comprehension. */
function bracketed(r: Reader, start: number): Expr {
  if (r.eat(']')) return { kind: 'List', start, end: r.end, elts: [] };
  const first = starNamedExpression(r);
  if (atFor(r)) {
    const generators = comprehension(r);
    closing(r, ']');
    return { kind: 'ListComp', start, end: r.end, elt: first, value: null, generators };
  }
  const elts = rest(r, first, ']', starNamedExpression);
  closing(r, ']');
  return { kind: 'List', start, end: r.end, elts };
}

/** The elements from the first on, up to the closing bracket. */
function rest(r: Reader, first: Expr, close: string, item: (r: Reader) => Expr): Expr[] {
  const elts = [first];
  while (r.eat(',') && !r.is(close) && !r.atLineEnd()) elts.push(item(r));
  return elts;
}

/** Behind `{`: the first entry tells a dict from a set. */
function braced(r: Reader, start: number): Expr {
  if (r.is('}') || r.is('**')) return dict(r, start, [], []);
  const first = starNamedExpression(r);
  return r.eat(':') ? dictFrom(r, start, first) : setFrom(r, start, first);
}

function setFrom(r: Reader, start: number, first: Expr): Expr {
  if (atFor(r)) {
    const generators = comprehension(r);
    closing(r, '}');
    return { kind: 'SetComp', start, end: r.end, elt: first, value: null, generators };
  }
  const elts = rest(r, first, '}', starNamedExpression);
  closing(r, '}');
  return { kind: 'Set', start, end: r.end, elts };
}

function dictFrom(r: Reader, start: number, key: Expr): Expr {
  const value = expression(r);
  if (atFor(r)) {
    const generators = comprehension(r);
    closing(r, '}');
    return { kind: 'DictComp', start, end: r.end, elt: key, value, generators };
  }
  const keys = [key];
  const values = [value];
  if (r.eat(',')) return dict(r, start, keys, values);
  closing(r, '}');
  return { kind: 'Dict', start, end: r.end, keys, values };
}

/** The entries of a dict from here on. */
function dict(r: Reader, start: number, keys: (Expr | null)[], values: Expr[]): Expr {
  while (!r.is('}') && !r.atLineEnd()) {
    if (r.eat('**')) {
      keys.push(null);
      values.push(bitwiseOr(r));
    } else {
      keys.push(expression(r));
      values.push(r.eat(':') ? expression(r) : noValue(r));
    }
    if (!r.eat(',')) break;
  }
  closing(r, '}');
  return { kind: 'Dict', start, end: r.end, keys, values };
}

function noValue(r: Reader): Expr {
  r.report("expected ':' and a value");
  return missing(r);
}

// ---- comprehensions -------------------------------------------------------------------------------------------------

function atFor(r: Reader): boolean {
  return r.is('for') || (r.is('async') && r.wordAhead(1) === 'for');
}

/** One or more `for … in … if …`. */
function comprehension(r: Reader): CompFor[] {
  const generators: CompFor[] = [];
  while (atFor(r)) generators.push(generator(r));
  return generators;
}

function generator(r: Reader): CompFor {
  const isAsync = r.eat('async');
  r.expect('for');
  const target = targets(r);
  r.expect('in');
  const iter = disjunction(r);
  const ifs: Expr[] = [];
  while (r.eat('if')) ifs.push(disjunction(r));
  return { target, iter, ifs, isAsync };
}
