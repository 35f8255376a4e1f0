// The attributes that convolution and pooling share: strides, dilations, and padding in its three forms (numbers for begin
// and end, SAME, VALID).

import type { Padding } from '../../ops/windows';
import type { Shape } from '../../tensor/tensor';
import type { NodeCall } from '../node-call';

export interface WindowArguments {
  readonly stride: readonly number[];
  readonly padding: readonly Padding[];
  readonly dilation: readonly number[];
}

/** SAME: as many outputs as strides fit; the odd one goes to the end (UPPER) or to the begin (LOWER). */
function samePadding(size: number, reach: number, stride: number, upper: boolean): Padding {
  const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + reach - size);
  const half = Math.floor(total / 2);
  return upper ? [half, total - half] : [total - half, half];
}

/** Window attributes of a node for an input of these sizes. */
export function windowOf(n: NodeCall, sizes: Shape, kernel: Shape): WindowArguments {
  const ones = kernel.map(() => 1);
  const stride = n.ints('strides') ?? ones;
  const dilation = n.ints('dilations') ?? ones;
  const auto = n.text('auto_pad', 'NOTSET');
  const pads = n.ints('pads');
  const padding = kernel.map((size, i): Padding => {
    const reach = (dilation[i] ?? 1) * (size - 1) + 1;
    if (auto.startsWith('SAME'))
      return samePadding(sizes[i] ?? 1, reach, stride[i] ?? 1, auto === 'SAME_UPPER');
    if (auto === 'VALID' || !pads) return 0;
    return [pads[i] ?? 0, pads[i + kernel.length] ?? 0];
  });
  return { stride, padding, dilation };
}
