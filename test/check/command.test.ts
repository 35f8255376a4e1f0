// `price-tag check` as a command: exit codes, formats, what it says of a call that cannot be understood, and that its
// figures are those of `price-tag report`.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { resolve } from 'node:path';
import { GIT_ENV, net, newFolder, useRepository } from './repository';

const budget = (budgets: object): string => JSON.stringify({ budgets });

describe('price-tag check', () => {
  const repo = useRepository();

  it('ends with 0 where all holds or nothing is set, with 1 where a budget does not hold', () => {
    repo().commit({ 'net.py': net(20) });
    assert.equal(repo().cli('check').code, 0);
    repo().write('net.py', net(90));
    const told = repo().cli('check');
    assert.deepEqual([told.code, told.err], [0, '']);
    assert.match(told.out, /No budget is set for what changes\.\n$/);
    repo().write('price-tag.json', budget({ 'net.py::Net': { params: '1K' } }));
    assert.match(repo().cli('check').out, /The budget holds\.\n$/);
    assert.equal(repo().cli('check').code, 0);
    repo().write('price-tag.json', budget({ 'net.py::Net': { params: 900 } }));
    assert.match(repo().cli('check').out, /1 budget does not hold\.\n$/);
    assert.equal(repo().cli('check').code, 1);
    assert.equal(repo().cli('check', '--staged').code, 0, 'nothing is staged');
  });

  it('lets what cannot be judged pass, and says so, unless it is to be strict', () => {
    repo().commit({ 'net.py': net(20) });
    repo().write('net.py', net(30).replace('model(torch.randn(1, 10))\n', ''));
    repo().write('price-tag.json', budget({ 'net.py::Net': { fpo: '1G' } }));
    const told = repo().cli('check');
    assert.equal(told.code, 0);
    assert.match(told.out, /UNCERTAIN: 630 FPO; .*\n\n1 budget cannot be judged for sure\.\n$/s);
    assert.equal(repo().cli('check', '--strict').code, 1);
  });

  it('ends with 2 and a sentence where it cannot check', () => {
    repo().commit({ 'net.py': net(20) });
    const fails = (args: readonly string[], words: RegExp): void => {
      const { code, out, err } = repo().cli('check', ...args);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, words);
      assert.doesNotMatch(err, /\n\s+at /, 'no stack');
    };
    fails(['--base', 'nowhere'], /^There is no revision "nowhere" in this repository\.\n/);
    fails(['--base=-x'], /^There is no revision "-x" in this repository\.\n/);
    fails(['--base=--output=stolen'], /^There is no revision "--output=stolen"/);
    fails(['--head', '$(touch x)'], /^There is no revision "\$\(touch x\)"/);
    fails(['--staged', '--head', 'HEAD'], /^--staged and --head are two states/);
    fails(['--format', 'xml'], /^There is no format "xml": .*sarif/);
    fails(['--format', 'constructor'], /^There is no format "constructor"/);
    fails(['--out', 'x.md'], /^"x\.md" is no output: write --out FORMAT=FILE\./);
    fails(['--bse', 'HEAD'], /^Unknown option '--bse'/);
    fails(['..'], /^\.\. is not in the repository at /);
    assert.deepEqual(fs.readdirSync(repo().folder).sort(), ['.git', 'net.py']);
    repo().write('price-tag.json', '{"budgets": 3}');
    const broken = repo().cli('check');
    assert.equal(broken.code, 2);
    assert.match(broken.out, /^error: price-tag\.json:1: "budgets" holds an object/m);
    assert.match(broken.err, /^price-tag\.json has errors/);
  });

  it('says where there is no git, and no repository', () => {
    const folder = newFolder();
    const run = (env: NodeJS.ProcessEnv) =>
      spawnSync(process.execPath, [resolve('dist/cli.cjs'), 'check'], { cwd: folder, env, encoding: 'utf8' });
    const outside = run({ ...GIT_ENV, GIT_CEILING_DIRECTORIES: '/' });
    assert.deepEqual([outside.status, outside.stdout], [2, '']);
    assert.match(outside.stderr, / is in no git repository\.\n/);
    const without = run({ ...GIT_ENV, PATH: folder });
    assert.equal(without.status, 2);
    assert.match(without.stderr, /^git was not found\. Install git, or put it on the PATH\.\n/);
    fs.rmSync(folder, { recursive: true });
  });

  it('works from any folder of the repository, and takes paths as seen from there', () => {
    repo().commit({ 'a/net.py': net(20), 'b/net.py': net(20) });
    repo().write('a/net.py', net(30));
    repo().write('b/net.py', net(30));
    const run = (...args: readonly string[]): string =>
      spawnSync(process.execPath, [resolve('dist/cli.cjs'), 'check', ...args, '--format', 'trailers'], {
        cwd: `${repo().folder}/a`,
        env: GIT_ENV,
        encoding: 'utf8',
      }).stdout;
    const line = (key: string): string => `Price-Tag: ${key} 630 FPO (+50 %), 330 parameters (+110)\n`;
    assert.equal(run(), line('a/net.py::Net') + line('b/net.py::Net'));
    assert.equal(run('net.py'), line('a/net.py::Net'));
    assert.equal(run('.'), line('a/net.py::Net'));
    assert.equal(run('../b'), line('b/net.py::Net'));
  });

  it('writes trailers that git reads as such', () => {
    repo().commit({
      'net.py': net(20),
      'old.py': net(5, 'Old'),
      'odd.py': 'from torch import nn\nodd = nn.ReLU()\n',
    });
    repo().write('net.py', net(30));
    repo().write('new\nline: x.py', net(5, 'New'));
    repo().remove('old.py');
    repo().remove('odd.py');
    const { out } = repo().cli('check', '--format', 'trailers');
    repo().commit({}, `Widen the model\n\nBecause.\n\n${out}Signed-off-by: Ada <ada@example.org>`);
    const trailers = repo()
      .git('log', '-1', '--format=%(trailers:key=Price-Tag,valueonly)')
      .trim()
      .split('\n');
    assert.deepEqual(
      trailers,
      [
        'net.py::Net 630 FPO (+50 %), 330 parameters (+110)',
        'new line: x.py::New was Old, 105 FPO (±0), 55 parameters (±0)',
        'odd.py::odd removed',
      ].sort(),
    );
  });

  it('has the figures of price-tag report, whatever says what the input is', () => {
    const bare = net(30).replace('model(torch.randn(1, 10))\n', '');
    const files = {
      'code.py': net(30),
      'assumed.py': bare,
      'comment.py': bare.replace('class Net', '# price-tag: input=(7, 10)\nclass Net'),
      'config.py': bare,
    };
    repo().commit();
    for (const [path, text] of Object.entries(files)) repo().write(path, text);
    repo().write(
      'price-tag.json',
      JSON.stringify({ inputs: { 'config.py::Net': [[5, 3, 10]] }, knobs: { 'config.py': { batch: 2 } } }),
    );
    const checked = JSON.parse(repo().cli('check', '--format', 'json').out);
    for (const path of Object.keys(files)) {
      const report = JSON.parse(repo().cli('report', `${path}::Net`, '--format', 'json').out);
      const { after } = checked.roots.find(({ key }: { key: string }) => key === `${path}::Net`);
      const { params, buffers, fpo, training, memory } = report;
      assert.deepEqual(after.figures, {
        buffers,
        contraction: fpo.contraction,
        fpo: fpo.total,
        macs: fpo.contraction / 2,
        memory: memory.inferencePeak,
        params: params.total,
        trainable: params.trainable,
        trainingFpo: training.fpo.total,
        weights: memory.weights,
      });
    }
    const inputs = checked.roots.map(({ after }: { after: { inputSpec: string } }) => after.inputSpec);
    assert.deepEqual(inputs, ['1,10', '1,10', '7,10', '2,3,10']);
  });
});
