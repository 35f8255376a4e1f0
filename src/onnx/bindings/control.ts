// Control flow: If, Loop and Scan follow their subgraphs. What decides which way a model goes is known where it is computed
// from constants and shapes; else an assumption is made and marked with a knob.

import { cat, stack } from '../../ops/joining';
import { select } from '../../ops/views';
import { axisOf, type Row } from '../binding';
import type { GraphRecord, ValueRecord } from '../model';
import type { NodeCall } from '../node-call';
import { Tensor, Unfollowed, Unknown, type Value } from '../values';

/** Rounds of a loop that are followed one by one. */
const ROUND_LIMIT = 10_000;

function branch(n: NodeCall): Value[] {
  const [then, other] = [n.graph('then_branch'), n.graph('else_branch')];
  const { contents } = n.in(0).spec;
  if (contents) return n.follower.subgraph(contents[0] === 0 ? other : then, []);
  return n.follower.subgraph(dearer(n, then, other), []);
}

const BRANCHES = ['else_branch', 'then_branch'];

/** The branch that costs more is assumed, so that the figure is an upper bound. */
function dearer(n: NodeCall, then: GraphRecord, other: GraphRecord): GraphRecord {
  const costOf = (graph: GraphRecord): number =>
    n.recorder.measure(() => {
      n.follower.subgraph(graph, []);
    });
  const taken = n.chosen(
    'branch',
    () => (costOf(then) >= costOf(other) ? 1 : 0),
    'which branch is taken depends on the data; the one that costs more is assumed',
    BRANCHES,
  );
  return taken === 0 ? other : then;
}

/** Exporters write the largest number there is for a loop without a limit. */
const NO_LIMIT = 2 ** 31 - 1;

/** How often a loop runs, where it is known. */
interface Rounds {
  /** At most so often. */
  readonly most: number;
  /** Whether that is a guess. */
  readonly guessed: boolean;
  /** Whether the user says so: then the loop ends no sooner. */
  readonly set: boolean;
}

function roundsOf(n: NodeCall): Rounds {
  const set = n.follower.knob(`rounds of ${n.title}`);
  if (set !== undefined) return { most: n.chosen('rounds', () => set, ''), guessed: false, set: true };
  if (!n.has(0)) return { most: Number.POSITIVE_INFINITY, guessed: false, set: false };
  const most = n.in(0).spec.contents?.[0];
  if (most !== undefined && most >= NO_LIMIT)
    return { most: Number.POSITIVE_INFINITY, guessed: false, set: false };
  return { most: Math.max(0, most ?? 1), guessed: most === undefined, set: false };
}

/** Values go round; what is listed behind them in the body's outputs is collected. */
function loop(n: NodeCall): Value[] {
  const body = n.graph('body');
  const carried = Math.max(0, n.inputs.length - 2);
  let state: Value[] = Array.from({ length: carried }, (_, i) => n.value(i + 2));
  const collected: Value[][] = body.outputs.slice(1 + carried).map(() => []);
  const { most, guessed, set } = roundsOf(n);
  let vague = guessed;
  let going = n.has(1) ? truth(n.value(1)) : true;
  for (let round = 0; going !== false && round < most; round++) {
    if (going === undefined && !set) vague = true;
    if (round === ROUND_LIMIT) {
      n.recorder.gap(`the loop ${n.title} runs more than ${ROUND_LIMIT} times; so many rounds are counted`);
      break;
    }
    if (vague && round > 0 && !Number.isFinite(most)) break;
    const counter = n.folded([], 'int64', [round]);
    const [next, ...rest] = n.follower.subgraph(body, [counter, n.folded([], 'bool', [1]), ...state]);
    state = rest.slice(0, carried);
    for (const [i, value] of rest.slice(carried).entries()) collected[i]?.push(value);
    going = next && truth(next);
  }
  if (vague) noteRounds(n, Number.isFinite(most) ? most : 1);
  else if (collected.some((list) => list.length >= ROUND_LIMIT)) vague = true;
  return [
    ...state,
    ...collected.map((values, i) => collectedValue(n, values, body.outputs[1 + carried + i], vague)),
  ];
}

/** What all rounds gave; how many there are has to be known for that. */
function collectedValue(
  n: NodeCall,
  values: readonly Value[],
  output: ValueRecord | undefined,
  vague: boolean,
): Value {
  if (vague)
    return new Unknown(
      `how often the loop ${n.title} runs depends on the data; set the knob \`rounds of ${n.title}\``,
    );
  if (values.length > 0) return gathered(n, values, 0);
  const type = output?.type;
  const fixed = type?.kind === 'tensor' && type.shape?.every((size) => typeof size === 'number');
  if (!fixed || type.dtype === undefined)
    return new Unknown(`the loop ${n.title} runs not once, so what it collects has no shape`);
  return n.made([0, ...(type.shape as readonly number[])], type.dtype);
}

