// Measures what it takes to open ONNX files: processor time and memory of a whole process that prices a file, against one
// that decodes the same file in full with onnx-proto, in the same run. The files are made here: models of gigabytes as
// sparse files, and graphs of 100,000 nodes.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastestInTurn, nodeProgram } from './measure.mjs';
import { writeChain, writeGraph, writeTower } from './onnx-files.mjs';

const RUNS = 5;

/** What is opened, and what that may take at most: seconds of processor time, MiB. */
const FILES = [
  { what: '2.4 GB', make: (path) => writeTower(path, 2.4e9), seconds: 0.15, mebibytes: 90 },
  { what: '5 GB', make: (path) => writeTower(path, 5e9), seconds: 0.15, mebibytes: 90 },
  { what: '100,000 nodes', make: (path) => writeChain(path, 100_000), seconds: 1, mebibytes: Number.NaN },
  {
    what: '100,000 nodes in 25,000 layers with 50,000 weights',
    make: (path) => writeGraph(path, 100_000),
    seconds: 1.5,
    mebibytes: Number.NaN,
  },
];

/** @param {(text: string) => void} line writes a line of the results */
export async function benchOnnx(line) {
  const folder = mkdtempSync(join(tmpdir(), 'price-tag-bench-'));
  try {
    for (const file of FILES) benchFile(file, join(folder, 'model.onnx'), line);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function benchFile({ what, make, seconds, mebibytes }, path, line) {
  make(path);
  const [ours] = fastestInTurn(
    [nodeProgram('dist/cli.cjs', ['report', path, '--format', 'text'])],
    RUNS,
    'cpuMilliseconds',
  );
  const fits = ours.cpuMilliseconds <= 1000 * seconds && !(ours.mebibytes > mebibytes);
  const aim = `${seconds} s${Number.isNaN(mebibytes) ? '' : ` and ${mebibytes} MiB`}`;
  line(`${what}: ${used(ours)}, process and all (${fits ? 'within' : 'MORE THAN'} ${aim})`);
  try {
    const [theirs] = fastestInTurn([nodeProgram('scripts/decode-onnx.cjs', [path])], 1);
    const ratio = (field) => (theirs[field] / ours[field]).toFixed(1);
    const words = `${ratio('cpuMilliseconds')} times the time and ${ratio('mebibytes')} times the memory`;
    line(`${what}: decoding it in full takes ${used(theirs)}: ${words}`);
  } catch (error) {
    line(`${what}: cannot be decoded in full: ${error.message}`);
  }
}

const used = ({ milliseconds, cpuMilliseconds, mebibytes }) =>
  `${(cpuMilliseconds / 1000).toFixed(2)} s of processor time, ${(milliseconds / 1000).toFixed(2)} s on the clock, ${mebibytes.toFixed(0)} MiB`;
