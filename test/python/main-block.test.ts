// What a script sets under `if __name__ == "__main__"` is there for who asks, as the statements before made it.

import assert from 'node:assert/strict';
import { evaluateExpression, runModule } from '../../src/python/evaluate';
import { Interpreter } from '../../src/python/interpreter';
import { standardLibrary } from '../../src/python/stdlib';

const TEXT = `import argparse

width = 3
ran = []

class Net:
    pass

def use(name):
    ran.append(name)
    return name

if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--depth', type=int, default=7)
    args = parser.parse_args()
    args.heads = 4
    width = width + 1
    width *= 2
    words = 'a b a'.split()
    words = sorted(set(words))
    words.append('c')
    table = {}
    for i, word in enumerate(words):
        table[word] = i
    size = len(table)
    net = Net()
    net.layers = [size]
    other = use('other')
    for epoch in range(10):
        net.fit(use('epoch'))
`;

const CASES: Readonly<Record<string, string>> = {
  '(args.depth, args.heads)': '(7, 4)',
  width: '8',
  words: "['a', 'b', 'c']",
  table: "{'a': 0, 'b': 1, 'c': 2}",
  'net.layers': '[3]',
  ran: '[]',
};

describe('the main block of a script', () => {
  const interpreter = new Interpreter({
    limits: { milliseconds: Number.POSITIVE_INFINITY },
    reader: { read: () => undefined, isFolder: () => false },
    searchPaths: [],
    libraries: [standardLibrary],
  });
  const module = runModule(interpreter, TEXT, 'script.py');

  for (const [expression, expected] of Object.entries(CASES)) {
    it(expression, () => {
      assert.equal(interpreter.repr(evaluateExpression(interpreter, expression, module)), expected);
    });
  }
});
