// Matrix products and linear layers.

import { isTensor } from '../../../ops/arguments';
import { einsum } from '../../../ops/einsum';
import { ELEMENTWISE } from '../../../ops/elementwise';
import {
  addBatchMatmul,
  addMatmul,
  bilinear,
  linear,
  matmul,
  outer,
  tensordot,
  vecdot,
} from '../../../ops/matmul';
import type { Binding, BoundArguments } from '../binding';
import { BOTH, F, nums, row, TORCH, tensor, tensors } from './rows';

/** mat2, vec2, tensor and the like are all the other factor. */
const factors = (other: string) => (args: BoundArguments) => ({
  input: args.input ?? null,
  other: args[other] ?? null,
});

const added = (first: string, second: string) => (args: BoundArguments) => ({
  input: args.input ?? null,
  first: args[first] ?? null,
  second: args[second] ?? null,
});

/** dims=2: the last two of one with the first two of the other; or two lists. */
function contracted({ a, b, dims }: BoundArguments) {
  const [input, other] = [tensor(a, 'a'), tensor(b, 'b')];
  if (Array.isArray(dims)) return { input, other, dimsInput: nums(dims[0]), dimsOther: nums(dims[1]) };
  const n = nums(dims)[0] ?? 2;
  return {
    input,
    other,
    dimsInput: Array.from({ length: n }, (_, i) => input.shape.length - n + i),
    dimsOther: Array.from({ length: n }, (_, i) => i),
  };
}

const lastDims = ({ input = null, other = null }: BoundArguments) => ({
  input,
  other,
  dimsInput: [-1],
  dimsOther: [-1],
});

export const MATMUL_BINDINGS: readonly Binding[] = [
  row('addbmm', BOTH, 'input, batch1, batch2, *, beta=1, alpha=1', addBatchMatmul, {
    adapt: added('batch1', 'batch2'),
  }),
  row('addmm', BOTH, 'input, mat1, mat2, *, beta=1, alpha=1', addMatmul, { adapt: added('mat1', 'mat2') }),
  row('addmv', BOTH, 'input, mat, vec, *, beta=1, alpha=1', addMatmul, { adapt: added('mat', 'vec') }),
  row('baddbmm', BOTH, 'input, batch1, batch2, *, beta=1, alpha=1', addMatmul, {
    adapt: added('batch1', 'batch2'),
  }),
  row('bilinear', F, 'input1, input2, weight, bias=None', bilinear),
  row('bmm', BOTH, 'input, mat2', matmul, { adapt: factors('mat2') }),
  row('dot', BOTH, 'input, tensor', matmul, { adapt: factors('tensor') }),
  row('einsum', TORCH, 'equation, *operands', einsum, {
    adapt: ({ equation = null, operands }) => ({ equation, operands: tensors(operands) }),
  }),
  row('ger', BOTH, 'input, vec2', outer, { adapt: factors('vec2') }),
  row('inner', BOTH, 'input, other', tensordot, {
    adapt: lastDims,
    overload: ({ input, other }) =>
      [input, other].some((one) => isTensor(one) && one.shape.length === 0)
        ? { op: ELEMENTWISE.mul, adapt: ({ input = null, other = null }) => ({ input, other }) }
        : undefined,
  }),
  row('linear', F, 'input, weight, bias=None', linear),
  row('matmul', ['torch', 'Tensor', 'torch.linalg'], 'input, other', matmul),
  row('mm', BOTH, 'input, mat2', matmul, { adapt: factors('mat2') }),
  row('mv', BOTH, 'input, vec', matmul, { adapt: factors('vec') }),
  row('outer', BOTH, 'input, vec2', outer, { adapt: factors('vec2') }),
  row('tensordot', TORCH, 'a, b, dims=2', tensordot, { adapt: contracted }),
  row('vdot', BOTH, 'input, other', matmul),
  row('vecdot', ['torch.linalg'], 'input, other, *, dim=-1', vecdot),
];
