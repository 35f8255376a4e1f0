// What the integration tests ask of the editor: documents, and what the providers give for them.

import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';

const PATIENCE_MS = 15_000;

/** Reads until the value fits; fails with the last value. */
export async function until<T>(
  what: string,
  read: () => T | PromiseLike<T>,
  fits: (value: T) => boolean,
): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const value = await read();
    if (fits(value)) return value;
    if (Date.now() > end) throw new Error(`Waited in vain for ${what}; last seen: ${JSON.stringify(value)}`);
    await sleep(50);
  }
}

export const extension = (): vscode.Extension<{
  onDidPrice: vscode.Event<{ readonly name: string; readonly times: number }>;
}> => {
  const found = vscode.extensions.getExtension('price-tag.price-tag');
  if (found === undefined) throw new Error('The extension is not there.');
  return found;
};

/** The URI of a file of the test workspace. */
export const workspaceFile = (name: string): vscode.Uri =>
  vscode.Uri.file(join(process.env.TEST_WORKSPACE ?? '', name));

/** Opens a file of the workspace in an editor. */
export async function open(name: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(workspaceFile(name));
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

/** Texts of the lenses of a document by the line they stand above, once there are enough of them. */
export async function lenses(document: vscode.TextDocument, atLeast = 1): Promise<Record<string, string>> {
  const found = await until(
    `${atLeast} lenses of ${document.uri}`,
    () =>
      vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 100),
    (each) => each.length >= atLeast,
  );
  return Object.fromEntries(
    found.map(({ range, command }) => [document.lineAt(range.start.line).text.trim(), command?.title ?? '']),
  );
}

/** The position of a word in the first line that has a text. */
export function positionOf(document: vscode.TextDocument, line: string, word: string): vscode.Position {
  const start = document.getText().indexOf(line);
  if (start < 0) throw new Error(`There is no ${line} in ${document.uri}.`);
  return document.positionAt(start + line.indexOf(word));
}

/** The hover cards at a word. */
export async function hover(document: vscode.TextDocument, line: string, word: string): Promise<string> {
  const at = positionOf(document, line, word);
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    at,
  );
  return hovers
    .flatMap(({ contents }) =>
      contents.map((content) => (typeof content === 'string' ? content : content.value)),
    )
    .join('\n');
}

/** Inlay hints of a document by the line at whose end they stand. */
export async function hints(document: vscode.TextDocument): Promise<Record<string, string>> {
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const found = await vscode.commands.executeCommand<vscode.InlayHint[]>(
    'vscode.executeInlayHintProvider',
    document.uri,
    all,
  );
  return Object.fromEntries(
    found.map(({ position, label }) => [
      document.lineAt(position.line).text.trim(),
      typeof label === 'string' ? label : label.map(({ value }) => value).join(''),
    ]),
  );
}
