// Where imports are looked for, after the file's own folder or package: in the workspace, in the folders of the settings,
// then in the packages of the environment that the Python extension has chosen or that lies in the workspace. Packages
// are only ever read as text. Files that are not on a disk have no search path.

import { dirname, isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { slashed } from './sources';

const ENVIRONMENTS = ['.venv', 'venv', 'env'];
const PYTHON_EXTENSION = 'ms-python.python';

/** What is used of the Python extension. */
interface PythonApi {
  readonly environments?: {
    getActiveEnvironmentPath?(resource?: vscode.Uri): { readonly path?: string } | undefined;
  };
}

export class SearchPaths {
  /** Folders of packages by environment; looked up once. */
  private readonly packages = new Map<string, Promise<string | undefined>>();

  /** Folders in which an import of a file is looked for. */
  async of(uri: vscode.Uri, configured: readonly string[]): Promise<string[]> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    const roots = folders.filter((folder) => folder.uri.scheme === 'file').map((folder) => folder.uri.fsPath);
    const own = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? roots[0];
    const settings = configured.flatMap((path) => (isAbsolute(path) ? [path] : own ? [join(own, path)] : []));
    const environments = [
      ...activeEnvironment(uri),
      ...roots.flatMap((root) => ENVIRONMENTS.map((name) => join(root, name))),
    ];
    const packages = await Promise.all(environments.map((folder) => this.packagesOf(folder)));
    const sources = roots.flatMap((root) => [root, join(root, 'src')]);
    const found = packages.filter((folder) => folder !== undefined);
    return [...new Set([...sources, ...settings, ...found].map(slashed))];
  }

  /** Looks for environments anew: one may have been made. */
  forget(): void {
    this.packages.clear();
  }

  private packagesOf(environment: string): Promise<string | undefined> {
    const known = this.packages.get(environment) ?? sitePackages(environment);
    this.packages.set(environment, known);
    return known;
  }
}

/** The folder of the environment that the Python extension has chosen; the extension is never started for it. */
function activeEnvironment(uri: vscode.Uri): string[] {
  const extension = vscode.extensions.getExtension<PythonApi>(PYTHON_EXTENSION);
  const path = extension?.isActive
    ? extension.exports.environments?.getActiveEnvironmentPath?.(uri)?.path
    : undefined;
  if (path === undefined || path === '') return [];
  return [/[\\/](bin|Scripts)[\\/][^\\/]+$/.test(path) ? dirname(dirname(path)) : path];
}

/** `lib/python3.12/site-packages`, or `Lib/site-packages` on Windows. */
async function sitePackages(environment: string): Promise<string | undefined> {
  const versions = await names(join(environment, 'lib'));
  const python = versions.filter((name) => /^python3(\.\d+)?$/.test(name)).sort();
  const candidates = [
    ...python.reverse().map((name) => join(environment, 'lib', name)),
    join(environment, 'Lib'),
  ];
  for (const folder of candidates) {
    if ((await names(folder)).includes('site-packages')) return join(folder, 'site-packages');
  }
  return undefined;
}

async function names(folder: string): Promise<string[]> {
  try {
    return (await vscode.workspace.fs.readDirectory(vscode.Uri.file(folder))).map(([name]) => name);
  } catch {
    return [];
  }
}
