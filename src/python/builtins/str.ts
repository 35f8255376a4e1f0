// str: construction and methods. Splitting and searching are in text-search.ts.
// Left out: characters beyond the first Unicode plane count twice, as they do in JavaScript.

import { formatTemplate } from '../format-template';
import { hashOf } from '../hashing';
import type { Interpreter } from '../interpreter';
import { itemOf } from '../items';
import { keywordsOf, known, knownItems, starred } from '../known';
import { native } from '../native';
import { builtinRepr, formatBuiltin, strOf } from '../text';
import { textOf } from '../unwrap';
import {
  type Namespace,
  type NativeFunction,
  PyBytes,
  PyDict,
  PyIterator,
  StaticMethod,
  Unknown,
  type Value,
} from '../values';
import { encodeText } from './bytes';
import { binaryMethods, comparisonMethods, isInteger, isText, reflectedMethods, stripped } from './dunders';
import { wrapped } from './numbers';
import { raiseWith } from './raising';
import { intArgument, strOfSelf, table, textArgument } from './receivers';
import { searchMethods } from './text-search';

export function strMethods(): Namespace {
  const methods = table([
    ...binaryMethods(['add'], isText),
    ...binaryMethods(['mul'], isInteger),
    ...binaryMethods(['mod'], () => true),
    ...reflectedMethods(['mul'], isInteger),
    ...comparisonMethods(['eq', 'ge', 'gt', 'le', 'lt', 'ne'], isText),
    ...protocol(),
    ...casing(),
    ...predicates(),
    ...padding(),
    ...searchMethods(),
    known('encode', 'self, encoding="utf-8", errors="strict"', (interpreter, [self, encoding]) =>
      encodeText(strOfSelf(interpreter, self), String(encoding)),
    ),
    known('expandtabs', 'self, tabsize=8', (interpreter, [self, size]) =>
      expandTabs(strOfSelf(interpreter, self), Number(size)),
    ),
    native('format', 'self, /, *args, **kwargs', (interpreter, [self, args, named]) =>
      formatWith(interpreter, strOfSelf(interpreter, self), starred(args), keywordsOf(named)),
    ),
    known('format_map', 'self, mapping, /', (interpreter, [self, mapping]) =>
      formatTemplate(interpreter, strOfSelf(interpreter, self), [], (name) =>
        interpreter.getItem(mapping as Value, name),
      ),
    ),
    native('join', 'self, iterable, /', (interpreter, [self, iterable]) =>
      joined(interpreter, strOfSelf(interpreter, self), iterable as Value),
    ),
    known('replace', 'self, old, new, count=-1, /', replace),
    known('translate', 'self, table, /', translate),
  ]);
  methods.set('maketrans', new StaticMethod(known('maketrans', 'x, y=None, z=None, /', makeTranslation)));
  return methods;
}

const protocol = (): NativeFunction[] => [
  known('__contains__', 'self, item, /', (interpreter, [self, item]) =>
    strOfSelf(interpreter, self).includes(textArgument(interpreter, item)),
  ),
  known('__format__', 'self, spec, /', (interpreter, [self, spec]) =>
    formatBuiltin(interpreter, stripped(self as Value), String(spec)),
  ),
  known('__getitem__', 'self, index, /', (interpreter, [self, index]) =>
    itemOf(interpreter, strOfSelf(interpreter, self), index as Value),
  ),
  known('__hash__', 'self, /', (interpreter, [self]) => hashOf(interpreter, self as Value)),
  known(
    '__iter__',
    'self, /',
    (interpreter, [self]) => new PyIterator(strOfSelf(interpreter, self)[Symbol.iterator](), 'str_iterator'),
  ),
  known('__len__', 'self, /', (interpreter, [self]) => strOfSelf(interpreter, self).length),
  known('__new__', 'cls, object="", encoding=None, errors=None', newStr),
  native('__repr__', 'self, /', (interpreter, [self]) => builtinRepr(interpreter, stripped(self as Value))),
  native('__str__', 'self, /', (interpreter, [self]) => strOfSelf(interpreter, self)),
];

function newStr(interpreter: Interpreter, [cls, object, encoding]: readonly Value[]): Value {
  const value = object as Value;
  const decoded = value instanceof PyBytes && encoding !== null;
  const text = decoded
    ? interpreter.callMethod(value, 'decode', [encoding as Value])
    : strOf(interpreter, value);
  return wrapped(cls, interpreter.types.str, text);
}

/** A method that only looks at the text. */
const simple = (name: string, body: (text: string) => Value): NativeFunction =>
  known(name, 'self, /', (interpreter, [self]) => body(strOfSelf(interpreter, self)));

const casing = (): NativeFunction[] => [
  simple('capitalize', (text) => text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase()),
  simple('casefold', (text) => text.toLowerCase().replaceAll('ß', 'ss')),
  simple('lower', (text) => text.toLowerCase()),
  simple('swapcase', (text) =>
    [...text].map((c) => (isUpper(c) ? c.toLowerCase() : c.toUpperCase())).join(''),
  ),
  simple('title', (text) =>
    text.replace(/\p{L}+/gu, (word) => word.slice(0, 1).toUpperCase() + word.slice(1).toLowerCase()),
  ),
  simple('upper', (text) => text.toUpperCase()),
];

const isUpper = (text: string): boolean => text === text.toUpperCase() && text !== text.toLowerCase();
const isLower = (text: string): boolean => text === text.toLowerCase() && text !== text.toUpperCase();

