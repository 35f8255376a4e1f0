// Quick fixes at a model that is over its budget: write the budget that it needs into price-tag.json, or look at what
// made it grow. The edit replaces the value alone, so that the file keeps its form; it is the user's to save.

import * as vscode from 'vscode';
import type { BudgetVerdict } from '../../check/model';
import { raisedBudget } from '../../check/raise';
import { OPEN_COMPARISON } from '../command-ids';
import { openDocument, uriOf } from '../sources';
import type { BudgetDiagnostic, BudgetWarnings } from './budget-warnings';

export class BudgetFixes implements vscode.CodeActionProvider {
  static readonly kinds = [vscode.CodeActionKind.QuickFix];

  constructor(private readonly warnings: BudgetWarnings) {}

  async provideCodeActions(document: vscode.TextDocument, range: vscode.Range): Promise<vscode.CodeAction[]> {
    const here = this.warnings.of(document.uri).filter((each) => each.range.intersection(range));
    const raises = await Promise.all(here.map((each) => raise(each)));
    const [first] = here;
    return [...raises.flatMap((action) => action ?? []), ...(first ? [open(document, first, here)] : [])];
  }
}

async function raise(diagnostic: BudgetDiagnostic): Promise<vscode.CodeAction | undefined> {
  const { verdict } = diagnostic;
  const raised = verdict.outcome === 'broken' ? raisedBudget(verdict) : undefined;
  const edit = raised === undefined ? undefined : await editOf(verdict, raised);
  if (edit === undefined) return undefined;
  const title = vscode.l10n.t('Raise the budget of {0} to {1}', verdict.budget, raised ?? '');
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [diagnostic];
  action.edit = edit;
  return action;
}

/** Replaces the value in price-tag.json; nothing where it is another by now. */
async function editOf(
  { place, spelled }: BudgetVerdict,
  raised: string,
): Promise<vscode.WorkspaceEdit | undefined> {
  const uri = uriOf(place.file);
  const document = openDocument(uri.toString()) ?? (await vscode.workspace.openTextDocument(uri));
  const { start, end } = place.range;
  const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
  const old = document.getText(range);
  if (!isSpelled(old, spelled)) return undefined;
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, range, old.startsWith('"') ? JSON.stringify(raised) : raised);
  return edit;
}

function isSpelled(json: string, spelled: string): boolean {
  try {
    return String(JSON.parse(json)) === spelled;
  } catch {
    return false;
  }
}

function open(
  { uri }: vscode.TextDocument,
  { root }: BudgetDiagnostic,
  diagnostics: readonly BudgetDiagnostic[],
): vscode.CodeAction {
  const title = vscode.l10n.t('Open the comparison with the last commit');
  const action = new vscode.CodeAction(title, vscode.CodeActionKind.QuickFix);
  action.diagnostics = [...diagnostics];
  action.command = { command: OPEN_COMPARISON, title, arguments: [uri.toString(), root] };
  return action;
}
