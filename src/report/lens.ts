// The line above a class or a factory, `25.6 M params · 8.18 GFPO · 97.5 MiB · 1×3×224×224`, and the still shorter
// text of the status bar. What is assumed, missing or stale is said in the line itself, not only in its tooltip.

import type { RootReport } from '../analysis/file-report';
import type { ModelReport } from '../price/model-report';
import {
  assumptionWords,
  type Certainty,
  certaintyOf,
  gapSentence,
  gapWords,
  knobSentence,
} from './certainty';
import { clip, label } from './escape';
import type { Numbers } from './numbers';
import { crosses } from './shapes';
import { type PartOfRoot, partOfRoot } from './within';

export interface LensContext {
  readonly numbers: Numbers;
  /** The figures are those of an earlier text. */
  readonly stale: boolean;
  /** All roots of the file. */
  readonly roots: readonly RootReport[];
}

/** The price of a root in one line. */
export function lensText(root: RootReport, { numbers, stale, roots }: LensContext): string {
  return label([...parts(root, roots, numbers), ...(stale ? ['before this edit'] : [])].join(' · '));
}

function parts(root: RootReport, roots: readonly RootReport[], numbers: Numbers): string[] {
  const { report } = root;
  if (report !== null && !isEmpty(report)) {
    const certainty = certaintyOf(report, root.input);
    return [...figures(report, certainty, numbers), ...caveats(report, certainty, numbers)];
  }
  const part = partOfRoot(root, roots);
  return part ? partFigures(part, numbers) : [`Not priced: ${clip(problemOf(root), 90)}`];
}

/** `16 in resnet50() · 23.5 M params · 8.00 GFPO · 89.9 MiB`: the instances in another root. */
function partFigures({ holder, count, params, fpo, weightBytes }: PartOfRoot, numbers: Numbers): string[] {
  const certainty = certaintyOf(holder.report, holder.input);
  const words = [
    certainty.assumedInput ? 'assumed input' : undefined,
    assumptionWords(certainty, numbers),
    gapWords(certainty, numbers),
  ];
  return [
    `${numbers.exact(count)} in ${clip(holder.id, 40)}`,
    `${certainty.weightSign}${numbers.count(params)} params`,
    holder.report.fpo === null ? 'FPO unknown' : `${certainty.sign}${numbers.fpo(fpo)}`,
    `${certainty.weightSign}${numbers.bytes(weightBytes)}`,
    ...words.filter((word) => word !== undefined),
  ];
}

/** Whether nothing of a model could be followed: there is a report of gaps, and no figure in it. */
const isEmpty = ({ fpo, params, gaps }: ModelReport): boolean =>
  fpo === null && params.total === 0 && gaps.length > 0;

const problemOf = ({ problem, report }: RootReport): string =>
  problem?.message ?? report?.gaps[0]?.reason ?? 'nothing in it could be followed';

function figures(report: ModelReport, certainty: Certainty, numbers: Numbers): string[] {
  return [
    `${certainty.weightSign}${numbers.count(report.params.total)} params`,
    report.fpo === null ? 'FPO unknown' : `${certainty.sign}${numbers.fpo(report.fpo.total)}`,
    `${certainty.weightSign}${numbers.bytes(report.memory.weights)}`,
  ];
}

function caveats(report: ModelReport, certainty: Certainty, numbers: Numbers): string[] {
  const shapes = crosses(report.inputs);
  const input = shapes === '' ? undefined : certainty.assumedInput ? `assumed input ${shapes}` : shapes;
  return [input, assumptionWords(certainty, numbers), gapWords(certainty, numbers)].filter(
    (part) => part !== undefined,
  );
}

/** What the lens has no room for: a sentence a line, plain text. */
export function lensTooltip(root: RootReport, { numbers, stale, roots }: LensContext): string {
  const report = root.report ?? partOfRoot(root, roots)?.holder.report;
  const lines = [
    ...(root.report === null ? [problemOf(root)] : []),
    ...(report ? reportLines(report, numbers) : []),
    ...(stale ? ['These are the figures of the last text that could be read.'] : []),
    'Open the report',
  ];
  return lines.join('\n');
}

const reportLines = (report: ModelReport, numbers: Numbers): string[] => [
  'Parameters, FPO of one forward pass, weights, input',
  ...report.knobs.filter(({ source }) => source === 'assumed').map(knobSentence),
  ...report.gaps.map((gap) => `Gap: ${gapSentence(gap, numbers)}`),
];

/** The status bar's text, `ResNet 8.18 GFPO`. */
export function statusText(root: RootReport, numbers: Numbers): string {
  const name = clip(root.report?.name ?? root.id, 30);
  if (root.report === null) return label(`${name} not priced`);
  const { sign } = certaintyOf(root.report, root.input);
  const { fpo } = root.report;
  return label(`${name} ${fpo === null ? 'FPO unknown' : sign + numbers.fpo(fpo.total)}`);
}
