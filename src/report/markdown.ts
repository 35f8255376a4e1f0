// The report for READMEs, model cards and pull requests: the price tag and the largest layers as Markdown tables.

import type { ModelReport } from '../price/model-report';
import { markdown } from './escape';
import {
  caveatLines,
  convention,
  type ExportContext,
  exportNumbers,
  layerLines,
  tagRows,
  tensorLines,
} from './export-context';
import type { Numbers } from './numbers';

const MOST_LAYERS = 10;

/** The report as Markdown. */
export function toMarkdown(report: ModelReport, context: ExportContext): string {
  const numbers = exportNumbers();
  const { knobs, gaps } = caveatLines(report, context, numbers);
  const blocks = [
    `### Price tag of ${markdown(report.name)}`,
    tagTable(report, numbers),
    layerTable(report, numbers),
    list('Knobs', knobs),
    list(numbers.plural(gaps.length, 'gap'), gaps),
    `<sub>${convention(report).map(markdown).join(' ')}</sub>`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function tagTable(report: ModelReport, numbers: Numbers): string {
  const rows = tagRows(report, numbers).map(({ what, short, exact }) =>
    line([what, short, exact].map(markdown)),
  );
  const tensors = [
    line(['Input', markdown(tensorLines(report.inputs)), '']),
    line(['Output', markdown(tensorLines(report.outputs)), '']),
  ];
  return ['| | | exactly |', '|---|---:|---:|', ...rows, ...tensors].join('\n');
}

function layerTable(report: ModelReport, numbers: Numbers): string {
  const rows = layerLines(report, MOST_LAYERS, numbers).map(({ path, layer, params, fpo, share, output }) =>
    line([path, layer, params, fpo, share, output].map(markdown)),
  );
  if (rows.length === 0) return '';
  const head = ['| largest layers | | parameters | FPO | share | output |', '|---|---|---:|---:|---:|---|'];
  return [...head, ...rows].join('\n');
}

const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const list = (heading: string, sentences: readonly string[]): string =>
  sentences.length === 0
    ? ''
    : [`**${heading}**`, '', ...sentences.map((text) => `- ${markdown(text)}`)].join('\n');
