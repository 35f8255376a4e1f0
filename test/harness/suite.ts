// What the extension host loads as the suite (extensionTestsPath): run() hands the bundled tests to mocha. Serves
// desktop VS Code and code-server alike. The counts go to the file named by RESULTS; whoever started the editor
// trusts only that file, because an extension host that dies in the middle of a run looks like success.

import { findSourceMap } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import Mocha from 'mocha';
import { SuiteReporter } from './reporter.mjs';

const FRAME = /\(?((?:file:\/\/)?\/[^\s()]+\.cjs):(\d+):(\d+)\)?/g;

export async function run(): Promise<void> {
  process.setSourceMapsEnabled(true);
  const grep = process.env.TEST_GREP;
  const look = { reporter: SuiteReporter, color: false, diff: false, fullTrace: true };
  const mocha = new Mocha({ ...look, timeout: 20_000, ...(grep ? { grep } : {}) });
  mocha.addFile(join(__dirname, 'tests.cjs'));
  const failures = await new Promise<number>((done) => {
    mocha.run(done).on('fail', (_test, error: Error) => {
      error.stack = mapped(error.stack ?? String(error));
    });
  });
  if (failures > 0) throw new Error(`${failures} tests failed`);
}

/** A stack in terms of the sources: the extension host formats stacks itself, so Node.js does not map them. */
function mapped(stack: string): string {
  const lines = stack.split('\n').filter((line) => !/node_modules|\(node:|at node:/.test(line));
  return lines.join('\n').replace(FRAME, (frame, file: string, line: string, column: string) => {
    const map = findSourceMap(file.startsWith('file:') ? fileURLToPath(file) : file);
    const entry = map?.findEntry(Number(line) - 1, Number(column) - 1);
    if (!entry || !('originalSource' in entry)) return frame;
    const { originalSource: url, originalLine, originalColumn } = entry;
    const source = relative(process.env.PROJECT ?? '.', url.startsWith('file:') ? fileURLToPath(url) : url);
    return `(${source}:${originalLine + 1}:${originalColumn + 1})`;
  });
}