const predicates = (): NativeFunction[] => [
  simple('isalnum', (text) => /^[\p{L}\p{N}]+$/u.test(text)),
  simple('isalpha', (text) => /^\p{L}+$/u.test(text)),
  simple('isascii', (text) => /^\p{ASCII}*$/u.test(text)),
  simple('isdecimal', (text) => /^\p{Nd}+$/u.test(text)),
  simple('isdigit', (text) => /^[\p{Nd}\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089]+$/u.test(text)),
  simple('isidentifier', (text) => /^[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Nd}_]*$/u.test(text)),
  simple('islower', isLower),
  simple('isnumeric', (text) => /^\p{N}+$/u.test(text)),
  simple('isprintable', (text) => !/(?! )[\p{C}\p{Z}]/u.test(text)),
  simple('isspace', (text) => /^\s+$/u.test(text)),
  simple(
    'istitle',
    (text) =>
      /\p{L}/u.test(text) &&
      [...text.matchAll(/\p{L}+/gu)].every(([word]) => /^\p{Lu}[^\p{Lu}]*$/u.test(word)),
  ),
  simple('isupper', isUpper),
];

type Place = (text: string, missing: number, fill: string) => string;

const padding = (): NativeFunction[] => [
  // CPython puts the odd one out on the left only where both the gap and the width are odd.
  padded('center', (text, missing, fill) => {
    const left = Math.floor(missing / 2) + (missing % 2 && (text.length + missing) % 2 ? 1 : 0);
    return fill.repeat(left) + text + fill.repeat(missing - left);
  }),
  padded('ljust', (text, missing, fill) => text + fill.repeat(missing)),
  padded('rjust', (text, missing, fill) => fill.repeat(missing) + text),
  known('zfill', 'self, width, /', (interpreter, [self, width]) => {
    const [, sign = '', digits = ''] = /^([-+]?)([\s\S]*)$/.exec(strOfSelf(interpreter, self)) ?? [];
    return sign + digits.padStart(Number(intArgument(interpreter, width)) - sign.length, '0');
  }),
];

function padded(name: string, place: Place): NativeFunction {
  return known(name, 'self, width, fillchar=" ", /', (interpreter, [self, width, fill]) => {
    const text = strOfSelf(interpreter, self);
    const missing = Number(intArgument(interpreter, width)) - text.length;
    if (missing > interpreter.limits.elements) interpreter.tooMany(missing);
    return missing > 0 ? place(text, missing, textArgument(interpreter, fill)) : text;
  });
}

function expandTabs(text: string, size: number): string {
  let column = 0;
  return text.replace(/[\s\S]/g, (c) => {
    if (c === '\n' || c === '\r') column = -1;
    column++;
    if (c !== '\t') return c;
    const spaces = size > 0 ? size - ((column - 1) % size) : 0;
    column += spaces - 1;
    return ' '.repeat(spaces);
  });
}

const formatWith = (
  interpreter: Interpreter,
  template: string,
  args: readonly Value[],
  named: Namespace,
): string | Unknown =>
  formatTemplate(interpreter, template, args, (name) => {
    const value = named.get(name);
    return value === undefined ? raiseWith(interpreter, 'KeyError', [name]) : value;
  });

function joined(interpreter: Interpreter, separator: string, iterable: Value): Value {
  const items = knownItems(interpreter, iterable);
  if (items instanceof Unknown) return items;
  const texts = items.map((item, index) => {
    const text = textOf(item);
    if (text !== undefined) return text;
    const name = interpreter.typeOf(item).name;
    return interpreter.raise('TypeError', `sequence item ${index}: expected str instance, ${name} found`);
  });
  return texts.join(separator);
}

function replace(interpreter: Interpreter, [self, from, to, count]: readonly Value[]): Value {
  const text = strOfSelf(interpreter, self);
  const [old, fresh] = [textArgument(interpreter, from), textArgument(interpreter, to)];
  const limit = Number(intArgument(interpreter, count));
  if (limit < 0) return text.split(old).join(fresh) === text ? text : replaceAll(text, old, fresh);
  const parts = (old === '' ? ['', ...text, ''] : text.split(old)) as string[];
  const head = parts.slice(0, limit).map((part) => part + fresh);
  return head.join('') + parts.slice(limit).join(old);
}

const replaceAll = (text: string, old: string, fresh: string): string =>
  old === '' ? fresh + [...text].map((c) => c + fresh).join('') : text.split(old).join(fresh);

function makeTranslation(interpreter: Interpreter, [from, to, gone]: readonly Value[]): Value {
  const dict = new PyDict();
  const put = (key: Value, value: Value): void => {
    const code = typeof key === 'string' ? key.charCodeAt(0) : key;
    dict.entries.set(interpreter.key(code), [code, value]);
  };
  if (from instanceof PyDict) for (const [key, value] of from.entries.values()) put(key, value);
  else {
    const fresh = textArgument(interpreter, to);
    for (const [index, c] of [...textArgument(interpreter, from)].entries()) put(c, fresh.charCodeAt(index));
  }
  if (typeof gone === 'string') for (const c of gone) put(c, null);
  return dict;
}

function translate(interpreter: Interpreter, [self, map]: readonly Value[]): Value {
  if (!(map instanceof PyDict)) return interpreter.unknown('str.translate with a table that is not a dict');
  return [...strOfSelf(interpreter, self)]
    .map((c) => {
      const entry = map.entries.get(c.charCodeAt(0));
      if (!entry) return c;
      return entry[1] === null
        ? ''
        : typeof entry[1] === 'number'
          ? String.fromCharCode(entry[1])
          : String(entry[1]);
    })
    .join('');
}
