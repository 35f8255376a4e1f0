// The skimmer: walks a model of any size once and writes a stripped copy of its messages, in which large payloads are
// missing. Beside the copy it keeps a shadow: a tree parallel to the messages with the sizes of what was not read and with
// the fields that the decoder is too old for. Weights are never read, only jumped over. Nodes,
// constants and declared types are in the shadow instead of the copy, as records.
//
// Memory is bounded by the stripped copy's limit, recursion by the depth of nesting. Both end in a sentence for the user.

import { Cursor, WIRE } from './cursor';
import { type AttributeValue, domainOf, type NodeRecord } from './model';
import { Names, NO_NAME } from './names';
import { refuse } from './onnx-error';
import { CONSTANT, type FieldRule, isMessage, type MessageKind, NODE, SCHEMA, wiresOf } from './schema';
import {
  addChild,
  addNewer,
  addValue,
  type PlainTensor,
  type RecordMaker,
  type Shadow,
  setSize,
  sizeOf,
} from './shadow';
import { refuseOtherFormats } from './sniff';
import type { ByteSource } from './source';
import { StrippedBytes } from './stripped-bytes';
import { textAt } from './text';

/** Payloads above this many bytes are not read. */
export const PAYLOAD_LIMIT = 1024;
/** Lists keep this many values; of the rest only the number is known. */
const LIST_LIMIT = 16_384;
/** Texts that the decoder does not know are kept up to this length. */
const TEXT_LIMIT = 65_536;
/** Messages whose shadows the decoder looks at. */
const SHADOWED: ReadonlySet<MessageKind> = new Set([
  'Attribute',
  'Function',
  'Graph',
  'SparseTensor',
  'Tensor',
]);
/** The field of attributes that lists floats. */
const ATTRIBUTE_FLOATS = 7;
/** Messages within messages, counted as protobuf does. */
const DEPTH_LIMIT = 100;

export interface Skimmed {
  readonly bytes: Uint8Array;
  readonly shadow: Shadow;
  /** Bytes of the file that were not read. */
  readonly skipped: number;
}

const NOT_ONNX =
  'This file is no ONNX model: its bytes do not follow the ONNX format (it may be another protobuf file, a weights file or damaged); export the model to ONNX again.';

/** Reads the structure of a model; refuses what is no ONNX model with a sentence. */
export function skim(source: ByteSource, make: RecordMaker): Skimmed {
  refuseOtherFormats(source);
  return new Skimmer(source, make).run();
}

/** More dimensions and larger numbers are left to the decoder. */
const PLAIN_RANK = 16;
const PLAIN_LIMIT = 2 ** 30;

const NO_ATTRIBUTES: ReadonlyMap<string, AttributeValue> = new Map();
const NO_METADATA: ReadonlyMap<string, string> = new Map();

interface NodeLists {
  readonly inputs: number[];
  readonly outputs: number[];
}

class Skimmer {
  private readonly cursor: Cursor;
  private readonly out = new StrippedBytes();
  private skipped = 0;

  /** By the depth of nesting: within a node, others may be read. */
  private readonly lists: NodeLists[] = [];
  private readonly dims = Array.from({ length: PLAIN_RANK }, () => 0);
  /** Names of operators and domains: few, and each the same text wherever it stands. */
  private readonly words = new Names();
  private readonly wordTexts: string[] = [''];
  private readonly keepPayload = (bytes: Uint8Array, from: number, to: number): number =>
    this.make.payloads.add(bytes, from, to);

  constructor(
    source: ByteSource,
    private readonly make: RecordMaker,
  ) {
    this.cursor = new Cursor(source);
  }

  run(): Skimmed {
    const shadow = this.message('Model', this.cursor.size, 0);
    if (!shadow.children?.has(7) && !shadow.children?.has(25)) refuse(NOT_ONNX);
    return { bytes: this.out.finish(), shadow, skipped: this.skipped };
  }

