// A line above each model class and factory with its price. A look-up in the last report: it never waits.

import * as vscode from 'vscode';
import { lensText, lensTooltip } from '../report/lens';
import type { Numbers } from '../report/numbers';
import { SHOW_REPORT } from './command-ids';
import type { Reports } from './reports';
import { readSettings } from './settings';

export class PriceLenses implements vscode.CodeLensProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeCodeLenses = this.changed.event;
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly reports: Reports,
    private readonly numbers: Numbers,
  ) {
    this.subscription = reports.onDidChange(() => this.changed.fire());
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    if (!readSettings(document).codeLens) return [];
    const view = this.reports.view(document);
    if (view === undefined) return [];
    return [...view.places].map(([root, { name }]) => {
      const start = document.positionAt(name.start);
      const context = { numbers: this.numbers, stale: root.stale, roots: view.roots };
      return new vscode.CodeLens(new vscode.Range(start, document.positionAt(name.end)), {
        title: lensText(root, context),
        tooltip: lensTooltip(root, context),
        command: SHOW_REPORT,
        arguments: [document.uri.toString(), root.id],
      });
    });
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}
