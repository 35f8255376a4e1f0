// The command line: `price-tag report`, `price-tag batch`. Exit codes: 0, 1 = something could not be priced, 2 = usage.

import { setFlagsFromString } from 'node:v8';
import { batch } from './batch';
import { HELP, REPORT_HELP } from './help';
import { report } from './report';
import { UsageError } from './usage';

// A report is done before optimised code pays for itself: V8 is told to wait longer before it compiles any.
setFlagsFromString('--interrupt-budget=1000000');

/** Runs one call of the command line and gives its exit code. */
async function main([command, ...rest]: readonly string[]): Promise<number> {
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

// A reader that has seen enough (`| head`) ends the run quietly.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    const usage = error instanceof UsageError;
    process.stderr.write(
      `${usage ? error.message : String((error as Error).stack ?? error)}\n${usage ? '\nprice-tag --help says more.\n' : ''}`,
    );
    process.exitCode = usage ? 2 : 1;
  },
);
