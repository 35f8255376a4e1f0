// Number literals: where one ends and what it is worth. Underscores are taken anywhere among digits, which is more than
// Python takes; we are not a linter.

const ZERO = 48;
const NINE = 57;
const UNDERSCORE = 95;
const DOT = 46;

/** A number's value; `isFloat` tells 1.0 from 1. */
export interface NumberLiteral {
  readonly value: number | bigint | { readonly imag: number };
  readonly isFloat: boolean;
}

/** Where the number literal that begins at `at` ends. */
export function numberEnd(text: string, at: number): number {
  if (text.charCodeAt(at) === ZERO && isOneOf(text, at + 1, 'xXoObB')) return basedEnd(text, at + 2);
  let end = digitsEnd(text, at);
  if (text.charCodeAt(end) === DOT) end = digitsEnd(text, end + 1);
  end = exponentEnd(text, end);
  return isOneOf(text, end, 'jJ') ? end + 1 : end;
}

/** The value of a number literal, or undefined where it is malformed (`0x`, `0b2`). */
export function numberValue(literal: string): NumberLiteral | undefined {
  const plain = literal.includes('_') ? literal.replaceAll('_', '') : literal;
  if (/^0[xob]/i.test(plain)) return integer(plain);
  if (/j$/i.test(plain)) return { value: { imag: Number(plain.slice(0, -1)) }, isFloat: false };
  if (/[.e]/i.test(plain)) return { value: Number(plain), isFloat: true };
  return integer(plain.replace(/^0+(?=\d)/, ''));
}

function integer(digits: string): NumberLiteral | undefined {
  const value = Number(digits);
  if (Number.isNaN(value)) return undefined;
  return { value: Number.isSafeInteger(value) ? value : BigInt(digits), isFloat: false };
}

function basedEnd(text: string, at: number): number {
  let end = at;
  while (isOneOf(text, end, '0123456789abcdefABCDEF_')) end++;
  return end;
}

function digitsEnd(text: string, at: number): number {
  let end = at;
  for (;;) {
    const code = text.charCodeAt(end);
    if (!(code >= ZERO && code <= NINE) && code !== UNDERSCORE) return end;
    end++;
  }
}

/** Behind an exponent, or `at` where none begins there. */
function exponentEnd(text: string, at: number): number {
  if (!isOneOf(text, at, 'eE')) return at;
  const digits = isOneOf(text, at + 1, '+-') ? at + 2 : at + 1;
  return isOneOf(text, digits, '0123456789') ? digitsEnd(text, digits) : at;
}

function isOneOf(text: string, at: number, characters: string): boolean {
  return at < text.length && characters.includes(text.charAt(at));
}
