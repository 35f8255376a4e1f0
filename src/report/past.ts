// What a model cost in the past, as a line of its card and as charts of its report. The points are commits, oldest
// first, and the last is the text as it is now. A figure that was not known leaves a gap.

import { markdown } from './escape';
import type { Numbers } from './numbers';
import { sparkline } from './sparkline';

export type PastFigure = 'fpo' | 'memory' | 'params';

/** The price at one time. */
export interface PastPoint {
  /** Short name of the commit; empty for the text as it is now. */
  readonly commit: string;
  readonly subject: string;
  /** `2026-11-26`; empty for now. */
  readonly date: string;
  readonly values: Readonly<Record<PastFigure, number | null>>;
}

export interface Past {
  readonly points: readonly PastPoint[];
  /** Whether there are older commits that were not looked at. */
  readonly more: boolean;
}

/** One figure over time, ready to be drawn. */
export interface PastChart {
  readonly label: string;
  readonly points: readonly {
    readonly value: number | null;
    readonly text: string;
    /** `1a2b3c4`, or `now`. */
    readonly name: string;
    readonly subject: string;
    readonly date: string;
  }[];
  /** `25.6 M → 26.8 M` */
  readonly span: string;
  /** What the chart shows, in a sentence. */
  readonly words: string;
}

const FIGURES: readonly (readonly [PastFigure, string, (numbers: Numbers) => (value: number) => string])[] = [
  ['fpo', 'FPO', ({ fpo }) => fpo],
  ['params', 'Parameters', ({ count }) => count],
  ['memory', 'Inference peak', ({ bytes }) => bytes],
];

/** `▁▁▃█ 8.21 → 9.20 GFPO over 6 commits`, in Markdown; empty where there is no past to tell of. */
export function pastLine(past: Past, numbers: Numbers): string {
  const commits = past.points.filter(({ commit }) => commit !== '').length;
  if (commits === 0 || past.points.length < 2) return '';
  const changed = FIGURES.filter(([name]) => isMoving(valuesOf(past, name)));
  const over = `${past.more ? 'the last ' : ''}${numbers.plural(commits, 'commit')}`;
  if (changed.length === 0) return `same price over ${over}`;
  const parts = changed.slice(0, 2).map(([name, , show]) => {
    const unit = name === 'params' ? ' params' : '';
    const span = spanOf(valuesOf(past, name), show(numbers), unit);
    return `${sparkline(valuesOf(past, name))} ${markdown(span)}`;
  });
  return `${parts.join(' · ')} over ${over}`;
}

/** A chart for each figure that is known at all; those that have changed come first. */
export function pastCharts(past: Past, numbers: Numbers): PastChart[] {
  if (past.points.length < 2) return [];
  const known = FIGURES.filter(([name]) => valuesOf(past, name).some((value) => value !== null));
  const moving = (name: PastFigure) => (isMoving(valuesOf(past, name)) ? 0 : 1);
  return [...known]
    .sort(([a], [b]) => moving(a) - moving(b))
    .map(([name, label, show]) => chart(past, name, label, show(numbers), numbers));
}

function chart(
  past: Past,
  figure: PastFigure,
  label: string,
  show: (value: number) => string,
  numbers: Numbers,
): PastChart {
  const points = past.points.map(({ commit, subject, date, values }) => ({
    value: values[figure],
    text: values[figure] === null ? 'unknown' : show(values[figure]),
    name: commit || 'now',
    subject,
    date,
  }));
  const span = isMoving(valuesOf(past, figure))
    ? spanOf(valuesOf(past, figure), show)
    : `unchanged at ${points.findLast(({ value }) => value !== null)?.text}`;
  const count = numbers.plural(past.points.filter(({ commit }) => commit !== '').length, 'commit');
  return { label, points, span, words: `${label} over ${count}: ${span}` };
}

const valuesOf = ({ points }: Past, name: PastFigure): (number | null)[] =>
  points.map(({ values }) => values[name]);

const isMoving = (values: readonly (number | null)[]): boolean =>
  new Set(values.filter((value) => value !== null)).size > 1;

/** `25.6 M → 26.8 M`, from the first to the last that is known. */
function spanOf(values: readonly (number | null)[], show: (value: number) => string, unit = ''): string {
  const known = values.filter((value) => value !== null);
  const [first = 0, last = 0] = [known[0], known.at(-1)];
  return first === last ? `${show(first)}${unit}, as at first` : `${show(first)} → ${show(last)}${unit}`;
}
