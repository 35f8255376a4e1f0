// The words and signs of Python, as tables. Soft keywords are not here: they are names until the parser finds that they
// stand where a statement begins.

/** Words that can never be names. */
export const KEYWORDS: ReadonlySet<string> = new Set([
  ...['False', 'None', 'True', 'and', 'as', 'assert', 'async', 'await', 'break', 'class', 'continue', 'def'],
  ...[
    'del',
    'elif',
    'else',
    'except',
    'finally',
    'for',
    'from',
    'global',
    'if',
    'import',
    'in',
    'is',
    'lambda',
  ],
  ...['nonlocal', 'not', 'or', 'pass', 'raise', 'return', 'try', 'while', 'with', 'yield'],
]);

/** Prefixes of string literals, in lower case. */
export const STRING_PREFIXES: ReadonlySet<string> = new Set([
  ...['b', 'br', 'f', 'fr', 'r', 'rb', 'rf', 'rt', 't', 'tr', 'u'],
]);

/** Operators and delimiters by the code of their first character, the longest first. */
export const OPERATORS: readonly (readonly string[])[] = byFirstCharacter([
  ...['!=', '!', '%=', '%', '&=', '&', '(', ')', '**=', '**', '*=', '*', '+=', '+', ',', '-=', '->', '-'],
  ...[
    '...',
    '.',
    '//=',
    '//',
    '/=',
    '/',
    ':=',
    ':',
    ';',
    '<<=',
    '<<',
    '<=',
    '<',
    '==',
    '=',
    '>>=',
    '>>',
    '>=',
  ],
  ...['>', '@=', '@', '[', ']', '^=', '^', '{', '|=', '|', '}', '~'],
]);

/** Binary operators that group to the left, with how tightly they bind. `**` groups to the right and is read apart. */
export const BINARY: ReadonlyMap<string, number> = new Map([
  ['|', 1],
  ['^', 2],
  ['&', 3],
  ['<<', 4],
  ['>>', 4],
  ['+', 5],
  ['-', 5],
  ['%', 6],
  ['*', 6],
  ['/', 6],
  ['//', 6],
  ['@', 6],
]);

/** Comparisons that are signs; `in`, `is` and their negations are words. */
export const COMPARISONS: ReadonlySet<string> = new Set(['!=', '<', '<=', '==', '>', '>=']);

/** Assignments that compute. */
export const AUGMENTED: ReadonlySet<string> = new Set([
  ...['%=', '&=', '**=', '*=', '+=', '-=', '//=', '/=', '<<=', '>>=', '@=', '^=', '|='],
]);

function byFirstCharacter(operators: readonly string[]): string[][] {
  const table: string[][] = Array.from({ length: 128 }, () => []);
  for (const operator of operators) table[operator.charCodeAt(0)]?.push(operator);
  return table;
}
