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

/** The figures' formats in a locale; unknown locales fall back to English. */
export function createNumbers(locale = 'en-US'): Numbers {
  const known = supported(locale);
  const whole = new Intl.NumberFormat(known, { maximumFractionDigits: 0 });
  const scaled = new Intl.NumberFormat(known, { minimumSignificantDigits: 3, maximumSignificantDigits: 3 });
  const share = new Intl.NumberFormat(known, { maximumFractionDigits: 2 });
  const plain = (value: number) => whole.format(value);
  const scale = (value: number, base: number): [string, number] => {
    const step = stepOf(value, base);
    return [step === 0 ? plain(value) : scaled.format(value / base ** step), step];
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
      return `${part < all && rounded === share.format(100) ? '>99' : rounded} %`;
    },
    growth: (part, all) => `${percentage(part, all, share)} %`,
    plural: (value, one, many = `${one}s`) => `${plain(value)} ${value === 1 ? one : many}`,
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

function percentage(part: number, all: number, format: Intl.NumberFormat): string {
  if (all <= 0 || part <= 0) return '0';
  const value = (100 * part) / all;
  if (value < 0.005) return '<0.01';
  const digits = value < 1 ? 2 : value < 10 ? 1 : 0;
  const rounded = Number(value.toFixed(digits));
  return format.format(rounded);
}
