// The report for programs: the record as it is, with the convention and with line numbers beside the offsets.

import type { Site } from '../base/site';
import type { ModelReport } from '../price/model-report';
import { convention, type ExportContext, lineNumbers } from './export-context';

/** The report as JSON; `line` (from 1) is added to each site whose file's text is at hand. */
export function toJson(report: ModelReport, context: ExportContext): string {
  const lineOf = lineNumbers(context);
  const lined = withLines({ convention: convention(report), ...report }, lineOf);
  return `${JSON.stringify(lined, null, 2)}\n`;
}

type LineOf = (site: Site) => number | undefined;

/** A copy in which sites have lines. A replacer function would do the same, at several times the price. */
function withLines(value: unknown, lineOf: LineOf): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => withLines(item, lineOf));
  if (isSite(value)) return { ...value, line: lineOf(value) };
  const copy: Record<string, unknown> = {};
  for (const [key, item] of Object.entries(value)) copy[key] = withLines(item, lineOf);
  return copy;
}

const isSite = (value: object): value is Site =>
  'file' in value &&
  typeof value.file === 'string' &&
  'start' in value &&
  typeof value.start === 'number' &&
  'end' in value;
