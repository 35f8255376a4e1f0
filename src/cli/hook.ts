// `price-tag hook install` and `price-tag hook uninstall`: the git hook that checks commits. What is to be done is planned
// in src/check/hook.ts; here files are read and written.

import fs from 'node:fs';
import path from 'node:path';
import {
  asidePath,
  type HookPlan,
  type HookSurroundings,
  hookPath,
  planInstall,
  planUninstall,
} from '../check/hook';
import { readText } from '../node/files';
import { openRepository } from '../node/git';
import { explained } from './check';
import type { Terminal } from './terminal';
import { UsageError } from './usage';

const PLANS: Readonly<Record<string, (surroundings: HookSurroundings) => HookPlan>> = {
  install: planInstall,
  uninstall: planUninstall,
};

export function hook([what, ...rest]: readonly string[], out: Terminal, err: Terminal): number {
  const plan = PLANS[what ?? ''];
  if (!plan || rest.length > 0)
    throw new UsageError('Write price-tag hook install, or price-tag hook uninstall.');
  const { done, words, ...steps } = plan(explained(surroundings));
  carryOut(steps);
  (done ? out : err).write(`${words}\n`);
  return done ? 0 : 1;
}

function surroundings(): HookSurroundings {
  const git = openRepository(process.cwd());
  const { hooks, common } = git.folders();
  const hooksFolder = slashed(hooks);
  const file = hookPath(hooksFolder);
  const stat = fs.lstatSync(file, { throwIfNoEntry: false });
  return {
    hooksFolder,
    own: [git.top, common].some((folder) => `${hooksFolder}/`.startsWith(`${slashed(folder)}/`)),
    existing: fs.existsSync(file) ? textOf(file) : undefined,
    isLink: stat?.isSymbolicLink() ?? false,
    aside: fs.existsSync(asidePath(hooksFolder)),
    command: [process.execPath, __filename.replace(/engine\.cjs$/, 'cli.cjs')].map(slashed),
  };
}

/** What is no text is only ever put aside. */
function textOf(file: string): string {
  try {
    return readText(file);
  } catch {
    return '\0';
  }
}

const slashed = (one: string): string => one.split(path.sep).join('/');

function carryOut({ renames, writes, deletes }: Pick<HookPlan, 'deletes' | 'renames' | 'writes'>): void {
  for (const { from, to } of renames) fs.renameSync(from, to);
  for (const { path: file, text, executable } of writes) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    if (executable) fs.chmodSync(file, 0o755);
  }
  for (const file of deletes) fs.rmSync(file);
}
