// From bytes to records: decodes the stripped message with onnx-proto (IR version 8) and adds from the shadow what that
// version does not know: metadata, overloads, defaults of function attributes, sizes of what was not read.

import { onnx } from 'onnx-proto';
import { elementCount, type Shape } from '../tensor/tensor';
import { elementType } from './element-types';
import { checkLocation } from './external';
import type {
  AttributeValue,
  Dimension,
  FunctionRecord,
  GraphRecord,
  ModelRecord,
  NodeRecord,
  TensorRecord,
  TypeRecord,
  ValueRecord,
} from './model';
import { quoted, refuse } from './onnx-error';
import { PAYLOAD_LIMIT, type Shadow, skim } from './skim';
import type { ByteSource } from './source';
import { asNumber, contentsOf } from './tensor-data';

const NO_SHADOW: Shadow = {};

const utf8 = new TextDecoder();
const textOf = (bytes: Uint8Array | null | undefined): string => utf8.decode(bytes ?? new Uint8Array());

/** The shadow of the i-th message in a field. */
const below = (shadow: Shadow, field: number, i: number): Shadow =>
  shadow.children?.get(field)?.[i] ?? NO_SHADOW;

/** The shadow of a message that stands once; the last one counts, as in decoding. */
const last = (shadow: Shadow, field: number): Shadow => shadow.children?.get(field)?.at(-1) ?? NO_SHADOW;

const MALFORMED =
  'This file is no readable ONNX model: a part of it does not follow the ONNX format; export the model to ONNX again.';

/** Reads and decodes a model. Throws OnnxError where the file is none. */
export function decodeModel(source: ByteSource): ModelRecord {
  const { bytes, shadow } = skim(source);
  const proto = guarded(() => onnx.ModelProto.decode(readable(bytes)));
  if (!proto.graph) refuse('This file holds ONNX functions but no graph, so there is nothing to price.');
  return {
    irVersion: asNumber(proto.irVersion),
    producer: proto.producerName ?? '',
    opsets: opsetsOf(proto.opsetImport),
    graph: graphOf(proto.graph, last(shadow, 7)),
    functions: (proto.functions ?? []).map((one, i) => functionOf(one, below(shadow, 25, i))),
    metadata: entriesOf(proto.metadataProps),
  };
}

/** Node's own buffers have a reader of their own, which takes texts faster. */
const readable = (bytes: Uint8Array): Uint8Array =>
  typeof Buffer === 'undefined' ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** What the decoder throws says nothing to a user. */
function guarded<T>(decode: () => T): T {
  try {
    return decode();
  } catch {
    return refuse(MALFORMED);
  }
}

const entriesOf = (
  entries: readonly onnx.IStringStringEntryProto[] | null | undefined,
): Map<string, string> => new Map((entries ?? []).map(({ key, value }) => [key ?? '', value ?? '']));

const NO_ENTRIES: ReadonlyMap<string, string> = new Map();

function newerEntries(shadow: Shadow, field: number): ReadonlyMap<string, string> {
  const entries = shadow.newer?.get(field);
  if (entries === undefined) return NO_ENTRIES;
  return entriesOf(entries.map((bytes) => guarded(() => onnx.StringStringEntryProto.decode(bytes))));
}

function newerText(shadow: Shadow, field: number): string {
  const bytes = shadow.newer?.get(field)?.at(-1);
  return bytes === undefined ? '' : textOf(bytes);
}

/** Both spellings of the default domain are ''. */
export const domainOf = (domain: string | null | undefined): string =>
  domain === 'ai.onnx' ? '' : (domain ?? '');

const opsetsOf = (list: readonly onnx.IOperatorSetIdProto[] | null | undefined): Map<string, number> =>
  new Map((list ?? []).map(({ domain, version }) => [domainOf(domain), asNumber(version)]));

function graphOf(proto: onnx.IGraphProto, shadow: Shadow): GraphRecord {
  const sparse = (proto.sparseInitializer ?? []).map((one, i) => sparseOf(one, below(shadow, 15, i)));
  return {
    name: proto.name ?? '',
    nodes: (proto.node ?? []).map((one, i) => nodeOf(one, below(shadow, 1, i))),
    inputs: (proto.input ?? []).map(valueInfoOf),
    outputs: (proto.output ?? []).map(valueInfoOf),
    values: (proto.valueInfo ?? []).map(valueInfoOf),
    initializers: [
      ...(proto.initializer ?? []).map((one, i) => tensorOf(one, below(shadow, 5, i))),
      ...sparse,
    ],
  };
}

