// Which documents are priced, and the text that is sent for them: Python files from any file system, untitled ones, and
// notebooks, whose code cells are read as one file because each builds on the cells before it.

import * as vscode from 'vscode';
import { cellText, join, type Snapshot, type SourceText } from './snapshot';

/** Documents that the providers are asked about: Python of any scheme, notebook cells among them. */
export const SELECTOR: vscode.DocumentSelector = [{ language: 'python' }];

const CELL = 'vscode-notebook-cell';

/** Schemes of which documents are views of other documents: differences, histories, outputs. */
const SECONDARY = ['git', 'gitfs', 'output', 'review', 'vscode-local-history', 'vscode-scm'];

export const isPriced = (document: vscode.TextDocument): boolean =>
  document.languageId === 'python' && !SECONDARY.includes(document.uri.scheme);

/** The notebook that a cell's document belongs to. */
export const notebookOf = (document: vscode.TextDocument): vscode.NotebookDocument | undefined =>
  document.uri.scheme === CELL
    ? vscode.workspace.notebookDocuments.find((notebook) =>
        notebook.getCells().some((cell) => cell.document === document),
      )
    : undefined;

/** What reports of a document are kept by: its own URI or that of its notebook. */
export const keyOf = (document: vscode.TextDocument): string =>
  (notebookOf(document)?.uri ?? document.uri).toString();

/** The text to analyse for a document, as it is now. */
export function snapshotOf(document: vscode.TextDocument): Snapshot {
  const notebook = notebookOf(document);
  const uri = notebook?.uri ?? document.uri;
  const sources = notebook ? cellsOf(notebook) : [sourceOf(document)];
  return join(uri.toString(), nameOf(uri), sources);
}

/** What the analysis calls a document: a path where it is a file, so that imports are found beside it. */
export const nameOf = (uri: vscode.Uri): string =>
  uri.scheme === 'file' ? slashed(uri.fsPath) : uri.toString();

/** A path as the analysis has them: with slashes, on Windows too. */
export const slashed = (path: string): string =>
  /^[a-z]:\\|^\\\\/i.test(path) ? path.replaceAll('\\', '/') : path;

/** The URI of what the analysis calls by a name. */
export const uriOf = (name: string): vscode.Uri =>
  /^[a-z][a-z0-9+.-]+:\/?/i.test(name) && !/^[a-z]:[\\/]/i.test(name)
    ? vscode.Uri.parse(name)
    : vscode.Uri.file(name);

const sourceOf = (document: vscode.TextDocument): SourceText => ({
  uri: document.uri.toString(),
  version: document.version,
  text: document.getText(),
});

const cellsOf = (notebook: vscode.NotebookDocument): SourceText[] =>
  notebook
    .getCells()
    .filter(({ kind, document }) => kind === vscode.NotebookCellKind.Code && document.languageId === 'python')
    .map(({ document }) => ({ ...sourceOf(document), text: cellText(document.getText()) }));

/** An open document by its URI. */
export const openDocument = (uri: string): vscode.TextDocument | undefined =>
  vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri);

/** The file of inputs and budgets. */
export const isConfigFile = ({ path }: vscode.Uri): boolean => path.endsWith('/price-tag.json');

/** What is open and not saved: whatever reads it is to see it as it is on the screen. */
export const unsavedTexts = (): Record<string, string> =>
  Object.fromEntries(
    vscode.workspace.textDocuments
      .filter(({ isDirty, uri }) => isDirty && uri.scheme === 'file')
      .filter((document) => isPriced(document) || isConfigFile(document.uri))
      .map((document) => [nameOf(document.uri), document.getText()]),
  );

/** Words for a place in a document: `line 88`, and in a notebook `cell 3, line 2`. */
export function placeWords(document: vscode.TextDocument, offset: number): string {
  const line = `line ${document.positionAt(offset).line + 1}`;
  const cells = notebookOf(document)?.getCells() ?? [];
  const cell = cells.findIndex((each) => each.document === document);
  return cell < 0 ? line : `cell ${cell + 1}, ${line}`;
}