  /** Copies the fields of a message that ends at this offset. */
  private message(kind: MessageKind, end: number, depth: number): Shadow {
    if (depth > DEPTH_LIMIT)
      refuse(
        `This file nests messages more than ${DEPTH_LIMIT} deep, which no exporter does; it is damaged or made to do harm.`,
      );
    const shadow: Shadow = {};
    while (this.cursor.position < end) this.field(kind, end, shadow, depth);
    if (this.cursor.position > end) this.overrun(end);
    return shadow;
  }

  private field(kind: MessageKind, end: number, shadow: Shadow, depth: number): void {
    const { field, wire } = this.cursor.tag();
    const rule = ruleOf(kind, field, wire);
    if (rule === undefined) this.pass(wire, end);
    else this.known(rule, field, wire, end, shadow, depth);
  }

  private known(
    rule: FieldRule,
    field: number,
    wire: number,
    end: number,
    shadow: Shadow,
    depth: number,
  ): void {
    if (rule === 'node') this.node(end, shadow, depth);
    else if (rule === 'constant') this.constant(end, shadow, depth);
    else if (rule === 'value') this.value(field, end, shadow, depth);
    else if (isMessage(rule)) this.child(rule, field, end, shadow, depth);
    else if (rule.startsWith('newer')) this.newer(rule, field, end, shadow, depth);
    else if (rule === 'doc' || rule === 'skip') this.pass(wire, end);
    else if (rule === 'payload') this.payload(field, wire, end, shadow);
    else if (rule === 'many texts') this.texts(field, end, shadow);
    else if (rule.startsWith('many')) this.many(field, wire, end, shadow);
    else this.copy(field, wire, this.lengthOf(wire, end));
  }

  /** The length of the value that comes next; it has to fit into its message. */
  private lengthOf(wire: number, end: number): number {
    if (wire === WIRE.varint) return -1;
    const length = wire === WIRE.fixed32 ? 4 : wire === WIRE.fixed64 ? 8 : this.cursor.varint();
    if (this.cursor.position + length > end) this.overrun(end, length);
    return length;
  }

  private overrun(end: number, length = 0): never {
    if (end === this.cursor.size && this.cursor.position + length > end) this.cursor.cutShort();
    return refuse(
      'This file is damaged: a part of it claims to be longer than what holds it; download or export it again.',
    );
  }

  private pass(wire: number, end: number): void {
    const length = this.lengthOf(wire, end);
    if (length < 0) this.cursor.varint();
    else this.skip(length);
  }

  private skip(length: number): void {
    this.cursor.skip(length);
    this.skipped += length;
  }

  private copy(field: number, wire: number, length: number): void {
    this.out.tag(field, wire);
    if (wire === WIRE.bytes) this.out.varint(length);
    if (length < 0) this.copyVarint();
    else this.cursor.pass(length, this.out.append);
  }

  private copyVarint(): void {
    for (let i = 0; i < 10; i++) {
      const byte = this.cursor.byte();
      this.out.byte(byte);
      if (byte < 0x80) return;
    }
    refuse(NOT_ONNX);
  }

  private child(kind: MessageKind, field: number, end: number, shadow: Shadow, depth: number): void {
    const length = this.lengthOf(WIRE.bytes, end);
    this.out.tag(field, WIRE.bytes);
    const close = this.out.open();
    const inner = this.message(kind, this.cursor.position + length, depth + 1);
    if (SHADOWED.has(kind)) addChild(shadow, field, inner);
    close();
  }

  /** Bytes that were left out, or are counted already. */
  private get passed(): number {
    return this.skipped + this.out.kept;
  }

  /** What is made of a message that comes next. */
  private part<T>(
    kind: MessageKind,
    end: number,
    depth: number,
    make: (bytes: Uint8Array, shadow: Shadow) => T,
  ): T {
    const length = this.lengthOf(WIRE.bytes, end);
    const start = this.out.length;
    const shadow = this.message(kind, this.cursor.position + length, depth + 1);
    return this.out.use(start, (bytes) => make(bytes, shadow));
  }

