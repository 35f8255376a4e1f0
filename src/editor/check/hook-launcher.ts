// What a commit hook runs: a small file in the extension's own storage that loads the command line. The hook keeps its
// path while the extension moves to another folder with each of its versions; the file is then written anew.

import { execFile } from 'node:child_process';
import * as vscode from 'vscode';
import { launcherText } from './launcher-text';

const FILE = 'price-tag.cjs';
const OLDEST_NODE = 20;
const ASK_MS = 5000;

export class HookLauncher {
  private readonly file: vscode.Uri;
  private readonly text: string;

  constructor(context: vscode.ExtensionContext) {
    this.file = vscode.Uri.joinPath(context.globalStorageUri, FILE);
    this.text = launcherText(context.asAbsolutePath('dist/cli.cjs'));
  }

  /** The command for a hook, as separate words; makes the file. */
  async command(): Promise<readonly string[]> {
    const { fs } = vscode.workspace;
    await fs.createDirectory(vscode.Uri.joinPath(this.file, '..'));
    await fs.writeFile(this.file, new TextEncoder().encode(this.text));
    return [...(await nodeCommand()), this.file.fsPath];
  }

  /** Lets a file that is there load this version. */
  async refresh(): Promise<void> {
    const { fs } = vscode.workspace;
    const old = await Promise.resolve(fs.readFile(this.file)).catch(() => undefined);
    if (old !== undefined && new TextDecoder().decode(old) !== this.text)
      await fs.writeFile(this.file, new TextEncoder().encode(this.text));
  }
}

/** Node.js by its full path, where there is one, else the one inside the editor. */
async function nodeCommand(): Promise<string[]> {
  const output = await new Promise<string>((done) => {
    const ask = ['-p', 'process.versions.node + " " + process.execPath'];
    execFile('node', ask, { timeout: ASK_MS }, (error, words) => done(error ? '' : words.trim()));
  });
  const [, version, path] = /^(\d+)\.\S+ (.+)$/.exec(output) ?? [];
  return path !== undefined && Number(version) >= OLDEST_NODE
    ? [path]
    : ['env', 'ELECTRON_RUN_AS_NODE=1', process.execPath];
}
