// The comparisons that the user has asked for: one for each repository, with its progress, its result or the sentence
// that says why there is none. The tree and the page of changes show what is here; the work is done in a worker, and a
// comparison that is given up ends there. Nothing is compared in a workspace that is not trusted, because Git would run.

import * as vscode from 'vscode';
import type { Comparison } from '../settings';
import { onSettings, readSettings } from '../settings';
import { slashed } from '../sources';
import type { GitRepositories } from './git-extension';
import type { CheckResult, CheckTask, CompareResult, CompareTask } from './protocol';
import type { Progress, Running, TaskRunner } from './task-runner';

/** A repository, or a folder that may lie in one. */
export interface CheckFolder {
  readonly path: string;
  readonly name: string;
}

/** What is known of a folder's last comparison. */
export interface FolderCheck extends CheckFolder {
  readonly comparison: Comparison;
  readonly state: 'done' | 'failed' | 'running';
  readonly progress?: Progress;
  /** The last result, also while the next one is made. */
  readonly result?: CompareResult;
  /** Why there is no result. */
  readonly message?: string;
}

export interface ChecksContext {
  readonly runner: TaskRunner<CheckTask, CheckResult>;
  readonly repositories: GitRepositories;
  readonly requestOf: (folder: string, comparison: Comparison) => Promise<CompareTask>;
  readonly log: Pick<vscode.LogOutputChannel, 'info' | 'warn'>;
}

export class Checks implements vscode.Disposable {
  private readonly states = new Map<string, FolderCheck>();
  private readonly running = new Map<string, Running<CheckResult>>();
  private readonly comparisons = new Map<string, Comparison>();
  private readonly changed = new vscode.EventEmitter<void>();
  /** Something new is to be shown. */
  readonly onDidChange = this.changed.event;
  private readonly subscription: vscode.Disposable;

  constructor(private readonly context: ChecksContext) {
    this.subscription = onSettings((event) => {
      if (event.affectsConfiguration('priceTag.check')) this.comparisons.clear();
    });
  }

  /** Comparisons by folder, in the order in which they were asked for. */
  all(): readonly FolderCheck[] {
    return [...this.states.values()];
  }

  of(path: string): FolderCheck | undefined {
    return this.states.get(path);
  }

  isRunning(): boolean {
    return this.running.size > 0;
  }

  /** Repositories of the window; without the Git extension, the folders of the workspace. */
  folders(): readonly CheckFolder[] {
    const repositories = this.context.repositories.all().map(({ rootUri }) => rootUri);
    const folders = vscode.workspace.workspaceFolders?.map(({ uri }) => uri) ?? [];
    return (repositories.length > 0 ? repositories : folders)
      .filter(({ scheme }) => scheme === 'file')
      .map(folderOf);
  }

  /** What a folder's comparison is of: what was chosen for it, else what the settings say. */
  comparisonOf(path: string): Comparison {
    return this.comparisons.get(path) ?? readSettings(vscode.Uri.file(path)).check.comparison;
  }

  /** Chooses what is compared, until the settings change or the window is closed. */
  choose(path: string, comparison: Comparison): void {
    this.comparisons.set(path, comparison);
  }

  /** Compares, and resolves when it is done, failed or given up; the last result stays until then. */
  async check(folder: CheckFolder): Promise<FolderCheck | undefined> {
    if (!vscode.workspace.isTrusted) return undefined;
    const { path } = folder;
    this.cancel(path);
    this.running.delete(path);
    const comparison = this.comparisonOf(path);
    const last = this.states.get(path)?.result;
    const base = { ...folder, comparison, ...(last && { result: last }) };
    this.set({ ...base, state: 'running' });
    try {
      const task = await this.context.requestOf(path, comparison);
      const running = this.context.runner.run(task, (progress) =>
        this.set({ ...base, state: 'running', progress }),
      );
      this.running.set(path, running);
      return this.settle(running, await running.result, { ...folder, comparison });
    } catch (error) {
      this.running.delete(path);
      const message = error instanceof Error ? error.message : String(error);
      this.context.log.warn(`${path}: ${message}`);
      return this.set({ ...folder, comparison, state: 'failed', message });
    }
  }

  /** Compares once, beside what is shown; undefined where that was given up. */
  async compare(path: string, comparison: Comparison): Promise<CompareResult | undefined> {
    if (!vscode.workspace.isTrusted) return undefined;
    const task = await this.context.requestOf(path, comparison);
    const result = await this.context.runner.run(task).result;
    return result?.kind === 'compare' ? result : undefined;
  }

  /** Gives up the comparison of a folder, or all of them. */
  cancel(path?: string): void {
    for (const [key, running] of this.running) if (path === undefined || key === path) running.cancel();
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }

  private settle(
    running: Running<CheckResult>,
    result: CheckResult | undefined,
    base: CheckFolder & { readonly comparison: Comparison },
  ): FolderCheck | undefined {
    if (this.running.get(base.path) !== running) return undefined;
    this.running.delete(base.path);
    const last = this.states.get(base.path)?.result;
    if (result?.kind === 'compare') {
      this.context.log.info(
        `${base.path}: compared in ${result.report.milliseconds} ms, ${result.report.priced} files priced`,
      );
      return this.set({ ...base, state: 'done', result });
    }
    if (last) return this.set({ ...base, state: 'done', result: last });
    this.states.delete(base.path);
    this.changed.fire();
    return undefined;
  }

  private set(state: FolderCheck): FolderCheck {
    this.states.set(state.path, state);
    this.changed.fire();
    return state;
  }
}

/** A repository by its root. */
export const folderOf = ({ fsPath, path }: vscode.Uri): CheckFolder => ({
  path: slashed(fsPath),
  name: path.slice(path.lastIndexOf('/') + 1) || path,
});
