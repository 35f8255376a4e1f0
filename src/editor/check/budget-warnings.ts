// Warnings at models that are over a budget of price-tag.json, from the last report, so that they come and go while
// somebody types: what it is, what it may be, and since when. Where an assumption or a gap leaves a budget open, that is
// said as information. Growth since the last commit is known after saving only. Cost is never an error.

import * as vscode from 'vscode';
import type { BudgetVerdict, RootChange } from '../../check/model';
import type { Reports } from '../reports';
import { onSettings, readSettings } from '../settings';
import type { Shown, ShownRoot } from '../shown';
import { openDocument, uriOf } from '../sources';
import type { Histories } from './histories';
import type { SinceHead } from './since-head';
import { sinceWords } from './since-words';

export const OVER_BUDGET = 'over-budget';

export interface BudgetContext {
  readonly reports: Reports;
  readonly since: SinceHead;
  readonly histories: Histories;
}

/** A warning with what it is about. */
export class BudgetDiagnostic extends vscode.Diagnostic {
  constructor(
    range: vscode.Range,
    readonly verdict: BudgetVerdict,
    readonly root: string,
    since: string,
  ) {
    const severity =
      verdict.outcome === 'broken'
        ? vscode.DiagnosticSeverity.Warning
        : vscode.DiagnosticSeverity.Information;
    const words = [verdict.sentence, since].filter((part) => part !== '').join(', ');
    super(range, `${root}: ${words}`, severity);
    this.source = 'Price Tag';
    this.code = OVER_BUDGET;
    this.relatedInformation = related(verdict);
  }
}

export class BudgetWarnings implements vscode.Disposable {
  private readonly collection = vscode.languages.createDiagnosticCollection('price-tag');
  /** Documents with warnings, by file: a notebook's are in its cells. */
  private readonly documents = new Map<string, readonly string[]>();
  private readonly subscriptions: readonly vscode.Disposable[];

  constructor(private readonly context: BudgetContext) {
    const { reports, since, histories } = context;
    const update = (key: string) => this.update(key);
    this.subscriptions = [
      this.collection,
      reports.onDidChange(update),
      since.onDidChange(update),
      histories.onDidChange(update),
      onSettings((event) => {
        if (!event.affectsConfiguration('priceTag.check.diagnostics')) return;
        for (const { uri } of vscode.workspace.textDocuments) this.update(uri.toString());
      }),
    ];
  }

  /** The warnings of a document. */
  of(uri: vscode.Uri): readonly BudgetDiagnostic[] {
    return (this.collection.get(uri) ?? []).filter((each) => each instanceof BudgetDiagnostic);
  }

  dispose(): void {
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private update(key: string): void {
    const shown = this.context.reports.shown(key);
    const found = new Map<string, BudgetDiagnostic[]>();
    for (const [uri, diagnostic] of shown ? this.diagnosticsOf(key, shown) : [])
      found.set(uri, [...(found.get(uri) ?? []), diagnostic]);
    for (const uri of this.documents.get(key) ?? [])
      if (!found.has(uri)) this.collection.delete(vscode.Uri.parse(uri));
    for (const [uri, diagnostics] of found) this.collection.set(vscode.Uri.parse(uri), diagnostics);
    this.documents.set(key, [...found.keys()]);
  }

  private diagnosticsOf(key: string, shown: Shown): (readonly [string, BudgetDiagnostic])[] {
    const uri = vscode.Uri.parse(key);
    if (!readSettings(uri).check.diagnostics) return [];
    const changes = this.context.since.of(uri)?.roots ?? [];
    return shown.roots.flatMap((root) => {
      const change = changes.find(({ after }) => after?.id === root.id);
      const verdicts = verdictsOf(shown, root, change);
      const place = verdicts.length > 0 ? this.placeOf(key, root) : undefined;
      if (place === undefined) return [];
      const history = this.context.histories.of(uri, root.id);
      return verdicts.map((verdict) => {
        const since = sinceWords(verdict, change, history);
        return [place.uri, new BudgetDiagnostic(place.range, verdict, root.id, since)] as const;
      });
    });
  }

  private placeOf(key: string, root: ShownRoot): { uri: string; range: vscode.Range } | undefined {
    const place = this.context.reports.placeOf(key, root);
    const document = place && openDocument(place.uri);
    if (place === undefined || document === undefined) return undefined;
    const [start, end] = [document.positionAt(place.range.start), document.positionAt(place.range.end)];
    return { uri: place.uri, range: new vscode.Range(start, end) };
  }
}

/** What does not hold: of what a figure may be as it is now, of how it may grow as of the last comparison. */
function verdictsOf(
  { budgets }: Shown,
  { id }: ShownRoot,
  change: RootChange | undefined,
): readonly BudgetVerdict[] {
  const now = budgets?.verdicts[id] ?? [];
  const grown = change?.before ? change.verdicts : [];
  return [
    ...now.filter(({ kind }) => kind === 'most'),
    ...grown.filter(({ kind }) => kind === 'increase'),
  ].filter(({ outcome }) => outcome !== 'holds');
}

/** Where the budget stands. */
function related({ place, budget, spelled }: BudgetVerdict): vscode.DiagnosticRelatedInformation[] {
  const uri = uriOf(place.file);
  const line = new vscode.Position(Math.max(0, place.line - 1), 0);
  const words = vscode.l10n.t('The budget {0} of {1}', spelled, budget);
  return [new vscode.DiagnosticRelatedInformation(new vscode.Location(uri, line), words)];
}
