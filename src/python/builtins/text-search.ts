// Methods of str that look for something in the text: find, split, strip, partition and their kin.

import type { Interpreter } from '../interpreter';
import { wholeNumber } from '../items';
import { known } from '../known';
import { native } from '../native';
import { textOf } from '../unwrap';
import { type NativeFunction, PyList, PyTuple, type Value } from '../values';
import { intArgument, strOfSelf, textArgument } from './receivers';

/** What Python takes for blank at the ends of a text. */
const BLANK = '\\s\\x1c-\\x1f\\x85';

export const searchMethods = (): NativeFunction[] => [
  known('count', 'self, sub, start=None, end=None, /', count),
  affix('endswith', (text, suffix) => text.endsWith(suffix)),
  finder('find', (text, part) => text.indexOf(part)),
  finder('index', (text, part) => text.indexOf(part), true),
  stripper('lstrip', true, false),
  known('partition', 'self, sep, /', (interpreter, [self, separator]) => {
    const [text, sep] = [strOfSelf(interpreter, self), textArgument(interpreter, separator)];
    const at = text.indexOf(sep);
    return new PyTuple(at < 0 ? [text, '', ''] : [text.slice(0, at), sep, text.slice(at + sep.length)]);
  }),
  known('removeprefix', 'self, prefix, /', (interpreter, [self, prefix]) => {
    const [text, part] = [strOfSelf(interpreter, self), textArgument(interpreter, prefix)];
    return text.startsWith(part) ? text.slice(part.length) : text;
  }),
  known('removesuffix', 'self, suffix, /', (interpreter, [self, suffix]) => {
    const [text, part] = [strOfSelf(interpreter, self), textArgument(interpreter, suffix)];
    return part !== '' && text.endsWith(part) ? text.slice(0, -part.length) : text;
  }),
  finder('rfind', (text, part) => text.lastIndexOf(part)),
  finder('rindex', (text, part) => text.lastIndexOf(part), true),
  known('rpartition', 'self, sep, /', (interpreter, [self, separator]) => {
    const [text, sep] = [strOfSelf(interpreter, self), textArgument(interpreter, separator)];
    const at = text.lastIndexOf(sep);
    return new PyTuple(at < 0 ? ['', '', text] : [text.slice(0, at), sep, text.slice(at + sep.length)]);
  }),
  known('rsplit', 'self, sep=None, maxsplit=-1', (interpreter, [self, separator, limit]) => {
    const backwards = split(
      interpreter,
      reversed(strOfSelf(interpreter, self)),
      separator as Value,
      limit,
      reversed,
    );
    return new PyList(backwards.map(reversed).reverse());
  }),
  stripper('rstrip', false, true),
  known(
    'split',
    'self, sep=None, maxsplit=-1',
    (interpreter, [self, separator, limit]) =>
      new PyList(split(interpreter, strOfSelf(interpreter, self), separator as Value, limit, (text) => text)),
  ),
  known(
    'splitlines',
    'self, keepends=False',
    (interpreter, [self, keep]) =>
      new PyList(splitLines(strOfSelf(interpreter, self), interpreter.truth(keep as Value))),
  ),
  affix('startswith', (text, prefix) => text.startsWith(prefix)),
  stripper('strip', true, true),
];

/** The part of a text between two positions that may be left out or negative. */
function range(
  interpreter: Interpreter,
  text: string,
  start: Value,
  end: Value,
): [from: number, part: string] {
  const clamp = (value: Value, fallback: number): number => {
    if (value === null || value === undefined) return fallback;
    const at = wholeNumber(interpreter, value);
    return Math.max(0, at < 0 ? at + text.length : at);
  };
  const from = clamp(start, 0);
  const to = Math.min(text.length, clamp(end, text.length));
  return [from, from > text.length ? '' : text.slice(from, Math.max(from, to))];
}

