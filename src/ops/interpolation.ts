// Images in another size: interpolation, sampling at a grid, and pixels moved between channels and space. FPO per output
// element of a weighted sum: one multiplication per neighbour and one addition less: 3 (linear), 7 (bilinear), 15
// (trilinear), 31 (bicubic); nearest neighbours count none. The weights themselves are shared by all channels and left out.

import { showShape } from '../tensor/broadcast';
import type { Shape, TensorSpec } from '../tensor/tensor';
import { contraction, count, fail, otherCost } from './arguments';
import { defineOp, type Op } from './operator';

/** Neighbours that a value is a weighted sum of. */
function neighbours(mode: string, rank: number): number {
  if (mode.startsWith('nearest')) return 1;
  return mode === 'bicubic' ? 4 ** rank : 2 ** rank;
}

const perElement = (mode: string, rank: number): number =>
  2 * neighbours(mode, rank) - 2 + Number(!mode.startsWith('nearest'));

interface InterpolateArgs {
  /** [batch, channels, ...space] */
  readonly input: TensorSpec;
  /** The space to give. */
  readonly size: Shape;
  readonly mode: string;
}

export const interpolate = defineOp<InterpolateArgs>({
  name: 'interpolate',
  infer({ input, size }) {
    if (input.shape.length !== size.length + 2)
      fail(`interpolate to ${showShape(size)} does not fit an input of shape ${showShape(input.shape)}`);
    return [{ shape: [...input.shape.slice(0, 2), ...size], dtype: input.dtype }];
  },
  cost: ({ size, mode }, [out]) => otherCost(count(out) * perElement(mode, size.length)),
  saves: [],
  note: 'per output element 0 (nearest), 3 (linear), 7 (bilinear), 15 (trilinear), 31 (bicubic)',
});

interface SampleArgs {
  readonly input: TensorSpec;
  /** [batch, ...space, rank of space] */
  readonly grid: TensorSpec;
  readonly mode: string;
}

export const gridSample = defineOp<SampleArgs>({
  name: 'grid_sample',
  infer({ input, grid }) {
    const rank = input.shape.length - 2;
    if (grid.shape.length !== rank + 2 || grid.shape.at(-1) !== rank)
      fail(
        `grid_sample with a grid of shape ${showShape(grid.shape)} does not fit an input of shape ${showShape(input.shape)}`,
      );
    return [{ shape: [...input.shape.slice(0, 2), ...grid.shape.slice(1, -1)], dtype: input.dtype }];
  },
  cost: ({ input, mode }, [out]) => otherCost(count(out) * perElement(mode, input.shape.length - 2)),
  saves: ['input', 'grid'],
  note: 'per output element 0 (nearest), 7 (bilinear), 15 (trilinear), 31 (bicubic)',
});

/** A grid of places from affine matrices: one product of coordinates with each matrix. */
export const affineGrid = defineOp<{ readonly theta: TensorSpec; readonly size: Shape }>({
  name: 'affine_grid',
  infer({ theta, size }) {
    const space = size.slice(2);
    return [{ shape: [size[0] ?? 1, ...space, space.length], dtype: theta.dtype }];
  },
  cost({ size }) {
    const space = size.slice(2);
    return contraction([[size[0] ?? 1, ...space, space.length + 1, space.length]]);
  },
  contracts: ['theta'],
  saves: [],
  note: '2 × positions × (rank + 1) × rank × batch',
});

/** Channels become space: [.., C·r², H, W] to [.., C, H·r, W·r]. */
export const pixelShuffle = defineOp<{ readonly input: TensorSpec; readonly factor: number }>({
  name: 'pixel_shuffle',
  infer({ input, factor }) {
    const [channels = 0, height = 0, width = 0] = input.shape.slice(-3);
    if (channels % factor ** 2 !== 0)
      fail(
        `pixel_shuffle by ${factor} needs a multiple of ${factor ** 2} channels, but the shape is ${showShape(input.shape)}`,
      );
    const shape = [...input.shape.slice(0, -3), channels / factor ** 2, height * factor, width * factor];
    return [{ shape, dtype: input.dtype }];
  },
});

/** Space becomes channels: [.., C, H·r, W·r] to [.., C·r², H, W]. */
export const pixelUnshuffle = defineOp<{ readonly input: TensorSpec; readonly factor: number }>({
  name: 'pixel_unshuffle',
  infer({ input, factor }) {
    const [channels = 0, height = 0, width = 0] = input.shape.slice(-3);
    if (height % factor !== 0 || width % factor !== 0)
      fail(`pixel_unshuffle by ${factor} does not fit the shape ${showShape(input.shape)}`);
    const shape = [...input.shape.slice(0, -3), channels * factor ** 2, height / factor, width / factor];
    return [{ shape, dtype: input.dtype }];
  },
});

/** Channels of groups are interleaved: a copy. */
export const channelShuffle = defineOp<{ readonly input: TensorSpec; readonly groups: number }>({
  name: 'channel_shuffle',
  infer({ input, groups }) {
    if ((input.shape[1] ?? 0) % groups !== 0)
      fail(`${input.shape[1]} channels cannot be split into ${groups} groups`);
    return [{ shape: input.shape, dtype: input.dtype }];
  },
});

export const INTERPOLATION: readonly Op[] = [
  affineGrid,
  channelShuffle,
  gridSample,
  interpolate,
  pixelShuffle,
  pixelUnshuffle,
];
