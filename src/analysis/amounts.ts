// Amounts as people write them in price-tag.json: `26M`, `4.5 GFPO`, `1 GiB`, `5%`, or plain numbers.

import type { FigureUnit } from '../price/figures';

const DECIMAL: Readonly<Record<string, number>> = { '': 0, K: 1, M: 2, G: 3, B: 3, T: 4, P: 5, E: 6 };
const BINARY: Readonly<Record<string, number>> = { K: 1, M: 2, G: 3, T: 4, P: 5 };

/** Words that may stand after a number, in lower case. */
const SUFFIX: Readonly<Record<FigureUnit, RegExp>> = {
  bytes: /^$/,
  count: /^$/,
  fpo: /^(fpo)?$/i,
  macs: /^(macs?)?$/i,
};

const EXAMPLES: Readonly<Record<FigureUnit, string>> = {
  bytes: '"1 GiB", "500 MB", or a number of bytes',
  count: '"26M", "350K", or a number',
  fpo: '"4.5G", "120 MFPO", or a number',
  macs: '"2.2G", "60M MACs", or a number',
};

/** The number that an amount stands for. Throws an Error with a sentence. */
export function parseAmount(value: unknown, unit: FigureUnit): number {
  const amount =
    typeof value === 'number' ? value : typeof value === 'string' ? amountOf(value, unit) : Number.NaN;
  if (Number.isNaN(amount))
    throw new Error(`${JSON.stringify(value)} is no amount. Write ${EXAMPLES[unit]}.`);
  if (amount < 0) throw new Error(`${JSON.stringify(value)} is negative: nothing could cost so little.`);
  if (!Number.isFinite(amount)) throw new Error(`${JSON.stringify(value)} is too large to be a limit.`);
  return amount;
}

function amountOf(text: string, unit: FigureUnit): number {
  const [, digits, rest = ''] =
    /^\s*(-?\d[\d_,]*(?:\.\d+)?(?:e\+?\d+)?)\s*([A-Za-z ]*?)\s*$/i.exec(text) ?? [];
  if (digits === undefined) return Number.NaN;
  const factor = unit === 'bytes' ? bytesFactor(rest) : countFactor(rest, SUFFIX[unit]);
  return Number(digits.replaceAll(/[_,]/g, '')) * factor;
}

/** `M`, `MFPO`, `M MACs`; a small k is a K. */
function countFactor(rest: string, suffix: RegExp): number {
  const [, prefix = '', word = ''] = /^([KMGBTPE]?)\s*(.*)$/i.exec(rest) ?? [];
  if (suffix.test(word)) return 1000 ** (DECIMAL[prefix.toUpperCase()] ?? Number.NaN);
  return suffix.test(rest) ? 1 : Number.NaN;
}

/** `KiB` is 1024, `kB` is 1000; a prefix without its unit could be either. */
function bytesFactor(rest: string): number {
  if (/^(B|bytes?)?$/i.test(rest)) return 1;
  const [, prefix = '', binary] = /^([KMGTP])(i?)B$/i.exec(rest) ?? [];
  const power = BINARY[prefix.toUpperCase()];
  return power === undefined ? Number.NaN : (binary ? 1024 : 1000) ** power;
}

/** A share: `"5%"` is 0.05. Throws an Error with a sentence. */
export function parseShare(value: unknown): number {
  const [, digits] = /^\s*(\d+(?:\.\d+)?)\s*%\s*$/.exec(typeof value === 'string' ? value : '') ?? [];
  if (digits === undefined)
    throw new Error(
      `${JSON.stringify(value)} is no share. Write how much more is allowed, as "5%"; "0%" for none.`,
    );
  return Number(digits) / 100;
}
