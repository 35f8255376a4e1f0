// Which module a file is, and where its imports are looked for. A file in a package (a folder with __init__.py) is that
// package's module, and the folder that holds the outermost package is an import root, as it is for Python. Any other file
// is named by the first search path that holds it. Last come the folders between the file and the top of its project: from
// one of them its programs are started, and folders without __init__.py may be packages too.

import type { FileReader } from '../base/files';

export interface FilePlace {
  /** Dotted module name. */
  readonly name: string;
  /** Import roots in order: the file's own first. */
  readonly searchPaths: readonly string[];
}

export function placeOf(file: string, searchPaths: readonly string[], reader: FileReader): FilePlace {
  const folder = folderOf(file);
  const root = packageRoot(folder, reader);
  const above = projectFolders(folder, reader);
  if (root !== folder)
    return { name: dotted(file, root), searchPaths: unique([root, ...searchPaths, folder, ...above]) };
  const holder = searchPaths.find((path) => file.startsWith(`${path}/`));
  const name = holder === undefined ? dotted(file, folder) : dotted(file, holder);
  return { name, searchPaths: unique([folder, ...searchPaths, ...above]) };
}

/** The folder above the outermost package that holds `folder`; `folder` itself where it is no package. */
function packageRoot(folder: string, reader: FileReader): string {
  let root = folder;
  while (root !== folderOf(root) && reader.read(`${root}/__init__.py`) !== undefined) root = folderOf(root);
  return root;
}

/** The folders above, nearest first, up to the one that looks like the top of a project; none where no such is near. */
function projectFolders(folder: string, reader: FileReader): string[] {
  const folders: string[] = [];
  for (let at = folder; at !== '' && folders.length < DEEPEST; at = folderOf(at)) {
    folders.push(at);
    if (TOP_FILES.some((name) => reader.read(`${at}/${name}`) !== undefined)) return folders;
  }
  return [];
}

const DEEPEST = 8;
const TOP_FILES = ['.git/HEAD', 'pyproject.toml', 'setup.py', 'setup.cfg', 'requirements.txt'];

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));

function dotted(file: string, root: string): string {
  const parts = file
    .slice(root.length + 1)
    .replace(/\.py$/, '')
    .split('/');
  if (parts.at(-1) === '__init__' && parts.length > 1) parts.pop();
  return parts.join('.');
}

const unique = (paths: readonly string[]): string[] => [...new Set(paths)];
