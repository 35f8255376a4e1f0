// The skimmer and the decoder: weights are never read, what is newer than the decoder is picked up all the same.

import assert from 'node:assert/strict';
import { onnx } from 'onnx-proto';
import { Decoder, decodeModel } from '../../src/onnx/decode';
import { skim } from '../../src/onnx/skim';
import type { ByteSource } from '../../src/onnx/source';
import { field, floats, int, ints, join, modelBytes, modelSource, node, valueInfo, varint } from './making';

/** A source that remembers which bytes were asked for. */
function watched(bytes: Uint8Array): ByteSource & { readonly reads: [offset: number, length: number][] } {
  const reads: [number, number][] = [];
  return {
    size: bytes.length,
    reads,
    read(offset, length) {
      reads.push([offset, length]);
      return bytes.subarray(offset, offset + length);
    },
  };
}

describe('onnx skimmer', () => {
  it('jumps over large payloads', () => {
    const megabyte = 1 << 20;
    const weights = [0, 1, 2, 3].map((i) => floats(`w${i}`, [megabyte], 4 * megabyte));
    const source = watched(modelBytes({ initializer: weights }));
    const { bytes, skipped } = skim(source, new Decoder());
    assert.ok(bytes.length < 1000);
    assert.equal(skipped, 16 * megabyte);
    const read = source.reads.reduce((sum, [, length]) => sum + length, 0);
    assert.ok(read < 6 * (1 << 16), `read ${read} bytes`);
  });

  it('jumps over what nodes hold, too', () => {
    const payload = 300 * 2 ** 20;
    // the type and the size of a tensor, then the head of its payload
    const tensor = join(
      Uint8Array.from([16, 2, 8, ...varint(payload)]),
      Uint8Array.from([0x4a, ...varint(payload)]),
    );
    const behind = (bytes: Uint8Array, number: number, more = 0): Uint8Array =>
      join(bytes, Uint8Array.from([number * 8 + 2, ...varint(more + payload)]));
    const value = join(field(1, 'value'), Uint8Array.from([0xa0, 1, 4]));
    const attribute = join(behind(value, 5, tensor.length), tensor);
    const constant = join(behind(join(field(2, 'w'), field(4, 'Constant')), 5, attribute.length), attribute);
    const graph = join(behind(new Uint8Array(), 1, constant.length), constant);
    const head = join(Uint8Array.from([8, 8]), behind(new Uint8Array(), 7, graph.length), graph);
    const { names, graph: read } = decodeModel({
      size: head.length + payload,
      read: (offset, length) => {
        const bytes = new Uint8Array(length);
        if (offset < head.length) bytes.set(head.subarray(offset, offset + length));
        return bytes;
      },
    });
    const held = read.nodes[0]?.attributes.get('value');
    assert.equal(names.text(read.nodes[0]?.outputs[0] ?? 0), 'w');
    assert.deepEqual(held?.kind === 'tensor' && held.tensor.shape, [payload]);
  });

  it('keeps small payloads, raw and typed', () => {
    const raw = {
      name: 'raw',
      dims: [2],
      dataType: 7,
      rawData: new Uint8Array(new BigInt64Array([-1n, 224n]).buffer),
    };
    const model = decodeModel(modelSource({ initializer: [raw, ints('typed', [3, -4])] }));
    assert.deepEqual(
      model.graph.initializers.map(({ name, contents }) => [model.names.text(name), contents]),
      [
        ['raw', [-1, 224]],
        ['typed', [3, -4]],
      ],
    );
  });

  it('knows the shape of what it leaves out', () => {
    const big = { name: 'big', dims: [500], dataType: 1, floatData: new Array<number>(500).fill(1) };
    const { names, graph } = decodeModel(modelSource({ initializer: [big] }));
    const [tensor] = graph.initializers;
    assert.deepEqual(tensor, { name: names.of('big'), shape: [500], dtype: 'float32', typeNumber: 1 });
  });

  it('reads half precision, bfloat16 and packed 4-bit contents', () => {
    const half = {
      name: 'half',
      dims: [3],
      dataType: 10,
      rawData: Uint8Array.from([0, 0x3c, 0, 0xc0, 1, 0]),
    };
    const brain = { name: 'brain', dims: [1], dataType: 16, rawData: Uint8Array.from([0xc0, 0x3f]) };
    const nibbles = { name: 'nibbles', dims: [3], dataType: 22, rawData: Uint8Array.from([0xf1, 0x07]) };
    const { initializers } = decodeModel(modelSource({ initializer: [half, brain, nibbles] })).graph;
    assert.deepEqual(
      initializers.map(({ dtype, contents }) => [dtype, contents]),
      [
        ['float16', [1, -2, 2 ** -24]],
        ['bfloat16', [1.5]],
        ['int4', [1, -1, 7]],
      ],
    );
  });

  it('picks up fields newer than the decoder', () => {
    const entry = join(field(1, 'namespace'), field(2, 'model/layer1'));
    const plain = onnx.NodeProto.encode(onnx.NodeProto.fromObject(node('Relu', ['x'], ['y'], [int('a', 5)])));
    const newer = join(plain.finish(), field(8, 'second'), field(9, entry), field(10, 'devices'));
    const bytes = join(modelBytes({ input: [valueInfo('x', [2])] }), field(7, field(1, newer)));
    const [one] = decodeModel({ size: bytes.length, read: (o, n) => bytes.subarray(o, o + n) }).graph.nodes;
    assert.equal(one?.overload, 'second');
    assert.deepEqual([...(one?.metadata ?? [])], [['namespace', 'model/layer1']]);
    assert.deepEqual([...(one?.attributes ?? [])], [['a', { kind: 'int', value: 5 }]]);
  });

  it('counts long attribute lists that it does not keep', () => {
    const values = { name: 'nodes_values', type: 6, floats: new Array<number>(20_000).fill(0.5) };
    const { graph } = decodeModel(modelSource({ node: [node('TreeEnsemble', ['x'], ['y'], [values])] }));
    const attribute = graph.nodes[0]?.attributes.get('nodes_values');
    assert.ok(attribute?.kind === 'floats');
    assert.equal(attribute.count, 20_000);
  });

  it('takes symbols, sizes and nothing as dimensions', () => {
    const input = valueInfo('x', ['batch', 3]);
    input.type?.tensorType?.shape?.dim?.push({});
    const { graph } = decodeModel(modelSource({ input: [input] }));
    assert.deepEqual(graph.inputs[0]?.type, { kind: 'tensor', dtype: 'float32', shape: ['batch', 3, null] });
  });
});
