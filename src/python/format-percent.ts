// `'%d of %s' % (…)`: printf-style formatting.

import { type FormatSpec, formatFloat, formatInt, formatText } from './format-spec';
import type { Interpreter } from './interpreter';
import { floatToInt } from './numbers';
import { asciiOf, reprOf, strOf } from './text';
import { typeOf } from './types';
import { floatOf, intOf, unwrap } from './unwrap';
import { PyDict, PyFloat, PyInstance, PyTuple, Unknown, type Value } from './values';

const DIRECTIVE = /%(?:\(([^)]*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+))?[hlL]?([\s\S])/g;

/** Hands out the arguments of a template in order or by name. */
interface Source {
  next(): Value;
  named(key: string): Value;
}

/** The text, or the first unknown that it would be made of. */
export function percentFormat(interpreter: Interpreter, template: string, value: Value): Value {
  const items = value instanceof PyTuple ? value.items : [value];
  let at = 0;
  let unknown: Unknown | undefined;
  const source: Source = {
    next: () =>
      at < items.length
        ? (items[at++] as Value)
        : interpreter.raise('TypeError', 'not enough arguments for format string'),
    named: (key) => interpreter.getItem(value, key),
  };
  const text = template.replace(DIRECTIVE, (...parts: readonly (string | undefined)[]) => {
    const shown = directive(interpreter, parts, source);
    if (typeof shown === 'string') return shown;
    unknown ??= shown;
    return '';
  });
  const mapping = value instanceof PyDict || (value instanceof PyInstance && unwrap(value) === value);
  if (at < items.length && !mapping) {
    interpreter.raise('TypeError', 'not all arguments converted during string formatting');
  }
  return unknown ?? text;
}

function directive(
  interpreter: Interpreter,
  parts: readonly (string | undefined)[],
  source: Source,
): string | Unknown {
  const [, key, flags = '', width, precision, type = ''] = parts;
  if (type === '%') return '%';
  const size = (text: string | undefined): number | undefined =>
    text === '*' ? Number(intOf(source.next()) ?? 0) : text === undefined ? undefined : Number(text);
  const wide = size(width) ?? 0;
  const spec = specOf(flags, wide, size(precision), type);
  const value = key === undefined ? source.next() : source.named(key);
  return value instanceof Unknown ? value : convert(interpreter, value, spec);
}

function specOf(flags: string, width: number, precision: number | undefined, type: string): FormatSpec {
  const left = flags.includes('-') || width < 0;
  const zero = flags.includes('0') && !left && !'sra'.includes(type);
  return {
    fill: zero ? '0' : ' ',
    align: left ? '<' : zero ? '=' : '>',
    sign: flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '-',
    alternate: flags.includes('#'),
    zero,
    width: Math.abs(width),
    grouping: '',
    precision,
    type,
  };
}

function convert(interpreter: Interpreter, value: Value, spec: FormatSpec): string {
  switch (spec.type) {
    case 's':
      return formatText(strOf(interpreter, value), spec);
    case 'a':
      return formatText(asciiOf(interpreter, value), spec);
    case 'r':
      return formatText(reprOf(interpreter, value), spec);
    case 'c':
      return formatText(
        typeof value === 'string' ? value : String.fromCodePoint(Number(intOf(value) ?? 0)),
        spec,
      );
    case 'X':
    case 'd':
    case 'i':
    case 'o':
    case 'u':
    case 'x':
      return integer(interpreter, value, spec);
  }
  return real(interpreter, value, spec);
}

function integer(interpreter: Interpreter, value: Value, spec: FormatSpec): string {
  const plain = unwrap(value);
  const int = plain instanceof PyFloat && 'diu'.includes(spec.type) ? floatToInt(plain.value) : intOf(plain);
  if (int === undefined)
    return refuse(
      interpreter,
      value,
      spec,
      `a ${'diu'.includes(spec.type) ? 'real number' : 'integer'} is required`,
    );
  const type = 'iu'.includes(spec.type) ? 'd' : spec.type;
  return formatInt(int, { ...spec, type, precision: undefined }) as string;
}

function real(interpreter: Interpreter, value: Value, spec: FormatSpec): string {
  if (!'eEfFgG'.includes(spec.type)) {
    interpreter.raise('ValueError', `unsupported format character '${spec.type}'`);
  }
  const float = floatOf(value);
  if (float === undefined) {
    return interpreter.raise('TypeError', `must be real number, not ${typeOf(interpreter, value).name}`);
  }
  return formatFloat(float, spec) as string;
}

const refuse = (interpreter: Interpreter, value: Value, { type }: FormatSpec, wants: string): never =>
  interpreter.raise('TypeError', `%${type} format: ${wants}, not ${typeOf(interpreter, value).name}`);
