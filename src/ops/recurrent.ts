// Recurrent networks as one operator per call: RNN, LSTM and GRU over all steps, layers and directions, and their cells. They
// are priced as the linear layers that they are: every weight matrix once per step and batch element. Beside that, per hidden
// unit and step: the additions of both products (one per gate), sigmoid 4, tanh 1, and the products and sums of the state.

import { showShape } from '../tensor/broadcast';
import { strided, stridesInOrder } from '../tensor/strides';
import type { Shape, TensorSpec } from '../tensor/tensor';
import { contraction, count, fail } from './arguments';
import { defineOp, type Needs, type Product } from './operator';

/** Gates, and other FPO per hidden unit and step without biases. */
const CELLS = {
  gru: { gates: 3, perUnit: 17 },
  lstm: { gates: 4, perUnit: 22 },
  rnn: { gates: 1, perUnit: 2 },
} as const;

export type CellKind = keyof typeof CELLS;

interface RecurrentArgs {
  readonly kind: CellKind;
  /** [steps, batch, features], [batch, steps, features], [steps, features], or [rows, features] of a packed sequence. */
  readonly input: TensorSpec;
  /** h₀, and c₀ of an LSTM: [layers × directions, batch, hidden]. */
  readonly states: readonly TensorSpec[];
  /** Per layer and direction: input to hidden, hidden to hidden, their biases, the projection. */
  readonly weights: readonly TensorSpec[];
  readonly layers: number;
  readonly bidirectional: boolean;
  readonly batchFirst: boolean;
  /** A packed sequence's rows have no steps of their own. */
  readonly packed: boolean;
}

const matrices = (weights: readonly TensorSpec[]): readonly TensorSpec[] =>
  weights.filter(({ shape }) => shape.length === 2);

const directions = ({ bidirectional }: RecurrentArgs): number => (bidirectional ? 2 : 1);

/** Rows that go through each matrix: steps × batch. */
const rowsOf = ({ input }: RecurrentArgs): Shape => input.shape.slice(0, -1);

function check({ input, weights }: RecurrentArgs): void {
  const features = weights[0]?.shape[1];
  if (input.shape.at(-1) !== features)
    fail(`recurrent layer expects ${features} features, but the input has shape ${showShape(input.shape)}`);
}

/** Matrices of one layer and direction. */
const perCell = (args: RecurrentArgs): number =>
  matrices(args.weights).length / (args.layers * directions(args));

function macsOf(args: RecurrentArgs): Product[] {
  return matrices(args.weights).map(({ shape }) => [...rowsOf(args), ...shape]);
}

/** Steps × batch without the first step, whose state needs no gradient where h₀ needs none. */
function laterRows(args: RecurrentArgs): Shape {
  const { input, batchFirst, packed } = args;
  const at = batchFirst && input.shape.length === 3 ? 1 : 0;
  return packed ? rowsOf(args) : rowsOf(args).map((size, i) => (i === at ? size - 1 : size));
}

/** Gradients of weights, of states, and of inputs: those of deeper layers always. */
function backward(args: RecurrentArgs, needs: Needs): Product[] {
  const size = perCell(args);
  const later = needs('states') ? rowsOf(args) : laterRows(args);
  const towardInputs = matrices(args.weights).flatMap(({ shape }, i) => {
    const [role, layer] = [i % size, Math.floor(i / (size * directions(args)))];
    if (role === 0) return layer > 0 || needs('input') ? [[...rowsOf(args), ...shape]] : [];
    return [[...(role === 1 ? later : rowsOf(args)), ...shape]];
  });
  return [...(needs('weights') ? macsOf(args) : []), ...towardInputs];
}

/** Hidden units over all layers and directions. */
const unitsOf = (args: RecurrentArgs): number => {
  const [first] = args.weights;
  return ((first?.shape[0] ?? 0) / CELLS[args.kind].gates) * args.layers * directions(args);
};

const productOf = (sizes: Shape): number => sizes.reduce((a, b) => a * b, 1);