  private constant(end: number, shadow: Shadow, depth: number): void {
    const { cursor, skipped, passed, make } = this;
    const from = cursor.position;
    const length = this.lengthOf(WIRE.bytes, end);
    const plain = this.plainUntil(cursor.position + length);
    shadow.constants ??= [];
    if (plain !== undefined) {
      shadow.constants.push(make.plainTensor(plain));
      this.out.count(length - this.passed + passed);
      return;
    }
    cursor.position = from;
    this.skipped = skipped;
    shadow.constants.push(this.part('Tensor', end, depth, make.tensor));
  }

  /** A tensor as exporters write most of them; undefined where there is more or less to it. */
  private plainUntil(end: number): PlainTensor | undefined {
    const { cursor, dims } = this;
    let [rank, name, typeNumber, payload, payloadBytes] = [0, NO_NAME, 0, 0, 0];
    let hasPayload = false;
    while (cursor.position < end) {
      const tag = cursor.varint();
      if (tag === CONSTANT.dim || tag === CONSTANT.type) {
        const value = cursor.varint();
        if (rank === PLAIN_RANK || value >= PLAIN_LIMIT) return undefined;
        if (tag === CONSTANT.dim) dims[rank++] = value;
        else typeNumber = value;
      } else if (tag === CONSTANT.name) name = this.valueName(end);
      else if (tag === CONSTANT.raw && !hasPayload) {
        hasPayload = true;
        payloadBytes = this.lengthOf(WIRE.bytes, end);
        payload = this.payloadAt(payloadBytes);
      } else return undefined;
    }
    if (cursor.position > end) return undefined;
    return { name, dims: dims.slice(0, rank), typeNumber, payload, payloadBytes };
  }

  /** Where a payload is kept; -1 where it is too large. */
  private payloadAt(length: number): number {
    if (length <= PAYLOAD_LIMIT) return this.cursor.take(length, this.keepPayload);
    this.skip(length);
    return -1;
  }

  private value(field: number, end: number, shadow: Shadow, depth: number): void {
    addValue(shadow, field, this.part('Value', end, depth, this.make.value));
  }

  private node(end: number, shadow: Shadow, depth: number): void {
    const length = this.lengthOf(WIRE.bytes, end);
    const before = this.passed;
    shadow.nodes ??= [];
    shadow.nodes.push(this.nodeUntil(this.cursor.position + length, depth + 1));
    this.out.count(length - this.passed + before);
  }

  /** A node, field by field; of what stands several times the last counts, as in decoding. */
  private nodeUntil(end: number, depth: number): NodeRecord {
    const { cursor, make } = this;
    const { inputs, outputs } = this.listsAt(depth);
    let [inputCount, outputCount] = [0, 0];
    const attributes: (readonly [string, AttributeValue])[] = [];
    const metadata: (readonly [string, string])[] = [];
    let [name, op, domain, overload] = ['', '', '', ''];
    while (cursor.position < end) {
      const tag = cursor.varint();
      if (tag === NODE.input) inputs[inputCount++] = this.valueName(end);
      else if (tag === NODE.output) outputs[outputCount++] = this.valueName(end);
      else if (tag === NODE.name) name = this.text(end);
      else if (tag === NODE.op) op = this.word(end);
      else if (tag === NODE.attribute) attributes.push(this.part('Attribute', end, depth, make.attribute));
      else if (tag === NODE.domain) domain = domainOf(this.word(end));
      else if (tag === NODE.overload) overload = textOf(this.shortText(this.lengthOf(WIRE.bytes, end)));
      else if (tag === NODE.metadata) metadata.push(this.part('Entry', end, depth, make.entry));
      else this.passField('Node', tag, end);
    }
    if (cursor.position > end) this.overrun(end);
    return {
      name,
      op,
      domain,
      overload,
      inputs: inputs.slice(0, inputCount),
      outputs: outputs.slice(0, outputCount),
      attributes: attributes.length === 0 ? NO_ATTRIBUTES : new Map(attributes),
      metadata: metadata.length === 0 ? NO_METADATA : new Map(metadata),
    };
  }

