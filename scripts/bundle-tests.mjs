// Bundles test files into one, so that the sources are bundled and loaded once. A test file that cannot be bundled
// or loaded becomes a failed test and does not stand in the way of the others. Used by the test-*.mjs scripts.

import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import * as esbuild from 'esbuild';
import { COMMON, NODE } from '../esbuild.mjs';

/** Modules that a test bundle takes from where it runs. */
const EXTERNAL = ['vscode', 'mocha', 'esbuild', 'typescript', 'playwright-core', '@vscode/test-electron'];

/**
 * Test files under a folder, sorted, relative to the project's folder.
 * @param {string} folder @param {string[]} parts only files whose path has one of these in it, unless there are none
 */
export function testFiles(folder, parts = []) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
    .filter((file) => file.endsWith('.test.ts'))
    .filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)))
    .sort();
}

/**
 * Writes the bundle of some test files.
 * @param {string[]} files @param {string} outfile
 */
export async function bundleTests(files, outfile) {
  const loads = files.map(loading);
  await write(loads, outfile).catch(async () => {
    const problems = await Promise.all(loads.map((load) => problemOf(load, outfile)));
    const rest = files.map((file, at) => (problems[at] ? failing(file, problems[at]) : loads[at]));
    await write(rest, outfile);
  });
}

/**
 * Bundles one module of the test harness, so that Node.js can run it.
 * @param {string} entry @param {string} outfile
 */
export async function bundleModule(entry, outfile, banner = '') {
  const settings = { ...COMMON, ...NODE, external: EXTERNAL, sourcemap: 'inline' };
  await esbuild.build({ ...settings, entryPoints: [entry], outfile, banner: { js: banner } });
}

/** What esbuild says against a single test file, or undefined. */
function problemOf(load, outfile) {
  const line = ({ text, location }) => `${location?.file}:${location?.line} ${text}`;
  const text = (error) => error.errors?.map(line).join('\n') ?? String(error);
  return write([load], outfile, false).then(() => undefined, text);
}

function write(loads, outfile, keep = true) {
  return esbuild.build({
    ...COMMON,
    ...NODE,
    external: EXTERNAL,
    stdin: { contents: loads.join('\n'), resolveDir: resolve('.'), sourcefile: 'all-tests.js' },
    outfile,
    write: keep,
    sourcemap: 'inline',
    logLevel: 'silent',
  });
}

/** Code that loads one test file; a file that throws while it loads becomes a test that fails. */
function loading(file) {
  const fail = `describe(${JSON.stringify(file)}, () => it('loads', () => { throw error; }))`;
  return `try { require(${JSON.stringify(`./${file}`)}); } catch (error) { ${fail}; }`;
}

/** Code of a test that fails because its file could not be bundled. */
function failing(file, problem) {
  const message = JSON.stringify(`cannot be bundled:\n${problem}`);
  return `describe(${JSON.stringify(file)}, () => it('loads', () => { throw new Error(${message}); }));`;
}
