// The command line: `price-tag report`, `price-tag batch`. Exit codes: 0, 1 = something could not be priced, 2 = usage.

import { batch } from './batch';
import { HELP, REPORT_HELP } from './help';
import { report } from './report';
import { UsageError } from './usage';

/** Runs one call of the command line and gives its exit code. */
async function run([command, ...rest]: readonly string[]): Promise<number> {
  if (rest.includes('--help') && command === 'report') return say(REPORT_HELP);
  switch (command) {
    case 'batch':
      return batch(process.stdin, process.stdout);
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
      process.exitCode = error instanceof UsageError ? 2 : 1;
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
