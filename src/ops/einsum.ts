// einsum as PyTorch computes it (sumproduct_pair in ATen's Linear.cpp): from left to right, each pair of operands by one
// batched matrix product over the indices that both have and that nobody needs any more. An index that only one of the two
// has, and that goes, is summed before. A pair without an index to contract is multiplied element by element. Contraction
// FPO is that of the products (bmm); element-wise products and sums count one per element.
//
// Layouts and what autograd keeps follow from the same steps: bmm takes dense batches, so operands that cannot be viewed
// as [batch, rows, inner] are copied, and the result lies in the order batch, rows, columns.
//
// Left out: the path that opt_einsum would choose where it is installed; PyTorch's wheels do not bring it.

import type { DType } from '../tensor/dtype';
import { elementwiseSpec, strided, stridesInOrder, stridesOf, viewStrides } from '../tensor/strides';
import type { TensorSpec } from '../tensor/tensor';
import { count, fail, product } from './arguments';
import { type EinsumArgs, parseEquation } from './einsum-equation';
import { defineOp, type Product } from './operator';

/** An operand with one name per dimension. `source` is what autograd would keep: the tensor it is a view of. */
interface Named {
  readonly names: readonly string[];
  readonly spec: TensorSpec;
  readonly source: TensorSpec;
}

/** What was done: the result, the products and sums on the way, and the tensors that were factors. */
interface Run {
  readonly result: Named;
  readonly macs: readonly Product[];
  readonly other: number;
  readonly factors: readonly TensorSpec[];
}

const sizeIn = ({ names, spec }: Named, name: string): number => spec.shape[names.indexOf(name)] ?? 1;
const strideIn = ({ names, spec }: Named, name: string): number => stridesOf(spec)[names.indexOf(name)] ?? 0;

/** A view of an operand with its dimensions in this order; names that it lacks get size 1. */
function arranged(operand: Named, names: readonly string[]): Named {
  const { dtype } = operand.spec;
  const shape = names.map((name) => sizeIn(operand, name));
  const strides = names.map((name) => strideIn(operand, name));
  return { ...operand, names, spec: strided(shape, dtype, strides) };
}

/** An operand as it comes: a repeated index is a diagonal. */
function named(names: readonly string[], source: TensorSpec): Named {
  const strides = stridesOf(source);
  const once = [...new Set(names)];
  const steps = once.map((name) =>
    names.reduce((sum, other, i) => sum + (other === name ? (strides[i] ?? 0) : 0), 0),
  );
  const shape = once.map((name) => source.shape[names.indexOf(name)] as number);
  return { names: once, spec: strided(shape, source.dtype, steps), source };
}

/** A dense tensor whose dimensions lie in the order of these names. */
function denseIn(order: readonly string[], sizes: (name: string) => number, dtype: DType): Named {
  const spec = { shape: order.map(sizes), dtype };
  return { names: order, spec, source: spec };
}

/** Sums over these indices; nothing to do where they are all of size 1. */
function summed(operand: Named, gone: readonly string[]): Named {
  if (gone.every((name) => sizeIn(operand, name) === 1)) return operand;
  const kept = operand.names.filter((name) => !gone.includes(name));
  return denseIn(kept, (name) => sizeIn(operand, name), operand.spec.dtype);
}

/** What bmm takes of an operand: its source, or a dense copy where these groups of dimensions cannot be merged by a view. */
function merged(operand: Named, groups: readonly (readonly string[])[]): TensorSpec {
  const { spec } = arranged(operand, groups.flat());
  const target = groups.map((group) => product(group.map((name) => sizeIn(operand, name))));
  const fits = viewStrides(spec.shape, stridesOf(spec), target) !== null;
  return fits ? operand.source : { shape: target, dtype: spec.dtype };
}

/** Element by element. */
function multiplied(left: Named, right: Named, names: readonly string[]): Run {
  const [a, b] = [arranged(left, names), arranged(right, names)];
  const shape = names.map((name) => Math.max(sizeIn(left, name), sizeIn(right, name)));
  const spec = elementwiseSpec(shape, left.spec.dtype, [a.spec, b.spec]);
  return {
    result: { names, spec, source: spec },
    macs: [],
    other: count(spec),
    factors: [left.source, right.source],
  };
}

