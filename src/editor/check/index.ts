// Everything around a commit, put together: the view of changes, marks, budgets and commands. Three workers do the work:
// one for what the user waits for, one for comparisons in the background, one for the past, which can wait longest. None of
// them is there until it is needed.

import * as vscode from 'vscode';
import { createAmounts } from '../../check/amounts';
import type { Numbers } from '../../report/numbers';
import {
  CANCEL_CHECK,
  CHECK_CHANGES,
  COMPARE_WITH,
  INSERT_IN_MESSAGE,
  INSTALL_HOOK,
  OPEN_CHANGE,
  OPEN_COMPARISON,
  REMOVE_HOOK,
} from '../command-ids';
import type { PastOf } from '../hover';
import type { InputStore } from '../inputs';
import type { Reports } from '../reports';
import type { SearchPaths } from '../search-paths';
import { type Comparison, readSettings } from '../settings';
import { nameOf, SELECTOR, unsavedTexts } from '../sources';
import { spawnWorker } from '../spawn-worker';
import { BudgetFixes } from './budget-fixes';
import { BudgetWarnings } from './budget-warnings';
import { ChangesPanel } from './changes-panel';
import { ChangesView } from './changes-view';
import { Checks } from './checks';
import { changeHook, checkChanges, compareWith, insertIntoMessage, trusted } from './commands';
import { ConfigDiagnostics } from './config-diagnostics';
import { GitRepositories } from './git-extension';
import { Gutter } from './gutter';
import { Histories } from './histories';
import { HookLauncher } from './hook-launcher';
import { pastOf } from './past-of';
import type {
  CheckMessage,
  CheckResult,
  CheckTask,
  CheckWorkerData,
  CompareTask,
  HistoryTask,
} from './protocol';
import { openChange } from './reveal-change';
import { SinceHead } from './since-head';
import { TaskRunner } from './task-runner';

export interface CheckOptions {
  readonly context: vscode.ExtensionContext;
  readonly reports: Reports;
  readonly inputs: InputStore;
  readonly searchPaths: SearchPaths;
  readonly numbers: Numbers;
  readonly log: vscode.LogOutputChannel;
}

/** What other views show of it. */
export interface CheckViews {
  readonly pastOf: PastOf;
  /** The URI of a file of which more of the past is known. */
  readonly onDidChangePast: vscode.Event<string>;
}

/** Makes the parts and gives them to VS Code; what is to be disposed of is added to the subscriptions. */
export function activateChecks(options: CheckOptions): CheckViews {
  const { context, log } = options;
  const amounts = createAmounts(options.numbers);
  const repositories = new GitRepositories(log);
  const [asked, background, late] = [createRunner(context), createRunner(context), createRunner(context)];
  const requests = new Requests(options, repositories);
  const checks = new Checks({
    runner: asked,
    repositories,
    requestOf: (folder, comparison) => requests.compare(folder, comparison),
    log,
  });
  const view = new ChangesView(checks, repositories, amounts);
  const since = new SinceHead({
    runner: background,
    repositories,
    reports: options.reports,
    requestOf: (folder, file) => requests.compare(folder, { base: 'HEAD', head: 'workTree' }, [file]),
    log,
  });
  const histories = new Histories({
    runner: late,
    reports: options.reports,
    repositories,
    since,
    requestOf: (folder, file, root, most) => requests.history(folder, file, root, most),
    log,
  });
  const configs = new ConfigDiagnostics(log);
  const warnings = new BudgetWarnings({ reports: options.reports, since, histories });
  const panel = new ChangesPanel({ extension: context.extensionUri, checks, repositories, amounts, log });
  const launcher = new HookLauncher(context);
  const commands = {
    checks,
    view,
    repositories,
    runner: asked,
    hookCommand: () => launcher.command(),
  };
  const { registerCommand } = vscode.commands;
  context.subscriptions.push(
    ...[repositories, asked, background, late, checks, view, since, histories, configs, warnings, panel],
    configs.onDidChange(() => options.reports.refresh()),
    vscode.languages.registerCodeActionsProvider(SELECTOR, new BudgetFixes(warnings), {
      providedCodeActionKinds: BudgetFixes.kinds,
    }),
    new Gutter(context.extensionUri, since, amounts),
    registerCommand(CHECK_CHANGES, checkChanges(commands)),
    registerCommand(COMPARE_WITH, compareWith(commands)),
    registerCommand(INSERT_IN_MESSAGE, insertIntoMessage(commands)),
    registerCommand(INSTALL_HOOK, changeHook(commands, 'install')),
    registerCommand(REMOVE_HOOK, changeHook(commands, 'uninstall')),
    registerCommand(CANCEL_CHECK, () => checks.cancel()),
    registerCommand(
      OPEN_COMPARISON,
      trusted((where?: unknown, root?: unknown) => panel.open(where, root)),
    ),
    registerCommand(OPEN_CHANGE, openChange({ checks, repositories })),
  );
  void vscode.commands.executeCommand('setContext', 'priceTag.active', true);
  // Prices come first: what checks need is looked for when the extension is there.
  const later = setTimeout(() => {
    launcher.refresh().catch((error) => log.warn(String(error)));
    if (vscode.workspace.isTrusted) void repositories.start();
  });
  context.subscriptions.push({ dispose: () => clearTimeout(later) });
  if (!vscode.workspace.isTrusted)
    context.subscriptions.push(vscode.workspace.onDidGrantWorkspaceTrust(() => repositories.start()));
  return {
    onDidChangePast: histories.onDidChange,
    pastOf: (uri, root) => {
      const history = histories.of(uri, root.id);
      return history && pastOf(history, root.report);
    },
  };
}

function createRunner(context: vscode.ExtensionContext): TaskRunner<CheckTask, CheckResult> {
  const path = context.asAbsolutePath('dist/worker.cjs');
  return new TaskRunner(() =>
    spawnWorker<CheckTask, CheckMessage>(
      path,
      { checks: true } satisfies CheckWorkerData,
      readSettings().memory,
    ),
  );
}

/** Tasks with what they need from settings and from the window. */
class Requests {
  constructor(
    private readonly options: CheckOptions,
    private readonly repositories: GitRepositories,
  ) {}

  async compare(folder: string, { base, head }: Comparison, paths?: readonly string[]): Promise<CompareTask> {
    const common = await this.common(folder);
    const request = {
      ...{ base, head, inputs: this.inputs(), ...common },
      ...(head === 'workTree' && { unsaved: unsavedTexts() }),
      ...(paths && { paths, all: true }),
    };
    return { kind: 'compare', folder, program: this.repositories.program(), request };
  }

  async history(folder: string, file: string, root: string, most: number): Promise<HistoryTask> {
    const request = { file, root, most, ...(await this.common(folder)) };
    return { kind: 'history', folder, program: this.repositories.program(), request };
  }

  private async common(folder: string) {
    const uri = vscode.Uri.file(folder);
    const { searchPaths, limits } = readSettings(uri);
    return { searchPaths: await this.options.searchPaths.of(uri, searchPaths), limits };
  }

  /** What the user has set as inputs, by path. */
  private inputs(): Record<string, Readonly<Record<string, string>>> {
    const entries = this.options.inputs
      .keys()
      .map((key) => [nameOf(vscode.Uri.parse(key)), this.options.inputs.of(key)]);
    return Object.fromEntries(entries);
  }
}
