// Which files a Python file imports, by a look at its import statements: quick enough for many files, and only a guess
// that the analysis confirms, since it records what it reads. A module named `a.b` may be any file that ends in `a/b.py`
// or `a/b/__init__.py`, wherever imports are looked for.
//
// Left out: what a package's __init__ changes by being run when a module below it is imported.

/** Modules that a text may import: with slashes, absolute ones as they are named, relative ones from the top folder. */
export interface Imported {
  readonly named: ReadonlySet<string>;
  readonly relative: ReadonlySet<string>;
}

/** Lists of names in brackets are followed so far, so that a bracket that is never closed costs little. */
const STATEMENT =
  /(?:^|[;:])[ \t]*(?:from[ \t]+(\.*[ \t]*[\p{L}\p{N}_.]*)[ \t]+import[ \t]*(\([^)]{0,9999}\)|[^\n;]*)|import[ \t]+([^\n;]+))/gmu;
const BY_NAME = /import_module\(\s*[rf]?["']([\p{L}\p{N}_.]+)["']/gu;

/** What a file's text imports; `path` is relative to the top folder. */
export function importsIn(text: string, path: string): Imported {
  const named = new Set<string>();
  const relative = new Set<string>();
  const joined = text.replace(/\\\r?\n/g, ' ').replace(/#[^\n]*/g, '');
  for (const [, from, names = '', modules = ''] of joined.matchAll(STATEMENT)) {
    if (from === undefined) for (const module of listed(modules)) addWithParents(named, module);
    else addFrom(from.replaceAll(/\s/g, ''), listed(names), path, { named, relative });
  }
  for (const [, module = ''] of joined.matchAll(BY_NAME)) addWithParents(named, module);
  return { named, relative };
}

/** Names between commas, without what they are called here. */
const listed = (names: string): string[] =>
  names
    .replace(/[()]/g, '')
    .split(',')
    .map((name) => name.trim().split(/\s/)[0] ?? '')
    .filter(Boolean);

/** `import a.b` gives `a`, by which `a.x` is reached too. */
function addWithParents(modules: Set<string>, dotted: string): void {
  const parts = dotted.split('.');
  for (let length = 1; length <= parts.length; length++) modules.add(parts.slice(0, length).join('/'));
}

function addFrom(
  from: string,
  names: readonly string[],
  path: string,
  { named, relative }: { named: Set<string>; relative: Set<string> },
): void {
  const dots = /^\.*/.exec(from)?.[0].length ?? 0;
  const module = from.slice(dots).replaceAll('.', '/');
  const folders = path.split('/').slice(0, -1);
  if (dots > folders.length + 1) return;
  const home = dots === 0 ? [] : folders.slice(0, folders.length - dots + 1);
  const base = [...home, module].filter(Boolean).join('/');
  const modules = dots === 0 ? named : relative;
  for (const one of [base, ...names.map((name) => (base === '' ? name : `${base}/${name}`))])
    modules.add(one);
}

/** The module that a file is: its path without its ending, and of a package its folder. */
export const moduleOf = (path: string): string => path.replace(/\.\w+$/, '').replace(/(^|\/)__init__$/, '');

/** Whether imports may reach a module. */
export function reaches({ named, relative }: Imported, module: string): boolean {
  if (relative.has(module)) return true;
  const parts = module.split('/');
  return parts.some((_, from) => named.has(parts.slice(from).join('/')));
}
