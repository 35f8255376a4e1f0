// What the skimmer finds beside the stripped copy of a message, and what it asks of the decoder meanwhile. Of nodes, constants
// and declared types there may be very many: each becomes a record as soon as it was read.

import type { ByteStore } from './byte-store';
import type { AttributeValue, NodeRecord, TensorRecord, ValueRecord } from './model';
import type { Names } from './names';

/** What the stripped copy does not say of a message. */
export interface Shadow {
  /** Shadows of the messages in a field, in order. */
  children?: Map<number, Shadow[]>;
  /** Bytes of a payload field, or the number of values in a list. */
  sizes?: Map<number, number>;
  /** Fields newer than the decoder: texts and stripped messages, in order. */
  newer?: Map<number, Uint8Array[]>;
  /** Of a graph or function. */
  nodes?: NodeRecord[];
  /** Constants of a graph. */
  constants?: TensorRecord[];
  /** Declared types by the field in which they stand. */
  values?: Map<number, ValueRecord[]>;
}

/** A tensor of these four fields alone. */
export interface PlainTensor {
  readonly name: number;
  readonly dims: readonly number[];
  readonly typeNumber: number;
  /** Where its payload begins among those that are kept; -1 where it is too large for that. */
  readonly payload: number;
  readonly payloadBytes: number;
}

/** Makes records of stripped messages that there may be very many of; the bytes are not kept. */
export interface RecordMaker {
  readonly names: Names;
  /** Payloads of plain tensors. */
  readonly payloads: ByteStore;
  attribute(bytes: Uint8Array, shadow: Shadow): readonly [name: string, value: AttributeValue];
  entry(bytes: Uint8Array): readonly [key: string, value: string];
  plainTensor(tensor: PlainTensor): TensorRecord;
  tensor(bytes: Uint8Array, shadow: Shadow): TensorRecord;
  value(bytes: Uint8Array): ValueRecord;
}

export const sizeOf = (shadow: Shadow, field: number): number => shadow.sizes?.get(field) ?? 0;

export function setSize(shadow: Shadow, field: number, size: number): void {
  shadow.sizes ??= new Map();
  shadow.sizes.set(field, size);
}

export function addChild(shadow: Shadow, field: number, child: Shadow): void {
  shadow.children ??= new Map();
  append(shadow.children, field, child);
}

export function addNewer(shadow: Shadow, field: number, bytes: Uint8Array): void {
  shadow.newer ??= new Map();
  append(shadow.newer, field, bytes);
}

export function addValue(shadow: Shadow, field: number, value: ValueRecord): void {
  shadow.values ??= new Map();
  append(shadow.values, field, value);
}

function append<T>(map: Map<number, T[]>, field: number, item: T): void {
  const list = map.get(field);
  if (list) list.push(item);
  else map.set(field, [item]);
}
