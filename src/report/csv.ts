// The report for spreadsheets: one line a layer, figures as plain integers. The convention and what is less than exact
// stand in comment lines above the header.

import type { LayerRow, ModelReport } from '../price/model-report';
import { csv, oneLine } from './escape';
import { caveatLines, convention, type ExportContext, exportNumbers, places } from './export-context';
import { tuples } from './shapes';

const COLUMNS = [
  'path',
  'class',
  'arguments',
  'params',
  'trainable',
  'own_params',
  'buffers',
  'fpo',
  'contraction_fpo',
  'own_fpo',
  'weight_bytes',
  'output_bytes',
  'calls',
  'input',
  'output',
  'constructed',
];

/** The layer tree as CSV; figures cover a layer and all below it unless `own` stands before them. */
export function toCsv(report: ModelReport, context: ExportContext): string {
  const { knobs, gaps } = caveatLines(report, context, exportNumbers());
  const place = places(context);
  const notes = [
    `Price tag of ${report.name}`,
    ...convention(report),
    ...knobs.map((text) => `knob: ${text}`),
    ...gaps.map((text) => `gap: ${text}`),
  ];
  const known = report.fpo !== null;
  const lines = report.layers.map((row) => {
    const site = row.constructed.at(-1);
    return cells(row, known, site === undefined ? '' : place(site))
      .map(csv)
      .join(',');
  });
  return `${[...notes.map((text) => `# ${oneLine(text)}`), COLUMNS.join(','), ...lines].join('\n')}\n`;
}

/** FPO that are not known are empty, not zero. */
function cells(row: LayerRow, known: boolean, place: string): (string | number)[] {
  const figure = (value: number): string | number => (known ? value : '');
  return [
    row.path,
    row.className,
    row.arguments ?? '',
    row.params.total,
    row.params.trainable,
    row.ownParams.total,
    row.buffers,
    figure(row.fpo.total),
    figure(row.fpo.contraction),
    figure(row.ownFpo.total),
    row.weightBytes,
    figure(row.outputBytes),
    figure(row.calls),
    tuples(row.inputs),
    tuples(row.outputs),
    place,
  ];
}
