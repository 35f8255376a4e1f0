// Which files have to be priced: those that differ, and those that import what differs, directly or through others. The
// latter are looked for with git's own search, one search for each step of a chain of imports, and then by their import
// statements; the analysis has the last word, since it records what it reads.

import { notebookText } from '../analysis/notebook';
import type { FileReader } from '../base/files';
import type { GitRepository, State } from '../base/git';
import { importsIn, moduleOf, reaches } from './imports';

export const isPriced = (path: string): boolean => /\.(ipynb|onnx|py)$/.test(path);

/** Texts that a model's code may read: settings of a model. */
const isData = (path: string): boolean => /\.(cfg|csv|ini|json|jsonl|toml|txt|ya?ml)$/i.test(path);

const IDENTIFIER = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const NAMES_AT_ONCE = 200;

/** Files of a state that may depend on some paths, without those paths themselves. */
export function dependents(
  changed: Iterable<string>,
  git: GitRepository,
  state: State,
  reader: FileReader,
): ReadonlySet<string> {
  const found = new Set<string>();
  const known = new Set(changed);
  for (let frontier = [...known]; frontier.length > 0; ) {
    const modules = frontier.filter((path) => path.endsWith('.py')).map(moduleOf);
    const data = frontier.filter(isData).map(baseName);
    const candidates = search(git, state, modules, data).filter((path) => !known.has(path));
    frontier = candidates.filter((path) => mayDepend(path, textOf(path, git.top, reader), modules, data));
    for (const path of frontier) {
      known.add(path);
      found.add(path);
    }
  }
  return found;
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function mayDepend(path: string, text: string, modules: readonly string[], data: readonly string[]): boolean {
  if (data.some((name) => text.includes(name))) return true;
  const imported = importsIn(text, path);
  return modules.some((module) => reaches(imported, module));
}

function textOf(path: string, top: string, reader: FileReader): string {
  const text = reader.read(`${top}/${path}`) ?? '';
  if (!path.endsWith('.ipynb')) return text;
  try {
    return notebookText(text);
  } catch {
    return '';
  }
}

/** Python files with an import statement, or a line of one, that has one of the names in it. */
function search(
  git: GitRepository,
  state: State,
  modules: readonly string[],
  data: readonly string[],
): string[] {
  const names = [...new Set(modules.map(baseName).filter((name) => IDENTIFIER.test(name)))];
  const patterns = [
    ...chunks(names).map((some) => importPattern(some.join('|'))),
    ...chunks([...new Set(data.map(literal))]).map((some) => some.join('|')),
  ];
  return [...new Set(patterns.flatMap((pattern) => git.grep(pattern, state, ['*.py', '*.ipynb'])))];
}

const importPattern = (names: string): string =>
  `(from|import).*(${names})|^[A-Za-z0-9_, ()\t]*(${names})[A-Za-z0-9_, ()\t]*(#.*)?\\\\?$`;

const literal = (name: string): string => name.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

function chunks(names: readonly string[]): string[][] {
  const count = Math.ceil(names.length / NAMES_AT_ONCE);
  return Array.from({ length: count }, (_, at) => names.slice(at * NAMES_AT_ONCE, (at + 1) * NAMES_AT_ONCE));
}
