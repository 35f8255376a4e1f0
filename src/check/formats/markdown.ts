// The check as Markdown, for a comment on a pull request: a table of what changed, the budgets, and the layers behind it.

import { markdown, markdownCellCode, markdownCode, oneLine } from '../../report/escape';
import { type Amounts, createAmounts } from '../amounts';
import type { BudgetOutcome, CheckReport, LayerChange, RootChange } from '../model';
import { relativePlace } from '../places';
import {
  causeWords,
  comparisonWords,
  figureRows,
  LAYER_SIGNS,
  layerName,
  layerWords,
  outcomeWords,
  summary,
} from '../words';

const MOST_LAYERS = 20;

export function toMarkdown(report: CheckReport, top: string): string {
  const amounts = createAmounts();
  const blocks = [
    '### Price Tag',
    `${ICONS[report.outcome]} ${markdown(outcomeWords(report, amounts))}`,
    table(report.roots, amounts),
    verdicts(report.roots),
    ...report.roots.map((root) => details(root, amounts)),
    list(
      report.problems.map(
        ({ file, line, severity, message }) => `${severity}: ${relativePlace(file, top)}:${line}: ${message}`,
      ),
    ),
    list(report.notes),
    `<sub>${markdown(comparisonWords(report))}. FPO = floating-point operations of one forward pass: additions and multiplications, counted one each.</sub>`,
  ];
  return `${blocks.filter(Boolean).join('\n\n')}\n`;
}

const ICONS: Readonly<Record<BudgetOutcome, string>> = { broken: '❌', holds: '✅', uncertain: '❓' };

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

const list = (sentences: readonly string[]): string =>
  sentences.map((text) => `- ${markdown(text)}`).join('\n');

function table(roots: readonly RootChange[], amounts: Amounts): string {
  if (roots.length === 0) return '';
  const rows = roots.map((root) => {
    const figures = figureRows(root, amounts).slice(0, 3);
    const cells = figures.map(({ before, after, difference }) =>
      markdown(before === after ? after : `${before} → ${after}${difference && ` (${difference})`}`),
    );
    return row([markdownCellCode(root.key), markdown(root.status), ...cells]);
  });
  return [row(['model', '', 'parameters', 'FPO', 'peak memory']), '|---|---|---:|---:|---:|', ...rows].join(
    '\n',
  );
}

function verdicts(roots: readonly RootChange[]): string {
  const lines = roots.flatMap(({ key, verdicts: all }) =>
    all.map(({ outcome, sentence }) => `- ${ICONS[outcome]} ${markdownCode(key)}: ${markdown(sentence)}`),
  );
  return lines.join('\n');
}

function details(root: RootChange, amounts: Amounts): string {
  const { key, layers, notes } = root;
  const caveats = (root.after ?? root.before)?.caveats ?? [];
  if (layers.length === 0 && notes.length === 0 && caveats.length === 0) return '';
  const shown = layers.slice(0, MOST_LAYERS);
  const more =
    layers.length > shown.length ? [`and ${amounts.plural(layers.length - shown.length, 'more layer')}`] : [];
  const body = [
    list([summary(root, amounts), ...notes, ...caveats.map((caveat) => `less than exact: ${caveat}`)]),
    layerTable(shown, amounts),
    list(more),
  ];
  const text = body.filter(Boolean).join('\n\n');
  return `<details><summary>${html(key)}</summary>\n\n${text}\n\n</details>`;
}

function layerTable(layers: readonly LayerChange[], amounts: Amounts): string {
  if (layers.length === 0) return '';
  const rows = layers.map((layer) =>
    row(
      [LAYER_SIGNS[layer.status], layerName(layer), layerWords(layer, amounts), causeWords(layer)].map(
        markdown,
      ),
    ),
  );
  return [row(['', 'layer', 'difference', 'lines']), '|---|---|---|---|', ...rows].join('\n');
}

/** Inside an HTML element Markdown's backslashes are none: whatever could mean anything is written by its number. */
const html = (text: string): string =>
  oneLine(text).replace(/[^\p{L}\p{N} ._/()-]/gu, (character) => `&#${character.codePointAt(0)};`);
