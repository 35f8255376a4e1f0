// The command line: `price-tag report`, `check`, `hook`, `batch`. Exit codes: 0, 1 = something could not be priced or a budget does
// not hold, 2 = usage.

import { batch } from './batch';
import { check } from './check';
import { CHECK_HELP, HELP, HOOK_HELP, REPORT_HELP } from './help';
import { hook } from './hook';
import { report } from './report';
import { UsageError } from './usage';

const HELPS: Readonly<Record<string, string>> = { check: CHECK_HELP, hook: HOOK_HELP, report: REPORT_HELP };

/** Runs one call of the command line and gives its exit code. */
async function run([command, ...rest]: readonly string[]): Promise<number> {
  const help = rest.includes('--help') ? HELPS[command ?? ''] : undefined;
  if (help !== undefined) return say(help);
  switch (command) {
    case 'batch':
      return batch(process.stdin, process.stdout);
    case 'check':
      return check(rest, process.stdout, process.stderr);
    case 'hook':
      return hook(rest, process.stdout, process.stderr);
    case 'report':
      return report(rest, process.stdout, process.stderr);
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
  process.stdout.write(text);
  return 0;
}

/** Runs the command line of this process, and sets its exit code. */
export function startCommandLine(): void {
  process.stdout.on('error', endQuietly);
  run(process.argv.slice(2)).then(
    (code) => {
      process.exitCode = code;
    },
    (error: unknown) => {
      process.stderr.write(explain(error));
      // 1 is for budgets: a check that fails otherwise must not stop a commit.
      process.exitCode = error instanceof UsageError || process.argv[2] === 'check' ? 2 : 1;
    },
  );
}

/** A reader that has seen enough (`| head`) ends the run quietly. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
}

function explain(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n\nprice-tag --help says more.\n`;
  return `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`;
}
