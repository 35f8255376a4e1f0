// The file that commit hooks run, run by Node.js.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { launcherText } from '../../src/editor/check/launcher-text';

describe('the launcher of commit hooks', () => {
  const folder = mkdtempSync(join(tmpdir(), 'price-tag launcher '));
  after(() => rmSync(folder, { recursive: true }));

  const run = (commandLine: string, ...args: readonly string[]) => {
    const file = join(folder, 'price-tag.cjs');
    writeFileSync(file, launcherText(commandLine));
    return spawnSync(process.execPath, [file, ...args], { encoding: 'utf8' });
  };

  it('is the command line, wherever that is', () => {
    const { status, stdout } = run(resolve('dist/cli.cjs'), '--version');
    assert.deepEqual([status, /^\d+\.\d+\.\d+\n$/.test(stdout)], [0, true]);
  });

  it('lets a commit go where the command line is gone, and says so', () => {
    const { status, stderr } = run(join(folder, 'gone.cjs'), 'check', '--staged');
    assert.equal(status, 2);
    assert.match(stderr, /^Price Tag is not installed any more: this commit is not checked\.\n$/);
  });
});
