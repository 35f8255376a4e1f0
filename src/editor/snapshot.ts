// What is sent to be analysed: the text of a document, or of a notebook with its code cells one after the other, and
// which piece of it is whose. Knows nothing of VS Code.

import type { Range } from '../base/site';
import { carryOverAll, type EditLog } from './edits';

/** A document's piece of the text. */
export interface Part {
  /** URI of the document (of the cell, in a notebook). */
  readonly uri: string;
  /** The document's version at that time. */
  readonly version: number;
  readonly start: number;
  readonly end: number;
}

/** How the analysed text is put together. */
export interface Layout {
  /** URI of the document or the notebook: what reports are kept by. */
  readonly key: string;
  /** What the analysis calls it: a path for files, else the URI. */
  readonly name: string;
  readonly parts: readonly Part[];
}

export interface Snapshot extends Layout {
  readonly text: string;
}

/** A range in a document. */
export interface Place {
  readonly uri: string;
  readonly range: Range;
}

/** A document as the snapshot needs it. */
export interface SourceText {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
}

const SEPARATOR = '\n\n';

/** One text from several, in order. */
export function join(key: string, name: string, sources: readonly SourceText[]): Snapshot {
  const parts: Part[] = [];
  let start = 0;
  for (const { uri, version, text } of sources) {
    parts.push({ uri, version, start, end: start + text.length });
    start += text.length + SEPARATOR.length;
  }
  return { key, name, parts, text: sources.map(({ text }) => text).join(SEPARATOR) };
}

/**
 * A notebook cell as Python: lines that IPython takes for itself (`%matplotlib inline`, `!pip install …`) become
 * comments, cells that it takes as a whole (`%%bash`) become blank. No offset changes.
 */
export function cellText(text: string): string {
  if (/^\s*%%/.test(text)) return text.replace(/[^\r\n]/g, ' ');
  return text.replace(/^([ \t]*)[%!?](?=[\w!?])/gm, '$1#');
}

/** The document that holds a range of the text, and where it is there now. */
export function placeOf(range: Range, layout: Layout, log: EditLog, upTo?: number): Place | undefined {
  const part = layout.parts.find(({ start, end }) => start <= range.start && range.end <= end);
  if (part === undefined) return undefined;
  const local = { start: range.start - part.start, end: range.end - part.start };
  const now = carryOverAll(local, log.between(part.uri, part.version, upTo));
  return now && { uri: part.uri, range: now };
}

/** Where a range of an older text is in a newer one; undefined where it is gone. */
export function carryRange(range: Range, from: Layout, to: Layout, log: EditLog): Range | undefined {
  const old = from.parts.find(({ start, end }) => start <= range.start && range.end <= end);
  const part = to.parts.find(({ uri }) => uri === old?.uri);
  const place = part && placeOf(range, from, log, part.version);
  return place && { start: place.range.start + part.start, end: place.range.end + part.start };
}
