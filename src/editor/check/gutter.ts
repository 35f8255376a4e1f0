// Marks beside the lines that make layers whose price has changed since the last commit: an arrow up or down, a plus
// for what is new; the shape says it, the colour repeats it. VS Code keeps the marks at their lines while somebody
// types; they are made anew only when the file has been compared again.

import * as vscode from 'vscode';
import type { Amounts } from '../../check/amounts';
import { onSettings, readSettings } from '../settings';
import { type LineMarkKind, lineMarks } from './line-marks';
import type { SinceHead } from './since-head';

const KINDS: readonly LineMarkKind[] = ['down', 'moved', 'new', 'up'];

export class Gutter implements vscode.Disposable {
  private readonly types: ReadonlyMap<LineMarkKind, vscode.TextEditorDecorationType>;
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor(
    extension: vscode.Uri,
    private readonly since: SinceHead,
    private readonly amounts: Amounts,
  ) {
    this.types = new Map(KINDS.map((kind) => [kind, decorationType(extension, kind)]));
    this.subscriptions = [
      ...this.types.values(),
      since.onDidChange((key) => this.draw(key)),
      vscode.window.onDidChangeVisibleTextEditors(() => this.draw()),
      onSettings((event) => event.affectsConfiguration('priceTag.check.gutter') && this.draw()),
    ];
    this.draw();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  /** Draws the marks of a file, or of all visible ones, from what is known. */
  private draw(key?: string): void {
    for (const editor of vscode.window.visibleTextEditors)
      if (key === undefined || editor.document.uri.toString() === key) this.drawIn(editor);
  }

  private drawIn(editor: vscode.TextEditor): void {
    const { document } = editor;
    const changes = this.since.of(document.uri);
    const shown = changes && readSettings(document).check.gutter ? changes : undefined;
    const marks = shown ? lineMarks(shown.roots, shown.file, shown.base, this.amounts) : [];
    for (const [kind, type] of this.types) {
      const own = marks.filter((mark) => mark.kind === kind && mark.line < document.lineCount);
      editor.setDecorations(
        type,
        own.map(({ line, text }) => ({
          range: document.lineAt(line).range,
          hoverMessage: new vscode.MarkdownString(text),
        })),
      );
    }
  }
}

function decorationType(extension: vscode.Uri, kind: LineMarkKind): vscode.TextEditorDecorationType {
  const icon = (theme: string) => vscode.Uri.joinPath(extension, 'media', `price-${kind}-${theme}.svg`);
  return vscode.window.createTextEditorDecorationType({
    rangeBehavior: vscode.DecorationRangeBehavior.ClosedOpen,
    gutterIconSize: 'contain',
    dark: { gutterIconPath: icon('dark') },
    light: { gutterIconPath: icon('light') },
  });
}
