// Activation functions, softmax and dropout.

import { ACTIVATIONS, glu, prelu } from '../../../ops/activations';
import { dropout } from '../../../ops/copies';
import type { Op } from '../../../ops/operator';
import { logSoftmax, softmax } from '../../../ops/softmax';
import { alias } from '../../../ops/views';
import type { Binding, BoundArguments } from '../binding';
import { ALL, BOTH, dtypeOr, F, flag, num, numOrNull, row, TORCH, TORCH_F } from './rows';

const A = ACTIVATIONS;

/** F.softmax without a dimension takes the one that old PyTorch took: 0 for ranks 0, 1 and 3, else 1. */
const impliedDim = (rank: number): number => (rank === 0 || rank === 1 || rank === 3 ? 0 : 1);

const softmaxArgs = ({ input = null, dim, dtype }: BoundArguments) => ({
  input,
  dim: numOrNull(dim) ?? impliedDim((input as { shape: readonly number[] }).shape.length),
  dtype: dtypeOr(dtype, null),
});

const softmaxRows = (name: string, op: Op): readonly Binding[] => [
  row(name, BOTH, 'input, dim=None, dtype=None', op, { adapt: softmaxArgs }),
  row(name, F, 'input, dim=None, _stacklevel=3, dtype=None', op, { adapt: softmaxArgs }),
  row(name, ['torch.special'], 'input, dim, *, dtype=None', op, { adapt: softmaxArgs }),
];

/** Dropout in evaluation, or of nothing, gives the tensor itself. */
const dropped = (featurewise: boolean): Pick<Binding, 'adapt' | 'overload'> => ({
  adapt: ({ input = null }) => ({ input, featurewise }),
  overload: ({ p, training, train, input = null }) =>
    flag(training ?? train) && num(p) > 0 ? undefined : { op: alias, adapt: () => ({ input }) },
});

const functional = (name: string, featurewise: boolean): Binding =>
  row(name, F, 'input, p=0.5, training=True, inplace=False', dropout, dropped(featurewise));

const native = (name: string, featurewise: boolean): Binding =>
  row(name, TORCH, 'input, p, train', dropout, dropped(featurewise));

export const ACTIVATION_BINDINGS: readonly Binding[] = [
  row('alpha_dropout', F, 'input, p=0.5, training=False, inplace=False', dropout, dropped(false)),
  row('celu', TORCH_F, 'input, alpha=1.0, inplace=False', A.celu),
  functional('dropout', false),
  native('dropout', false),
  functional('dropout1d', true),
  functional('dropout2d', true),
  functional('dropout3d', true),
  row('elu', F, 'input, alpha=1.0, inplace=False', A.elu),
  row('feature_alpha_dropout', F, 'input, p=0.5, training=False, inplace=False', dropout, dropped(true)),
  native('feature_dropout', true),
  row('gelu', F, "input, approximate='none'", A.gelu, {
    overload: ({ approximate }) => (approximate === 'tanh' ? { op: A.gelu_tanh } : undefined),
  }),
  row('glu', F, 'input, dim=-1', glu),
  row('hardshrink', ALL, 'input, lambd=0.5', A.hardshrink),
  row('hardsigmoid', F, 'input, inplace=False', A.hardsigmoid),
  row('hardswish', F, 'input, inplace=False', A.hardswish),
  row('hardtanh', F, 'input, min_val=-1.0, max_val=1.0, inplace=False', A.hardtanh),
  row('leaky_relu', F, 'input, negative_slope=0.01, inplace=False', A.leaky_relu),
  ...softmaxRows('log_softmax', logSoftmax),
  row('logsigmoid', F, 'input', A.logsigmoid),
  row('mish', F, 'input, inplace=False', A.mish),
  row('prelu', ALL, 'input, weight', prelu),
  row('relu', BOTH, 'input', A.relu),
  row('relu', F, 'input, inplace=False', A.relu),
  row('relu6', F, 'input, inplace=False', A.relu6),
  row(
    'rrelu',
    TORCH_F,
    'input, lower=0.125, upper=0.3333333333333333, training=False, inplace=False',
    A.rrelu,
  ),
  row('selu', TORCH_F, 'input, inplace=False', A.selu),
  row('silu', F, 'input, inplace=False', A.silu),
  ...softmaxRows('softmax', softmax),
  row('softmin', F, 'input, dim=None, _stacklevel=3, dtype=None', softmax, { adapt: softmaxArgs }),
  row('softplus', F, 'input, beta=1.0, threshold=20.0', A.softplus),
  row('softshrink', F, 'input, lambd=0.5', A.softshrink),
  row('threshold', TORCH_F, 'input, threshold, value, inplace=False', A.threshold),
];
