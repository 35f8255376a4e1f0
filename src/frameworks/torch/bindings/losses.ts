// Loss functions.

import {
  cosineLoss,
  crossEntropy,
  ctcLoss,
  LOSS,
  multiMarginLoss,
  nllLoss,
  tripletLoss,
} from '../../../ops/losses';
import type { Op } from '../../../ops/operator';
import type { Binding, BoundArguments } from '../binding';
import { F, flag, row, TORCH, tensor } from './rows';

/** reduction='mean', and the two flags that stood for it before. */
function reductionOf({ reduction, size_average, reduce }: BoundArguments): string {
  if (size_average === null || size_average === undefined) {
    if (reduce === null || reduce === undefined) return typeof reduction === 'string' ? reduction : 'mean';
    return flag(reduce) ? 'mean' : 'none';
  }
  return flag(size_average) ? 'mean' : 'sum';
}

const lossArgs = (args: BoundArguments) => ({
  input: args.input ?? args.log_probs ?? null,
  target: args.target ?? args.targets ?? null,
  reduction: reductionOf(args),
});

const OLD = "size_average=None, reduce=None, reduction='mean'";

const loss = (name: string, more = OLD): Binding =>
  row(name, F, `input, target, ${more}`, LOSS[name] as Op, { adapt: lossArgs });

const rowWise = (name: string, signature: string, op: Op, others: readonly string[]): Binding =>
  row(name, F, signature, op, {
    adapt: (args) => ({
      input: args.input1 ?? args.anchor ?? args.input ?? null,
      others: others.map((other) => tensor(args[other], other)),
      reduction: reductionOf(args),
    }),
  });

export const LOSS_BINDINGS: readonly Binding[] = [
  loss('binary_cross_entropy', `weight=None, ${OLD}`),
  loss(
    'binary_cross_entropy_with_logits',
    "weight=None, size_average=None, reduce=None, reduction='mean', pos_weight=None",
  ),
  rowWise('cosine_embedding_loss', `input1, input2, target, margin=0, ${OLD}`, cosineLoss, ['input2']),
  row(
    'cross_entropy',
    F,
    "input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean', label_smoothing=0.0",
    crossEntropy,
    { adapt: lossArgs },
  ),
  row(
    'ctc_loss',
    [...TORCH, ...F],
    "log_probs, targets, input_lengths, target_lengths, blank=0, reduction='mean', zero_infinity=False",
    ctcLoss,
    { adapt: lossArgs },
  ),
  loss('hinge_embedding_loss', `margin=1.0, ${OLD}`),
  loss('huber_loss', "reduction='mean', delta=1.0, weight=None"),
  loss('kl_div', `${OLD}, log_target=False`),
  loss('l1_loss', `${OLD}, weight=None`),
  loss('mse_loss', `${OLD}, weight=None`),
  rowWise('multi_margin_loss', `input, target, p=1, margin=1.0, weight=None, ${OLD}`, multiMarginLoss, []),
  loss('multilabel_margin_loss'),
  row(
    'nll_loss',
    F,
    "input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean'",
    nllLoss,
    { adapt: lossArgs },
  ),
  loss(
    'poisson_nll_loss',
    "log_input=True, full=False, size_average=None, eps=1e-08, reduce=None, reduction='mean'",
  ),
  loss('smooth_l1_loss', `${OLD}, beta=1.0`),
  loss('soft_margin_loss'),
  rowWise(
    'triplet_margin_loss',
    `anchor, positive, negative, margin=1.0, p=2, eps=1e-06, swap=False, ${OLD}`,
    tripletLoss,
    ['positive', 'negative'],
  ),
];
