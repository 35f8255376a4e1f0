// Repositories to measure `price-tag check` in: many files with models, some of which import others, all committed. They
// are made of the examples, in a folder of the system's that is thrown away.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fastestInTurn, nodeProgram } from './measure.mjs';

const FILES_A_FOLDER = 50;
const ENV = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };

/**
 * Measures the check of one changed file in repositories of so many files; each has a model, and the changed one is
 * imported by two others.
 * @param {number[]} sizes @param {number} times
 */
export async function checkOneChange(sizes, times) {
  const folders = sizes.map((files) => makeRepository(files));
  try {
    await settled(folders);
    for (const folder of folders) edit(join(folder, pathOf(7)));
    const check = nodeProgram(resolve('dist/cli.cjs'), ['check', '--format', 'json']);
    const runs = fastestInTurn(
      folders.map((cwd) => [...check, { cwd, env: ENV }]),
      times,
    );
    return runs.map((run, at) => ({ ...run, ...told(run.output), files: sizes[at] }));
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}

function told(output) {
  const { roots, priced } = JSON.parse(output);
  return { roots: roots.length, priced };
}

function makeRepository(files) {
  const folder = mkdtempSync(join(tmpdir(), 'price-tag-bench-'));
  const model = readFileSync('examples/resnet.py', 'utf8');
  for (let at = 0; at < files; at++) write(join(folder, pathOf(at)), at % 5 === 0 ? importing(at) : model);
  git(folder, 'init', '--quiet');
  git(folder, 'add', '--all');
  git(
    folder,
    '-c',
    'user.name=Bench',
    '-c',
    'user.email=bench@example.org',
    'commit',
    '--quiet',
    '-m',
    'all',
  );
}

const moduleOf = (at) => `part_${Math.floor(at / FILES_A_FOLDER)}.model_${at}`;
const pathOf = (at) => `${moduleOf(at).replace('.', '/')}.py`;

/** Files 10 and 15 import what will change; the others import one of their neighbours. */
function importing(at) {
  const other = at === 10 || at === 15 ? 7 : Math.max(1, at - 1);
  return `import torch
from torch import nn

from ${moduleOf(other)} import resnet50


class Wrapped(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = resnet50()
        self.head = nn.Linear(1000, 10)

    def forward(self, x):
        return self.head(self.body(x))


Wrapped()(torch.randn(1, 3, 224, 224))
`;
}

/** Files of the same second as the index are read again by every git until the index is written once more. */
async function settled(folders) {
  await new Promise((done) => setTimeout(done, 1100));
  for (const folder of folders) git(folder, 'status', '--porcelain');
}

function edit(file) {
  writeFileSync(file, readFileSync(file, 'utf8').replace('64', '96'));
}

function write(file, text) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

const git = (cwd, ...args) => execFileSync('git', args, { cwd, env: ENV, stdio: 'ignore' });
