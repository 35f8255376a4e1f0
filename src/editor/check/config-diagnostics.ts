// What is wrong with each price-tag.json of the workspace, at its place, while it is written and before it is opened.
// Whenever one of them changes, the open files are priced anew: inputs and budgets may be others.

import * as vscode from 'vscode';
import { type ConfigProblem, configProblems } from '../../check/config-problems';
import { isConfigFile, openDocument } from '../sources';

const FILES = '**/price-tag.json';
const MOST_FILES = 100;

const SEVERITIES = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
};

export class ConfigDiagnostics implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('price-tag.json');
  private readonly changed = new vscode.EventEmitter<void>();
  /** Some price-tag.json says something else now. */
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor(log: Pick<vscode.LogOutputChannel, 'warn'>) {
    const { workspace } = vscode;
    const watcher = workspace.createFileSystemWatcher(FILES);
    const onDisk = (uri: vscode.Uri) => this.changedOnDisk(uri).catch((error) => log.warn(String(error)));
    this.subscriptions = [
      ...[this.collection, this.changed, watcher],
      watcher.onDidChange(onDisk),
      watcher.onDidCreate(onDisk),
      watcher.onDidDelete((uri) => this.gone(uri)),
      workspace.onDidOpenTextDocument((document) => this.open(document)),
      workspace.onDidChangeTextDocument(({ document }) => {
        if (this.open(document)) this.changed.fire();
      }),
    ];
    for (const document of workspace.textDocuments) this.open(document);
    this.find().catch((error) => log.warn(String(error)));
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private async find(): Promise<void> {
    const found = await vscode.workspace.findFiles(FILES, '**/node_modules/**', MOST_FILES);
    await Promise.all(found.map((uri) => this.read(uri)));
  }

  /** Shows what is wrong with a document, if it is one of ours. */
  private open(document: vscode.TextDocument): boolean {
    if (!isConfigFile(document.uri)) return false;
    this.show(document);
    return true;
  }

  /** A file has changed on the disk. */
  private async changedOnDisk(uri: vscode.Uri): Promise<void> {
    await this.read(uri);
    this.changed.fire();
  }

  /** Only a file with something wrong in it becomes a document, which knows its lines. */
  private async read(uri: vscode.Uri): Promise<void> {
    if (openDocument(uri.toString()) !== undefined) return;
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
    if (configProblems(uri.fsPath, text).length === 0) this.collection.delete(uri);
    else this.show(await vscode.workspace.openTextDocument(uri));
  }

  private gone(uri: vscode.Uri): void {
    this.collection.delete(uri);
    this.changed.fire();
  }

  private show(document: vscode.TextDocument): void {
    const problems = configProblems(document.uri.fsPath, document.getText());
    this.collection.set(
      document.uri,
      problems.map((problem) => diagnostic(problem, document)),
    );
  }
}

function diagnostic(
  { message, range, severity }: ConfigProblem,
  document: vscode.TextDocument,
): vscode.Diagnostic {
  const place = new vscode.Range(document.positionAt(range.start), document.positionAt(range.end));
  const made = new vscode.Diagnostic(place, message, SEVERITIES[severity]);
  made.source = 'Price Tag';
  return made;
}