function noteRounds(n: NodeCall, value: number): void {
  n.recorder.knob({
    name: `rounds of ${n.title}`,
    value,
    source: 'assumed',
    settable: true,
    reason: 'how often the loop runs depends on the data; so many rounds are counted',
  });
}

const truth = (value: Value): boolean | undefined =>
  value instanceof Tensor && value.spec.contents ? value.spec.contents[0] !== 0 : undefined;

/** Results of all rounds in a new dimension. */
function gathered(n: NodeCall, values: readonly Value[], axis: number): Value {
  const tensors = values.filter((value) => value instanceof Tensor);
  if (tensors.length < values.length) return new Unknown(`what a round of ${n.title} gives is not known`);
  if (tensors.length === 0) return new Unknown(`${n.title} runs not once, so what it collects has no shape`);
  const [first] = tensors as [Tensor];
  const same = tensors.every(({ spec }) => spec.shape.join() === first.spec.shape.join());
  if (!same) return new Unknown(`the rounds of ${n.title} give different shapes`);
  return n.call(stack, { tensors, dim: axisOf(axis, first.spec.shape.length + 1) })[0] as Tensor;
}

// --- Scan -----------------------------------------------------------------------------------------------------------

interface ScanParts {
  readonly body: GraphRecord;
  readonly state: readonly Value[];
  readonly scanned: readonly Tensor[];
  readonly axes: readonly number[];
}

/** Each round gets one slice of every scanned input. */
function runScan(
  n: NodeCall,
  { body, state, scanned, axes }: ScanParts,
  backwards: readonly number[],
): Value[][] {
  const lengths = scanned.map(({ spec }, i) => spec.shape[axes[i] ?? 0] ?? 0);
  const length = lengths[0] ?? 0;
  if (length > ROUND_LIMIT)
    throw new Unfollowed(`${n.title} scans ${length} elements, which is more than is followed`);
  let now = [...state];
  const collected: Value[][] = body.outputs.slice(state.length).map(() => []);
  for (let round = 0; round < length; round++) {
    const slices = scanned.map((input, i) => {
      const index = backwards[i] ? length - 1 - round : round;
      return n.call(select, { input, dim: axes[i] ?? 0, index }, { view: input })[0] as Tensor;
    });
    const outputs = n.follower.subgraph(body, [...now, ...slices]);
    now = outputs.slice(0, state.length);
    for (const [i, value] of outputs.slice(state.length).entries()) collected[i]?.push(value);
  }
  return [now, ...collected];
}

function scan(n: NodeCall): Value[] {
  const body = n.graph('body');
  const count = n.int('num_scan_inputs', 1);
  const inputs = n.inputs.map((_, i) => i).slice(n.inputs.length - count);
  const scanned = inputs.map((i) => n.in(i));
  const state = n.inputs.slice(0, n.inputs.length - count).map((_, i) => n.value(i));
  const given = n.ints('scan_input_axes') ?? [];
  const axes = scanned.map(({ spec }, i) => axisOf(given[i] ?? 0, spec.shape.length));
  const backwards = n.ints('scan_input_directions') ?? [];
  const [last = [], ...collected] = runScan(n, { body, state, scanned, axes }, backwards);
  const outputAxes = n.ints('scan_output_axes') ?? [];
  return [...last, ...collected.map((values, i) => gathered(n, values, outputAxes[i] ?? 0))];
}

/** In opset 8, Scan had a batch dimension and sequence lengths before its inputs. */
function batchedScan(n: NodeCall): Value[] {
  const body = n.graph('body');
  const count = n.int('num_scan_inputs', 1);
  const values = n.inputs.slice(1).map((_, i) => n.in(i + 1));
  const state = values.slice(0, values.length - count);
  const scanned = values.slice(values.length - count);
  const batch = scanned[0]?.spec.shape[0] ?? 1;
  n.few(batch, 'examples');
  const results = Array.from({ length: batch }, (_, index) => {
    const one = (input: Tensor) => n.call(select, { input, dim: 0, index }, { view: input })[0] as Tensor;
    const parts = { body, state: state.map(one), scanned: scanned.map(one), axes: scanned.map(() => 0) };
    const [last = [], ...collected] = runScan(n, parts, n.ints('directions') ?? []);
    return [...last, ...collected.map((list) => gathered(n, list, 0))];
  });
  return body.outputs.map((_, i) =>
    gathered(
      n,
      results.map((one) => one[i] as Value),
      0,
    ),
  );
}

export const CONTROL_ROWS: readonly Row[] = [
  { op: 'If', bind: branch },
  { op: 'Loop', bind: loop },
  { op: 'Scan', bind: batchedScan },
  { op: 'Scan', since: 9, bind: scan },
];

/** Joins tensors along a dimension that is there, or in a new one. */
export const joined = (n: NodeCall, tensors: readonly Tensor[], dim: number, isNew: boolean): Tensor[] =>
  n.call(isNew ? stack : cat, { tensors, dim });
