// The report for papers: one LaTeX table (booktabs) with the convention in its caption, so that the figures can be
// compared with those of other papers.

import type { ModelReport } from '../price/model-report';
import { latex } from './escape';
import {
  caveatLines,
  convention,
  type ExportContext,
  exportNumbers,
  tagRows,
  tensorLines,
} from './export-context';

/** The report as a LaTeX table; knobs and gaps stand in comments above it and in the caption by number. */
export function toLatex(report: ModelReport, context: ExportContext): string {
  const numbers = exportNumbers();
  const { knobs, gaps } = caveatLines(report, context, numbers);
  const rows = tagRows(report, numbers).map(
    ({ what, short, exact }) => `  ${[what, short, exact].map(latex).join(' & ')} \\\\`,
  );
  return `${[
    '% Needs \\usepackage{booktabs}.',
    ...knobs.map((text) => `% knob: ${comment(text)}`),
    ...gaps.map((text) => `% gap: ${comment(text)}`),
    '\\begin{table}',
    '  \\centering',
    `  \\caption{Price tag of ${latex(report.name)}. ${caption(report, knobs, gaps)}}`,
    '  \\begin{tabular}{lrr}',
    '  \\toprule',
    '  & & exactly \\\\',
    '  \\midrule',
    ...rows,
    `  Input & \\multicolumn{2}{r}{${latex(tensorLines(report.inputs))}} \\\\`,
    '  \\bottomrule',
    '  \\end{tabular}',
    '\\end{table}',
  ].join('\n')}\n`;
}

function caption(report: ModelReport, knobs: readonly string[], gaps: readonly string[]): string {
  const assumed = report.knobs.flatMap(({ source }, at) => (source === 'assumed' ? [knobs[at] ?? ''] : []));
  const caveats = [
    ...(assumed.length > 0 ? [`Assumed: ${assumed.join('; ')}.`] : []),
    ...(gaps.length > 0 ? [`Not counted: ${gaps.join('; ')}.`] : []),
  ];
  return [...convention(report), ...caveats].map(latex).join(' ');
}

const comment = (text: string): string => text.replace(/\s+/g, ' ');
