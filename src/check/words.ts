// What is said of a changed root, in sentences that all formats share. Names in them are the user's text: each format
// escapes what it gets from here.

import { HEADLINE } from '../analysis/config';
import { FIGURES, type FigureName } from '../price/figures';
import type { Amounts } from './amounts';
import type { CauseLines, CheckReport, LayerChange, RootChange, RootState, Trust } from './model';

const MARKS: Readonly<Record<Trust, string>> = { assumed: '~', atLeast: '≥ ', exact: '' };

/** A figure with the mark that says how far it may be trusted; undefined where it is not known. */
export function figureOf(
  { figures, trust }: RootState,
  figure: FigureName,
  amounts: Amounts,
): string | undefined {
  const value = figures?.[figure] ?? null;
  return value === null ? undefined : MARKS[trust?.[figure] ?? 'exact'] + amounts.amount(figure, value);
}

/** One figure before and after; `difference` is empty where one of them is missing or nothing has changed. */
export interface FigureRow {
  readonly figure: FigureName;
  readonly words: string;
  readonly before: string;
  readonly after: string;
  readonly difference: string;
}

const UNKNOWN = 'unknown';
const ABSENT = '–';

/** The headline figures, and others that changed while those did not. */
export function figureRows({ before, after }: RootChange, amounts: Amounts): FigureRow[] {
  const shown = (state: RootState | null, figure: FigureName): string =>
    state === null ? ABSENT : (figureOf(state, figure, amounts) ?? UNKNOWN);
  return shownFigures(before, after).map((figure) => {
    const [then, now] = [before?.figures?.[figure] ?? null, after?.figures?.[figure] ?? null];
    return {
      figure,
      words: FIGURES[figure].words,
      before: shown(before, figure),
      after: shown(after, figure),
      difference:
        then === null || now === null || then === now || boundOf(figure, before, after) !== 'exact'
          ? ''
          : amounts.difference(figure, then, now),
    };
  });
}

function shownFigures(before: RootState | null, after: RootState | null): FigureName[] {
  const differs = (name: FigureName): boolean => before?.figures?.[name] !== after?.figures?.[name];
  const others = (['trainable', 'buffers', 'weights', 'trainingFpo'] as const).filter(differs);
  return HEADLINE.some(differs) || !before || !after ? [...HEADLINE] : [...HEADLINE, ...others];
}

/** `12 % more expensive per example, +1.20 M parameters`; what is new or gone says what it costs. */
export function summary(change: RootChange, amounts: Amounts): string {
  const { before, after, status } = change;
  if (!after) return `gone; it was ${priceWords(before as RootState, amounts)}`;
  if (!before) return `${status === 'added' ? 'new' : 'now'}: ${priceWords(after, amounts)}`;
  const from = status === 'renamed' || status === 'moved' ? `before ${nameOf(before)}; ` : '';
  return `${from}${differenceWords(before, after, amounts)}`;
}

const nameOf = ({ file, id }: RootState): string => (id === '' ? file : `${file}::${id}`);

/** `8.18 GFPO per example, 25.6 M parameters`. */
export function priceWords(state: RootState, amounts: Amounts): string {
  if (state.figures === null) return `without a price: ${state.problem ?? UNKNOWN}`;
  const fpo = figureOf(state, 'fpo', amounts);
  return `${fpo === undefined ? 'FPO unknown' : `${fpo} per example`}, ${figureOf(state, 'params', amounts)} parameters`;
}

function differenceWords(before: RootState, after: RootState, amounts: Amounts): string {
  if (!before.figures || !after.figures) return priceWords(after, amounts);
  const words = (['fpo', 'params', 'memory'] as const).map((figure) =>
    changeWords(figure, before, after, amounts),
  );
  const parts = words.filter((part) => part !== undefined && part !== '');
  if (words.includes(undefined))
    parts.push('the rest cannot be compared, because a part of the model could not be followed');
  if (parts.length === 0) return 'costs the same';
  return after.trust?.fpo === 'assumed' || before.trust?.fpo === 'assumed'
    ? `${parts.join(', ')}, with an assumed input or value`
    : parts.join(', ');
}

/** A figure's difference in words, empty where there is none; undefined where it cannot be told. */
function changeWords(
  figure: 'fpo' | 'memory' | 'params',
  before: RootState,
  after: RootState,
  amounts: Amounts,
): string | undefined {
  const [then, now] = [before.figures?.[figure] ?? null, after.figures?.[figure] ?? null];
  if (then === null || now === null) return undefined;
  const bound = boundOf(figure, before, after);
  // Of a lower bound only that it has grown can be told.
  if (bound === 'none' || (bound === 'lower' && now <= then)) return undefined;
  if (now === then) return '';
  const least = bound === 'lower' ? 'at least ' : '';
  if (figure === 'fpo') return least + expense(then, now, amounts);
  return `${least}${amounts.difference(figure, then, now)} ${figure === 'params' ? 'parameters' : 'peak memory'}`;
}

