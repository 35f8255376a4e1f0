// From bytes to records: decodes stripped messages with onnx-proto (IR version 8), small ones while the skimmer reads on, and
// adds from the shadow what that version does not know: defaults of function attributes, sizes of what was not read.

import { onnx } from 'onnx-proto';
import type { DType } from '../tensor/dtype';
import { elementCount, type Shape } from '../tensor/tensor';
import { ByteStore } from './byte-store';
import { elementType } from './element-types';
import { checkLocation } from './external';
import {
  type AttributeValue,
  type Dimension,
  domainOf,
  type FunctionRecord,
  type GraphRecord,
  type ModelRecord,
  type TensorRecord,
  type TypeRecord,
  type ValueRecord,
} from './model';
import { Names, NO_NAME } from './names';
import { quoted, refuse } from './onnx-error';
import type { PlainTensor, RecordMaker, Shadow } from './shadow';
import { PAYLOAD_LIMIT, skim } from './skim';
import type { ByteSource } from './source';
import { asNumber, contentsOf } from './tensor-data';
import { readable, textAt } from './text';

const NO_SHADOW: Shadow = {};

const textOf = (bytes: Uint8Array | null | undefined): string =>
  bytes ? textAt(bytes, 0, bytes.length) : '';

/** The shadow of the i-th message in a field. */
const below = (shadow: Shadow, field: number, i: number): Shadow =>
  shadow.children?.get(field)?.[i] ?? NO_SHADOW;

/** The shadow of a message that stands once; the last one counts, as in decoding. */
const last = (shadow: Shadow, field: number): Shadow => shadow.children?.get(field)?.at(-1) ?? NO_SHADOW;

const MALFORMED =
  'This file is no readable ONNX model: a part of it does not follow the ONNX format; export the model to ONNX again.';

/** Reads and decodes a model. Throws OnnxError where the file is none. */
export const decodeModel = (source: ByteSource): ModelRecord => new Decoder().model(source);

/** What the decoder throws says nothing to a user. */
function guarded<T>(decode: () => T): T {
  try {
    return decode();
  } catch {
    return refuse(MALFORMED);
  }
}

/** A constant whose elements are read from its payload when somebody asks for them: hardly anybody does. */
class LazyTensor implements TensorRecord {
  private known: readonly number[] | undefined;
  private start: number;
  private readonly length: number;

  constructor(
    readonly name: number,
    readonly shape: Shape,
    readonly dtype: DType | undefined,
    readonly typeNumber: number,
    { payload, payloadBytes }: PlainTensor,
    private readonly payloads: ByteStore,
  ) {
    this.start = payload;
    this.length = payloadBytes;
  }

  get contents(): readonly number[] | undefined {
    if (this.start >= 0 && this.dtype !== undefined) this.known = this.read(this.dtype);
    this.start = -1;
    return this.known;
  }

  private read(dtype: DType): readonly number[] | undefined {
    const rawData = this.payloads.bytes.subarray(this.start, this.start + this.length);
    return contentsOf({ rawData }, dtype, elementCount(this.shape));
  }
}

/** Makes records of messages, with the names of values that it has met. */
export class Decoder implements RecordMaker {
  readonly names = new Names();
  readonly payloads = new ByteStore();

  model(source: ByteSource): ModelRecord {
    const { bytes, shadow } = skim(source, this);
    const proto = guarded(() => onnx.ModelProto.decode(readable(bytes)));
    if (!proto.graph) refuse('This file holds ONNX functions but no graph, so there is nothing to price.');
    return {
      names: this.names,
      irVersion: asNumber(proto.irVersion),
      producer: proto.producerName ?? '',
      opsets: opsetsOf(proto.opsetImport),
      graph: this.graphOf(proto.graph, last(shadow, 7)),
      functions: (proto.functions ?? []).map((one, i) => this.functionOf(one, below(shadow, 25, i))),
      metadata: new Map(entriesOf(proto.metadataProps)),
    };
  }

  // --- what the skimmer asks for ------------------------------------------------------------------------------------

  readonly attribute = (bytes: Uint8Array, shadow: Shadow): readonly [string, AttributeValue] => {
    const proto = guarded(() => onnx.AttributeProto.decode(readable(bytes)));
    return [proto.name ?? '', this.attributeOf(proto, shadow)];
  };

  readonly entry = (bytes: Uint8Array): readonly [string, string] => {
    const { key, value } = guarded(() => onnx.StringStringEntryProto.decode(readable(bytes)));
    return [key, value];
  };

  readonly tensor = (bytes: Uint8Array, shadow: Shadow): TensorRecord =>
    this.tensorOf(
      guarded(() => onnx.TensorProto.decode(readable(bytes))),
      shadow,
    );

  readonly value = (bytes: Uint8Array): ValueRecord => {
    const { name, type } = guarded(() => onnx.ValueInfoProto.decode(readable(bytes)));
    return { name: this.names.of(name ?? ''), type: typeOf(type) };
  };

  // --- graphs -------------------------------------------------------------------------------------------------------

  private graphOf(proto: onnx.IGraphProto, shadow: Shadow): GraphRecord {
    const values = (field: number): readonly ValueRecord[] => shadow.values?.get(field) ?? [];
    const sparse = (proto.sparseInitializer ?? []).map((one, i) => this.sparseOf(one, below(shadow, 15, i)));
    const constants = shadow.constants ?? [];
    return {
      name: proto.name ?? '',
      nodes: shadow.nodes ?? [],
      inputs: values(11),
      outputs: values(12),
      values: values(13),
      initializers: sparse.length === 0 ? constants : [...constants, ...sparse],
    };
  }

