// Pooling of ai.onnx, over windows and over the whole image.

import { ELEMENTWISE } from '../../ops/elementwise';
import type { Op } from '../../ops/operator';
import { adaptiveAvgPool, adaptiveMaxPool, avgPool, maxPool, maxUnpool } from '../../ops/pooling';
import type { Row } from '../binding';
import type { NodeCall } from '../node-call';
import type { Tensor } from '../values';
import { windowOf } from './windows';

/** SAME padding gives as many outputs as strides fit, whatever rounding is asked for. */
function poolArguments(n: NodeCall) {
  const kernel = n.ints('kernel_shape') ?? [];
  const window = windowOf(n, n.shape(0).slice(2), kernel);
  const ceil = n.int('ceil_mode') !== 0 && n.text('auto_pad', 'NOTSET') === 'NOTSET';
  return { input: n.in(0), kernel, ...window, ceil };
}

function maxPoolNode(n: NodeCall): Tensor[] {
  const args = { ...poolArguments(n), returnIndices: n.wants(1) };
  return n.call(maxPool, args, { as: 'float32', types: [n.dtype(0), 'int64'] });
}

/** The root of a sum of powers: each element that a window reads is raised and added. */
function lpPool(n: NodeCall): Tensor[] {
  const [powers] = n.call(
    ELEMENTWISE.pow,
    { input: n.in(0), exponent: n.int('p', 2) },
    { types: [n.dtype(0)] },
  ) as [Tensor];
  const [sums] = n.call(avgPool, { ...poolArguments(n), input: powers }) as [Tensor];
  return n.call(ELEMENTWISE.pow, { input: sums, exponent: 1 / n.int('p', 2) }, { types: [n.dtype(0)] });
}

const overAll =
  (op: Op): Row['bind'] =>
  (n) => {
    const outputSize = n
      .shape(0)
      .slice(2)
      .map(() => 1);
    return n.call(op, { input: n.in(0), outputSize, returnIndices: false });
  };

function globalLpPool(n: NodeCall): Tensor[] {
  const [powers] = n.call(
    ELEMENTWISE.pow,
    { input: n.in(0), exponent: n.int('p', 2) },
    { types: [n.dtype(0)] },
  ) as [Tensor];
  const outputSize = n
    .shape(0)
    .slice(2)
    .map(() => 1);
  const [sums] = n.call(adaptiveAvgPool, { input: powers, outputSize }) as [Tensor];
  return n.call(ELEMENTWISE.pow, { input: sums, exponent: 1 / n.int('p', 2) }, { types: [n.dtype(0)] });
}

function unpool(n: NodeCall): Tensor[] {
  const kernel = n.ints('kernel_shape') ?? [];
  const { stride, padding } = windowOf(n, n.shape(0).slice(2), kernel);
  const spatial = n.shape(0).slice(2);
  const outputSize = n.has(2)
    ? n.numbers(2).slice(-kernel.length)
    : spatial.map((size, i) => {
        const pads = padding[i] ?? 0;
        const both = typeof pads === 'number' ? 2 * pads : pads[0] + pads[1];
        return (size - 1) * (stride[i] ?? 1) - both + (kernel[i] ?? 1);
      });
  return n.call(maxUnpool, { input: n.in(0), indices: n.in(1), outputSize });
}

export const POOLING_ROWS: readonly Row[] = [
  { op: 'AveragePool', bind: (n) => n.call(avgPool, poolArguments(n)) },
  { op: 'GlobalAveragePool', bind: overAll(adaptiveAvgPool) },
  { op: 'GlobalLpPool', bind: globalLpPool },
  { op: 'GlobalMaxPool', bind: overAll(adaptiveMaxPool) },
  { op: 'LpPool', bind: lpPool },
  { op: 'MaxPool', bind: maxPoolNode },
  { op: 'MaxUnpool', bind: unpool },
];
