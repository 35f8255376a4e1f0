// The hint at the end of a line that calls layers: what came out and what the line costs, `→ (1, 64, 112, 112) · 236
// MFPO`. A line's cost is the sum of its calls: in `self.bn(self.conv(x))` each call counts what it does itself, since
// its argument has been evaluated before. A call whose argument is a lambda is taken as a whole, without what is in it.

import type { Mark } from '../analysis/file-report';
import type { Numbers } from './numbers';
import { tuples } from './shapes';

/** A call that is not an argument of another, with the calls among its arguments. */
export interface CallGroup {
  readonly outer: Mark;
  readonly inner: readonly Mark[];
}

export interface InlayHintText {
  /** Offset of the call after whose line the hint stands. */
  readonly end: number;
  readonly text: string;
  /** The calls it speaks of, outermost first. */
  readonly marks: readonly Mark[];
}

/** How the lines of a text are found; offsets are those of the marks. */
export interface LineFinder {
  lineOf(offset: number): number;
  /** Text of a range. */
  slice(start: number, end: number): string;
  /** Offset at which the line of an offset ends. */
  lineEnd(offset: number): number;
  /** Offset at which it starts. */
  lineStart(offset: number): number;
}

/** The hints of a file; `sign` gives the certainty sign of a mark's root. */
export function inlayHints(
  marks: readonly Mark[],
  lines: LineFinder,
  sign: (mark: Mark) => string,
  numbers: Numbers,
): InlayHintText[] {
  const groups = callGroups(marks.filter(({ kind }) => kind === 'call'));
  return linesOf(groups, lines)
    .map((line) => hint(line, lines, sign, numbers))
    .filter(({ text }) => text !== '');
}

/** Groups whose hints share the end of a line. */
function linesOf(groups: readonly CallGroup[], lines: LineFinder): CallGroup[][] {
  const byLine = new Map<number, CallGroup[]>();
  for (const group of groups) {
    const line = lines.lineOf(group.outer.range.end);
    byLine.set(line, [...(byLine.get(line) ?? []), group]);
  }
  return [...byLine.values()];
}

/** Calls with the calls inside them; marks come outermost first. */
export function callGroups(calls: readonly Mark[]): CallGroup[] {
  const groups: { outer: Mark; inner: Mark[] }[] = [];
  for (const mark of calls) {
    const last = groups.at(-1);
    if (last !== undefined && mark.range.end <= last.outer.range.end) last.inner.push(mark);
    else groups.push({ outer: mark, inner: [] });
  }
  return groups;
}

function hint(
  groups: readonly CallGroup[],
  lines: LineFinder,
  sign: (mark: Mark) => string,
  numbers: Numbers,
): InlayHintText {
  const marks = groups.flatMap((group) => [group.outer, ...workOf(group, lines)]);
  const end = groups.at(-1)?.outer.range.end ?? 0;
  const parts = [shapesText(groups, lines, numbers), costText(marks, groups, sign, numbers)];
  const gaps = marks.some(({ gap }) => gap !== undefined) ? ['gap'] : [];
  return { end, marks, text: [...parts.filter((part) => part !== ''), ...gaps].join(' · ') };
}

/** Calls among a call's arguments, unless a lambda puts them inside its own work. */
const workOf = ({ outer, inner }: CallGroup, lines: LineFinder): readonly Mark[] =>
  /\blambda\b/.test(lines.slice(outer.range.start, outer.range.end)) ? [] : inner;

/** `→ (1, 64)` where the call is what the line gives, `attn → (1, 64)` where more happens on the line. */
function shapesText(groups: readonly CallGroup[], lines: LineFinder, numbers: Numbers): string {
  const [first] = groups;
  if (first && groups.length === 2 && isTarget(first.outer, lines)) return shapeText(first.outer, false);
  if (groups.length > 2) return numbers.plural(groups.length, 'call');
  return groups.map(({ outer }) => shapeText(outer, groups.length > 1 || !isWhole(outer, lines))).join(', ');
}

function shapeText(mark: Mark, byName: boolean): string {
  if (mark.outputs.length === 0) return '';
  const varies = mark.sameShapes ? '' : ' first';
  return `${byName ? `${mark.name} ` : ''}→ ${tuples(mark.outputs)}${varies}`;
}

/** Whether a place is what a line assigns to: `q, k, v = …` takes a tensor apart there. */
function isTarget({ range }: Mark, lines: LineFinder): boolean {
  const before = lines.slice(lines.lineStart(range.start), range.start);
  const after = lines.slice(range.end, lines.lineEnd(range.end));
  return /^[\w\s,.*()[\]]*$/.test(before) && /^[\w\s,.*()[\]]*=(?!=)/.test(after);
}

/** Whether a line is nothing but the call: `x = …`, `return …`, or the call alone. */
function isWhole({ range }: Mark, lines: LineFinder): boolean {
  const before = lines.slice(lines.lineStart(range.start), range.start);
  const after = lines.slice(range.end, lines.lineEnd(range.end));
  return (
    /^\s*([\w.,\s()[\]]*(:[^=]*)?=\s*|return\s+|yield\s+)?$/.test(before) && /^\s*(#.*)?\r?$/.test(after)
  );
}

function costText(
  marks: readonly Mark[],
  groups: readonly CallGroup[],
  sign: (mark: Mark) => string,
  numbers: Numbers,
): string {
  const total = marks.reduce((sum, { fpo }) => sum + fpo.total, 0);
  const [first] = marks;
  if (first === undefined || total === 0) return repeats(groups, numbers);
  const mark = marks.some(({ gap }) => gap !== undefined) ? '≥ ' : sign(first);
  const [low, high] = first.fpoRange;
  if (marks.length === 1 && first.count > 1 && low === high)
    return `${numbers.exact(first.count)} × ${mark}${numbers.fpo(low)}`;
  const times = repeats(groups, numbers);
  return `${mark}${numbers.fpo(total)}${times === '' ? '' : ` in ${times}`}`;
}

/** `16 calls` where one place runs more than once. */
function repeats(groups: readonly CallGroup[], numbers: Numbers): string {
  const counts = groups.map(({ outer }) => outer.count);
  const most = Math.max(...counts);
  return most > 1 ? numbers.plural(most, 'call') : '';
}
