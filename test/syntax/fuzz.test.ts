// Whatever the text is, the parser comes back with a tree whose ranges are sane: random edits of real programs, from a
// fixed seed, and texts that nest too deeply. LONG=1 makes twenty times as many, of the standard library too.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { parse, parseExpression } from '../../src/syntax';
import { blocks } from './cases';
import { cpythonVersion, libraryFiles } from './python3';
import { HALF_TYPED } from './survivors';

const LONG = process.env.LONG === '1';
const RUNS = LONG ? 60_000 : 3000;
const LONGEST = 30_000;

/** None of these trees is deeper, counted in records and lists, so that readers may recurse. */
const DEEPEST = 6000;

/** What is put into texts, besides half-typed lines. */
const PIECES: readonly string[] = [
  ...[
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '"""',
    "'''",
    ':',
    '\n',
    '\r',
    '    ',
    '\t',
    '\f',
    '\0',
    '\\',
    '\\\n',
  ],
  ...[
    ',',
    '=',
    '.',
    ';',
    '*',
    '**',
    '#',
    '@',
    '!',
    '$',
    '->',
    ':=',
    '...',
    '0x',
    '1.',
    '1e',
    '\u00e9',
    '\ud83d',
  ],
  ...['f"{', "f'''{", 'rb"', 't"', '\\N{', '{{', '}}', '!r', ':>{'],
  ...[
    'def ',
    'class ',
    'lambda',
    'match x:',
    'case ',
    'if ',
    'elif',
    'else:',
    'for ',
    ' in ',
    'async ',
    'await ',
  ],
  ...['not ', 'yield', 'with (', 'import ', 'from ', 'try:', 'except* ', 'type X = ', 'global ', 'return '],
];

/** Numbers below `limit`, always the same for a seed (mulberry32). */
function randomFrom(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** A text with one edit: something put in, something taken out, the rest cut off, or a part of it doubled. */
function edited(text: string, random: (limit: number) => number): string {
  const at = random(text.length + 1);
  switch (random(5)) {
    case 0:
      return text.slice(0, at) + (PIECES[random(PIECES.length)] ?? '') + text.slice(at);
    case 1:
      return `${text.slice(0, at)}\n${' '.repeat(random(9))}${HALF_TYPED[random(HALF_TYPED.length)]}\n${text.slice(at)}`;
    case 2:
      return text.slice(0, at) + text.slice(at + 1 + random(20));
    case 3:
      return text.slice(0, at + random(200));
    default: {
      const from = random(text.length + 1);
      return text.slice(0, at) + text.slice(from, from + random(200)) + text.slice(at);
    }
  }
}

/** Fields that CPython leaves out of the range of a definition and of a parameter. */
const OUTSIDE = /^(decorators|default)$/;

/** The first thing that is wrong with the ranges of a tree, or undefined. A stack, because trees may be deep. */
function wrongRange(root: { start: number; end: number }, length: number): string | undefined {
  const todo: [value: unknown, start: number, end: number, depth: number][] = [[root, 0, length, 0]];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const [value, start, end, depth] = next;
    if (typeof value !== 'object' || value === null) continue;
    if (depth > DEEPEST) return 'the tree is too deep';
    const inner = 'start' in value && !Array.isArray(value) ? (value as typeof root) : { start, end };
    if (!(start <= inner.start && inner.start <= inner.end && inner.end <= end)) {
      return `${JSON.stringify(value).slice(0, 200)} in ${start}-${end}`;
    }
    for (const [name, child] of Object.entries(value)) {
      if (/^(attr|name)Start$/.test(name) && !(inner.start <= Number(child) && Number(child) <= inner.end)) {
        return `${name} ${child} of ${JSON.stringify(value).slice(0, 200)}`;
      }
      const outside = OUTSIDE.test(name);
      todo.push([child, outside ? start : inner.start, outside ? end : inner.end, depth + 1]);
    }
  }
  return undefined;
}

/** Parses a text in both ways; keeps it in out/ where that goes wrong. */
function check(text: string, what: string): void {
  try {
    const { module, issues } = parse(text);
    const { expression } = parseExpression(text.slice(0, 200));
    assert.equal(wrongRange(module, text.length), undefined);
    assert.equal(wrongRange(expression, text.length), undefined);
    for (const issue of issues) assert.equal(wrongRange(issue, text.length), undefined);
  } catch (error) {
    writeFileSync('out/fuzz.py', text);
    throw new Error(`${what}, kept in out/fuzz.py: ${error instanceof Error ? error.message : error}`);
  }
}

function programs(): string[] {
  const own = [...blocks().map(({ source }) => source), readFileSync('test/syntax/cpython.py', 'utf8')];
  if (!LONG || cpythonVersion() === undefined) return own;
  return [...own, ...libraryFiles(false).map((file) => readFileSync(file, 'utf8'))];
}

describe('syntax: any text', function () {
  this.timeout(LONG ? 3_600_000 : 120_000);

  it('gives a tree with sane ranges, after random edits', () => {
    const texts = programs();
    for (let seed = 1; seed <= RUNS; seed++) {
      const random = randomFrom(seed);
      let text = texts[random(texts.length)] ?? '';
      if (text.length > LONGEST) text = text.slice(0, LONGEST);
      for (let edits = 1 + random(6); edits > 0; edits--) text = edited(text, random);
      check(text, `seed ${seed}`);
    }
  });

  const nested: Readonly<Record<string, string>> = {
    'opening brackets': '('.repeat(20_000),
    'pairs of brackets': '['.repeat(20_000) + ']'.repeat(20_000),
    dicts: '{1: '.repeat(20_000),
    calls: 'f('.repeat(20_000),
    subscripts: 'a['.repeat(20_000),
    signs: `${'-'.repeat(50_000)}1`,
    nots: `${'not '.repeat(50_000)}a`,
    powers: `a${' ** a'.repeat(20_000)}`,
    lambdas: `${'lambda: '.repeat(20_000)}a`,
    conditions: `a${' if a else a'.repeat(20_000)}`,
    'f-strings in fields': "f'{".repeat(5000),
    'fields in specifications': `f'{a:${'{a:'.repeat(5000)}'`,
    attributes: `a${'.b'.repeat(100_000)}`,
    sums: `1${'+1'.repeat(100_000)}`,
    comparisons: `1${'<1'.repeat(100_000)}`,
    elifs: `if a: b\n${'elif a: b\n'.repeat(20_000)}`,
    blocks: Array.from({ length: 2500 }, (_, depth) => `${' '.repeat(depth)}if a:\n`).join(''),
    indents: Array.from({ length: 2500 }, (_, depth) => `${' '.repeat(depth)}a\n`).join(''),
    patterns: `match a:\n case ${'['.repeat(20_000)}`,
    'patterns in classes': `match a:\n case ${'A('.repeat(20_000)}`,
    'with in brackets': `with ${'('.repeat(20_000)}`,
    matches: 'match '.repeat(20_000),
    decorators: '@a\n'.repeat(20_000),
    stars: `a = ${'*'.repeat(20_000)}`,
    targets: `${'a = '.repeat(20_000)}1`,
    'type parameters': `def f${'[T: ('.repeat(20_000)}`,
    quotes: `"""${"'".repeat(20_000)}`,
    'unclosed f-strings': "f'{a\n".repeat(5000),
  };
  for (const [what, text] of Object.entries(nested)) {
    it(`gives a tree for many ${what}`, () => check(text, what));
  }
});
