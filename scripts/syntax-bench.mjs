// How fast the parser is: milliseconds per megabyte of source to a tree, against CPython's own `ast.parse` on the same
// files in the same run, because only the ratio of the two survives a change of machine.
//   node scripts/syntax-bench.mjs [FOLDER | FILE…]      without arguments, the standard library of python3
// Each file counts with its best round, so that pauses of the machine and the warming up of the compiler stay out.
// CPython's garbage collector is switched off, which is in its favour.

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const ROUNDS = 5;

const TIME_PYTHON = `
import ast, gc, sys, time
gc.disable()
total = 0.0
for path in sys.stdin.read().splitlines():
    text = open(path, encoding='utf-8', newline='').read()
    best = float('inf')
    for _ in range(${ROUNDS}):
        begun = time.perf_counter()
        ast.parse(text)
        best = min(best, time.perf_counter() - begun)
    total += best
print(total * 1000)
`;

/**
 * Times the parser in a CommonJS bundle of src/syntax on some files. `cpython` and `ratio` are null where there is no
 * python3 or it does not read one of the files.
 */
export async function benchSyntax({ parserBundle, files }) {
  const { parse } = createRequire(import.meta.url)(resolve(parserBundle));
  const texts = files.map((file) => readFileSync(file, 'utf8'));
  const megabytes = files.reduce((sum, file) => sum + statSync(file).size, 0) / 1e6;
  const milliseconds = bestOf(texts, parse);
  const cpython = timeOfPython(files);
  return {
    files: files.length,
    megabytes,
    msPerMB: milliseconds / megabytes,
    cpythonMsPerMB: cpython === null ? null : cpython / megabytes,
    ratio: cpython === null ? null : cpython / milliseconds,
  };
}

/** The sum over all texts of the best time of each. */
function bestOf(texts, parse) {
  const best = texts.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [index, text] of texts.entries()) {
      const begun = performance.now();
      parse(text);
      best[index] = Math.min(best[index], performance.now() - begun);
    }
  }
  return best.reduce((sum, time) => sum + time, 0);
}

function timeOfPython(files) {
  try {
    const options = { input: files.join('\n'), stdio: ['pipe', 'pipe', 'ignore'], encoding: 'utf8' };
    return Number(execFileSync('python3', ['-c', TIME_PYTHON], options));
  } catch {
    return null;
  }
}

/** Every Python file in a folder, tests left out: they hold files that are wrong on purpose. */
function pythonFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return /^(tests?|site-packages|__pycache__)$/.test(entry.name) ? [] : pythonFiles(path);
    return entry.name.endsWith('.py') ? [path] : [];
  });
}

async function main(given) {
  const { buildSync } = await import('esbuild');
  const parserBundle = join(tmpdir(), `syntax-bench-${process.pid}.cjs`);
  const entry = fileURLToPath(new URL('../src/syntax/index.ts', import.meta.url));
  buildSync({ entryPoints: [entry], outfile: parserBundle, bundle: true, platform: 'node', format: 'cjs' });
  const query = 'import sysconfig; print(sysconfig.get_paths()["stdlib"])';
  const from =
    given.length > 0 ? given : [execFileSync('python3', ['-c', query], { encoding: 'utf8' }).trim()];
  const files = from.flatMap((path) => (statSync(path).isDirectory() ? pythonFiles(path) : [path]));
  console.log(await benchSyntax({ parserBundle, files }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv.slice(2));
