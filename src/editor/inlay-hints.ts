// Hints at the ends of lines that call layers: the output's shape and the line's FPO. The hint's text is made in
// report/inlay.ts; its card is made only when somebody looks at it.

import * as vscode from 'vscode';
import type { Mark } from '../analysis/file-report';
import { certaintyOfRoot } from '../report/certainty';
import { type InlayHintText, inlayHints, type LineFinder } from '../report/inlay';
import type { Numbers } from '../report/numbers';
import type { PriceHovers } from './hover';
import type { Reports } from './reports';
import { readSettings } from './settings';

/** A hint that knows what to show when it is hovered. */
class PriceHint extends vscode.InlayHint {
  constructor(
    position: vscode.Position,
    text: string,
    readonly document: vscode.TextDocument,
    readonly mark: Mark | undefined,
  ) {
    super(position, text, vscode.InlayHintKind.Type);
    this.paddingLeft = true;
  }
}

export class PriceHints implements vscode.InlayHintsProvider<PriceHint>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChangeInlayHints = this.changed.event;
  private readonly subscription: vscode.Disposable;

  constructor(
    private readonly reports: Reports,
    private readonly hovers: PriceHovers,
    private readonly numbers: Numbers,
  ) {
    this.subscription = reports.onDidChange(() => this.changed.fire());
  }

  provideInlayHints(document: vscode.TextDocument, range: vscode.Range): PriceHint[] {
    if (!readSettings(document).inlayHints) return [];
    const view = this.reports.view(document);
    if (view === undefined) return [];
    const [from, to] = [range.start, range.end].map((position) => document.offsetAt(position)) as [
      number,
      number,
    ];
    const near = view.marks.filter((mark) => mark.range.end >= from && mark.range.start <= to);
    const sign = ({ root }: Mark) => {
      const owner = view.roots[root];
      return (owner && certaintyOfRoot(owner)?.sign) ?? '';
    };
    return inlayHints(near, finderOf(document), sign, this.numbers).map((hint) => hintAt(hint, document));
  }

  resolveInlayHint(hint: PriceHint): PriceHint {
    const text = hint.mark && this.hovers.cardOf(hint.document, hint.mark);
    if (text !== undefined) hint.tooltip = text;
    return hint;
  }

  dispose(): void {
    this.subscription.dispose();
    this.changed.dispose();
  }
}

function hintAt({ end, text, marks }: InlayHintText, document: vscode.TextDocument): PriceHint {
  const line = document.lineAt(document.positionAt(end).line);
  return new PriceHint(line.range.end, text, document, marks[0]);
}

function finderOf(document: vscode.TextDocument): LineFinder {
  const lineAt = (offset: number) => document.lineAt(document.positionAt(offset).line);
  return {
    lineOf: (offset) => document.positionAt(offset).line,
    lineStart: (offset) => document.offsetAt(lineAt(offset).range.start),
    lineEnd: (offset) => document.offsetAt(lineAt(offset).range.end),
    slice: (start, end) =>
      document.getText(new vscode.Range(document.positionAt(start), document.positionAt(end))),
  };
}
