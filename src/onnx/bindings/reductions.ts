// Reductions, scans, softmax and normalisations of ai.onnx.

import { ELEMENTWISE } from '../../ops/elementwise';
import { batchNorm, groupNorm, instanceNorm, layerNorm, rmsNorm } from '../../ops/normalization';
import type { Op } from '../../ops/operator';
import { argmax, argmin, REDUCTION } from '../../ops/reductions';
import { cumprod, cumsum } from '../../ops/scans';
import { logSoftmax, softmax } from '../../ops/softmax';
import { kindOf } from '../../tensor/dtype';
import type { Shape } from '../../tensor/tensor';
import { axisOf, type Row } from '../binding';
import { elementType } from '../element-types';
import type { NodeCall } from '../node-call';
import { type Tensor, Unfollowed, type Value } from '../values';

/** Dimensions to reduce; null = all, [] = none. */
function axesOf(n: NodeCall): readonly number[] | null {
  const axes = n.numbersOr(1, 'axes');
  if (axes && axes.length > 0) return axes.map((axis) => axisOf(axis, n.shape(0).length));
  return n.int('noop_with_empty_axes') !== 0 ? [] : null;
}

/** A reduction whose contents are those of the catalogue's, or are not followed (`vague`). */
const reduce =
  (op: Op, vague = false): Row['bind'] =>
  (n) => {
    const dims = axesOf(n);
    const dtype = n.dtype(0);
    if (dims?.length === 0) return n.in(0);
    const args = { input: n.in(0), dims, keepdim: n.int('keepdims', 1) !== 0, dtype: null };
    const asFloat = vague || (op === REDUCTION.mean && kindOf(dtype) !== 'float');
    return n.call(op, args, { types: [dtype], ...(asFloat && { as: 'float32' }) });
  };

/** Sums of what a function makes of each element; with no dimensions to reduce, the function alone. */
const reduceAfter =
  (op: Op, sum: Op): Row['bind'] =>
  (n) => {
    const [mapped] = n.call(op, { input: n.in(0) }, { types: [n.dtype(0)] }) as [Tensor];
    return withInput(n, mapped, (inner) => reduce(sum, true)(inner));
  };

const reduceThen =
  (op: Op, then: Op): Row['bind'] =>
  (n) => {
    const result = reduce(op, true)(n);
    const reduced = (Array.isArray(result) ? result[0] : result) as Tensor;
    return n.call(then, { input: reduced }, { types: [n.dtype(0)] });
  };

/** The same node with another first input. */
const withInput = <T>(n: NodeCall, input: Tensor, bind: (inner: NodeCall) => T): T =>
  bind(n.with([input, ...n.inputs.slice(1)]));

const extremePlace =
  (op: Op): Row['bind'] =>
  (n) => {
    const args = { input: n.in(0), dim: n.int('axis'), keepdim: n.int('keepdims', 1) !== 0 };
    return n.call(op, args, n.int('select_last_index') ? { as: 'float32' } : {});
  };

function running(n: NodeCall, op: Op): Tensor[] {
  const isKnown = !n.has(1) || n.in(1).spec.contents !== undefined;
  const plain = isKnown && n.int('exclusive') === 0 && n.int('reverse') === 0;
  const [dim = 0] = isKnown && n.has(1) ? n.numbers(1) : [];
  const options = { types: [n.dtype(0)], ...(!plain && { as: n.dtype(0) }) };
  return n.call(op, { input: n.in(0), dim: axisOf(dim, n.shape(0).length), dtype: null }, options);
}

/** Before opset 13, all dimensions from the axis on were taken together; the count is the same. */
const softmaxLike =
  (op: Op): Row['bind'] =>
  (n) => {
    const dim = n.int('axis', n.opset < 13 ? 1 : -1);
    return n.call(op, { input: n.in(0), dim, dtype: null }, { types: [n.dtype(0)] });
  };

/** The place of the largest, and zeros around it: one comparison per element. */
function hardmax(n: NodeCall): Tensor {
  n.call(argmax, { input: n.in(0), dim: n.int('axis', n.opset < 13 ? 1 : -1), keepdim: true });
  return n.made(n.shape(0), n.dtype(0));
}

// --- normalisations -------------------------------------------------------------------------------------------------

/** In training, the running statistics come out too; before opset 14 that is seen by the outputs. */
function batchNormalization(n: NodeCall): Value[] {
  const training = n.int('training_mode') !== 0 || (n.opset < 14 && n.wants(1));
  const args = {
    input: n.in(0),
    weight: n.in(1),
    bias: n.in(2),
    runningMean: n.in(3),
    runningVar: n.in(4),
    training,
  };
  const statistics = n.node.outputs.slice(1).map(() => n.made(n.shape(3), n.dtype(3)));
  return [...n.call(batchNorm, args, { types: [n.dtype(0)] }), ...statistics];
}

