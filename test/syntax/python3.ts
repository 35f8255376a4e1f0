// The Python that is installed, for tests that compare with it. PYTHON names another one than python3.

import { execFileSync } from 'node:child_process';

const SCRIPT = 'test/syntax/cpython.py';

/** Runs a command of cpython.py. */
export function cpython(command: readonly string[], input = ''): string {
  const options = { input, encoding: 'utf8' as const, maxBuffer: 2 ** 30 };
  return execFileSync(process.env.PYTHON ?? 'python3', ['-X', 'utf8', SCRIPT, ...command], options);
}

/** `[3, 11]`, or undefined where there is no Python that these tests can use. */
export function cpythonVersion(): readonly [number, number] | undefined {
  try {
    const [major = 0, minor = 0] = cpython(['version']).trim().split('.').map(Number);
    return major === 3 && minor >= 10 ? [major, minor] : undefined;
  } catch {
    return undefined;
  }
}

/** Files of the standard library; its own tests too if asked for. */
export function libraryFiles(everything: boolean): string[] {
  return cpython(everything ? ['files', 'all'] : ['files'])
    .trim()
    .split('\n');
}
