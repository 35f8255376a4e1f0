// A priced root as the check tells of it: figures, how far each may be trusted, and where it is defined.

import type { RootReport } from '../analysis/file-report';
import { everyFigure, FIGURES, figuresOf } from '../price/figures';
import type { ModelReport } from '../price/model-report';
import { certaintyOf, gapSentence, knobSentence } from '../report/certainty';
import { exportNumbers } from '../report/export-context';
import { inputSpec } from '../report/input-spec';
import type { CauseLines, Definition, RootState, Trust } from './model';
import type { PricedFile } from './pricing';

const MOST_CAVEATS = 10;

export function rootState(file: PricedFile, root: RootReport, side: CauseLines['side']): RootState {
  const { id, kind, report, input } = root;
  return {
    file: file.path,
    id,
    kind,
    definition: definitionOf(file, root, side),
    ...priceOf(root),
    input,
    inputSpec: report ? inputSpec(report.inputs) : '',
    caveats: report ? caveats(root, report) : [],
  };
}

/** A root's figures, and how far each may be trusted. */
export function priceOf(root: RootReport): Price {
  const { report, problem } = root;
  if (report) return { figures: figuresOf(report), trust: trustOf(root, report), problem: null };
  return { figures: null, trust: null, problem: problem?.message ?? 'It has no price.' };
}

export type Price = Pick<RootState, 'figures' | 'problem' | 'trust'>;

function definitionOf(
  { path, lines }: PricedFile,
  { range, extent }: RootReport,
  side: Definition['side'],
): Definition {
  const last = lines.lineOf(Math.max(extent.start, extent.end - 1)) + 1;
  return {
    file: path,
    side,
    first: lines.lineOf(range.start) + 1,
    last,
    name: { start: range.start, end: range.end },
  };
}

function trustOf({ input, broken }: RootReport, report: ModelReport): RootState['trust'] {
  const { sign, weightSign } = certaintyOf(report, input);
  const words = (mark: string): Trust =>
    broken || mark.startsWith('≥') ? 'atLeast' : mark === '~' ? 'assumed' : 'exact';
  return everyFigure((name) => words(FIGURES[name].basis === 'run' ? sign : weightSign));
}

function caveats({ broken }: RootReport, report: ModelReport): string[] {
  const numbers = exportNumbers();
  const assumed = report.knobs.filter(({ source }) => source === 'assumed').map(knobSentence);
  const gaps = report.gaps.map((gap) => gapSentence(gap, numbers));
  const source = broken ? ['its source has errors, and only what could be read is counted'] : [];
  return [...source, ...assumed, ...gaps].slice(0, MOST_CAVEATS);
}
