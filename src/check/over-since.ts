// Since which commit a model is over a budget. Apart from the history's making, so that whoever shows one need not know
// how figures come about.

import type { FigureName } from '../price/figures';
import type { History, HistoryEntry } from './model';

/** The commit since which a figure is over a limit without a break; undefined where it is not over. */
export function overSince({ entries }: History, figure: FigureName, limit: number): HistoryEntry | undefined {
  let since: HistoryEntry | undefined;
  for (const entry of entries.toReversed()) {
    const value = entry.figures?.[figure] ?? null;
    if (value === null || value <= limit) return since;
    since = entry;
  }
  return since;
}
