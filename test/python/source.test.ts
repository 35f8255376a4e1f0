// inspect.getsource: the text of what a file defines, and Python's exceptions for what no file does.

import assert from 'node:assert/strict';
import { evaluateExpression, runModule } from '../../src/python/evaluate';
import { Interpreter } from '../../src/python/interpreter';
import { standardLibrary } from '../../src/python/stdlib';

const TEXT = `import inspect

class A:
    def f(self, x):
        return x + 1

def h(a):
    return a

def refused(value):
    try:
        return inspect.getsource(value)
    except (OSError, TypeError) as error:
        return type(error).__name__
`;

const CASES: Readonly<Record<string, string>> = {
  'inspect.getsource(A)': 'class A:\n    def f(self, x):\n        return x + 1\n',
  'inspect.getsource(A.f)': '    def f(self, x):\n        return x + 1\n',
  'inspect.getsource(A().f)': '    def f(self, x):\n        return x + 1\n',
  'inspect.getsource(h)': 'def h(a):\n    return a\n',
  'inspect.getsourcelines(h)[0][1]': '    return a\n',
  'inspect.getfile(A)': 'test.py',
  'refused(len)': 'OSError',
};

describe('inspect.getsource', () => {
  const interpreter = new Interpreter({
    limits: { milliseconds: Number.POSITIVE_INFINITY },
    reader: { read: (path) => (path === 'test.py' ? TEXT : undefined), isFolder: () => false },
    searchPaths: [],
    libraries: [standardLibrary],
  });
  const module = runModule(interpreter, TEXT, 'test.py');

  for (const [expression, expected] of Object.entries(CASES)) {
    it(expression, () => {
      assert.equal(evaluateExpression(interpreter, expression, module), expected);
    });
  }
});
