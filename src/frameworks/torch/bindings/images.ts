// Images in other sizes, and the operators of torchvision.

import { fail, isTensor } from '../../../ops/arguments';
import {
  affineGrid,
  channelShuffle,
  gridSample,
  interpolate,
  pixelShuffle,
  pixelUnshuffle,
} from '../../../ops/interpolation';
import type { Op } from '../../../ops/operator';
import { adaptiveAvgPool } from '../../../ops/pooling';
import { deformConv, nms, psRoiAlign, psRoiPool, roiAlign, roiPool } from '../../../ops/vision';
import type { Binding, BoundArguments } from '../binding';
import { absent, F, num, numOr, nums, row, spread, TORCH_F, tensor, tensors } from './rows';

const INTERPOLATE =
  "input, size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None, antialias=False";

/** The space asked for, as sizes or as factors of what is there (rounded down). */
function spaceOf({ input, size, scale_factor: factor }: BoundArguments): number[] {
  const space = tensor(input, 'input').shape.slice(2);
  if (!absent(size)) return spread(size, space.length, 'size');
  if (absent(factor)) fail('interpolate needs a size or a scale_factor');
  const factors = spread(factor, space.length, 'scale_factor');
  return space.map((n, i) => Math.floor(n * (factors[i] ?? 1)));
}

const interpolated: Pick<Binding, 'adapt' | 'overload'> = {
  adapt: (args) => ({ input: args.input ?? null, size: spaceOf(args), mode: args.mode ?? 'nearest' }),
  overload: ({ mode }) =>
    mode === 'area'
      ? { op: adaptiveAvgPool, adapt: (args) => ({ input: args.input ?? null, outputSize: spaceOf(args) }) }
      : undefined,
};

const upsampled = (mode: string) => (args: BoundArguments) => ({
  input: args.input ?? null,
  size: spaceOf(args),
  mode,
});

const ROI = 'input, boxes, output_size, spatial_scale=1.0, sampling_ratio=-1, aligned=False';

const roiArgs = ({ input = null, boxes, output_size, sampling_ratio }: BoundArguments) => ({
  input,
  boxes: isTensor(boxes) ? boxes : tensors(boxes),
  outputSize: spread(output_size, 2, 'output_size'),
  samplingRatio: numOr(sampling_ratio, -1),
});

const roiRow = (name: string, signature: string, op: Op): Binding =>
  row(name, ['torchvision.ops'], signature, op, { adapt: roiArgs });

export const IMAGE_BINDINGS: readonly Binding[] = [
  row('affine_grid', F, 'theta, size, align_corners=None', affineGrid, {
    adapt: ({ theta = null, size }) => ({ theta, size: nums(size) }),
  }),
  row('channel_shuffle', TORCH_F, 'input, groups', channelShuffle),
  row(
    'deform_conv2d',
    ['torchvision.ops'],
    'input, offset, weight, bias=None, stride=(1, 1), padding=(0, 0), dilation=(1, 1), mask=None',
    deformConv,
    {
      adapt: ({ input = null, offset = null, weight = null, bias, mask }) => ({
        input,
        offset,
        weight,
        bias: bias ?? null,
        mask: mask ?? null,
      }),
    },
  ),
  row('grid_sample', F, "input, grid, mode='bilinear', padding_mode='zeros', align_corners=None", gridSample),
  row('interpolate', F, INTERPOLATE, interpolate, interpolated),
  row('nms', ['torchvision.ops'], 'boxes, scores, iou_threshold', nms),
  row('pixel_shuffle', TORCH_F, 'input, upscale_factor', pixelShuffle, {
    adapt: ({ input = null, upscale_factor }) => ({ input, factor: num(upscale_factor) }),
  }),
  row('pixel_unshuffle', TORCH_F, 'input, downscale_factor', pixelUnshuffle, {
    adapt: ({ input = null, downscale_factor }) => ({ input, factor: num(downscale_factor) }),
  }),
  roiRow('ps_roi_align', 'input, boxes, output_size, spatial_scale=1.0, sampling_ratio=-1', psRoiAlign),
  roiRow('ps_roi_pool', 'input, boxes, output_size, spatial_scale=1.0', psRoiPool),
  roiRow('roi_align', ROI, roiAlign),
  roiRow('roi_pool', 'input, boxes, output_size, spatial_scale=1.0', roiPool),
  row(
    'upsample',
    F,
    "input, size=None, scale_factor=None, mode='nearest', align_corners=None",
    interpolate,
    interpolated,
  ),
  row('upsample_bilinear', F, 'input, size=None, scale_factor=None', interpolate, {
    adapt: upsampled('bilinear'),
  }),
  row('upsample_nearest', F, 'input, size=None, scale_factor=None', interpolate, {
    adapt: upsampled('nearest'),
  }),
];
