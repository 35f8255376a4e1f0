// The card on a layer, at its construction and at its call, and on a model's name. The card's text is made in
// report/hover.ts; here is which figure the pointer means.

import * as vscode from 'vscode';
import type { Mark, RootReport } from '../analysis/file-report';
import type { Range } from '../base/site';
import { type HoverContext, markHover, rootHover } from '../report/hover';
import type { Numbers } from '../report/numbers';
import type { Past } from '../report/past';
import { commandUri, SET_INPUT, SHOW_REPORT } from './command-ids';
import type { DocumentView, Reports } from './reports';
import { readSettings } from './settings';
import type { ShownRoot } from './shown';
import { openDocument, placeWords } from './sources';

/** What a model cost in the past, as far as that is known: a look-up. */
export type PastOf = (uri: vscode.Uri, root: RootReport) => Past | undefined;

const TARGET = /^\s*[\w.,\s()]+(:[^=]*)?=[^=]*$/;

export class PriceHovers implements vscode.HoverProvider {
  constructor(
    private readonly reports: Reports,
    private readonly numbers: Numbers,
    private readonly past: PastOf = () => undefined,
  ) {}

  provideHover(document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined {
    if (!readSettings(document).hover) return undefined;
    const view = this.reports.view(document);
    if (view === undefined) return undefined;
    const offset = document.offsetAt(position);
    return this.markAt(view, document, offset, position) ?? this.rootAt(view, document, offset);
  }

  private markAt(
    view: DocumentView,
    document: vscode.TextDocument,
    offset: number,
    position: vscode.Position,
  ): vscode.Hover | undefined {
    const mark = innermost(view.marks, offset) ?? assigned(view.marks, document, position);
    const text = mark && this.cardOf(document, mark);
    return text && hover(text, document, mark.range, position);
  }

  /** The card of a call or a construction. */
  cardOf(document: vscode.TextDocument, mark: Mark): vscode.MarkdownString | undefined {
    const view = this.reports.view(document);
    const root = view?.roots[mark.root];
    return root && card(markHover(mark, root, this.context(root, view.roots, document)));
  }

  private rootAt(
    view: DocumentView,
    document: vscode.TextDocument,
    offset: number,
  ): vscode.Hover | undefined {
    const found = [...view.places].find(([, { name }]) => contains(name, offset));
    if (found === undefined) return undefined;
    const [root, { name }] = found;
    const text = card(rootHover(root, this.context(root, view.roots, document)));
    return hover(text, document, name, document.positionAt(offset));
  }

  private context(root: ShownRoot, roots: readonly ShownRoot[], document: vscode.TextDocument): HoverContext {
    const at = (range: Range): string => {
      const place = this.reports.locate(range, root.origin);
      const other = place && openDocument(place.uri);
      return place && other ? placeWords(other, place.range.start) : 'this file';
    };
    const uri = document.uri.toString();
    return {
      numbers: this.numbers,
      place: at,
      links: { report: commandUri(SHOW_REPORT, uri, root.id), input: commandUri(SET_INPUT, uri, root.id) },
      stale: root.stale,
      roots,
      past: this.past(document.uri, root),
    };
  }
}

/** The smallest call around an offset; of several at one place the first. */
function innermost(marks: readonly Mark[], offset: number): Mark | undefined {
  return marks
    .filter(({ range }) => contains(range, offset))
    .reduce<Mark | undefined>((best, mark) => (best && size(best) <= size(mark) ? best : mark), undefined);
}

/** In `self.conv1 = nn.Conv2d(…)`, what is on the left means what is on the right. */
function assigned(
  marks: readonly Mark[],
  document: vscode.TextDocument,
  position: vscode.Position,
): Mark | undefined {
  const line = document.lineAt(position.line);
  const start = document.offsetAt(line.range.start);
  const mark = marks.find(({ range }) => range.start >= start && range.start < start + line.text.length);
  if (mark === undefined || document.getWordRangeAtPosition(position) === undefined) return undefined;
  const before = line.text.slice(0, mark.range.start - start);
  return TARGET.test(before) && position.character < before.indexOf('=') ? mark : undefined;
}

const contains = ({ start, end }: Range, offset: number): boolean => start <= offset && offset < end;

const size = ({ range }: Mark): number => range.end - range.start;

/** Markdown of which only our own two commands can be run. */
function card(text: string): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(text);
  markdown.isTrusted = { enabledCommands: [SHOW_REPORT, SET_INPUT] };
  return markdown;
}

function hover(
  text: vscode.MarkdownString,
  document: vscode.TextDocument,
  range: Range,
  position: vscode.Position,
): vscode.Hover {
  const whole = new vscode.Range(document.positionAt(range.start), document.positionAt(range.end));
  const word = document.getWordRangeAtPosition(position);
  return new vscode.Hover(text, whole.isSingleLine && whole.contains(position) ? whole : word);
}