/** What a difference is: itself, a lower bound, or nothing that can be said. */
export function boundOf(
  figure: FigureName,
  before: RootState | null,
  after: RootState | null,
): 'exact' | 'lower' | 'none' {
  if (before?.trust?.[figure] === 'atLeast')
    return before.figures?.[figure] === after?.figures?.[figure] ? 'exact' : 'none';
  return after?.trust?.[figure] === 'atLeast' ? 'lower' : 'exact';
}

/** `12 % more expensive per example`. */
function expense(before: number, after: number, amounts: Amounts): string {
  if (before === 0) return `${amounts.amount('fpo', after)} per example instead of none`;
  const share = amounts.share(Math.abs(after - before), before);
  return `${share} ${after > before ? 'more expensive' : 'cheaper'} per example`;
}

// --- layers -----------------------------------------------------------------------------------------------------------

export const LAYER_SIGNS: Readonly<Record<LayerChange['status'], string>> = {
  added: '+',
  changed: '~',
  removed: '−',
  renamed: '=',
};

/** `layer4.2 (Bottleneck, 9 layers)`, `conv1 (Conv2d: 64 → 128)`. */
export function layerName({
  path,
  pathBefore,
  className,
  count,
  argumentsBefore,
  argumentsAfter,
}: LayerChange): string {
  const name = path === '' ? '(the model itself)' : path;
  const before = pathBefore === undefined || pathBefore === path ? '' : `, before ${pathBefore}`;
  const given =
    argumentsBefore === undefined || argumentsAfter === undefined
      ? ''
      : changedArguments(argumentsBefore, argumentsAfter);
  return `${name} (${className}${given}${count > 1 ? `, ${count} layers` : ''}${before})`;
}

/** The arguments that differ, or all where they do not stand against each other. */
function changedArguments(before: string, after: string): string {
  if (before === after) return '';
  const [then, now] = [before.split(', '), after.split(', ')];
  if (then.length !== now.length) return `: ${before} → ${after}`;
  const pairs = then.flatMap((one, at) => (one === now[at] ? [] : [`${one} → ${now[at]}`]));
  return `: ${pairs.join(', ')}`;
}

/** `+4.46 M parameters, +463 MFPO`. */
export function layerWords({ before, after, status }: LayerChange, amounts: Amounts): string {
  if (status === 'renamed') return 'same price';
  const parts = (['params', 'fpo'] as const).flatMap((figure) => {
    const [then, now] = [before ? before[figure] : 0, after ? after[figure] : 0];
    if (then === null || now === null || then === now) return [];
    const difference = amounts.difference(figure, then, now);
    return [figure === 'params' ? `${difference} parameters` : difference];
  });
  return parts.join(', ');
}

/** `net.py:12`, `net.py:12-14`; lines that are gone say so. */
export function linesWords({
  file,
  first,
  last,
  side,
}: Pick<CauseLines, 'file' | 'first' | 'last' | 'side'>): string {
  const lines = first === last ? `${first}` : `${first}-${last}`;
  return `${file}:${lines}${side === 'before' ? ' before the change' : ''}`;
}

export function causeWords({ causes }: LayerChange): string {
  if (causes.length === 0) return '';
  const [first] = causes;
  return `${first?.direct ? 'by' : 'perhaps by'} ${causes.map(linesWords).join(', ')}`;
}

// --- the whole --------------------------------------------------------------------------------------------------------

/** `what is staged against HEAD (1a2b3c4)`. */
export const comparisonWords = ({ head, base }: CheckReport): string => `${head.words} against ${base.words}`;

/** One sentence about all of it. */
export function outcomeWords({ roots, outcome }: CheckReport, amounts: Amounts): string {
  const verdicts = roots.flatMap((root) => root.verdicts);
  const count = (which: string): number => verdicts.filter((verdict) => verdict.outcome === which).length;
  if (outcome === 'broken')
    return `${amounts.plural(count('broken'), 'budget does', 'budgets do')} not hold.`;
  if (outcome === 'uncertain')
    return `${amounts.plural(count('uncertain'), 'budget')} cannot be judged for sure.`;
  if (roots.length === 0) return 'No model changes its price.';
  return verdicts.length === 0
    ? 'No budget is set for what changes.'
    : `${verdicts.length === 1 ? 'The budget holds.' : `All ${verdicts.length} budgets hold.`}`;
}
