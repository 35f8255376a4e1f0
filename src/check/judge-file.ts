// Budgets of one file as it is now, without git: what an editor shows while somebody types. Increases need something to
// compare with, and are left to the check.

import { configOf, rootKey } from '../analysis/config';
import type { FileReport } from '../analysis/file-report';
import type { FileReader } from '../base/files';
import { configProblems, isPartOnly, judge } from './budgets';
import type { BudgetProblem, BudgetVerdict } from './model';
import { priceOf } from './root-state';

/** Verdicts by root id, and what is wrong with price-tag.json. */
export interface FileVerdicts {
  readonly verdicts: Readonly<Record<string, readonly BudgetVerdict[]>>;
  readonly problems: readonly BudgetProblem[];
}

export function judgeFile({ uri, roots }: FileReport, reader: FileReader): FileVerdicts {
  const config = configOf(uri, reader);
  if (!config) return { verdicts: {}, problems: [] };
  const verdicts = roots.map((root) => {
    const key = rootKey(config, uri, root.id);
    return [root.id, judge(config, key, priceOf(root), undefined, isPartOnly(root))] as const;
  });
  return {
    verdicts: Object.fromEntries(verdicts.filter(([, list]) => list.length > 0)),
    problems: configProblems(config),
  };
}
