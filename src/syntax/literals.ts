// Where string literals end. A plain string is one token. An f-string becomes FormatStart, then its texts and the tokens
// of its fields, then FormatEnd, so that the parser reads the inside of a field like any other expression; lexer and
// literals call each other for that, as far as MAX_FORMAT_DEPTH. What a literal is worth is in strings.ts.

import { BACKSLASH, CLOSE_BRACE, Class, COLON, classOf, isLineEnd, OPEN_BRACE } from './characters';
import { token } from './lexer';
import type { Scanner } from './scanner';
import { T } from './tokens';
import { STRING_PREFIXES } from './vocabulary';

/** A string literal being read: where its prefix and its quote begin, which quote, and how many of them. */
interface Literal {
  readonly start: number;
  readonly open: number;
  readonly quote: number;
  readonly size: 1 | 3;
  readonly raw: boolean;
}

/** F-strings inside fields of f-strings; deeper ones are read as plain strings. */
const MAX_FORMAT_DEPTH = 50;

/** Whether the word [start, end) belongs to the string that follows. */
export function isStringPrefix(text: string, start: number, end: number): boolean {
  if (classOf(text.charCodeAt(end)) !== Class.Quote) return false;
  return STRING_PREFIXES.has(text.slice(start, end).toLowerCase());
}

/** Reads a string literal; the scanner stands on its prefix, if any, and the quote is at `open`. */
export function stringLiteral(s: Scanner, open: number): void {
  const { text, at: start, to } = s;
  const quote = text.charCodeAt(open);
  const triple = text.charCodeAt(open + 1) === quote && text.charCodeAt(open + 2) === quote;
  const prefix = text.slice(start, open).toLowerCase();
  const literal: Literal = { start, open, quote, size: triple ? 3 : 1, raw: prefix.includes('r') };
  if (triple && s.quotes?.isUnclosed(open)) stopAtLineEnd(s);
  const formatted = prefix.includes('f') || prefix.includes('t');
  s.at = open + literal.size;
  if (formatted && s.formatDepth < MAX_FORMAT_DEPTH) formatString(s, literal);
  else plainString(s, literal);
  s.to = to;
}

function stopAtLineEnd(s: Scanner): void {
  const { at } = s;
  s.skipLine();
  s.to = s.at;
  s.at = at;
}

function plainString(s: Scanner, literal: Literal): void {
  const closed = skipPlain(s, literal);
  if (!closed) reportUnterminated(s, literal);
  if (closed) s.at += literal.size;
  s.tokens.push(T.String, literal.start, s.at);
}

/** Goes on to the closing quote; false where there is none. */
function skipPlain(s: Scanner, literal: Literal): boolean {
  while (s.at < s.to) {
    const code = s.code();
    if (code === literal.quote && closes(s, literal)) return true;
    if (code === BACKSLASH) skipEscape(s);
    else if (literal.size === 1 && isLineEnd(code)) return false;
    else s.at++;
  }
  s.at = s.to;
  return false;
}

/** Whether the quotes that begin here are those that close a literal. */
function closes(s: Scanner, literal: Literal): boolean {
  if (literal.size === 1) return true;
  return s.code(1) === literal.quote && s.code(2) === literal.quote;
}

function skipEscape(s: Scanner): void {
  s.at += 1 + Math.max(1, s.lineEndLength(1));
}

function reportUnterminated(s: Scanner, literal: Literal): void {
  s.tokens.report('unterminated string', literal.open, literal.open + literal.size);
}

// ---- f-strings ------------------------------------------------------------------------------------------------------

function formatString(s: Scanner, literal: Literal): void {
  s.tokens.push(T.FormatStart, literal.start, s.at);
  s.formatDepth++;
  const closed = formatParts(s, literal);
  s.formatDepth--;
  const end = s.at;
  if (closed) s.at += literal.size;
  else reportUnterminated(s, literal);
  s.tokens.push(T.FormatEnd, end, s.at);
}

