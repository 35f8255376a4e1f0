// Budgets of roots that are not there: renamed, moved, removed, or misspelled. Said only of what the check has looked at.

import { bareId, type Config, type Entry, split } from '../analysis/config';
import { isPattern } from '../base/glob';
import { nearest } from '../base/nearest';
import { placeIn } from './budgets';
import type { Configs } from './configs';
import type { BudgetProblem, RootChange } from './model';
import type { PricedStates } from './run';

export function orphanedBudgets(
  configs: Configs,
  priced: PricedStates,
  roots: readonly RootChange[],
): BudgetProblem[] {
  return configs.all().flatMap((config) => {
    const entries = config.budgets.filter(({ key }) => !isPattern(key));
    return entries.flatMap((entry) => orphan(config, entry, configs, priced, roots) ?? []);
  });
}

function orphan(
  config: Config,
  { key, keyRange }: Entry<unknown>,
  configs: Configs,
  { before, after }: PricedStates,
  roots: readonly RootChange[],
): BudgetProblem | undefined {
  const name = bareId(key);
  const [path, id] = split(name);
  const complain = (message: string): BudgetProblem => ({
    message,
    severity: 'warning',
    ...placeIn(config, keyRange),
  });
  const file = configs.fromTop(config, path);
  const now = after.get(file);
  const keys = now?.roots.map((root) => configs.keyOf(file, root.id)) ?? [];
  if (now ? id === undefined || keys.includes(name) : configs.stands(file)) return undefined;
  const successor = roots.find(
    (change) =>
      change.before &&
      change.after &&
      before.has(file) &&
      configs.keyOf(change.before.file, change.before.id) === name,
  );
  if (successor) return complain(`${key} is now ${successor.key}: its budget needs the new name.`);
  if (!now) return complain(`There is no file ${path}, so nothing is judged by this budget.`);
  const meant = nearest(
    id ?? '',
    now.roots.map((root) => root.id),
  );
  const hint = meant === undefined ? '' : ` Did you mean ${path}::${meant}?`;
  return complain(`${path} has no model ${id}, so nothing is judged by this budget.${hint}`);
}
