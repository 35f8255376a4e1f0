// repr(), str() and format() of any value, in CPython's words. What a value consists of that is not known shows as
// `<unknown>`; whether a whole text is unknown is for the callers to ask first.
// Left out: texts are UTF-16 as in JavaScript, so characters beyond the first plane count twice.

import { type FormatSpec, formatFloat, formatInt, formatText, parseSpec } from './format-spec';
import { identityOf } from './hashing';
import type { Interpreter } from './interpreter';
import { floatRepr } from './numbers';
import { lookup, lookupBelowObject, typeOf } from './types';
import { unwrap } from './unwrap';
import {
  BoundMethod,
  EllipsisValue,
  NativeFunction,
  NotImplementedValue,
  PyBytes,
  PyClass,
  PyComplex,
  PyDict,
  PyFloat,
  PyFunction,
  PyInstance,
  PyIterator,
  PyList,
  PyModule,
  PyRange,
  PySet,
  PySlice,
  PyTuple,
  Unknown,
  type Value,
} from './values';

export { percentFormat } from './format-percent';

const ACTIVE = Symbol('containers whose repr is being made');

export function reprOf(interpreter: Interpreter, value: Value): string {
  if (typeof value === 'object' && value !== null && hasOwnMethods(value)) {
    const method = lookup(typeOf(interpreter, value), '__repr__');
    if (method !== undefined) return textFrom(interpreter, interpreter.call(method, [value]), '__repr__');
  }
  return builtinRepr(interpreter, value);
}

export function strOf(interpreter: Interpreter, value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null && hasOwnMethods(value)) {
    const method = lookupBelowObject(interpreter, typeOf(interpreter, value), '__str__');
    if (method !== undefined) return textFrom(interpreter, interpreter.call(method, [value]), '__str__');
  }
  return reprOf(interpreter, value);
}

function textFrom(interpreter: Interpreter, result: Value, method: string): string {
  const text = unwrap(result);
  if (typeof text === 'string') return text;
  if (text instanceof Unknown) return '<unknown>';
  return interpreter.raise(
    'TypeError',
    `${method} returned non-string (type ${typeOf(interpreter, result).name})`,
  );
}

/** Values whose class may say how they print. */
const hasOwnMethods = (value: object): boolean =>
  value instanceof PyInstance ||
  (value instanceof PyClass && value.metaclass !== undefined) ||
  ((value instanceof PyTuple ||
    value instanceof PyList ||
    value instanceof PyDict ||
    value instanceof PySet) &&
    value.type !== undefined);

/** What the built-in types print, whatever a subclass says. */
export function builtinRepr(interpreter: Interpreter, value: Value): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
    case 'bigint':
      return String(value);
    case 'boolean':
      return value ? 'True' : 'False';
  }
  if (value === null) return 'None';
  if (value instanceof PyFloat) return floatRepr(value.value);
  if (
    value instanceof PyTuple ||
    value instanceof PyList ||
    value instanceof PyDict ||
    value instanceof PySet
  ) {
    return containerRepr(interpreter, value);
  }
  return rareRepr(interpreter, value);
}

function containerRepr(interpreter: Interpreter, value: PyTuple | PyList | PyDict | PySet): string {
  const active = activeReprs(interpreter);
  if (active.has(value))
    return value instanceof PyTuple ? '(...)' : value instanceof PyList ? '[...]' : '{...}';
  active.add(value);
  try {
    return contentsRepr(interpreter, value);
  } finally {
    active.delete(value);
  }
}

function activeReprs(interpreter: Interpreter): Set<object> {
  const known = interpreter.state.get(ACTIVE) as Set<object> | undefined;
  if (known) return known;
  const made = new Set<object>();
  interpreter.state.set(ACTIVE, made);
  return made;
}

function contentsRepr(interpreter: Interpreter, value: PyTuple | PyList | PyDict | PySet): string {
  const show = (item: Value): string => reprOf(interpreter, item);
  if (value instanceof PyTuple)
    return value.items.length === 1
      ? `(${show(value.items[0] as Value)},)`
      : `(${value.items.map(show).join(', ')})`;
  if (value instanceof PyList) return `[${value.items.map(show).join(', ')}]`;
  if (value instanceof PyDict) {
    return `{${[...value.entries.values()].map(([key, item]) => `${show(key)}: ${show(item)}`).join(', ')}}`;
  }
  const items = [...value.entries.values()].map(show).join(', ');
  if (!value.frozen && value.type === undefined) return items === '' ? 'set()' : `{${items}}`;
  const name = typeOf(interpreter, value).name;
  return items === '' ? `${name}()` : `${name}({${items}})`;
}

