// The page “Price Tag: Changes”: all figures of each changed model before and after, its budgets, and the layers that
// make the difference. It shows what the view shows, in full, and follows it. The page gets plain data and is not
// trusted: its messages are checked.

import * as vscode from 'vscode';
import type { Amounts } from '../../check/amounts';
import { asPageRequest, pageData } from '../../check/page';
import type { PageData, PageRequest } from '../../check/page-data';
import { INSERT_IN_MESSAGE, OPEN_CHANGE } from '../command-ids';
import { pageFolder, pageIcon, panelHtml } from '../panel-html';
import { type CheckFolder, type Checks, type FolderCheck, folderOf } from './checks';
import type { GitRepositories } from './git-extension';

export const CHANGES_PAGE = 'priceTag.changesPage';

const SAID_MS = 5000;

export interface ChangesPanelOptions {
  readonly extension: vscode.Uri;
  readonly checks: Checks;
  readonly repositories: GitRepositories;
  readonly amounts: Amounts;
  readonly log: Pick<vscode.LogOutputChannel, 'error' | 'warn'>;
}

export class ChangesPanel implements vscode.Disposable {
  private panel: vscode.WebviewPanel | undefined;
  private folder: CheckFolder | undefined;
  /** The root that is to be scrolled to: its key, or its id. */
  private aim: string | undefined;
  private readonly subscription: vscode.Disposable;

  constructor(private readonly options: ChangesPanelOptions) {
    this.subscription = options.checks.onDidChange(() => this.post());
  }

  /**
   * The command: about a root of a folder that has been compared, about a root of a file, or about the first
   * comparison there is. What has not been compared yet is.
   */
  async open(where?: unknown, root?: unknown): Promise<void> {
    const folder = this.folderFor(where);
    if (folder === undefined) {
      vscode.window.setStatusBarMessage(
        vscode.l10n.t('There is no folder here whose changes could be priced.'),
        SAID_MS,
      );
      return;
    }
    this.folder = folder;
    this.aim = typeof root === 'string' ? root : keyOfNode(where);
    this.panel ??= this.create();
    this.panel.reveal(undefined, true);
    this.post();
    if (this.options.checks.of(folder.path) === undefined) await this.options.checks.check(folder);
  }

  dispose(): void {
    this.subscription.dispose();
    this.panel?.dispose();
  }

  private folderFor(where: unknown): CheckFolder | undefined {
    const { checks, repositories } = this.options;
    const node = checkOfNode(where);
    if (node !== undefined) return node;
    if (typeof where !== 'string') return checks.all()[0] ?? checks.folders()[0];
    const known = checks.of(where);
    const repository = known ? undefined : repositories.of(vscode.Uri.parse(where));
    return known ?? (repository ? folderOf(repository.rootUri) : checks.folders()[0]);
  }

  private create(): vscode.WebviewPanel {
    const { extension, log } = this.options;
    const panel = vscode.window.createWebviewPanel(
      CHANGES_PAGE,
      vscode.l10n.t('Price Tag: Changes'),
      { viewColumn: vscode.ViewColumn.Active, preserveFocus: true },
      { enableScripts: true, localResourceRoots: [pageFolder(extension)] },
    );
    panel.iconPath = pageIcon(extension);
    panel.webview.html = panelHtml(panel.webview, extension, 'changes', vscode.l10n.t('Comparing…'));
    panel.onDidDispose(() => {
      this.panel = undefined;
    });
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const request = asPageRequest(message);
      if (request === undefined)
        log.warn(`the page of changes sent ${JSON.stringify(message)?.slice(0, 200)}`);
      else this.answer(request).catch((error) => log.error(String(error)));
    });
    return panel;
  }

  private post(): void {
    const check = this.folder && this.options.checks.of(this.folder.path);
    if (this.panel === undefined || check === undefined) return;
    const data = dataOf(check, this.options.amounts);
    const ids = check.result?.report.roots ?? [];
    const aim = ids.find(({ key, after }) => key === this.aim || after?.id === this.aim)?.key ?? '';
    if (check.result !== undefined) this.aim = undefined;
    void this.panel.webview.postMessage({ type: 'data', data, aim });
  }

  private async answer(request: PageRequest): Promise<void> {
    const { folder } = this;
    if (folder === undefined) return;
    switch (request.type) {
      case 'ready':
        return this.post();
      case 'check':
        await this.options.checks.check(folder);
        return;
      case 'copy':
        return this.copy(folder);
      case 'message':
        return vscode.commands.executeCommand(INSERT_IN_MESSAGE, { check: folder });
      case 'open': {
        const { key, of, part } = request;
        const what = of === 'layer' ? part : of === 'budget' ? `budget ${part}` : undefined;
        return vscode.commands.executeCommand(OPEN_CHANGE, folder.path, key, what, true);
      }
    }
  }

  private async copy({ path }: CheckFolder): Promise<void> {
    const { result } = this.options.checks.of(path) ?? {};
    if (result === undefined) return;
    await vscode.env.clipboard.writeText(result.markdown);
    vscode.window.setStatusBarMessage(
      vscode.l10n.t('The comparison is on the clipboard, as Markdown.'),
      4000,
    );
  }
}

function dataOf({ result, state, message }: FolderCheck, amounts: Amounts): PageData {
  const isRunning = state === 'running';
  const failed = state === 'failed' && message ? [message] : [];
  if (result === undefined) return { ...NOTHING, isRunning, warnings: failed };
  const data = pageData(result.report, amounts);
  return { ...data, isRunning, warnings: [...failed, ...data.warnings] };
}

const NOTHING: PageData = {
  compared: '',
  isRunning: false,
  warnings: [],
  notes: [],
  verdict: '',
  outcome: 'holds',
  roots: [],
};

/** A row of the tree hands itself in. */
const nodeOf = (value: unknown): { check?: unknown; root?: { key?: unknown } } | undefined =>
  typeof value === 'object' && value !== null && 'check' in value ? value : undefined;

function checkOfNode(value: unknown): CheckFolder | undefined {
  const check = nodeOf(value)?.check as Partial<CheckFolder> | undefined;
  return typeof check?.path === 'string' && typeof check.name === 'string'
    ? { path: check.path, name: check.name }
    : undefined;
}

function keyOfNode(value: unknown): string | undefined {
  const key = nodeOf(value)?.root?.key;
  return typeof key === 'string' ? key : undefined;
}
