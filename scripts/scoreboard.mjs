// Scores the command line's `batch` on the corpora of docs/accuracy.md, each in one process, and prints a table: models,
// parameters exact, contraction FPO exact, within 1 %, silently wrong, crashed, milliseconds. Packages are fetched by
// corpora.mjs; repositories written by hand have to be at hand in a folder.
//
//   npm run scoreboard [-- --only NAME] [--repos FOLDER] [--misses] [--write]
//     --repos FOLDER   checkouts of the repositories of handwritten.jsonl, as owner__name
//     --misses         each miss with its figures
//     --write          puts the table into docs/accuracy.md
//   PRICE_TAG_CLI in the environment names another build than dist/cli.cjs.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { corpus } from './corpora.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));

/** Packages by corpus: the first holds the models, the others are what it imports. */
const PACKAGES = {
  timm: [
    ['timm', '1.0.29'],
    ['torchvision', '0.28.0'],
  ],
  torchvision: [['torchvision', '0.28.0']],
  transformers: [
    ['transformers', '5.18.0'],
    ['timm', '1.0.29'],
    ['torchvision', '0.28.0'],
  ],
};

/** What repositories written by hand import, besides the packages above. */
const AROUND = [
  ['rotary-embedding-torch', '0.9.1'],
  ['torch-einops-utils', '0.2.0'],
  ['ultralytics', '8.4.190'],
];

const CORPORA = { torchvision: packaged, timm: packaged, transformers: packaged, handwritten };

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    repos: { type: 'string', default: 'repos' },
    misses: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

// --- cases ------------------------------------------------------------------------------------------------------------

function truthOf(name) {
  const lines = readFileSync(join('test/data/truth', `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => JSON.parse(line));
}

function packaged(name) {
  const [own, ...others] = PACKAGES[name].map(([pack, version]) => corpus(pack, version));
  return truthOf(name).map((truth) => ({
    ...truth,
    file: join(own, name, truth.file),
    searchPaths: [own, ...others],
  }));
}

function handwritten(name) {
  if (!existsSync(options.repos))
    throw new Error(`there is no folder ${options.repos}; name one with --repos`);
  const packages = [...PACKAGES.transformers, ...AROUND].map(([pack, version]) => corpus(pack, version));
  return truthOf(name).map((truth) => {
    const home = resolve(options.repos, truth.repo.replace('/', '__'));
    const searchPaths = [join(home, truth.importRoot), home, ...packages];
    // FlopCounterMode leaves out products with vectors: see scripts/oracle-vectors.py
    const fpo = truth.fpo && truth.fpo + (truth.vectorFpo ?? 0);
    return { ...truth, fpo, file: join(home, truth.file), searchPaths };
  });
}

// --- scoring ----------------------------------------------------------------------------------------------------------

async function score(name, cases) {
  const started = performance.now();
  const results = await batch(cases);
  const seconds = (performance.now() - started) / 1000;
  const judged = cases.map((truth) => judge(truth, results.get(truth.id)));
  if (options.misses) for (const miss of judged.filter(({ exact }) => !exact)) console.log(`  ${miss.line}`);
  const count = (what) => judged.filter((one) => one[what]).length;
  const times = judged.map(({ ms }) => ms).sort((a, b) => a - b);
  return {
    name,
    models: cases.length,
    params: count('params'),
    priced: cases.filter(({ fpo }) => fpo != null).length,
    fpo: count('fpo'),
    near: count('near'),
    silent: count('silent'),
    crashed: count('crashed'),
    median: times[times.length >> 1],
    p95: times[Math.floor(times.length * 0.95)],
    seconds,
  };
}

/** Wrong by more than this without a knob or gap is silently wrong. */
const TOLERANCE = 0.005;

function judge(truth, result) {
  const [p, f] = [result?.params?.total, result?.fpo?.contraction];
  const off = (got, want, by) => got != null && want != null && Math.abs(got - want) > by * Math.abs(want);
  const assumed = (result?.knobs ?? []).some(({ source }) => source === 'assumed' || source === 'inferred');
  const marked = assumed || (result?.gaps?.length ?? 0) > 0;
  const params = p === truth.params;
  const fpo = truth.fpo != null && f === truth.fpo;
  const why = result?.error ?? result?.gaps?.[0]?.reason ?? '';
  return {
    params,
    fpo,
    near: truth.fpo != null && f != null && !off(f, truth.fpo, 0.01),
    exact: params && (fpo || truth.fpo == null),
    silent:
      Boolean(result?.ok) && !marked && (off(p, truth.params, TOLERANCE) || off(f, truth.fpo, TOLERANCE)),
    crashed: result === undefined,
    ms: result?.ms ?? 0,
    line: `${truth.id}: parameters ${p} of ${truth.params}, FPO ${f} of ${truth.fpo} ${why}`,
  };
}

/** Results by id, of one process. */
async function batch(cases) {
  const cli = process.env.PRICE_TAG_CLI ?? 'dist/cli.cjs';
  const child = spawn(process.execPath, [cli, 'batch'], { stdio: ['pipe', 'pipe', 'inherit'] });
  for (const { id, file, expr, setup, method, inputs, kwinputs, searchPaths } of cases) {
    child.stdin.write(
      `${JSON.stringify({ id, file, expr, setup, method, inputs, kwinputs, searchPaths })}\n`,
    );
  }
  child.stdin.end();
  let text = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) text += chunk;
  const results = text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return new Map(results.map((result) => [result.id, result]));
}

// --- the table --------------------------------------------------------------------------------------------------------

const share = (part, whole) => `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`;

function tableRow(row) {
  const { name, models, params, priced, fpo, near, silent, crashed, median, p95, seconds } = row;
  const cells = [
    name,
    models,
    share(params, models),
    share(fpo, priced),
    share(near, priced),
    silent,
    crashed,
    `${median} / ${p95} ms`,
    `${seconds.toFixed(0)} s`,
  ];
  return `| ${cells.join(' | ')} |`;
}

const HEAD = `| corpus | models | parameters exact | contraction FPO exact | within 1 % | silently wrong | crashed | median / p95 | all |
|---|---|---|---|---|---|---|---|---|`;
const BEGIN = '<!-- scoreboard -->';
const END = '<!-- end of scoreboard -->';

function writeTable(done) {
  const file = 'docs/accuracy.md';
  const text = readFileSync(file, 'utf8');
  const [before, rest = ''] = text.split(BEGIN);
  const [, after = ''] = rest.split(END);
  const table = [HEAD, ...done.map(tableRow)].join('\n');
  writeFileSync(file, `${before}${BEGIN}\n${table}\n${END}${after}`);
  console.log(`${dirname(file)}: table written`);
}

// --- the run ----------------------------------------------------------------------------------------------------------

const rows = [];
for (const [name, casesOf] of Object.entries(CORPORA)) {
  if (options.only && options.only !== name) continue;
  try {
    rows.push(await score(name, casesOf(name)));
    console.log(tableRow(rows.at(-1)));
  } catch (error) {
    console.log(`${name}: not scored: ${error.message}`);
  }
}
if (options.write) writeTable(rows);
