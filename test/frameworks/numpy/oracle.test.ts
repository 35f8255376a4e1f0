// Expressions and what the real NumPy gave for them (scripts/oracle-numpy.py): type, element type, shape and elements.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { numpyLibrary } from '../../../src/frameworks/numpy/library';
import { torchLibrary } from '../../../src/frameworks/torch';
import { evaluateExpression, runModule } from '../../../src/python/evaluate';
import { Interpreter } from '../../../src/python/interpreter';
import { standardLibrary } from '../../../src/python/stdlib';

const CASES = JSON.parse(readFileSync('test/data/numpy.json', 'utf8')) as [string, string][];

/** Says what a value is in the words of scripts/oracle-numpy.py. */
const DESCRIBE = `
import math
import numpy as np

def describe(value):
    if isinstance(value, (np.ndarray, np.generic)):
        return repr((type(value).__name__.replace('bool_', 'bool'), str(value.dtype), value.shape, value.tolist()))
    if isinstance(value, (tuple, list)):
        return type(value).__name__ + '(' + ', '.join([describe(item) for item in value]) + ')'
    return repr(value)

def answer(make):
    try:
        return describe(make())
    except Exception as error:
        return type(error).__name__
`;

describe('numpy', () => {
  const interpreter = new Interpreter({
    limits: { milliseconds: Number.POSITIVE_INFINITY },
    reader: { read: () => undefined, isFolder: () => false },
    searchPaths: [],
    libraries: [torchLibrary, numpyLibrary, standardLibrary],
  });
  const module = runModule(interpreter, DESCRIBE, 'test.py');

  it(`answers ${CASES.length} expressions as the real one does`, () => {
    const wrong = CASES.flatMap(([expression, expected]) => {
      interpreter.refill();
      const got = String(evaluateExpression(interpreter, `answer(lambda: ${expression})`, module));
      return got === expected ? [] : [`${expression}\n  expected ${expected}\n  got      ${got}`];
    });
    if (wrong.length > 0) assert.fail(`${wrong.length} of ${CASES.length}:\n${wrong.join('\n')}`);
  });
});