function rareRepr(interpreter: Interpreter, value: Value & object): string {
  if (value instanceof PyClass) return `<class '${qualified(value)}'>`;
  if (value instanceof PyFunction)
    return `<function ${value.qualifiedName} at ${address(interpreter, value)}>`;
  if (value instanceof NativeFunction) return `<built-in function ${value.name}>`;
  if (value instanceof BoundMethod) return methodRepr(interpreter, value);
  if (value instanceof PyModule) return `<module '${value.name}'>`;
  if (value instanceof PyRange) {
    return `range(${value.start}, ${value.stop}${value.step === 1 ? '' : `, ${value.step}`})`;
  }
  if (value instanceof PySlice) {
    return `slice(${[value.start, value.stop, value.step].map((part) => reprOf(interpreter, part)).join(', ')})`;
  }
  if (value instanceof PyComplex) return complexRepr(value);
  if (value instanceof PyBytes) return `b${quoted(value.text, true)}`;
  if (value instanceof EllipsisValue) return 'Ellipsis';
  if (value instanceof NotImplementedValue) return 'NotImplemented';
  if (value instanceof Unknown) return '<unknown>';
  if (value instanceof PyIterator) return `<${value.name} object at ${address(interpreter, value)}>`;
  return objectRepr(interpreter, value);
}

/** `object.__repr__`. */
export function objectRepr(interpreter: Interpreter, value: Value & object): string {
  const type = typeOf(interpreter, value);
  return `<${qualified(type)} object at ${address(interpreter, value)}>`;
}

const qualified = (cls: PyClass): string =>
  cls.module === 'builtins' ? cls.name : `${cls.module}.${cls.name}`;

const address = (interpreter: Interpreter, object: object): string =>
  `0x${(0x7f0000000000 + 16 * identityOf(interpreter, object)).toString(16)}`;

function methodRepr(interpreter: Interpreter, { self, callee }: BoundMethod): string {
  const name =
    callee instanceof PyFunction
      ? callee.qualifiedName
      : callee instanceof NativeFunction
        ? callee.name
        : '?';
  if (callee instanceof NativeFunction)
    return `<built-in method ${name} of ${typeOf(interpreter, self).name} object>`;
  return `<bound method ${name} of ${reprOf(interpreter, self)}>`;
}

function complexRepr({ real, imag }: PyComplex): string {
  const short = (x: number): string => floatRepr(x).replace(/\.0$/, '');
  const sign = imag < 0 || Object.is(imag, -0) ? '-' : '+';
  const imaginary = `${short(Math.abs(imag))}j`;
  if (real === 0 && !Object.is(real, -0)) return sign === '-' ? `-${imaginary}` : imaginary;
  return `(${short(real)}${sign}${imaginary})`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };

/** A text as a literal, in single quotes where they do. */
export function quoted(text: string, bytes = false): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const pattern = bytes ? /[\\\n\r\t'"]|[^ -~]/gu : /[\\\n\r\t'"]|(?! )[\p{C}\p{Z}]/gu;
  const body = text.replace(pattern, (c) => {
    if (c === "'" || c === '"') return c === quote ? `\\${c}` : c;
    return ESCAPES[c] ?? escapeCode(c.codePointAt(0) as number);
  });
  return quote + body + quote;
}

function escapeCode(code: number): string {
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000
    ? `\\u${code.toString(16).padStart(4, '0')}`
    : `\\U${code.toString(16).padStart(8, '0')}`;
}

/** `ascii(value)`. */
export const asciiOf = (interpreter: Interpreter, value: Value): string =>
  reprOf(interpreter, value).replace(/[^\0-~]/gu, (c) => escapeCode(c.codePointAt(0) as number));

/** `format(value, spec)`. */
export function formatValue(interpreter: Interpreter, value: Value, spec: string): string {
  if (value instanceof PyInstance) {
    const method = lookupBelowObject(interpreter, value.type, '__format__');
    if (method !== undefined)
      return textFrom(interpreter, interpreter.call(method, [value, spec]), '__format__');
  }
  return formatBuiltin(interpreter, value, spec);
}

/** What the built-in types' `__format__` gives. */
export function formatBuiltin(interpreter: Interpreter, value: Value, text: string): string {
  if (text === '') return strOf(interpreter, value);
  const plain = unwrap(value);
  const spec = parseSpec(text) ?? interpreter.raise('ValueError', `Invalid format specifier '${text}'`);
  return formatPlain(plain, spec) ?? refuseFormat(interpreter, plain, spec, text);
}

function formatPlain(value: Value, spec: FormatSpec): string | undefined {
  if (typeof value === 'boolean' && spec.type === '') return formatInt(Number(value), spec);
  if (typeof value === 'number' || typeof value === 'bigint') return formatInt(value, spec);
  if (typeof value === 'boolean') return formatInt(Number(value), spec);
  if (value instanceof PyFloat) return formatFloat(value.value, spec);
  if (typeof value === 'string' && (spec.type === '' || spec.type === 's')) return formatText(value, spec);
  return undefined;
}

function refuseFormat(interpreter: Interpreter, value: Value, { type }: FormatSpec, text: string): never {
  const name = typeOf(interpreter, value).name;
  const isNumber = typeof value !== 'object' || value instanceof PyFloat;
  if (isNumber) interpreter.raise('ValueError', `Unknown format code '${type}' for object of type '${name}'`);
  return interpreter.raise(
    'TypeError',
    `unsupported format string passed to ${name}.__format__${text && ''}`,
  );
}
