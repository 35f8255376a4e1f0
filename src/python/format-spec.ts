// Python's format specifications, `[[fill]align][sign][z][#][0][width][grouping][.precision][type]`, for texts and numbers.
// Left out: locale-aware `n` groups nothing, as in the C locale.

import { exponentialText, fixedText, generalText, groupDigits } from './format-numbers';
import { floatRepr, type Int } from './numbers';

export interface FormatSpec {
  readonly fill: string;
  readonly align: string;
  readonly sign: string;
  readonly alternate: boolean;
  readonly zero: boolean;
  readonly width: number;
  readonly grouping: string;
  readonly precision: number | undefined;
  readonly type: string;
}

const SPEC = /^(?:([\s\S])?([<>=^]))?([-+ ]?)(z?)(#?)(0?)(\d*)([,_]?)(?:\.(\d+))?([a-zA-Z%]?)$/u;

/** undefined where the text is not a specification. */
export function parseSpec(text: string): FormatSpec | undefined {
  const match = SPEC.exec(text);
  if (!match) return undefined;
  const [, fill, align, sign, , alternate, zero, width, grouping, precision, type] = match;
  return {
    fill: fill ?? (zero && !align ? '0' : ' '),
    align: align ?? (zero ? '=' : ''),
    sign: sign || '-',
    alternate: alternate === '#',
    zero: zero === '0',
    width: Number(width || 0),
    grouping: grouping ?? '',
    precision: precision === undefined ? undefined : Number(precision),
    type: type ?? '',
  };
}

/** A text cut to the precision and filled to the width. */
export function formatText(text: string, spec: FormatSpec): string {
  const cut = spec.precision === undefined ? text : text.slice(0, spec.precision);
  return pad('', cut, { ...spec, align: spec.align === '=' ? '<' : spec.align || '<' });
}

/** An integer by a specification; undefined where its type is none for integers. */
export function formatInt(value: Int, spec: FormatSpec): string | undefined {
  if ('eEfFgG%'.includes(spec.type) && spec.type !== '') return formatFloat(Number(value), spec);
  const negative = value < 0;
  const magnitude = negative ? -BigInt(value) : BigInt(value);
  if (spec.type === 'c') return formatText(String.fromCodePoint(Number(value)), spec);
  const radix = RADIXES[spec.type];
  if (radix === undefined) return undefined;
  const digits = magnitude.toString(radix);
  const prefix = spec.alternate && radix !== 10 ? `0${spec.type}` : '';
  const shown = spec.type === 'X' ? digits.toUpperCase() : digits;
  return assemble(
    signText(negative, spec) + prefix,
    shown,
    '',
    spec,
    radix === 10 ? 3 : spec.grouping === '_' ? 4 : 3,
  );
}

const RADIXES: Readonly<Record<string, number>> = { '': 10, X: 16, b: 2, d: 10, n: 10, o: 8, x: 16 };

/** A float by a specification; undefined where its type is none for floats. */
export function formatFloat(value: number, spec: FormatSpec): string | undefined {
  const negative = value < 0 || Object.is(value, -0);
  const body = Number.isFinite(value) ? finiteText(Math.abs(value), spec) : specialText(value, spec);
  if (body === undefined) return undefined;
  const [, whole = '', rest = ''] = /^(\d*)(.*)$/.exec(body) ?? [];
  if (whole === '')
    return pad(signText(negative, spec), rest, spec.fill === '0' ? { ...spec, fill: ' ', align: '>' } : spec);
  return assemble(signText(negative, spec), whole, rest, spec, 3);
}

function specialText(value: number, spec: FormatSpec): string {
  const text = Number.isNaN(value) ? 'nan' : 'inf';
  return /[EFG]/.test(spec.type) ? text.toUpperCase() : text + (spec.type === '%' ? '%' : '');
}

function finiteText(value: number, { type, precision, alternate }: FormatSpec): string | undefined {
  switch (type) {
    case '%':
      return `${fixedText(value * 100, precision ?? 6)}%`;
    case 'E':
    case 'e': {
      const text = exponentialText(value, precision ?? 6, alternate);
      return type === 'E' ? text.toUpperCase() : text;
    }
    case 'F':
    case 'f':
      return fixedText(value, precision ?? 6) + (alternate && precision === 0 ? '.' : '');
    case 'G':
    case 'g':
    case 'n': {
      const text = generalText(value, precision ?? 6, alternate);
      return type === 'G' ? text.toUpperCase() : text;
    }
    case '':
      return precision === undefined ? floatRepr(value) : shortText(value, precision);
  }
  return undefined;
}

/** No type but a precision: like `g`, but it always looks like a float. */
function shortText(value: number, precision: number): string {
  const text = generalText(value, precision);
  const exponent = value === 0 ? 0 : Math.floor(Math.log10(value));
  if (text.includes('e') || text.includes('.')) return text;
  return exponent >= Math.max(1, precision) - 1 && precision > 0 && text.length >= precision
    ? exponentialText(value, Math.max(0, precision - 1)).replace(/\.?0*e/, 'e')
    : `${text}.0`;
}

function signText(negative: boolean, { sign }: FormatSpec): string {
  if (negative) return '-';
  return sign === '-' ? '' : sign;
}

/** Groups the digits; zeros that fill the width are grouped too. */
function assemble(sign: string, whole: string, rest: string, spec: FormatSpec, group: number): string {
  if (spec.grouping === '') return pad(sign, whole + rest, spec);
  let digits = whole;
  let text = groupDigits(digits, spec.grouping, group) + rest;
  while (spec.fill === '0' && spec.align === '=' && sign.length + text.length < spec.width) {
    digits = `0${digits}`;
    text = groupDigits(digits, spec.grouping, group) + rest;
  }
  return pad(sign, text, spec);
}

function pad(sign: string, text: string, { fill, align, width }: FormatSpec): string {
  const missing = Math.max(0, width - sign.length - [...text].length);
  switch (align || '>') {
    case '<':
      return sign + text + fill.repeat(missing);
    case '=':
      return sign + fill.repeat(missing) + text;
    case '^':
      return fill.repeat(Math.floor(missing / 2)) + sign + text + fill.repeat(Math.ceil(missing / 2));
  }
  return fill.repeat(missing) + sign + text;
}
