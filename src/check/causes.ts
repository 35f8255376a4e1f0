// The changed lines that a difference comes from. A layer is made and called at a chain of places: where a changed line is
// one of them, it is the cause. Else a changed line in a definition that one of the places lies in may be: a width that is
// set above the layer. Else any changed line of the files that the model is made of.

import { diffLines } from 'diff';
import { LineIndex } from '../base/lines';
import type { Range, Site } from '../base/site';
import type { LayerRow } from '../price/model-report';
import { outline } from '../syntax';
import type { RowChange } from './layers';
import type { CauseLines, Lines } from './model';

const MOST = 5;
const ANYWHERE = { first: 1, last: Number.POSITIVE_INFINITY };
/** Edits beyond which two texts are taken to differ everywhere. */
const MOST_EDITS = 4000;

/** A file on one side: its text, and which lines of it changed. */
interface SideOfFile {
  readonly lines: LineIndex;
  /** Changed lines, from 1; a range that ends before it begins stands between two lines. */
  readonly changed: readonly Span[];
  /** Definitions at module level. */
  readonly definitions: readonly Range[];
}

interface Span {
  readonly first: number;
  readonly last: number;
}

export type Side = CauseLines['side'];

/** Texts of a file on both sides, by its path from the top folder on the side asked for. */
export type Texts = (file: string, side: Side) => { readonly before: string; readonly after: string };

export interface Places {
  /** Paths from the top folder; undefined for files outside of it. */
  readonly relative: (file: string) => string | undefined;
  readonly texts: Texts;
}

export class Causes {
  private readonly files = new Map<string, SideOfFile>();

  constructor(private readonly places: Places) {}

  /** Changed lines behind a difference between layers; `sources` are files that changed and that the root is made of. */
  of({ before, after }: RowChange, sources: readonly string[]): CauseLines[] {
    const one = after ? this.ofRow(after, 'after') : [];
    const other = before ? this.ofRow(before, 'before') : [];
    const isDirect = ({ direct }: CauseLines): boolean => direct;
    const found = [one.filter(isDirect), other.filter(isDirect), one, other].find((list) => list.length > 0);
    return (found ?? sources.flatMap((file) => this.anywhere(file))).slice(0, MOST);
  }

  /** Where a layer is made, outermost first, in files of the repository. */
  made(row: LayerRow, side: Side): Lines[] {
    return row.constructed.flatMap((site) => this.linesOf(site, side) ?? []);
  }

  private linesOf({ file, start, end }: Site, side: Side): Lines | undefined {
    const path = this.places.relative(file);
    if (path === undefined) return undefined;
    const { lines } = this.file(path, side);
    return {
      file: path,
      side,
      first: lines.lineOf(start) + 1,
      last: lines.lineOf(Math.max(start, end - 1)) + 1,
    };
  }

  private ofRow({ constructed, called }: LayerRow, side: Side): CauseLines[] {
    const sites = [...constructed, ...called].reverse();
    const places = sites.flatMap((site) => this.linesOf(site, side) ?? []);
    const direct = places.flatMap((place) => this.overlapping(place, place, true));
    if (direct.length > 0) return unique(direct);
    const around = sites.flatMap((site) => this.around(site, side));
    if (around.length > 0) return unique(around);
    return unique(places.flatMap(({ file }) => this.overlapping(ANYWHERE, { file, side }, false)));
  }

  /** Changed lines in the definitions at module level that a place lies in. */
  private around(site: Site, side: Side): CauseLines[] {
    const file = this.places.relative(site.file);
    if (file === undefined) return [];
    const { definitions, lines } = this.file(file, side);
    const holder = definitions.find(({ start, end }) => site.start >= start && site.start < end);
    if (!holder) return [];
    const span = {
      first: lines.lineOf(holder.start) + 1,
      last: lines.lineOf(Math.max(holder.start, holder.end - 1)) + 1,
    };
    return this.overlapping(span, { file, side }, false);
  }

  private anywhere(file: string): CauseLines[] {
    return this.overlapping(ANYWHERE, { file, side: 'after' }, false);
  }

  private overlapping(
    span: Span,
    { file, side }: Pick<Lines, 'file' | 'side'>,
    direct: boolean,
  ): CauseLines[] {
    const { changed } = this.file(file, side);
    return changed
      .filter(({ first, last }) => last >= first && first <= span.last && last >= span.first)
      .map(({ first, last }) => ({ file, side, first, last, direct }));
  }

  private file(path: string, side: Side): SideOfFile {
    const key = `${side} ${path}`;
    const known = this.files.get(key) ?? sideOfFile(this.places.texts(path, side), side);
    this.files.set(key, known);
    return known;
  }
}

const unique = (causes: readonly CauseLines[]): CauseLines[] => [
  ...new Map(causes.map((cause) => [`${cause.file}:${cause.first}`, cause])).values(),
];

function sideOfFile(texts: { readonly before: string; readonly after: string }, side: Side): SideOfFile {
  const text = texts[side];
  const definitions = (outline(text) ?? []).filter(({ name }) => name !== undefined);
  return { lines: new LineIndex(text), changed: changedLines(texts.before, texts.after)[side], definitions };
}

/** Changed lines of both sides; line ends do not count. */
export function changedLines(before: string, after: string): Record<Side, Span[]> {
  const spans: Record<Side, Span[]> = { after: [], before: [] };
  if (before === after) return spans;
  const changes = diffLines(plain(before), plain(after), { maxEditLength: MOST_EDITS });
  if (!changes) return { after: [whole(after)], before: [whole(before)] };
  const at = { after: 1, before: 1 };
  for (const { count = 0, added, removed } of changes) {
    if (added) spans.after.push({ first: at.after, last: at.after + count - 1 });
    if (removed) spans.before.push({ first: at.before, last: at.before + count - 1 });
    if (!removed) at.after += count;
    if (!added) at.before += count;
  }
  return spans;
}

const plain = (text: string): string => text.replaceAll('\r\n', '\n').replace(/\n?$/, '\n');

const whole = (text: string): Span => ({ first: 1, last: text.split('\n').length });
