// States of a repository that a check meets: stages, revisions, conflicts, shallow and sparse clones, submodules, linked
// working trees, names that somebody chose to do harm. Everything happens in real repositories.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { join } from 'node:path';
import { CheckError } from '../../src/check';
import { GitError, openRepository } from '../../src/node/git';
import { GIT_ENV, net, newFolder, Repository, useRepository } from './repository';

/** Roots as `changed net.py::Net 220 → 330`. */
function told(repository: Repository, request: Parameters<Repository['report']>[0] = {}): string[] {
  return repository
    .report(request)
    .roots.map(({ status, key, before, after }) =>
      [status, key, before?.figures?.params ?? '–', '→', after?.figures?.params ?? '–'].join(' '),
    );
}

const notes = (repository: Repository, request = {}): readonly string[] => repository.report(request).notes;

/** All files below a folder with their contents, but for git's own. */
function snapshot(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !`${entry.parentPath}/`.includes('/.git/'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => `${file} ${fs.statSync(file).mtimeMs} ${fs.readFileSync(file, 'latin1')}`)
    .sort();
}

describe('check: states', () => {
  const repo = useRepository();
  const others: string[] = [];
  afterEach(() => {
    for (const folder of others.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
  });

  /** A folder beside the repository, removed after the test. */
  function beside(): string {
    const folder = newFolder();
    others.push(folder);
    return folder;
  }

  it('tells the index from the working tree', () => {
    repo().commit({ 'net.py': net(20), 'lib.py': 'WIDTH = 20\n' });
    repo().write('net.py', net(30));
    repo().git('add', '.');
    repo().write('net.py', net(40));
    repo().write('unknown.py', net(5, 'Unknown'));
    assert.deepEqual(told(repo(), { head: 'index' }), ['changed net.py::Net 220 → 330']);
    assert.deepEqual(told(repo()), ['changed net.py::Net 220 → 440', 'added unknown.py::Unknown – → 55']);
  });

  it('reads what is imported from the index, too', () => {
    const model = `from torch import nn\nfrom lib import WIDTH\nclass Net(nn.Sequential):\n    def __init__(self):\n        super().__init__(nn.Linear(10, WIDTH))\n`;
    repo().commit({ 'net.py': model, 'lib.py': 'WIDTH = 20\n' });
    repo().write('lib.py', 'WIDTH = 30\n');
    repo().git('add', '.');
    repo().write('lib.py', 'WIDTH = 40\n');
    assert.deepEqual(told(repo(), { head: 'index' }), ['changed net.py::Net 220 → 330']);
    assert.deepEqual(told(repo()), ['changed net.py::Net 220 → 440']);
  });

  it('compares revisions with each other, whatever the working tree holds', () => {
    repo().commit({ 'net.py': net(20) });
    repo().git('tag', 'first');
    repo().commit({ 'net.py': net(30) });
    repo().commit({ 'net.py': net(40), 'extra.py': net(5, 'Extra') });
    repo().write('net.py', net(99));
    repo().remove('extra.py');
    assert.deepEqual(told(repo(), { head: { revision: 'HEAD' } }), [
      'added extra.py::Extra – → 55',
      'changed net.py::Net 330 → 440',
    ]);
    assert.deepEqual(told(repo(), { base: 'first', head: { revision: 'HEAD~1' } }), [
      'changed net.py::Net 220 → 330',
    ]);
    assert.deepEqual(told(repo(), { base: 'first' }), ['changed net.py::Net 220 → 1089']);
    assert.deepEqual(told(repo(), { base: 'HEAD', head: { revision: 'first' } }), []);
  });

  it('compares with where two branches parted, so that changes of others are not told', () => {
    repo().commit({ 'net.py': net(20), 'theirs.py': net(20, 'Theirs') });
    repo().git('checkout', '-q', '-b', 'topic');
    repo().commit({ 'net.py': net(30) });
    repo().git('checkout', '-q', 'main');
    repo().commit({ 'theirs.py': net(40, 'Theirs') });
    repo().git('checkout', '-q', 'topic');
    assert.deepEqual(told(repo(), { base: 'main' }), ['changed net.py::Net 220 → 330']);
    assert.match(repo().report({ base: 'main' }).base.words, /^[0-9a-f]{9}, where this parted from main$/);
    repo().git('checkout', '-q', '--orphan', 'alone');
    repo().commit({ 'net.py': net(50) });
    assert.deepEqual(told(repo(), { base: 'main' }), [
      'changed net.py::Net 220 → 550',
      'changed theirs.py::Theirs 440 → 220',
    ]);
    assert.match(notes(repo(), { base: 'main' })[0] ?? '', /^No common ancestor with main is known here/);
  });

  it('works on a detached head', () => {
    repo().commit({ 'net.py': net(20) });
    repo().commit({ 'net.py': net(30) });
    repo().git('checkout', '-q', '--detach', 'HEAD~1');
    repo().write('net.py', net(40));
    assert.deepEqual(told(repo()), ['changed net.py::Net 220 → 440']);
  });

  it('works before the first commit', () => {
    assert.match(repo().check(), /^Price Tag: the working tree against nothing \(there are no commits yet\)/);
    repo().write('net.py', net(20));
    assert.deepEqual(told(repo()), ['added net.py::Net – → 220']);
    assert.deepEqual(told(repo(), { head: 'index' }), []);
    repo().git('add', '.');
    assert.deepEqual(told(repo(), { head: 'index' }), ['added net.py::Net – → 220']);
    assert.throws(() => repo().report({ head: { revision: 'HEAD' } }), /^Error: There is no revision "HEAD"/);
  });

  it('says where there is no git, no repository and no such revision', () => {
    const fails = (body: () => unknown, type: typeof CheckError | typeof GitError, message: RegExp): void => {
      assert.throws(body, (error) => error instanceof type && message.test((error as Error).message));
    };
    fails(
      () => openRepository(repo().folder, { program: 'no-such-git', env: GIT_ENV }),
      GitError,
      /^no-such-git was not found/,
    );
    fails(() => openRepository(beside(), { env: GIT_ENV }), GitError, / is in no git repository\.$/);
    fails(
      () => openRepository(`${repo().folder}/nowhere`, { env: GIT_ENV }),
      GitError,
      /^There is no folder /,
    );
    repo().commit({ 'net.py': net(20) });
    fails(
      () => openRepository(`${repo().folder}/.git`, { env: GIT_ENV }),
      GitError,
      /without a working tree/,
    );
    for (const base of [
      'nothing',
      '-h',
      '--output=x',
      '',
      'a..b',
      'HEAD\0',
      'HEAD:net.py',
      '$(touch x)',
      'HEAD\n',
    ])
      fails(() => repo().report({ base }), CheckError, /^There is no revision /);
    assert.deepEqual(fs.readdirSync(repo().folder), ['.git', 'net.py']);
  });

  it('leaves files in conflict alone until they are resolved', () => {
    repo().commit({ 'net.py': net(20), 'other.py': net(20, 'Other') });
    repo().git('checkout', '-q', '-b', 'topic');
    repo().commit({ 'net.py': net(30) });
    repo().git('checkout', '-q', 'main');
    repo().commit({ 'net.py': net(40), 'other.py': net(25, 'Other') });
    assert.throws(() => repo().git('merge', 'topic'));
    for (const head of ['workTree', 'index'] as const) {
      assert.deepEqual(told(repo(), { head }), []);
      assert.deepEqual(notes(repo(), { head }), [
        'net.py is in conflict: it is priced when the conflict is resolved.',
      ]);
    }
    repo().write('net.py', net(50));
    repo().git('add', '.');
    assert.deepEqual(told(repo(), { head: 'index' }), ['changed net.py::Net 440 → 550']);
  });

  it('says what a shallow clone does not have', () => {
    repo().commit({ 'net.py': net(20) });
    repo().commit({ 'net.py': net(30) });
    const first = repo().git('rev-parse', 'HEAD~1').trim();
    const clone = new Repository(join(beside(), 'clone'));
    execFileSync('git', ['clone', '-q', '--depth', '1', `file://${repo().folder}`, clone.folder], {
      env: GIT_ENV,
    });
    clone.write('net.py', net(40));
    assert.deepEqual(told(clone), ['changed net.py::Net 330 → 440']);
    assert.throws(() => clone.report({ base: first }), /This clone is shallow: fetch that commit first/);
    assert.deepEqual(told(clone, { head: { revision: 'HEAD' } }), ['added net.py::Net – → 330']);
  });

  it('never fetches what a partial clone left out', () => {
    repo().commit({ 'net.py': net(20) });
    repo().commit({ 'net.py': net(30) });
    repo().git('config', 'uploadpack.allowFilter', 'true');
    const clone = new Repository(join(beside(), 'clone'));
    execFileSync('git', ['clone', '-q', '--filter=blob:none', `file://${repo().folder}`, clone.folder], {
      env: GIT_ENV,
    });
    assert.match(
      clone.check({ base: 'HEAD~1' }),
      /note: net\.py before the change: It is not UTF-8 text, is too large, or is not in this clone\./,
    );
  });

  it('sees into submodules', () => {
    const inner = new Repository(beside());
    inner.git('init', '-q');
    inner.commit({
      'block.py':
        'from torch import nn\nclass Block(nn.Sequential):\n    def __init__(self):\n        super().__init__(nn.Linear(10, 20))\n',
    });
    const model = `from torch import nn\nfrom inner.block import Block\nclass Net(nn.Sequential):\n    def __init__(self):\n        super().__init__(Block())\n`;
    repo().commit({ 'net.py': model });
    repo().git('submodule', '--quiet', 'add', inner.folder, 'inner');
    repo().commit();
    repo().edit('inner/block.py', '20', '30');
    assert.deepEqual(told(repo()), [
      'changed inner/block.py::Block 220 → 330',
      'changed net.py::Net 220 → 330',
    ]);
    const sub = new Repository(`${repo().folder}/inner`);
    assert.deepEqual(told(sub), ['changed block.py::Block 220 → 330']);
    sub.commit();
    repo().git('add', 'inner');
    assert.deepEqual(told(repo(), { head: 'index' }), [
      'changed inner/block.py::Block 220 → 330',
      'changed net.py::Net 220 → 330',
    ]);
    repo().git('submodule', '--quiet', 'deinit', '--force', 'inner');
    assert.match(
      notes(repo(), { head: 'index' })[0] ?? '',
      /^The submodule inner changed, and its commits are not all here/,
    );
  });

  it('works in a linked working tree', () => {
    repo().commit({ 'net.py': net(20) });
    const linked = new Repository(join(beside(), 'linked'));
    repo().git('worktree', 'add', '-q', linked.folder);
    linked.write('net.py', net(30));
    linked.git('add', '.');
    assert.deepEqual(told(linked), ['changed net.py::Net 220 → 330']);
    assert.deepEqual(told(linked, { head: 'index' }), ['changed net.py::Net 220 → 330']);
    assert.deepEqual(told(repo()), []);
  });

  it('reads from git what a sparse checkout leaves out', () => {
    const model = `from torch import nn\nfrom lib.sizes import WIDTH\nclass Net(nn.Sequential):\n    def __init__(self):\n        super().__init__(nn.Linear(10, WIDTH), nn.Linear(WIDTH, 1))\n`;
    repo().commit({
      'app/net.py': model,
      'lib/__init__.py': '',
      'lib/sizes.py': 'WIDTH = 20\n',
      'old/net.py': net(20),
    });
    repo().git('sparse-checkout', 'set', 'app');
    assert.ok(!fs.existsSync(`${repo().folder}/lib`));
    assert.deepEqual(told(repo()), []);
    repo().edit('app/net.py', 'nn.Linear(WIDTH, 1)', 'nn.Linear(WIDTH, 2)');
    assert.deepEqual(told(repo()), ['changed app/net.py::Net 241 → 262']);
    repo().git('add', '.');
    assert.deepEqual(told(repo(), { head: 'index' }), ['changed app/net.py::Net 241 → 262']);
  });

  it('reads names in any script, and line ends of any kind', () => {
    repo().git('config', 'core.autocrlf', 'true');
    repo().commit({ 'modèles/сеть.py': net(20), 'win.py': net(20, 'Win').replaceAll('\n', '\r\n') });
    fs.rmSync(`${repo().folder}/win.py`);
    repo().git('checkout', '--', 'win.py');
    assert.match(fs.readFileSync(`${repo().folder}/win.py`, 'utf8'), /\r\n/);
    assert.deepEqual(told(repo()), []);
    repo().edit('modèles/сеть.py', '20', '30');
    repo().edit('win.py', '20', '30');
    const report = repo().report();
    assert.deepEqual(told(repo()), [
      'changed modèles/сеть.py::Net 220 → 330',
      'changed win.py::Win 220 → 330',
    ]);
    assert.deepEqual(report.roots[1]?.layers[0]?.causes, [
      { file: 'win.py', side: 'after', first: 8, last: 8, direct: true },
    ]);
  });

  it('says which files it cannot read', () => {
    repo().commit({ 'net.py': Buffer.from(net(20).replace('20)', '20)  # caf\u00e9'), 'latin1') });
    repo().write('net.py', net(30));
    assert.deepEqual(notes(repo()), [
      'net.py before the change: It is not UTF-8 text, is too large, or is not in this clone.',
    ]);
    assert.deepEqual(told(repo()), ['changed net.py::Net – → 330']);
    assert.match(
      repo().report().roots[0]?.notes[0] ?? '',
      /^What it cost before is not known: It is not UTF-8 text/,
    );
  });

  it('follows symbolic links in the state before', () => {
    const model = `from torch import nn\nfrom sizes import WIDTH\nclass Net(nn.Sequential):\n    def __init__(self):\n        super().__init__(nn.Linear(10, WIDTH))\n`;
    repo().write('app/net.py', model);
    repo().write('lib/sizes.py', 'WIDTH = 20\n');
    repo().write('lib/other.py', 'WIDTH = 30\n');
    fs.symlinkSync('../lib/sizes.py', `${repo().folder}/app/sizes.py`);
    repo().commit();
    repo().remove('app/sizes.py');
    fs.symlinkSync('../lib/other.py', `${repo().folder}/app/sizes.py`);
    assert.deepEqual(told(repo()), ['changed app/net.py::Net 220 → 330']);
  });

  it('takes hostile names for names', () => {
    const names = [
      '$(touch x).py',
      '-rf.py',
      '--output=x.py',
      'a\nb.py',
      `q'"\`.py`,
      'semi;touch x.py',
      '|touch x.py',
      ':(top)magic.py',
      ':!not.py',
      '*.py',
      'HEAD',
      '-/net.py',
      ' space .py',
      'tab\t.py',
      '#.py',
      'back\\slash.py',
    ];
    repo().commit(Object.fromEntries(names.map((name) => [name, net(20)])));
    for (const name of names) repo().write(name, net(30));
    const before = snapshot(repo().folder);
    const priced = names.filter((name) => name.endsWith('.py'));
    for (const head of ['workTree', 'index'] as const) {
      if (head === 'index') repo().git('add', '.');
      const roots = told(repo(), { head });
      assert.deepEqual(roots, priced.map((name) => `changed ${name}::Net 220 → 330`).sort());
    }
    assert.equal(
      repo()
        .check()
        .split('\n')
        .filter((line) => line.startsWith('changed ')).length,
      priced.length,
    );
    repo().commit();
    assert.equal(told(repo(), { head: { revision: 'HEAD' } }).length, priced.length);
    assert.deepEqual(snapshot(repo().folder), before, 'nothing was made or changed');
  });

  it('leaves the repository as it is: no lock, no index written, nothing checked out', () => {
    repo().commit({ 'net.py': net(20) });
    repo().write('net.py', net(30));
    const state = (): string[] => [
      ...snapshot(repo().folder),
      `${fs.statSync(`${repo().folder}/.git/index`).mtimeMs}`,
      fs.readdirSync(`${repo().folder}/.git`).join(),
    ];
    const before = state();
    repo().report();
    repo().report({ head: 'index' });
    repo().report({ base: 'HEAD', head: { revision: 'HEAD' } });
    assert.deepEqual(state(), before);
  });

  it('runs nothing that the repository names', () => {
    const trap = `${repo().folder}-trap`;
    others.push(trap);
    const program = `touch '${trap}'; cat`;
    repo().commit({ 'net.py': net(20), '.gitattributes': '*.py diff=trap\n' });
    for (const [name, value] of [
      ['diff.external', program],
      ['diff.trap.command', program],
      ['diff.trap.textconv', program],
      ['core.fsmonitor', program],
      ['core.pager', program],
      ['pager.diff', program],
      ['core.hooksPath', `${repo().folder}/hooks`],
    ] as const)
      repo().git('config', name, value);
    repo().write('hooks/post-index-change', `#!/bin/sh\n${program}\n`);
    fs.chmodSync(`${repo().folder}/hooks/post-index-change`, 0o755);
    repo().write('net.py', net(30));
    assert.deepEqual(told(repo()), ['changed net.py::Net 220 → 330']);
    assert.ok(!fs.existsSync(trap));
  });
});
