// Members of enumerations wait only where nobody could tell: what is read of other files shows which did.

import assert from 'node:assert/strict';
import { evaluateExpression, runModule } from '../../src/python/evaluate';
import { Interpreter } from '../../src/python/interpreter';
import { standardLibrary } from '../../src/python/stdlib';

const WEIGHTS = `
from enum import Enum
from table import NAMES
class Weights:
    def __init__(self, url, names=NAMES):
        self.url, self.names = url, names
META = {"names": NAMES}
class Small(Enum):
    V1 = Weights("one", **META)
    DEFAULT = V1
`;

/** An interpreter over these files, and which of them have been read. */
function reading(files: Readonly<Record<string, string>>) {
  const read = new Set<string>();
  const interpreter = new Interpreter({
    limits: { milliseconds: Number.POSITIVE_INFINITY },
    reader: {
      read: (path) => {
        if (files[path] !== undefined) read.add(path);
        return files[path];
      },
      isFolder: () => false,
    },
    searchPaths: ['lib'],
    libraries: [standardLibrary],
  });
  const module = runModule(interpreter, 'from weights import *\n', 'main.py', 'main');
  const ask = (text: string) => interpreter.repr(evaluateExpression(interpreter, text, module));
  return { ask, read };
}

describe('members that wait', () => {
  const files = { 'lib/weights.py': WEIGHTS, 'lib/later.py': 'X = 1\n', 'lib/table.py': 'NAMES = ["a"]\n' };
  const deferring = WEIGHTS.replace('"one"', 'X').replace('from table', 'from later import X\nfrom table');

  it('are named without their values being made', () => {
    const { ask, read } = reading({ ...files, 'lib/weights.py': deferring });
    assert.equal(ask('Small.DEFAULT.name, Small.V1 is Small.DEFAULT'), "('V1', True)");
    assert.equal(read.has('lib/later.py'), false);
    assert.equal(ask('Small.V1.value.url'), '1');
    assert.equal(read.has('lib/later.py'), true);
  });

  it('are made at once from what the file changes', () => {
    const { ask, read } = reading({ ...files, 'lib/weights.py': `${deferring}META["names"] = []\n` });
    assert.equal(ask('Small.V1.name'), "'V1'");
    assert.equal(read.has('lib/later.py'), true);
  });

  it('are made at once beside others that are no calls of classes', () => {
    const { ask, read } = reading({ ...files, 'lib/weights.py': `${deferring}    OTHER = 3\n` });
    assert.equal(ask('Small.OTHER.value'), '3');
    assert.equal(read.has('lib/later.py'), true);
  });
});
