// Normalisations and attention.

import { attention } from '../../../ops/attention';
import { batchNorm, groupNorm, instanceNorm, layerNorm, rmsNorm } from '../../../ops/normalization';
import type { Binding, BoundArguments } from '../binding';
import { F, flag, nums, row, TORCH, TORCH_F } from './rows';

const statistics = ({
  input = null,
  weight = null,
  bias = null,
  running_mean,
  running_var,
}: BoundArguments) => ({
  input,
  weight,
  bias,
  runningMean: running_mean ?? null,
  runningVar: running_var ?? null,
});

const batch = (args: BoundArguments) => ({
  ...statistics(args),
  training: flag(args.training),
});

const instance = (args: BoundArguments) => ({
  ...statistics(args),
  useInputStats: flag(args.use_input_stats),
});

const layer = ({ input = null, weight = null, bias = null, normalized_shape }: BoundArguments) => ({
  input,
  normalizedShape: nums(normalized_shape),
  weight,
  bias,
});

const group = ({ input = null, weight = null, bias = null, num_groups = 1 }: BoundArguments) => ({
  input,
  groups: num_groups,
  weight,
  bias,
});

export const NORMALIZATION_BINDINGS: readonly Binding[] = [
  row(
    'batch_norm',
    F,
    'input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-05',
    batchNorm,
    { adapt: batch },
  ),
  row(
    'batch_norm',
    TORCH,
    'input, weight, bias, running_mean, running_var, training, momentum, eps, cudnn_enabled=True',
    batchNorm,
    { adapt: batch },
  ),
  row(
    'group_norm',
    TORCH_F,
    'input, num_groups, weight=None, bias=None, eps=1e-05, cudnn_enabled=True',
    groupNorm,
    { adapt: group },
  ),
  row(
    'instance_norm',
    F,
    'input, running_mean=None, running_var=None, weight=None, bias=None, use_input_stats=True, momentum=0.1, eps=1e-05',
    instanceNorm,
    { adapt: instance },
  ),
  row(
    'layer_norm',
    TORCH_F,
    'input, normalized_shape, weight=None, bias=None, eps=1e-05, cudnn_enable=True',
    layerNorm,
    { adapt: layer },
  ),
  row('rms_norm', TORCH_F, 'input, normalized_shape, weight=None, eps=None', rmsNorm, { adapt: layer }),
  row(
    'scaled_dot_product_attention',
    F,
    'query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None, enable_gqa=False',
    attention,
    {
      adapt: ({ query = null, key = null, value = null, attn_mask, is_causal, enable_gqa }) => ({
        query,
        key,
        value,
        mask: attn_mask ?? null,
        isCausal: flag(is_causal),
        enableGqa: flag(enable_gqa),
      }),
    },
  ),
];
