// Our tree against that of the installed CPython, on its own standard library: kinds, names, operators, constants bit
// for bit, and every range. LONG=1 takes the library's own tests along, PYTHON=python3.13 another Python.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from '../../src/syntax';
import { blocks } from './cases';
import { printModule } from './print';
import { cpython, cpythonVersion, libraryFiles } from './python3';

const version = cpythonVersion();
const fieldRanges = version !== undefined && version[1] >= 12;

/** The files whose trees differ, with the place where they begin to; `compared` counts those CPython reads. */
function differences(paths: readonly string[]): { compared: number; different: string[] } {
  const lines = cpython(['hashes'], paths.join('\n')).trim().split('\n');
  const read = lines.map((line) => line.split('\t')).filter(([digest]) => digest !== 'skip');
  const different = read.filter(([digest, path = '']) => digest !== sha1(ours(path)));
  return { compared: read.length, different: different.map(([, path = '']) => difference(path)) };
}

function ours(path: string): string {
  const text = readFileSync(path, 'utf8');
  return printModule(parse(text).module, { ranges: text, fieldRanges });
}

function sha1(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

/** Where the two trees of a file begin to differ. */
function difference(path: string): string {
  const expected = cpython(['show'], path).replace(/\n$/, '');
  const actual = ours(path);
  let at = 0;
  while (at < actual.length && actual[at] === expected[at]) at++;
  const [from, to] = [Math.max(0, at - 80), at + 80];
  return `${path}\n  CPython ${expected.slice(from, to)}\n  ours    ${actual.slice(from, to)}`;
}

/** Fails with the first few differences. */
function check(paths: readonly string[], atLeast: number): void {
  const { compared, different } = differences(paths);
  assert.deepEqual(different.slice(0, 5), []);
  assert.ok(compared >= atLeast, `only ${compared} of ${paths.length} files could be compared`);
}

describe(`syntax: equal to CPython ${version?.join('.') ?? '(there is no python3, so nothing is compared)'}`, function () {
  this.timeout(300_000);

  before(function () {
    if (version === undefined) this.skip();
  });

  it('on its standard library', () => {
    const files = libraryFiles(process.env.LONG === '1');
    check(files, files.length * 0.95);
  });

  it('on the cases of cases.md that it can read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'price-tag-'));
    try {
      const cases = blocks().filter(({ since }) => version !== undefined && since <= version[1]);
      const paths = cases.map(({ source }, at) => {
        const path = join(folder, `${at}.py`);
        writeFileSync(path, source);
        return path;
      });
      check(paths, paths.length);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
