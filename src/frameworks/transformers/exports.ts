// In which module a name stands that `from transformers import …` asks for. The package says so in its own `__init__`
// files: the top one has a table of names by module, and each model's lists its modules, in whose text the definition is
// looked for. A model's folder is guessed from the name first (`BertModel` is in `bert`); only then are all looked through.

import type { FileReader } from '../../base/files';

/** Behind the name of a module that is replaced: the module as it is installed, for what ours leaves to it. */
export const AS_INSTALLED = '_as_installed';

export interface Files {
  readonly reader: FileReader;
  readonly searchPaths: readonly string[];
}

/** The dotted name of the module that defines `name`, as seen from `transformers` or a package below it. */
export function moduleOfName(files: Files, pack: string, name: string): string | undefined {
  if (!/^\w+$/.test(name)) return undefined;
  if (pack !== 'transformers' && pack !== 'transformers.models') return inPackage(files, pack, name);
  return inTable(files, name) ?? inModels(files, name);
}

/** The text of a module as it is installed. */
export function installedText({ reader, searchPaths }: Files, module: string): string | undefined {
  const path = module.replaceAll('.', '/');
  for (const root of searchPaths) {
    const text = reader.read(`${root}/${path}.py`) ?? reader.read(`${root}/${path}/__init__.py`);
    if (text !== undefined) return text;
  }
  return undefined;
}

/** `_import_structure` of the package: a module's name, then the names in it. */
function inTable(files: Files, name: string): string | undefined {
  const text = installedText(files, 'transformers.__init__') ?? '';
  if (!text.includes(`"${name}"`)) return /^is_\w+$|^logging$/.test(name) ? 'transformers.utils' : undefined;
  let module: string | undefined;
  for (const [, assigned, key, item] of text.matchAll(
    /_import_structure\["([\w.]+)"\]|"([\w.]+)":\s*\[|"(\w+)"/g,
  )) {
    if (item === undefined) module = assigned ?? key;
    else if (item === name && module !== undefined) return `transformers.${module}`;
  }
  return undefined;
}

/** The models' folders, those whose name the given one begins with first. */
function inModels(files: Files, name: string): string | undefined {
  const folders = listed(installedText(files, 'transformers.models.__init__') ?? '');
  const small = name.toLowerCase();
  const fits = (folder: string) => small.startsWith(folder.replaceAll('_', ''));
  const likely = folders.filter(fits).sort((a, b) => b.length - a.length);
  const others = folders.filter((folder) => !fits(folder));
  for (const folder of [...likely, ...others]) {
    const module = inPackage(files, `transformers.models.${folder}`, name);
    if (module !== undefined) return module;
  }
  return undefined;
}

/** The modules of one package, as its `__init__` lists them. */
function inPackage(files: Files, pack: string, name: string): string | undefined {
  const defined = new RegExp(`^(?:class|def) ${name}\\b|^${name}\\s*[:=]`, 'm');
  const modules = listed(installedText(files, `${pack}.__init__`) ?? '');
  return modules
    .map((module) => `${pack}.${module}`)
    .find((module) => defined.test(installedText(files, module) ?? ''));
}

const listed = (text: string): string[] => [
  ...new Set([...text.matchAll(/^\s*from \.(\w+) import/gm)].map(([, module]) => module as string)),
];
