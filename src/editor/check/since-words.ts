// Since when a model is over a budget: since a change that is not committed yet, or since which commit, as far as the
// history of its price is known. Knows nothing of VS Code.

import type { BudgetVerdict, History, RootChange } from '../../check/model';
import { overSince } from '../../check/over-since';

/** The verdict of another comparison on the same budget. */
export const sameBudget = (
  verdicts: readonly BudgetVerdict[],
  { figure, kind, budget }: BudgetVerdict,
): BudgetVerdict | undefined =>
  verdicts.find((each) => each.figure === figure && each.kind === kind && each.budget === budget);

/** The end of a sentence, or nothing where nobody can tell. */
export function sinceWords(
  verdict: BudgetVerdict,
  change: RootChange | undefined,
  history: History | undefined,
): string {
  const known = change && sameBudget(change.verdicts, verdict);
  if (known === undefined || known.overBefore === null) return '';
  if (!known.overBefore) return 'since a change that is not committed yet';
  const { figure, kind, limit } = verdict;
  const first = history && kind === 'most' && limit !== null ? overSince(history, figure, limit) : undefined;
  return first === undefined || first === history?.entries[0]
    ? 'as in the last commit already'
    : `since ${first.commit.slice(0, 7)} “${first.subject}” of ${dateOf(first.time)}`;
}

/** As `2026-11-26`: the same in every locale. */
const dateOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(0, 10);
