// Holds `price-tag batch` against cases with their truth, as scripts/oracle-cases.py prints them, and lists what differs:
// silently (no gap, no assumed value), or marked. What PyTorch refused is listed only where we price it without a mark.
//
//   node scripts/compare-cases.mjs TRUTH.jsonl… [--only PATTERN] [--fields params,fpo] [--path FOLDER]…
//     --path FOLDER   import roots for cases that name none
//   PRICE_TAG_CLI in the environment names another build than dist/cli.cjs.

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string', default: '' },
    fields: { type: 'string', default: 'params,trainable,buffers,fpo,outputs,peak,training,saved' },
    path: { type: 'string', multiple: true, default: [] },
  },
});

const LONGEST_LINE = 400;

/** What is compared: our figure and the truth's. */
const FIELDS = {
  params: ({ params }) => params?.total,
  trainable: ({ params }) => params?.trainable,
  buffers: ({ buffers }) => buffers,
  fpo: ({ fpo }) => fpo?.contraction,
  outputs: ({ outputs }) => outputs,
  peak: ({ memory }) => memory && memory.inferencePeak - memory.weights,
  training: ({ training }) => training?.fpo?.contraction,
  saved: ({ memory }) => memory?.savedForBackward,
};

/** Whether the truth's outputs are among ours, in order: ours have the caches too. */
function holdsAll(ours, truth) {
  let at = 0;
  for (const { shape, dtype } of ours ?? []) {
    const wanted = truth[at];
    if (wanted && wanted.dtype === dtype && String(wanted.shape) === String(shape)) at++;
  }
  return at === truth.length;
}

function misses(truth, result) {
  const wrong = [];
  for (const field of options.fields.split(',')) {
    if (truth[field] === undefined) continue;
    const ours = FIELDS[field](result);
    if (field === 'outputs' ? !holdsAll(ours, truth.outputs) : ours !== truth[field])
      wrong.push({ field, ours, truth: truth[field] });
  }
  return wrong;
}

const isMarked = ({ gaps = [], knobs = [] }) =>
  gaps.length > 0 || knobs.some(({ source }) => source === 'assumed' || source === 'inferred');

const brief = (value) =>
  Array.isArray(value) ? value.map(({ shape, dtype }) => `${dtype}[${shape}]`).join(' ') : String(value);

function line(result, wrong) {
  const parts = wrong.map(({ field, ours, truth: want }) => `${field} ${brief(ours)} of ${brief(want)}`);
  const gaps = (result.gaps ?? []).slice(0, 2).map(({ reason }) => `gap: ${reason}`);
  return [result.error ?? '', ...parts, ...gaps].filter(Boolean).join(' | ');
}

/** One word for how a case went, and the line that explains it. */
function judge(truth, result) {
  if (result === undefined) return ['crashed', 'no result'];
  if (truth.refused !== undefined && truth.params === undefined)
    return result.ok && !isMarked(result) ? ['accepted', truth.refused] : ['refused', ''];
  const wrong = misses(truth, result);
  if (!result.ok) return ['error', line(result, [])];
  if (wrong.length > 0) return [isMarked(result) ? 'marked' : 'silent', line(result, wrong)];
  if (truth.refused !== undefined)
    return isMarked(result) || result.fpo?.total == null ? ['exact', ''] : ['accepted', truth.refused];
  return isMarked(result) ? ['exact, marked', line(result, [])] : ['exact', ''];
}

async function batch(cases) {
  const cli = process.env.PRICE_TAG_CLI ?? 'dist/cli.cjs';
  const child = spawn(process.execPath, [cli, 'batch'], { stdio: ['pipe', 'pipe', 'inherit'] });
  for (const { id, file, expr, setup, method, inputs, kwinputs, searchPaths = options.path, mode } of cases) {
    const one = { id, file, expr, setup, method, inputs, kwinputs, searchPaths, mode };
    child.stdin.write(`${JSON.stringify(one)}\n`);
  }
  child.stdin.end();
  let text = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) text += chunk;
  return text
    .split('\n')
    .filter(Boolean)
    .map((one) => JSON.parse(one));
}

const cases = positionals
  .flatMap((file) => readFileSync(file, 'utf8').split('\n').filter(Boolean))
  .map((one) => JSON.parse(one))
  .filter(({ id }) => new RegExp(options.only).test(id));
const results = await batch(cases);
const tally = new Map();
cases.forEach((truth, index) => {
  const [how, why] = judge(truth, results[index]);
  tally.set(how, (tally.get(how) ?? 0) + 1);
  if (why !== '') console.log(`${how}: ${truth.id}: ${why.slice(0, LONGEST_LINE)}`);
});
const slow = results.filter(({ ms }) => ms > 3000).map(({ id, ms }) => `${id} ${Math.round(ms)} ms`);
if (slow.length > 0) console.log(`slow: ${slow.join(', ')}`);
console.log([...tally].map(([how, count]) => `${count} ${how}`).join(', '), `of ${cases.length}`);
