// The report for programs: the record as it is, with the convention and with line numbers beside the offsets.

import type { Site } from '../base/site';
import type { ModelReport } from '../price/model-report';
import { convention, type ExportContext, lineNumbers } from './export-context';

/** The report as JSON; `line` (from 1) is added to each site whose file's text is at hand. */
export function toJson(report: ModelReport, context: ExportContext): string {
  const lineOf = lineNumbers(context);
  const withLine = (_key: string, value: unknown): unknown => {
    const line = isSite(value) ? lineOf(value) : undefined;
    return line === undefined ? value : { ...(value as Site), line };
  };
  return `${JSON.stringify({ convention: convention(report), ...report }, withLine, 2)}\n`;
}

const isSite = (value: unknown): value is Site =>
  typeof value === 'object' &&
  value !== null &&
  'file' in value &&
  typeof value.file === 'string' &&
  'start' in value &&
  typeof value.start === 'number' &&
  'end' in value;