/** A batched matrix product: batch is what both keep, rows and columns what one keeps, inner what both lose. */
function contracted(left: Named, right: Named, names: readonly string[], inner: readonly string[]): Run {
  const size = (name: string): number => Math.max(sizeIn(left, name), sizeIn(right, name));
  const has = (operand: Named, name: string): boolean => sizeIn(operand, name) > 1;
  const batch = names.filter((name) => has(left, name) && has(right, name));
  const rows = names.filter((name) => has(left, name) && !has(right, name));
  const columns = names.filter((name) => !has(left, name));
  const order = [...batch, ...rows, ...columns];
  const shape = names.map(size);
  const strides = stridesInOrder(
    shape,
    order.map((name) => names.indexOf(name)),
  );
  const spec = strided(shape, left.spec.dtype, strides);
  return {
    result: { names, spec, source: spec },
    macs: [[...order.map(size).filter((n) => n !== 1), ...inner.map(size)]],
    other: 0,
    factors: [merged(left, [batch, rows, inner]), merged(right, [batch, inner, columns])],
  };
}

/** Two operands become one with the indices that are still needed, in the order of `order`. */
function paired(left: Named, right: Named, order: readonly string[], needed: ReadonlySet<string>): Run {
  const all = order.filter((name) => left.names.includes(name) || right.names.includes(name));
  const gone = all.filter((name) => !needed.has(name));
  const both = (name: string): boolean => sizeIn(left, name) > 1 && sizeIn(right, name) > 1;
  const inner = gone.filter(both);
  const alone = gone.filter((name) => !both(name));
  const [a, b] = [summed(left, alone), summed(right, alone)];
  const sums = (a === left ? 0 : count(left.spec)) + (b === right ? 0 : count(right.spec));
  const kept = all.filter((name) => needed.has(name));
  const run = inner.length === 0 ? multiplied(a, b, kept) : contracted(a, b, kept, inner);
  return { ...run, other: run.other + sums };
}

/** One operand: rearranged, and summed where indices go. */
function alone(operand: Named, output: readonly string[]): Run {
  const gone = operand.names.filter((name) => !output.includes(name));
  const result = arranged(summed(operand, gone), output);
  return { result, macs: [], other: gone.length === 0 ? 0 : count(operand.spec), factors: [] };
}

function run(args: EinsumArgs): Run {
  const { inputs, output } = parseEquation(args);
  const operands = args.operands.map((operand, i) => named(inputs[i] ?? [], operand));
  const [first, ...rest] = operands;
  if (first === undefined) fail('einsum needs at least one operand');
  if (rest.length === 0) return alone(first, output);
  // PyTorch brings all operands into one order: that of the output, then what goes.
  const order = [...new Set([...output, ...inputs.flat().sort()])];
  let so: Run = { result: first, macs: [], other: 0, factors: [] };
  for (const [i, next] of rest.entries()) {
    const later = rest.slice(i + 1).flatMap(({ names }) => names);
    const step = paired(so.result, next, order, new Set([...output, ...later]));
    so = {
      result: step.result,
      macs: [...so.macs, ...step.macs],
      other: so.other + step.other,
      factors: [...so.factors, ...step.factors],
    };
  }
  return { ...so, result: arranged(so.result, output) };
}

/** Whether nothing is computed: one operand whose dimensions are only rearranged. */
const isView = (args: EinsumArgs): boolean => args.operands.length === 1 && run(args).other === 0;

export const einsum = defineOp<EinsumArgs>({
  name: 'einsum',
  infer(args) {
    const { output, sizes } = parseEquation(args);
    const unknown = output.find((name) => !sizes.has(name));
    if (unknown !== undefined) fail(`einsum: index ${unknown} of the output is in no operand`);
    return [run(args).result.spec];
  },
  cost(args) {
    const { macs, other } = run(args);
    return { macs, other };
  },
  alias: (args) => (isView(args) ? 'view' : 'fresh'),
  contracts: ['operands'],
  backwardOther: () => 0,
  // Each product has one gradient per factor.
  backwardMacs(args) {
    const { macs } = run(args);
    return [...macs, ...macs];
  },
  saves: (args) => run(args).factors,
  note: '2 × indices of each batched product, from left to right; element-wise products and sums 1 per element',
});
