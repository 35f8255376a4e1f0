// Compares the memory that the command line gives with what a GPU used: node scripts/compare-gpu.mjs gpu.json SITE-PACKAGES
// (scripts/measure-gpu.py makes the first; the second holds torchvision, timm and transformers as source).

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [file, packages] = process.argv.slice(2);
const { device, torch, rows } = JSON.parse(readFileSync(file, 'utf8'));
const BATCHES = [1, 16];

const caseOf = ({ module, expression, size }, batch, mode) => {
  const config = /\w+Config/.exec(expression)?.[0];
  return {
    id: `${expression} ${batch} ${mode}`,
    file: join(packages, `${module.replaceAll('.', '/')}.py`),
    expr: expression,
    ...(config && { setup: `from transformers import ${config}` }),
    inputs: [{ shape: [batch, ...size], dtype: size.length === 1 ? 'int64' : 'float32' }],
    searchPaths: [packages],
    mode,
  };
};

const cases = rows.flatMap((row) =>
  BATCHES.flatMap((batch) => ['eval', 'train'].map((mode) => caseOf(row, batch, mode))),
);
const { stdout } = spawnSync(process.execPath, ['dist/cli.cjs', 'batch'], {
  input: cases.map((one) => `${JSON.stringify(one)}\n`).join(''),
  encoding: 'utf8',
  maxBuffer: 2 ** 30,
});
const results = new Map(
  stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map((result) => [result.id, result.memory]),
);

const percent = (ours, theirs) => `${(100 * (ours / theirs - 1)).toFixed(1)} %`.padStart(9);

console.log(`${device}, torch ${torch}: how far our figures are from the GPU's\n`);
console.log(`${'model'.padEnd(40)} batch  weights      peak      kept`);
for (const row of rows)
  for (const batch of BATCHES) {
    const { peak, kept } = row.batches[batch];
    const [inference, training] = ['eval', 'train'].map((mode) =>
      results.get(`${row.expression} ${batch} ${mode}`),
    );
    const figures = [
      percent(inference.weights, row.weights),
      percent(inference.inferencePeak - inference.weights, peak),
      percent(training.savedForBackward, kept),
    ];
    console.log(row.expression.slice(0, 40).padEnd(40), String(batch).padStart(5), ...figures);
  }
