// Figures as people read them, by the unit that each has. English, whatever the locale, as all exports are; the editor
// hands in the numbers of its own.

import { FIGURES, type FigureName } from '../price/figures';
import { createNumbers, type Numbers } from '../report/numbers';

export interface Amounts {
  /** `25.6 M`, `8.18 GFPO`, `4.09 G MACs`, `97.5 MiB`. */
  amount(figure: FigureName, value: number): string;
  /** The same, and small counts to the digit. */
  exact(figure: FigureName, value: number): string;
  /** `+1.20 M`, `−3.40 GFPO`, `±0`. */
  difference(figure: FigureName, before: number, after: number): string;
  /** `25.6 M parameters`, `8.18 GFPO`, `97.5 MiB of peak memory in inference`. */
  words(figure: FigureName, value: number): string;
  /** By how much something grew or shrank: `12 %`. */
  share(part: number, whole: number): string;
  plural(value: number, one: string, many?: string): string;
}

/** Counts below this are told to the digit. */
const EXACT = 1_000_000;

export function createAmounts(numbers: Numbers = createNumbers('en-US')): Amounts {
  const amount = (figure: FigureName, value: number): string => {
    const { unit } = FIGURES[figure];
    return unit === 'macs' ? numbers.macs(2 * value) : numbers[unit](value);
  };
  const exact = (figure: FigureName, value: number): string =>
    FIGURES[figure].unit === 'count' && value < EXACT ? numbers.exact(value) : amount(figure, value);
  return {
    amount,
    exact,
    difference: (figure, before, after) =>
      before === after ? '±0' : `${after > before ? '+' : '−'}${exact(figure, Math.abs(after - before))}`,
    words(figure, value) {
      const { unit, words } = FIGURES[figure];
      if (unit === 'count') return `${amount(figure, value)} ${words}`;
      if (unit === 'bytes') return `${amount(figure, value)} of ${words.replace('bytes of ', '')}`;
      return figure === 'fpo' || figure === 'macs'
        ? amount(figure, value)
        : `${amount(figure, value)} (${words})`;
    },
    share: numbers.growth,
    plural: numbers.plural,
  };
}
