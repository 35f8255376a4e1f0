// What became of one root: its status, its figures before and after, its layers with the lines behind them, and whether
// its budgets hold. Where the inputs differ the root before is priced again with those after, so that what is compared is
// the model and not its input.

import type { RootReport } from '../analysis/file-report';
import { FIGURE_NAMES } from '../price/figures';
import type { LayerRow } from '../price/model-report';
import { inputSpec } from '../report/input-spec';
import { isPartOnly, judge } from './budgets';
import type { Causes } from './causes';
import type { Configs } from './configs';
import { layerChanges, type RowChange } from './layers';
import type { Located, Match } from './match';
import type { LayerChange, RootChange, RootState, RootStatus } from './model';
import type { PricedFile, Pricer } from './pricing';
import { rootState } from './root-state';

export interface ComparisonOf {
  readonly configs: Configs;
  readonly before: ReadonlyMap<string, PricedFile>;
  readonly after: ReadonlyMap<string, PricedFile>;
  /** Where a file is after the change, and where it was before. */
  readonly pathAfter: (path: string) => string;
  readonly pathBefore: (path: string) => string;
  readonly basePricer: Pricer;
  readonly causes: Causes;
  /** Files that changed and that a file after the change is made of. */
  readonly changedSources: (file: string) => readonly string[];
}

export function compareRoots(matches: readonly Match[], context: ComparisonOf): RootChange[] {
  const again = pricedAgain(matches, context);
  return matches.flatMap((match) => compareRoot(match, again, context) ?? []);
}

function compareRoot(
  match: Match,
  again: ReadonlyMap<RootReport, PricedAgain>,
  context: ComparisonOf,
): RootChange | undefined {
  const { before, after } = match;
  const unread = unreadSide(match, context);
  // A file that cannot be read may still have the model.
  if (unread !== null && after === null) return undefined;
  const other = before ? again.get(before.root) : undefined;
  const then = before && { ...before, root: other?.root ?? before.root };
  const stateBefore = then && rootState(context.before.get(then.file) as PricedFile, then.root, 'before');
  const stateAfter = after && rootState(context.after.get(after.file) as PricedFile, after.root, 'after');
  const { file, root } = after ?? (then as Located);
  const key = context.configs.keyOf(file, root.id);
  const verdicts = stateAfter
    ? judge(context.configs.of(file), key, stateAfter, stateBefore, isPartOnly(root))
    : [];
  const hasPrice = Boolean(stateBefore?.figures ?? stateAfter?.figures);
  // A model that is new and has no price is told of; a class that is only a part of one is not.
  const isNews = before === null && after !== null && !isPartOnly(after.root);
  if (!hasPrice && !isNews && verdicts.length === 0) return undefined;
  const layers = then && after ? layersOf(then.root, after, context) : [];
  const status = unread === null ? statusOf(stateBefore, stateAfter, layers) : 'changed';
  const notes = [
    ...(other ? [other.note] : []),
    ...(unread === null ? [] : [`What it cost before is not known: ${unread}`]),
    ...notesOn(stateBefore, stateAfter),
  ];
  return { status, key, before: stateBefore, after: stateAfter, notes, layers, verdicts };
}

/** Why nothing is known of the other side of a root that has no match: its file could not be read there. */
function unreadSide({ before, after }: Match, context: ComparisonOf): string | null {
  if (before && after) return null;
  const file = before
    ? context.after.get(context.pathAfter(before.file))
    : context.before.get(context.pathBefore((after as Located).file));
  return file?.roots.length === 0 ? file.problem : null;
}

function statusOf(
  before: RootState | null,
  after: RootState | null,
  layers: readonly LayerChange[],
): RootStatus {
  if (!before) return 'added';
  if (!after) return 'removed';
  if (before.id !== after.id) return 'renamed';
  if (before.file !== after.file) return 'moved';
  const same = FIGURE_NAMES.every((name) => before.figures?.[name] === after.figures?.[name]);
  return same && layers.every(({ status }) => status === 'renamed') ? 'unchanged' : 'changed';
}

