// Nodes, names and plain constants are read without onnx-proto: here they are held against what onnx-proto makes of the same
// bytes, for every model of the tests and for fields in an unusual order.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { onnx } from 'onnx-proto';
import { decodeModel } from '../../src/onnx/decode';
import { elementType } from '../../src/onnx/element-types';
import type { AttributeValue, GraphRecord, NodeRecord, TensorRecord } from '../../src/onnx/model';
import { type Names, NameTable, NO_NAME } from '../../src/onnx/names';
import { memorySource } from '../../src/onnx/source';
import { asNumber, contentsOf } from '../../src/onnx/tensor-data';
import { elementCount } from '../../src/tensor/tensor';
import { field, floats, int, join, modelBytes, node, valueInfo, varint } from './making';

/** Payloads above this many bytes are not read. */
const READ_BYTES = 1024;

/** Models of all kinds: single operators, contrib operators, exports with functions and control flow. */
const MODELS = ['operators', 'contrib', 'models'].flatMap((file) =>
  gunzipSync(readFileSync(`test/data/onnx/${file}.jsonl.gz`))
    .toString()
    .trim()
    .split('\n')
    .map((line) => Buffer.from((JSON.parse(line) as { model: string }).model, 'base64')),
);

const domainOf = (domain: string | null | undefined): string => (domain === 'ai.onnx' ? '' : (domain ?? ''));

const nodeOfProto = (proto: onnx.INodeProto): unknown => [
  proto.name ?? '',
  proto.opType ?? '',
  domainOf(proto.domain),
  proto.input ?? [],
  proto.output ?? [],
  (proto.attribute ?? []).map(({ name, g }) => [name, g ? graphOfProto(g) : null]),
];

function nodeOf({ name, op, domain, inputs, outputs, attributes }: NodeRecord, names: Names): unknown {
  const texts = (list: readonly number[]) => list.map((one) => names.text(one));
  const graph = (value: AttributeValue) => (value.kind === 'graph' ? graphOf(value.graph, names) : null);
  const inner = [...attributes].map(([key, value]) => [key, graph(value)]);
  return [name, op, domain, texts(inputs), texts(outputs), inner];
}

function constantOfProto(proto: onnx.ITensorProto): unknown {
  const shape = (proto.dims ?? []).map(asNumber);
  const dtype = elementType(proto.dataType ?? 0);
  const isRead = (proto.rawData?.length ?? 0) <= READ_BYTES;
  const contents = dtype && isRead ? contentsOf(proto, dtype, elementCount(shape)) : undefined;
  return [proto.name ?? '', shape, proto.dataType ?? 0, contents];
}

const constantOf = ({ name, shape, typeNumber, contents }: TensorRecord, names: Names): unknown => [
  names.text(name),
  shape,
  typeNumber,
  contents,
];

const graphOfProto = ({ node: nodes, initializer }: onnx.IGraphProto): unknown => [
  (nodes ?? []).map(nodeOfProto),
  (initializer ?? []).map(constantOfProto),
];

const graphOf = ({ nodes, initializers }: GraphRecord, names: Names): unknown => [
  nodes.map((one) => nodeOf(one, names)),
  initializers.filter(({ nonZero }) => nonZero === undefined).map((one) => constantOf(one, names)),
];

function assertAsProto(bytes: Uint8Array): void {
  const { graph, functions, names } = decodeModel(memorySource(bytes));
  const proto = onnx.ModelProto.decode(bytes);
  assert.deepEqual(graphOf(graph, names), graphOfProto(proto.graph ?? {}));
  assert.deepEqual(
    functions.map(({ nodes }) => nodes.map((one) => nodeOf(one, names))),
    (proto.functions ?? []).map((one) => (one.node ?? []).map(nodeOfProto)),
  );
}

/** A model whose graph has this field, too. */
const withField = (number: number, content: Uint8Array): Uint8Array =>
  join(field(7, field(number, content)), Uint8Array.from([8, 8]));

