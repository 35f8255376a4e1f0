// One quiet item of the status bar: the price of the model at the cursor, else of the surest, largest one in the file. Hidden where
// there is nothing to say; it says in words when a file could not be priced.

import * as vscode from 'vscode';
import { lensTooltip, statusText } from '../report/lens';
import type { Numbers } from '../report/numbers';
import { SHOW_LOG, SHOW_REPORT } from './command-ids';
import type { Reports } from './reports';
import type { ShownRoot } from './shown';
import { isPriced, keyOf } from './sources';
import type { Targets } from './targets';

const PRIORITY = 90;

export class StatusBar implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor(
    private readonly reports: Reports,
    private readonly targets: Targets,
    private readonly numbers: Numbers,
  ) {
    this.item = vscode.window.createStatusBarItem('price', vscode.StatusBarAlignment.Right, PRIORITY);
    this.item.name = 'Price Tag';
    this.subscriptions = [
      this.item,
      reports.onDidChange(() => this.update()),
      vscode.window.onDidChangeActiveTextEditor(() => this.update()),
      vscode.window.onDidChangeTextEditorSelection(() => this.update()),
    ];
    this.update();
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private update(): void {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined || !isPriced(editor.document)) this.item.hide();
    else this.showFor(editor);
  }

  private showFor(editor: vscode.TextEditor): void {
    const key = keyOf(editor.document);
    const shown = this.reports.shown(key);
    const root = this.pricedAt(editor) ?? largest(shown?.roots ?? []);
    const problem = shown?.problems[0]?.message;
    if (this.reports.isSlow(key))
      this.say('$(loading~spin) Price Tag', vscode.l10n.t('This file is being priced'), SHOW_LOG);
    else if (problem !== undefined && !root?.report) this.say('$(warning) Price Tag', problem, SHOW_LOG);
    else if (root !== undefined) this.showRoot(root, shown?.roots ?? [], editor.document);
    else this.item.hide();
  }

  /** The root at the cursor, if it has a price of its own. */
  private pricedAt(editor: vscode.TextEditor): ShownRoot | undefined {
    const root = this.targets.atCursor(editor);
    return root?.report ? root : undefined;
  }

  private showRoot(root: ShownRoot, roots: readonly ShownRoot[], document: vscode.TextDocument): void {
    const text = statusText(root, this.numbers);
    this.say(`$(tag) ${text}`, lensTooltip(root, { numbers: this.numbers, stale: root.stale, roots }), {
      command: SHOW_REPORT,
      title: 'Show Report',
      arguments: [document.uri.toString(), root.id],
    });
  }

  private say(text: string, tooltip: string, command: string | vscode.Command): void {
    this.item.text = text;
    this.item.tooltip = tooltip;
    this.item.command = command;
    this.item.accessibilityInformation = { label: `${text.replace(/\$\([\w~-]+\) /, '')}. ${tooltip}` };
    this.item.show();
  }
}

/** The largest root whose input somebody states, or else the largest. */
function largest(roots: readonly ShownRoot[]): ShownRoot | undefined {
  const stated = roots.filter(({ report, input }) => report && input && input.kind !== 'assumed');
  return [...(stated.length > 0 ? stated : roots)].sort((a, b) => weight(b) - weight(a))[0];
}

const weight = ({ report }: ShownRoot): number => report?.fpo?.total ?? report?.params.total ?? -1;