function instanceNormalization(n: NodeCall): Tensor[] {
  const args = { input: n.in(0), weight: n.in(1), bias: n.in(2), runningMean: null, runningVar: null };
  return n.call(instanceNorm, { ...args, useInputStats: true });
}

/** Sizes that are normalised, and the shape of a statistic over them. */
export function normalizedOver(n: NodeCall): { readonly normalizedShape: Shape; readonly rows: Shape } {
  const shape = n.shape(0);
  const axis = axisOf(n.int('axis', -1), shape.length);
  return { normalizedShape: shape.slice(axis), rows: shape.map((size, i) => (i < axis ? size : 1)) };
}

function layerNormalization(n: NodeCall): Value[] {
  const { normalizedShape, rows } = normalizedOver(n);
  const args = { input: n.in(0), normalizedShape, weight: n.in(1), bias: n.maybe(2) };
  const type = elementType(n.int('stash_type', 1)) ?? 'float32';
  const statistics = [1, 2].flatMap((i) => (n.wants(i) ? [n.made(rows, type)] : []));
  return [...n.call(layerNorm, args, { types: [n.dtype(0)] }), ...statistics];
}

export function rmsNormalization(n: NodeCall): Value[] {
  const { normalizedShape, rows } = normalizedOver(n);
  const args = { input: n.in(0), normalizedShape, weight: n.in(1) };
  const statistics = n.wants(1) ? [n.made(rows, 'float32')] : [];
  return [...n.call(rmsNorm, args, { types: [n.dtype(0)] }), ...statistics];
}

/** Before opset 21, scale and shift are one number per group. */
function groupNormalization(n: NodeCall): Tensor[] {
  const channels = n.shape(0)[1];
  const perChannel = (i: number): Tensor =>
    n.shape(i)[0] === channels
      ? n.in(i)
      : n.relabelled(n.in(i), { shape: [channels ?? 1], dtype: n.dtype(i) });
  return n.call(groupNorm, {
    input: n.in(0),
    groups: n.int('num_groups', 1),
    weight: perChannel(1),
    bias: perChannel(2),
  });
}

/** Division by the length of each vector. */
function lpNormalization(n: NodeCall): Tensor[] {
  const args = { input: n.in(0), dims: [n.int('axis', -1)], keepdim: true, dtype: null };
  const [length] = n.call(normOp, args, { as: 'float32', types: [n.dtype(0)] }) as [Tensor];
  return n.call(ELEMENTWISE.div, { input: n.in(0), other: length }, { types: [n.dtype(0)] });
}

/** To mean 0 and variance 1 over all dimensions but the channels: the statistics of a layer norm without weights. */
function meanVarianceNormalization(n: NodeCall): Tensor[] {
  return n.call(layerNorm, { input: n.in(0), normalizedShape: [], weight: null, bias: null });
}

/** A reduction of the catalogue by name. */
function reduction(name: string): Op {
  const op = REDUCTION[name];
  if (op === undefined) throw new Unfollowed(`the catalogue has no reduction ${name}`);
  return op;
}

const normOp = reduction('norm');
const sumOp = reduction('sum');

export const REDUCTION_ROWS: readonly Row[] = [
  { op: 'ArgMax', bind: extremePlace(argmax) },
  { op: 'ArgMin', bind: extremePlace(argmin) },
  { op: 'BatchNormalization', bind: batchNormalization },
  { op: 'CumProd', bind: (n) => running(n, cumprod) },
  { op: 'CumSum', bind: (n) => running(n, cumsum) },
  { op: 'GroupNormalization', bind: groupNormalization },
  { op: 'Hardmax', bind: hardmax },
  { op: 'InstanceNormalization', bind: instanceNormalization },
  { op: 'LayerNormalization', bind: layerNormalization },
  { op: 'LogSoftmax', bind: softmaxLike(logSoftmax) },
  { op: 'LpNormalization', bind: lpNormalization },
  { op: 'MeanVarianceNormalization', bind: meanVarianceNormalization },
  { op: 'RMSNormalization', bind: rmsNormalization },
  { op: 'ReduceL1', bind: reduceAfter(ELEMENTWISE.abs, sumOp) },
  { op: 'ReduceL2', bind: reduce(normOp, true) },
  { op: 'ReduceLogSum', bind: reduceThen(sumOp, ELEMENTWISE.log) },
  { op: 'ReduceLogSumExp', bind: reduce(reduction('logsumexp'), true) },
  { op: 'ReduceMax', bind: reduce(reduction('amax')) },
  { op: 'ReduceMean', bind: reduce(reduction('mean')) },
  { op: 'ReduceMin', bind: reduce(reduction('amin')) },
  { op: 'ReduceProd', bind: reduce(reduction('prod')) },
  { op: 'ReduceSum', bind: reduce(sumOp) },
  { op: 'ReduceSumSquare', bind: reduceAfter(ELEMENTWISE.square, sumOp) },
  { op: 'SimplifiedLayerNormalization', bind: rmsNormalization },
  { op: 'Softmax', bind: softmaxLike(softmax) },
];
