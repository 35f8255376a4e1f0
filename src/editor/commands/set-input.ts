// “Set Input…”: asks for the shape that a model is to be priced on, and where to keep it: in this workspace, or in the
// source as a comment above the definition, where everybody sees it and it wins over what is found in the code.

import * as vscode from 'vscode';
import { INPUT_COMMENT, inputComment, inputProblem, inputSpec } from '../../report/input-spec';
import type { InputStore } from '../inputs';
import type { Reports } from '../reports';
import { openDocument } from '../sources';
import type { Target, Targets } from '../targets';

export interface SetInputContext {
  readonly targets: Targets;
  readonly inputs: InputStore;
  readonly reports: Reports;
}

/** The command. */
export function setInput(context: SetInputContext): (uri?: unknown, root?: unknown) => Promise<void> {
  return async (uri, root) => {
    const target = await context.targets.find(uri, root);
    const spec = target && (await askInput(target, context.inputs));
    if (target === undefined || spec === undefined) return;
    const asComment = spec !== '' && (await askComment(target, spec));
    if (asComment === undefined) return;
    if (asComment) await writeComment(target, spec, context.reports);
    await context.inputs.set(target.key, target.root.id, asComment || spec === '' ? undefined : spec);
  };
}

/** The specification; '' to go back to what is found in the code; undefined where the user leaves. */
async function askInput({ key, root }: Target, inputs: InputStore): Promise<string | undefined> {
  const spec = await vscode.window.showInputBox({
    title: vscode.l10n.t('Input of {0}', root.id),
    prompt: vscode.l10n.t(
      'Sizes with commas, then the dtype if it is not float32: 1,3,224,224 or 1,128:int64. Several inputs with semicolons. Empty: as found in the code.',
    ),
    placeHolder: '1,3,224,224',
    value: inputs.of(key)[root.id] ?? inputSpec(root.report?.inputs ?? []),
    ignoreFocusOut: true,
    validateInput: inputProblem,
  });
  return spec?.trim();
}

async function askComment({ root }: Target, spec: string): Promise<boolean | undefined> {
  const items = [
    { label: vscode.l10n.t('Keep it in this workspace'), asComment: false },
    {
      label: vscode.l10n.t('Write it above {0} as a comment', root.id),
      description: inputComment(spec),
      asComment: true,
    },
  ];
  const title = vscode.l10n.t('Input of {0}: {1}', root.id, spec);
  return (await vscode.window.showQuickPick(items, { title, ignoreFocusOut: true }))?.asComment;
}

/** Writes the comment above the definition and its decorators, or over the one that is there. */
async function writeComment({ key, root }: Target, spec: string, reports: Reports): Promise<void> {
  const place = reports.placeOf(key, root);
  const document = place && openDocument(place.uri);
  if (place === undefined || document === undefined) return;
  const first = firstLine(document, document.positionAt(place.range.start).line);
  const indent = /^\s*/.exec(document.lineAt(first).text)?.[0] ?? '';
  const comment = indent + inputComment(spec);
  const above = first > 0 ? document.lineAt(first - 1) : undefined;
  const edit = new vscode.WorkspaceEdit();
  if (above && INPUT_COMMENT.test(above.text)) edit.replace(document.uri, above.range, comment);
  else edit.insert(document.uri, new vscode.Position(first, 0), `${comment}\n`);
  await vscode.workspace.applyEdit(edit);
}

/** The line of the definition, or of the first of the decorators above it. */
function firstLine(document: vscode.TextDocument, line: number): number {
  let first = line;
  while (
    first > 0 &&
    document
      .lineAt(first - 1)
      .text.trimStart()
      .startsWith('@')
  )
    first--;
  return first;
}
