// The commands around a commit: compare, choose what is compared, put the price tag into the commit message, and put the
// commit hook in or take it out. They run Git, so they do nothing in a workspace that is not trusted but say why.

import * as vscode from 'vscode';
import { TRAILER } from '../../check/trailers';
import type { Comparison } from '../settings';
import type { ChangesView } from './changes-view';
import { type CheckFolder, type Checks, folderOf } from './checks';
import type { GitRepositories, GitRepository } from './git-extension';
import { withTrailers } from './message';
import type { CheckResult, CheckTask, HookResult, HookTask } from './protocol';
import type { TaskRunner } from './task-runner';

export interface CheckCommandContext {
  readonly checks: Checks;
  readonly view: ChangesView;
  readonly repositories: GitRepositories;
  readonly runner: TaskRunner<CheckTask, CheckResult>;
  /** What a hook runs, as separate words. */
  readonly hookCommand: () => Promise<readonly string[]>;
}

type Command = (target?: unknown) => Promise<void>;

const SAID_MS = 5000;

/** “Check Changes”: of the repository whose button was pressed, else of all. */
export const checkChanges = ({ checks, view }: CheckCommandContext): Command =>
  trusted(async (target) => {
    const folder = folderOfTarget(target);
    const folders = folder ? [folder] : checks.folders();
    if (folders.length === 0) return say(NO_FOLDER());
    await view.show();
    await Promise.all(folders.map((each) => checks.check(each)));
  });

/** “Compare With…”: chooses the two sides, then compares. */
export const compareWith = (context: CheckCommandContext): Command =>
  trusted(async (target) => {
    const { checks, view } = context;
    const folder = folderOfTarget(target) ?? (await pickFolder(checks.folders()));
    const comparison = folder && (await askComparison());
    if (folder === undefined || comparison === undefined) return;
    const last = checks.comparisonOf(folder.path);
    checks.choose(folder.path, comparison);
    await view.show();
    const check = await checks.check(folder);
    if (check?.state === 'failed') checks.choose(folder.path, last);
  });

/** “Insert Price Tag into Commit Message”: of what the next commit takes in. */
export const insertIntoMessage = ({ checks, repositories }: CheckCommandContext): Command =>
  trusted(async (target) => {
    const repository = await repositoryOf(target, repositories);
    if (repository === undefined) return say(NO_REPOSITORY());
    const { path } = folderOf(repository.rootUri);
    const head = repository.state.indexChanges.length > 0 ? 'index' : 'workTree';
    const lines = await withProgress(() => checks.compare(path, { base: 'HEAD', head }));
    if (lines === undefined) return;
    const { inputBox } = repository;
    inputBox.value = withTrailers(inputBox.value, TRAILER, lines.trailers);
    const { length } = lines.trailers;
    if (length === 0) say(vscode.l10n.t('No model has changed its price, so there is nothing to say.'));
    else if (length === 1) say(vscode.l10n.t('The price of 1 model is in the commit message.'));
    else say(vscode.l10n.t('The prices of {0} models are in the commit message.', length));
  });

/** “Install Commit Hook” and “Remove Commit Hook”: say in a sentence what was done, and offer to take it back. */
export const changeHook = (context: CheckCommandContext, action: HookTask['action']): Command =>
  trusted(async (target) => {
    const folder = folderOfTarget(target) ?? (await pickFolder(context.checks.folders()));
    const result = folder && (await runHook(context, action, folder));
    if (folder === undefined || result === undefined) return;
    if (!result.done) return void vscode.window.showWarningMessage(result.words);
    const undo = action === 'install' ? [vscode.l10n.t('Remove Commit Hook')] : [];
    const choice = await vscode.window.showInformationMessage(result.words, ...undo);
    if (choice !== undefined) say((await runHook(context, 'uninstall', folder))?.words ?? '');
  });

async function runHook(
  { runner, repositories, hookCommand }: CheckCommandContext,
  action: HookTask['action'],
  { path: folder }: CheckFolder,
): Promise<HookResult | undefined> {
  const program = repositories.program();
  const task = { kind: 'hook', action, folder, program, command: await hookCommand() } as const;
  const result = await withProgress(() => runner.run(task).result);
  return result?.kind === 'hook' ? result : undefined;
}

