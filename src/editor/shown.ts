// What is shown for a file: its last report, and, while the text cannot be read in full, the last good figures of the
// roots that suffer from it, marked stale. Half a line typed in one class takes no other class's price away. Knows
// nothing of VS Code.

import type { FileReport, Mark, RootReport } from '../analysis/file-report';
import type { FileVerdicts } from '../check';
import type { EditLog } from './edits';
import type { JudgedReport } from './protocol';
import { carryRange, type Layout, type Snapshot } from './snapshot';

export interface ShownRoot extends RootReport {
  /** The figures are those of an earlier text. */
  readonly stale: boolean;
  /** The text that sites and the input's place speak of; `range` and `extent` speak of the shown one. */
  readonly origin: Layout;
}

export interface Shown {
  readonly snapshot: Snapshot;
  readonly roots: readonly ShownRoot[];
  readonly marks: readonly Mark[];
  readonly problems: FileReport['problems'];
  readonly milliseconds: number;
  /** Of the roots that are not stale; absent where no price-tag.json says anything. */
  readonly budgets?: FileVerdicts;
}

/** What to show once a report of a snapshot has come; `unfinished` where the user is still typing in a line. */
export function merge(
  previous: Shown | undefined,
  next: JudgedReport,
  snapshot: Snapshot,
  log: EditLog,
  unfinished = false,
): Shown {
  const fresh = next.roots.map((root) => ({ ...root, stale: false, origin: snapshot }));
  const shown = {
    snapshot,
    roots: fresh,
    marks: next.marks,
    problems: next.problems,
    milliseconds: next.milliseconds,
    budgets: next.budgets,
  };
  if (previous === undefined || !(unfinished || isUnreadable(next))) return shown;
  const old = carryShown(previous, snapshot, log);
  const kept = fresh.map((root) => worthKeeping(root, old.roots) ?? root);
  const missing = isUnreadable(next)
    ? old.roots.filter(({ id }) => !kept.some((root) => root.id === id))
    : [];
  const all = [...kept, ...missing.map((root) => ({ ...root, stale: true }))];
  const roots = all.map((root) => (root.stale ? withinOf(root, old.roots, all) : root));
  return { ...shown, roots, marks: marksOf(roots, shown, old), budgets: budgetsOf(roots, next, previous) };
}

/** Budgets of each root from where its figures come from. */
function budgetsOf(
  roots: readonly ShownRoot[],
  next: JudgedReport,
  previous: Shown,
): FileVerdicts | undefined {
  if (next.budgets === undefined && previous.budgets === undefined) return undefined;
  const verdicts = roots.flatMap(({ id, stale }) => {
    const own = (stale ? previous : next).budgets?.verdicts[id];
    return own ? [[id, own] as const] : [];
  });
  return { verdicts: Object.fromEntries(verdicts), problems: next.budgets?.problems ?? [] };
}

/** A kept root says by index which root it is part of: the indices of now are others. */
function withinOf(root: ShownRoot, from: readonly ShownRoot[], to: readonly ShownRoot[]): ShownRoot {
  if (root.within === undefined) return root;
  const id = from[root.within.root]?.id;
  const at = to.findIndex((each) => each.id === id);
  const { within, ...rest } = root;
  return at < 0 ? rest : { ...rest, within: { ...within, root: at } };
}

/** Whether a report is that of a text which could not be read in full, or was given up. */
const isUnreadable = ({ roots, problems }: FileReport): boolean =>
  roots.some(({ broken }) => broken) || (roots.length === 0 && problems.length > 0);

/** The last good figures of a root, where the new ones are those of half a class. */
function worthKeeping(root: ShownRoot, old: readonly ShownRoot[]): ShownRoot | undefined {
  const last = old.find(
    ({ id, report, within }) => id === root.id && (report !== null || within !== undefined),
  );
  if (last === undefined || !(root.broken || isWorse(root, last))) return undefined;
  return { ...last, range: root.range, extent: root.extent, broken: root.broken, stale: true };
}

function isWorse({ report }: RootReport, { report: last }: RootReport): boolean {
  if (report === null || last === null) return last !== null;
  return report.gaps.length > last.gaps.length || (report.fpo === null && last.fpo !== null);
}

/** An earlier state in terms of a later text; what was edited away is left out. */
function carryShown(
  { snapshot: from, roots, marks }: Shown,
  to: Snapshot,
  log: EditLog,
): Pick<Shown, 'roots' | 'marks'> {
  const carried = roots.map((root) => {
    const range = carryRange(root.range, from, to, log);
    const extent = carryRange(root.extent, from, to, log);
    const same = range !== undefined && textAt(range, to) === textAt(root.range, from);
    return same ? { ...root, range, extent: extent ?? range } : undefined;
  });
  const indices = new Map(carried.flatMap((root, at) => (root ? [[at, root] as const] : [])));
  const present = [...indices.values()];
  return {
    roots: present.map((root) => withinOf(root, roots, present)),
    marks: marks.flatMap((mark) => {
      const root = indices.get(mark.root);
      const range = carryRange(mark.range, from, to, log);
      return root && range ? [{ ...mark, range, root: present.indexOf(root) }] : [];
    }),
  };
}

const textAt = ({ start, end }: { start: number; end: number }, { text }: Snapshot): string =>
  text.slice(start, end);

/** Marks of each root from where its figures come from. */
function marksOf(
  roots: readonly ShownRoot[],
  fresh: Pick<Shown, 'roots' | 'marks'>,
  old: Pick<Shown, 'roots' | 'marks'>,
): Mark[] {
  const from = (source: Pick<Shown, 'roots' | 'marks'>, stale: boolean) =>
    source.marks.flatMap((mark) => {
      const id = source.roots[mark.root]?.id;
      const root = roots.findIndex((each) => each.id === id && each.stale === stale);
      return root < 0 ? [] : [{ ...mark, root }];
    });
  return [...from(fresh, false), ...from(old, true)].sort(byPlace);
}

const byPlace = (a: Mark, b: Mark): number => a.range.start - b.range.start || b.range.end - a.range.end;
