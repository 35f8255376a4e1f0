// Path patterns of price-tag.json.

import assert from 'node:assert/strict';
import { fits } from '../../src/base/glob';
import { nearest } from '../../src/base/nearest';

const CASES: readonly (readonly [pattern: string, fitting: readonly string[], other: readonly string[]])[] = [
  ['net.py', ['net.py'], ['netxpy', 'a/net.py', 'net.pyi', '']],
  ['*.py', ['net.py', '.py'], ['a/net.py', 'net.pyc']],
  ['**', ['net.py', 'a/b/c.py', ''], []],
  ['models/**', ['models/a.py', 'models/a/b.py', 'models/'], ['models', 'xmodels/a.py']],
  ['**/net.py', ['net.py', 'a/net.py', 'a/b/net.py'], ['xnet.py', 'a/xnet.py', 'net.py/a']],
  ['a/**/b.py', ['a/b.py', 'a/x/b.py', 'a/x/y/b.py'], ['ab.py', 'a/xb.py']],
  ['n?t.py', ['net.py', 'nét.py', 'n😀t.py'], ['n/t.py', 'nt.py']],
  ['[a].py', ['[a].py'], ['a.py']],
  ['a+(b).py', ['a+(b).py'], ['aab.py']],
];

describe('path patterns', () => {
  for (const [pattern, fitting, other] of CASES) {
    it(pattern, () => {
      for (const text of fitting) assert.ok(fits(text, pattern), `${pattern} is to fit ${text}`);
      for (const text of other) assert.ok(!fits(text, pattern), `${pattern} is not to fit ${text}`);
    });
  }

  it('take no longer for what is hard to match', () => {
    const started = performance.now();
    assert.ok(!fits('a'.repeat(2000), `${'*a'.repeat(50)}b`));
    assert.ok(performance.now() - started < 2000);
  });
});

describe('the name that was meant', () => {
  it('is the nearest, if it is near', () => {
    assert.equal(nearest('parms', ['params', 'fpo']), 'params');
    assert.equal(nearest('FPOS', ['params', 'fpo']), 'fpo');
    assert.equal(nearest('weigths', ['weights', 'memory']), 'weights');
    assert.equal(nearest('colour', ['params', 'fpo']), undefined);
  });
});
