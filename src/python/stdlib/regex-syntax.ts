// Python's regular expressions in JavaScript's syntax. What JavaScript has no word for (conditional groups, atomic
// groups, possessive quantifiers) is undefined here and an unknown value for the program.

export const FLAGS = { A: 256, I: 2, L: 4, M: 8, S: 16, U: 32, X: 64 } as const;

export interface Translated {
  readonly source: string;
  readonly flags: number;
}

const INLINE: Readonly<Record<string, number>> = {
  a: FLAGS.A,
  i: FLAGS.I,
  L: FLAGS.L,
  m: FLAGS.M,
  s: FLAGS.S,
  u: FLAGS.U,
  x: FLAGS.X,
};

/** Rules in order: the first that fits at a position gives what stands for it there. */
const RULES: readonly (readonly [RegExp, (match: RegExpExecArray, flags: number) => string | undefined])[] = [
  [/\(\?P<(\w+)>/y, ([, name]) => `(?<${name}>`],
  [/\(\?P=(\w+)\)/y, ([, name]) => `\\k<${name}>`],
  [/\(\?#[^)]*\)/y, () => ''],
  [/\(\?(?:\(|>)/y, () => undefined],
  [/\(\?[aiLmsux]*-?[imsx]*:/y, ([text]) => (text === '(?:' ? text : undefined)],
  [/\(/y, ([text]) => text],
  [/(?:[*+?]|\{\d*,?\d*\})\+/y, () => undefined],
  [/\{,(\d+)\}/y, ([, most]) => `{0,${most}}`],
  [/\\A/y, () => '(?<![\\s\\S])'],
  [/\\Z/y, () => '(?![\\s\\S])'],
  [/\\a/y, () => '\\x07'],
  [/\\U([0-9a-fA-F]{8})/y, ([, code]) => String.fromCodePoint(Number.parseInt(code as string, 16))],
  [/\\[\s\S]/y, ([text]) => text],
  [/\$/y, (_, flags) => (flags & FLAGS.M ? '(?=\\n|(?![\\s\\S]))' : '(?=\\n?(?![\\s\\S]))')],
  [
    /\[(\^?)(\]?)((?:\\[\s\S]|[^\]\\])*)\]/y,
    ([, not, bracket, rest]) => `[${not}${bracket ? '\\]' : ''}${rest}]`,
  ],
  [/\s+|#[^\n]*/y, ([text], flags) => (flags & FLAGS.X ? '' : text)],
  [/[\s\S]/y, ([text]) => text],
];

export function translate(pattern: string, given: number): Translated | undefined {
  const inline = /^\(\?([aiLmsux]+)\)/.exec(pattern);
  const flags = [...(inline?.[1] ?? '')].reduce((sum, flag) => sum | (INLINE[flag] ?? 0), given);
  let source = '';
  for (let at = inline?.[0].length ?? 0; at < pattern.length; ) {
    const [text, length] = oneAt(pattern, at, flags);
    if (text === undefined) return undefined;
    source += text;
    at += length;
  }
  return { source, flags };
}

function oneAt(pattern: string, at: number, flags: number): [text: string | undefined, length: number] {
  for (const [rule, write] of RULES) {
    rule.lastIndex = at;
    const match = rule.exec(pattern);
    if (match) return [write(match, flags), match[0].length];
  }
  return [undefined, 0];
}

export const javascriptFlags = (flags: number): string =>
  `${flags & FLAGS.I ? 'i' : ''}${flags & FLAGS.M ? 'm' : ''}${flags & FLAGS.S ? 's' : ''}`;

/** `re.escape`. */
export const escapeText = (text: string): string => text.replace(/[-.*+?^${}()|[\]\\#&~\s]/g, '\\$&');
