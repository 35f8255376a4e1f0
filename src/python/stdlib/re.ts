// re: patterns are translated (regex-syntax.ts) and matched by JavaScript's engine.
// Left out: bytes patterns, locale, and what the translation leaves out: such patterns are unknown values.

import { strOfSelf, table, textArgument } from '../builtins/receivers';
import type { Interpreter } from '../interpreter';
import { known, starred } from '../known';
import { native } from '../native';
import { reprOf } from '../text';
import { intOf, textOf } from '../unwrap';
import {
  type Namespace,
  type NativeFunction,
  PyClass,
  PyDict,
  PyInstance,
  PyIterator,
  PyList,
  PyProperty,
  PyTuple,
  Unknown,
  type Value,
} from '../values';
import { escapeText, FLAGS, javascriptFlags, translate } from './regex-syntax';

/** Payload of a Pattern. */
interface Compiled {
  readonly pattern: string;
  readonly flags: number;
  readonly source: string;
}

/** Payload of a Match. */
interface Found {
  readonly match: RegExpExecArray;
  readonly text: string;
  readonly pattern: PyInstance;
}

/** The classes of one interpreter's module, and patterns that were compiled. */
interface Kit {
  readonly Pattern: PyClass;
  readonly Match: PyClass;
  readonly error: PyClass;
  readonly cache: Map<string, PyInstance | Unknown>;
}

export function reModule(interpreter: Interpreter): Namespace {
  const { object, exceptions } = interpreter.types;
  const base = exceptions.get('Exception') ?? object;
  const error = new PyClass('error', [base], new Map(), base.mro, 're');
  const kit: { Pattern?: PyClass; Match?: PyClass; error: PyClass; cache: Kit['cache'] } = {
    error,
    cache: new Map(),
  };
  kit.Match = new PyClass('Match', [object], matchMethods(), object.mro, 're');
  kit.Pattern = new PyClass('Pattern', [object], patternMethods(kit as Kit), object.mro, 're');
  const namespace = functions(kit as Kit);
  const names = {
    ASCII: FLAGS.A,
    DOTALL: FLAGS.S,
    IGNORECASE: FLAGS.I,
    LOCALE: FLAGS.L,
    MULTILINE: FLAGS.M,
    UNICODE: FLAGS.U,
    VERBOSE: FLAGS.X,
  };
  for (const [name, flag] of Object.entries({ ...FLAGS, ...names })) namespace.set(name, flag);
  for (const [name, value] of [
    ['Match', kit.Match],
    ['Pattern', kit.Pattern],
    ['RegexFlag', interpreter.types.int],
    ['error', error],
  ] as const) {
    namespace.set(name, value);
  }
  return namespace;
}

// --- functions of the module ------------------------------------------------------------------------------------------

function functions(kit: Kit): Namespace {
  const withPattern = (name: string, rest: string): NativeFunction =>
    known(name, `pattern, ${rest}, flags=0`, (ip, args) => {
      const pattern = compile(ip, kit, args[0] as Value, args.at(-1) as Value);
      return pattern instanceof Unknown ? pattern : ip.callMethod(pattern, name, args.slice(1, -1));
    });
  return table([
    known('compile', 'pattern, flags=0', (ip, [pattern, flags]) =>
      compile(ip, kit, pattern as Value, flags as Value),
    ),
    known('escape', 'pattern', (ip, [pattern]) => escapeText(textArgument(ip, pattern))),
    withPattern('findall', 'string'),
    withPattern('finditer', 'string'),
    withPattern('fullmatch', 'string'),
    withPattern('match', 'string'),
    known('purge', '', () => null),
    withPattern('search', 'string'),
    withPattern('split', 'string, maxsplit=0'),
    withPattern('sub', 'repl, string, count=0'),
    withPattern('subn', 'repl, string, count=0'),
  ]);
}

function compile(ip: Interpreter, kit: Kit, pattern: Value, flags: Value): PyInstance | Unknown {
  if (pattern instanceof PyInstance && pattern.type === kit.Pattern) return pattern;
  const text = textOf(pattern);
  if (text === undefined) return ip.unknown('a regular expression that is not a text is not followed');
  const given = Number(intOf(flags) ?? 0);
  const key = `${given}:${text}`;
  const known = kit.cache.get(key);
  if (known) return known;
  const made = compileText(ip, kit, text, given);
  kit.cache.set(key, made);
  return made;
}

function compileText(ip: Interpreter, kit: Kit, pattern: string, given: number): PyInstance | Unknown {
  const translated = translate(pattern, given);
  if (!translated) return ip.unknown(`the regular expression ${JSON.stringify(pattern)} has no counterpart`);
  const { source, flags } = translated;
  try {
    new RegExp(source, javascriptFlags(flags));
  } catch (problem) {
    ip.raise(kit.error, problem instanceof Error ? problem.message : String(problem));
  }
  const made = new PyInstance(kit.Pattern);
  made.payload = { pattern, flags, source } satisfies Compiled;
  return made;
}

