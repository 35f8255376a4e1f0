// What the models of the visible files cost after each of the last commits: asked for in the background, of the first models
// once a file has been compared, of others when somebody looks; kept until another commit is made. Hovers, warnings and
// the report page look it up and never wait.

import * as vscode from 'vscode';
import type { History } from '../../check/model';
import type { Reports } from '../reports';
import { readSettings } from '../settings';
import { folderOf } from './checks';
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
  readonly changes: FileChanges;
  readonly most: number;
  readonly roots: Map<string, History>;
  readonly asked: Set<string>;
  readonly running: Set<Running<CheckResult>>;
}

/** After this time no more histories are asked for before somebody wants to see them. */
const PREFETCH_MS = 3000;

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

  /** What is known of a model's past; where nothing is yet, it is asked for. */
  of(uri: vscode.Uri, root: string): History | undefined {
    const key = uri.toString();
    const file = this.files.get(key);
    if (file !== undefined && !file.asked.has(root)) void this.ask(key, file, root);
    return file?.roots.get(root);
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
    if (changes !== undefined && known?.changes.commit === changes.commit && known?.most === most) return;
    this.forget(key);
    const roots = this.context.reports.shown(key)?.roots.filter(({ report }) => report) ?? [];
    if (changes === undefined || most === 0 || roots.length === 0) return;
    const file: FileHistories = { changes, most, roots: new Map(), asked: new Set(), running: new Set() };
    this.files.set(key, file);
    void this.prefetch(
      key,
      file,
      roots.map(({ id }) => id),
    );
  }

  /** The first models of a file one after the other, as long as that takes no time to speak of. */
  private async prefetch(key: string, file: FileHistories, roots: readonly string[]): Promise<void> {
    const end = Date.now() + PREFETCH_MS;
    for (const root of roots) {
      if (Date.now() > end || this.files.get(key) !== file) return;
      await this.ask(key, file, root);
    }
  }

  /** A history that cannot be had is no news for the user: it is only left out. */
  private async ask(key: string, file: FileHistories, root: string): Promise<void> {
    file.asked.add(root);
    try {
      const history = await this.fetch(key, file, root);
      if (history === undefined || this.files.get(key) !== file) return;
      file.roots.set(root, history);
      this.changed.fire(key);
    } catch (error) {
      this.context.log.debug(`the history of ${root}: ${error}`);
    }
  }

  private async fetch(key: string, file: FileHistories, root: string): Promise<History | undefined> {
    const repository = this.context.repositories.of(vscode.Uri.parse(key));
    if (repository === undefined) return undefined;
    const folder = folderOf(repository.rootUri).path;
    const task = await this.context.requestOf(folder, file.changes.file, root, file.most);
    if (this.files.get(key) !== file) return undefined;
    const running = this.context.runner.run(task);
    file.running.add(running);
    const result = await running.result.finally(() => file.running.delete(running));
    return result?.kind === 'history' ? result.history : undefined;
  }

  private forget(key: string): void {
    const file = this.files.get(key);
    this.files.delete(key);
    for (const running of file?.running ?? []) running.cancel();
  }
}
