// The command line: `price-tag report`, `check`, `hook`, `batch`. Exit codes: 0, 1 = something could not be priced or a
// budget does not hold, 2 = usage.

import { batch } from './batch';
import { check } from './check';
import { CHECK_HELP, HELP, HOOK_HELP, REPORT_HELP } from './help';
import { hook } from './hook';
import { report } from './report';
import { createTerminal } from './terminal';
import { UsageError } from './usage';

const out = createTerminal(1);
const err = createTerminal(2);
const HELPS: Readonly<Record<string, string>> = { check: CHECK_HELP, hook: HOOK_HELP, report: REPORT_HELP };

/** Runs one call of the command line and gives its exit code. */
async function run([command, ...rest]: readonly string[]): Promise<number> {
  const help = rest.includes('--help') ? HELPS[command ?? ''] : undefined;
  if (help !== undefined) return say(help);
  switch (command) {
    case 'batch':
      return batch(process.stdin, out);
    case 'check':
      return check(rest, out, err);
    case 'hook':
      return hook(rest, out, err);
    case 'report':
      return report(rest, out, err);
    case '--version':
      return say(`${process.env.PRICE_TAG_VERSION ?? ''}\n`);
    case undefined:
    case '--help':
    case '-h':
    case 'help':
      return say(HELP);
    default:
      throw new UsageError(`There is no command ${JSON.stringify(command)}.`);
  }
}

function say(text: string): number {
  out.write(text);
  return 0;
}

/** Runs the command line of this process, and ends it. */
export function startCommandLine(): void {
  run(process.argv.slice(2)).then(
    (code) => process.exit(code),
    (error: unknown) => {
      err.write(explain(error));
      // 1 is for budgets: a check that fails otherwise must not stop a commit.
      process.exit(error instanceof UsageError || process.argv[2] === 'check' ? 2 : 1);
    },
  );
}

function explain(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n\nprice-tag --help says more.\n`;
  return `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`;
}
