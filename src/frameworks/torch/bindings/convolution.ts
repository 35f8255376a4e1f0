// Convolutions, pooling, and the moves between images and columns.

import { fail } from '../../../ops/arguments';
import { col2im, conv, convTranspose, im2col } from '../../../ops/conv';
import type { Op } from '../../../ops/operator';
import { adaptiveAvgPool, adaptiveMaxPool, avgPool, maxPool, maxUnpool } from '../../../ops/pooling';
import { samePadding } from '../../../ops/windows';
import type { TensorSpec } from '../../../tensor/tensor';
import type { Binding, BoundArguments } from '../binding';
import { F, flag, numOrNull, nums, row, spread, TORCH_F, tensor } from './rows';

const CONV = 'input, weight, bias=None, stride=1, padding=0, dilation=1, groups=1';
const TRANSPOSED = 'input, weight, bias=None, stride=1, padding=0, output_padding=0, groups=1, dilation=1';

/** padding='same' keeps the size; 'valid' pads nothing. */
function padding(given: BoundArguments[string] | undefined, weight: TensorSpec, dilation: readonly number[]) {
  const rank = dilation.length;
  if (given === 'valid') return new Array<number>(rank).fill(0);
  if (given !== 'same') return spread(given, rank, 'padding');
  return dilation.map((step, i) => samePadding(weight.shape[i + 2] ?? 1, step));
}

const convArgs = (rank: number) => (args: BoundArguments) => {
  const dilation = spread(args.dilation, rank, 'dilation');
  return {
    input: args.input ?? null,
    weight: args.weight ?? null,
    bias: args.bias ?? null,
    stride: spread(args.stride, rank, 'stride'),
    padding: padding(args.padding, tensor(args.weight, 'weight'), dilation),
    dilation,
    groups: args.groups ?? 1,
  };
};

const transposedArgs = (rank: number) => (args: BoundArguments) => ({
  ...convArgs(rank)(args),
  outputPadding: spread(args.output_padding, rank, 'output_padding'),
});

const POOL = 'input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True';
const MAX_POOL =
  'input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False';

/** PyTorch wants every window to hold an element. */
function poolPadding({ padding, kernel_size }: BoundArguments, rank: number): number[] {
  const kernel = spread(kernel_size, rank, 'kernel_size');
  const sides = spread(padding, rank, 'padding');
  if (sides.some((side, dim) => side > (kernel[dim] as number) / 2))
    fail(`padding should be at most half of the kernel, but is [${sides}] with a kernel of [${kernel}]`);
  return sides;
}

const poolArgs =
  (rank: number, returnIndices = false) =>
  (args: BoundArguments) => ({
    input: args.input ?? null,
    kernel: spread(args.kernel_size, rank, 'kernel_size'),
    stride: spread(nums(args.stride).length > 0 ? args.stride : args.kernel_size, rank, 'stride'),
    padding: poolPadding(args, rank),
    dilation: spread(args.dilation ?? 1, rank, 'dilation'),
    ceil: flag(args.ceil_mode),
    returnIndices: returnIndices || flag(args.return_indices),
  });

/** One size for all dimensions, or one each, where None keeps what is there. */
const adaptiveArgs =
  (rank: number, returnIndices = false) =>
  ({ input = null, output_size: size, return_indices: indices }: BoundArguments) => ({
    input,
    outputSize: Array.from({ length: rank }, (_, i) =>
      numOrNull(Array.isArray(size) ? (size.length === 1 ? size[0] : size[i]) : size),
    ),
    returnIndices: returnIndices || flag(indices),
  });

function unpooledSize(rank: number, args: BoundArguments): number[] {
  const given = nums(args.output_size);
  if (given.length > 0) return given.slice(-rank);
  const kernel = spread(args.kernel_size, rank, 'kernel_size');
  const stride = spread(nums(args.stride).length > 0 ? args.stride : args.kernel_size, rank, 'stride');
  const pad = spread(args.padding, rank, 'padding');
  const sizes = tensor(args.input, 'input').shape.slice(-rank);
  return sizes.map((size, i) => (size - 1) * (stride[i] ?? 1) + (kernel[i] ?? 1) - 2 * (pad[i] ?? 0));
}