  /** Lists to read a node into: lists that grow while they are filled keep room for more, and there are very many. */
  private listsAt(depth: number): NodeLists {
    this.lists[depth] ??= { inputs: [], outputs: [] };
    return this.lists[depth];
  }

  /** Passes by a field that is not kept. */
  private passField(kind: MessageKind, tag: number, end: number): void {
    const wire = tag % 8;
    ruleOf(kind, Math.floor(tag / 8), wire);
    this.pass(wire, end);
  }

  private valueName(end: number): number {
    return this.cursor.take(this.lengthOf(WIRE.bytes, end), this.make.names.at);
  }

  private text(end: number): string {
    return this.cursor.take(this.lengthOf(WIRE.bytes, end), textAt);
  }

  private word(end: number): string {
    const word = this.cursor.take(this.lengthOf(WIRE.bytes, end), this.words.at);
    this.wordTexts[word] ??= this.words.text(word);
    return this.wordTexts[word] as string;
  }

  private newer(rule: string, field: number, end: number, shadow: Shadow, depth: number): void {
    const length = this.lengthOf(WIRE.bytes, end);
    if (!rule.startsWith('newer:')) {
      addNewer(shadow, field, this.shortText(length));
      return;
    }
    const start = this.out.length;
    const kind = rule.slice('newer:'.length) as MessageKind;
    addChild(shadow, field, this.message(kind, this.cursor.position + length, depth + 1));
    addNewer(shadow, field, this.out.cut(start));
  }

  /** The bytes of a text; one that is too long for a name is none. */
  private shortText(length: number): Uint8Array {
    if (length <= TEXT_LIMIT) return this.cursor.bytes(length);
    this.skip(length);
    return new Uint8Array();
  }

  private payload(field: number, wire: number, end: number, shadow: Shadow): void {
    const length = this.lengthOf(wire, end);
    const total = sizeOf(shadow, field) + (length < 0 ? 1 : length);
    setSize(shadow, field, total);
    if (total <= PAYLOAD_LIMIT) this.copy(field, wire, length);
    else if (length < 0) this.cursor.varint();
    else this.skip(length);
  }

  private many(field: number, wire: number, end: number, shadow: Shadow): void {
    const length = this.lengthOf(wire, end);
    const so = sizeOf(shadow, field);
    if (wire === WIRE.bytes && length > LIST_LIMIT) {
      setSize(shadow, field, so + this.countPacked(field, length));
      return;
    }
    setSize(shadow, field, so + 1);
    if (so < LIST_LIMIT) this.copy(field, wire, length);
    else if (length < 0) this.cursor.varint();
    else this.skip(length);
  }

  /** Texts one by one; a very long one is left empty. */
  private texts(field: number, end: number, shadow: Shadow): void {
    const length = this.lengthOf(WIRE.bytes, end);
    const so = sizeOf(shadow, field);
    setSize(shadow, field, so + 1);
    if (so < LIST_LIMIT && length <= LIST_LIMIT) this.copy(field, WIRE.bytes, length);
    else {
      if (so < LIST_LIMIT) this.out.write(Uint8Array.from([field * 8 + WIRE.bytes, 0]));
      this.skip(length);
    }
  }

  /** The number of values in a packed list that is not kept: floats by their width, varints by their last bytes. */
  private countPacked(field: number, length: number): number {
    if (field === ATTRIBUTE_FLOATS) {
      this.skip(length);
      return length / 4;
    }
    let count = 0;
    for (let i = 0; i < length; i++) if (this.cursor.byte() < 0x80) count++;
    return count;
  }
}

/** What becomes of a field; undefined where it is not known. Refuses what cannot be. */
function ruleOf(kind: MessageKind, field: number, wire: number): FieldRule | undefined {
  if (field === 0 || wire === 3 || wire === 4 || wire > 5) refuse(NOT_ONNX);
  const rule = SCHEMA[kind][field];
  if (rule !== undefined && !wiresOf(rule).includes(wire)) refuse(NOT_ONNX);
  return rule;
}

const textOf = (bytes: Uint8Array): string => textAt(bytes, 0, bytes.length);
