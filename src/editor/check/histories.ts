// What the models of the visible files cost after each of the last commits: asked for in the background once a file has
// been compared, kept until another commit is made. Hovers, warnings and the report page look it up and never wait.

import * as vscode from 'vscode';
import type { History } from '../../check/model';
import type { Reports } from '../reports';
import { readSettings } from '../settings';
import type { GitRepositories } from './git-extension';
import type { CheckResult, CheckTask, HistoryTask } from './protocol';
import type { FileChanges, SinceHead } from './since-head';
import type { Running, TaskRunner } from './task-runner';

export interface HistoriesContext {
  readonly runner: TaskRunner<CheckTask, CheckResult>;
  readonly reports: Reports;
  readonly repositories: GitRepositories;
  readonly since: SinceHead;
  readonly requestOf: (folder: string, file: string, root: string, most: number) => Promise<HistoryTask>;
  readonly log: Pick<vscode.LogOutputChannel, 'debug'>;
}

/** The histories of a file's models, as they were asked for at one commit. */
interface FileHistories {
  readonly commit: string;
  readonly roots: Map<string, History>;
  readonly running: Set<Running<CheckResult>>;
}

/** In a file of many models, the first ones. */
const MOST_ROOTS = 8;

export class Histories implements vscode.Disposable {
  private readonly files = new Map<string, FileHistories>();
  private readonly changed = new vscode.EventEmitter<string>();
  /** The URI of a file of which a history is known. */
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor(private readonly context: HistoriesContext) {
    this.subscriptions = [
      this.changed,
      context.since.onDidChange((key) => this.want(key)),
      context.reports.onDidChange((key) => this.want(key)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri.toString())),
    ];
  }

  /** What is known of a model's past; undefined where nothing is, or not yet. */
  of(uri: vscode.Uri, root: string): History | undefined {
    return this.files.get(uri.toString())?.roots.get(root);
  }

  dispose(): void {
    for (const key of [...this.files.keys()]) this.forget(key);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private want(key: string): void {
    const uri = vscode.Uri.parse(key);
    const changes = this.context.since.of(uri);
    const most = readSettings(uri).check.history;
    const known = this.files.get(key);
    if (changes !== undefined && known?.commit === (changes.commit ?? '') && most > 0) return;
    this.forget(key);
    const roots = this.context.reports.shown(key)?.roots.filter(({ report }) => report) ?? [];
    if (changes === undefined || most === 0 || roots.length === 0) return;
    const file: FileHistories = { commit: changes.commit ?? '', roots: new Map(), running: new Set() };
    this.files.set(key, file);
    for (const { id } of roots.slice(0, MOST_ROOTS))
      this.ask(key, file, changes, id, most).catch((error) => this.context.log.debug(String(error)));
  }

  private async ask(
    key: string,
    file: FileHistories,
    changes: FileChanges,
    root: string,
    most: number,
  ): Promise<void> {
    const repository = this.context.repositories.of(vscode.Uri.parse(key));
    if (repository === undefined) return;
    const task = await this.context.requestOf(repository.rootUri.fsPath, changes.file, root, most);
    if (this.files.get(key) !== file) return;
    const running = this.context.runner.run(task);
    file.running.add(running);
    const result = await running.result.finally(() => file.running.delete(running));
    if (result?.kind !== 'history' || this.files.get(key) !== file) return;
    file.roots.set(root, result.history);
    this.changed.fire(key);
  }

  private forget(key: string): void {
    const file = this.files.get(key);
    this.files.delete(key);
    for (const running of file?.running ?? []) running.cancel();
  }
}
