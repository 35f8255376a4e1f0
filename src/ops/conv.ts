// Convolution and transposed convolution of any rank, channels first. Contraction FPO as conv_flop_count in PyTorch's
// flop_counter.py: every weight once per output position (transposed: per input position) and batch element; positions over
// padding count. Left out: the layouts and argument forms of frameworks, which their bindings bring into this one.

import { showShape } from '../tensor/broadcast';
import { kindOf } from '../tensor/dtype';
import { realOf, resultType } from '../tensor/promotion';
import type { Shape, TensorSpec } from '../tensor/tensor';
import { contraction, count, fail, product } from './arguments';
import { defineOp, type Product, UnequalTypes } from './operator';
import { after, before, bothEnds, type Padding, spatialSizes, windowCount } from './windows';

interface ConvArgs {
  /** [batch, channels in, ...space] or without batch. */
  readonly input: TensorSpec;
  /** [channels out, channels in / groups, ...kernel]. */
  readonly weight: TensorSpec;
  readonly bias: TensorSpec | null;
  readonly stride: readonly number[];
  readonly padding: readonly Padding[];
  readonly dilation: readonly number[];
  readonly groups: number;
}

interface ConvTransposeArgs extends ConvArgs {
  readonly outputPadding: readonly number[];
}

const kernelOf = (weight: TensorSpec): Shape => weight.shape.slice(2);

/** [batch] or nothing. */
const batchOf = (input: TensorSpec, rank: number): Shape =>
  input.shape.slice(0, input.shape.length - rank - 1);

function checkChannels(input: TensorSpec, weight: TensorSpec, expected: number, groups: number): void {
  const channels = input.shape.at(1 - weight.shape.length);
  if (channels === expected) return;
  const grouped = groups > 1 ? ` in ${groups} groups` : '';
  fail(
    `weight of shape ${showShape(weight.shape)}${grouped} expects ${expected} input channels, but the input of shape ${showShape(input.shape)} has ${channels}`,
  );
}

/** An output of this shape, where input and weight are of one type, as they have to be. */
function ofOneType({ input, weight }: ConvArgs, shape: Shape): TensorSpec[] {
  const output = { shape, dtype: resultType([input, weight]) };
  if (input.dtype === weight.dtype) return [output];
  const message = `input is ${input.dtype} and weight is ${weight.dtype}, but they should be of one type`;
  throw new UnequalTypes(message, [output]);
}

function checkSizes(space: Shape, input: TensorSpec, kernel: Shape): Shape {
  if (space.some((size) => size < 1) && count(input) > 0)
    fail(
      `a kernel of ${showShape(kernel)} does not fit into an input of shape ${showShape(input.shape)}: the output would have size ${showShape(space)}`,
    );
  return space;
}

function convShape({ input, weight, stride, padding, dilation, groups }: ConvArgs): Shape {
  const kernel = kernelOf(weight);
  const rank = kernel.length;
  const sizes = spatialSizes(input, rank, `conv${rank}d`);
  checkChannels(input, weight, (weight.shape[1] as number) * groups, groups);
  if ((weight.shape[0] as number) % groups !== 0)
    fail(`${weight.shape[0]} output channels cannot be split into ${groups} groups`);
  const space = sizes.map((size, i) =>
    windowCount(size, kernel[i] as number, stride[i] ?? 1, padding[i] ?? 0, dilation[i] ?? 1),
  );
  return [...batchOf(input, rank), weight.shape[0] as number, ...checkSizes(space, input, kernel)];
}

/** Factors of a convolution: channels in of a group, kernel, channels out, positions, batch. */
function convFactors(weight: TensorSpec, out: TensorSpec): Product {
  const rank = weight.shape.length - 2;
  const positions = out.shape.slice(-rank);
  const batch = out.shape.slice(0, out.shape.length - rank - 1);
  return [
    weight.shape[1] as number,
    ...kernelOf(weight),
    weight.shape[0] as number,
    ...positions,
    ...batch.filter((n) => n !== 1),
  ];
}

/** Complex numbers are convolved by three convolutions of real ones. */
const realParts = ({ dtype }: TensorSpec): Product => (kindOf(dtype) === 'complex' ? [3] : []);

/** Beside both parts, which are views, the sums of real and imaginary parts are kept. */
const sumsOfParts = ({ input, weight }: ConvArgs): TensorSpec[] =>
  kindOf(input.dtype) === 'complex'
    ? [input, weight].map(({ shape, dtype }) => ({ shape, dtype: realOf(dtype) }))
    : [];

