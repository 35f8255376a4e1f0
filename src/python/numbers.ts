// Arithmetic of Python's integers and floats. An int is a JavaScript number while it is a safe integer and a bigint
// beyond; every result is brought back to the smaller form, so that equal ints are the same JavaScript value.
// Division by zero and negative shifts are the callers' business.

export type Int = number | bigint;

/** A number where it fits exactly, a bigint beyond; never minus zero. */
export function normalizeInt(value: Int): Int {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? value + 0 : BigInt(value);
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

const fits = (a: Int, b: Int): boolean => typeof a === 'number' && typeof b === 'number';

export function intAdd(a: Int, b: Int): Int {
  if (fits(a, b)) {
    const sum = (a as number) + (b as number);
    if (Number.isSafeInteger(sum)) return sum;
  }
  return normalizeInt(BigInt(a) + BigInt(b));
}

export function intSub(a: Int, b: Int): Int {
  if (fits(a, b)) {
    const difference = (a as number) - (b as number);
    if (Number.isSafeInteger(difference)) return difference;
  }
  return normalizeInt(BigInt(a) - BigInt(b));
}

export function intMul(a: Int, b: Int): Int {
  if (fits(a, b)) {
    const product = (a as number) * (b as number);
    if (Number.isSafeInteger(product)) return product + 0;
  }
  return normalizeInt(BigInt(a) * BigInt(b));
}

/** Rounds towards minus infinity. */
export function intFloorDiv(a: Int, b: Int): Int {
  if (fits(a, b)) return Math.floor((a as number) / (b as number)) + 0;
  const [x, y] = [BigInt(a), BigInt(b)];
  const quotient = x / y;
  return normalizeInt(x % y !== 0n && x < 0n !== y < 0n ? quotient - 1n : quotient);
}

/** Has the sign of the divisor. */
export function intMod(a: Int, b: Int): Int {
  if (fits(a, b)) {
    const rest = (a as number) % (b as number);
    return (rest !== 0 && rest < 0 !== (b as number) < 0 ? rest + (b as number) : rest) + 0;
  }
  const [x, y] = [BigInt(a), BigInt(b)];
  const rest = x % y;
  return normalizeInt(rest !== 0n && rest < 0n !== y < 0n ? rest + y : rest);
}

/** `a / b`, rounded once. */
export function intTrueDiv(a: Int, b: Int): number {
  if (fits(a, b)) return (a as number) / (b as number);
  const [x, y] = [absolute(BigInt(a)), absolute(BigInt(b))];
  const shift = Math.max(0, 66 - (bitLength(x) - bitLength(y)));
  const scaled = x << BigInt(shift);
  const quotient = scaled / y;
  const sticky = scaled % y === 0n ? quotient : quotient | 1n;
  const magnitude = Number(sticky) * 2 ** -shift;
  return a < 0 === b < 0 ? magnitude : -magnitude;
}

const absolute = (value: bigint): bigint => (value < 0n ? -value : value);

/** For exponents that are not negative. */
export function intPow(base: Int, exponent: Int): Int {
  if (fits(base, exponent)) {
    const power = (base as number) ** (exponent as number);
    if (Number.isSafeInteger(power)) return power + 0;
  }
  return normalizeInt(BigInt(base) ** BigInt(exponent));
}

/** `pow(base, exponent, modulus)`. */
export function intPowMod(base: Int, exponent: Int, modulus: Int): Int {
  let result: Int = 1;
  let square = intMod(base, modulus);
  for (let rest = BigInt(exponent); rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = intMod(intMul(result, square), modulus);
    square = intMod(intMul(square, square), modulus);
  }
  return intMod(result, modulus);
}

export function intShift(operator: string, a: Int, count: Int): Int {
  const [value, bits] = [BigInt(a), BigInt(count)];
  return normalizeInt(operator === '<<' ? value << bits : value >> bits);
}

export function intBitwise(operator: string, a: Int, b: Int): Int {
  const [x, y] = [BigInt(a), BigInt(b)];
  if (operator === '&') return normalizeInt(x & y);
  return normalizeInt(operator === '|' ? x | y : x ^ y);
}

/** The integer part of a finite float. */
export const floatToInt = (value: number): Int => normalizeInt(Math.trunc(value));

/** Bits that an integer's absolute value needs. */
export function bitLength(value: Int): number {
  const magnitude = value < 0 ? -BigInt(value) : BigInt(value);
  return magnitude === 0n ? 0 : magnitude.toString(2).length;
}

/** `math.isqrt` for what is not negative. */
export function intSqrt(value: Int): Int {
  const n = BigInt(value);
  if (n < 2n) return normalizeInt(n);
  let root = BigInt(Math.floor(Math.sqrt(Number(n))));
  while (root * root > n) root -= 1n;
  while ((root + 1n) * (root + 1n) <= n) root += 1n;
  return normalizeInt(root);
}

/** Greatest common divisor, not negative. */
export function intGcd(a: Int, b: Int): Int {
  let [x, y] = [a < 0 ? intSub(0, a) : a, b < 0 ? intSub(0, b) : b];
  while (y) [x, y] = [y, intMod(x, y)];
  return x;
}

/** `x % y` of floats: has the sign of the divisor, zero included. */
export function pyMod(x: number, y: number): number {
  const rest = x % y;
  if (rest === 0) return y < 0 || Object.is(y, -0) ? -0 : 0;
  return rest < 0 !== y < 0 ? rest + y : rest;
}

/** `x // y` of floats, as CPython computes it. */
export function pyFloorDiv(x: number, y: number): number {
  const quotient = (x - pyMod(x, y)) / y;
  if (quotient === 0) return x / y < 0 || Object.is(x / y, -0) ? -0 : 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** Nearest integer, halves to even: `round(x)`. */
export function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return rest < 0.5 ? floor : floor + 1;
  return floor % 2 === 0 ? floor : floor + 1;
}

/** Digits and exponent of a positive finite float: 0.d1d2d3… would be off by one, the point is after the first digit. */
interface Decimal {
  readonly digits: string;
  readonly exponent: number;
}

/** The shortest digits that read back as the same float, or exactly `count` of them, rounded half to even on the exact value. */
export function toDecimal(value: number, count?: number): Decimal {
  const text =
    count === undefined ? value.toExponential() : value.toExponential(Math.min(100, Math.max(0, count - 1)));
  const [mantissa = '', exponent = '0'] = text.split('e');
  return { digits: mantissa.replace('.', ''), exponent: Number(exponent) };
}

/** `repr` of a float. */
export function floatRepr(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  if (!Number.isFinite(value)) return `${sign}inf`;
  if (value === 0) return `${sign}0.0`;
  const { digits, exponent } = toDecimal(Math.abs(value));
  if (exponent >= -4 && exponent < 16) return sign + placePoint(digits, exponent);
  const mantissa = digits.length > 1 ? `${digits[0]}.${digits.slice(1)}` : digits;
  return `${sign}${mantissa}e${exponentText(exponent)}`;
}

/** `e+05`: the sign always, two digits at least. */
export const exponentText = (exponent: number): string =>
  `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;

function placePoint(digits: string, exponent: number): string {
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${digits}`;
  if (digits.length <= exponent + 1) return `${digits.padEnd(exponent + 1, '0')}.0`;
  return `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}
