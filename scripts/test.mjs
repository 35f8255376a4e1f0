// Runs everything that tells whether the project is sound, one thing after the other, and says at the very end how
// much passed and failed. A runner that leaves no counts has failed once; type checking and lint count as one each.
//
//   npm test

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const TSC = 'node_modules/typescript/bin/tsc';
const BIOME = 'node_modules/@biomejs/biome/bin/biome';
const MINUTES = 60_000;

/** The runners: a script with its arguments, and how long it may take. `counts` if it writes RESULTS. */
const RUNNERS = [
  { title: 'types of the sources', args: [TSC, '--noEmit'], limit: 3 },
  { title: 'types of the tests', args: [TSC, '--noEmit', '-p', 'test'], limit: 3 },
  { title: 'types of the report page', args: [TSC, '--noEmit', '-p', 'webview'], limit: 3 },
  { title: 'lint', args: [BIOME, 'check', '.'], limit: 3 },
  { title: 'unit tests', args: ['scripts/test-unit.mjs'], limit: 8, counts: true },
  { title: 'integration tests', args: ['scripts/test-integration.mjs'], limit: 8, counts: true },
  { title: 'UI tests', args: ['scripts/test-ui.mjs', '--packed'], limit: 8, counts: true },
];

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(1));
const total = { passed: 0, failed: 0 };
for (const runner of RUNNERS) {
  const { passed, failed } = await run(runner);
  total.passed += passed;
  total.failed += failed;
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function run({ title, args, limit, counts = false }) {
  const started = Date.now();
  const results = resolve(`out/results/${title.replaceAll(' ', '-')}.json`);
  rmSync(results, { force: true });
  console.log(`\n${title}`);
  const fine = await succeeds(args, { ...process.env, RESULTS: results }, limit * MINUTES);
  const count = counts ? counted(results, fine) : { passed: fine ? 1 : 0, failed: fine ? 0 : 1 };
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(`${title}: ${count.passed} passed, ${count.failed} failed in ${seconds} s`);
  return count;
}

/** The counts a runner left; one that failed without a failed test counts as a failure itself. */
function counted(results, fine) {
  const count = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : { passed: 0, failed: 0 };
  return fine || count.failed > 0 ? count : { ...count, failed: 1 };
}

/** Runs a script of Node.js to its end; it leads a process group, which is ended with it when it takes too long. */
function succeeds(args, env, limitMs) {
  const child = spawn(process.execPath, args, {
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  });
  const end = () => endGroup(child.pid);
  const timer = setTimeout(end, limitMs);
  process.once('exit', end);
  return new Promise((done) => {
    child.once('error', () => done(false));
    child.once('close', (code) => done(code === 0));
  }).finally(() => {
    clearTimeout(timer);
    process.off('exit', end);
  });
}

function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // it has ended by itself
  }
}
