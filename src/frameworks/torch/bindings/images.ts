// Images in other sizes, and the operators of torchvision.

import { fail } from '../../../ops/arguments';
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
import { absent, F, flag, num, numOr, nums, row, spread, TORCH_F, tensor } from './rows';

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

const ROI = 'input, rois, spatial_scale, pooled_height, pooled_width';

/** Operators of torchvision as its own Python calls them. */
const roiRow = (name: string, signature: string, op: Op, indices: boolean): Binding =>
  row(name, ['torchvision.ops'], signature, op, {
    adapt: ({ input = null, rois, pooled_height, pooled_width, sampling_ratio }) => ({
      input,
      boxes: tensor(rois, 'rois'),
      outputSize: [num(pooled_height), num(pooled_width)],
      samplingRatio: numOr(sampling_ratio, -1),
      indices,
    }),
  });

const DEFORM =
  'input, weight, offset, mask, bias, stride_h, stride_w, pad_h, pad_w, dilation_h, dilation_w, groups, offset_groups, use_mask';

/** What is not used is there as an empty tensor. */
const deformed = ({ input = null, weight = null, offset = null, mask, bias, use_mask }: BoundArguments) => ({
  input,
  offset,
  weight,
  bias: bias ?? null,
  mask: flag(use_mask) ? (mask ?? null) : null,
});

export const IMAGE_BINDINGS: readonly Binding[] = [
  row('affine_grid', F, 'theta, size, align_corners=None', affineGrid, {
    adapt: ({ theta = null, size }) => ({ theta, size: nums(size) }),
  }),
  row('channel_shuffle', TORCH_F, 'input, groups', channelShuffle),
  row('deform_conv2d', ['torchvision.ops'], DEFORM, deformConv, { adapt: deformed }),
  row('grid_sample', F, "input, grid, mode='bilinear', padding_mode='zeros', align_corners=None", gridSample),
  row('interpolate', F, INTERPOLATE, interpolate, interpolated),
  row('nms', ['torchvision.ops'], 'boxes, scores, iou_threshold', nms),
  row('pixel_shuffle', TORCH_F, 'input, upscale_factor', pixelShuffle, {
    adapt: ({ input = null, upscale_factor }) => ({ input, factor: num(upscale_factor) }),
  }),
  row('pixel_unshuffle', TORCH_F, 'input, downscale_factor', pixelUnshuffle, {
    adapt: ({ input = null, downscale_factor }) => ({ input, factor: num(downscale_factor) }),
  }),
  roiRow('ps_roi_align', `${ROI}, sampling_ratio`, psRoiAlign, true),
  roiRow('ps_roi_pool', ROI, psRoiPool, true),
  roiRow('roi_align', `${ROI}, sampling_ratio, aligned`, roiAlign, false),
  roiRow('roi_pool', ROI, roiPool, true),
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