/** The output sequence; computed step by step, so with the batch first it lies transposed. */
function sequenceOf({ input, batchFirst }: RecurrentArgs, shape: Shape): TensorSpec {
  if (!batchFirst || shape.length !== 3) return { shape, dtype: input.dtype };
  return strided(shape, input.dtype, stridesInOrder(shape, [1, 0, 2]));
}

export const recurrent = defineOp<RecurrentArgs>({
  name: 'recurrent',
  infer(args) {
    check(args);
    const [h] = args.states;
    const width = (h?.shape.at(-1) ?? 0) * directions(args);
    const out = sequenceOf(args, [...rowsOf(args), width]);
    return [out, ...args.states.map(({ shape, dtype }) => ({ shape, dtype }))];
  },
  cost(args) {
    const rows = productOf(rowsOf(args));
    const biases = args.weights.filter(({ shape }) => shape.length === 1);
    const perRow =
      unitsOf(args) * CELLS[args.kind].perUnit + biases.reduce((sum, bias) => sum + count(bias), 0);
    return contraction(macsOf(args), rows * perRow);
  },
  contracts: ['input', 'weights'],
  backwardMacs: (args, _, needs) => backward(args, needs),
  backwardOther: (args) => unitsOf(args) * CELLS[args.kind].perUnit * productOf(rowsOf(args)),
  saves(args, [out]) {
    const { gates } = CELLS[args.kind];
    const kept = { shape: [...rowsOf(args), unitsOf(args) * (gates + 1)], dtype: args.input.dtype };
    return ['input', 'states', 'weights', ...(out ? ['output:0'] : []), kept];
  },
  note: '2 × every weight matrix × steps × batch; per hidden unit and step 22 (LSTM), 17 (GRU) or 2 (RNN), and 1 per bias',
});

interface CellArgs {
  readonly kind: CellKind;
  /** [batch, features] or [features]. */
  readonly input: TensorSpec;
  readonly states: readonly TensorSpec[];
  /** [gates × hidden, features] */
  readonly inputWeight: TensorSpec;
  /** [gates × hidden, hidden] */
  readonly hiddenWeight: TensorSpec;
  readonly inputBias: TensorSpec | null;
  readonly hiddenBias: TensorSpec | null;
}

/** One step of one layer. */
export const recurrentCell = defineOp<CellArgs>({
  name: 'recurrent_cell',
  infer({ input, states, inputWeight }) {
    if (input.shape.at(-1) !== inputWeight.shape[1])
      fail(
        `recurrent cell expects ${inputWeight.shape[1]} features, but the input has shape ${showShape(input.shape)}`,
      );
    return states.map(({ shape, dtype }) => ({ shape, dtype }));
  },
  cost(args) {
    const rows = args.input.shape.slice(0, -1);
    const units = args.hiddenWeight.shape[1] ?? 0;
    const perRow = units * CELLS[args.kind].perUnit + count(args.inputBias) + count(args.hiddenBias);
    const macs = [args.inputWeight, args.hiddenWeight].map(({ shape }) => [...rows, ...shape]);
    return contraction(macs, productOf(rows) * perRow);
  },
  contracts: ['input', 'states', 'inputWeight', 'hiddenWeight'],
  backwardMacs({ input, inputWeight, hiddenWeight }, _, needs) {
    const rows = input.shape.slice(0, -1);
    const [toInput, toHidden] = [
      [...rows, ...inputWeight.shape],
      [...rows, ...hiddenWeight.shape],
    ];
    return [
      ...(needs('inputWeight') ? [toInput] : []),
      ...(needs('input') ? [toInput] : []),
      ...(needs('hiddenWeight') ? [toHidden] : []),
      ...(needs('states') ? [toHidden] : []),
    ];
  },
  saves: ({ kind, input, states, inputWeight }) => [
    'input',
    'states',
    {
      shape: [...input.shape.slice(0, -1), inputWeight.shape[0] ?? 0],
      dtype: states[0]?.dtype ?? input.dtype,
    },
    ...(kind === 'lstm' ? ['output:1'] : []),
  ],
  note: '2 × both weight matrices × batch; per hidden unit 22 (LSTM), 17 (GRU) or 2 (RNN), and 1 per bias',
});
