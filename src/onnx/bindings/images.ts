// Images and signals: resizing, sampling, regions of interest, deformable convolution, Fourier transforms.

import { col2im } from '../../ops/conv';
import { ELEMENTWISE } from '../../ops/elementwise';
import { fft, stft } from '../../ops/fft';
import { affineGrid, gridSample, interpolate } from '../../ops/interpolation';
import { determinant } from '../../ops/linalg';
import { avgPool } from '../../ops/pooling';
import { deformConv, roiAlign, roiPool } from '../../ops/vision';
import { complexOf } from '../../tensor/promotion';
import { FloatScalar } from '../../tensor/scalar';
import { elementCount, type Shape } from '../../tensor/tensor';
import { axisOf, type Row } from '../binding';
import type { NodeCall } from '../node-call';
import { type Tensor, Unfollowed } from '../values';

// --- another size ---------------------------------------------------------------------------------------------------

/** Known numbers of an input; null where it is left out or empty. */
const given = (n: NodeCall, index: number): readonly number[] | null => {
  if (!n.has(index) || elementCount(n.shape(index)) === 0) return null;
  return n.numbers(index);
};

/** Sizes by scales of the axes; a region of interest cuts them. */
function scaledShape(n: NodeCall, axes: readonly number[], scales: readonly number[]): Shape {
  const crops = n.text('coordinate_transformation_mode') === 'tf_crop_and_resize';
  const roi = crops ? (given(n, 1) ?? []) : [];
  const shape = [...n.shape(0)];
  for (const [i, axis] of axes.entries()) {
    const part = crops ? (roi[i + axes.length] ?? 1) - (roi[i] ?? 0) : 1;
    shape[axis] = Math.floor((shape[axis] ?? 1) * part * (scales[i] ?? 1));
  }
  return shape;
}

/** Given sizes, perhaps with the image's proportions kept. */
function sizedShape(n: NodeCall, axes: readonly number[], sizes: readonly number[]): Shape {
  const policy = n.text('keep_aspect_ratio_policy', 'stretch');
  const shape = [...n.shape(0)];
  const ratios = axes.map((axis, i) => (sizes[i] ?? 1) / (shape[axis] ?? 1));
  const scale = policy === 'not_larger' ? Math.min(...ratios) : Math.max(...ratios);
  for (const [i, axis] of axes.entries())
    shape[axis] = policy === 'stretch' ? (sizes[i] ?? 1) : Math.floor((shape[axis] ?? 1) * scale + 0.5);
  return shape;
}

const LINEAR = ['linear', 'linear', 'bilinear', 'trilinear'];

/** Resizes to a shape; dimensions that keep their size are those of batch and channels. */
function resized(n: NodeCall, shape: Shape): Tensor[] {
  const input = n.in(0);
  const changed = shape.filter((size, i) => size !== input.spec.shape[i]).length;
  const mode = n.text('mode', 'nearest');
  const named = mode.includes('linear')
    ? (LINEAR[changed] ?? 'trilinear')
    : mode === 'cubic'
      ? 'bicubic'
      : 'nearest';
  const rank = shape.length;
  const plain = rank > 2 && shape[0] === input.spec.shape[0] && shape[1] === input.spec.shape[1];
  if (plain) return n.call(interpolate, { input, size: shape.slice(2), mode: named });
  const whole = n.view(input, [1, 1, ...input.spec.shape]);
  const [out] = n.call(interpolate, { input: whole, size: shape, mode: named }) as [Tensor];
  return [n.view(out, shape)];
}

function resize(n: NodeCall): Tensor[] {
  const rank = n.shape(0).length;
  const axes = n.ints('axes')?.map((axis) => axisOf(axis, rank)) ?? [...n.shape(0).keys()];
  const sizes = n.opset < 11 ? null : given(n, 3);
  if (sizes) return resized(n, sizedShape(n, axes, sizes));
  const scales = given(n, n.opset < 11 ? 1 : 2);
  if (!scales) throw new Unfollowed(`${n.title} is given neither scales nor sizes`);
  return resized(n, scaledShape(n, axes, scales));
}

function upsample(n: NodeCall): Tensor[] {
  const pair = [1, 1, n.float('height_scale', 1), n.float('width_scale', 1)];
  const scales = n.has(1) ? n.numbers(1) : (n.floats('scales') ?? pair);
  return resized(n, scaledShape(n, [...n.shape(0).keys()], scales));
}

const gridNode: Row['bind'] = (n) => {
  const mode = n.text('mode', 'linear');
  const named = mode.includes('cubic') ? 'bicubic' : mode === 'nearest' ? 'nearest' : 'bilinear';
  return n.call(gridSample, { input: n.in(0), grid: n.in(1), mode: named });
};

// --- regions --------------------------------------------------------------------------------------------------------

const regions: Row['bind'] = (n) => {
  const outputSize = [n.int('output_height', 1), n.int('output_width', 1)];
  const args = { input: n.in(0), boxes: n.in(1), outputSize, samplingRatio: n.int('sampling_ratio') };
  return n.call(roiAlign, args);
};

