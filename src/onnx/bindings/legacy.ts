// Operators that ai.onnx never had, or had only as experiments, but that files from the first years and from ONNX Runtime
// have in its domain.

import { ACTIVATIONS } from '../../ops/activations';
import { ELEMENTWISE } from '../../ops/elementwise';
import { FloatScalar } from '../../tensor/scalar';
import type { Row } from '../binding';
import type { NodeCall } from '../node-call';
import { type Tensor, Unfollowed } from '../values';

const by = (n: NodeCall, op: 'add' | 'mul', input: Tensor): Tensor =>
  n.call(ELEMENTWISE[op], { input, other: new FloatScalar(1) }, { types: [input.spec.dtype] })[0] as Tensor;

const unary = (n: NodeCall, op: 'softplus' | 'tanh', input: Tensor): Tensor =>
  n.call(op === 'tanh' ? ELEMENTWISE.tanh : ACTIVATIONS.softplus, { input })[0] as Tensor;

/** A multiple and an offset, of all elements or of each channel. */
const affine: Row['bind'] = (n) => by(n, 'add', by(n, 'mul', n.in(0)));

/** Left, top, right and bottom are cut off; or height and width are given. */
function crop(n: NodeCall): Tensor[] {
  const [left = 0, top = 0, right = 0, bottom = 0] = n.ints('border') ?? [];
  const [height = 0, width = 0] = n.shape(0).slice(-2);
  const [high, wide] = n.ints('scale') ?? [height - top - bottom, width - left - right];
  if (n.shape(0).length !== 4) throw new Unfollowed(`${n.title} cuts images, but gets no batch of them`);
  const shape = [...n.shape(0).slice(0, 2), high ?? height, wide ?? width];
  return [n.made(shape, n.dtype(0))];
}

const same: Row['bind'] = (n) => n.in(0);

export const LEGACY_ROWS: readonly Row[] = [
  { op: 'Affine', bind: affine },
  { op: 'Crop', bind: crop },
  { op: 'ImageScaler', bind: affine },
  { op: 'MemcpyFromHost', bind: same },
  { op: 'MemcpyToHost', bind: same },
  { op: 'ParametricSoftplus', bind: (n) => by(n, 'mul', unary(n, 'softplus', by(n, 'mul', n.in(0)))) },
  { op: 'Scale', bind: (n) => by(n, 'mul', n.in(0)) },
  { op: 'ScaledTanh', bind: (n) => by(n, 'mul', unary(n, 'tanh', by(n, 'mul', n.in(0)))) },
];
