// The command as it is shipped, in a process of its own: what it reads, writes, and ends with.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';

const run = (args: readonly string[], input = '') => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['dist/cli.cjs', ...args], {
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  return { status, stdout, stderr };
};

const CASE = {
  file: 'examples/resnet.py',
  expr: 'ResNet()',
  inputs: [{ shape: [1, 3, 32, 32], dtype: 'float32' }],
};

describe('the command', () => {
  it('answers a batch line by line, bad lines too', () => {
    const lines = [
      JSON.stringify({ id: 'a', ...CASE }),
      '{',
      '',
      JSON.stringify({ id: 'b', file: 'none.py', expr: 'x' }),
    ];
    const { status, stdout } = run(['batch'], `${lines.join('\r\n')}\n`);
    const [first, bad, missing, ...rest] = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.equal(status, 0);
    assert.deepEqual([first.id, first.ok, first.outputs.length], ['a', true, 1]);
    assert.ok(first.params.total > 0 && first.fpo.contraction > 0);
    assert.deepEqual([bad.id, bad.ok], [null, false]);
    assert.deepEqual([missing.id, missing.ok, rest.length], ['b', false, 0]);
  });

  it('writes reports of any length to a pipe, whole', () => {
    const { status, stdout } = run(['report', 'examples/resnet.py', '--format', 'json']);
    assert.equal(status, 0);
    assert.ok(stdout.length > 65_536);
    assert.ok(stdout.endsWith('\n}\n\n'));
  });

  it('says what it cannot understand, and ends with 2', () => {
    const { status, stdout, stderr } = run(['reprot']);
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /^There is no command "reprot"\./);
  });

  it('ends with 1 where a target cannot be priced', () => {
    assert.equal(run(['report', 'examples/resnet.py::nothing()']).status, 1);
  });

  it('tells its version', () => {
    assert.match(run(['--version']).stdout, /^\d+\.\d+\.\d+\n$/);
  });
});
