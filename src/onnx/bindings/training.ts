// Losses, dropout, and the operators of training files.

import { dropout } from '../../ops/copies';
import { crossEntropy, nllLoss } from '../../ops/losses';
import { optimizerStep } from '../../ops/optimizers';
import { logSoftmax } from '../../ops/softmax';
import type { Row } from '../binding';
import type { NodeCall } from '../node-call';
import { type Tensor, Unfollowed, type Value } from '../values';

const lossArguments = (n: NodeCall) => ({
  input: n.in(0),
  target: n.in(1),
  reduction: n.text('reduction', 'mean'),
});

function crossEntropyLoss(n: NodeCall): Value[] {
  const loss = n.call(crossEntropy, lossArguments(n));
  if (!n.wants(1)) return loss;
  return [...loss, ...n.call(logSoftmax, { input: n.in(0), dim: 1, dtype: null })];
}

/** In inference the tensor itself, and a mask that lets everything through. */
function dropoutNode(n: NodeCall): Value[] {
  const training = n.maybe(2)?.spec.contents?.[0];
  if (n.has(2) && training === undefined)
    n.assumption(
      'training mode',
      'off',
      'whether dropout is active depends on the data; inference is assumed',
    );
  const mask = n.made(n.shape(0), n.opset >= 10 ? 'bool' : n.dtype(0));
  const active = training !== undefined && training !== 0;
  const [out] = active ? n.call(dropout, { input: n.in(0) }) : [n.in(0)];
  return [out as Tensor, mask];
}

/** Parameters, gradients and so many states lie one list after the other. */
const optimizer =
  (kind: string, states: number): Row['bind'] =>
  (n) => {
    const tensors = n.rest(2);
    const each = tensors.length / (2 + states);
    const list = (i: number): Tensor[] => tensors.slice(i * each, (i + 1) * each);
    return n.call(optimizerStep, {
      kind,
      parameters: list(0),
      gradients: list(1),
      states: tensors.slice(2 * each),
    });
  };

/** Gradients have the shapes of what they are taken by; what they cost is not followed. */
function gradient(n: NodeCall): Value[] {
  const by = n.attribute('xs');
  if (by?.kind !== 'texts') throw new Unfollowed('Gradient does not say what it is taken by');
  n.recorder.gap('`Gradient` runs a part of the graph backwards; what that costs is not counted');
  return by.values.map((_, i) => n.made(n.shape(i), n.dtype(i)));
}

export const TRAINING_ROWS: readonly Row[] = [
  { op: 'Dropout', bind: dropoutNode },
  { op: 'NegativeLogLikelihoodLoss', bind: (n) => n.call(nllLoss, lossArguments(n)) },
  { op: 'SoftmaxCrossEntropyLoss', bind: crossEntropyLoss },
];

export const PREVIEW_TRAINING_ROWS: readonly Row[] = [
  { op: 'Adagrad', bind: optimizer('adagrad', 1) },
  { op: 'Adam', bind: optimizer('adam', 2) },
  { op: 'Gradient', bind: gradient },
  { op: 'Momentum', bind: optimizer('momentum', 1) },
];
