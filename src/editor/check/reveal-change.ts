// Takes the user from a row of the differences to the lines that it speaks of: to the file as it is, or, for what is
// gone, to the file as it was, which the Git extension shows. Arguments of the command come from rows and pages and are
// checked like any input.

import * as vscode from 'vscode';
import type { Lines, RootChange } from '../../check/model';
import { layerLines } from '../../check/page';
import type { Checks } from './checks';
import type { GitRepositories } from './git-extension';
import type { CompareResult } from './protocol';

export interface RevealContext {
  readonly checks: Checks;
  readonly repositories: GitRepositories;
}

/**
 * Opens what a row of the changes of a folder is about: a root, its n-th layer, or its n-th budget. The focus stays
 * where it is unless it is asked for, so that a user can go on through the rows.
 */
export function openChange(
  context: RevealContext,
): (path: unknown, key: unknown, part?: unknown, focus?: unknown) => Promise<void> {
  return async (path, key, part, focus) => {
    const result = typeof path === 'string' ? context.checks.of(path)?.result : undefined;
    const root = result?.report.roots.find((each) => each.key === key);
    if (result === undefined || root === undefined) return;
    const budget = typeof part === 'string' ? /^budget (\d+)$/.exec(part)?.[1] : undefined;
    const preserveFocus = focus !== true;
    if (budget !== undefined) return revealBudget(root, Number(budget), preserveFocus);
    const layer = typeof part === 'number' ? root.layers[part] : undefined;
    const lines = layer ? layerLines(layer) : (root.after ?? root.before)?.definition;
    if (lines !== undefined) await revealLines(lines, result, context.repositories, preserveFocus);
  };
}

async function revealLines(
  { file, first, side }: Lines,
  { top, report }: CompareResult,
  repositories: GitRepositories,
  preserveFocus: boolean,
): Promise<void> {
  const uri = vscode.Uri.joinPath(vscode.Uri.file(top), ...file.split('/'));
  const shown = side === 'after' ? uri : repositories.atRevision(uri, report.base.commit ?? 'HEAD');
  if (shown === undefined) {
    const words = vscode.l10n.t('{0} is shown as it was before only with the Git extension.', file);
    void vscode.window.showInformationMessage(words);
    return;
  }
  // a cursor, not a selection: a whole class in blue says less
  const selection = new vscode.Range(first - 1, 0, first - 1, 0);
  // whatever editor is made for the file: text, a notebook, a viewer of ONNX files
  await vscode.commands.executeCommand('vscode.open', shown, { selection, preserveFocus, preview: true });
}

async function revealBudget({ verdicts }: RootChange, index: number, preserveFocus: boolean): Promise<void> {
  const place = verdicts[index]?.place;
  if (place === undefined) return;
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(place.file));
  const [start, end] = [document.positionAt(place.range.start), document.positionAt(place.range.end)];
  const selection = new vscode.Range(start, end);
  await vscode.window.showTextDocument(document, { selection, preserveFocus });
}
