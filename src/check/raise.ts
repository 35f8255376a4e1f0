// A budget as it has to be written so that it holds again: three digits, rounded up, in the way it was written before,
// `26M` → `26.9M`, `1 GiB` → `1.13 GiB`, `5%` → `13%`.

import type { BudgetVerdict, FigureName } from './model';

const PREFIXES = ['', 'K', 'M', 'G', 'T', 'P', 'E'];
const DIGITS = 3;
const BYTES: readonly FigureName[] = ['memory', 'weights'];

/** What stands after the digits: a space or none, a prefix, the i of KiB, a unit. */
const SCALED = /^\s*[\d_,.]+(?:e\+?\d+)?( ?)([KMGBTPE])()([A-Za-z ]*)$/i;
const SCALED_BYTES = /^\s*[\d_,.]+(?:e\+?\d+)?( ?)([KMGTPE])(i?)(B)\s*$/i;

/** How far above a figure rounding in the last place may lie without being taken for more. */
const NOISE = 1e-9;

/** The amount or share that a figure needs; undefined where the figure is not known. */
export function raisedBudget(verdict: BudgetVerdict): string | undefined {
  const { figure, kind, value, valueBefore, spelled } = verdict;
  if (value === null) return undefined;
  if (kind === 'most') return raisedAmount(spelled, value, BYTES.includes(figure));
  return valueBefore ? raisedShare(value / valueBefore - 1) : undefined;
}

/** An amount in the spelling of another: without a prefix in full, else with the prefix that fits. */
export function raisedAmount(spelled: string, value: number, isBytes = false): string {
  const [, gap = '', prefix, binary = '', unit = ''] = (isBytes ? SCALED_BYTES : SCALED).exec(spelled) ?? [];
  if (prefix === undefined) return String(Math.ceil(value));
  const base = binary === '' ? 1000 : 1024;
  const step = stepOf(value, base);
  const ownPrefix = step === 1 && prefix === 'k' ? 'k' : (PREFIXES[step] ?? '');
  return `${roundedUp(value / base ** step)}${gap}${ownPrefix}${step === 0 ? '' : binary}${unit}`.trim();
}

function stepOf(value: number, base: number): number {
  let step = 0;
  while (step < PREFIXES.length - 1 && value / base ** (step + 1) >= 1) step++;
  return step;
}

function raisedShare(share: number): string {
  const percent = share * 100;
  const tenths = Math.ceil(percent * 10 - NOISE) / 10;
  return `${percent < 10 ? tenths : Math.ceil(percent - NOISE)}%`;
}

/** Three significant digits, none lost of what stands before the point. */
function roundedUp(value: number): string {
  const decimals = Math.max(0, DIGITS - String(Math.trunc(value)).length);
  const scale = 10 ** decimals;
  return String(Math.ceil(value * scale - NOISE) / scale);
}
