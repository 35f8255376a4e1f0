// com.microsoft operators that no CPU runs, or whose cost lies in their data: contraction FPO written out as products, what is
// assumed for it, and what is said where nothing can be.

import assert from 'node:assert/strict';
import type { onnx } from 'onnx-proto';
import { price } from '../../src/price/price';
import type { Trace } from '../../src/trace/trace';
import {
  floats,
  graphAttribute,
  INT32,
  int,
  intList,
  ints,
  node,
  type Shapes,
  text,
  traceNode,
  valueInfo,
} from './making';

const DOMAIN = 'com.microsoft';

const contraction = (trace: Trace): number =>
  price(trace, { name: 'm', mode: 'eval' }).fpo?.contraction ?? -1;

/** Contraction FPO of a node, and what is assumed for it. */
function told(
  op: string,
  shapes: Shapes,
  attributes: onnx.IAttributeProto[] = [],
  constants: readonly onnx.ITensorProto[] = [],
): { readonly fpo: number; readonly assumed: Record<string, unknown> } {
  const trace = traceNode(op, shapes, attributes, DOMAIN, constants);
  assert.deepEqual(
    trace.gaps.map(({ reason }) => reason),
    [],
  );
  const assumed = trace.knobs.map(({ name, value }) => [name, value]);
  return { fpo: contraction(trace), assumed: Object.fromEntries(assumed) };
}

const heads = int('num_heads', 4);

