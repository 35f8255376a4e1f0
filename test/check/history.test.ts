// What a root cost after each commit.

import assert from 'node:assert/strict';
import { overSince, priceHistory } from '../../src/check';
import type { History } from '../../src/check/model';
import { createNodeReader } from '../../src/node/files';
import { openRepository } from '../../src/node/git';
import { net, useRepository } from './repository';

describe('history of a price', () => {
  const repo = useRepository();

  function history(file = 'net.py', root = 'Net', most = 20, cache = new Map<string, unknown>()): History {
    const git = openRepository(repo().folder, repo().options);
    const limits = { steps: 1_000_000, milliseconds: Number.POSITIVE_INFINITY };
    const request = { file, root, most, searchPaths: [git.top], limits };
    return priceHistory(request, { git, reader: createNodeReader() }, cache);
  }

  const points = ({ entries }: History): string[] =>
    entries.map(
      ({ subject, file, id, figures }) => `${subject}: ${file}::${id} ${figures?.params ?? 'unknown'}`,
    );

  it('has the commits that touched what the root is made of, oldest first', () => {
    const model = net(20)
      .replace('import torch\n', 'import torch\nfrom sizes import WIDTH\n')
      .replace('10, 20', '10, WIDTH');
    repo().commit({ 'net.py': model, 'sizes.py': 'WIDTH = 20\n' }, 'first');
    repo().commit({ 'sizes.py': 'WIDTH = 30\n' }, 'wider');
    repo().commit({ 'README.md': 'text' }, 'text only');
    repo().commit({ 'sizes.py': 'WIDTH = 40\n' }, 'wider still');
    repo().write('sizes.py', 'WIDTH = 99\n');
    const all = history();
    assert.deepEqual(points(all), [
      'first: net.py::Net 220',
      'wider: net.py::Net 330',
      'wider still: net.py::Net 440',
    ]);
    assert.equal(all.more, false);
    assert.deepEqual(points(history('net.py', 'Net', 2)), [
      'wider: net.py::Net 330',
      'wider still: net.py::Net 440',
    ]);
    assert.equal(history('net.py', 'Net', 2).more, true);
    assert.equal(overSince(all, 'params', 300)?.subject, 'wider');
    assert.equal(overSince(all, 'params', 400)?.subject, 'wider still');
    assert.equal(overSince(all, 'params', 500), undefined);
  });

  it('goes on through other names of the file and of the root', () => {
    repo().commit({ 'old.py': net(20, 'Old') }, 'first');
    repo().commit({ 'old.py': net(25, 'Old') }, 'grown');
    repo().git('mv', 'old.py', 'net.py');
    repo().commit({}, 'moved');
    repo().commit({ 'net.py': net(25) }, 'renamed');
    repo().commit({ 'net.py': net(30) }, 'grown again');
    assert.deepEqual(points(history()), [
      'first: old.py::Old 220',
      'grown: old.py::Old 275',
      'moved: net.py::Old 275',
      'renamed: net.py::Net 275',
      'grown again: net.py::Net 330',
    ]);
  });

  it('is priced with the input of today, and says where there was no price', () => {
    const conv = (size: number, width: string): string =>
      `import torch\nfrom torch import nn\n\nclass Net(nn.Sequential):\n    def __init__(self):\n        super().__init__(nn.Conv2d(3, ${width}, 1))\n\nNet()(torch.randn(1, 3, ${size}, ${size}))\n`;
    repo().commit({ 'net.py': conv(16, '8') }, 'first');
    repo().commit({ 'net.py': conv(16, 'width') }, 'broken');
    repo().commit({ 'net.py': conv(32, '8') }, 'mended');
    const { entries } = history();
    assert.deepEqual(
      entries.map(({ figures, problem }) => [figures?.fpo, problem]),
      [
        [57344, null],
        [undefined, "NameError: name 'width' is not defined"],
        [57344, null],
      ],
    );
  });

  it('keeps what it has priced', () => {
    repo().commit({ 'net.py': net(20) }, 'first');
    repo().commit({ 'net.py': net(30) }, 'second');
    const cache = new Map<string, unknown>();
    const once = history('net.py', 'Net', 20, cache);
    assert.equal(cache.size, 2);
    assert.deepEqual(JSON.parse(JSON.stringify([...cache])), [...cache], 'it is plain data');
    for (const [key, value] of cache) cache.set(key, { ...(value as object), subject: 'kept' });
    assert.deepEqual(points(history('net.py', 'Net', 20, cache)), [
      'kept: net.py::Net 220',
      'kept: net.py::Net 330',
    ]);
    assert.equal(once.entries.length, 2);
  });

  it('is empty before the first commit, and says where there is no such root', () => {
    assert.deepEqual(history(), { key: 'net.py::Net', entries: [], more: false });
    repo().commit({ 'net.py': net(20) });
    assert.throws(
      () => history('net.py', 'Other'),
      /^Error: net\.py has no model Other in the last commit\.$/,
    );
    assert.throws(
      () => history('other.py', 'Net'),
      /^Error: other\.py has no model Net in the last commit\.$/,
    );
  });
});
