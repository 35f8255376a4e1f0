// `price-tag hook install` and `price-tag hook uninstall`: the git hook that checks commits. What is to be done is planned
// in src/check/hook.ts and carried out in src/node/hook.ts.

import { openRepository } from '../node/git';
import { changeHook } from '../node/hook';
import { explained } from './check';
import type { Terminal } from './terminal';
import { UsageError } from './usage';

export function hook([what, ...rest]: readonly string[], out: Terminal, err: Terminal): number {
  if ((what !== 'install' && what !== 'uninstall') || rest.length > 0)
    throw new UsageError('Write price-tag hook install, or price-tag hook uninstall.');
  const command = [process.execPath, __filename.replace(/engine\.cjs$/, 'cli.cjs')];
  const { done, words } = explained(() => changeHook(what, openRepository(process.cwd()), command));
  (done ? out : err).write(`${words}\n`);
  return done ? 0 : 1;
}