describe('com.microsoft', () => {
  it('packed sequences are as long as they may be', () => {
    const offsets = { offsets: [3, 8], lengths: [4] };
    const packed = { x: [20, 32], W: [32, 96], B: [96], ...offsets };
    assert.deepEqual(told('PackedAttention', packed, [heads]), {
      fpo: 2 * 20 * 32 * 96 + 2 * 4 * 20 * 8 * (8 + 8),
      assumed: { 'keys of PackedAttention': 8 },
    });
    const apart = { q: [20, 32], k: [20, 32], v: [20, 64], _: [], ...offsets };
    assert.equal(told('PackedMultiHeadAttention', apart, [heads]).fpo, 2 * 4 * 20 * 8 * (8 + 16));
    const joined = { q: [20, 4, 3, 8], _: [], __: [], ___: [], ...offsets };
    assert.equal(told('PackedMultiHeadAttention', joined, [heads]).fpo, 2 * 4 * 20 * 8 * (8 + 8));
  });

  it('a cache in pages is full', () => {
    const cache = { q: [5, 32], k: [5, 16], v: [5, 16], kc: [9, 16, 2, 8], vc: [9, 16, 2, 8] };
    const shapes = { ...cache, cumulative: [3], past: [2], table: [2, 3] };
    assert.deepEqual(told('PagedAttention', shapes, [heads, int('kv_num_heads', 2)]), {
      fpo: 2 * 4 * 5 * (3 * 16) * (8 + 8),
      assumed: { 'keys of PagedAttention': 3 * 16 },
    });
  });

  it('blocks that a table leaves out are counted', () => {
    const cache = { q: [2, 6, 32], k: [2, 6, 16], v: [2, 6, 16], pk: [2, 2, 64, 8], pv: [2, 2, 64, 8] };
    const shapes = { ...cache, rows: [1, 5], columns: [1, 9], total: [1], lengths: [2] };
    const attributes = [heads, int('kv_num_heads', 2), int('sparse_block_size', 16)];
    const fpo = (keys: number): number => 2 * 2 * 4 * 6 * keys * (8 + 8);
    assert.equal(told('SparseAttention', shapes, attributes).fpo, fpo(64));
    assert.equal(told('SparseAttention', shapes, attributes, [ints('total', [20])]).fpo, fpo(20));
  });

  it('a window has neighbours on both sides, and tokens that attend to all', () => {
    const shapes = {
      x: [2, 64, 32],
      W: [32, 96],
      B: [96],
      mask: [2, 64],
      GW: [32, 96],
      GB: [96],
      flags: [2, 64],
    };
    const local = 2 * (2 * 64) * 32 * 96 + 2 * 2 * 4 * 64 * (2 * 8 + 1 + 1) * 16;
    const global = 2 * 2 * 32 * 32 + 2 * (2 * 64) * 32 * 64 + 2 * 2 * 4 * 64 * 16;
    assert.deepEqual(told('LongformerAttention', shapes, [heads, int('window', 8)]), {
      fpo: local + global,
      assumed: { 'global tokens of LongformerAttention': 1 },
    });
  });

  it('a decoder projects what it attends to, unless the cache has it', () => {
    const flags = { s: [1], p: [1], l: [1], m: [1] };
    const given = { x: [1, 2, 32], memory: [7, 2, 32], Q: [32, 32], KV: [32, 64], B: [96], _: [] };
    const cache = { kc: [2, 4, 7, 8], vc: [2, 4, 7, 8] };
    const known = (s: number, p: number) =>
      Object.entries({ s, p, l: 1, m: 0 }).map(([name, value]) => ints(name, [value]));
    const fpo = (constants: onnx.ITensorProto[]): number =>
      told('DecoderAttention', { ...given, ...cache, ...flags }, [heads], constants).fpo;
    const query = 2 * 2 * 32 * 32;
    const attended = (keys: number): number => 2 * 2 * 4 * keys * (8 + 8);
    assert.equal(fpo(known(1, 1)), query + attended(7));
    assert.equal(fpo(known(1, 0)), query + 2 * (7 * 2) * 32 * 64 + attended(7));
    assert.equal(fpo(known(0, 1)), query + 2 * 2 * 32 * 64 + attended(8));
  });

  it('an LSTM that attends counts its memory', () => {
    const [steps, batch, hidden, width, depth, length] = [5, 2, 4, 3, 6, 7];
    const lstm = {
      x: [steps, batch, 8],
      W: [1, 16, 8 + 2],
      R: [1, 16, hidden],
      B: [1, 32],
      _: [],
      __: [],
      ___: [],
    };
    const memory = {
      ____: [],
      QW: [1, hidden, width],
      MW: [1, depth, width],
      V: [1, width],
      m: [batch, length, depth],
    };
    const mixed = { l: [batch], AW: [1, depth + hidden, 2] };
    const each = hidden * width + length * width + length * depth + (depth + hidden) * 2;
    assert.equal(
      told('AttnLSTM', { ...lstm, ...memory, ...mixed }, [int('hidden_size', hidden)]).fpo,
      2 * batch * (steps * (16 * (8 + 2 + hidden) + each) + length * depth * width),
    );
  });

  it('a state is written and read once for each of its heads', () => {
    const shapes = {
      q: [7, 2, 3],
      k: [7, 2, 3],
      v: [7, 4, 5],
      cu: [3],
      d: [7, 4],
      b: [7, 4],
      s: [2, 4, 5, 3],
    };
    assert.equal(told('GatedDeltaNet', shapes).fpo, 2 * 3 * (7 * 4 * 3 * 5));
    assert.equal(told('GatedDeltaNet', shapes, [text('update_rule', 'linear')]).fpo, 2 * 2 * (7 * 4 * 3 * 5));
  });

  it('convolutions over time count every channel alone', () => {
    const ragged = { x: [7, 4], W: [4, 1, 3], cu: [3], B: [4], s: [2, 4, 2] };
    assert.equal(told('VarlenCausalConvWithState', ragged).fpo, 2 * 7 * 4 * 3);
    const plane = { x: [2, 4, 5, 9], W: [4, 1, 3, 3] };
    assert.equal(told('CausalConvWithState', plane, [int('ndim', 2)]).fpo, 2 * (2 * 4 * 5 * 9) * 9);
  });

  it('packed weights are as long as the input', () => {
    const packed = { a: [2, 3, 64], B: [8, 32], S: [8, 4] };
    assert.equal(told('MatMulBlockQuantizedFp4Weight', packed).fpo, 2 * (2 * 3) * 64 * 8);
    assert.equal(told('MatMulBlockQuantizedFp8Weight', { ...packed, B: [8, 64] }).fpo, 2 * (2 * 3) * 64 * 8);
  });

  it('experts whose gate and values come out of one layer have half as many between their layers', () => {
    const shapes = {
      x: [6, 64],
      router: [6, 4],
      A: [4, 48, 32],
      S: [4, 48],
      _: [],
      B: [4, 64, 12],
      T: [4, 64],
    };
    const fpo = 2 * 6 * 2 * (48 * 64 + 64 * 24);
    const attributes = [int('k', 2), text('activation_type', 'swiglu'), int('swiglu_fusion', 1)];
    assert.equal(told('QMoE', shapes, attributes).fpo, fpo);
    const plain = { x: [6, 64], router: [6, 4], A: [4, 48, 64], _: [], B: [4, 64, 24] };
    assert.equal(told('MoE', plain, attributes).fpo, fpo);
  });

  it('weights of which a byte holds two count two', () => {
    const bytes = (name: string, dims: number[]) => ({
      name,
      dims,
      dataType: 2,
      rawData: new Uint8Array(dims.reduce((a, b) => a * b)),
    });
    const shapes = {
      x: [6, 64],
      router: [6, 4],
      a: [4, 48, 32],
      S: [4, 48],
      _: [],
      b: [4, 64, 24],
      T: [4, 64],
    };
    const constants = [bytes('a', [4, 48, 32]), bytes('b', [4, 64, 24])];
    const trace = traceNode('QMoE', shapes, [int('k', 2)], DOMAIN, constants);
    assert.equal(price(trace, { name: 'm', mode: 'eval' }).params.total, 2 * 4 * (48 * 32 + 64 * 24));
  });

  it('of a matrix that is fed in no element is zero', () => {
    assert.deepEqual(told('SparseToDenseMatMul', { a: [3, 4], b: [4, 5] }), {
      fpo: 2 * 3 * 4 * 5,
      assumed: { 'elements of SparseToDenseMatMul': 3 * 4 },
    });
  });

  it('gates and embeddings count the products in them', () => {
    const positions = { q: [2, 6, 32], B: [32], r: [1, 4, 6, 6], W: [8, 8], GB: [8], E: [1, 4, 1, 1] };
    assert.equal(told('GatedRelativePositionBias', positions, [heads]).fpo, 2 * (2 * 6 * 4) * 8 * 8);
    const words = { w: [3, 10], W: [5, 1, 2, 6], B: [5], C: [20, 6] };
    assert.equal(told('WordConvEmbedding', words).fpo, 2 * (3 * 9 * 5) * 2 * 6);
    assert.equal(
      told('RouterGateUpProj', { x: [3, 8], W: [8, 4 + 2 * 5] }, [int('router_size', 4)]).fpo,
      2 * 3 * 8 * 14,
    );
  });

  it('the longest path is assumed', () => {
    assert.deepEqual(told('DynamicTimeWarping', { x: [6, 9] }).assumed, {
      'path of DynamicTimeWarping': [2, 14],
    });
  });
});

