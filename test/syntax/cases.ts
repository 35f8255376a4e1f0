// Reads cases.md: programs and their trees.

import { readFileSync, writeFileSync } from 'node:fs';

const FILE = 'test/syntax/cases.md';
const BLOCK = /^## (.+) \(3\.(\d+)\)\n\n```python\n([\s\S]*?)```\n\n```tree\n([\s\S]*?)```$/gm;

/** Characters that cannot be seen, or that an editor would change, as they are written in the file. */
const WRITTEN: readonly (readonly [string, string])[] = [
  ['␍', '\r'],
  ['␌', '\f'],
  ['␉', '\t'],
  ['␏', '\ufeff'],
  ['␃\n', ''],
];

/** One case: what it is about, the minor version of Python 3 that brought it, a program and its tree. */
export interface Block {
  readonly title: string;
  readonly since: number;
  readonly source: string;
  readonly tree: string;
}

/** The cases in the file. */
export function blocks(): Block[] {
  return [...readFileSync(FILE, 'utf8').matchAll(BLOCK)].map(
    ([, title = '', since, source = '', tree = '']) => ({
      title,
      since: Number(since),
      source: WRITTEN.reduce((text, [sign, character]) => text.replaceAll(sign, character), source),
      tree,
    }),
  );
}

/** Writes the trees of the cases anew. */
export function rewrite(tree: (block: Block) => string): void {
  const now = new Map(blocks().map((block) => [block.title, tree(block)]));
  const text = readFileSync(FILE, 'utf8').replace(
    BLOCK,
    (whole, title: string, _since, _source, old: string) =>
      whole.replace(`\`\`\`tree\n${old}\`\`\``, () => `\`\`\`tree\n${now.get(title) ?? old}\`\`\``),
  );
  writeFileSync(FILE, text);
}