/** Texts and fields up to the closing quote; false where there is none. */
function formatParts(s: Scanner, literal: Literal): boolean {
  for (;;) {
    const from = s.at;
    skipFormatText(s, literal);
    const code = s.code();
    if (s.at < s.to && (code === OPEN_BRACE || code === CLOSE_BRACE)) {
      if (!brace(s, literal, code, from)) return false;
    } else {
      formatText(s, from);
      return s.at < s.to && code === literal.quote;
    }
  }
}

/** Goes on to the next brace, the closing quote, or where the literal ends without one. */
function skipFormatText(s: Scanner, literal: Literal): void {
  while (s.at < s.to) {
    const code = s.code();
    if (code === OPEN_BRACE || code === CLOSE_BRACE) return;
    if (code === literal.quote && closes(s, literal)) return;
    if (literal.size === 1 && isLineEnd(code)) return;
    if (code === BACKSLASH) skipFormatEscape(s, literal.raw);
    else s.at++;
  }
  s.at = s.to;
}

function formatText(s: Scanner, from: number): void {
  if (s.at > from) s.tokens.push(T.FormatText, from, s.at);
}

/**
 * A brace in an f-string whose text so far began at `from`. A doubled one stands for one brace: the text ends with it
 * and the second one is passed over. False where a field plainly never ends.
 */
function brace(s: Scanner, literal: Literal, code: number, from: number): boolean {
  const doubled = s.code(1) === code;
  if (code === OPEN_BRACE && !doubled) {
    formatText(s, from);
    return field(s, literal);
  }
  if (!doubled) s.tokens.report("single '}' in an f-string", s.at, s.at + 1);
  s.at++;
  formatText(s, from);
  if (doubled) s.at++;
  return true;
}

/** An escape in an f-string: braces keep their meaning behind a backslash, but not in `\N{DASH}`. */
function skipFormatEscape(s: Scanner, raw: boolean): void {
  const next = s.code(1);
  if (next === OPEN_BRACE || next === CLOSE_BRACE) s.at++;
  else if (!raw && s.text.startsWith('N{', s.at + 1)) {
    const close = s.text.indexOf('}', s.at);
    s.at = close < 0 ? s.to : close + 1;
  } else skipEscape(s);
}

/** `{value!r:specification}`, from its brace; false where it plainly never ends. */
function field(s: Scanner, literal: Literal): boolean {
  const { floor } = s;
  const level = s.open.length;
  s.operator('{');
  s.floor = s.open.length;
  const closed = fieldTokens(s, literal);
  s.floor = floor;
  if (closed) s.operator('}');
  else s.open.length = Math.min(s.open.length, level);
  return closed;
}

/** Goes on to the brace that closes a field. */
function fieldTokens(s: Scanner, literal: Literal): boolean {
  const level = s.open.length;
  while (s.at < s.to) {
    const code = s.code();
    if (s.lenient && literal.size === 1 && isLineEnd(code)) return false;
    if (s.open.length === level) {
      if (code === CLOSE_BRACE) return true;
      if (code === COLON) return specification(s, literal);
    }
    token(s);
    if (s.open.length < level) return false; // the lexer gave up on the brackets
  }
  return false;
}

/** From the colon of a field to the brace that closes it: text, with fields of its own. */
function specification(s: Scanner, literal: Literal): boolean {
  s.operator(':');
  for (;;) {
    const from = s.at;
    skipSpecificationText(s, literal);
    formatText(s, from);
    if (s.at >= s.to || s.code() !== OPEN_BRACE) return s.at < s.to && s.code() === CLOSE_BRACE;
    if (!nestedField(s, literal)) return false;
  }
}

function skipSpecificationText(s: Scanner, literal: Literal): void {
  for (; s.at < s.to; s.at++) {
    const code = s.code();
    if (code === OPEN_BRACE || code === CLOSE_BRACE) return;
    if (code === literal.quote && closes(s, literal)) return;
    if (literal.size === 1 && isLineEnd(code)) return;
  }
}

function nestedField(s: Scanner, literal: Literal): boolean {
  if (s.formatDepth >= MAX_FORMAT_DEPTH) return false;
  s.formatDepth++;
  const closed = field(s, literal);
  s.formatDepth--;
  return closed;
}
