// Git repositories for tests, made in folders that are thrown away. Git is the machine's; its settings are the
// repository's own, so that nobody's configuration, templates or hooks come into play.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** What Git sees of the surrounding machine. */
const ENVIRONMENT = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};

const SETTINGS = { 'user.name': 'Test', 'user.email': 'test@example.org', 'commit.gpgsign': 'false' };

/** Runs Git in a folder and gives what it prints. */
export const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync('git', args, { cwd: folder, encoding: 'utf8', env: ENVIRONMENT, stdio: 'pipe' }).trimEnd();

/** Writes files below a folder, by path. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Commits everything in the working tree. */
export function commitAll(folder: string, message: string): void {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message', message);
}

/** A folder that is gone when the process ends. */
export function makeFolder(name: string): string {
  const parent = mkdtempSync(join(tmpdir(), 'price-tag-repository-'));
  process.once('exit', () => rmSync(parent, { recursive: true, force: true }));
  const folder = join(parent, name);
  mkdirSync(folder);
  return folder;
}

/** Makes a repository with one commit of these files, and gives its folder. */
export function makeRepository(
  files: Readonly<Record<string, string>>,
  folder = makeFolder('models'),
): string {
  writeFiles(folder, files);
  git(folder, 'init', '--quiet', '--initial-branch=main');
  for (const [name, value] of Object.entries(SETTINGS)) git(folder, 'config', name, value);
  commitAll(folder, 'First models');
  return folder;
}
