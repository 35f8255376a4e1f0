// Operators of torchvision: regions of interest, non-maximum suppression, deformable convolution. How many boxes
// suppression keeps depends on the data: all of them are assumed, and marked.

import { showShape } from '../tensor/broadcast';
import type { Shape, TensorSpec } from '../tensor/tensor';
import { contraction, count, fail, otherCost, product } from './arguments';
import { DataDependentSize, defineOp, type Op } from './operator';

interface RoiArgs {
  /** [batch, channels, height, width] */
  readonly input: TensorSpec;
  /** [boxes, 5], or a list of [boxes, 4] per image. */
  readonly boxes: TensorSpec | readonly TensorSpec[];
  readonly outputSize: Shape;
  /** Samples per bin and direction; 0 or less = as many as the box asks for. */
  readonly samplingRatio: number;
  /** Which element, or which channel, each output was taken from is given too. */
  readonly indices?: boolean;
}

const boxCount = (boxes: RoiArgs['boxes']): number =>
  Array.isArray(boxes)
    ? boxes.reduce((sum: number, one: TensorSpec) => sum + (one.shape[0] ?? 0), 0)
    : ((boxes as TensorSpec).shape[0] ?? 0);

/** Bilinear samples of a region, averaged per bin. 2 × 2 samples are assumed where the box decides. */
const samples = ({ samplingRatio }: RoiArgs): number => (samplingRatio > 0 ? samplingRatio ** 2 : 4);

const roiShape = ({ input, boxes, outputSize }: RoiArgs): Shape => [
  boxCount(boxes),
  input.shape[1] ?? 0,
  ...outputSize,
];

/** Channels that are spread over the bins: what comes out has that many fewer. */
const spreadShape = ({ input, boxes, outputSize }: RoiArgs): Shape => [
  boxCount(boxes),
  (input.shape[1] ?? 0) / product(outputSize),
  ...outputSize,
];

const roi = (
  name: string,
  shape: (args: RoiArgs) => Shape,
  perElement: (args: RoiArgs) => number,
  note: string,
): Op =>
  defineOp<RoiArgs>({
    name,
    infer(args) {
      const out = { shape: shape(args), dtype: args.input.dtype };
      return args.indices ? [out, { ...out, dtype: 'int32' }] : [out];
    },
    cost: (args, [out]) => otherCost(perElement(args) * count(out)),
    saves: ['boxes'],
    note,
  });

const SAMPLED = '8 per sample (bilinear 7, add); 4 samples per output element where the box decides';
const POOLED = 'one comparison per element of a bin, taken as 1 per output element';

export const roiAlign = roi('roi_align', roiShape, (args) => 8 * samples(args), SAMPLED);
export const psRoiAlign = roi('ps_roi_align', spreadShape, (args) => 8 * samples(args), SAMPLED);
export const roiPool = roi('roi_pool', roiShape, () => 1, POOLED);
export const psRoiPool = roi('ps_roi_pool', spreadShape, () => 1, POOLED);

/** Boxes that overlap a better one too much go. */
export const nms = defineOp<{ readonly boxes: TensorSpec; readonly scores: TensorSpec }>({
  name: 'nms',
  infer({ boxes }) {
    throw new DataDependentSize(
      'boxes kept',
      'how many boxes non-maximum suppression keeps depends on the data; all of them are assumed',
      [{ shape: [boxes.shape[0] ?? 0], dtype: 'int64' }],
    );
  },
  cost: ({ boxes }) => otherCost(7 * (boxes.shape[0] ?? 0) ** 2),
  note: '7 per pair of boxes: overlap by four comparisons, two multiplies and a division',
});

interface DeformArgs {
  readonly input: TensorSpec;
  /** [batch, 2 · groups · kernel, height, width] */
  readonly offset: TensorSpec;
  /** [channels out, channels in / groups, kernel …] */
  readonly weight: TensorSpec;
  readonly bias: TensorSpec | null;
  readonly mask: TensorSpec | null;
}

/** A convolution whose window elements are sampled at offsets of their own. */
export const deformConv = defineOp<DeformArgs>({
  name: 'deform_conv',
  infer({ input, offset, weight }) {
    if (input.shape.length !== 4 || offset.shape.length !== 4)
      fail(
        `deform_conv2d needs 4 dimensions, but got ${showShape(input.shape)} and ${showShape(offset.shape)}`,
      );
    const shape = [input.shape[0] ?? 1, weight.shape[0] ?? 0, ...offset.shape.slice(-2)];
    return [{ shape, dtype: input.dtype }];
  },
  cost({ input, weight, bias, mask }, [out]) {
    const [batch = 1, channels = 0] = input.shape;
    const positions = out?.shape.slice(-2) ?? [];
    const columns = batch * channels * product(weight.shape.slice(2)) * product(positions);
    const [features = 0, ...window] = weight.shape;
    const macs = [[...window, features, ...positions, batch]];
    return contraction(macs, columns * (7 + Number(mask !== null)) + (bias ? count(out) : 0));
  },
  contracts: ['input', 'weight'],
  saves: ['input', 'offset', 'weight', 'mask'],
  note: '2 × kernel × input channels of a group × output channels × positions × batch; 7 per sampled element, 1 for a mask, 1 per output element for the bias',
});

export const VISION: readonly Op[] = [deformConv, nms, psRoiAlign, psRoiPool, roiAlign, roiPool];
