// Measuring for the benchmarks: times of whole processes with their memory, and percentiles.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const RESOURCE_USE = fileURLToPath(new URL('resource-use.cjs', import.meta.url));
const PEAK = /^peak-rss-kib (\d+)$/m;
const CPU = /^cpu-us (\d+)$/m;

/** The end of a Python program that is measured: it reports its memory as resource-use.cjs does. */
export const PYTHON_RESOURCE_USE =
  'import resource, sys; print("peak-rss-kib", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)';

/** @typedef {{ milliseconds: number, cpuMilliseconds: number, mebibytes: number, output: string }} Run */

/**
 * The fastest run of each program; they take turns, so that a noisy minute of the machine meets them all. Throws an error
 * with a program's last words where it fails.
 * @param {[program: string, args: string[], settings?: { cwd?: string, env?: NodeJS.ProcessEnv }][]} programs
 * @param {'milliseconds' | 'cpuMilliseconds'} [by] what the fastest is judged by
 * @returns {Run[]}
 */
export function fastestInTurn(programs, times, by = 'milliseconds') {
  const rounds = Array.from({ length: times }, () => programs.map((program) => runOnce(...program)));
  const faster = (a, b) => (b[by] < a[by] ? b : a);
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
  if (status !== 0) throw new Error(error?.message ?? lastWords(stderr));
  const told = (pattern) => Number(pattern.exec(stderr)?.[1] ?? Number.NaN);
  return {
    milliseconds,
    cpuMilliseconds: told(CPU) / 1000,
    mebibytes: told(PEAK) / 1024,
    output: stdout,
  };
}

/** The line that names the error: Node.js ends with its version, Python with the error. */
function lastWords(stderr) {
  const lines = stderr.trim().split('\n');
  return lines.find((text) => /^\w*Error\b/.test(text)) ?? lines.at(-1);
}

/** The value below which a part of the samples lies. */
export function percentile(samples, part) {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
}
