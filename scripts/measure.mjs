// Measuring for the benchmarks: times of whole processes with their memory, and percentiles.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const RESOURCE_USE = fileURLToPath(new URL('resource-use.cjs', import.meta.url));
const PEAK = /^peak-rss-kib (\d+)$/m;
const PROCESSORS = /^cpu-us (\d+)$/m;

/** The end of a Python program that is measured: it reports its memory as resource-use.cjs does. */
export const PYTHON_RESOURCE_USE =
  'import resource, sys; print("peak-rss-kib", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)';

/**
 * `cpu` are the milliseconds that the processors gave it, all threads together, which a busy machine changes little;
 * programs of Node.js only.
 * @typedef {{ milliseconds: number, cpu: number, mebibytes: number, output: string }} Run
 */

/**
 * The fastest run of each program; they take turns, so that a noisy minute of the machine meets them all. Throws an error
 * with a program's last words where it fails.
 * @param {[program: string, args: string[], settings?: { cwd?: string, env?: NodeJS.ProcessEnv }][]} programs
 * @returns {Run[]}
 */
export function fastestInTurn(programs, times) {
  const rounds = Array.from({ length: times }, () => programs.map((program) => runOnce(...program)));
  const faster = (a, b) => (b.milliseconds < a.milliseconds ? b : a);
  return programs.map((_, index) => rounds.map((runs) => runs[index]).reduce(faster));
}

/** A script of Node.js as a program that is measured. */
export const nodeProgram = (script, args) => [process.execPath, ['--require', RESOURCE_USE, script, ...args]];

function runOnce(program, args, { cwd, env = process.env } = {}) {
  const started = process.hrtime.bigint();
  const { status, error, stdout, stderr } = spawnSync(program, args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    timeout: 300_000,
  });
  const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
  if (status !== 0) throw new Error(error?.message ?? stderr.trim().split('\n').at(-1));
  const reported = (pattern) => Number(pattern.exec(stderr)?.[1] ?? Number.NaN);
  const [mebibytes, cpu] = [reported(PEAK) / 1024, reported(PROCESSORS) / 1000];
  return { milliseconds, cpu, mebibytes, output: stdout };
}

/** The value below which a part of the samples lies. */
export function percentile(samples, part) {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
}
