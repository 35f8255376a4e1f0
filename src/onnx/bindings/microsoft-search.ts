// com.microsoft: searches for the next words. The node holds the decoder as a graph, and for models with an encoder that one,
// too; it runs the decoder on the prompt and then word by word, until all sequences have ended or are as long as they may get.
// When they end is in the data: the longest is assumed, in a knob. Each run is followed with a cache as long as it is by then.
// The inputs of the graphs are known by their names, as ONNX Runtime has them. The choice of words itself is not counted.

import type { Row } from '../binding';
import type { Dimension, GraphRecord, ValueRecord } from '../model';
import type { NodeCall } from '../node-call';
import { Tensor, Unfollowed, Unknown, type Value } from '../values';

/** Nodes that are followed one by one; what comes after is said to be missing. */
const NODE_LIMIT = 100_000;

/** One run of a decoder. */
interface Step {
  /** Sequences: examples × beams. */
  readonly rows: number;
  /** Words that go in. */
  readonly fresh: number;
  /** Words whose keys and values are in the cache. */
  readonly before: number;
  /** Steps of what the encoder gave. */
  readonly encoded: number;
  /** A cache that is as long as it will ever be. */
  readonly shared: number | null;
}

/** Sizes that a decoder's input leaves open, by its name: the first is the rows, before which a cache has the pair. */
function sizesOf(name: string, rank: number, step: Step): readonly number[] {
  const { rows, fresh, before, encoded, shared } = step;
  if (/cross/.test(name)) return [rows, 1, encoded, 1];
  if (/^past.*\d$/.test(name)) {
    const length = shared ?? before;
    return rank === 5 ? [2, rows, 1, length, 1] : [rows, 1, length, 1];
  }
  if (/^encoder/.test(name)) return [rows, encoded, 1];
  if (name === 'attention_mask') return [rows, before + fresh];
  if (name === 'cache_indirection') return [rows, 1, shared ?? before + fresh];
  return [rows, fresh];
}

const isOpen = (size: Dimension): boolean => typeof size !== 'number' || size < 0;

/** Whether a value's name is of this pattern. */
const isCalled =
  (n: NodeCall, pattern: RegExp) =>
  ({ name }: ValueRecord): boolean =>
    pattern.test(n.follower.text(name));

/** A tensor for an input of a graph. */
function fed(n: NodeCall, name: string, { type }: ValueRecord, sizes: readonly number[]): Value {
  if (type?.kind !== 'tensor' || type.dtype === undefined || type.shape === undefined)
    throw new Unfollowed(`the graph of ${n.title} does not say what its input \`${name}\` is`);
  const shape = type.shape.map((size, i) => (isOpen(size) ? (sizes[i] ?? 1) : (size as number)));
  return n.made(shape, type.dtype);
}

/** The cache's length is a number that goes in where it is shared. */
function inputOf(n: NodeCall, input: ValueRecord, step: Step): Value {
  const name = n.follower.text(input.name);
  if (name === 'past_sequence_length') return n.folded([1], 'int32', [step.before]);
  return fed(n, name, input, sizesOf(name, rankOf(input), step));
}

const rankOf = ({ type }: ValueRecord): number => (type?.kind === 'tensor' ? (type.shape?.length ?? 0) : 0);

const run = (n: NodeCall, graph: GraphRecord, step: Step): Value[] =>
  n.follower.subgraph(
    graph,
    graph.inputs.map((input) => inputOf(n, input, step)),
  );

/** What the encoder makes of the prompt; of its outputs only the length matters to the decoder. */
interface Encoded {
  readonly length: number;
  /** Words that the encoder's graph made already. */
  readonly words: number;
}

function encode(n: NodeCall, graph: GraphRecord): Encoded {
  const [batch = 1, length = 1] = n.shape(0);
  const step = { rows: batch, fresh: 1, before: 0, encoded: length, shared: null };
  const given = graph.inputs.map((input, i) => (i === 0 ? n.in(0) : inputOf(n, input, step)));
  const outputs = n.follower.subgraph(graph, given);
  const at = graph.outputs.findIndex(isCalled(n, /cross/));
  const hidden = graph.outputs.findIndex(isCalled(n, /hidden/));
  const seen = outputs[at >= 0 ? at : hidden];
  const shape = seen instanceof Tensor ? seen.spec.shape : [];
  return { length: shape.at(-2) ?? length, words: graph.inputs.length > 2 ? 1 : 0 };
}

/** Graphs that are attributes of the node, where they are there. */
const graphOf = (n: NodeCall, name: string): GraphRecord | null => (n.attribute(name) ? n.graph(name) : null);

/** Words that a decoder with an encoder begins with. */
const forced = (n: NodeCall): number => n.maybe(10)?.spec.shape[1] ?? 1;

/** Runs the decoder until `most` words are there, or fewer where the user says so. */
function decode(n: NodeCall, beams: number, most: number): void {
  const [batch = 1, prompt = 1] = n.shape(0);
  const encoder = graphOf(n, 'encoder');
  const encoded = encoder ? encode(n, encoder) : null;
  const first = encoded ? forced(n) : prompt;
  const made = encoded?.words ?? 0;
  const reason = 'when the words end is in the data; as many as there may be are assumed';
  const words = n.chosen('words', () => Math.max(0, most - first), reason);
  const decoder = n.graph('decoder');
  const shared = decoder.inputs.some(isCalled(n, /^past_sequence_length$/)) ? most : null;
  const followed = Math.min(words, Math.max(1, Math.floor(NODE_LIMIT / Math.max(1, decoder.nodes.length))));
  for (let word = made; word < followed; word++) {
    const isFirst = word === 0;
    const step = {
      rows: batch * beams,
      fresh: isFirst ? first : 1,
      before: isFirst ? 0 : first + word - 1,
      encoded: encoded?.length ?? 0,
      shared,
    };
    run(n, (isFirst && graphOf(n, 'init_decoder')) || decoder, step);
  }
  if (followed < words) n.recorder.gap(`${n.title} makes ${words} words; ${followed} of them are counted`);
}

const longest = (n: NodeCall): number => n.numbers(1)[0] ?? 0;

/** Words of the decoder, where the node says how many there are. */
function scoresOver(n: NodeCall, shape: (words: number) => number[]): Value {
  const words = n.int('vocab_size');
  if (words > 0) return n.made(shape(words), 'float32');
  return new Unknown(`${n.title} does not say how many words there are`);
}

function sampled(n: NodeCall): Value[] {
  const [batch = 1] = n.shape(0);
  const most = longest(n);
  decode(n, 1, most);
  return [n.made([batch, most], 'int32'), scoresOver(n, (words) => [batch, words])];
}

/** Several sequences for each example; scores of every step where they are asked for. */
function beamSearch(n: NodeCall): Value[] {
  const [batch = 1, prompt = 1] = n.shape(0);
  const [[beams = 1], [kept = 1]] = [n.numbers(3), n.numbers(4)];
  const most = longest(n);
  decode(n, beams, most);
  const first = graphOf(n, 'encoder') ? forced(n) : prompt;
  return [
    n.made([batch, kept, most], 'int32'),
    n.made([batch, kept], 'float32'),
    scoresOver(n, (words) => [most - first, batch, beams, words]),
  ];
}

export const MICROSOFT_SEARCH_ROWS: readonly Row[] = [
  { op: 'BeamSearch', bind: beamSearch },
  { op: 'GreedySearch', bind: sampled },
  { op: 'Sampling', bind: sampled },
  { op: 'WhisperBeamSearch', bind: beamSearch },
];