/** A command that runs Git: where the workspace is not trusted it says so and offers to change that. */
export function trusted<Arguments extends readonly unknown[]>(
  run: (...args: Arguments) => Promise<void>,
): (...args: Arguments) => Promise<void> {
  return async (...args) => {
    if (vscode.workspace.isTrusted) {
      await run(...args).catch((error) => vscode.window.showErrorMessage(messageOf(error)));
      return;
    }
    const manage = vscode.l10n.t('Manage Workspace Trust');
    const words = vscode.l10n.t(
      'This runs Git, which a workspace that is not trusted may not do. The prices of models are shown all the same.',
    );
    if ((await vscode.window.showInformationMessage(words, manage)) === manage)
      await vscode.commands.executeCommand('workbench.trust.manage');
  };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** What a button of the Source Control view is about: it hands in its repository. */
function folderOfTarget(target: unknown): CheckFolder | undefined {
  if (typeof target !== 'object' || target === null) return undefined;
  const { rootUri, check } = target as { rootUri?: unknown; check?: unknown };
  if (rootUri instanceof vscode.Uri) return rootUri.scheme === 'file' ? folderOf(rootUri) : undefined;
  return isFolder(check) ? { path: check.path, name: check.name } : undefined;
}

const isFolder = (value: unknown): value is CheckFolder =>
  typeof value === 'object' && value !== null && 'path' in value && typeof value.path === 'string';

async function pickFolder(folders: readonly CheckFolder[]): Promise<CheckFolder | undefined> {
  if (folders.length === 0) say(NO_FOLDER());
  if (folders.length < 2) return folders[0];
  const items = folders.map((folder) => ({ label: folder.name, description: folder.path, folder }));
  const placeHolder = vscode.l10n.t('Which repository?');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.folder;
}

/** The repository of a button, else the one of the active file, else the only one, else the one that is picked. */
async function repositoryOf(
  target: unknown,
  repositories: GitRepositories,
): Promise<GitRepository | undefined> {
  const all = repositories.all();
  const named = folderOfTarget(target);
  const active = vscode.window.activeTextEditor?.document.uri;
  const found = named
    ? all.find(({ rootUri }) => folderOf(rootUri).path === named.path)
    : active && repositories.of(active);
  if (found !== undefined || all.length < 2) return found ?? all[0];
  const items = all.map((repository) => ({ label: folderOf(repository.rootUri).name, repository }));
  const placeHolder = vscode.l10n.t('Into the commit message of which repository?');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.repository;
}

async function askComparison(): Promise<Comparison | undefined> {
  const items = [
    {
      label: vscode.l10n.t('$(edit) What is not committed yet'),
      description: vscode.l10n.t('the working tree against HEAD'),
      comparison: { base: 'HEAD', head: 'workTree' } as const,
    },
    {
      label: vscode.l10n.t('$(check) What is staged'),
      description: vscode.l10n.t('the index against HEAD'),
      comparison: { base: 'HEAD', head: 'index' } as const,
    },
    {
      label: vscode.l10n.t('$(git-branch) Everything since another branch or revision…'),
      description: vscode.l10n.t('the working tree against where it left origin/main, v1.0, HEAD~3, …'),
      comparison: undefined,
    },
  ];
  const placeHolder = vscode.l10n.t('Which changes are to be priced?');
  const choice = await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true });
  if (choice === undefined) return undefined;
  return choice.comparison ?? (await askRevision());
}

async function askRevision(): Promise<Comparison | undefined> {
  const base = await vscode.window.showInputBox({
    prompt: vscode.l10n.t('A branch, a tag or any other revision that Git knows'),
    placeHolder: 'origin/main',
    validateInput: (value) =>
      value.trim() === '' ? vscode.l10n.t('Name a revision, as origin/main or HEAD~3.') : undefined,
  });
  return base === undefined ? undefined : { base: base.trim(), head: 'workTree' };
}

const withProgress = <T>(work: () => Promise<T>): Thenable<T> => {
  const title = vscode.l10n.t('Pricing the changes…');
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, work);
};

const NO_FOLDER = (): string =>
  vscode.l10n.t('There is no folder on this machine whose changes could be priced.');
const NO_REPOSITORY = (): string =>
  vscode.l10n.t('The Git extension has no repository here, so there is no commit message to write in.');

const say = (text: string): void => {
  vscode.window.setStatusBarMessage(text, SAID_MS);
};
