// What a commit hook runs: a small file in the extension's own storage that loads the command line. The hook keeps its
// path while the extension moves to another folder with each of its versions; the file is then written anew.

import { execFile } from 'node:child_process';
import * as vscode from 'vscode';

const FILE = 'price-tag.cjs';

export class HookLauncher {
  private readonly file: vscode.Uri;
  private readonly text: string;

  constructor(context: vscode.ExtensionContext) {
    this.file = vscode.Uri.joinPath(context.globalStorageUri, FILE);
    const commandLine = context.asAbsolutePath('dist/cli.cjs');
    this.text = `// Price Tag for commit hooks. Written by the extension.\nrequire(${JSON.stringify(commandLine)});\n`;
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

/** Node.js where there is one, else the one inside the editor. */
async function nodeCommand(): Promise<string[]> {
  const hasNode = await new Promise<boolean>((done) => {
    execFile('node', ['--version'], { timeout: 5000 }, (error, output) => done(!error && isRecent(output)));
  });
  return hasNode ? ['node'] : ['env', 'ELECTRON_RUN_AS_NODE=1', process.execPath];
}

const isRecent = (version: string): boolean => Number(/^v(\d+)/.exec(version)?.[1] ?? 0) >= 20;
