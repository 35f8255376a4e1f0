// “Copy Price Tag as Markdown”: puts the price tag of a model on the clipboard, for a README or a pull request.

import * as vscode from 'vscode';
import { toMarkdown } from '../../report/markdown';
import type { GraphEditor } from '../onnx/editor';
import { openDocument, uriOf } from '../sources';
import type { Targets } from '../targets';

const SAID_MS = 4000;

/** The command; says in the status bar what it did. */
export function copyMarkdown(
  targets: Targets,
  graphs: GraphEditor,
): (uri?: unknown, root?: unknown) => Promise<void> {
  return async (uri, root) => {
    if (uri === undefined && graphs.copyActive()) return;
    const report = (await targets.find(uri, root))?.root.report;
    if (!report) return say(vscode.l10n.t('There is no price tag to copy.'));
    const fileText = (file: string) => openDocument(uriOf(file).toString())?.getText();
    await vscode.env.clipboard.writeText(toMarkdown(report, { fileText }));
    say(vscode.l10n.t('The price tag of {0} is on the clipboard.', report.name));
  };
}

const say = (text: string): void => {
  vscode.window.setStatusBarMessage(text, SAID_MS);
};