const ranks = [1, 2, 3] as const;

/** A function in its three ranks: `name1d`, `name2d`, `name3d`. */
const perRank = (make: (rank: number) => Binding): readonly Binding[] => ranks.map(make);

const maxPoolRow = (name: string, rank: number, indices: boolean, op: Op): Binding =>
  row(name, indices ? F : TORCH_F, MAX_POOL, op, {
    adapt: poolArgs(rank, indices),
    result: 'tuple',
    overload: (args) =>
      indices || flag(args.return_indices) ? undefined : { op, adapt: poolArgs(rank), result: 'one' },
  });

const adaptiveMaxRow = (name: string, rank: number, indices: boolean): Binding =>
  row(name, indices ? F : TORCH_F, 'input, output_size, return_indices=False', adaptiveMaxPool, {
    adapt: adaptiveArgs(rank, indices),
    result: 'tuple',
    overload: (args) =>
      indices || flag(args.return_indices)
        ? undefined
        : { op: adaptiveMaxPool, adapt: adaptiveArgs(rank), result: 'one' },
  });

const UNFOLD = 'input, kernel_size, dilation=1, padding=0, stride=1';

export const CONVOLUTION_BINDINGS: readonly Binding[] = [
  ...perRank((rank) =>
    row(`adaptive_avg_pool${rank}d`, TORCH_F, 'input, output_size', adaptiveAvgPool, {
      adapt: adaptiveArgs(rank),
    }),
  ),
  ...perRank((rank) => adaptiveMaxRow(`adaptive_max_pool${rank}d`, rank, false)),
  ...perRank((rank) => adaptiveMaxRow(`adaptive_max_pool${rank}d_with_indices`, rank, true)),
  ...perRank((rank) =>
    row(`avg_pool${rank}d`, TORCH_F, `${POOL}, divisor_override=None`, avgPool, { adapt: poolArgs(rank) }),
  ),
  ...perRank((rank) => row(`conv${rank}d`, TORCH_F, CONV, conv, { adapt: convArgs(rank) })),
  ...perRank((rank) =>
    row(`conv_transpose${rank}d`, TORCH_F, TRANSPOSED, convTranspose, { adapt: transposedArgs(rank) }),
  ),
  row('fold', F, 'input, output_size, kernel_size, dilation=1, padding=0, stride=1', col2im, {
    adapt: ({ input = null, output_size, kernel_size }) => ({
      input,
      outputSize: spread(output_size, 2, 'output_size'),
      kernelSize: spread(kernel_size, 2, 'kernel_size'),
    }),
  }),
  ...perRank((rank) => maxPoolRow(`max_pool${rank}d`, rank, false, maxPool)),
  ...perRank((rank) => maxPoolRow(`max_pool${rank}d_with_indices`, rank, true, maxPool)),
  ...perRank((rank) =>
    row(
      `max_unpool${rank}d`,
      F,
      'input, indices, kernel_size, stride=None, padding=0, output_size=None',
      maxUnpool,
      {
        adapt: (args) => ({
          input: args.input ?? null,
          indices: args.indices ?? null,
          outputSize: unpooledSize(rank, args),
        }),
      },
    ),
  ),
  row('unfold', F, UNFOLD, im2col, {
    adapt: ({ input = null, kernel_size, dilation, padding: pad, stride }) => ({
      input,
      kernelSize: spread(kernel_size, 2, 'kernel_size'),
      dilation: spread(dilation, 2, 'dilation'),
      padding: spread(pad, 2, 'padding'),
      stride: spread(stride, 2, 'stride'),
    }),
  }),
];
