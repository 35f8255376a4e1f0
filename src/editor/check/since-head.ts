// What has become of the models of the visible files since the last commit: found in the background when a file is
// opened, saved or committed, and when somebody has stopped typing for a while. The marks at changed lines, “since when”
// of budgets and the history of a price are made of it. Nothing is compared in a workspace that is not trusted, or where
// Git is not.

import * as vscode from 'vscode';
import type { RootChange } from '../../check/model';
import type { Reports } from '../reports';
import { onSettings, readSettings } from '../settings';
import { isConfigFile, isPriced, nameOf, openDocument } from '../sources';
import { folderOf } from './checks';
import type { GitRepositories, GitRepository } from './git-extension';
import type { CheckResult, CheckTask, CompareTask } from './protocol';
import type { Running, TaskRunner } from './task-runner';

/** The changes of one file. */
export interface FileChanges {
  /** Relative to the repository, as the roots name it. */
  readonly file: string;
  readonly roots: readonly RootChange[];
  /** `HEAD (1a2b3c4)` */
  readonly base: string;
  /** The commit that was compared with. */
  readonly commit: string | undefined;
}

interface State {
  readonly commit: string | undefined;
  readonly timer: NodeJS.Timeout | undefined;
  readonly running: Running<CheckResult> | undefined;
  readonly changes: FileChanges | undefined;
}

export interface SinceHeadContext {
  readonly runner: TaskRunner<CheckTask, CheckResult>;
  readonly repositories: GitRepositories;
  readonly reports: Pick<Reports, 'onDidChange'>;
  /** The comparison of one file with HEAD. */
  readonly requestOf: (folder: string, file: string) => Promise<CompareTask>;
  readonly log: Pick<vscode.LogOutputChannel, 'debug'>;
}

const SETTLE_MS = 600;
/** Longer than anybody rests between two words. */
const PAUSE_MS = 1500;
const FRESH: State = { commit: undefined, timer: undefined, running: undefined, changes: undefined };

export class SinceHead implements vscode.Disposable {
  private readonly states = new Map<string, State>();
  private readonly changed = new vscode.EventEmitter<string>();
  /** The URI of a file of which something new is known. */
  readonly onDidChange = this.changed.event;
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor(private readonly context: SinceHeadContext) {
    const { workspace, window } = vscode;
    this.subscriptions = [
      this.changed,
      window.onDidChangeVisibleTextEditors(() => this.wantVisible()),
      workspace.onDidSaveTextDocument((document) => {
        if (isPriced(document) || isConfigFile(document.uri)) this.wantVisible(true);
      }),
      workspace.onDidCloseTextDocument(({ uri }) => this.forget(uri.toString())),
      workspace.onDidGrantWorkspaceTrust(() => this.wantVisible()),
      context.repositories.onDidChange(() => this.wantVisible()),
      context.reports.onDidChange((key) => this.typed(key)),
      onSettings((event) => {
        if (event.affectsConfiguration('priceTag.check')) this.wantVisible(true);
      }),
    ];
    this.wantVisible();
  }

  /** What is known of a file. */
  of(uri: vscode.Uri): FileChanges | undefined {
    return this.states.get(uri.toString())?.changes;
  }

  dispose(): void {
    for (const key of [...this.states.keys()]) this.forget(key);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** Compares what is on the screen where it has not been, or another commit has been made; `again` in any case. */
  private wantVisible(again = false): void {
    for (const { document } of vscode.window.visibleTextEditors) this.want(document, again);
  }

  /** Another price of a text that is not saved: it is compared once the typing has come to rest. */
  private typed(key: string): void {
    const document = openDocument(key);
    if (document?.isDirty && this.states.has(key)) this.want(document, true, PAUSE_MS);
  }

  private want(document: vscode.TextDocument, again: boolean, delay = SETTLE_MS): void {
    const { uri } = document;
    const repository = uri.scheme === 'file' ? this.context.repositories.of(uri) : undefined;
    if (repository === undefined || !isPriced(document) || !isWanted(uri)) return;
    const key = uri.toString();
    const commit = repository.state.HEAD?.commit;
    const known = this.states.get(key);
    if (known !== undefined && known.commit === commit && !again) return;
    clearTimeout(known?.timer);
    const timer = setTimeout(() => {
      this.compare(uri, repository).catch((error) => this.context.log.debug(String(error)));
    }, delay);
    this.states.set(key, { ...FRESH, ...known, commit, timer });
  }

  private async compare(uri: vscode.Uri, repository: GitRepository): Promise<void> {
    const key = uri.toString();
    this.states.get(key)?.running?.cancel();
    const folder = folderOf(repository.rootUri).path;
    const file = nameOf(uri).slice(folder.length + 1);
    const task = await this.context.requestOf(folder, file);
    if (!this.states.has(key)) return;
    const running = this.context.runner.run(task);
    this.update(key, { running });
    const result = await running.result;
    if (this.states.get(key)?.running !== running || result?.kind !== 'compare') return;
    const { base, roots } = result.report;
    const changes = { file, roots, base: base.words, commit: base.commit };
    this.update(key, { running: undefined, changes });
    this.changed.fire(key);
  }

  private update(key: string, part: Partial<State>): void {
    const state = this.states.get(key);
    if (state !== undefined) this.states.set(key, { ...state, ...part });
  }

  private forget(key: string): void {
    const state = this.states.get(key);
    clearTimeout(state?.timer);
    this.states.delete(key);
    state?.running?.cancel();
    if (state !== undefined) this.changed.fire(key);
  }
}

/** Whether anything of it would be shown. */
function isWanted(uri: vscode.Uri): boolean {
  const { gutter, diagnostics, history } = readSettings(uri).check;
  return vscode.workspace.isTrusted && (gutter || diagnostics || history > 0);
}
