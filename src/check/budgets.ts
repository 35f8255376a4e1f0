// Judges budgets. A budget that is exceeded is broken, even where the figure is only a lower bound or rests on an
// assumption. One that is kept holds only where the figure is exact: what is unknown, assumed or misses a part never
// passes in silence.

import { type Budget, bareId, budgetsFor, type Config } from '../analysis/config';
import type { RootReport } from '../analysis/file-report';
import { LineIndex } from '../base/lines';
import { FIGURES } from '../price/figures';
import { type Amounts, createAmounts } from './amounts';
import type { BudgetOutcome, BudgetProblem, BudgetVerdict, ConfigPlace, Trust } from './model';
import type { Price } from './root-state';

/** Verdicts on a root, as it is and as it was; `before` is undefined where there is nothing to compare with. */
export function judge(
  config: Config | undefined,
  key: string,
  after: Price,
  before: Price | null | undefined,
  isPart = false,
): BudgetVerdict[] {
  if (!config) return [];
  const priced = after.figures !== null || Boolean(before?.figures);
  return budgetsFor(config, key).flatMap((budget) => {
    // What is new has not grown. A pattern means models, and not what is only a part of one.
    if (budget.kind === 'increase' && !before) return [];
    if (isPart && !priced && bareId(budget.key) !== key) return [];
    return [verdict(config, budget, after, before)];
  });
}

/** A class without a price of its own: it is made by another model, or with arguments that its file does not have. */
export const isPartOnly = ({ within, missing }: RootReport): boolean =>
  within !== undefined || missing !== undefined;

function verdict(
  config: Config,
  budget: Budget & { readonly key: string },
  after: Price,
  before: Price | null | undefined,
): BudgetVerdict {
  const { figure, kind, spelled } = budget;
  const value = after.figures?.[figure] ?? null;
  const valueBefore = before?.figures?.[figure] ?? null;
  const limit =
    kind === 'most' ? budget.amount : valueBefore === null ? null : valueBefore * (1 + budget.amount);
  const trust = worst([after.trust?.[figure], ...(kind === 'increase' ? [before?.trust?.[figure]] : [])]);
  const outcome = outcomeOf(value, limit, trust, kind);
  const overBefore = kind === 'most' && valueBefore !== null ? valueBefore > budget.amount : null;
  const judged = {
    outcome,
    figure,
    kind,
    budget: budget.key,
    spelled,
    limit,
    value,
    valueBefore,
    overBefore,
  };
  return { ...judged, sentence: sentence(judged, after, trust), place: placeIn(config, budget.range) };
}

const ORDER: readonly Trust[] = ['exact', 'assumed', 'atLeast'];

const worst = (all: readonly (Trust | undefined)[]): Trust =>
  ORDER[
    Math.max(...all.map((trust) => (trust === undefined ? ORDER.length - 1 : ORDER.indexOf(trust))))
  ] as Trust;

/** What arithmetic may take from a limit that a share is computed for. */
const ROUNDING = 1e-12;

function outcomeOf(
  value: number | null,
  limit: number | null,
  trust: Trust,
  kind: Budget['kind'],
): BudgetOutcome {
  if (value === null || limit === null) return 'uncertain';
  // A lower bound of the figure before says nothing of how much more it is now.
  if (value > limit * (1 + ROUNDING))
    return kind === 'increase' && trust === 'atLeast' ? 'uncertain' : 'broken';
  return trust === 'exact' ? 'holds' : 'uncertain';
}

// --- words ------------------------------------------------------------------------------------------------------------

type Judged = Omit<BudgetVerdict, 'place' | 'sentence'>;

/** As in `27.3 M parameters, over its budget of 26M by 1.30 M since this change (25.6 M before)`. */
function sentence(judged: Judged, { problem }: Price, trust: Trust): string {
  const amounts = createAmounts();
  const { figure, outcome, value } = judged;
  const budget = budgetWords(judged, amounts);
  if (value === null)
    return `nobody can tell its ${FIGURES[figure].words}, so whether ${budget} holds is uncertain${problem === null ? '' : `: ${problem}`}`;
  const what = `${trust === 'atLeast' ? 'at least ' : ''}${amounts.words(figure, value)}`;
  if (outcome === 'holds') return `${what}, within ${budget}`;
  if (outcome === 'uncertain')
    return `${what}; whether ${budget} holds is uncertain: ${doubt(judged, trust)}`;
  return `${what}, over ${budget}${since(judged, amounts)}${trust === 'assumed' ? ', by an assumed value' : ''}`;
}

function budgetWords({ kind, spelled, figure, valueBefore }: Judged, { amount }: Amounts): string {
  if (kind === 'most') return `its budget of ${spelled}`;
  const before = valueBefore === null ? 'what it was' : `the ${amount(figure, valueBefore)} it was`;
  return `its budget of ${spelled} more than ${before} before`;
}

function since(judged: Judged, { amount, exact, share }: Amounts): string {
  const { kind, figure, valueBefore, overBefore } = judged;
  const [value, limit] = [judged.value ?? 0, judged.limit ?? 0];
  if (kind === 'increase')
    return valueBefore === 0 ? '' : ` (+${share(value - (valueBefore ?? 0), valueBefore ?? 0)})`;
  const by = ` by ${exact(figure, value - limit)}`;
  if (overBefore === null) return by;
  const before = valueBefore === null ? '' : ` (${amount(figure, valueBefore)} before)`;
  return overBefore ? `${by}, as it was before this change${before}` : `${by} since this change${before}`;
}

function doubt({ kind, limit }: Judged, trust: Trust): string {
  if (kind === 'increase' && limit === null) return 'the figure before is not known';
  return trust === 'assumed'
    ? 'it rests on an assumed value; state the input in price-tag.json'
    : 'a part of the model could not be followed';
}

// --- places -----------------------------------------------------------------------------------------------------------

export const placeIn = (
  { file, text }: Pick<Config, 'file' | 'text'>,
  range: ConfigPlace['range'],
): ConfigPlace => ({
  file,
  range,
  line: new LineIndex(text).lineOf(range.start) + 1,
});

/** What is wrong with price-tag.json. */
export const configProblems = (config: Config): BudgetProblem[] =>
  config.problems.map(({ message, range, severity }) => ({ message, severity, ...placeIn(config, range) }));
