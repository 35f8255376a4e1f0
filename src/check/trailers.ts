// Trailers for a commit message, in git's own syntax: `Price-Tag: net.py::Net 9.16 GFPO (+12 %), 26.8 M parameters
// (+1.20 M)`, one line for each root that changed, so that `git log --format='%(trailers:key=Price-Tag)'` shows what a
// history cost.

import type { FigureName } from '../price/figures';
import { clip, oneLine } from '../report/escape';
import { type Amounts, createAmounts } from './amounts';
import type { CheckReport, RootChange } from './model';
import { figureOf } from './words';

export const TRAILER = 'Price-Tag';
const LONGEST = 500;

export function trailers({ roots }: CheckReport): string[] {
  const amounts = createAmounts();
  return roots
    .filter(({ status }) => status !== 'unchanged')
    .map((root) => `${TRAILER}: ${clip(oneLine(`${root.key} ${words(root, amounts)}`), LONGEST)}`);
}

function words(root: RootChange, amounts: Amounts): string {
  const { before, after, status } = root;
  if (!after) return 'removed';
  if (!after.figures) return 'has no price';
  const parts = (['fpo', 'params'] as const).map((figure) => figureWords(root, figure, amounts));
  const how = { added: 'new, ', moved: 'moved, ', renamed: `was ${before?.id}, ` }[status as string] ?? '';
  return how + parts.join(', ');
}

function figureWords({ before, after }: RootChange, figure: FigureName, amounts: Amounts): string {
  const shown = after && figureOf(after, figure, amounts);
  const unit = figure === 'params' ? ' parameters' : '';
  if (!shown) return 'FPO unknown';
  const [then, now] = [before?.figures?.[figure] ?? null, after?.figures?.[figure] ?? null];
  if (then === null || now === null) return shown + unit;
  if (figure === 'params') return `${shown}${unit} (${amounts.difference(figure, then, now)})`;
  return `${shown} (${then === now ? '±0' : signedShare(then, now, amounts)})`;
}

function signedShare(before: number, after: number, { share }: Amounts): string {
  if (before === 0) return 'from none';
  return `${after > before ? '+' : '−'}${share(Math.abs(after - before), before)}`;
}
