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
  /** Whether a part of it could not be followed: the figures are lower bounds. */
  readonly atLeast: boolean;
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
  const changed = FIGURES.filter(([name]) => isMoving(past, name));
  const over = `${past.more ? 'the last ' : ''}${numbers.plural(commits, 'commit')}`;
  if (changed.length === 0) return `same price over ${over}`;
  const parts = changed.slice(0, 2).map(([name, , show]) => {
    const span = spanOf(past, name, show(numbers), name === 'params' ? ' params' : '');
    return `${sparkline(past.points.map(({ values }) => values[name]))} ${markdown(span)}`;
  });
  return `${parts.join(' · ')} over ${over}`;
}

/** A chart for each figure that is known at all; those that have changed come first. */
export function pastCharts(past: Past, numbers: Numbers): PastChart[] {
  if (past.points.length < 2) return [];
  const known = FIGURES.filter(([name]) => knownOf(past, name).length > 0);
  const moving = (name: PastFigure) => (isMoving(past, name) ? 0 : 1);
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
  const points = past.points.map((point) => ({
    value: point.values[figure],
    text: textOf(point, figure, show),
    name: point.commit || 'now',
    subject: point.subject,
    date: point.date,
  }));
  const last = knownOf(past, figure).at(-1);
  const span = isMoving(past, figure)
    ? spanOf(past, figure, show)
    : `unchanged at ${last && textOf(last, figure, show)}`;
  const count = numbers.plural(past.points.filter(({ commit }) => commit !== '').length, 'commit');
  return { label, points, span, words: `${label} over ${count}: ${span}` };
}

const knownOf = ({ points }: Past, name: PastFigure): PastPoint[] =>
  points.filter(({ values }) => values[name] !== null);

const isMoving = (past: Past, name: PastFigure): boolean =>
  new Set(knownOf(past, name).map(({ values }) => values[name])).size > 1;

function textOf({ values, atLeast }: PastPoint, name: PastFigure, show: (value: number) => string): string {
  const value = values[name];
  return value === null ? 'unknown' : (atLeast ? '≥ ' : '') + show(value);
}

/** `25.6 M → 26.8 M`, from the first to the last that is known. */
function spanOf(past: Past, name: PastFigure, show: (value: number) => string, unit = ''): string {
  const known = knownOf(past, name);
  const [first, last] = [known[0], known.at(-1)].map((point) => (point ? textOf(point, name, show) : ''));
  return first === last ? `${first}${unit}, as at first` : `${first} → ${last}${unit}`;
}
