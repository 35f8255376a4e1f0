// Recurrent layers as torch.lstm and its like take them, packed sequences too, and the cells.

import { fail } from '../../../ops/arguments';
import { type CellKind, recurrent, recurrentCell } from '../../../ops/recurrent';
import type { Binding, BoundArguments } from '../binding';
import { flag, num, row, TORCH, tensor, tensorOrNull, tensors } from './rows';

const SIGNATURE =
  'input, hx, params, has_biases, num_layers, dropout, train, bidirectional, batch_first=False';

/** A packed sequence is called with its batch sizes in the second place, and all others moved on by one. */
const isPacked = ({ has_biases }: BoundArguments): boolean => Array.isArray(has_biases);

const sequence = (kind: CellKind) => (args: BoundArguments) => ({
  kind,
  input: tensor(args.input, 'input'),
  states: tensors(args.hx),
  weights: tensors(args.params),
  layers: num(args.num_layers),
  bidirectional: flag(args.bidirectional),
  batchFirst: flag(args.batch_first),
  packed: false,
});

const packed = (kind: CellKind) => (args: BoundArguments) => ({
  kind,
  input: tensor(args.input, 'input'),
  states: tensors(args.params),
  weights: tensors(args.has_biases),
  layers: num(args.dropout),
  bidirectional: flag(args.batch_first),
  batchFirst: false,
  packed: true,
});

const layer = (name: string, kind: CellKind): Binding =>
  row(name, TORCH, SIGNATURE, recurrent, {
    adapt: (args) => (isPacked(args) ? packed(kind)(args) : sequence(kind)(args)),
    result: 'tuple',
  });

const cellArgs = (kind: CellKind) => (args: BoundArguments) => {
  const states = tensors(args.hx);
  return {
    kind,
    input: tensor(args.input, 'input'),
    states: states.length > 0 ? states : fail('a recurrent cell needs its state'),
    inputWeight: tensor(args.w_ih, 'w_ih'),
    hiddenWeight: tensor(args.w_hh, 'w_hh'),
    inputBias: tensorOrNull(args.b_ih),
    hiddenBias: tensorOrNull(args.b_hh),
  };
};

const cell = (name: string, kind: CellKind): Binding =>
  row(name, TORCH, 'input, hx, w_ih, w_hh, b_ih=None, b_hh=None', recurrentCell, { adapt: cellArgs(kind) });

export const RECURRENT_BINDINGS: readonly Binding[] = [
  layer('gru', 'gru'),
  cell('gru_cell', 'gru'),
  layer('lstm', 'lstm'),
  cell('lstm_cell', 'lstm'),
  layer('rnn_relu', 'rnn'),
  cell('rnn_relu_cell', 'rnn'),
  layer('rnn_tanh', 'rnn'),
  cell('rnn_tanh_cell', 'rnn'),
];
