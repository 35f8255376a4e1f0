// Measures the ONNX reader against truth files, tensor by tensor: more than the command line's own scores show.
//
//   node scripts/measure-onnx.mjs operators TRUTH_FOLDER [--show N] [--only REGEX]
//   node scripts/measure-onnx.mjs models TRUTH_FOLDER [--show N] [--only REGEX]
//
// operators: a case is right when every tensor output has exactly the true shape and type, unknown when nothing is wrong
// but something is not known (or is known only by a declaration), wrong otherwise; data-dependent cases are counted apart.
// models: tensors of real files, contraction FPO and parameters.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { build } from 'esbuild';

const { positionals, values: options } = parseArgs({
  allowPositionals: true,
  options: { show: { type: 'string', default: '0' }, only: { type: 'string', default: '' } },
});
const [mode, truth] = positionals;
if (!truth || !['operators', 'models'].includes(mode)) {
  console.error('usage: measure-onnx.mjs operators|models TRUTH_FOLDER [--show N] [--only REGEX]');
  process.exit(2);
}

const folder = mkdtempSync(join(tmpdir(), 'measure-onnx-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const root = fileURLToPath(new URL('..', import.meta.url));
const bundle = join(folder, 'onnx.cjs');
await build({
  stdin: {
    contents: `export { traceNamed } from './src/onnx/trace'; export { memorySource } from './src/onnx/source';
      export { onnxName } from './src/onnx/element-types'; export { CATALOGUE } from './src/ops/catalogue'; export { contractionFpo } from './src/ops/operator';`,
    resolveDir: root,
    loader: 'ts',
  },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  outfile: bundle,
  logLevel: 'error',
});
const { traceNamed, memorySource, onnxName, CATALOGUE, contractionFpo } = (await import(bundle)).default;

/** Types are compared in ONNX's words; where the truth has none, only the shape is. */
const sameType = (dtype, name) => name == null || onnxName(dtype) === name || dtype === name;
const same = (a, b) => a.length === b.length && a.every((size, i) => size === b[i]);
const lines = (file) =>
  gunzipSync(readFileSync(join(truth, file)))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
const wanted = (name) => new RegExp(options.only).test(name);
const counts = {};
const count = (key, by = 1) => {
  counts[key] = (counts[key] ?? 0) + by;
};
const misses = [];
const given = (list) =>
  Object.fromEntries(list.map(({ name, shape, dtype }) => [name, { shape, ...(dtype && { dtype }) }]));

/** The contraction FPO of a trace, and the operators that the catalogue lacks. */
function contraction({ calls, values }) {
  const plain = (argument) => {
    if (Array.isArray(argument)) return argument.map(plain);
    return argument !== null && typeof argument === 'object' ? values[argument.value] : argument;
  };
  let total = 0;
  for (const { op, args, outputs } of calls) {
    const definition = CATALOGUE.get(op);
    if (!definition) count(`op ${op} not in the catalogue`);
    const cost = definition?.cost?.(
      Object.fromEntries(Object.entries(args).map(([name, value]) => [name, plain(value)])),
      outputs.map((id) => values[id]),
    );
    if (cost) total += contractionFpo(cost);
  }
  return total;
}

function parameters({ modules, values, storages }) {
  const ids = new Set(
    modules.flatMap((module) => module.parameters.map(({ value }) => values[value].storage)),
  );
  return [...ids].reduce((sum, id) => sum + storages[id].elements, 0);
}

function measureOperators() {
  for (const row of lines('operators.jsonl.gz').filter(({ id }) => wanted(id))) {
    const inputs = given(
      row.inputs.filter(
        (t) => t.kind === 'tensor' && t.shape && !(row.model_const && t.constant_in_const_variant),
      ),
    );
    const bytes = Buffer.from(row.model_const ?? row.model, 'base64');
    let verdict = 'right';
    let note = '';
    let traced;
    try {
      traced = traceNamed(memorySource(bytes), { name: 'model.onnx', inputs });
      contraction(traced.trace);
    } catch (error) {
      verdict = 'error';
      note = error.stack.split('\n').slice(0, 3).join(' ');
    }
    const { gaps = [], knobs = [] } = traced?.trace ?? {};
    for (const output of row.outputs.filter(
      (one) => verdict !== 'error' && one.kind === 'tensor' && one.true,
    )) {
      const got = traced.tensors.get(output.name);
      if (got && (!same(got.shape, output.shape) || !sameType(got.dtype, output.dtype))) {
        verdict = 'wrong';
        note = `${output.name}: ${got.dtype}[${got.shape}] is ${output.dtype}[${output.shape}]`;
      } else if (!got && verdict === 'right') [verdict, note] = ['unknown', `${output.name} unknown`];
    }
    if (verdict === 'right' && gaps.length > 0) verdict = 'declared';
    if (verdict === 'wrong' && (gaps.length > 0 || knobs.length > 0)) verdict = 'wrong, marked';
    if (row.data_dependent) verdict = `data-dependent ${verdict}`;
    count(verdict);
    if (verdict !== 'right') misses.push({ id: row.id, verdict, note, gap: gaps[0]?.reason });
  }
}

function measureModels() {
  const shapes = new Map(lines('shapes.jsonl.gz').map((row) => [row.name, row]));
  for (const row of JSON.parse(readFileSync(join(truth, 'models.json'), 'utf8')).filter(({ name }) =>
    wanted(name),
  )) {
    const bytes = gunzipSync(readFileSync(join(truth, 'models', `${row.name}.onnx.gz`)));
    const feeds = Object.entries(row.feeds ?? {}).filter(([, feed]) => feed?.shape);
    const inputs = given(feeds.map(([name, feed]) => ({ name, ...feed })));
    const start = performance.now();
    const { trace, tensors } = traceNamed(memorySource(bytes), { name: `${row.name}.onnx`, inputs });
    const ms = performance.now() - start;
    const known = shapes.get(row.name);
    const loose = new Set(known.data_dependent);
    const miss = { id: row.name, ms: Math.round(ms), wrong: [], unknown: [] };
    for (const [name, { shape, dtype }] of Object.entries(known.tensors)) {
      const got = tensors.get(name);
      const right = got && same(got.shape, shape) && sameType(got.dtype, dtype);
      const kind = loose.has(name) ? 'data-dependent ' : '';
      count(`tensors ${kind}${right ? 'right' : got ? 'wrong' : 'unknown'}`);
      if (kind === '' && !right)
        miss[got ? 'wrong' : 'unknown'].push(`${name}: ${got?.dtype}[${got?.shape}] is ${dtype}[${shape}]`);
    }
    const fpo = contraction(trace);
    const params = parameters(trace);
    count('models');
    if (fpo === row.truth_flops) count('fpo equal');
    else miss.fpo = [fpo, row.truth_flops];
    if (params === row.params) count('params equal');
    else miss.params = [params, row.params];
    count('gaps', trace.gaps.length);
    miss.gaps = trace.gaps.map(({ reason, count: n }) => `${n} × ${reason}`).slice(0, 5);
    miss.wrong = [miss.wrong.length, ...miss.wrong.slice(0, 3)];
    miss.unknown = [miss.unknown.length, ...miss.unknown.slice(0, 3)];
    if (miss.fpo || miss.params || miss.wrong[0] || miss.unknown[0] || miss.gaps.length > 0)
      misses.push(miss);
  }
}

if (mode === 'operators') measureOperators();
else measureModels();
for (const miss of misses.slice(0, Number(options.show))) console.log(JSON.stringify(miss));
console.log(
  Object.entries(counts)
    .map(([key, value]) => `${key}: ${value}`)
    .join('\n'),
);
