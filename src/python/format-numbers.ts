// Digits of floats as Python prints them: rounded half to even on the exact value, where JavaScript rounds halves up.

import { exponentText, toDecimal } from './numbers';

/** Places of a decimal expansion that are looked at to tell an exact half. */
const EXACT_PLACES = 100;

/** `'%.{precision}f' % value` for a finite value that is not negative. */
export function fixedText(value: number, precision: number): string {
  const places = Math.min(precision, EXACT_PLACES);
  const padding = '0'.repeat(precision - places);
  if (value >= 1e21) return withPlaces(BigInt(value).toString(), '0'.repeat(places)) + padding;
  const rounded = value.toFixed(places);
  if (places >= EXACT_PLACES - 1 || !isExactHalf(value, places)) return rounded + padding;
  const below = value.toFixed(places + 1).slice(0, places === 0 ? -2 : -1);
  return (isEven(below) ? below : rounded) + padding;
}

const withPlaces = (whole: string, places: string): string => (places === '' ? whole : `${whole}.${places}`);

const isEven = (digits: string): boolean => Number(digits[digits.length - 1]) % 2 === 0;

function isExactHalf(value: number, places: number): boolean {
  const expansion = value.toFixed(EXACT_PLACES);
  const rest = expansion.slice(expansion.indexOf('.') + 1 + places);
  return /^50*$/.test(rest);
}

/** `'%.{precision}e' % value` for a finite value that is not negative. */
export function exponentialText(value: number, precision: number, keepPoint = false): string {
  const { digits, exponent } = significant(value, precision + 1);
  const fraction = digits.slice(1);
  const point = fraction !== '' || keepPoint ? '.' : '';
  return `${digits[0]}${point}${fraction}e${exponentText(exponent)}`;
}

/** Exactly `count` significant digits. */
function significant(value: number, count: number): { digits: string; exponent: number } {
  if (value === 0) return { digits: '0'.repeat(count), exponent: 0 };
  const rounded = toDecimal(value, count);
  if (count >= EXACT_PLACES) return { ...rounded, digits: rounded.digits.padEnd(count, '0') };
  const exact = toDecimal(value, EXACT_PLACES);
  if (!/^50*$/.test(exact.digits.slice(count))) return rounded;
  const below = exact.digits.slice(0, count);
  return isEven(below) ? { digits: below, exponent: exact.exponent } : rounded;
}

/** `'%.{precision}g' % value`; `keepZeros` is the `#` flag. */
export function generalText(value: number, precision: number, keepZeros = false): string {
  const count = Math.max(1, precision);
  const { digits, exponent } = significant(value, count);
  if (exponent < -4 || exponent >= count) {
    const text = exponentialText(value, count - 1, keepZeros);
    return keepZeros ? text : text.replace(/\.?0*e/, 'e');
  }
  const fixed = plainDigits(digits, exponent);
  if (keepZeros) return fixed.includes('.') ? fixed : `${fixed}.`;
  return fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
}

function plainDigits(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1);
  return withPlaces(whole, digits.slice(exponent + 1));
}

/** Separators between groups of digits, from the right. */
export function groupDigits(digits: string, separator: string, size: number): string {
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= size)
    groups.unshift(digits.slice(Math.max(0, end - size), end));
  return groups.join(separator);
}
