// Numbers as people read them: exact counts with the grouping of the locale, scaled ones with three significant digits.
// A scaled number never hides that it is scaled: it carries its prefix (K, M, G, T, P) or its binary unit (KiB, MiB).

/** Formats the figures of a report for one locale. */
export interface Numbers {
  /** `9,408` */
  exact(value: number): string;
  /** `25.6 M`; below a thousand exact. */
  count(value: number): string;
  /** `8.18 GFPO` */
  fpo(value: number): string;
  /** `118 M MACs`, from the contraction part of FPO: a MAC is two of them. */
  macs(contraction: number): string;
  /** `97.5 MiB` */
  bytes(value: number): string;
  /** `2.9 %`; more digits for small shares, and never 0 or 100 for what is not. */
  percent(part: number, whole: number): string;
  /** `12 %`, `240 %`: by how much something grew; never 0 for what did. */
  growth(part: number, whole: number): string;
  /** `1 gap`, `2 gaps` */
  plural(value: number, one: string, many?: string): string;
}

const DECIMAL = ['', 'K', 'M', 'G', 'T', 'P', 'E'];
const BINARY = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** How one locale writes digits. */
interface Digits {
  whole(value: number): string;
  /** Three significant digits. */
  scaled(value: number): string;
  /** A number of at most two decimals. */
  share(value: number): string;
}

/** The figures' formats in a locale; unknown locales fall back to English. */
export function createNumbers(locale = 'en-US'): Numbers {
  const { whole: plain, scaled, share } = locale === 'en-US' ? ENGLISH : digitsOf(supported(locale));
  const scale = (value: number, base: number): [string, number] => {
    const step = stepOf(value, base);
    return [step === 0 ? plain(value) : scaled(value / base ** step), step];
  };
  const join = (value: number, unit: string) => {
    const [digits, step] = scale(value, 1000);
    return `${digits} ${DECIMAL[step]}${unit}`.trimEnd();
  };
  return {
    exact: plain,
    count: (value) => join(value, ''),
    fpo: (value) => join(value, 'FPO'),
    macs: (contraction) => `${join(contraction / 2, '')} MACs`,
    bytes: (value) => {
      const [digits, step] = scale(value, 1024);
      return `${digits} ${BINARY[step]}`;
    },
    percent: (part, all) => {
      const rounded = percentage(part, all, share);
      return `${part < all && rounded === share(100) ? '>99' : rounded} %`;
    },
    growth: (part, all) => `${percentage(part, all, share)} %`,
    plural: (value, one, many = `${one}s`) => `${plain(value)} ${value === 1 ? one : many}`,
  };
}

/** The same as `Intl` writes them, which takes 10 ms to load: a report on the command line is there in 200. */
const ENGLISH: Digits = {
  whole: (value) => english(Number.isInteger(value) ? value : Number(value.toFixed(0))),
  scaled: (value) => (value < 999.5 ? threeDigits(value) : english(Number(value.toPrecision(3)))),
  share: (value) => english(value),
};

/** Of a number from 1 on; halves of the number as it is written go up, as in `Intl`: 1.005 is 1.01. */
function threeDigits(value: number): string {
  const decimals = value < 10 ? 2 : value < 100 ? 1 : 0;
  const rounded = Math.round(Number(`${value}e${decimals}`));
  return Number(`${rounded}e-${decimals}`).toPrecision(3);
}

/** All digits of a number, grouped by thousands. Beyond 10^21 JavaScript itself writes them otherwise. */
const english = (value: number): string =>
  Math.abs(value) < 1e21
    ? String(value).replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',')
    : digitsOf('en-US').whole(value);

function digitsOf(locale: string): Digits {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const scaled = new Intl.NumberFormat(locale, { minimumSignificantDigits: 3, maximumSignificantDigits: 3 });
  const share = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  return {
    whole: (value) => whole.format(value),
    scaled: (value) => scaled.format(value),
    share: (value) => share.format(value),
  };
}

function supported(locale: string): string {
  try {
    return Intl.NumberFormat.supportedLocalesOf(locale)[0] ?? 'en-US';
  } catch {
    return 'en-US';
  }
}

/** How often the base goes into a value, after rounding to three digits: 999,999 is 1.00 M. */
function stepOf(value: number, base: number): number {
  let step = 0;
  const last = (base === 1000 ? DECIMAL : BINARY).length - 1;
  for (let rest = value; step < last && reaches(rest, base, step); rest /= base) step++;
  return step;
}

const reaches = (value: number, base: number, step: number): boolean =>
  value >= base || (step > 0 && Number(value.toPrecision(3)) >= base);

function percentage(part: number, all: number, format: Digits['share']): string {
  if (all <= 0 || part <= 0) return '0';
  const value = (100 * part) / all;
  if (value < 0.005) return '<0.01';
  const digits = value < 1 ? 2 : value < 10 ? 1 : 0;
  const rounded = Number(value.toFixed(digits));
  return format(rounded);
}
