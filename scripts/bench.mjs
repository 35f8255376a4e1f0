// Measures what users wait for, in one run, so that ratios hold on any machine: the parser against CPython's, a whole
// report against PyTorch counting the same model, the time from an edit to its report, the check of a change, ONNX files
// of gigabytes and of 100,000 nodes against decoding them in full, activation, and sizes. What cannot be measured here is
// said in a sentence. The model code is torchvision's, fetched by corpora.mjs.
//
//   npm run bench [-- NAME…]            names: parser, report, edit, check, onnx, activation, size
//   PRICE_TAG_PYTHON in the environment names a Python that has PyTorch.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { build } from '../esbuild.mjs';
import { bundleModule } from './bundle-tests.mjs';
import { checkOneChange } from './check-bench.mjs';
import { corpus, python } from './corpora.mjs';
import { install } from './install-harness.mjs';
import { fastestInTurn, nodeProgram, PYTHON_RESOURCE_USE, percentile } from './measure.mjs';
import { benchOnnx } from './onnx-bench.mjs';
import { pack } from './pack.mjs';

const EDITS = 60;
const WARM_UP = 10;
const RUNS = 7;

const BENCHES = { parser, report, edit, check, onnx, activation, size };

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await build({ minify: true }).catch(() => process.exit(1));
const chosen = process.argv.slice(2);
for (const [name, bench] of Object.entries(BENCHES)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  await bench().catch((error) => line(name, `not measured: ${error.message}`));
}
process.exit(0);

function line(name, text) {
  console.log(`${name.padEnd(12)} ${text}`);
}

function ms(value) {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`;
}

function ratio(ours, theirs) {
  return ours < theirs ? `${(theirs / ours).toFixed(1)}× less` : `${(ours / theirs).toFixed(1)}× more`;
}

/** The parser against ast.parse of CPython, on the same files. */
async function parser() {
  const { benchSyntax } = await import('./syntax-bench.mjs');
  await bundleModule('src/syntax/index.ts', 'out/bench/syntax.cjs');
  const files = filesUnder(`${torchvision()}/torchvision`, /\.py$/);
  const { megabytes, msPerMB, cpythonMsPerMB } = await benchSyntax({
    parserBundle: 'out/bench/syntax.cjs',
    files,
  });
  line('parser', `${ms(msPerMB)} a megabyte (${files.length} files, ${megabytes.toFixed(1)} MB)`);
  if (cpythonMsPerMB === null) throw new Error('there is no python3 to compare with');
  line(
    'parser',
    `${ratio(msPerMB, cpythonMsPerMB)} time than ast.parse of CPython: ${ms(cpythonMsPerMB)} a megabyte`,
  );
}

/** A whole process that prices ResNet-50 against one that has PyTorch count it on the meta device. */
async function report() {
  const target = `${torchvision()}/torchvision/models/resnet.py::resnet50()`;
  const program = nodeProgram('dist/cli.cjs', ['report', target, '--format', 'json']);
  const counting = [python(), ['-c', countingProgram(), torchvision()]];
  const [alone] = fastestInTurn([program], 1);
  line(
    'report',
    `resnet50() in ${ms(alone.milliseconds)} and ${alone.mebibytes.toFixed(0)} MiB, process and all`,
  );
  const [ours, theirs] = fastestInTurn([program, counting], RUNS);
  const time = `${ratio(ours.milliseconds, theirs.milliseconds)} time`;
  const memory = `${ratio(ours.mebibytes, theirs.mebibytes)} memory`;
  const figures = ({ milliseconds, mebibytes }) => `${ms(milliseconds)} and ${mebibytes.toFixed(0)} MiB`;
  line(
    'report',
    `${time}, ${memory} than FlopCounterMode on the meta device: ${figures(ours)}, ${figures(theirs)}`,
  );
  const [count, expected] = [JSON.parse(ours.output).fpo?.contraction ?? 'unknown', Number(theirs.output)];
  line(
    'report',
    count === expected ? `both count ${count}` : `the counts differ: ${count} against ${expected}`,
  );
}

/**
 * What a user would write. torchvision's compiled operators load only beside the PyTorch that they were built for; where
 * they do not, the two that its import asks for are declared, and nothing else is changed.
 */
function countingProgram() {
  return `
import sys
sys.path.append(sys.argv[1])
import torch
from importlib.util import find_spec
from pathlib import Path
library = next(Path(find_spec("torchvision").origin).parent.glob("_C*"), None)
try:
    torch.ops.load_library(library)
except Exception:
    declared = torch.library.Library("torchvision", "DEF")
    for name in ("nms", "qnms"):
        declared.define(name + "(Tensor dets, Tensor scores, float iou_threshold) -> Tensor")
import torchvision
from torch.utils.flop_counter import FlopCounterMode
with torch.device("meta"):
    model, image = torchvision.models.resnet50().eval(), torch.empty(1, 3, 224, 224)
with FlopCounterMode(display=False) as counter, torch.no_grad():
    model(image)
print(counter.get_total_flops())
${PYTHON_RESOURCE_USE}
`;
}

/** From an edit to the new report of a file of about 1,000 lines, in the worker that the editor uses. */
async function edit() {
  const file = `${torchvision()}/torchvision/models/resnet.py`;
  const text = readFileSync(file, 'utf8');
  const worker = new Worker(resolve('dist/worker.cjs'), {
    workerData: { cancelled: new SharedArrayBuffer(4) },
  });
  const samples = [];
  for (let version = 1; version <= WARM_UP + EDITS; version++) {
    const milliseconds = await answerTime(worker, requestFor(file, edited(text, version), version));
    if (version > WARM_UP) samples.push(milliseconds);
  }
  await worker.terminate();
  const [median, high] = [0.5, 0.95].map((part) => ms(percentile(samples, part)));
  const lines = text.split('\n').length;
  line('edit', `median ${median}, p95 ${high} from an edit to the report that lenses show (${lines} lines)`);
}

/** The text with one more comment, each time elsewhere: every position after it moves. */
function edited(text, version) {
  const lines = text.split('\n');
  lines.splice((version * 37) % lines.length, 0, `# edit ${version}`);
  return lines.join('\n');
}

