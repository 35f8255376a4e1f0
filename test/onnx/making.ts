// Makes small ONNX models for tests, with the encoder of onnx-proto.

import { onnx } from 'onnx-proto';
import { type ByteSource, memorySource } from '../../src/onnx/source';
import { readOnnx, type TraceOptions, traceModel } from '../../src/onnx/trace';
import type { Trace } from '../../src/trace/trace';

export const FLOAT = 1;
export const INT32 = 6;
export const INT64 = 7;

type Dimension = number | string;

/** A float tensor type with these sizes; texts are symbols. */
export const valueInfo = (
  name: string,
  shape: readonly Dimension[],
  elemType = FLOAT,
): onnx.IValueInfoProto => ({
  name,
  type: {
    tensorType: {
      elemType,
      shape: { dim: shape.map((one) => (typeof one === 'string' ? { dimParam: one } : { dimValue: one })) },
    },
  },
});

export const floats = (name: string, dims: readonly number[], bytes = 0): onnx.ITensorProto => ({
  name,
  dims: [...dims],
  dataType: FLOAT,
  rawData: new Uint8Array(bytes),
});

export const ints = (name: string, values: readonly number[]): onnx.ITensorProto => ({
  name,
  dims: [values.length],
  dataType: INT64,
  int64Data: [...values],
});

export const node = (
  opType: string,
  input: readonly string[],
  output: readonly string[],
  attribute: onnx.IAttributeProto[] = [],
  domain = '',
): onnx.INodeProto => ({ opType, input: [...input], output: [...output], attribute, domain });

export const int = (name: string, i: number): onnx.IAttributeProto => ({ name, i, type: 2 });
export const intList = (name: string, list: readonly number[]): onnx.IAttributeProto => ({
  name,
  ints: [...list],
  type: 7,
});

export const graphAttribute = (name: string, g: onnx.IGraphProto): onnx.IAttributeProto => ({
  name,
  g,
  type: 5,
});

/** The bytes of a model around a graph. */
export function modelBytes(graph: onnx.IGraphProto, opset = 18, more: onnx.IModelProto = {}): Uint8Array {
  const model = { irVersion: 8, opsetImport: [{ domain: '', version: opset }], graph, ...more };
  return onnx.ModelProto.encode(onnx.ModelProto.fromObject(model)).finish();
}

export const modelSource = (graph: onnx.IGraphProto, opset = 18, more: onnx.IModelProto = {}) =>
  memorySource(modelBytes(graph, opset, more));

/** Reads a file and traces it. */
export const traceOnnx = (source: ByteSource, options: TraceOptions): Trace =>
  traceModel(readOnnx(source), options);

export type Shapes = Readonly<Record<string, readonly number[]>>;

/** Traces one node whose inputs have these shapes; names in capitals are weights, `_` before a name leaves an input out. */
export function traceNode(
  op: string,
  shapes: Shapes,
  attributes: onnx.IAttributeProto[] = [],
  domain = '',
  constants: readonly onnx.ITensorProto[] = [],
): Trace {
  const entries = Object.entries(shapes);
  const isWeight = ([name]: readonly [string, unknown]): boolean =>
    name === name.toUpperCase() && !/^_/.test(name);
  const held = new Set(constants.map(({ name }) => name));
  const names = entries.map(([name]) => (name.startsWith('_') ? '' : name));
  const graph: onnx.IGraphProto = {
    node: [node(op, names, ['y'], attributes, domain)],
    input: entries
      .filter((one) => !isWeight(one) && !one[0].startsWith('_') && !held.has(one[0]))
      .map(([name, shape]) => valueInfo(name, shape)),
    output: [{ name: 'y' }],
    initializer: [...entries.filter(isWeight).map(([name, shape]) => floats(name, shape)), ...constants],
  };
  return traceOnnx(modelSource(graph, 23), { name: 'model.onnx' });
}

export const text = (name: string, s: string): onnx.IAttributeProto => ({
  name,
  s: new TextEncoder().encode(s),
  type: 3,
});

/** A field of bytes as protobuf writes it. */
export function field(number: number, bytes: Uint8Array | string): Uint8Array {
  const content = typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes;
  return Uint8Array.from([...varint(number * 8 + 2), ...varint(content.length), ...content]);
}

export function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}

export const join = (...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => [...part]));
