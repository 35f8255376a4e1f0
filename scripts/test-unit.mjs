// Runs the tests that need no editor with mocha (describe and it): all of test/ but integration and ui. Tests read
// their data from the project's folder, which is the working directory, and find what is built in dist/.
//
//   npm run test:unit [-- PART… --grep PATTERN --no-build --long]     PART: only files whose path has this in it
//
// --long: tests that try at random try far more, for minutes.

import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Mocha from 'mocha';
import { build } from '../esbuild.mjs';
import { SuiteReporter } from '../test/harness/reporter.mjs';
import { bundleTests, testFiles } from './bundle-tests.mjs';

const ELSEWHERE = /^test\/(data|harness|integration|ui)\//;

const { values: options, positionals: parts } = parseArgs({
  allowPositionals: true,
  options: { grep: { type: 'string' }, 'no-build': { type: 'boolean' }, long: { type: 'boolean' } },
});
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
process.setSourceMapsEnabled(true);
if (options.long) process.env.LONG = '1';
const files = testFiles('test', parts).filter((file) => !ELSEWHERE.test(file));
if (files.length === 0) {
  console.error(`No test file has ${parts.join(' or ')} in its path.`);
  process.exit(2);
}
const built = options['no-build'] || (await build().then(() => true, goOn));
const bundle = resolve(`out/unit-${process.pid}.cjs`);
process.once('exit', () => rmSync(bundle, { force: true }));
await bundleTests(files, bundle);
const failures = await run(bundle);
process.exit(failures > 0 || !built ? 1 : 0);

/** esbuild has printed its errors by now: the tests are run nevertheless. */
function goOn() {
  console.error('dist/ could not be built; the tests see what was built before.');
  return false;
}

function run(file) {
  const mocha = new Mocha({ reporter: SuiteReporter, timeout: 20_000, diff: false, grep: options.grep });
  mocha.addFile(file);
  return new Promise((done) => {
    mocha.run(done);
  });
}
