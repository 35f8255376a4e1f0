// Figures as text, and user text in markup.

import assert from 'node:assert/strict';
import { csv, label, latex, markdown, markdownCode } from '../../src/report/escape';
import { formula } from '../../src/report/formula';
import { createNumbers } from '../../src/report/numbers';
import { flow, tuple } from '../../src/report/shapes';
import { float32 } from './fixture';

const numbers = createNumbers();

/** Holds a table of input and expected text. */
function check<T>(
  show: (input: T) => string | undefined,
  table: readonly (readonly [T, string | undefined])[],
): void {
  assert.deepEqual(
    table.map(([input]) => show(input)),
    table.map(([, text]) => text),
  );
}

describe('numbers', () => {
  it('scale FPO by thousands with three digits', () => {
    check(numbers.fpo, [
      [0, '0 FPO'],
      [640, '640 FPO'],
      [1000, '1.00 KFPO'],
      [236_027_904, '236 MFPO'],
      [999_499, '999 KFPO'],
      [999_500, '1.00 MFPO'],
      [8_178_368_512, '8.18 GFPO'],
      [3.14e23, '314,000 EFPO'],
    ]);
  });

  it('are written in English as Intl writes them', () => {
    const intl = createNumbers('en-GB');
    const values = [
      0,
      1,
      999,
      1005,
      1015,
      9994,
      9995,
      9996,
      99_950,
      999_499,
      999_500,
      1_004_999,
      1_005_000,
      2 ** 53,
      3e21,
    ];
    for (let at = 0; at < 5000; at++) values.push(Math.round(1.0123 ** at * 1.7));
    for (const value of values.filter((one) => one < 1e25)) {
      for (const name of ['exact', 'count', 'fpo', 'bytes', 'macs'] as const)
        assert.equal(numbers[name](value), intl[name](value), `${name} ${value}`);
      for (const whole of [value + 1, 3 * value, 1000 * value + 1, 7e5])
        assert.equal(numbers.growth(value, whole), intl.growth(value, whole));
    }
  });

  it('count parameters', () => {
    check(numbers.count, [
      [0, '0'],
      [999, '999'],
      [9408, '9.41 K'],
      [25_557_032, '25.6 M'],
      [175_000_000_000, '175 G'],
    ]);
  });

  it('scale bytes by 1024', () => {
    check(numbers.bytes, [
      [0, '0 B'],
      [1023, '1,023 B'],
      [1024, '1.00 KiB'],
      [37_632, '36.8 KiB'],
      [3_211_264, '3.06 MiB'],
      [1024 ** 3, '1.00 GiB'],
    ]);
  });

  it('give shares that are never 0 or 100 by rounding', () => {
    check(
      ([part, whole]: readonly [number, number]) => numbers.percent(part, whole),
      [
        [[9408, 25_557_032], '0.04 %'],
        [[236_027_904, 8_178_368_512], '2.9 %'],
        [[1, 3], '33 %'],
        [[0, 5], '0 %'],
        [[1, 1e9], '<0.01 %'],
        [[999_999, 1_000_000], '>99 %'],
        [[7, 7], '100 %'],
        [[7, 0], '0 %'],
      ],
    );
  });

  it('give growth of any size', () => {
    check(
      ([part, whole]: readonly [number, number]) => numbers.growth(part, whole),
      [
        [[12, 100], '12 %'],
        [[9600, 9610], '100 %'],
        [[24, 10], '240 %'],
        [[1, 1e9], '<0.01 %'],
      ],
    );
  });

  it('follow the locale', () => {
    assert.equal(createNumbers('de').exact(25_557_032), '25.557.032');
    assert.equal(createNumbers('de').fpo(8_178_368_512), '8,18 GFPO');
    assert.equal(createNumbers('not a locale').exact(1000), '1,000');
  });

  it('halve contraction FPO to MACs', () => assert.equal(numbers.macs(236_027_904), '118 M MACs'));
});

describe('formulas', () => {
  const fpo = (contraction: number, other = 0) => ({ total: contraction + other, contraction });
  const text = (factors: number[][], contraction: number, other = 0, shape = [1, 64, 8, 8]) =>
    formula(factors, fpo(contraction, other), [float32(...shape)], numbers);

  it('give the figure beside them', () => {
    assert.equal(text([[3, 7, 7, 64, 112, 112]], 236_027_904), '2 × 3 × 7 × 7 × 64 × 112 × 112');
    assert.equal(text([[2, 10, 10]], 200), '2 × 10 × 10');
    assert.equal(text([[10, 10]], 200, 10), '2 × 10 × 10 + 10 other');
    assert.equal(
      text(
        [
          [3, 4],
          [5, 6],
        ],
        84,
      ),
      '2 × (3 × 4 + 5 × 6)',
    );
    assert.equal(text([], 0, 8192), '2 × 64 × 8 × 8 (2 per output element)');
  });

  it('stay away where they would not', () => {
    assert.equal(text([[3, 4]], 25), undefined);
    assert.equal(text([], 25), undefined);
    assert.equal(text([], 0, 8193), undefined);
  });
});

describe('shapes', () => {
  it('are written as Python does', () => {
    check(
      (shape: readonly number[]) => tuple(shape),
      [
        [[], '()'],
        [[5], '(5,)'],
        [[1, 3, 1024], '(1, 3, 1024)'],
      ],
    );
  });

  it('name a dtype once where one is enough', () => {
    const tokens = { shape: [1, 8], dtype: 'int64' } as const;
    assert.equal(flow([float32(1, 2)], [float32(3)]), '(1, 2) → (3,), float32');
    assert.equal(flow([tokens], [float32(1, 8, 4)]), '(1, 8) int64 → (1, 8, 4) float32');
    assert.equal(flow([], [float32(1)]), '→ (1,), float32');
  });
});

describe('escapes', () => {
  it('take the meaning out of Markdown', () => {
    check(markdown, [
      ['num_classes', 'num\\_classes'],
      ['<img src=x onerror=alert(1)>', '\\<img src=x onerror=alert(1)\\>'],
      ['[x](command:evil)', '\\[x\\](command:evil)'],
      ['$(zap) &lt;', '\\$(zap) \\&lt;'],
      ['a\n# b', 'a # b'],
      ['# b', '\\# b'],
      ['1. first', '1\\. first'],
      ['see https://example.org', 'see https\\://example.org'],
      ['a\u202eb', 'ab'],
    ]);
    check(markdownCode, [
      ['x', '`x`'],
      ['a`b', '`` a`b ``'],
      ['a\n\n[b](c)', '`a [b](c)`'],
    ]);
  });

  it('take the meaning out of labels, LaTeX and CSV', () => {
    assert.equal(label('$(zap) x'), '$\u200b(zap) x');
    assert.equal(latex('50 % of \\x_1 ≥ 3×3'), '50 \\% of \\textbackslash{}x\\_1 $\\geq$ 3$\\times$3');
    check(csv, [
      ['=1+1', "'=1+1"],
      ['a,b', '"a,b"'],
      ['say "x"', '"say ""x"""'],
    ]);
  });
});
