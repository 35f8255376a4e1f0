// Bundles the tests that need no editor into one file and runs them with mocha (describe and it). A test file that
// cannot be bundled or loaded is a failed test, not the end of the run. Tests read their data from the project's
// folder, which is the working directory, and find what is built in dist/.
//
//   npm run test:unit [-- PART… --grep PATTERN --no-build]     PART: only files whose path has this in it

import { readdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';
import Mocha from 'mocha';
import { build, COMMON, NODE } from '../esbuild.mjs';
import { SuiteReporter } from '../test/harness/reporter.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Folders under test/ whose tests run in an editor, or which hold no tests. */
const ELSEWHERE = /^(integration|ui|harness|data)[\\/]/;

const { values: options, positionals: parts } = parseArgs({
  allowPositionals: true,
  options: { grep: { type: 'string' }, 'no-build': { type: 'boolean' } },
});
process.chdir(ROOT);
process.setSourceMapsEnabled(true);
const built = options['no-build'] || (await build().then(() => true, explain));
const failures = await run(await bundle(testFiles()));
process.exit(failures > 0 || !built ? 1 : 0);

/** esbuild has printed its errors by now: the tests are run nevertheless. */
function explain() {
  console.error('dist/ could not be built; the tests see what was built before.');
  return false;
}

function testFiles() {
  const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts') && !ELSEWHERE.test(file))
    .filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)))
    .map((file) => file.replaceAll('\\', '/'));
  if (files.length > 0) return files.sort();
  console.error(
    parts.length > 0 ? `No test file has ${parts.join(' or ')} in its name.` : 'There are no tests.',
  );
  process.exit(2);
}

/** One bundle for all files, so that the sources are bundled and loaded once; a second try leaves out what is broken. */
async function bundle(files) {
  const outfile = resolve(`out/test/unit-${process.pid}.cjs`);
  process.once('exit', () => rmSync(outfile, { force: true }));
  const loads = files.map(guarded);
  await write(loads, outfile, true).catch(async () => {
    const problems = await Promise.all(loads.map((load) => problemOf(load, outfile)));
    const rest = files.map((file, at) => (problems[at] ? failing(file, problems[at]) : loads[at]));
    await write(rest, outfile, true);
  });
  return outfile;
}

/** What esbuild says against a single test file, or undefined. */
function problemOf(load, outfile) {
  const line = ({ text, location }) => `${location?.file}:${location?.line} ${text}`;
  const text = (error) => error.errors?.map(line);
  return write([load], outfile, false).then(
    () => undefined,
    (error) => text(error)?.join('\n') ?? String(error),
  );
}

function write(loads, outfile, keep) {
  return esbuild.build({
    ...COMMON,
    ...NODE,
    stdin: { contents: loads.join('\n'), resolveDir: resolve('test'), sourcefile: 'all-tests.js' },
    outfile,
    write: keep,
    sourcemap: 'inline',
    external: ['vscode', 'mocha', 'esbuild', 'typescript'],
    logLevel: 'silent',
  });
}

/** Code that loads one test file; a file that throws while it loads becomes a test that fails. */
function guarded(file) {
  const fail = `describe(${JSON.stringify(file)}, () => it('loads', () => { throw error; }))`;
  return `try { require(${JSON.stringify(`./${file}`)}); } catch (error) { ${fail}; }`;
}

/** Code of a test that fails because its file could not be bundled. */
function failing(file, problem) {
  const message = JSON.stringify(`cannot be bundled:\n${problem}`);
  return `describe(${JSON.stringify(file)}, () => it('loads', () => { throw new Error(${message}); }));`;
}

function run(file) {
  const mocha = new Mocha({ reporter: SuiteReporter, timeout: 20_000, diff: false, grep: options.grep });
  mocha.addFile(file);
  return new Promise((done) => {
    mocha.run(done);
  });
}
