// Which module a file is, and where its imports are looked for. A file in a package (a folder with __init__.py) is that
// package's module, and the folder that holds the outermost package is an import root, as it is for Python. Any other file
// is named by the first search path that holds it.

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
  if (root !== folder)
    return { name: dotted(file, root), searchPaths: unique([root, ...searchPaths, folder]) };
  const holder = searchPaths.find((path) => file.startsWith(`${path}/`));
  const name = holder === undefined ? dotted(file, folder) : dotted(file, holder);
  return { name, searchPaths: unique([folder, ...searchPaths]) };
}

/** The folder above the outermost package that holds `folder`; `folder` itself where it is no package. */
function packageRoot(folder: string, reader: FileReader): string {
  let root = folder;
  while (root !== folderOf(root) && reader.read(`${root}/__init__.py`) !== undefined) root = folderOf(root);
  return root;
}

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
