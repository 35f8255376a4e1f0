// The check for terminals. No line begins with text of the user's, because a build log may take a line that begins with
// `::` for a command.

import { oneLine } from '../../report/escape';
import { type Amounts, createAmounts } from '../amounts';
import type { BudgetVerdict, CheckReport, RootChange } from '../model';
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

const MOST_LAYERS = 6;

export function toText(report: CheckReport, top: string): string {
  const amounts = createAmounts();
  const blocks = [
    [`Price Tag: ${title(report, amounts)}`],
    ...report.roots.map((root) => rootLines(root, amounts, top)),
    report.problems.map(
      ({ file, line, severity, message }) => `${severity}: ${relativePlace(file, top)}:${line}: ${message}`,
    ),
    report.notes.map((note) => `note: ${note}`),
    [outcomeWords(report, amounts)],
  ];
  const lines = blocks.filter((block) => block.length > 0).map((block) => block.map(clean).join('\n'));
  return `${lines.join('\n\n')}\n`;
}

/** The first line is all that an editor shows of a commit that is held up. */
const title = (report: CheckReport, amounts: Amounts): string =>
  report.outcome === 'broken'
    ? `${outcomeWords(report, amounts).replace(/\.$/, '')}: ${comparisonWords(report)}`
    : comparisonWords(report);

/** On one line, with the indentation that we gave it. */
const clean = (line: string): string => (/^ */.exec(line)?.[0] ?? '') + oneLine(line);

function rootLines(root: RootChange, amounts: Amounts, top: string): string[] {
  const { status, key, verdicts, notes, layers } = root;
  const rows = figureRows(root, amounts);
  const shown = layers.slice(0, MOST_LAYERS);
  const rest = layers.length - shown.length;
  return [
    `${status} ${key}${place(root)}: ${summary(root, amounts)}`,
    ...(root.before?.figures && root.after?.figures
      ? rows.map(
          ({ words, before, after, difference }) =>
            `  ${words}: ${before} → ${after}${difference && `  (${difference})`}`,
        )
      : []),
    ...verdicts.map((verdict) => verdictLine(verdict, top)),
    ...notes.map((note) => `  note: ${note}`),
    ...((root.after ?? root.before)?.caveats.map((caveat) => `  less than exact: ${caveat}`) ?? []),
    ...shown.map((layer) =>
      ['  layer', LAYER_SIGNS[layer.status], layerName(layer), layerWords(layer, amounts), causeWords(layer)]
        .filter(Boolean)
        .join(' '),
    ),
    ...(rest > 0 ? [`  and ${amounts.plural(rest, 'more layer')}`] : []),
  ];
}

const OUTCOMES: Readonly<Record<BudgetVerdict['outcome'], string>> = {
  broken: 'OVER BUDGET',
  holds: 'within budget',
  uncertain: 'UNCERTAIN',
};

const verdictLine = ({ outcome, sentence, place }: BudgetVerdict, top: string): string =>
  `  ${OUTCOMES[outcome]}: ${sentence} [${relativePlace(place.file, top)}:${place.line}]`;

function place({ after, before }: RootChange): string {
  const { file, first } = (after ?? before)?.definition ?? { file: '', first: 0 };
  return /\.py$/.test(file) ? ` (line ${first})` : '';
}