/** A graph with one product for each word, and a cache that grows. */
const DECODER: onnx.IGraphProto = {
  name: 'decoder',
  node: [
    node('Gather', ['table', 'input_ids'], ['x']),
    node('MatMul', ['x', 'head'], ['logits']),
    node('MatMul', ['past_0', 'turn'], ['present_0']),
  ],
  input: [
    valueInfo('input_ids', ['batch', 'steps'], INT32),
    valueInfo('attention_mask', ['batch', 'all'], INT32),
    valueInfo('past_0', [2, 'batch', 2, 'past', 4]),
  ],
  output: [{ name: 'logits' }, { name: 'present_0' }],
  initializer: [floats('table', [20, 8]), floats('head', [8, 20]), floats('turn', [4, 4])],
};

/** A graph whose keys for the decoder are as long as its input, and one that scores them. */
const ENCODER: onnx.IGraphProto = {
  name: 'encoder',
  node: [
    node('Gather', ['table', 'encoder_input_ids'], ['x']),
    node('MatMul', ['x', 'w'], ['present_key_cross_0']),
  ],
  input: [
    valueInfo('encoder_input_ids', ['batch', 'length'], INT32),
    valueInfo('encoder_attention_mask', ['batch', 'length'], INT32),
  ],
  output: [{ name: 'present_key_cross_0' }],
  initializer: [floats('table', [20, 8]), floats('w', [8, 4])],
};

