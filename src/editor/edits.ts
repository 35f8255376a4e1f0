// Places in a text that goes on changing: a report speaks of the text that was analysed, the editor shows what has
// been typed since. Ranges are carried over the edits in between, so that lenses and hovers stay where they belong
// without waiting for the next report. Knows nothing of VS Code.

import type { Range } from '../base/site';

/** A replacement of `removed` units at `start` by `added` units; made the document this version. */
export interface Edit {
  readonly start: number;
  readonly removed: number;
  readonly added: number;
  readonly version: number;
}

/** Where a range is after an edit; undefined where all of it was replaced. */
export function carryOver(range: Range, { start, removed, added }: Edit): Range | undefined {
  const end = start + removed;
  const shift = added - removed;
  if (end <= range.start) return { start: range.start + shift, end: range.end + shift };
  if (start >= range.end) return range;
  if (start <= range.start && end >= range.end) return undefined;
  return {
    start: start <= range.start ? start + added : range.start,
    end: end >= range.end ? start : range.end + shift,
  };
}

/** Where a range is after several edits, in order. */
export const carryOverAll = (range: Range, edits: readonly Edit[]): Range | undefined =>
  edits.reduce<Range | undefined>((at, edit) => (at === undefined ? undefined : carryOver(at, edit)), range);

/** The edits of each document since the oldest version that a report still speaks of. */
export class EditLog {
  private readonly edits = new Map<string, readonly Edit[]>();

  /** Edits of one change, any order: they all speak of the text before it, so the last one in the text comes first. */
  record(uri: string, edits: readonly Edit[]): void {
    const ordered = [...edits].sort((a, b) => b.start - a.start);
    this.edits.set(uri, [...(this.edits.get(uri) ?? []), ...ordered]);
  }

  /** Edits after one version up to another, oldest first. */
  between(uri: string, from: number, to = Number.POSITIVE_INFINITY): readonly Edit[] {
    return (this.edits.get(uri) ?? []).filter(({ version }) => version > from && version <= to);
  }

  /** Forgets what nothing speaks of any more. */
  forget(uri: string, upTo = Number.POSITIVE_INFINITY): void {
    const rest = this.between(uri, upTo);
    if (rest.length === 0) this.edits.delete(uri);
    else this.edits.set(uri, rest);
  }
}
