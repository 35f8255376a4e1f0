// Files that are no usable ONNX model: each gets one clear sentence, quickly and without much memory.

import assert from 'node:assert/strict';
import type { onnx } from 'onnx-proto';
import { decodeModel } from '../../src/onnx/decode';
import { OnnxError } from '../../src/onnx/onnx-error';
import { type ByteSource, memorySource } from '../../src/onnx/source';
import { field, floats, graphAttribute, join, modelBytes, node, valueInfo, varint } from './making';

const latin = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

/** The sentence that a file is refused with. */
function sentence(source: ByteSource | Uint8Array): string {
  try {
    decodeModel(source instanceof Uint8Array ? memorySource(source) : source);
  } catch (error) {
    assert.ok(error instanceof OnnxError, String(error));
    return error.message;
  }
  return 'accepted';
}

const small = modelBytes({
  node: [node('Relu', ['x'], ['y'])],
  input: [valueInfo('x', [1, 3])],
  output: [valueInfo('y', [1, 3])],
  initializer: [floats('w', [3, 3], 36)],
});

/** Graphs within graphs. */
function nested(depth: number): Uint8Array {
  let graph: onnx.IGraphProto = { node: [node('Relu', ['x'], ['y'])] };
  for (let i = 0; i < depth; i++)
    graph = { node: [node('If', ['c'], ['y'], [graphAttribute('then_branch', graph)])] };
  return modelBytes(graph);
}

/** Attributes in graphs in attributes, each written around the one before. */
function nestedBytes(depth: number): Uint8Array {
  let graph: Uint8Array = field(1, field(4, 'Relu'));
  for (let i = 0; i < depth; i++) graph = field(1, field(5, field(6, graph)));
  return join(Uint8Array.from([8, 8]), field(7, graph));
}

const external = (location: string): Uint8Array => {
  const tensor = { ...floats('w', [4]), rawData: undefined, dataLocation: 1 };
  return modelBytes({ initializer: [{ ...tensor, externalData: [{ key: 'location', value: location }] }] });
};

/** A node that claims to be longer than the graph that holds it. */
const overlong = join(
  Uint8Array.from([8, 8]),
  field(7, join(Uint8Array.from([0x0a, 100]), latin('abc'))),
  field(2, latin('x'.repeat(200))),
);

const TABLE: readonly (readonly [what: string, file: Uint8Array, says: RegExp])[] = [
  ['an empty file', new Uint8Array(), /is empty/],
  ['gzip', latin('\x1f\x8b\x08\0\0\0\0'), /compressed with gzip/],
  ['a ZIP archive', latin('PK\x03\x04\x14\0'), /ZIP archive.*PyTorch checkpoint/],
  ['a web page', latin('\n<!DOCTYPE html><html><body>Not found</body>'), /web page/],
  [
    'a Git LFS pointer',
    latin('version https://git-lfs.github.com/spec/v1\noid sha256:4d\nsize 12\n'),
    /git lfs pull/,
  ],
  ['text protobuf', latin('ir_version: 8\nproducer_name: "x"\ngraph {\n}\n'), /text form/],
  [
    'the textual syntax',
    latin('<ir_version: 7, opset_import: ["" : 10]>\nagraph (float[N] x) => (y)'),
    /textual syntax/,
  ],
  ['JSON', latin('{ "irVersion": "8" }'), /JSON/],
  ['a pickle', latin('\x80\x02}q\0X\x05\0\0\0'), /pickle/],
  ['TensorFlow Lite', latin('\x1c\0\0\0TFL3\x14\0'), /TensorFlow Lite/],
  ['ORT format', latin('\x18\0\0\0ORTM\0\0'), /ORT format/],
  ['HDF5', latin('\x89HDF\r\n\x1a\n'), /HDF5/],
  ['safetensors', latin('\x40\0\0\0\0\0\0\0{"w":{"dtype":"F32"}}'), /safetensors/],
  ['GGUF', latin('GGUF\x03\0\0\0'), /GGUF/],
  [
    'other text',
    latin('import torch\nimport torch.nn as nn\n\nclass Net(nn.Module):\n    pass\n'),
    /plain text/,
  ],
  ['another protobuf', join(field(1, 'caffe net'), field(100, 'layer')), /no ONNX model/],
  ['a protobuf without graph', join(Uint8Array.from([8, 1]), field(2, 'saved')), /no ONNX model/],
  [
    'random bytes',
    Uint8Array.from({ length: 300 }, (_, i) => (i * 97 + 131) % 256),
    /no ONNX model|damaged|cut short/,
  ],
  ['zeros', new Uint8Array(4096), /no ONNX model/],
  ['a truncated model', small.subarray(0, small.length - 20), /cut short/],
  [
    'a length past the end',
    join(Uint8Array.from([8, 8, 0x3a]), Uint8Array.from(varint(2 ** 40))),
    /cut short/,
  ],
  ['a length past its message', overlong, /damaged/],
  ['a number without end', new Uint8Array(64).fill(0xff), /damaged|no ONNX model/],
  ['nesting of sixty graphs', nested(60), /deep/],
  ['nesting a thousand deep', nestedBytes(1000), /deep/],
  ['deep nesting that is cut short', nestedBytes(1000).subarray(0, 3000), /deep|cut short|damaged/],
  ['a negative size', modelBytes({ initializer: [floats('w', [4, -7])] }), /`w`.*negative/],
  [
    'a huge declared size',
    modelBytes({ initializer: [floats('w', [2 ** 40, 2 ** 40])] }),
    /`w`.*more elements/,
  ],
  ['an external path to a secret', external('../../etc/passwd'), /outside of the model's folder/],
  ['an external path with backslashes', external('..\\..\\secrets.bin'), /outside of the model's folder/],
  ['an external path in the home folder', external('~/.ssh/id_rsa'), /outside of the model's folder/],
  ['an absolute external path', external('/etc/passwd'), /outside of the model's folder/],
  ['an external path that climbs', external('data/../../secrets.bin'), /outside of the model's folder/],
  ['an external path with a drive', external('C:\\weights.bin'), /outside of the model's folder/],
  ['an external URL', external('https://example.org/w'), /outside of the model's folder/],
];

describe('onnx bad input', () => {
  for (const [what, file, says] of TABLE) {
    it(`says what ${what} is`, () => assert.match(sentence(file), says));
  }

  it('says one sentence of each', () => {
    for (const [what, file] of TABLE) {
      const said = sentence(file);
      assert.match(said, /^[A-Z][^\n]*\.$/, what);
      assert.ok(said.length < 400, what);
    }
  });

  it('accepts what is in order', () => {
    assert.equal(sentence(small), 'accepted');
    assert.equal(sentence(external('sub/weights.bin')), 'accepted');
  });

  it('does not fall over any cut or any changed byte', () => {
    for (let length = 0; length < small.length; length++) sentence(small.subarray(0, length));
    for (let at = 0; at < small.length; at++) {
      for (const value of [0, 0x7f, 0x80, 0xff]) {
        const changed = small.slice();
        changed[at] = value;
        sentence(changed);
      }
    }
  });

  it('does not believe a size of many gigabytes', () => {
    const head = join(Uint8Array.from([8, 8, 0x3a]), Uint8Array.from(varint(2 ** 33)));
    const huge: ByteSource = {
      size: 2 ** 34,
      read: (offset, length) => {
        const bytes = new Uint8Array(length);
        if (offset < head.length) bytes.set(head.subarray(offset, offset + length));
        return bytes;
      },
    };
    assert.match(sentence(huge), /no ONNX model/);
  });
});
