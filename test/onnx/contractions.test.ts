// Contraction FPO of single nodes, written out as products: 2 × every multiply-accumulate.

import assert from 'node:assert/strict';
import type { onnx } from 'onnx-proto';
import { price } from '../../src/price/price';
import {
  int,
  intList,
  ints,
  modelSource,
  node,
  type Shapes,
  text,
  traceNode,
  traceOnnx,
  valueInfo,
} from './making';

/** Contraction FPO of a node whose inputs have these shapes. */
function fpo(op: string, shapes: Shapes, attributes: onnx.IAttributeProto[] = [], domain = ''): number {
  const trace = traceNode(op, shapes, attributes, domain);
  assert.deepEqual(
    trace.gaps.map(({ reason }) => reason),
    [],
  );
  return price(trace, { name: op, mode: 'eval' }).fpo?.contraction ?? -1;
}

describe('onnx contractions', () => {
  it('convolutions count output positions, transposed ones input positions', () => {
    const pads = intList('pads', [1, 1, 1, 1]);
    assert.equal(fpo('Conv', { x: [2, 8, 10, 10], W: [16, 8, 3, 3] }, [pads]), 2 * 2 * 100 * 16 * 8 * 9);
    assert.equal(
      fpo('Conv', { x: [1, 8, 10, 10], W: [8, 1, 3, 3] }, [int('group', 8), pads]),
      2 * 100 * 8 * 9,
    );
    assert.equal(
      fpo('Conv', { x: [1, 3, 11, 11], W: [4, 3, 3, 3] }, [
        text('auto_pad', 'SAME_UPPER'),
        intList('strides', [2, 2]),
      ]),
      2 * 36 * 4 * 27,
    );
    assert.equal(
      fpo('ConvTranspose', { x: [1, 8, 5, 5], W: [8, 4, 2, 2] }, [intList('strides', [2, 2])]),
      2 * 25 * 8 * 4 * 4,
    );
  });

  it('matrix products count rows, inner and columns in every layout', () => {
    assert.equal(fpo('MatMul', { a: [2, 4, 3, 8], b: [4, 8, 5] }), 2 * 8 * 3 * 8 * 5);
    for (const [a, w, attributes] of [
      [[3, 8], [8, 5], []],
      [[8, 3], [8, 5], [int('transA', 1)]],
      [[3, 8], [5, 8], [int('transB', 1)]],
      [
        [8, 3],
        [5, 8],
        [int('transA', 1), int('transB', 1)],
      ],
    ] as const)
      assert.equal(fpo('Gemm', { a: [...a], W: [...w], C: [5] }, [...attributes]), 2 * 3 * 8 * 5);
    assert.equal(
      fpo('Einsum', { a: [2, 3, 8], b: [2, 8, 5] }, [text('equation', 'bik,bkj->bij')]),
      2 * 2 * 3 * 8 * 5,
    );
    const packed = [int('K', 64), int('N', 8), int('bits', 4), int('block_size', 32)];
    assert.equal(
      fpo('MatMulNBits', { a: [3, 64], B: [8, 2, 16], S: [16] }, packed, 'com.microsoft'),
      2 * 3 * 64 * 8,
    );
  });

  it('recurrent layers count their matrices once per step, example and direction', () => {
    const shapes = { x: [5, 2, 6], W: [2, 16, 6], R: [2, 16, 4], B: [2, 32] };
    assert.equal(
      fpo('LSTM', shapes, [int('hidden_size', 4), text('direction', 'bidirectional')]),
      2 * 5 * 2 * 2 * 16 * (6 + 4),
    );
    assert.equal(
      fpo('GRU', { x: [5, 2, 6], W: [1, 12, 6], R: [1, 12, 4] }, [int('hidden_size', 4)]),
      2 * 5 * 2 * 12 * 10,
    );
  });

  it('attention counts both products for every query head, with the past', () => {
    const heads = [int('q_num_heads', 4), int('kv_num_heads', 2)];
    const shapes = { q: [1, 6, 32], k: [1, 6, 16], v: [1, 6, 16] };
    assert.equal(fpo('Attention', shapes, heads), 2 * 4 * 6 * 6 * (8 + 8));
    const past = { ...shapes, _mask: [], pk: [1, 2, 10, 8], pv: [1, 2, 10, 8] };
    assert.equal(fpo('Attention', past, heads), 2 * 4 * 6 * 16 * (8 + 8));
    const projected = { x: [1, 6, 32], W: [32, 96], B: [96] };
    const products = 2 * 6 * 32 * 96 + 2 * 4 * 6 * 6 * 16;
    assert.equal(fpo('Attention', projected, [int('num_heads', 4)], 'com.microsoft'), products);
  });

  it('experts count as often as tokens go through them', () => {
    const shapes = { x: [6, 8], router: [6, 4], A: [4, 16, 8], _a: [], B: [4, 8, 16] };
    assert.equal(fpo('MoE', shapes, [int('k', 2)], 'com.microsoft'), 2 * 6 * 2 * (8 * 16 + 16 * 8));
  });

  it('element-wise operators, pooling and shapes count none', () => {
    assert.equal(fpo('Softmax', { x: [4, 8] }), 0);
    assert.equal(fpo('MaxPool', { x: [1, 4, 8, 8] }, [intList('kernel_shape', [2, 2])]), 0);
    const graph: onnx.IGraphProto = {
      node: [node('Reshape', ['x', 's'], ['y'])],
      input: [valueInfo('x', [4, 8])],
      output: [{ name: 'y' }],
      initializer: [ints('s', [8, 4])],
    };
    const report = price(traceOnnx(modelSource(graph), { name: 'model.onnx' }), { name: 'm', mode: 'eval' });
    assert.deepEqual(report.fpo, { total: 0, contraction: 0 });
  });
});

