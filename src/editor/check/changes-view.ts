// The view that shows the tree of changes: its title says what is compared with what, a line above the tree how far the
// comparison is, and its badge how many budgets do not hold. While it is open it follows what is saved and committed.

import * as vscode from 'vscode';
import type { Amounts } from '../../check/amounts';
import { comparisonWords } from '../../check/words';
import { isConfigFile } from '../sources';
import { type ChangeNode, ChangesTree } from './changes-tree';
import type { Checks, FolderCheck } from './checks';
import type { GitRepositories } from './git-extension';

export const CHANGES_VIEW = 'priceTag.changes';

/** How long it takes the user to save several files. */
const SETTLE_MS = 800;

export class ChangesView implements vscode.Disposable {
  private readonly view: vscode.TreeView<ChangeNode>;
  private readonly subscriptions: readonly vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;
  /** Something was saved while the view was hidden. */
  private outdated = false;
  private progress: (() => void) | undefined;

  /** Commits and stages of the repositories when something was compared last. */
  private heads = '';

  constructor(
    private readonly checks: Checks,
    private readonly repositories: GitRepositories,
    amounts: Amounts,
  ) {
    const tree = new ChangesTree(checks, amounts);
    this.view = vscode.window.createTreeView(CHANGES_VIEW, { treeDataProvider: tree, showCollapseAll: true });
    this.subscriptions = [
      tree,
      this.view,
      checks.onDidChange(() => this.update()),
      this.view.onDidChangeVisibility(({ visible }) => visible && this.outdated && this.follow()),
      repositories.onDidChange(() => this.moved()),
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (document.languageId === 'python' || isConfigFile(document.uri)) this.follow();
      }),
    ];
  }

  /** Shows the view without taking the focus from where it is. */
  async show(): Promise<void> {
    await vscode.commands.executeCommand(`${CHANGES_VIEW}.focus`, { preserveFocus: true });
  }

  /** Compares again what has been compared, a moment after something has changed; later where nobody looks. */
  follow(): void {
    this.outdated = true;
    clearTimeout(this.timer);
    if (!this.view.visible) return;
    this.timer = setTimeout(() => {
      this.outdated = false;
      for (const check of this.checks.all()) void this.checks.check(check);
    }, SETTLE_MS);
  }

  /** The repositories tell of every change; only another commit or another stage is one for what is shown. */
  private moved(): void {
    const heads = this.repositories
      .all()
      .map(({ rootUri, state }) => `${rootUri} ${state.HEAD?.commit} ${state.indexChanges.length}`)
      .join('\n');
    if (heads === this.heads) return;
    this.heads = heads;
    if (this.checks.all().length > 0) this.follow();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.progress?.();
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private update(): void {
    const checks = this.checks.all();
    const running = checks.filter(({ state }) => state === 'running');
    void vscode.commands.executeCommand('setContext', 'priceTag.checking', running.length > 0);
    void vscode.commands.executeCommand(
      'setContext',
      'priceTag.checked',
      checks.some(({ result }) => result),
    );
    this.showProgress(running.length > 0);
    this.view.message = running.length > 0 ? progressWords(running) : undefined;
    this.view.description = titleOf(checks);
    this.view.badge = badgeOf(checks);
  }

  /** The bar of the view, as long as something is running. */
  private showProgress(isRunning: boolean): void {
    if (isRunning === (this.progress !== undefined)) return;
    this.progress?.();
    this.progress = undefined;
    if (!isRunning) return;
    void vscode.window.withProgress({ location: { viewId: CHANGES_VIEW } }, () => {
      return new Promise<void>((done) => {
        this.progress = done;
      });
    });
  }
}

function progressWords(running: readonly FolderCheck[]): string {
  const [first] = running;
  const { progress } = first ?? {};
  if (progress === undefined) return vscode.l10n.t('Comparing…');
  return vscode.l10n.t('Comparing… {0}, file {1}', progress.what, progress.done);
}

function titleOf(checks: readonly FolderCheck[]): string | undefined {
  const [only] = checks;
  return checks.length === 1 && only?.result ? comparisonWords(only.result.report) : undefined;
}

function badgeOf(checks: readonly FolderCheck[]): vscode.ViewBadge | undefined {
  const roots = checks.flatMap(({ result }) => result?.report.roots ?? []);
  const broken = roots.flatMap(({ verdicts }) => verdicts.filter(({ outcome }) => outcome === 'broken'));
  if (broken.length === 0) return undefined;
  const tooltip =
    broken.length === 1
      ? vscode.l10n.t('1 budget does not hold')
      : vscode.l10n.t('{0} budgets do not hold', broken.length);
  return { value: broken.length, tooltip };
}
