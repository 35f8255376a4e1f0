// Half-typed files: what a line under the cursor leaves of the rest. First a table of snippets, with the definitions and
// calls that have to survive; then the share that survives in files of the standard library.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from '../../src/syntax';
import { printModule } from './print';
import { cpythonVersion, libraryFiles } from './python3';
import { afterInsertion, contents, HALF_TYPED, type Share, spots, sum } from './survivors';

/** A method whose second line is being typed, among things that must not be lost. */
function around(line: string): string {
  return `import torch
class Net(nn.Module):
    def __init__(self):
        self.a = Linear(1, 2)
${line
  .split('\n')
  .map((text) => `        ${text}\n`)
  .join('')}        self.b = Linear(2, 3)
    def forward(self, x):
        """Runs."""
        return self.b(x)
def build():
    return Net()
`;
}

const ALL = 'Net Net/__init__ Net/forward build';

/** Half-typed lines, and what must be there besides ALL. */
const LINES: readonly (readonly [line: string, more?: string])[] = [
  ...HALF_TYPED.filter((line) => !/^(def|class)/.test(line)).map((line) => [line] as const),
  ['def fwd(self, x', 'Net/__init__/fwd'],
  ['def fwd(self, x):', 'Net/__init__/fwd'],
  ['def fwd', 'Net/__init__/fwd'],
  ['class Foo(nn', 'Net/__init__/Foo'],
  ['class Foo:', 'Net/__init__/Foo'],
  ['x = [a for a in'],
  ['x = foo(a, b='],
  ['x = foo(a, *'],
  ['x = a if b'],
  ['x = f"{a:'],
  ["x = f'{a["],
  ['x = f"""{a'],
  ['x = not'],
  ['x ** '],
  ['from torch import'],
  ['from torch import (a,'],
  ['import'],
  ['try:'],
  ['while'],
  ['match x:'],
  ['match x:\n    case ['],
  ['if a:\nelse'],
  ['return'],
  ['x: '],
  ['x = $'],
  ['x = \\'],
  ['x = 0x'],
  ['async'],
  [')'],
  ['"""Says'],
];

/** The names of the definitions in a text, sorted. */
function definitions(text: string): string {
  const found = contents(parse(text).module).definitions.map((one) => one.replace(/@.*/, '').slice(1));
  return found.sort().join(' ');
}

describe('syntax: half-typed lines', () => {
  for (const [line, more = ''] of LINES) {
    it(`${line.replaceAll('\n', '⏎')} leaves the rest`, () => {
      const text = around(line);
      const expected = `${ALL} ${more}`.trim().split(' ').sort().join(' ');
      assert.equal(definitions(text), expected);
      const calls = contents(parse(text).module).calls.map((call) => call.replace(/@.*/, ''));
      for (const path of ['/Net/forward', '/build']) assert.ok(calls.includes(path), `the call in ${path}`);
    });
  }
});

/** Texts that are wrong, and what is made of them. */
const TREES: readonly (readonly [title: string, source: string, tree: string])[] = [
  ['an attribute without a name', 'self.\n', "(Expr (Attribute self ''))"],
  ['an attribute without a name in front of a bracket', 'f(a.)\n', "(Expr (Call f [(Attribute a '')] []))"],
  [
    'an attribute without a name in front of a word',
    'a. and b\n',
    "(Expr (BoolOp and [(Attribute a '') b]))",
  ],
  ['a keyword for a name', 'a.in + b\n', "(Expr (BinOp + (Attribute a '') b))"],
  ['a missing operand', 'x = 1 +\n', '(Assign [x] (BinOp + 1 (Missing)))'],
  ['a missing argument', 'f(a, , b)\n', '(Expr (Call f [a (Missing) b] []))'],
  ['a missing value', 'f(a=)\n', '(Expr (Call f [] [(keyword a (Missing))]))'],
  ['an unclosed call', 'x = f(a, 1\ny = 2\n', '(Assign [x] (Call f [a 1] []))\n(Assign [y] 2)'],
  ['an unclosed head', 'def f(a, b\n    return a\n', '(FunctionDef f [] {a, b} - [] [(Return a)])'],
  ['a head without a colon', 'if a\n    b\nelse:\n    c\n', '(If a [(Expr b)] [(Expr c)])'],
  ['a line that fits nothing', 'a\nb c\nd\n', '(Expr a)\n(Expr b)\n(Bad)\n(Expr d)'],
  ['a decorator on nothing', '@a\nb = 1\n', '(Bad)\n(Assign [b] 1)'],
  ['a field that fails', "f'{a b} c'\n", '(Expr (JoinedStr {(Missing) - -}))'],
  ['an indent from nowhere', 'a\n    b\nc\n', '(Expr a)\n(Expr b)\n(Expr c)'],
  [
    'a case without a pattern',
    'match a:\n    case 1: b\n    case\n    case 2: c\n',
    '(Match a [(case (MatchValue 1) - [(Expr b)]) (case (MatchValue (Missing)) - []) (case (MatchValue 2) - [(Expr c)])])',
  ],
];

describe('syntax: wrong text', () => {
  for (const [title, source, tree] of TREES) {
    it(`has ${title}`, () => {
      const { module, issues } = parse(source);
      assert.equal(printModule(module), tree);
      assert.ok(issues.length > 0, 'nothing was said');
    });
  }

  it('is said in order, and shown at the bracket that was never closed', () => {
    const { issues } = parse('x = f(a\ny = = 2\n');
    assert.deepEqual(
      issues.map(({ message, start }) => `${message} at ${start}`),
      ['bracket was never closed at 5', "expected ')' at 7", 'expected an expression at 11'],
    );
  });
});

describe('syntax: half-typed files', function () {
  this.timeout(60_000);

  before(function () {
    if (cpythonVersion() === undefined) this.skip();
  });

  it('keep their definitions and calls', () => {
    const big = libraryFiles(false).map((file) => readFileSync(file, 'utf8'));
    const texts = big
      .filter(({ length }) => length > 20_000 && length < 120_000)
      .filter((_, at) => at % 8 === 0);
    const all = HALF_TYPED.map((line) => sharesOf(texts, line));
    const [definitions, calls] = [sum(all.map((one) => one.definitions)), sum(all.map((one) => one.calls))];
    assert.ok(definitions.all > 10_000, `only ${definitions.all} definitions were looked at`);
    assert.ok(percent(definitions) >= 99.5, `${percent(definitions)} % of definitions are kept`);
    assert.ok(percent(calls) >= 99.5, `${percent(calls)} % of calls are kept`);
    const worst = all.map((one) => percent(one.definitions));
    assert.ok(Math.min(...worst) >= 90, `kept by line, in %: ${worst.map((share) => share.toFixed(1))}`);
  });
});

function sharesOf(texts: readonly string[], line: string): { definitions: Share; calls: Share } {
  const insert = (text: string) => spots(text).map((spot) => afterInsertion(text, spot, `        ${line}\n`));
  const found = texts.flatMap(insert);
  return { definitions: sum(found.map((one) => one.definitions)), calls: sum(found.map((one) => one.calls)) };
}

function percent({ kept, all }: Share): number {
  return (100 * kept) / all;
}
