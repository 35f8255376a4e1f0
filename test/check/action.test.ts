// The composite action in docs/: the script of its check, run by bash in a real repository as a runner would.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { join, resolve } from 'node:path';
import { GIT_ENV, net, newFolder, useRepository } from './repository';

/** The lines of a step's `run: |`. */
function scriptOf(step: string): string {
  const text = fs.readFileSync('docs/github-action/action.yml', 'utf8');
  const [, body = ''] = text.split(`- name: ${step}\n`);
  const [, lines = ''] = /\n {6}run: \|\n((?: {8}.*\n|\n)+)/.exec(body) ?? [];
  return lines.replace(/^ {8}/gm, '');
}

describe('GitHub action', () => {
  const repo = useRepository();
  let temp: string;
  beforeEach(() => {
    temp = newFolder();
    const shim = `#!/bin/sh\nexec '${process.execPath}' '${resolve('dist/cli.cjs')}' "$@"\n`;
    fs.writeFileSync(join(temp, 'price-tag'), shim, { mode: 0o755 });
  });
  afterEach(() => fs.rmSync(temp, { recursive: true }));

  function check(inputs: Readonly<Record<string, string>>) {
    const env = {
      ...GIT_ENV,
      PATH: `${temp}:${process.env.PATH}`,
      ...{ BASE: '', FOLDER: temp, PATHS: '', STRICT: 'false', ...inputs },
      GITHUB_OUTPUT: join(temp, 'output'),
      GITHUB_STEP_SUMMARY: join(temp, 'summary'),
    };
    const args = ['--noprofile', '--norc', '-eo', 'pipefail', '-c', scriptOf('Check prices')];
    const { status, stdout } = spawnSync('bash', args, { cwd: repo().folder, env, encoding: 'utf8' });
    return { status, stdout };
  }

  it('annotates, sums up, and fails where a budget does not hold', () => {
    const budgets = { 'net.py::Net': { params: 300 } };
    repo().commit({
      'net.py': net(20),
      'price-tag.json': JSON.stringify({ budgets }),
      'my models/a.py': net(5),
    });
    repo().git('tag', 'base');
    repo().commit({ 'net.py': net(25), 'my models/a.py': net(6) });
    repo().commit({ 'net.py': net(30) });
    const { status, stdout } = check({ BASE: repo().git('rev-parse', 'base').trim() });
    assert.equal(status, 1);
    assert.match(
      stdout,
      /^::error file=net\.py,line=5,.*over its budget of 300 by 30 since this change \(220 before\)$/m,
    );
    assert.match(stdout, /^::notice file=my models\/a\.py/m);
    assert.match(
      fs.readFileSync(join(temp, 'summary'), 'utf8'),
      /^### Price Tag\n\n❌ 1 budget does not hold\./,
    );
    const output = fs.readFileSync(join(temp, 'output'), 'utf8');
    assert.equal(output, `report=${temp}/price-tag.json\nsarif=${temp}/price-tag.sarif\n`);
    assert.equal(JSON.parse(fs.readFileSync(join(temp, 'price-tag.json'), 'utf8')).outcome, 'broken');
    assert.equal(JSON.parse(fs.readFileSync(join(temp, 'price-tag.sarif'), 'utf8')).version, '2.1.0');
    const some = check({ BASE: 'base', PATHS: 'my models\n' });
    assert.equal(some.status, 0);
    assert.doesNotMatch(some.stdout, /net\.py/);
  });

  it('compares with the parent where there is no base, and fails for one that is not there', () => {
    repo().commit({ 'net.py': net(20) });
    repo().commit({ 'net.py': net(30) });
    for (const BASE of ['', '0'.repeat(40)]) {
      const { status, stdout } = check({ BASE });
      assert.equal(status, 0);
      assert.match(stdout, /^::notice file=net\.py,line=5,.*50 %25 more expensive/m);
    }
    assert.equal(check({ BASE: 'deadbeef' }).status, 2);
  });
});
