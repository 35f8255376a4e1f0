// LSTM, GRU and RNN. ONNX stacks the weights of both directions in one tensor; here each direction's matrix is a view of it.

import { type CellKind, recurrent } from '../../ops/recurrent';
import type { Shape } from '../../tensor/tensor';
import type { Row } from '../binding';
import type { NodeCall } from '../node-call';
import { type Tensor, Unfollowed, type Value } from '../values';

const GATES: Readonly<Record<CellKind, number>> = { gru: 3, lstm: 4, rnn: 1 };

/** Where a node has its inputs; quantised ones have them elsewhere. */
export interface RecurrentInputs {
  readonly bias: number;
  readonly states: readonly number[];
  /** Weights lie as [directions, features, gates × hidden]. */
  readonly turned?: boolean;
}

/** Matrices and biases of each direction, in the catalogue's order. */
function weightsOf(n: NodeCall, kind: CellKind, hidden: number, { bias, turned }: RecurrentInputs): Tensor[] {
  const width = GATES[kind] * hidden;
  const part = (index: number, shape: Shape): Tensor =>
    n.relabelled(n.in(index), { shape, dtype: n.dtype(index) });
  const features = n.shape(1)[turned ? 1 : 2] ?? 0;
  const biases = n.has(bias) ? [part(bias, [width]), part(bias, [width])] : [];
  return Array.from({ length: n.shape(1)[0] ?? 1 }, () => [
    part(1, [width, features]),
    part(2, [width, hidden]),
    ...biases,
  ]).flat();
}

/** All steps of all directions; Y with the directions as a dimension, then the last states. */
export function recurrentNode(n: NodeCall, kind: CellKind, inputs: RecurrentInputs): Value[] {
  const batchFirst = n.int('layout') !== 0;
  const [first = 1, second = 1] = n.shape(0);
  const [steps, batch] = batchFirst ? [second, first] : [first, second];
  const directions = n.shape(1)[0] ?? 1;
  const stored = n.shape(2).at(inputs.turned ? 1 : -1) ?? 1;
  const hidden = n.int('hidden_size', stored);
  if (hidden !== stored)
    throw new Unfollowed(
      `${n.title} says that its state has ${hidden} elements, but its weights have ${stored}`,
    );
  const dtype = n.dtype(0);
  const stateShape = batchFirst ? [batch, directions, hidden] : [directions, batch, hidden];
  const states = inputs.states.map((index) => n.maybe(index) ?? n.made(stateShape, dtype));
  const args = {
    kind,
    input: n.in(0),
    states,
    weights: weightsOf(n, kind, hidden, inputs),
    layers: 1,
    bidirectional: directions === 2,
    batchFirst,
    packed: false,
  };
  const [out, ...last] = n.call(recurrent, args, { types: [dtype, ...states.map(() => dtype)] }) as [
    Tensor,
    ...Tensor[],
  ];
  const shape = batchFirst ? [batch, steps, directions, hidden] : [steps, directions, batch, hidden];
  return [n.relabelled(out, { shape, dtype }), ...last];
}

export const RECURRENT_ROWS: readonly Row[] = [
  { op: 'GRU', bind: (n) => recurrentNode(n, 'gru', { bias: 3, states: [5] }) },
  { op: 'LSTM', bind: (n) => recurrentNode(n, 'lstm', { bias: 3, states: [5, 6] }) },
  { op: 'RNN', bind: (n) => recurrentNode(n, 'rnn', { bias: 3, states: [5] }) },
];
