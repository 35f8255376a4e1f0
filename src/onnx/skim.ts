// The skimmer: walks a model of any size once and writes a stripped copy of its messages, in which large payloads are
// missing. Beside the copy it keeps a shadow: a tree parallel to the messages with the sizes of what was not read and with
// the fields that the decoder is too old for. Weights are never read, only jumped over.
//
// Memory is bounded by the stripped copy's limit, recursion by the depth of nesting. Both end in a sentence for the user.

import { Cursor, WIRE } from './cursor';
import { refuse } from './onnx-error';
import { type FieldRule, isMessage, type MessageKind, SCHEMA, wiresOf } from './schema';
import { refuseOtherFormats } from './sniff';
import type { ByteSource } from './source';
import { StrippedBytes } from './stripped-bytes';

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
  'Node',
  'SparseTensor',
  'Tensor',
]);
/** The field of attributes that lists floats. */
const ATTRIBUTE_FLOATS = 7;
/** Messages within messages, counted as protobuf does. */
const DEPTH_LIMIT = 100;

/** What the stripped copy does not say of a message. */
export interface Shadow {
  /** Shadows of the messages in a field, in order. */
  children?: Map<number, Shadow[]>;
  /** Bytes of a payload field, or the number of values in a list. */
  sizes?: Map<number, number>;
  /** Fields newer than the decoder: texts and stripped messages, in order. */
  newer?: Map<number, Uint8Array[]>;
}

export interface Skimmed {
  readonly bytes: Uint8Array;
  readonly shadow: Shadow;
  /** Bytes of the file that were not read. */
  readonly skipped: number;
}

const NOT_ONNX =
  'This file is no ONNX model: its bytes do not follow the ONNX format (it may be another protobuf file, a weights file or damaged); export the model to ONNX again.';

/** Reads the structure of a model; refuses what is no ONNX model with a sentence. */
export function skim(source: ByteSource): Skimmed {
  refuseOtherFormats(source);
  return new Skimmer(source).run();
}

class Skimmer {
  private readonly cursor: Cursor;
  private readonly out = new StrippedBytes();
  private skipped = 0;

  constructor(source: ByteSource) {
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
    if (field === 0 || wire === 3 || wire === 4 || wire > 5) refuse(NOT_ONNX);
    const rule = SCHEMA[kind][field];
    if (rule === undefined) this.pass(wire, end);
    else if (!wiresOf(rule).includes(wire)) refuse(NOT_ONNX);
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
    if (isMessage(rule)) this.child(rule, field, end, shadow, depth);
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

const sizeOf = (shadow: Shadow, field: number): number => shadow.sizes?.get(field) ?? 0;

function setSize(shadow: Shadow, field: number, size: number): void {
  shadow.sizes ??= new Map();
  shadow.sizes.set(field, size);
}

function addChild(shadow: Shadow, field: number, child: Shadow): void {
  shadow.children ??= new Map();
  append(shadow.children, field, child);
}

function addNewer(shadow: Shadow, field: number, bytes: Uint8Array): void {
  shadow.newer ??= new Map();
  append(shadow.newer, field, bytes);
}

function append<T>(map: Map<number, T[]>, field: number, item: T): void {
  const list = map.get(field);
  if (list) list.push(item);
  else map.set(field, [item]);
}