/** Padding that differs between the ends is done before, by one more element after, into a copy. */
function paddedCopy({ input, weight, padding }: ConvArgs): TensorSpec | null {
  const rank = weight.shape.length - 2;
  const extra = Array.from({ length: rank }, (_, i) =>
    Math.abs(after(padding[i] ?? 0) - before(padding[i] ?? 0)),
  );
  if (extra.every((size) => size === 0)) return null;
  const lead = input.shape.length - rank;
  return { shape: input.shape.map((size, dim) => size + (extra[dim - lead] ?? 0)), dtype: input.dtype };
}

export const conv = defineOp<ConvArgs>({
  name: 'conv',
  infer: (args) => ofOneType(args, convShape(args)),
  cost: ({ weight, bias }, [out]) =>
    contraction(out ? [[...convFactors(weight, out), ...realParts(weight)]] : [], bias ? count(out) : 0),
  contracts: ['input', 'weight'],
  backwardOther: ({ bias }, [out]) => (bias ? count(out) : 0),
  // One formula gives all gradients, so that both are kept even where one of them is frozen.
  saves: (args) => [paddedCopy(args) ?? 'input', 'weight', ...sumsOfParts(args)],
  workspace: (args) => [paddedCopy(args)].filter((copy) => copy !== null),
  note: '2 × kernel × input channels of a group × output channels × output positions × batch; bias 1 per output element',
});

function transposedShape(args: ConvTransposeArgs): Shape {
  const { input, weight, stride, padding, dilation, groups, outputPadding } = args;
  const kernel = kernelOf(weight);
  const rank = kernel.length;
  const sizes = spatialSizes(input, rank, `conv_transpose${rank}d`);
  checkChannels(input, weight, weight.shape[0] as number, groups);
  const space = sizes.map((size, i) => {
    const reach = (dilation[i] ?? 1) * ((kernel[i] as number) - 1);
    return (size - 1) * (stride[i] ?? 1) - bothEnds(padding[i] ?? 0) + reach + (outputPadding[i] ?? 0) + 1;
  });
  return [...batchOf(input, rank), (weight.shape[1] as number) * groups, ...checkSizes(space, input, kernel)];
}

/** Factors of a transposed convolution: each input position is spread over the kernel. */
function transposedFactors(input: TensorSpec, weight: TensorSpec): Product {
  const rank = weight.shape.length - 2;
  const batch = batchOf(input, rank).filter((n) => n !== 1);
  return [
    weight.shape[0] as number,
    ...kernelOf(weight),
    weight.shape[1] as number,
    ...input.shape.slice(-rank),
    ...batch,
  ];
}

export const convTranspose = defineOp<ConvTransposeArgs>({
  name: 'conv_transpose',
  infer: (args) => ofOneType(args, transposedShape(args)),
  cost: ({ input, weight, bias }, [out]) =>
    contraction([[...transposedFactors(input, weight), ...realParts(weight)]], bias ? count(out) : 0),
  contracts: ['input', 'weight'],
  backwardOther: ({ bias }, [out]) => (bias ? count(out) : 0),
  saves: (args) => ['input', 'weight', ...sumsOfParts(args)],
  note: '2 × kernel × input channels × output channels of a group × input positions × batch; bias 1 per output element',
});

/** F.unfold (im2col): windows as columns; a copy. */
export const im2col = defineOp<{
  input: TensorSpec;
  kernelSize: readonly number[];
  dilation: readonly number[];
  padding: readonly number[];
  stride: readonly number[];
}>({
  name: 'im2col',
  infer({ input, kernelSize, dilation, padding, stride }) {
    const sizes = spatialSizes(input, 2, 'unfold');
    const positions = sizes.map((size, i) =>
      windowCount(size, kernelSize[i] ?? 1, stride[i] ?? 1, padding[i] ?? 0, dilation[i] ?? 1),
    );
    checkSizes(positions, input, kernelSize);
    const channels = input.shape.at(-3) as number;
    const shape = [...input.shape.slice(0, -3), channels * product(kernelSize), product(positions)];
    return [{ shape, dtype: input.dtype }];
  },
});

/** F.fold (col2im): adds columns back up into an image. */
export const col2im = defineOp<{
  input: TensorSpec;
  outputSize: readonly number[];
  kernelSize: readonly number[];
}>({
  name: 'col2im',
  infer({ input, outputSize, kernelSize }) {
    const columns = input.shape.at(-2) ?? 0;
    const window = product(kernelSize);
    if (columns % window !== 0)
      fail(`fold expects a multiple of ${window} rows, but the input has shape ${showShape(input.shape)}`);
    return [{ shape: [...input.shape.slice(0, -2), columns / window, ...outputSize], dtype: input.dtype }];
  },
  cost: ({ input }) => contraction([], count(input)),
  note: '1 per input element: add',
});
