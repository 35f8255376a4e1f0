// Whether the user is in the middle of a line: the last edit was in the line that the cursor is in. Brackets that close
// themselves make half a call look like a whole one, so the syntax alone does not tell.

import * as vscode from 'vscode';

export class Typing {
  private last: { readonly uri: string; readonly line: number } | undefined;

  /** Remembers where a document was edited last. */
  edited(document: vscode.TextDocument, changes: readonly vscode.TextDocumentContentChangeEvent[]): void {
    const [change] = changes;
    if (change === undefined) return;
    const line = change.range.start.line + change.text.split('\n').length - 1;
    this.last = { uri: document.uri.toString(), line };
  }

  /** Whether the cursor still is in the line of the last edit. */
  isGoingOn(): boolean {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined || this.last === undefined) return false;
    return (
      editor.document.uri.toString() === this.last.uri && editor.selection.active.line === this.last.line
    );
  }
}
