// The messages of ONNX (onnx.proto, IR version 14) by field number: what is kept, what is left unread, and which fields
// are newer than the decoder's IR version 8. Numbers that are not here are left out.

import { WIRE } from './cursor';

export type MessageKind =
  | 'Attribute'
  | 'Entry'
  | 'Function'
  | 'Graph'
  | 'MapType'
  | 'Model'
  | 'Node'
  | 'OperatorSet'
  | 'OptionalType'
  | 'SequenceType'
  | 'Shape'
  | 'ShapeDimension'
  | 'SparseTensor'
  | 'SparseType'
  | 'Tensor'
  | 'TensorType'
  | 'Type'
  | 'Value';

/**
 * What becomes of a field. `int`, `float` and `text` are copied; `doc` and `skip` are left out; `payload` is copied while
 * it is small; `many` is a list of values of which so many are copied; `newer text` and `newer:Kind` are unknown to the
 * decoder and kept beside it; `node`, `constant` and `value` become records. The name of a message means: go into it.
 */
export type FieldRule =
  | 'int'
  | 'float'
  | 'text'
  | 'doc'
  | 'skip'
  | 'payload'
  | 'many ints'
  | 'many floats'
  | 'many texts'
  | 'newer text'
  | 'node'
  | 'constant'
  | 'value'
  | `newer:${MessageKind}`
  | MessageKind;

export const SCHEMA: Readonly<Record<MessageKind, Readonly<Record<number, FieldRule>>>> = {
  Model: {
    1: 'int',
    2: 'text',
    3: 'text',
    4: 'text',
    5: 'int',
    6: 'doc',
    7: 'Graph',
    8: 'OperatorSet',
    14: 'Entry',
    20: 'skip',
    25: 'Function',
    26: 'skip',
  },
  Graph: {
    1: 'node',
    2: 'text',
    5: 'constant',
    10: 'doc',
    11: 'value',
    12: 'value',
    13: 'value',
    14: 'skip',
    15: 'SparseTensor',
    16: 'newer:Entry',
  },
  Node: {
    1: 'text',
    2: 'text',
    3: 'text',
    4: 'text',
    5: 'Attribute',
    6: 'doc',
    7: 'text',
    8: 'newer text',
    9: 'newer:Entry',
    10: 'skip',
  },
  Attribute: {
    1: 'text',
    2: 'float',
    3: 'int',
    4: 'payload',
    5: 'Tensor',
    6: 'Graph',
    7: 'many floats',
    8: 'many ints',
    9: 'many texts',
    10: 'Tensor',
    11: 'Graph',
    13: 'doc',
    14: 'Type',
    15: 'Type',
    20: 'int',
    21: 'text',
    22: 'SparseTensor',
    23: 'SparseTensor',
  },
  Function: {
    1: 'text',
    4: 'text',
    5: 'text',
    6: 'text',
    7: 'node',
    8: 'doc',
    9: 'OperatorSet',
    10: 'text',
    11: 'newer:Attribute',
    12: 'newer:Value',
    13: 'newer text',
    14: 'newer:Entry',
  },
  Tensor: {
    1: 'many ints',
    2: 'int',
    3: 'skip',
    4: 'payload',
    5: 'payload',
    6: 'many texts',
    7: 'payload',
    8: 'text',
    9: 'payload',
    10: 'payload',
    11: 'payload',
    12: 'doc',
    13: 'Entry',
    14: 'int',
    16: 'newer:Entry',
  },
  SparseTensor: { 1: 'Tensor', 2: 'Tensor', 3: 'many ints' },
  Value: { 1: 'text', 2: 'Type', 3: 'doc', 4: 'skip' },
  Type: {
    1: 'TensorType',
    4: 'SequenceType',
    5: 'MapType',
    6: 'text',
    7: 'skip',
    8: 'SparseType',
    9: 'OptionalType',
  },
  TensorType: { 1: 'int', 2: 'Shape' },
  SparseType: { 1: 'int', 2: 'Shape' },
  SequenceType: { 1: 'Type' },
  OptionalType: { 1: 'Type' },
  MapType: { 1: 'int', 2: 'Type' },
  Shape: { 1: 'ShapeDimension' },
  ShapeDimension: { 1: 'int', 2: 'text', 3: 'text' },
  Entry: { 1: 'text', 2: 'text' },
  OperatorSet: { 1: 'text', 2: 'int' },
};

const INTS: readonly number[] = [WIRE.varint, WIRE.bytes];
const ANY: readonly number[] = [WIRE.varint, WIRE.fixed64, WIRE.bytes, WIRE.fixed32];
const BYTES: readonly number[] = [WIRE.bytes];

/** The wire types that a field of this rule may have. */
export function wiresOf(rule: FieldRule): readonly number[] {
  if (rule === 'int') return [WIRE.varint];
  if (rule === 'float') return [WIRE.fixed32];
  if (rule === 'many ints') return INTS;
  if (rule === 'many floats') return [WIRE.fixed32, WIRE.bytes];
  return rule === 'payload' || rule === 'skip' ? ANY : BYTES;
}

/** Whether a rule names a message to go into. */
export const isMessage = (rule: FieldRule): rule is MessageKind => Object.hasOwn(SCHEMA, rule);

/** Tags of a node's fields, each with the wire type of bytes. */
export const NODE = {
  input: 1 * 8 + WIRE.bytes,
  output: 2 * 8 + WIRE.bytes,
  name: 3 * 8 + WIRE.bytes,
  op: 4 * 8 + WIRE.bytes,
  attribute: 5 * 8 + WIRE.bytes,
  domain: 7 * 8 + WIRE.bytes,
  overload: 8 * 8 + WIRE.bytes,
  metadata: 9 * 8 + WIRE.bytes,
} as const;

/** Tags of the fields that nearly all constants of a graph have, and no others. */
export const CONSTANT = {
  dim: 1 * 8 + WIRE.varint,
  type: 2 * 8 + WIRE.varint,
  name: 8 * 8 + WIRE.bytes,
  raw: 9 * 8 + WIRE.bytes,
} as const;
