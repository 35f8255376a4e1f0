// Fetches Python packages as source for benchmarks and comparisons: asks pip for a wheel or archive, unpacks it into
// .cache/ of the working directory (which Git ignores), and remembers it there. Nothing of a package is run or installed.
//
//   node scripts/corpora.mjs NAME==VERSION…        prints the folder of each

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

const CACHE = '.cache';

/** Unpacks an archive with Python's own library, because every machine with pip has it. */
const UNPACK = 'import shutil, sys; shutil.unpack_archive(sys.argv[1], sys.argv[2], sys.argv[3])';
const FORMATS = { '.whl': 'zip', '.zip': 'zip', '.tar.gz': 'gztar' };

/**
 * The folder that holds a package's source. Throws an error with a sentence where the package cannot be had.
 * @param {string} name @param {string} version
 * @returns {string}
 */
export function corpus(name, version) {
  const folder = resolve(CACHE, `${name}-${version}`);
  if (existsSync(folder)) return folder;
  mkdirSync(CACHE, { recursive: true });
  const staging = mkdtempSync(join(CACHE, 'staging-'));
  try {
    unpack(download(`${name}==${version}`, staging), join(staging, 'source'));
    renameSync(join(staging, 'source'), folder);
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
  return folder;
}

/** The Python that is asked: PRICE_TAG_PYTHON, else python3. */
export function python() {
  return process.env.PRICE_TAG_PYTHON ?? 'python3';
}

function download(requirement, folder) {
  const options = ['--no-deps', '--no-build-isolation', '--disable-pip-version-check', '--quiet'];
  const { status, stderr, error } = pip(['download', ...options, '--dest', folder, requirement]);
  const file = readdirSync(folder).find((name) => formatOf(name) !== undefined);
  if (status === 0 && file) return join(folder, file);
  const why = error?.message ?? stderr.trim().split('\n').at(-1);
  throw new Error(`${requirement} cannot be had from the Python package index: ${why}`);
}

/** pip of the chosen Python, or where that has none, the pip command. */
function pip(args) {
  const options = { encoding: 'utf8', timeout: 300_000 };
  const own = spawnSync(python(), ['-m', 'pip', ...args], options);
  return own.status === 0 ? own : spawnSync('pip', args, options);
}

function unpack(file, folder) {
  const { status, stderr } = spawnSync(python(), ['-c', UNPACK, file, folder, formatOf(file)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${file} cannot be unpacked: ${stderr.trim()}`);
}

function formatOf(file) {
  return Object.entries(FORMATS).find(([ending]) => file.endsWith(ending))?.[1];
}

if (basename(process.argv[1] ?? '') === 'corpora.mjs') {
  for (const requirement of process.argv.slice(2)) {
    const [name = '', version = ''] = requirement.split('==');
    try {
      console.log(corpus(name, version));
    } catch (error) {
      console.error(error.message);
      process.exitCode = 1;
    }
  }
}