function nodeOf(proto: onnx.INodeProto, shadow: Shadow): NodeRecord {
  return {
    name: proto.name ?? '',
    op: proto.opType ?? '',
    domain: domainOf(proto.domain),
    overload: newerText(shadow, 8),
    inputs: proto.input ?? [],
    outputs: proto.output ?? [],
    attributes: attributesOf(proto.attribute ?? [], (i) => below(shadow, 5, i)),
    metadata: newerEntries(shadow, 9),
  };
}

const NO_ATTRIBUTES: ReadonlyMap<string, AttributeValue> = new Map();

function attributesOf(
  list: readonly onnx.IAttributeProto[],
  shadowOf: (index: number) => Shadow,
): ReadonlyMap<string, AttributeValue> {
  if (list.length === 0) return NO_ATTRIBUTES;
  return new Map(list.map((one, i) => [one.name ?? '', attributeOf(one, shadowOf(i))]));
}

/** Old files leave the type out: then the field that is there says it. */
function kindOfAttribute(proto: onnx.IAttributeProto): number {
  if (proto.type) return proto.type;
  const { AttributeType } = onnx.AttributeProto;
  if (proto.t) return AttributeType.TENSOR;
  if (proto.g) return AttributeType.GRAPH;
  if (proto.ints?.length) return AttributeType.INTS;
  if (proto.floats?.length) return AttributeType.FLOATS;
  if (proto.strings?.length) return AttributeType.STRINGS;
  if (proto.s?.length) return AttributeType.STRING;
  return proto.f ? AttributeType.FLOAT : AttributeType.INT;
}

function attributeOf(proto: onnx.IAttributeProto, shadow: Shadow): AttributeValue {
  const { AttributeType } = onnx.AttributeProto;
  const counted = (field: number, length: number): number => Math.max(shadow.sizes?.get(field) ?? 0, length);
  if (proto.refAttrName) return { kind: 'reference', to: proto.refAttrName };
  switch (kindOfAttribute(proto)) {
    case AttributeType.FLOAT:
      return { kind: 'float', value: proto.f ?? 0 };
    case AttributeType.INT:
      return { kind: 'int', value: asNumber(proto.i) };
    case AttributeType.STRING:
      return { kind: 'text', value: textOf(proto.s) };
    case AttributeType.TENSOR:
      return { kind: 'tensor', tensor: tensorOf(proto.t ?? {}, last(shadow, 5)) };
    case AttributeType.GRAPH:
      return { kind: 'graph', graph: graphOf(proto.g ?? {}, last(shadow, 6)) };
    case AttributeType.FLOATS:
      return { kind: 'floats', values: proto.floats ?? [], count: counted(7, proto.floats?.length ?? 0) };
    case AttributeType.INTS: {
      const values = (proto.ints ?? []).map(asNumber);
      return { kind: 'ints', values, count: counted(8, values.length) };
    }
    case AttributeType.STRINGS: {
      const values = (proto.strings ?? []).map(textOf);
      return { kind: 'texts', values, count: counted(9, values.length) };
    }
    case AttributeType.GRAPHS: {
      const graphs = (proto.graphs ?? []).map((one, i) => graphOf(one, below(shadow, 11, i)));
      return { kind: 'graphs', graphs };
    }
    case AttributeType.SPARSE_TENSOR:
      return { kind: 'tensor', tensor: sparseOf(proto.sparseTensor ?? {}, last(shadow, 22)) };
    case AttributeType.TYPE_PROTO:
      return { kind: 'type', type: typeOf(proto.tp) ?? { kind: 'opaque' } };
    default:
      return { kind: 'other' };
  }
}

// --- tensors --------------------------------------------------------------------------------------------------------