// --- patterns ---------------------------------------------------------------------------------------------------------

const compiledOf = (self: Value | undefined): Compiled => (self as PyInstance).payload as Compiled;

function regexOf({ source, flags }: Compiled, mode: string): RegExp {
  return new RegExp(source, `d${mode}${javascriptFlags(flags)}`);
}

function patternMethods(kit: Kit): Namespace {
  const methods = table([
    native('__deepcopy__', 'self, memo, /', (_, [self]) => self as Value),
    native('__repr__', 'self, /', (ip, [self]) => `re.compile(${reprOf(ip, compiledOf(self).pattern)})`),
    known('findall', 'self, string, pos=0, endpos=None', (ip, [self, text]) => {
      const found = all(self, strOfSelf(ip, text));
      return new PyList(
        found.map((match) =>
          match.length > 2 ? new PyTuple(match.slice(1).map(orEmpty)) : orEmpty(match[match.length - 1]),
        ),
      );
    }),
    known('finditer', 'self, string, pos=0, endpos=None', (ip, [self, text]) => {
      const string = strOfSelf(ip, text);
      return new PyIterator(
        all(self, string)
          .map((match) => wrap(kit, self, string, match) as Value)
          .values(),
      );
    }),
    matcher(kit, 'fullmatch', 'y', (compiled) => ({
      ...compiled,
      source: `(?:${compiled.source})(?![\\s\\S])`,
    })),
    matcher(kit, 'match', 'y'),
    matcher(kit, 'search', 'g'),
    known('split', 'self, string, maxsplit=0', (ip, [self, text, most]) =>
      split(self, strOfSelf(ip, text), Number(most)),
    ),
    known('sub', 'self, repl, string, count=0', (ip, args) => substitute(ip, kit, args)[0]),
    known('subn', 'self, repl, string, count=0', (ip, args) => new PyTuple(substitute(ip, kit, args))),
  ]);
  const readable = (name: string, read: (compiled: Compiled) => Value): void => {
    methods.set(name, new PyProperty(native(name, 'self, /', (_, [self]) => read(compiledOf(self)))));
  };
  readable('flags', ({ flags }) => flags | FLAGS.U);
  readable('groupindex', (compiled) => {
    const dict = new PyDict();
    const names = [...compiled.source.matchAll(/\((?!\?)|\(\?<(\w+)>/g)].map(([, name]) => name);
    names.forEach((name, index) => {
      if (name !== undefined) dict.entries.set(name, [name, index + 1]);
    });
    return dict;
  });
  readable('groups', (compiled) => (new RegExp(`${compiled.source}|`).exec('')?.length ?? 1) - 1);
  readable('pattern', ({ pattern }) => pattern);
  return methods;
}

const orEmpty = (text: string | undefined): string => text ?? '';

function matcher(
  kit: Kit,
  name: string,
  mode: string,
  change = (compiled: Compiled): Compiled => compiled,
): NativeFunction {
  return known(name, 'self, string, pos=0, endpos=None', (ip, [self, text, start, end]) => {
    const whole = strOfSelf(ip, text);
    const string = end === null ? whole : whole.slice(0, Number(end));
    const regex = regexOf(change(compiledOf(self)), mode);
    regex.lastIndex = Number(start);
    return wrap(kit, self, string, regex.exec(string));
  });
}

function wrap(kit: Kit, pattern: Value | undefined, text: string, match: RegExpExecArray | null): Value {
  if (!match) return null;
  const made = new PyInstance(kit.Match);
  made.payload = { match, text, pattern: pattern as PyInstance } satisfies Found;
  return made;
}

const all = (self: Value | undefined, text: string): RegExpExecArray[] =>
  [...text.matchAll(regexOf(compiledOf(self), 'g'))] as RegExpExecArray[];

function split(self: Value | undefined, text: string, most: number): Value {
  const parts: Value[] = [];
  let start = 0;
  for (const match of most > 0 ? all(self, text).slice(0, most) : all(self, text)) {
    parts.push(text.slice(start, match.index), ...match.slice(1).map((group) => group ?? null));
    start = match.index + match[0].length;
  }
  return new PyList([...parts, text.slice(start)]);
}

function substitute(
  ip: Interpreter,
  kit: Kit,
  [self, replacement, string, count]: readonly Value[],
): [Value, number] {
  const text = strOfSelf(ip, string);
  const limit = Number(count) || Number.POSITIVE_INFINITY;
  const found = all(self, text).slice(0, limit);
  let result = '';
  let start = 0;
  for (const match of found) {
    const fresh = replacementFor(ip, replacement as Value, wrap(kit, self, text, match) as PyInstance, match);
    if (fresh instanceof Unknown) return [fresh, 0];
    result += text.slice(start, match.index) + fresh;
    start = match.index + match[0].length;
  }
  return [result + text.slice(start), found.length];
}

function replacementFor(
  ip: Interpreter,
  replacement: Value,
  match: PyInstance,
  raw: RegExpExecArray,
): string | Unknown {
  const template = textOf(replacement);
  if (template !== undefined) return expand(ip, template, raw);
  const made = ip.call(replacement, [match]);
  return made instanceof Unknown ? made : textArgument(ip, made);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\\': '\\',
  a: '\x07',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

function expand(ip: Interpreter, template: string, match: RegExpExecArray): string {
  return template.replace(
    /\\(?:g<(\w+)>|([1-9]\d?)|([\s\S]))/g,
    (whole, name?: string, number?: string, letter?: string) => {
      if (letter !== undefined) return ESCAPES[letter] ?? whole;
      return orEmpty(groupText(ip, match, name ?? Number(number)) ?? undefined);
    },
  );
}

// --- matches ----------------------------------------------------------------------------------------------------------

const foundOf = (self: Value | undefined): Found => (self as PyInstance).payload as Found;

/** The text of a group by number or name; null where it took no part. */
function groupText(ip: Interpreter, match: RegExpExecArray, group: Value): string | null {
  const name = textOf(group);
  const isNumber = name === undefined || /^\d+$/.test(name);
  const exists = isNumber ? Number(group) < match.length : match.groups !== undefined && name in match.groups;
  if (!exists) return ip.raise('IndexError', 'no such group');
  return (isNumber ? match[Number(group)] : match.groups?.[name]) ?? null;
}

function spanOf(ip: Interpreter, { match }: Found, group: Value): [number, number] {
  groupText(ip, match, group);
  const name = textOf(group);
  const span = name === undefined ? match.indices?.[Number(group)] : match.indices?.groups?.[name];
  return span ?? [-1, -1];
}

function matchMethods(): Namespace {
  const methods = table([
    known('__getitem__', 'self, group, /', (ip, [self, group]) =>
      groupText(ip, foundOf(self).match, group as Value),
    ),
    native('__repr__', 'self, /', (ip, [self]) => {
      const [start, end] = spanOf(ip, foundOf(self), 0);
      return `<re.Match object; span=(${start}, ${end}), match=${reprOf(ip, foundOf(self).match[0])}>`;
    }),
    known('end', 'self, group=0, /', (ip, [self, group]) => spanOf(ip, foundOf(self), group as Value)[1]),
    known('expand', 'self, template', (ip, [self, template]) =>
      expand(ip, textArgument(ip, template), foundOf(self).match),
    ),
    known('group', 'self, /, *groups', (ip, [self, groups]) => {
      const texts = starred(groups).map((group) => groupText(ip, foundOf(self).match, group));
      if (texts.length === 0) return foundOf(self).match[0];
      return texts.length === 1 ? (texts[0] as Value) : new PyTuple(texts);
    }),
    native('groupdict', 'self, default=None', (_, [self, fallback]) => {
      const dict = new PyDict();
      for (const [name, text] of Object.entries(foundOf(self).match.groups ?? {}))
        dict.entries.set(name, [name, text ?? (fallback as Value)]);
      return dict;
    }),
    native(
      'groups',
      'self, default=None',
      (_, [self, fallback]) =>
        new PyTuple(
          foundOf(self)
            .match.slice(1)
            .map((text) => text ?? (fallback as Value)),
        ),
    ),
    known(
      'span',
      'self, group=0, /',
      (ip, [self, group]) => new PyTuple(spanOf(ip, foundOf(self), group as Value)),
    ),
    known('start', 'self, group=0, /', (ip, [self, group]) => spanOf(ip, foundOf(self), group as Value)[0]),
  ]);
  const readable = (name: string, read: (found: Found) => Value): void => {
    methods.set(name, new PyProperty(native(name, 'self, /', (_, [self]) => read(foundOf(self)))));
  };
  readable(
    'lastgroup',
    ({ match }) =>
      Object.entries(match.groups ?? {})
        .filter(([, text]) => text !== undefined)
        .at(-1)?.[0] ?? null,
  );
  readable('lastindex', ({ match }) => {
    const last = match.findLastIndex((text, index) => index > 0 && text !== undefined);
    return last > 0 ? last : null;
  });
  readable('pos', () => 0);
  readable('re', ({ pattern }) => pattern);
  readable('string', ({ text }) => text);
  return methods;
}
