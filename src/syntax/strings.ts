// String literals: adjacent ones become one node, f-strings a JoinedStr of texts and fields, and escapes their
// characters. Left out: the names in `\N{GREEK SMALL LETTER MU}`, a table of two megabytes; such an escape is kept as
// it is spelled.

import type { Expr, FormattedValue, JoinedStr } from './ast';
import { yieldOrStarExpressions } from './expressions';
import { Failure, type Reader } from './reader';
import { missing } from './recovery';
import { T } from './tokens';

/** One or more adjacent string literals. */
export function strings(r: Reader): Expr {
  const { start } = r;
  const joined = new Joined();
  let prefixes = '';
  while (r.on(T.String) || r.on(T.FormatStart)) {
    prefixes += r.on(T.FormatStart) ? formatString(r, joined) : plainString(r, joined);
  }
  if (/[ft]/.test(prefixes)) {
    const kind = prefixes.includes('t') ? 'TemplateStr' : 'JoinedStr';
    return { kind, start, end: r.end, values: joined.finish() };
  }
  const value = prefixes.includes('b') ? { bytes: joined.text } : joined.text;
  return { kind: 'Constant', start, end: r.end, value, isFloat: false };
}

/** The parts of a string while they are collected; texts next to each other become one. */
class Joined {
  text = '';
  private start = 0;
  private end = 0;
  private readonly values: Expr[] = [];

  add(text: string, start: number, end: number): void {
    if (this.text === '') this.start = start;
    this.text += text;
    this.end = end;
  }

  field(value: FormattedValue): void {
    this.flush();
    this.values.push(value);
  }

  finish(): Expr[] {
    this.flush();
    return this.values;
  }

  private flush(): void {
    const { text: value, start, end } = this;
    if (value !== '') this.values.push({ kind: 'Constant', start, end, value, isFloat: false });
    this.text = '';
  }
}

/** Takes a string without fields; its prefix is the answer. */
function plainString(r: Reader, joined: Joined): string {
  const { start, tokenEnd } = r;
  const spelling = r.spelling();
  const prefix = prefixOf(spelling);
  const size = quoteSize(spelling, prefix.length);
  const inner = spelling.slice(
    prefix.length + size,
    isClosed(spelling, prefix.length, size) ? -size : undefined,
  );
  joined.add(decoded(inner, prefix.includes('r'), prefix.includes('b')), start, tokenEnd);
  r.advance();
  return prefix;
}

function prefixOf(spelling: string): string {
  let end = 0;
  while (spelling[end] !== '"' && spelling[end] !== "'") end++;
  return end === 0 ? '' : spelling.slice(0, end).toLowerCase();
}

function quoteSize(spelling: string, open: number): number {
  const quote = spelling.charAt(open);
  return spelling.length >= open + 3 && spelling.startsWith(quote.repeat(3), open) ? 3 : 1;
}

function isClosed(spelling: string, open: number, size: number): boolean {
  return spelling.length >= open + 2 * size && spelling.endsWith(spelling.charAt(open).repeat(size));
}

// ---- f-strings ------------------------------------------------------------------------------------------------------

/** Takes an f-string or t-string; its prefix is the answer. */
function formatString(r: Reader, joined: Joined): string {
  const prefix = prefixOf(r.spelling());
  r.advance();
  formatParts(r, joined, prefix.includes('r'));
  if (r.on(T.FormatEnd)) r.advance();
  return prefix;
}

/** Texts and fields, as long as there are any. */
function formatParts(r: Reader, joined: Joined, raw: boolean): void {
  for (;;) {
    if (r.on(T.FormatText)) {
      joined.add(decoded(r.spelling(), raw, false), r.start, r.tokenEnd);
      r.advance();
    } else if (r.is('{')) field(r, joined, raw);
    else return;
  }
}

/** `{value=!r:specification}`; a field that cannot be read costs the rest of its string only. */
function field(r: Reader, joined: Joined, raw: boolean): void {
  const { start } = r;
  const mark = r.mark();
  r.enter();
  r.advance();
  try {
    joined.field(fieldValue(r, joined, raw, start));
    r.leave();
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    r.issues.push(thrown.issue);
    r.resetDepth(mark);
    const value = missing(r);
    skipToFormatEnd(r);
    joined.field({ kind: 'FormattedValue', start, end: r.end, value, conversion: null, spec: null });
  }
}

function fieldValue(r: Reader, joined: Joined, raw: boolean, start: number): FormattedValue {
  const value = yieldOrStarExpressions(r);
  const selfDocumenting = r.eat('=');
  if (selfDocumenting) joined.add(uncommented(r.text.slice(start + 1, r.start)), start, r.end);
  let conversion = r.eat('!') ? r.name() : null;
  const spec = r.is(':') ? specification(r, raw) : null;
  if (selfDocumenting && spec === null) conversion ??= 'r';
  r.expect('}');
  return { kind: 'FormattedValue', start, end: r.end, value, conversion, spec };
}

/** What `{value=}` shows of its own text. */
function uncommented(text: string): string {
  return text.includes('#') ? text.replace(/("[^"]*"|'[^']*')|#.*/g, '$1') : text;
}

function specification(r: Reader, raw: boolean): JoinedStr {
  const { start } = r;
  const joined = new Joined();
  r.advance();
  formatParts(r, joined, raw);
  return { kind: 'JoinedStr', start, end: r.end, values: joined.finish() };
}

/** Passes over what is left of the string that a field failed in, up to its end. */
function skipToFormatEnd(r: Reader): void {
  for (let depth = 0; !r.on(T.Newline) && !r.on(T.End); r.advance()) {
    if (r.on(T.FormatStart)) depth++;
    else if (r.on(T.FormatEnd) && depth-- === 0) return;
  }
}

// ---- escapes --------------------------------------------------------------------------------------------------------

/** Escapes of one letter. */
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\n', ''],
  ['"', '"'],
  ["'", "'"],
  ['\\', '\\'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

/** The characters that the inside of a literal stands for. Line ends become `\n`, as in CPython. */
function decoded(spelled: string, raw: boolean, bytes: boolean): string {
  const lines = spelled.includes('\r') ? spelled.replace(/\r\n?/g, '\n') : spelled;
  if (raw || !lines.includes('\\')) return lines;
  const escapes = /\\([0-7]{1,3}|x[\da-fA-F]{2}|u[\da-fA-F]{4}|U[\da-fA-F]{8}|N\{[^}]*\}|[\s\S])/g;
  return lines.replace(escapes, (whole, code: string) => character(whole, code, bytes));
}

function character(whole: string, code: string, bytes: boolean): string {
  if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8) & (bytes ? 0xff : 0x1ff));
  const hex = code.length > 1 && 'xuU'.includes(code.charAt(0));
  if (!hex) return ESCAPES.get(code) ?? whole;
  const point = Number.parseInt(code.slice(1), 16);
  const known = point <= 0x10ffff && (!bytes || code.startsWith('x'));
  return known ? String.fromCodePoint(point) : whole;
}
