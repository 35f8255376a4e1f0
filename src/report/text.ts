// The report for terminals: price tag, largest layers, assumptions and gaps. Plain text, no colours, no control codes.

import type { ModelReport } from '../price/model-report';
import { oneLine } from './escape';
import {
  caveatLines,
  convention,
  type ExportContext,
  exportNumbers,
  layerLines,
  measureWords,
  tagRows,
  tensorLines,
} from './export-context';
import type { Numbers } from './numbers';

const MOST_LAYERS = 10;

/** The report as text for a terminal. */
export function toText(report: ModelReport, context: ExportContext): string {
  const numbers = exportNumbers();
  const { knobs, gaps } = caveatLines(report, context, numbers);
  const blocks = [
    [oneLine(report.name), ...indent(tagTable(report, numbers))],
    headed(`Largest layers, by their own ${measureWords(report)}`, layerTable(report, numbers)),
    headed('Knobs', knobs.map(oneLine)),
    headed(numbers.plural(gaps.length, 'gap'), gaps.map(oneLine)),
    convention(report),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')}\n`;
}

const indent = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

const headed = (heading: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [heading, ...indent(lines)];

function tagTable(report: ModelReport, numbers: Numbers): string[] {
  const tensors = [
    ['Input', tensorLines(report.inputs)],
    ['Output', tensorLines(report.outputs)],
  ].map(([what, which]) => `${what}`.padEnd(26) + which);
  const rows = tagRows(report, numbers).map(({ what, exact, short }) => [what, exact, short]);
  return [...table(rows, ['left', 'right', 'right']), ...tensors];
}

function layerTable(report: ModelReport, numbers: Numbers): string[] {
  const rows = layerLines(report, MOST_LAYERS, numbers).map(({ path, layer, params, fpo, share, output }) => [
    oneLine(path),
    oneLine(layer),
    params,
    fpo,
    share,
    output,
  ]);
  if (rows.length === 0) return [];
  const head = ['layer', 'class', 'params', 'FPO', 'share', 'output'];
  return table([head, ...rows], ['left', 'left', 'right', 'right', 'right', 'left']);
}

/** Columns as wide as their widest cell, two spaces between them. */
function table(rows: readonly (readonly string[])[], sides: readonly ('left' | 'right')[]): string[] {
  const widths = sides.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const cell = (text: string, column: number): string => {
    const width = widths[column] ?? 0;
    return sides[column] === 'right' ? text.padStart(width) : text.padEnd(width);
  };
  return rows.map((row) => row.map(cell).join('  ').trimEnd());
}
