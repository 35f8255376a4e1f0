// The syntax of Python 3.8 to 3.14, case by case: the programs and trees of cases.md, and literals.

import assert from 'node:assert/strict';
import { parse, parseExpression } from '../../src/syntax';
import { type Block, blocks, rewrite } from './cases';
import { printExpression, printModule } from './print';

function treeOf({ source }: Block): string {
  const { module, issues } = parse(source);
  const found = issues.map(({ message, start }) => `${message} at ${start}`);
  return [...found, printModule(module), ''].join('\n');
}

describe('syntax: cases', () => {
  if (process.env.UPDATE === '1') rewrite(treeOf);

  for (const block of blocks()) {
    it(`${block.title} (3.${block.since})`, () => assert.equal(treeOf(block), block.tree));
  }

  it('are all there', () => assert.ok(blocks().length >= 36));
});

/** Reads expressions and compares the values of the constants they are. */
function check(table: readonly (readonly [string, unknown])[]): void {
  const values = table.map(([text]) => {
    const { expression, issues } = parseExpression(text);
    assert.deepEqual(issues, [], text);
    return expression.kind === 'Constant' ? expression.value : printExpression(expression);
  });
  assert.deepEqual(
    values,
    table.map(([, value]) => value),
  );
}

describe('syntax: literals', () => {
  it('are numbers of three kinds', () => {
    check([
      ['0', 0],
      ['1_000', 1000],
      ['0xFF', 255],
      ['0b1_0', 2],
      ['0o17', 15],
      ['00', 0],
      ['9007199254740991', 9007199254740991],
      ['9007199254740993', 9007199254740993n],
      ['1.', 1],
      ['.5e-3', 0.0005],
      ['1e400', Number.POSITIVE_INFINITY],
      ['2j', { imag: 2 }],
      ['010.5J', { imag: 10.5 }],
    ]);
  });

  it('are floats where they are written so', () => {
    const isFloat = ['1', '1.', '1e3', '0xE', '1E'].map((text) => {
      const { expression } = parseExpression(text);
      return expression.kind === 'Constant' && expression.isFloat;
    });
    assert.deepEqual(isFloat, [false, true, true, false, false]);
  });

  it('have escapes', () => {
    check([
      ["'\\n\\t\\\\\\''", "\n\t\\'"],
      ["'\\x41\\101\\u00e9\\U0001F600'", 'AAé😀'],
      ["'a\\\nb'", 'ab'],
      ["r'\\n\\''", "\\n\\'"],
      ["'\\d'", '\\d'],
      ["b'\\xff\\u0041'", { bytes: '\xff\\u0041' }],
      ["'a' \"b\" '''c'''", 'abc'],
      ["''", ''],
      ['""""quoted" """', '"quoted" '],
    ]);
  });

  it('may be malformed', () => {
    for (const text of ['0x', '0b2', '0o8']) assert.ok(parse(`x = ${text}\n`).issues.length > 0, text);
  });
});

describe('syntax: one expression', () => {
  it('may run over lines', () => {
    assert.equal(printExpression(parseExpression('\n f(a,\n  b)\n').expression), '(Call f [a b] [])');
  });

  it('may be a tuple, a lambda or a condition', () => {
    assert.equal(printExpression(parseExpression('a, *b').expression), '(Tuple [a (Starred b)])');
    assert.equal(printExpression(parseExpression('lambda x: x').expression), '(Lambda {x} x)');
    assert.equal(printExpression(parseExpression('a if b else c').expression), '(IfExp b a c)');
  });

  it('is Missing where there is none', () => {
    for (const text of ['', 'if', 'x = 1', 'a b']) {
      assert.ok(parseExpression(text).issues.length > 0, text);
    }
    assert.equal(parseExpression('if').expression.kind, 'Missing');
  });
});