const pooledRegions: Row['bind'] = (n) =>
  n.call(roiPool, {
    input: n.in(0),
    boxes: n.in(1),
    outputSize: [...(n.ints('pooled_shape') ?? [])],
    samplingRatio: 0,
  });

const deformed: Row['bind'] = (n) =>
  n.call(deformConv, {
    input: n.in(0),
    weight: n.in(1),
    offset: n.in(2),
    bias: n.maybe(3),
    mask: n.maybe(4),
  });

const columnsToImage: Row['bind'] = (n) =>
  n.call(col2im, { input: n.in(0), outputSize: [...n.numbers(1)], kernelSize: [...n.numbers(2)] });

/** As PyTorch computes it: squares, averaged over neighbouring channels, scaled, raised, divided by. */
function localResponse(n: NodeCall): Tensor[] {
  const [input, shape] = [n.in(0), n.shape(0)];
  const size = n.int('size', 1);
  const [batch = 1, channels = 1, ...space] = shape;
  const [squares] = n.call(ELEMENTWISE.square, { input }) as [Tensor];
  const planes = n.view(squares, [batch, 1, channels, elementCount(space)]);
  const half = Math.floor((size - 1) / 2);
  const window = {
    kernel: [size, 1],
    stride: [1, 1],
    padding: [[half, size - 1 - half], 0],
    dilation: [1, 1],
  };
  const [means] = n.call(avgPool, { input: planes, ...window, ceil: false }) as [Tensor];
  const [scaled] = n.call(ELEMENTWISE.mul, {
    input: n.view(means, shape),
    other: new FloatScalar(n.float('alpha')),
  });
  const [shifted] = n.call(ELEMENTWISE.add, {
    input: scaled as Tensor,
    other: new FloatScalar(n.float('bias', 1)),
  });
  const exponent = new FloatScalar(n.float('beta', 0.75));
  const [below] = n.call(ELEMENTWISE.pow, { input: shifted as Tensor, exponent });
  return n.call(ELEMENTWISE.div, { input, other: below as Tensor });
}

// --- transforms -----------------------------------------------------------------------------------------------------

/** Complex numbers are pairs in the last dimension; real signals have 1 there. */
function dft(n: NodeCall): Tensor[] {
  const { shape, dtype } = n.in(0).spec;
  const rank = shape.length;
  const [fromInput] = n.opset >= 20 && n.has(2) ? n.numbers(2) : [undefined];
  const axis = axisOf(fromInput ?? n.int('axis', n.opset >= 20 ? -2 : 1), rank);
  const [onesided, inverse] = [n.int('onesided') !== 0, n.int('inverse') !== 0];
  const [length] = n.has(1) ? n.numbers(1) : [null];
  const kind = onesided ? (inverse ? 'inverse' : 'real') : 'complex';
  const type = onesided && !inverse ? dtype : complexOf(dtype);
  const signal = n.relabelled(n.in(0), { shape: shape.slice(0, -1), dtype: type });
  const [out] = n.call(fft, { kind, input: signal, dims: [axis], sizes: [length ?? null] }) as [Tensor];
  const pairs = onesided && inverse ? 1 : 2;
  return [n.relabelled(out, { shape: [...out.spec.shape, pairs], dtype })];
}

function shortTime(n: NodeCall): Tensor[] {
  const [batch = 1, samples = 0] = n.shape(0);
  const [hop = 1] = n.numbers(1);
  const window = n.maybe(2)?.spec.shape[0];
  const [size = window ?? samples] = n.has(3) ? n.numbers(3) : [];
  const signal = n.relabelled(n.in(0), { shape: [batch, samples], dtype: n.dtype(0) });
  const onesided = n.int('onesided', 1) !== 0;
  const args = { input: signal, size, hop, centered: false, onesided, complex: false };
  const [out] = n.call(stft, args) as [Tensor];
  const [, bins = 1, frames = 1] = out.spec.shape;
  return [n.relabelled(out, { shape: [batch, frames, bins, 2], dtype: n.dtype(0) })];
}

export const IMAGE_ROWS: readonly Row[] = [
  { op: 'AffineGrid', bind: (n) => n.call(affineGrid, { theta: n.in(0), size: [...n.numbers(1)] }) },
  { op: 'Col2Im', bind: columnsToImage },
  { op: 'DFT', bind: dft },
  { op: 'DeformConv', bind: deformed },
  { op: 'Det', bind: (n) => n.call(determinant, { input: n.in(0) }) },
  { op: 'GridSample', bind: gridNode },
  { op: 'LRN', bind: localResponse },
  { op: 'MaxRoiPool', bind: pooledRegions },
  { op: 'Resize', bind: resize },
  { op: 'RoiAlign', bind: regions },
  { op: 'STFT', bind: shortTime },
  { op: 'Upsample', bind: upsample },
];
