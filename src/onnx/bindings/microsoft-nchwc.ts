// com.microsoft.nchwc: convolution and pooling in the blocked layout that ONNX Runtime's optimizer chooses for a CPU. The
// shapes in the file are those of the plain layout, with channels rounded up to whole blocks; what is rounded up is really
// computed, so it counts.

import { clone } from '../../ops/copies';
import { interpolate } from '../../ops/interpolation';
import { type Bindings, type Row, rowFor } from '../binding';
import type { NodeCall } from '../node-call';
import { type Tensor, Unfollowed } from '../values';
import { fusedConv } from './microsoft';

/** The smallest block: channels that are not whole blocks become more when they are reordered. */
const BLOCK = 8;

function reorderInput(n: NodeCall): Tensor {
  const [batch = 1, ...rest] = n.shape(0);
  const last = n.int('channels_last') !== 0;
  const channels = (last ? rest.at(-1) : rest[0]) ?? 1;
  if (channels % BLOCK !== 0)
    throw new Unfollowed(`${n.title} rounds ${channels} channels up to blocks of unknown size`);
  const [out] = n.call(clone, { input: n.in(0) }) as [Tensor];
  const space = last ? rest.slice(0, -1) : rest.slice(1);
  return n.relabelled(out, { shape: [batch, channels, ...space], dtype: n.dtype(0) });
}

function reorderOutput(n: NodeCall): Tensor {
  const [batch = 1, blocked = 1, ...space] = n.shape(0);
  const channels = n.int('channels', blocked);
  const [out] = n.call(clone, { input: n.in(0) }) as [Tensor];
  const shape = n.int('channels_last') !== 0 ? [batch, ...space, channels] : [batch, channels, ...space];
  return n.relabelled(out, { shape, dtype: n.dtype(0) });
}

/** By whole numbers, on every dimension. */
function upsample(n: NodeCall): Tensor[] {
  const scales = n.ints('scales') ?? [];
  const size = n.shape(0).map((old, i) => old * (scales[i] ?? 1));
  const mode = n.text('mode', 'nearest') === 'nearest' ? 'nearest' : 'bilinear';
  return n.call(interpolate, { input: n.in(0), size: size.slice(2), mode });
}

/** Rows of the blocked layout; `standard` are the bindings of ai.onnx. */
export function nchwcRows(standard: Bindings): readonly Row[] {
  const as = (op: string): Row => {
    const row = rowFor(standard, op, Number.MAX_SAFE_INTEGER);
    return { op, bind: (n) => row?.bind(n) ?? [] };
  };
  return [
    ...['AveragePool', 'GlobalAveragePool', 'GlobalMaxPool', 'MaxPool'].map(as),
    { op: 'Conv', bind: fusedConv(standard) },
    { op: 'ReorderInput', bind: reorderInput },
    { op: 'ReorderOutput', bind: reorderOutput },
    { op: 'Upsample', bind: upsample },
  ];
}
