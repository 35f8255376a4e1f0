// Losses that PyTorch has as operators. FPO per element of the input as their formula has it, and one more per element where
// the result is reduced to a mean or sum.

import { showShape } from '../tensor/broadcast';
import type { TensorSpec } from '../tensor/tensor';
import { broadcast, count, fail, otherCost, product } from './arguments';
import { defineOp, type Op } from './operator';

interface LossArgs {
  readonly input: TensorSpec;
  readonly target: TensorSpec;
  readonly reduction: string;
}

interface LossRow {
  readonly fpo: number;
  readonly counts: string;
  readonly saves?: (args: LossArgs) => readonly TensorSpec[];
}

/** The difference of both, whose sign is the gradient. */
const difference = ({ input, target }: LossArgs): readonly TensorSpec[] => [
  { shape: broadcast(input.shape, target.shape), dtype: input.dtype },
];

/** The sum of the weights of all places. */
const totalWeight = ({ dtype }: TensorSpec): TensorSpec => ({ shape: [], dtype });

const ROWS: Readonly<Record<string, LossRow>> = {
  binary_cross_entropy: { fpo: 7, counts: 'two logs, three subtracts or adds, two multiplies' },
  binary_cross_entropy_with_logits: { fpo: 6, counts: 'compare, multiply, subtract, exp, log, add' },
  hinge_embedding_loss: { fpo: 2, counts: 'subtract, select' },
  huber_loss: { fpo: 4, counts: 'subtract, select, two multiplies' },
  kl_div: { fpo: 3, counts: 'log, subtract, multiply' },
  l1_loss: { fpo: 2, counts: 'subtract, absolute', saves: difference },
  mse_loss: { fpo: 2, counts: 'subtract, multiply' },
  multilabel_margin_loss: { fpo: 3, counts: 'two subtracts, select' },
  poisson_nll_loss: { fpo: 3, counts: 'exp, multiply, subtract' },
  smooth_l1_loss: { fpo: 4, counts: 'subtract, select, two multiplies' },
  soft_margin_loss: { fpo: 4, counts: 'multiply, exp, add, log' },
};

const loss = (name: string, { fpo, counts, saves }: LossRow): Op =>
  defineOp<LossArgs>({
    name,
    infer({ input, target, reduction }) {
      const shape = broadcast(input.shape, target.shape);
      return [{ shape: reduction === 'none' ? shape : [], dtype: input.dtype }];
    },
    cost({ input, target, reduction }) {
      const elements = product(broadcast(input.shape, target.shape));
      return otherCost(elements * (fpo + Number(reduction !== 'none')));
    },
    saves: saves ?? ['input', 'target'],
    note: `${fpo} per element: ${counts}; 1 more where it is reduced`,
  });

/** Losses of two tensors of one shape, by name. */
export const LOSS: Readonly<Record<string, Op>> = Object.fromEntries(
  Object.entries(ROWS).map(([name, row]) => [name, loss(name, row)]),
);

/** Sizes without the classes. */
const withoutClasses = ({ shape }: TensorSpec): number[] =>
  shape.length === 1 ? [] : shape.filter((_, dim) => dim !== 1);

function checkTarget(input: TensorSpec, target: TensorSpec): void {
  const places = withoutClasses(input);
  const fits = target.shape.join() === places.join() || target.shape.join() === input.shape.join();
  if (!fits)
    fail(
      `a target of shape ${showShape(target.shape)} does not fit an input of shape ${showShape(input.shape)}`,
    );
}

/** The negative log-likelihood of a class per place. */
export const nllLoss = defineOp<LossArgs>({
  name: 'nll_loss',
  infer({ input, target, reduction }) {
    checkTarget(input, target);
    return [{ shape: reduction === 'none' ? withoutClasses(input) : [], dtype: input.dtype }];
  },
  cost: ({ input }) => otherCost(2 * product(withoutClasses(input))),
  backwardOther: ({ input }) => product(withoutClasses(input)),
  saves: ({ input }) => ['input', 'target', totalWeight(input)],
  note: '2 per place: negate, add',
});

/** Log-softmax and negative log-likelihood. */
export const crossEntropy = defineOp<LossArgs>({
  name: 'cross_entropy',
  infer({ input, target, reduction }) {
    checkTarget(input, target);
    return [{ shape: reduction === 'none' ? withoutClasses(input) : [], dtype: input.dtype }];
  },
  cost: ({ input }) => otherCost(5 * count(input) + 2 * product(withoutClasses(input))),
  saves: ({ input, target }) => [
    { shape: input.shape, dtype: input.dtype },
    'target',
    ...(target.dtype === 'int64' ? [totalWeight(input)] : []),
  ],
  workspace: ({ input }) => [{ shape: input.shape, dtype: input.dtype }],
  note: '5 per element (log-softmax), and 2 per place',
});

/** Losses of vectors: what is left is one number per row. */
const rowLoss = (name: string, fpo: number, counts: string): Op =>
  defineOp<{
    readonly input: TensorSpec;
    readonly others: readonly TensorSpec[];
    readonly reduction: string;
  }>({
    name,
    infer: ({ input, reduction }) => [
      { shape: reduction === 'none' ? input.shape.slice(0, -1) : [], dtype: input.dtype },
    ],
    cost: ({ input }) => otherCost(fpo * count(input)),
    saves: ['input', 'others'],
    note: `${fpo} per element: ${counts}`,
  });

export const tripletLoss = rowLoss('triplet_margin_loss', 6, 'two distances of subtract, multiply, add');
export const cosineLoss = rowLoss('cosine_embedding_loss', 6, 'three products of multiply and add');
export const multiMarginLoss = rowLoss('multi_margin_loss', 3, 'two subtracts, select');

/** Connectionist temporal classification: forward recursion over steps and labels. */
export const ctcLoss = defineOp<{
  /** [steps, batch, classes] */
  readonly input: TensorSpec;
  readonly target: TensorSpec;
  readonly reduction: string;
}>({
  name: 'ctc_loss',
  infer: ({ input, reduction }) => [
    {
      shape: reduction === 'none' && input.shape.length === 3 ? [input.shape[1] ?? 1] : [],
      dtype: input.dtype,
    },
  ],
  cost: ({ input, target }) => otherCost(7 * (input.shape[0] ?? 0) * (2 * count(target) + 1)),
  saves: ['input', 'target'],
  note: '7 per step and state of the labels: two log-sums and an add',
});

export const LOSSES: readonly Op[] = [
  ...Object.values(LOSS),
  cosineLoss,
  crossEntropy,
  ctcLoss,
  multiMarginLoss,
  nllLoss,
  tripletLoss,
];
