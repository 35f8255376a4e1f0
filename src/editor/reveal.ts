// Shows a place of the source in an editor: in the one that shows the file already, else in the first column.

import * as vscode from 'vscode';
import type { Site } from '../base/site';
import type { Reports } from './reports';
import type { ShownRoot } from './shown';
import type { Place } from './snapshot';
import { openDocument, placeWords, uriOf } from './sources';

/** Shows a site of a root; the focus goes there only where it is asked to. */
export async function revealSite(
  site: Site,
  root: ShownRoot,
  reports: Reports,
  takeFocus: boolean,
): Promise<void> {
  const place = reports.locateSite(site, root) ?? { uri: uriOf(site.file).toString(), range: site };
  await revealPlace(place, takeFocus);
}

/** Shows a range of a document. */
export async function revealPlace({ uri, range }: Place, takeFocus: boolean): Promise<void> {
  const document = openDocument(uri) ?? (await vscode.workspace.openTextDocument(vscode.Uri.parse(uri)));
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const viewColumn = shown?.viewColumn ?? vscode.ViewColumn.One;
  const editor = await vscode.window.showTextDocument(document, { viewColumn, preserveFocus: !takeFocus });
  const [start, end] = [document.positionAt(range.start), document.positionAt(range.end)];
  // the cursor stands at the start, so that a long line is not scrolled to its end
  editor.selection = new vscode.Selection(end, start);
  editor.revealRange(new vscode.Range(start, start), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** The innermost site of a stack that lies in the root's own file, else the innermost of all. */
export const bestSite = (stack: readonly Site[], root: ShownRoot): Site | undefined =>
  stack.findLast(({ file }) => file === root.origin.name) ?? stack.at(-1);

/** Words for a site: `line 88` in the root's file, `layers.py` or `layers.py:88` elsewhere. */
export function siteWords(site: Site, root: ShownRoot, reports: Reports): string {
  const place = reports.locateSite(site, root);
  const own = place && openDocument(place.uri);
  if (place && own) return placeWords(own, place.range.start);
  const uri = uriOf(site.file);
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const open = openDocument(uri.toString());
  return open ? `${name}:${open.positionAt(site.start).line + 1}` : name;
}
