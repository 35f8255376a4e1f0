// The command line: `price-tag report`, `price-tag batch`. Exit codes: 0, 1 = something could not be priced, 2 = usage.

import { batch } from './batch';
import { HELP, REPORT_HELP } from './help';
import { report } from './report';
import { createTerminal } from './terminal';
import { UsageError } from './usage';

const out = createTerminal(1);
const err = createTerminal(2);

/** Runs one call of the command line and gives its exit code. */
async function run([command, ...rest]: readonly string[]): Promise<number> {
  if (rest.includes('--help') && command === 'report') return say(REPORT_HELP);
  switch (command) {
    case 'batch':
      return batch(process.stdin, out);
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
      process.exit(error instanceof UsageError ? 2 : 1);
    },
  );
}

function explain(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n\nprice-tag --help says more.\n`;
  return `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`;
}