/** Sizes of a constant: they have to be sizes, and their product a number that can be. */
function checkedShape(dims: readonly unknown[] | null | undefined, name: string): Shape {
  const shape = (dims ?? []).map((size) => asNumber(size as number));
  const what = name === '' ? 'A constant' : `The constant ${quoted(name)}`;
  if (shape.some((size) => size < 0))
    refuse(
      `${what} of this file has a negative size ([${shape.join(', ')}]): the file is damaged; export it again.`,
    );
  if (!Number.isSafeInteger(elementCount(shape)))
    refuse(
      `${what} of this file claims more elements than any machine holds ([${shape.join(', ')}]): the file is damaged; export it again.`,
    );
  return shape;
}

/** Payload fields of a tensor. */
const PAYLOADS: readonly number[] = [4, 5, 7, 9, 10, 11];

function tensorOf(proto: onnx.ITensorProto, shadow: Shadow): TensorRecord {
  const name = proto.name ?? '';
  const shape = checkedShape(proto.dims, name);
  const typeNumber = proto.dataType ?? 0;
  const dtype = elementType(typeNumber);
  const location = locationOf(proto, name);
  const whole = PAYLOADS.every((field) => (shadow.sizes?.get(field) ?? 0) <= PAYLOAD_LIMIT);
  const known = whole && dtype !== undefined && location === undefined;
  const contents = known ? contentsOf(proto, dtype, elementCount(shape)) : undefined;
  return { name, shape, dtype, typeNumber, ...(contents && { contents }), ...(location && { location }) };
}

function locationOf(proto: onnx.ITensorProto, name: string): string | undefined {
  if (proto.dataLocation !== onnx.TensorProto.DataLocation.EXTERNAL) return undefined;
  const location = entriesOf(proto.externalData).get('location') ?? '';
  checkLocation(location, name);
  return location;
}

function sparseOf(proto: onnx.ISparseTensorProto, shadow: Shadow): TensorRecord {
  const values = tensorOf(proto.values ?? {}, last(shadow, 1));
  const shape = checkedShape(proto.dims, values.name);
  const { name, dtype, typeNumber } = values;
  return { name, shape, dtype, typeNumber, nonZero: elementCount(values.shape) };
}

// --- types ----------------------------------------------------------------------------------------------------------

const valueInfoOf = (proto: onnx.IValueInfoProto): ValueRecord => ({
  name: proto.name ?? '',
  type: typeOf(proto.type),
});

function typeOf(proto: onnx.ITypeProto | null | undefined): TypeRecord | undefined {
  if (proto?.tensorType) return tensorType('tensor', proto.tensorType);
  if (proto?.sparseTensorType) return tensorType('sparse', proto.sparseTensorType);
  if (proto?.sequenceType) return { kind: 'sequence', element: typeOf(proto.sequenceType.elemType) };
  if (proto?.optionalType) return { kind: 'optional', element: typeOf(proto.optionalType.elemType) };
  if (proto?.mapType) return { kind: 'map' };
  return undefined;
}

function tensorType(kind: 'tensor' | 'sparse', { elemType, shape }: onnx.TypeProto.ITensor): TypeRecord {
  return {
    kind,
    dtype: elementType(elemType ?? 0),
    shape: shape ? (shape.dim ?? []).map(dimensionOf) : undefined,
  };
}

function dimensionOf({ dimValue, dimParam }: onnx.TensorShapeProto.IDimension): Dimension {
  if (dimParam) return dimParam;
  return dimValue === null || dimValue === undefined ? null : asNumber(dimValue);
}

// --- functions ------------------------------------------------------------------------------------------------------

function functionOf(proto: onnx.IFunctionProto, shadow: Shadow): FunctionRecord {
  const newer = <T>(field: number, decode: (bytes: Uint8Array) => T): T[] =>
    (shadow.newer?.get(field) ?? []).map((bytes) => guarded(() => decode(bytes)));
  const defaults = newer(11, (bytes) => onnx.AttributeProto.decode(bytes));
  return {
    name: proto.name ?? '',
    domain: domainOf(proto.domain),
    overload: newerText(shadow, 13),
    inputs: proto.input ?? [],
    outputs: proto.output ?? [],
    defaults: attributesOf(defaults, (i) => below(shadow, 11, i)),
    nodes: (proto.node ?? []).map((one, i) => nodeOf(one, below(shadow, 7, i))),
    values: newer(12, (bytes) => valueInfoOf(onnx.ValueInfoProto.decode(bytes))),
    opsets: opsetsOf(proto.opsetImport),
  };
}
