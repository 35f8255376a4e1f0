// `price-tag batch`: one JSON case a line on standard input, one JSON result a line on standard output, in order, in one
// process. Cases with the same import roots share an interpreter, so that a package is read once. A bad case gives a
// result with an error; it never ends the process.

import { createRequire } from 'node:module';
import type Readline from 'node:readline';
import type { Readable } from 'node:stream';
import { createCaseRunner } from '../analysis/cases';
import { createFiles } from './files';
import type { Terminal } from './terminal';

export async function batch(input: Readable, output: Terminal): Promise<number> {
  const run = createCaseRunner(createFiles());
  // Loaded only here: it takes as long to load as a small report takes to make.
  const { createInterface } = createRequire(__filename)('node:readline') as typeof Readline;
  for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() !== '') output.write(`${JSON.stringify(answer(line, run))}\n`);
  }
  return 0;
}

function answer(line: string, run: ReturnType<typeof createCaseRunner>): unknown {
  let id: unknown = null;
  try {
    const parsed = JSON.parse(line) as { id?: unknown };
    id = parsed.id ?? null;
    return run(parsed);
  } catch (error) {
    return { id, ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}
