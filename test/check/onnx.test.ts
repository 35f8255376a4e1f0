// ONNX files in a check: their bytes before the change come from git, or are a pointer of Git LFS.

import assert from 'node:assert/strict';
import { floats, modelBytes, node, valueInfo } from '../onnx/making';
import { useRepository } from './repository';

/** One matrix product of 10 × width, in batches that the file leaves open. */
const matmul = (width: number): Uint8Array =>
  modelBytes({
    name: 'g',
    input: [valueInfo('x', ['batch', 10])],
    output: [valueInfo('y', ['batch', width])],
    initializer: [floats('w', [10, width], 40 * width)],
    node: [node('MatMul', ['x', 'w'], ['y'])],
  });

const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 12345\n`;

describe('check: ONNX files', () => {
  const repo = useRepository();

  const lines = (...args: readonly string[]): string[] => {
    const { out } = repo().cli('check', ...args);
    return out
      .split('\n')
      .slice(1)
      .filter((line) => /^(added|changed|moved|removed|note|unchanged)|BUDGET|budget/.test(line));
  };

  it('are compared by their bytes, with the sizes that price-tag.json gives', () => {
    repo().commit({
      'net.onnx': matmul(20),
      'price-tag.json': JSON.stringify({
        budgets: { 'net.onnx': { params: 250 } },
        knobs: { 'net.onnx': { batch: 3 } },
      }),
    });
    repo().write('net.onnx', matmul(30));
    assert.deepEqual(lines(), [
      'changed net.onnx: 50 % more expensive per example, +100 parameters, +520 B peak memory',
      '  OVER BUDGET: 300 parameters, over its budget of 250 by 50 since this change (200 before) [price-tag.json:1]',
      '1 budget does not hold.',
    ]);
    const [root] = JSON.parse(repo().cli('check', '--format', 'json').out).roots;
    assert.deepEqual([root.before.figures.fpo, root.after.figures.fpo], [2 * 3 * 10 * 20, 2 * 3 * 10 * 30]);
    repo().git('add', '.');
    assert.equal(lines('--staged').length, 3);
  });

  it('are found again under another name', () => {
    repo().commit({ 'net.onnx': matmul(20) });
    repo().git('mv', 'net.onnx', 'model.onnx');
    assert.match(lines()[0] ?? '', /^moved model\.onnx: before net\.onnx; costs the same/);
  });

  it('say where only a pointer of Git LFS is in the repository', () => {
    repo().commit({ 'net.onnx': POINTER });
    repo().write('net.onnx', matmul(30));
    const { out } = repo().cli('check');
    assert.match(
      out,
      /note: It had no price before: It is kept by Git LFS, and only its pointer is in the repository\./,
    );
    repo().write('net.onnx', 'not a model');
    assert.match(repo().cli('check').out, /note: net\.onnx: This file is no ONNX model/);
  });
});
