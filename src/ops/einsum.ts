// einsum as PyTorch computes it (sumproduct_pair in ATen's Linear.cpp): from left to right, each pair of operands by one
// batched matrix product over the indices that both have and that nobody needs any more. An index that only one of the two
// has, and that goes, is summed before. A pair without an index to contract is multiplied element by element. Contraction
// FPO is that of the products (bmm); element-wise products and sums count one per element.
//
// Layouts and what autograd keeps follow from the same steps: bmm takes dense batches, so operands that cannot be viewed
// as [batch, rows, inner] are copied, and the result lies in the order batch, rows, columns.
//
// Left out: the path that opt_einsum would choose where it is installed; PyTorch's wheels do not bring it.

import { elementwiseSpec, strided, stridesInOrder, stridesOf, viewStrides } from '../tensor/strides';
import type { TensorSpec } from '../tensor/tensor';
import { count, fail, product } from './arguments';
import { type EinsumArgs, parseEquation } from './einsum-equation';
import { defineOp, type Needs, type Product } from './operator';

/**
 * An operand with one name per dimension. `source` is what autograd would keep: the tensor it is a view of; `from` are the
 * operands that went into it.
 */
interface Named {
  readonly names: readonly string[];
  readonly spec: TensorSpec;
  readonly source: TensorSpec;
  readonly from: readonly number[];
}

/** A product of two: what went into each side, the tensors that it took, and its contraction if it is one. */
interface Pairing {
  readonly sides: readonly [readonly number[], readonly number[]];
  readonly factors: readonly [TensorSpec, TensorSpec];
  readonly macs: readonly Product[];
}

/** What was done: the result, the products on the way, and FPO outside of contractions. */
interface Run {
  readonly result: Named;
  readonly pairings: readonly Pairing[];
  readonly other: number;
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
function named(names: readonly string[], source: TensorSpec, index: number): Named {
  const strides = stridesOf(source);
  const once = [...new Set(names)];
  const steps = once.map((name) =>
    names.reduce((sum, other, i) => sum + (other === name ? (strides[i] ?? 0) : 0), 0),
  );
  const shape = once.map((name) => source.shape[names.indexOf(name)] as number);
  return { names: once, spec: strided(shape, source.dtype, steps), source, from: [index] };
}

/** A dense tensor made of another one, with dimensions of these names. */
function denseIn(order: readonly string[], like: Named): Named {
  const spec = { shape: order.map((name) => sizeIn(like, name)), dtype: like.spec.dtype };
  return { names: order, spec, source: spec, from: like.from };
}

/** Sums over these indices; nothing to do where they are all of size 1. */
function summed(operand: Named, gone: readonly string[]): Named {
  if (gone.every((name) => sizeIn(operand, name) === 1)) return operand;
  const kept = operand.names.filter((name) => !gone.includes(name));
  return denseIn(kept, operand);
}

/** What bmm takes of an operand: its source, or a dense copy where these groups of dimensions cannot be merged by a view. */
function merged(operand: Named, groups: readonly (readonly string[])[]): TensorSpec {
  const { spec } = arranged(operand, groups.flat());
  const target = groups.map((group) => product(group.map((name) => sizeIn(operand, name))));
  const fits = viewStrides(spec.shape, stridesOf(spec), target) !== null;
  return fits ? operand.source : { shape: target, dtype: spec.dtype };
}

/** The record of one product. */
function step(
  left: Named,
  right: Named,
  names: readonly string[],
  spec: TensorSpec,
  { macs, factors }: Pick<Pairing, 'macs' | 'factors'>,
  other: number,
): Run {
  const from = [...left.from, ...right.from];
  return {
    result: { names, spec, source: spec, from },
    pairings: [{ sides: [left.from, right.from], factors, macs }],
    other,
  };
}

/** Element by element. */
function multiplied(left: Named, right: Named, names: readonly string[]): Run {
  const [a, b] = [arranged(left, names), arranged(right, names)];
  const shape = names.map((name) => Math.max(sizeIn(left, name), sizeIn(right, name)));
  const spec = elementwiseSpec(shape, left.spec.dtype, [a.spec, b.spec]);
  return step(left, right, names, spec, { macs: [], factors: [left.source, right.source] }, count(spec));
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
  const macs = [[...order.map(size).filter((n) => n !== 1), ...inner.map(size)]];
  const factors = [merged(left, [batch, rows, inner]), merged(right, [batch, inner, columns])] as const;
  return step(left, right, names, spec, { macs, factors }, 0);
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
  return { result, pairings: [], other: gone.length === 0 ? 0 : count(operand.spec) };
}

function run(args: EinsumArgs): Run {
  const { inputs, output } = parseEquation(args);
  const operands = args.operands.map((operand, i) => named(inputs[i] ?? [], operand, i));
  const [first, ...rest] = operands;
  if (first === undefined) fail('einsum needs at least one operand');
  if (rest.length === 0) return alone(first, output);
  // PyTorch brings all operands into one order: that of the output, then what goes.
  const order = [...new Set([...output, ...inputs.flat().sort()])];
  let so: Run = { result: first, pairings: [], other: 0 };
  for (const [i, next] of rest.entries()) {
    const later = rest.slice(i + 1).flatMap(({ names }) => names);
    const step = paired(so.result, next, order, new Set([...output, ...later]));
    so = {
      result: step.result,
      pairings: [...so.pairings, ...step.pairings],
      other: so.other + step.other,
    };
  }
  return { ...so, result: arranged(so.result, output) };
}

/** Whether nothing is computed: one operand whose dimensions are only rearranged. */
const isView = (args: EinsumArgs): boolean => args.operands.length === 1 && run(args).other === 0;

/** Whether a gradient flows into one of these operands. */
const wants = (side: readonly number[], needs: Needs): boolean => side.some((i) => needs('operands', i));

export const einsum = defineOp<EinsumArgs>({
  name: 'einsum',
  infer(args) {
    const { output, sizes } = parseEquation(args);
    const unknown = output.find((name) => !sizes.has(name));
    if (unknown !== undefined) fail(`einsum: index ${unknown} of the output is in no operand`);
    return [run(args).result.spec];
  },
  cost(args) {
    const { pairings, other } = run(args);
    return { macs: pairings.flatMap(({ macs }) => macs), other };
  },
  alias: (args) => (isView(args) ? 'view' : 'fresh'),
  contracts: ['operands'],
  backwardOther: () => 0,
  backwardMacs: (args, _, needs) =>
    run(args).pairings.flatMap(({ sides, macs }) =>
      sides.flatMap((side) => (wants(side, needs) ? macs : [])),
    ),
  saves: (args, _, needs) =>
    run(args).pairings.flatMap(({ sides: [left, right], factors: [a, b] }) => [
      ...(wants(right, needs) ? [a] : []),
      ...(wants(left, needs) ? [b] : []),
    ]),
  workspace(args) {
    const { pairings, result } = run(args);
    const made = new Set(pairings.flatMap(({ factors }) => factors));
    return [...made].filter((one) => one !== result.source && !args.operands.includes(one));
  },
  note: '2 × indices of each batched product, from left to right; element-wise products and sums 1 per element',
});
