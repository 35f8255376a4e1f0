// `'{0.name!r:>{width}}'.format(…)`: templates with replacement fields, nested once.

import type { Interpreter } from './interpreter';
import { asciiOf, formatValue, reprOf, strOf } from './text';
import { Unknown, type Value } from './values';

/** What the fields of one template are filled with. */
interface Fields {
  readonly args: readonly Value[];
  readonly named: (name: string) => Value;
  /** The next `{}`. */
  next: number;
}

/** The text, or the first unknown that it would be made of. */
export function formatTemplate(
  interpreter: Interpreter,
  template: string,
  args: readonly Value[],
  named: (name: string) => Value,
): string | Unknown {
  return fill(interpreter, template, { args, named, next: 0 });
}

function fill(interpreter: Interpreter, template: string, fields: Fields): string | Unknown {
  let text = '';
  for (let at = 0; at < template.length; at++) {
    const c = template[at] as string;
    if ((c === '{' || c === '}') && template[at + 1] === c) {
      text += c;
      at++;
    } else if (c === '{') {
      const end = closingBrace(interpreter, template, at);
      const shown = field(interpreter, template.slice(at + 1, end), fields);
      if (shown instanceof Unknown) return shown;
      text += shown;
      at = end;
    } else if (c === '}') {
      interpreter.raise('ValueError', "Single '}' encountered in format string");
    } else text += c;
  }
  return text;
}

function closingBrace(interpreter: Interpreter, template: string, start: number): number {
  let depth = 0;
  for (let at = start; at < template.length; at++) {
    if (template[at] === '{') depth++;
    else if (template[at] === '}' && --depth === 0) return at;
  }
  return interpreter.raise('ValueError', "expected '}' before end of string");
}

const FIELD = /^([^!:]*)(?:!([rsa]))?(?::([\s\S]*))?$/;

function field(interpreter: Interpreter, text: string, fields: Fields): string | Unknown {
  const [, path = '', conversion, spec = ''] =
    FIELD.exec(text) ?? interpreter.raise('ValueError', `bad field {${text}}`);
  const value = follow(interpreter, path, fields);
  if (value instanceof Unknown) return value;
  const filled = fill(interpreter, spec, fields);
  if (filled instanceof Unknown) return filled;
  if (conversion === undefined) return formatValue(interpreter, value, filled);
  const show = { a: asciiOf, r: reprOf, s: strOf }[conversion as 'a' | 'r' | 's'];
  return formatValue(interpreter, show(interpreter, value), filled);
}

/** `0.name[key]` */
function follow(interpreter: Interpreter, path: string, fields: Fields): Value {
  const [, first = '', rest = ''] = /^([^.[]*)([\s\S]*)$/.exec(path) ?? [];
  let value = argument(interpreter, first, fields);
  for (const [, name, key] of rest.matchAll(/\.([^.[]+)|\[([^\]]*)\]/g)) {
    if (name !== undefined) value = interpreter.getAttribute(value, name);
    else value = interpreter.getItem(value, /^\d+$/.test(key as string) ? Number(key) : (key as string));
  }
  return value;
}

function argument(interpreter: Interpreter, name: string, fields: Fields): Value {
  if (name !== '' && !/^\d+$/.test(name)) return fields.named(name);
  const index = name === '' ? fields.next++ : Number(name);
  const value = fields.args[index];
  if (value !== undefined) return value;
  return interpreter.raise('IndexError', `Replacement index ${index} out of range for positional args tuple`);
}
