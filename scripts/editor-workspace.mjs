// The folder that the editor tests open: a copy of examples/ with test/integration/workspace/ over it, made anew for
// each run outside the project, so that tests may write, and Git sees no repository unless a test makes one.

import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes the folder and gives its path; it is gone when this process ends, by a signal too. */
export function makeWorkspace() {
  const parent = mkdtempSync(join(tmpdir(), 'price-tag-tests-'));
  process.once('exit', () => rmSync(parent, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
  const workspace = join(parent, 'workspace');
  mkdirSync(workspace);
  for (const source of ['examples', 'test/integration/workspace']) {
    if (existsSync(source)) cpSync(source, workspace, { recursive: true });
  }
  return workspace;
}