function notesOn(before: RootState | null, after: RootState | null): string[] {
  if (!before || !after) return [];
  if (after.figures === null && before.figures !== null)
    return [`It has no price any more: ${after.problem}`];
  if (before.figures === null && after.figures !== null) return [`It had no price before: ${before.problem}`];
  const [then, now] = [before.figures?.fpo ?? null, after.figures?.fpo ?? null];
  if (now === null && then !== null) return ['It can no longer be run: only its weights are compared.'];
  if (then === null && now !== null) return ['It could not be run before: only its weights are compared.'];
  return [];
}

// --- other inputs -----------------------------------------------------------------------------------------------------

interface PricedAgain {
  readonly root: RootReport;
  readonly note: string;
}

/** Roots before, priced with the inputs after, where those are others. */
function pricedAgain(
  matches: readonly Match[],
  { basePricer }: ComparisonOf,
): ReadonlyMap<RootReport, PricedAgain> {
  const byFile = new Map<string, { readonly root: RootReport; readonly spec: string }[]>();
  for (const { before, after } of matches) {
    if (!before?.root.report || !after?.root.report || sameInputs(before.root, after.root)) continue;
    const list = byFile.get(before.file) ?? [];
    byFile.set(before.file, list);
    list.push({ root: before.root, spec: inputSpec(after.root.report.inputs) });
  }
  const again = new Map<RootReport, PricedAgain>();
  for (const [file, list] of byFile) {
    const priced = basePricer.price(file, Object.fromEntries(list.map(({ root, spec }) => [root.id, spec])));
    for (const { root, spec } of list) {
      const other = priced.roots.find(({ id }) => id === root.id);
      again.set(root, chosen(root, other, spec));
    }
  }
  return again;
}

const sameInputs = (before: RootReport, after: RootReport): boolean =>
  after.report?.inputs.length === 0 ||
  inputSpec(before.report?.inputs ?? []) === inputSpec(after.report?.inputs ?? []);

/** The root before as it is with the input after, unless it cannot be run with that. */
function chosen(own: RootReport, other: RootReport | undefined, spec: string): PricedAgain {
  const was = inputSpec(own.report?.inputs ?? []);
  const gaps = (root: RootReport | undefined): number =>
    root?.report?.gaps.length ?? Number.POSITIVE_INFINITY;
  const runs = other?.report?.fpo != null && gaps(other) <= gaps(own);
  if (other && runs)
    return {
      root: other,
      note: `Its input is now ${spec}; before it was ${was || 'none'}. Both are priced with ${spec}.`,
    };
  return {
    root: own,
    note: `Its input is now ${spec}; before it was ${was || 'none'}, and each is priced with its own.`,
  };
}

// --- layers -----------------------------------------------------------------------------------------------------------

function layersOf(before: RootReport, { file, root }: Located, context: ComparisonOf): LayerChange[] {
  if (!before.report || !root.report) return [];
  const sources = context.changedSources(file);
  return layerChanges(before.report, root.report).map((change) =>
    layerChange(change, context.causes, sources),
  );
}

function layerChange(change: RowChange, causes: Causes, sources: readonly string[]): LayerChange {
  const { status, before, after, figuresBefore, figuresAfter, count } = change;
  const row = (after ?? before) as LayerRow;
  return {
    status,
    path: row.path,
    ...(before && after && before.path !== after.path && { pathBefore: before.path }),
    className: row.className,
    ...(before?.arguments !== undefined && { argumentsBefore: before.arguments }),
    ...(after?.arguments !== undefined && { argumentsAfter: after.arguments }),
    before: figuresBefore,
    after: figuresAfter,
    count,
    made: causes.made(row, after ? 'after' : 'before'),
    causes: causes.of(change, sources),
  };
}