const CROSS_DECODER: onnx.IGraphProto = {
  name: 'decoder',
  node: [node('MatMul', ['past_key_cross_0', 'turn'], ['present_key_self_0'])],
  input: [
    valueInfo('input_ids', ['batch', 'steps'], INT32),
    valueInfo('encoder_attention_mask', ['batch', 'length'], INT32),
    valueInfo('past_key_cross_0', ['batch', 2, 'length', 4]),
  ],
  output: [{ name: 'present_key_self_0' }],
  initializer: [floats('turn', [4, 4])],
};

describe('com.microsoft searches', () => {
  const numbers = [ints('most', [7]), ints('beams', [3]), ints('kept', [2])];

  it('run the decoder on the prompt, and then word by word with a longer cache', () => {
    const attributes = [graphAttribute('decoder', DECODER)];
    const { fpo, assumed } = told('GreedySearch', { x: [2, 4], most: [1] }, attributes, numbers.slice(0, 1));
    assert.deepEqual(assumed, { 'words of GreedySearch': 3 });
    const head = 2 * 2 * (4 + 1 + 1) * 8 * 20;
    const cache = 2 * 2 * 2 * 2 * (0 + 4 + 5) * 4 * 4;
    assert.equal(fpo, head + cache);
  });

  it('run every beam', () => {
    const attributes = [graphAttribute('decoder', DECODER)];
    const shapes = { x: [2, 4], most: [1], _: [], beams: [1], kept: [1] };
    const { fpo } = told('BeamSearch', shapes, attributes, numbers);
    assert.equal(fpo, 3 * (2 * 2 * (4 + 1 + 1) * 8 * 20 + 2 * 2 * 2 * 2 * (0 + 4 + 5) * 4 * 4));
  });

  it('run the encoder once, and the decoder on what it gave', () => {
    const attributes = [
      graphAttribute('encoder', ENCODER),
      graphAttribute('decoder', CROSS_DECODER),
      int('model_type', 1),
    ];
    const shapes = { x: [2, 5], most: [1], _: [], beams: [1], kept: [1] };
    const { fpo, assumed } = told('BeamSearch', shapes, attributes, numbers);
    assert.deepEqual(assumed, { 'words of BeamSearch': 6 });
    assert.equal(fpo, 2 * 2 * 5 * 8 * 4 + 6 * (2 * (2 * 3) * 2 * 5 * 4 * 4));
  });
});

describe('com.microsoft says what it does not know', () => {
  const reasons = (op: string, shapes: Shapes, attributes: onnx.IAttributeProto[] = []): string[] =>
    traceNode(op, shapes, attributes, DOMAIN).gaps.map(({ reason }) => reason);

  it('of engines that were compiled', () => {
    for (const op of ['EPContext', 'Snpe'])
      assert.match(reasons(op, { x: [1] })[0] ?? '', /was compiled for a device/);
  });

  it('of words in a text and bytes of a device', () => {
    assert.match(reasons('Tokenizer', { x: [3] })[0] ?? '', /depends on the text/);
    assert.match(reasons('QuantizeBFP', { x: [3] }, [int('bfp_type', 1)])[0] ?? '', /how many bytes/);
    assert.deepEqual(reasons('QuantizeWithOrder', { x: [3, 4], s: [] }, [intList('unused', [])]), []);
  });
});