function finder(
  name: string,
  find: (text: string, part: string) => number,
  mustFind = false,
): NativeFunction {
  return known(name, 'self, sub, start=None, end=None, /', (interpreter, [self, sub, start, end]) => {
    const text = strOfSelf(interpreter, self);
    const [from, part] = range(interpreter, text, start as Value, end as Value);
    const at = from > text.length ? -1 : find(part, textArgument(interpreter, sub));
    if (at < 0 && mustFind) interpreter.raise('ValueError', 'substring not found');
    return at < 0 ? -1 : at + from;
  });
}

function count(interpreter: Interpreter, [self, sub, start, end]: readonly Value[]): Value {
  const [, part] = range(interpreter, strOfSelf(interpreter, self), start as Value, end as Value);
  const wanted = textArgument(interpreter, sub);
  return wanted === '' ? part.length + 1 : part.split(wanted).length - 1;
}

function affix(name: string, test: (text: string, part: string) => boolean): NativeFunction {
  return known(name, 'self, affix, start=None, end=None, /', (interpreter, [self, parts, start, end]) => {
    const [, text] = range(interpreter, strOfSelf(interpreter, self), start as Value, end as Value);
    const options = parts instanceof PyTuple ? parts.items : [parts as Value];
    return options.some((option) => test(text, wantText(interpreter, name, option)));
  });
}

function wantText(interpreter: Interpreter, method: string, value: Value): string {
  const text = textOf(value);
  if (text !== undefined) return text;
  const name = interpreter.typeOf(value).name;
  return interpreter.raise('TypeError', `${method} first arg must be str or a tuple of str, not ${name}`);
}

function stripper(name: string, left: boolean, right: boolean): NativeFunction {
  return native(name, 'self, chars=None, /', (interpreter, [self, chars]) => {
    const text = strOfSelf(interpreter, self);
    const set = chars === null ? BLANK : textArgument(interpreter, chars).replace(/[\\\]^-]/g, '\\$&');
    if (set === '') return text;
    const trimmed = left ? text.replace(new RegExp(`^[${set}]+`, 'u'), '') : text;
    return right ? trimRight(trimmed, new RegExp(`[${set}]`, 'u')) : trimmed;
  });
}

function trimRight(text: string, blank: RegExp): string {
  let end = text.length;
  while (end > 0 && blank.test(text[end - 1] as string)) end--;
  return text.slice(0, end);
}

const reversed = (text: string): string => [...text].reverse().join('');

/** `orient` turns a separator the way the text is turned. */
function split(
  interpreter: Interpreter,
  text: string,
  separator: Value,
  limit: Value | undefined,
  orient: (text: string) => string,
): string[] {
  const most = Number(intArgument(interpreter, limit));
  const parts = most < 0 ? Number.POSITIVE_INFINITY : most;
  if (separator === null) return splitBlank(text, parts);
  const sep = orient(textArgument(interpreter, separator));
  if (sep === '') interpreter.raise('ValueError', 'empty separator');
  const all = text.split(sep);
  return all.length <= parts + 1 ? all : [...all.slice(0, parts), all.slice(parts).join(sep)];
}

function splitBlank(text: string, most: number): string[] {
  const words: string[] = [];
  let rest = text.replace(new RegExp(`^[${BLANK}]+`, 'u'), '');
  const gap = new RegExp(`[${BLANK}]+`, 'u');
  while (rest !== '') {
    const found = words.length < most ? gap.exec(rest) : null;
    words.push(found ? rest.slice(0, found.index) : words.length < most ? rest : trimRight(rest, gap));
    if (!found) break;
    rest = rest.slice(found.index + found[0].length);
  }
  return words;
}

/** Ends of lines; the separators of ASCII's control characters are left out. */
const LINE_END = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/gu;

function splitLines(text: string, keep: boolean): string[] {
  const lines: string[] = [];
  let start = 0;
  for (const end of text.matchAll(LINE_END)) {
    const after = end.index + end[0].length;
    lines.push(text.slice(start, keep ? after : end.index));
    start = after;
  }
  if (start < text.length) lines.push(text.slice(start));
  return lines;
}
