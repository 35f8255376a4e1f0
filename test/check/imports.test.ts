// What a file may import, by a look at its text.

import assert from 'node:assert/strict';
import { importsIn, moduleOf, reaches } from '../../src/check/imports';

/** A statement in `pkg/sub/file.py`, and which changed files it may reach. */
const CASES: readonly (readonly [text: string, reached: readonly string[], other: readonly string[]])[] = [
  ['import net', ['net.py', 'src/net.py', 'net/__init__.py'], ['nets.py', 'net/a.py', 'pkg/sub/internet.py']],
  [
    'import lib.net as n, other',
    ['lib/net.py', 'src/lib/net.py', 'lib/__init__.py', 'other.py'],
    ['net.py', 'n.py'],
  ],
  [
    'from lib import net, loss as l',
    ['lib/net.py', 'lib/loss.py', 'lib/__init__.py'],
    ['net.py', 'l.py', 'lib/l.py'],
  ],
  ['from lib.net import *', ['lib/net.py', 'x/lib/net.py'], ['lib/__init__.py', 'net.py']],
  [
    'from . import net',
    ['pkg/sub/net.py', 'pkg/sub/__init__.py'],
    ['net.py', 'pkg/net.py', 'x/pkg/sub/net.py'],
  ],
  [
    'from .net import Net',
    ['pkg/sub/net.py', 'pkg/sub/net/__init__.py', 'pkg/sub/net/Net.py'],
    ['pkg/net.py', 'pkg/sub/__init__.py'],
  ],
  ['from ..lib.net import Net', ['pkg/lib/net.py'], ['lib/net.py', 'pkg/sub/lib/net.py']],
  ['from ... import net', ['net.py'], ['pkg/net.py']],
  ['from ..... import net', [], ['net.py', 'pkg/net.py']],
  [
    'from lib import (\n    a,\n    net,  # why (not)\n    b as c,\n)',
    ['lib/a.py', 'lib/b.py'],
    ['lib/c.py'],
  ],
  ['from lib import \\\n    net', ['lib/net.py'], []],
  ['    try: pass\n    import net; x = 1', ['net.py'], []],
  ['if x:\n\tfrom lib import net', ['lib/net.py'], []],
  ['x = 1; import net', ['net.py'], []],
  ['try: from lib import net', ['lib/net.py'], []],
  ['from модель import сеть', ['модель.py', 'модель/сеть.py'], []],
  ['# import net', [], ['net.py']],
  ['importlib.import_module("lib.net")', ['lib/net.py', 'lib/__init__.py'], ['net.py']],
  ['import модель', ['модель.py', 'src/модель.py'], []],
];

describe('imports of a text', () => {
  for (const [text, reached, other] of CASES) {
    it(JSON.stringify(text), () => {
      const imported = importsIn(text, 'pkg/sub/file.py');
      for (const path of reached) assert.ok(reaches(imported, moduleOf(path)), `it is to reach ${path}`);
      for (const path of other) assert.ok(!reaches(imported, moduleOf(path)), `it is not to reach ${path}`);
    });
  }

  it('are found in time, whatever the text', () => {
    const started = performance.now();
    importsIn('from x import (\n'.repeat(5_000), 'a.py');
    importsIn('import '.repeat(100_000), 'a.py');
    assert.ok(performance.now() - started < 5000);
  });
});