const NODE_FIELDS = [
  field(4, 'Relu'),
  field(2, 'y'),
  field(1, 'x'),
  field(3, 'first'),
  field(6, 'a text'),
  field(5, onnx.AttributeProto.encode(int('axis', 3)).finish()),
  field(7, 'ai.onnx'),
  field(1, ''),
  field(3, 'second'),
  field(99, 'newer'),
];

/** Two floats: the sizes in pieces, the type twice. */
const TENSOR_FIELDS = [
  Uint8Array.from([16, 7, 16, 1]),
  Uint8Array.from([8, 2]),
  field(8, 'w'),
  field(9, new Uint8Array(new Float32Array([1.5, -2]).buffer)),
  Uint8Array.from([8, 1]),
];

const PACKED_SIZES = field(1, Uint8Array.from([2, 1]));

describe('onnx decoder', () => {
  it('makes what onnx-proto makes of all models', () => {
    assert.ok(MODELS.length > 500);
    for (const bytes of MODELS) assertAsProto(bytes);
  });

  it('takes the fields of a node and of a constant in any order', () => {
    for (let turn = 0; turn < NODE_FIELDS.length; turn++) {
      assertAsProto(withField(1, join(...NODE_FIELDS.slice(turn), ...NODE_FIELDS.slice(0, turn))));
      assertAsProto(withField(5, join(...TENSOR_FIELDS.slice(turn), ...TENSOR_FIELDS.slice(0, turn))));
    }
  });

  it('leaves constants that are not plain to onnx-proto', () => {
    const [type, , name, raw] = TENSOR_FIELDS as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    const odd = [
      join(PACKED_SIZES, type, name, raw),
      join(type, name, PACKED_SIZES, field(12, 'a text'), raw),
      join(raw, raw, Uint8Array.from([8, 2]), name, type),
      join(Uint8Array.from([8, ...varint(2 ** 40), 16, 1]), name),
      join(...Array.from({ length: 40 }, () => Uint8Array.from([8, 1])), type, name),
      join(Uint8Array.from([8, 0, 16, 7]), name),
      join(name),
    ];
    for (const bytes of odd) assertAsProto(withField(5, bytes));
  });

  it('takes a constant after a payload that is not read', () => {
    const initializer = [floats('large', [4096], 4 * 4096), floats('small', [2], 8)];
    assertAsProto(
      modelBytes({ initializer, input: [valueInfo('x', [1])], node: [node('Relu', ['x'], ['y'])] }),
    );
  });
});

describe('onnx names', () => {
  const namesOf = () => decodeModel(memorySource(modelBytes({}))).names;
  const bytesOf = (text: string) => new TextEncoder().encode(text);

  it('give equal texts one number, and the text back', () => {
    const names = namesOf();
    const texts = Array.from({ length: 5000 }, (_, i) => `/block.${i}/ö${i % 7}`);
    const numbers = texts.map((text) => names.of(text));
    assert.equal(new Set(numbers).size, texts.length);
    assert.deepEqual(
      texts.map((text) => names.at(join(bytesOf('x'), bytesOf(text)), 1, 1 + bytesOf(text).length)),
      numbers,
    );
    assert.deepEqual(
      numbers.map((number) => names.text(number)),
      texts,
    );
  });

  it('take the empty text for no name', () => {
    const names = namesOf();
    assert.equal(names.of(''), NO_NAME);
    assert.equal(names.at(bytesOf('abc'), 2, 2), NO_NAME);
    assert.equal(names.text(NO_NAME), '');
  });

  it('give bytes that are no UTF-8 the number of the text that is made of them', () => {
    const names = namesOf();
    assert.equal(names.at(Uint8Array.from([0x61, 0xff]), 0, 2), names.of('a\ufffd'));
  });

  it('have tables that hold few names and many', () => {
    for (const count of [10, 3000]) {
      const names = namesOf();
      const numbers = Array.from({ length: count }, (_, i) => names.of(`name ${i}`));
      const table = new NameTable<string>(names);
      for (const number of numbers) table.set(number, `of ${number}`);
      assert.equal(table.get(names.of('another')), undefined);
      assert.deepEqual(
        [...table.entries()],
        numbers.map((number) => [number, `of ${number}`]),
      );
    }
  });
});
