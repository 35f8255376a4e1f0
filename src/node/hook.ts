// Puts the commit hook in and takes it out: reads what stands in the repository, and carries out what src/check/hook.ts
// plans.

import fs from 'node:fs';
import path from 'node:path';
import type { GitRepository } from '../base/git';
import {
  asidePath,
  type HookPlan,
  type HookSurroundings,
  hookPath,
  planInstall,
  planUninstall,
} from '../check/hook';
import { readText } from './files';
import { slashed } from './paths';

export type HookAction = 'install' | 'uninstall';

const PLANS: Readonly<Record<HookAction, (surroundings: HookSurroundings) => HookPlan>> = {
  install: planInstall,
  uninstall: planUninstall,
};

/** Does it, and says what was done, or why nothing was; `command` is what the hook runs, as separate words. */
export function changeHook(
  action: HookAction,
  git: GitRepository,
  command: readonly string[],
): Pick<HookPlan, 'done' | 'words'> {
  const { done, words, ...steps } = PLANS[action](surroundings(git, command));
  carryOut(steps);
  return { done, words };
}

function surroundings(git: GitRepository, command: readonly string[]): HookSurroundings {
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
    command: command.map(slashed),
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

function carryOut({ renames, writes, deletes }: Pick<HookPlan, 'deletes' | 'renames' | 'writes'>): void {
  for (const { from, to } of renames) fs.renameSync(from, to);
  for (const { path: file, text, executable } of writes) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    if (executable) fs.chmodSync(file, 0o755);
  }
  for (const file of deletes) fs.rmSync(file);
}