function requestFor(file, text, version) {
  const limits = { steps: 20_000_000, milliseconds: 20_000 };
  return { id: version, uri: file, version, text, inputs: {}, searchPaths: [torchvision()], limits };
}

function answerTime(worker, request) {
  const started = performance.now();
  worker.postMessage(request);
  return new Promise((done, fail) => {
    worker.once('message', ({ error }) =>
      error ? fail(new Error(error)) : done(performance.now() - started),
    );
    worker.once('error', fail);
  }).finally(() => worker.removeAllListeners('error'));
}

/** ONNX files of gigabytes and of very many nodes. */
function onnx() {
  return benchOnnx((text) => line('onnx', text));
}

/** The check of one changed file in repositories of two sizes: it may grow with the change, not with the repository. */
async function check() {
  const runs = await checkOneChange([200, 2000], RUNS);
  for (const { files, milliseconds, cpuMilliseconds, mebibytes, priced, roots } of runs) {
    const what = `${priced} files priced, ${roots} models changed`;
    const time = `${ms(milliseconds)} (${ms(cpuMilliseconds)} of processors)`;
    line('check', `${time} and ${mebibytes.toFixed(0)} MiB with ${files} files: ${what}`);
  }
  const [small, large] = runs.map(({ milliseconds }) => milliseconds);
  line('check', `${(large / small).toFixed(2)}× the time for 10× the files`);
}

/** Activation in a real extension host: what VS Code waits for when the first Python file is opened. */
async function activation() {
  await install();
  await bundleModule('test/harness/workbench.ts', 'out/harness/workbench.cjs');
  const { Workbench } = (await import('../out/harness/workbench.cjs')).default;
  const workbench = await Workbench.open({ folder: 'examples' });
  try {
    const { publisher, name } = JSON.parse(readFileSync('package.json', 'utf8'));
    line('activation', ms(await workbench.inExtensionHost(activationTime, `${publisher}.${name}`)));
  } finally {
    await workbench.close();
  }
}

/** Runs in the extension host; throws where something else was faster to activate the extension. */
async function activationTime(vscode, id) {
  const extension = vscode.extensions.getExtension(id);
  if (extension.isActive) throw new Error('the extension was active already');
  const started = performance.now();
  await extension.activate();
  return performance.now() - started;
}

/** Bundles as they ship, and the VSIX. */
async function size() {
  const kilobytes = (bytes) => `${(bytes / 1000).toFixed(0)} kB`;
  for (const file of filesUnder('dist', /\.(cjs|js|css)$/)) {
    const content = readFileSync(file);
    line('size', `${file}: ${kilobytes(content.length)}, ${kilobytes(gzipSync(content).length)} gzipped`);
  }
  line('size', `VSIX: ${kilobytes(statSync(pack('out/price-tag.vsix')).size)}`);
}

function filesUnder(folder, pattern) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => pattern.test(file))
    .map((file) => join(folder, file))
    .sort();
}

function torchvision() {
  return corpus('torchvision', '0.28.0');
}
