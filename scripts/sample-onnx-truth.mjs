// Takes a small, fixed sample of the ONNX truth files into test/data/onnx/, so that the tests need nothing else: some
// models without their weights, and operator cases such that every operator and opset version is there once.
//
//   node scripts/sample-onnx-truth.mjs TRUTH_FOLDER
//
// Documentation strings and stack traces are taken out of the models: they name files of the machine that exported them.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

const [truth] = process.argv.slice(2);
if (!truth) {
  console.error('usage: sample-onnx-truth.mjs TRUTH_FOLDER');
  process.exit(2);
}

const MODELS = [
  'bert_tiny.ts14.dynseq',
  'bf16_matmul',
  'const_nodes_mobilenetv3s',
  'dcgan_gen.ts13',
  'ext_resnet18',
  'gru_uni.ts13',
  'ir3_inits_as_inputs',
  'llama_kv.ts14.dyn',
  'local_functions',
  'lowbit_f8_int4_uint2_f4',
  'lstm_uni.dyn18',
  'ml_tree_linear_svm',
  'opt_t5_encoder',
  'q_lstm_dynamic',
  'q_resnet18_qoperator',
  'sdpa_block.dyn23',
  'sequences_optional',
  'sparse_initializer',
  'timm_mobilevit_xxs.dyn18',
  'tv_fasterrcnn_mnv3_320.ts13',
  'tv_resnet18.dyn20.dynhw',
  'tv_resnet18.ts9',
  'yolov8n_like.ts12',
];
/** Cases of one operator in one opset version, at most. */
const CASES = 2;

// --- protobuf, as far as it is needed to leave fields out ---------------------------------------------------------------

function* fields(bytes) {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = bytes[at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const start = at;
    const tag = varint();
    const wire = tag % 8;
    if (wire === 0) varint();
    const length = wire === 1 ? 8 : wire === 5 ? 4 : wire === 2 ? varint() : 0;
    const content = bytes.subarray(at, at + length);
    at += length;
    yield { field: Math.floor(tag / 8), wire, content, whole: bytes.subarray(start, at) };
  }
}

function varintBytes(value) {
  const bytes = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}

/** Messages to go into, and fields to leave out. */
const RULES = {
  model: { into: { 7: 'graph', 25: 'function' }, without: [6] },
  graph: { into: { 1: 'node', 5: 'tensor' }, without: [10] },
  function: { into: { 7: 'node' }, without: [8] },
  node: { into: { 5: 'attribute' }, without: [6] },
  attribute: { into: { 6: 'graph' }, without: [13] },
  tensor: { into: {}, without: [12] },
};
const KEPT = /pkg\.torch\.onnx\.(class_hierarchy|name_scopes)/;

/** Metadata of a node says more than where it belongs. */
const isNoise = (kind, { field, content }) =>
  RULES[kind].without.includes(field) ||
  (kind === 'node' && field === 9 && !KEPT.test(Buffer.from(content).toString())) ||
  (['graph', 'tensor', 'function'].includes(kind) && field >= 16);

function stripped(bytes, kind = 'model') {
  const parts = [];
  for (const part of fields(bytes)) {
    if (part.wire === 2 && isNoise(kind, part)) continue;
    const inner = part.wire === 2 && RULES[kind].into[part.field];
    if (!inner) parts.push(part.whole);
    else {
      const content = stripped(part.content, inner);
      parts.push(Buffer.from([...varintBytes(part.field * 8 + 2), ...varintBytes(content.length)]), content);
    }
  }
  return Buffer.concat(parts);
}

// --- the samples --------------------------------------------------------------------------------------------------------

const lines = (file) =>
  gunzipSync(readFileSync(join(truth, file)))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

function models() {
  const facts = new Map(
    JSON.parse(readFileSync(join(truth, 'models.json'), 'utf8')).map((row) => [row.name, row]),
  );
  const shapes = new Map(lines('shapes.jsonl.gz').map((row) => [row.name, row]));
  return MODELS.map((name) => {
    const { feeds = {}, params, truth_flops: fpo } = facts.get(name);
    const { tensors, data_dependent: loose } = shapes.get(name);
    const known = Object.entries(tensors).filter(([tensor]) => !loose.includes(tensor));
    const bytes = gunzipSync(readFileSync(join(truth, 'models', `${name}.onnx.gz`)));
    return {
      name,
      params,
      fpo,
      feeds: Object.fromEntries(
        Object.entries(feeds).flatMap(([input, feed]) =>
          feed?.shape ? [[input, { shape: feed.shape, ...(feed.dtype && { dtype: feed.dtype }) }]] : [],
        ),
      ),
      tensors: known.flatMap(([tensor, { shape, dtype }]) => (shape ? [[tensor, dtype ?? null, shape]] : [])),
      model: stripped(bytes).toString('base64'),
    };
  });
}

const operatorOf = ({ id }) => id.replace(/^.*test_/, '').replace(/_.*$/, '');

function operators() {
  const seen = new Map();
  return lines('operators.jsonl.gz').flatMap((row) => {
    const key = `${operatorOf(row)} ${JSON.stringify(row.opset)}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
    const outputs = row.outputs.filter((output) => output.kind === 'tensor' && output.true);
    const wrong = /v1\.1\.2__test_(hardmax|top_k)/.test(row.id);
    const model = row.model_const ?? row.model;
    if (row.data_dependent || wrong || outputs.length === 0 || seen.get(key) > CASES || model.length > 6000)
      return [];
    const fed = row.inputs.filter(
      (one) => one.kind === 'tensor' && one.shape && !(row.model_const && one.constant_in_const_variant),
    );
    return [
      {
        id: row.id,
        inputs: Object.fromEntries(fed.map(({ name, shape, dtype }) => [name, { shape, dtype }])),
        outputs: outputs.map(({ name, shape, dtype }) => [name, dtype, shape]),
        model,
      },
    ];
  });
}

function write(name, rows) {
  mkdirSync('test/data/onnx', { recursive: true });
  const text = rows.map((row) => `${JSON.stringify(row)}\n`).join('');
  const bytes = gzipSync(text, { level: 9 });
  writeFileSync(join('test/data/onnx', name), bytes);
  console.log(`${name}: ${rows.length} rows, ${bytes.length} bytes`);
}

write('models.jsonl.gz', models());
write('operators.jsonl.gz', operators());
