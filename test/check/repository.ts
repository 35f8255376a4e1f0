// Repositories for tests: real ones, made by the machine's git in a folder that is thrown away, without anybody's settings.

import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type CheckRequest, checkChanges } from '../../src/check';
import { toText } from '../../src/check/formats/text';
import type { CheckReport } from '../../src/check/model';
import { createNodeReader } from '../../src/node/files';
import { type GitOptions, openRepository } from '../../src/node/git';

/** What git is to know in tests, and nothing else. */
export const GIT_ENV: NodeJS.ProcessEnv = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_'))),
  GIT_AUTHOR_DATE: '2024-01-01T00:00:00Z',
  GIT_AUTHOR_EMAIL: 'ada@example.org',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_COMMITTER_DATE: '2024-01-01T00:00:00Z',
  GIT_COMMITTER_EMAIL: 'ada@example.org',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
};

const CLI = resolve('dist/cli.cjs');

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export class Repository {
  readonly options: GitOptions = { env: GIT_ENV };

  constructor(readonly folder: string) {}

  git(...args: readonly string[]): string {
    const config = ['-c', 'init.defaultBranch=main', '-c', 'protocol.file.allow=always'];
    return execFileSync('git', [...config, ...args], {
      cwd: this.folder,
      env: GIT_ENV,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  write(path: string, content: string | Uint8Array): void {
    const file = join(this.folder, path);
    fs.mkdirSync(dirname(file), { recursive: true });
    fs.writeFileSync(file, content);
  }

  edit(path: string, from: string, to: string): void {
    const text = fs.readFileSync(join(this.folder, path), 'utf8');
    if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
    this.write(path, text.replace(from, to));
  }

  remove(path: string): void {
    fs.rmSync(join(this.folder, path));
  }

  commit(files: Readonly<Record<string, string | Uint8Array>> = {}, message = 'a commit'): void {
    for (const [path, content] of Object.entries(files)) this.write(path, content);
    this.git('add', '--all');
    this.git('commit', '--quiet', '--allow-empty', '--message', message);
  }

  report(request: Partial<CheckRequest> = {}): CheckReport {
    const git = openRepository(this.folder, this.options);
    const limits = { steps: 1_000_000, milliseconds: Number.POSITIVE_INFINITY };
    const asked: CheckRequest = { head: 'workTree', searchPaths: [git.top], limits, ...request };
    return checkChanges(asked, { git, reader: createNodeReader() });
  }

  /** The report as text, with commits as `#`. */
  check(request: Partial<CheckRequest> = {}): string {
    const text = toText(this.report(request), openRepository(this.folder, this.options).top);
    return text.replace(/\b[0-9a-f]{9}\b/g, '#').trim();
  }

  cli(...args: readonly string[]): Ended {
    const ended = spawnSync(process.execPath, [CLI, ...args], {
      cwd: this.folder,
      env: GIT_ENV,
      encoding: 'utf8',
    });
    return { code: ended.status, out: ended.stdout, err: ended.stderr };
  }
}

/** A new folder that is no repository, removed after the test. */
export function newFolder(): string {
  return fs.realpathSync(fs.mkdtempSync(join(os.tmpdir(), 'price-tag-check-')));
}

/** A new repository for each test. */
export function useRepository(): () => Repository {
  let repository: Repository;
  beforeEach(() => {
    repository = new Repository(newFolder());
    repository.git('init', '--quiet');
  });
  afterEach(() => fs.rmSync(repository.folder, { recursive: true, force: true }));
  return () => repository;
}

/** A model with one linear layer, which has `width` outputs: 11 × width parameters, 21 × width FPO. */
export const net = (width: number, name = 'Net'): string => `import torch
from torch import nn


class ${name}(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(10, ${width})

    def forward(self, x):
        return self.fc(x)


model = ${name}()
model(torch.randn(1, 10))
`;