  private attributeOf(proto: onnx.IAttributeProto, shadow: Shadow): AttributeValue {
    const { AttributeType } = onnx.AttributeProto;
    const counted = (field: number, length: number): number =>
      Math.max(shadow.sizes?.get(field) ?? 0, length);
    if (proto.refAttrName) return { kind: 'reference', to: proto.refAttrName };
    switch (kindOfAttribute(proto)) {
      case AttributeType.FLOAT:
        return { kind: 'float', value: proto.f ?? 0 };
      case AttributeType.INT:
        return { kind: 'int', value: asNumber(proto.i) };
      case AttributeType.STRING:
        return { kind: 'text', value: textOf(proto.s) };
      case AttributeType.TENSOR:
        return { kind: 'tensor', tensor: this.tensorOf(proto.t ?? {}, last(shadow, 5)) };
      case AttributeType.GRAPH:
        return { kind: 'graph', graph: this.graphOf(proto.g ?? {}, last(shadow, 6)) };
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
        const graphs = (proto.graphs ?? []).map((one, i) => this.graphOf(one, below(shadow, 11, i)));
        return { kind: 'graphs', graphs };
      }
      case AttributeType.SPARSE_TENSOR:
        return { kind: 'tensor', tensor: this.sparseOf(proto.sparseTensor ?? {}, last(shadow, 22)) };
      case AttributeType.TYPE_PROTO:
        return { kind: 'type', type: typeOf(proto.tp) ?? { kind: 'opaque' } };
      default:
        return { kind: 'other' };
    }
  }

  private tensorOf(proto: onnx.ITensorProto, shadow: Shadow): TensorRecord {
    const name = this.names.of(proto.name ?? '');
    const shape = this.checked((proto.dims ?? []).map(asNumber), name);
    const typeNumber = proto.dataType ?? 0;
    const dtype = elementType(typeNumber);
    const location = locationOf(proto, proto.name ?? '');
    const whole = PAYLOADS.every((field) => (shadow.sizes?.get(field) ?? 0) <= PAYLOAD_LIMIT);
    const known = whole && dtype !== undefined && location === undefined;
    const contents = known ? contentsOf(proto, dtype, elementCount(shape)) : undefined;
    const record = { name, shape, dtype, typeNumber };
    return { ...record, ...(contents && { contents }), ...(location && { location }) };
  }

  readonly plainTensor = (plain: PlainTensor): TensorRecord => {
    const { name, dims, typeNumber } = plain;
    const shape = this.checked(dims, name);
    const dtype = elementType(typeNumber);
    return plain.payload < 0
      ? { name, shape, dtype, typeNumber }
      : new LazyTensor(name, shape, dtype, typeNumber, plain, this.payloads);
  };

  /** Sizes of a constant: they have to be sizes, and their product a number that can be. */
  private checked(shape: Shape, name: number): Shape {
    if (shape.every((size) => size >= 0) && Number.isSafeInteger(elementCount(shape))) return shape;
    const what = name === NO_NAME ? 'A constant' : `The constant ${quoted(this.names.text(name))}`;
    const shown = `[${shape.join(', ')}]`;
    return refuse(
      shape.some((size) => size < 0)
        ? `${what} of this file has a negative size (${shown}): the file is damaged; export it again.`
        : `${what} of this file claims more elements than any machine holds (${shown}): the file is damaged; export it again.`,
    );
  }

  private sparseOf(proto: onnx.ISparseTensorProto, shadow: Shadow): TensorRecord {
    const values = this.tensorOf(proto.values ?? {}, last(shadow, 1));
    const { name, dtype, typeNumber } = values;
    const shape = this.checked((proto.dims ?? []).map(asNumber), name);
    return { name, shape, dtype, typeNumber, nonZero: elementCount(values.shape) };
  }

  private functionOf(proto: onnx.IFunctionProto, shadow: Shadow): FunctionRecord {
    const newer = <T>(field: number, decode: (bytes: Uint8Array, i: number) => T): T[] =>
      (shadow.newer?.get(field) ?? []).map(decode);
    const named = (names: readonly string[] | null | undefined) =>
      (names ?? []).map((name) => this.names.of(name));
    return {
      name: proto.name ?? '',
      domain: domainOf(proto.domain),
      overload: newerText(shadow, 13),
      inputs: named(proto.input),
      outputs: named(proto.output),
      defaults: new Map(newer(11, (bytes, i) => this.attribute(bytes, below(shadow, 11, i)))),
      nodes: shadow.nodes ?? [],
      values: newer(12, this.value),
      opsets: opsetsOf(proto.opsetImport),
    };
  }
}

const entriesOf = (
  entries: readonly onnx.IStringStringEntryProto[] | null | undefined,
): (readonly [key: string, value: string])[] =>
  (entries ?? []).map(({ key, value }) => [key ?? '', value ?? '']);

function newerText(shadow: Shadow, field: number): string {
  const bytes = shadow.newer?.get(field)?.at(-1);
  return bytes === undefined ? '' : textOf(bytes);
}

const opsetsOf = (list: readonly onnx.IOperatorSetIdProto[] | null | undefined): Map<string, number> =>
  new Map((list ?? []).map(({ domain, version }) => [domainOf(domain), asNumber(version)]));

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

// --- tensors --------------------------------------------------------------------------------------------------------

/** Payload fields of a tensor. */
const PAYLOADS: readonly number[] = [4, 5, 7, 9, 10, 11];

function locationOf(proto: onnx.ITensorProto, name: string): string | undefined {
  if (proto.dataLocation !== onnx.TensorProto.DataLocation.EXTERNAL) return undefined;
  const location = new Map(entriesOf(proto.externalData)).get('location') ?? '';
  checkLocation(location, name);
  return location;
}

// --- types ----------------------------------------------------------------------------------------------------------

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
