// Decorated functions that are read in two steps give the tree that reading them whole gives.

import assert from 'node:assert/strict';
import { outline, parse, parsePart, type Stmt } from '../../src/syntax';
import { lateFunction } from '../../src/syntax/late';

const FUNCTIONS = [
  '@register\ndef f(a, b=1):\n    return a\n',
  '@register("f: x", k={"a": 1})  # a: b\n@other\nasync def f(\n    a: int = 3,  # why: not\n    *b, **c\n) -> Dict[str, int]:  # here: it begins\n\n    """Doc: string."""\n    # done\n    global x\n    if a:\n        return {1: 2}\n    return [b]\n\n',
  '@a.b\ndef f(a=lambda x: x, b="):"):\n  yield a\n# after\n',
  '@once\ndef f(): return 1\n',
  '@once\ndef f(a): return {\n  1: a}\n',
  '@once\nclass f(A):\n    x = 1\n    def g(self): pass\n',
  '@once\ndef f(a) -> "x:":\r\n    pass\r\n',
  '@once\ndef f[T](a: T):\n\tif a:\n\t\tpass\n\telse:\n\t\treturn a\n',
];

/** A copy without accessors, what is inherited included. */
const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const { kind, start, end, name, nameStart, isAsync, typeParams, args, returns, decorators, body, special } =
    value as Extract<Stmt, { kind: 'FunctionDef' }>;
  const own =
    kind === 'FunctionDef'
      ? { kind, start, end, name, nameStart, isAsync, typeParams, args, returns, decorators, body, special }
      : value;
  return Object.fromEntries(Object.entries(own).map(([key, item]) => [key, plain(item)]));
};

describe('syntax: functions that are read late', () => {
  FUNCTIONS.forEach((text, index) => {
    it(`equal those that are read whole (${index + 1})`, () => {
      const file = `import x\n${text}y = 1\n`;
      const parts = outline(file) ?? [];
      const late = parts.flatMap((part) => parsePart(file, part).body);
      assert.deepEqual(plain(late), plain(parse(file).module.body));
    });
  });

  it('read a body once, at the first look', () => {
    const file = '@register\ndef f(a):\n    return a\n';
    const read: [number, number][] = [];
    const late = lateFunction(
      file,
      { start: 0, end: file.length, name: 'f', decorated: true },
      (from, to) => {
        read.push([from, to]);
        const { module, issues } = parse(file.slice(from, to));
        return { module, issues, special: false };
      },
    );
    assert.deepEqual(read, [[0, 20]]);
    assert.equal(late?.body.length, 1);
    assert.equal(late?.body.length, 1);
    assert.deepEqual(read, [
      [0, 20],
      [20, file.length],
    ]);
  });
});
