// Makes ONNX files for the benchmark: models of gigabytes as sparse files, in which only what is not weights takes room
// on the disk, and a graph of very many nodes. The protobuf is written by hand, because no encoder leaves holes.

import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';

const FLOAT = 1;

/** @param {number} value */
function varint(value) {
  const bytes = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return Buffer.from([...bytes, rest]);
}

const int = (field, value) => Buffer.concat([varint(field * 8), varint(value)]);
const bytes = (field, content) => {
  const body = Buffer.isBuffer(content) ? content : Buffer.from(content);
  return Buffer.concat([varint(field * 8 + 2), varint(body.length), body]);
};

const tensorType = (shape) => {
  const dimension = (size) => bytes(1, typeof size === 'string' ? bytes(2, size) : int(1, size));
  return bytes(1, Buffer.concat([int(1, FLOAT), bytes(2, Buffer.concat(shape.map(dimension)))]));
};
const valueInfo = (name, shape) => Buffer.concat([bytes(1, name), bytes(2, tensorType(shape))]);

const node = (op, name, inputs, outputs) =>
  bytes(
    1,
    Buffer.concat([
      ...inputs.map((input) => bytes(1, input)),
      ...outputs.map((output) => bytes(2, output)),
      bytes(3, name),
      bytes(4, op),
    ]),
  );

/** A tensor up to its payload of so many bytes, which is a hole. */
function tensor(name, shape) {
  const payload = shape.reduce((product, size) => product * size, 4);
  const head = Buffer.concat([
    ...shape.map((size) => int(1, size)),
    int(2, FLOAT),
    bytes(8, name),
    varint(9 * 8 + 2),
    varint(payload),
  ]);
  return { head: Buffer.concat([varint(5 * 8 + 2), varint(head.length + payload), head]), payload };
}

/** Writes a model: parts of the graph one after the other, with holes behind those that have a payload. */
function write(path, parts) {
  const sized = parts.map((part) => (Buffer.isBuffer(part) ? { head: part, payload: 0 } : part));
  const length = sized.reduce((sum, { head, payload }) => sum + head.length + payload, 0);
  const model = [int(1, 8), bytes(8, Buffer.concat([bytes(1, ''), int(2, 17)]))];
  const begin = Buffer.concat([...model, varint(7 * 8 + 2), varint(length)]);
  const file = openSync(path, 'w');
  let at = writeSync(file, begin, 0, begin.length, 0);
  for (const { head, payload } of sized) at += writeSync(file, head, 0, head.length, at) + payload;
  ftruncateSync(file, at);
  closeSync(file);
  return at;
}

/**
 * A tower of linear layers with their biases and activations, in about so many bytes, as exporters write it: nodes first.
 * @param {string} path @param {number} size
 */
export function writeTower(path, size) {
  const width = 4096;
  const layers = Math.round(size / (width * width * 4));
  const nodes = [];
  const weights = [];
  for (let i = 0; i < layers; i++) {
    const [input, scope] = [i === 0 ? 'input' : `out.${i - 1}`, `/tower/layers.${i}`];
    nodes.push(node('MatMul', `${scope}/MatMul`, [input, `weight.${i}`], [`product.${i}`]));
    nodes.push(node('Add', `${scope}/Add`, [`product.${i}`, `bias.${i}`], [`sum.${i}`]));
    nodes.push(node('Relu', `${scope}/Relu`, [`sum.${i}`], [`out.${i}`]));
    weights.push(tensor(`weight.${i}`, [width, width]), tensor(`bias.${i}`, [width]));
  }
  const input = bytes(11, valueInfo('input', ['batch', width]));
  const output = bytes(12, valueInfo(`out.${layers - 1}`, ['batch', width]));
  return write(path, [...nodes, bytes(2, 'tower'), ...weights, input, output]);
}

/**
 * A graph of so many nodes: blocks of convolution, normalization, activation and addition.
 * @param {string} path @param {number} count
 */
export function writeGraph(path, count) {
  const channels = 8;
  const parts = [];
  let last = 'input';
  for (let i = 0; i < count / 4; i++) {
    const scope = `/stages.${Math.floor(i / 1000)}/blocks.${i % 1000}`;
    parts.push(
      node('Conv', `${scope}/Conv`, [last, `weight.${i}`], [`conv.${i}`]),
      node('Mul', `${scope}/Mul`, [`conv.${i}`, `scale.${i}`], [`mul.${i}`]),
      node('Relu', `${scope}/Relu`, [`mul.${i}`], [`relu.${i}`]),
      node('Add', `${scope}/Add`, [`relu.${i}`, last], [`add.${i}`]),
      filled(`weight.${i}`, [channels, channels, 1, 1]),
      filled(`scale.${i}`, [channels, 1, 1]),
    );
    last = `add.${i}`;
  }
  const shape = ['batch', channels, 'height', 'width'];
  return write(path, [
    ...parts,
    bytes(2, 'graph'),
    bytes(11, valueInfo('input', shape)),
    bytes(12, valueInfo(last, shape)),
  ]);
}

/**
 * A graph of so many nodes one after the other, without weights and layers.
 * @param {string} path @param {number} count
 */
export function writeChain(path, count) {
  const parts = [];
  let last = 'input';
  for (let i = 0; i < count; i++) {
    const op = i % 2 === 0 ? 'Relu' : 'Add';
    parts.push(node(op, `${op}_${i}`, op === 'Add' ? [last, last] : [last], [`value.${i}`]));
    last = `value.${i}`;
  }
  const shape = ['batch', 8, 'height', 'width'];
  const ends = [bytes(11, valueInfo('input', shape)), bytes(12, valueInfo(last, shape))];
  return write(path, [...parts, bytes(2, 'chain'), ...ends]);
}

/** A tensor with its payload. */
function filled(name, shape) {
  const { head, payload } = tensor(name, shape);
  return Buffer.concat([head, Buffer.alloc(payload, 1)]);
}
