// Sequences and optionals: lists of values that are followed item by item where their length is known.

import { slice } from '../../ops/views';
import { axisOf, type Row } from '../binding';
import type { NodeCall } from '../node-call';
import { Optional, Sequence, Tensor, Unfollowed, type Value } from '../values';
import { joined } from './control';
import { pieceSizes, reshaped } from './shapes';

function sequenceOf(n: NodeCall): Sequence {
  const value = n.value(0);
  const content = value.kind === 'optional' ? value.content : value;
  if (content?.kind !== 'sequence') throw new Unfollowed(`${n.node.op} expects a sequence`);
  return content;
}

function itemsOf(n: NodeCall): readonly Value[] {
  const { items } = sequenceOf(n);
  if (items === undefined)
    throw new Unfollowed(`how long the sequence that ${n.node.op} gets is, is not known`);
  return items;
}

/** A place in a sequence, counted from either end; undefined where it is not known. */
function place(n: NodeCall, index: number, length: number): number | undefined {
  if (!n.has(index)) return undefined;
  const [at] = n.numbers(index);
  return at === undefined ? undefined : axisOf(at, length);
}

function at(n: NodeCall): Value {
  const { items, element } = sequenceOf(n);
  if (items === undefined) return element ?? unknownElement(n);
  const shapes = new Set(items.map((item) => (item instanceof Tensor ? item.spec.shape.join() : '')));
  if (n.in(1).spec.contents === undefined && shapes.size === 1) return items[0] ?? unknownElement(n);
  return items[place(n, 1, items.length) ?? 0] ?? unknownElement(n);
}

function unknownElement(n: NodeCall): never {
  throw new Unfollowed(`what ${n.node.op} takes out of its sequence is not known`);
}

/** How long a sequence becomes is open where it was open before. */
function insert(n: NodeCall): Value {
  const sequence = sequenceOf(n);
  if (sequence.items === undefined) return new Sequence(undefined, alike(sequence.element, n.value(1)));
  const items = [...itemsOf(n)];
  items.splice(place(n, 2, items.length) ?? items.length, 0, n.value(1));
  return new Sequence(items);
}

/** What every item is, where two are the same. */
function alike(one: Value | undefined, other: Value): Value | undefined {
  const isSame =
    one instanceof Tensor && other instanceof Tensor && one.spec.shape.join() === other.spec.shape.join();
  return isSame ? one : undefined;
}

function erase(n: NodeCall): Value {
  const sequence = sequenceOf(n);
  if (sequence.items === undefined) return sequence;
  const items = [...itemsOf(n)];
  items.splice(place(n, 1, items.length) ?? items.length - 1, 1);
  return new Sequence(items);
}

function concatenate(n: NodeCall): Tensor[] {
  const tensors = itemsOf(n).filter((item) => item instanceof Tensor);
  if (tensors.length === 0) throw new Unfollowed(`${n.title} joins nothing that is known`);
  return joined(n, tensors, n.int('axis'), n.int('new_axis') !== 0);
}

/** Pieces of one size, of given sizes, or single elements. */
function splitToSequence(n: NodeCall): Value {
  const input = n.in(0);
  const { shape } = input.spec;
  const axis = axisOf(n.int('axis'), shape.length);
  const size = shape[axis] ?? 1;
  const keeps = n.has(1) || n.int('keepdims', 1) !== 0;
  let start = 0;
  const items = splitSizes(n, size).map((length) => {
    start += length;
    const args = { input, dim: axis, start: length === 0 ? 0 : start - length, length, step: 1 };
    const [piece] = n.call(slice, args) as [Tensor];
    return keeps
      ? piece
      : (reshaped(
          n,
          piece,
          shape.filter((_, i) => i !== axis),
        )[0] as Tensor);
  });
  return new Sequence(items);
}

function splitSizes(n: NodeCall, size: number): number[] {
  n.few(n.has(1) ? 0 : size, 'pieces');
  if (!n.has(1)) return new Array<number>(size).fill(1);
  const given = n.numbers(1);
  if (n.shape(1).length > 0) return [...given];
  const each = Math.max(1, given[0] ?? 1);
  n.few(size / each, 'pieces');
  return pieceSizes(null, size, Math.ceil(size / each)).map((_, i) => Math.min(each, size - i * each));
}

/** Each item through a subgraph; tensors beside the sequence go to every round. */
function map(n: NodeCall): Value[] {
  const body = n.graph('body');
  const lists = n.inputs.map((_, i) => n.value(i));
  const { items } = sequenceOf(n);
  if (items === undefined) return mapOnce(n, lists);
  const rounds = items.map((_, round) =>
    n.follower.subgraph(
      body,
      lists.map((value) => (value instanceof Sequence ? (value.items?.[round] ?? value) : value)),
    ),
  );
  return body.outputs.map((_, i) => new Sequence(rounds.map((round) => round[i] as Value)));
}

/** One item stands for all where their number is open. */
function mapOnce(n: NodeCall, lists: readonly Value[]): Value[] {
  const inputs = lists.map((value) =>
    value instanceof Sequence ? (value.element ?? unknownElement(n)) : value,
  );
  n.assumption('items', 1, 'how many items the sequence has is open; one is counted');
  return n.follower.subgraph(n.graph('body'), inputs).map((value) => new Sequence(undefined, value));
}

function length(n: NodeCall): Value {
  const { items } = sequenceOf(n);
  return items ? n.folded([], 'int64', [items.length]) : n.made([], 'int64');
}

/** Whether there is a value. An input that is no optional is there. */
function hasElement(n: NodeCall): Value {
  if (!n.has(0)) return n.folded([], 'bool', [0]);
  const value = n.value(0);
  const known = value.kind !== 'optional' || value.content === null || value.content.kind !== 'unknown';
  const is = value.kind !== 'optional' || value.content !== null;
  return known ? n.folded([], 'bool', [Number(is)]) : n.made([], 'bool');
}

function getElement(n: NodeCall): Value {
  const value = n.value(0);
  if (value.kind !== 'optional') return value;
  if (value.content === null)
    throw new Unfollowed(`${n.title} takes the content of an optional that is empty`);
  return value.content;
}

export const SEQUENCE_ROWS: readonly Row[] = [
  { op: 'ConcatFromSequence', bind: concatenate },
  { op: 'Optional', bind: (n) => new Optional(n.has(0) ? n.value(0) : null) },
  { op: 'OptionalGetElement', bind: getElement },
  { op: 'OptionalHasElement', bind: hasElement },
  { op: 'SequenceAt', bind: at },
  { op: 'SequenceConstruct', bind: (n) => new Sequence(n.inputs.map((_, i) => n.value(i))) },
  { op: 'SequenceEmpty', bind: () => new Sequence([]) },
  { op: 'SequenceErase', bind: erase },
  { op: 'SequenceInsert', bind: insert },
  { op: 'SequenceLength', bind: length },
  { op: 'SequenceMap', bind: map },
  { op: 'SplitToSequence', bind: splitToSequence },
];
