// Whatever bytes an ONNX file has, it is priced or refused with a sentence, soon and within some memory: random damage to
// real models, from a fixed seed. LONG=1 (npm run test:long) makes 100,000 of them.

import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { OnnxError } from '../../src/onnx/onnx-error';
import { memorySource } from '../../src/onnx/source';
import { readOnnx, traceModel } from '../../src/onnx/trace';
import { price } from '../../src/price/price';
import { varint } from './making';

const LONG = process.env.LONG === '1';
const RUNS = LONG ? 100_000 : 600;
/** Of a file of a few kilobytes; other programs may run beside. */
const SLOWEST_MS = 5000;
const MOST_MEGABYTES = 700;
/** Seeds are models up to this size, so that many of them can be tried. */
const LARGEST_SEED = 20_000;

/** Numbers in [0, limit), the same in each run. */
function generator(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

/** Models of all kinds: single operators, contrib operators, exports with functions and control flow. */
function seeds(): Uint8Array[] {
  const models = ['operators', 'contrib', 'models'].flatMap((file) => {
    const lines = gunzipSync(readFileSync(`test/data/onnx/${file}.jsonl.gz`))
      .toString()
      .trim()
      .split('\n');
    return lines.map((line) => Buffer.from((JSON.parse(line) as { model: string }).model, 'base64'));
  });
  return models.filter(({ length }) => length > 0 && length <= LARGEST_SEED);
}

const TELLING = [0, 1, 0x7f, 0x80, 0xff, 0x0a, 0x12, 0x3a];
const SIZES = [0, 127, 16_384, 2 ** 31 - 1, 2 ** 32, 2 ** 40, 2 ** 53, 2 ** 63];

type Damage = (
  bytes: Uint8Array,
  random: (limit: number) => number,
  others: readonly Uint8Array[],
) => Uint8Array;

const splice = (bytes: Uint8Array, at: number, gone: number, come: ArrayLike<number>): Uint8Array =>
  Uint8Array.from([...bytes.subarray(0, at), ...Array.from(come), ...bytes.subarray(at + gone)]);

const DAMAGES: readonly Damage[] = [
  (bytes, random) => splice(bytes, random(bytes.length), 1, [random(256)]),
  (bytes, random) => splice(bytes, random(bytes.length), 1, [TELLING[random(TELLING.length)] ?? 0]),
  (bytes, random) => {
    const at = random(bytes.length);
    return splice(bytes, at, 1, [(bytes[at] ?? 0) ^ (1 << random(8))]);
  },
  (bytes, random) => splice(bytes, random(bytes.length), 1 + random(16), []),
  (bytes, random) => splice(bytes, random(bytes.length), 1, varint(SIZES[random(SIZES.length)] ?? 0)),
  (bytes, random) => {
    const from = random(bytes.length);
    return splice(bytes, random(bytes.length), 0, bytes.subarray(from, from + random(64)));
  },
  (bytes, random, others) => {
    const other = others[random(others.length)] ?? bytes;
    const from = random(other.length);
    return splice(bytes, random(bytes.length), random(32), other.subarray(from, from + random(64)));
  },
  (bytes, random) => bytes.subarray(0, random(bytes.length)),
];

/** Prices what there is; an error that is no sentence for the user is thrown. */
function openFile(bytes: Uint8Array): 'priced' | 'refused' {
  try {
    const report = price(traceModel(readOnnx(memorySource(bytes)), { name: 'm.onnx' }), {
      name: 'm',
      mode: 'eval',
    });
    const { params, fpo, nodes } = report;
    assert.ok(nodes, 'the table of nodes');
    for (const figure of [params.total, fpo?.total ?? 0])
      assert.ok(figure >= 0 && !Number.isNaN(figure), `a figure is ${figure}`);
    return 'priced';
  } catch (error) {
    if (!(error instanceof OnnxError)) throw error;
    assert.match(error.message, /^[A-Z].*[.!]$/s, 'a sentence');
    return 'refused';
  }
}

describe('onnx files that are damaged', () => {
  it(`are priced or refused, ${RUNS} of them`, function () {
    this.timeout(0);
    const random = generator(20_261_126);
    const all = seeds();
    const counts = { priced: 0, refused: 0 };
    for (let run = 0; run < RUNS; run++) {
      let bytes: Uint8Array = all[random(all.length)] ?? new Uint8Array();
      for (let more = random(4); more >= 0 && bytes.length > 0; more--)
        bytes = (DAMAGES[random(DAMAGES.length)] as Damage)(bytes, random, all);
      const started = performance.now();
      try {
        counts[openFile(bytes)]++;
        const took = performance.now() - started;
        assert.ok(took < SLOWEST_MS, `it took ${took} ms`);
        const megabytes = process.memoryUsage().heapUsed / 2 ** 20;
        assert.ok(megabytes < MOST_MEGABYTES, `the heap has ${megabytes} MiB`);
      } catch (error) {
        writeFileSync('out/onnx-fuzz.onnx', bytes);
        throw new Error(`run ${run}, kept in out/onnx-fuzz.onnx: ${(error as Error).stack}`);
      }
    }
    assert.ok(counts.priced > RUNS / 50 && counts.refused > RUNS / 50, JSON.stringify(counts));
  });
});