describe('onnx operators that are fused', () => {
  const MS = 'com.microsoft';

  it('count what they are fused from', () => {
    const bits = [int('K', 64), int('N', 8), int('bits', 4), int('block_size', 32)];
    const mlp = {
      x: [2, 3, 64],
      _: [],
      NORM: [64],
      GATE: [8, 2, 16],
      SCALES: [8, 2],
      __: [],
      UP: [8, 2, 16],
      S: [8, 2],
    };
    assert.equal(fpo('MatMulNBitsMlp', mlp, bits, MS), 2 * 2 * (2 * 3) * 64 * 8);
    const qkv = [int('K', 64), int('Nq', 8), int('Nkv', 4), int('bits', 4), int('block_size', 32)];
    const q = {
      x: [2, 3, 64],
      _: [],
      NORM: [64],
      Q: [8, 2, 16],
      QS: [8, 2],
      __: [],
      K: [4, 2, 16],
      KS: [4, 2],
    };
    const all = { ...q, ___: [], V: [4, 2, 16], VS: [4, 2] };
    assert.equal(fpo('MatMulNBitsQkv', all, qkv, MS), 2 * (2 * 3) * 64 * (8 + 4 + 4));
    assert.equal(fpo('GemmFastGelu', { x: [2, 3, 4], W: [4, 5], B: [5] }, [], MS), 2 * (2 * 3) * 4 * 5);
    assert.equal(fpo('GemmFloat8', { a: [3, 4], b: [5, 4] }, [int('transB', 1)], MS), 2 * 3 * 4 * 5);
    const ordered = { a: [2, 3, 4], S: [1], W: [4, 5], SW: [1], SY: [1] };
    assert.equal(fpo('QOrderedMatMul', ordered, [], MS), 2 * (2 * 3) * 4 * 5);
    const nhwc = { x: [1, 8, 8, 4], W: [6, 3, 3, 4] };
    assert.equal(fpo('NhwcConv', nhwc, [intList('kernel_shape', [3, 3])], MS), 2 * (6 * 6 * 6) * 4 * 9);
  });
});
