// einsum as PyTorch computes it: from left to right, each pair of operands by one batched matrix product over the indices
// that both have and that nobody needs any more (sumproduct_pair in ATen's Linear.cpp). An index that only one operand of a
// pair has, and that goes, is summed before. Contraction FPO is that of the products (bmm); a pair without any index to
// contract is multiplied element by element, and a sum without a pair counts one per element.
//
// Left out: the path that opt_einsum would choose where it is installed; PyTorch's wheels do not bring it.

import { showShape } from '../tensor/broadcast';
import { elementCount, type TensorSpec } from '../tensor/tensor';
import { fail, product } from './arguments';
import { defineOp, type OpCost, type Product } from './operator';

interface EinsumArgs {
  readonly equation: string;
  readonly operands: readonly TensorSpec[];
}

/** An operand with a name for each dimension; names of broadcast dimensions are `0`, `1` … */
interface Named {
  readonly names: readonly string[];
  readonly sizes: ReadonlyMap<string, number>;
}

interface Parsed {
  readonly inputs: readonly (readonly string[])[];
  readonly output: readonly string[];
  /** Full size of each index: sizes of 1 stretch. */
  readonly sizes: ReadonlyMap<string, number>;
}

/** The names of an operand's dimensions; `...` stands for as many as are left, counted from the last. */
function namesOf(term: string, rank: number, widest: number): string[] {
  const [before = '', after] = term.split('...');
  if (after === undefined) return [...before];
  const free = rank - before.length - after.length;
  const dots = Array.from({ length: free }, (_, i) => `${widest - free + i}`);
  return [...before, ...dots, ...after];
}

/** How many dimensions the widest `...` stands for. */
function widestDots(terms: readonly string[], operands: readonly TensorSpec[]): number {
  const free = terms.map((term, i) =>
    term.includes('...') ? (operands[i]?.shape.length ?? 0) - term.length + 3 : 0,
  );
  return Math.max(0, ...free);
}

/** Without an arrow, what stands once goes to the output, in the order of the alphabet, after the dimensions of `...`. */
function impliedOutput(terms: readonly string[], widest: number): string[] {
  const letters = [...terms.join('').replaceAll('...', '')].sort();
  const once = letters.filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter));
  return [...Array.from({ length: widest }, (_, i) => `${i}`), ...once];
}

function parse({ equation, operands }: EinsumArgs): Parsed {
  const [left = '', right] = equation.replaceAll(/\s/g, '').split('->');
  const terms = left.split(',');
  if (terms.length !== operands.length)
    fail(`einsum '${equation}' names ${terms.length} operands, but got ${operands.length}`);
  const widest = widestDots(terms, operands);
  const inputs = terms.map((term, i) => namesOf(term, operands[i]?.shape.length ?? 0, widest));
  const output =
    right === undefined ? impliedOutput(terms, widest) : namesOf(right, right.length - 3 + widest, widest);
  return { inputs, output, sizes: sizesOf(equation, inputs, operands) };
}

function sizesOf(equation: string, inputs: Parsed['inputs'], operands: readonly TensorSpec[]) {
  const sizes = new Map<string, number>();
  for (const [i, names] of inputs.entries()) {
    const shape = operands[i]?.shape ?? [];
    if (names.length !== shape.length)
      fail(`einsum '${equation}' names ${names.length} dimensions of a tensor of shape ${showShape(shape)}`);
    for (const [dim, name] of names.entries()) {
      const [size, so] = [shape[dim] as number, sizes.get(name) ?? 1];
      if (size !== 1 && so !== 1 && size !== so)
        fail(`einsum '${equation}': index ${name} is of size ${so} and of size ${size}`);
      sizes.set(name, Math.max(so, size === 1 ? so : size));
    }
  }
  return sizes;
}

/** What an operand has of each index: a repeated index is its diagonal. */
const named = (names: readonly string[], shape: readonly number[]): Named => ({
  names: [...new Set(names)],
  sizes: new Map(names.map((name, dim) => [name, shape[dim] as number])),
});

const sizeIn = (operand: Named, name: string): number => operand.sizes.get(name) ?? 1;

/** One step: two operands become one. */
interface Step {
  readonly result: Named;
  readonly macs: Product | null;
  readonly other: number;
}

/** Sums what only this operand has and nobody needs. */
function summed(operand: Named, gone: readonly string[]): Named {
  const names = operand.names.filter((name) => !gone.includes(name));
  return { names, sizes: new Map(names.map((name) => [name, sizeIn(operand, name)])) };
}

const elements = (operand: Named): number => product([...operand.sizes.values()]);

/** The product of two operands, summed over the indices that nobody needs any more. */
function pair(left: Named, right: Named, needed: ReadonlySet<string>): Step {
  const all = [...new Set([...left.names, ...right.names])];
  const gone = all.filter((name) => !needed.has(name));
  // A dimension of size 1 counts as missing: sumproduct_pair sums it on the other side alone.
  const both = (name: string): boolean => sizeIn(left, name) > 1 && sizeIn(right, name) > 1;
  const contracted = gone.filter(both);
  const a = summed(
    left,
    gone.filter((name) => !both(name)),
  );
  const b = summed(
    right,
    gone.filter((name) => !both(name)),
  );
  const other =
    (elements(a) < elements(left) ? elements(left) : 0) +
    (elements(b) < elements(right) ? elements(right) : 0);
  const kept = all.filter((name) => needed.has(name));
  const sizes = new Map(kept.map((name) => [name, Math.max(sizeIn(left, name), sizeIn(right, name))]));
  const result = { names: kept, sizes };
  const factors = [
    ...[...sizes.values()].filter((n) => n !== 1),
    ...contracted.map((name) => sizeIn(left, name)),
  ];
  if (gone.length === 0) return { result, macs: null, other: other + product([...sizes.values()]) };
  return { result, macs: factors, other };
}

/** All steps from the first operand on. */
function steps(args: EinsumArgs): Step[] {
  const { inputs, output } = parse(args);
  const operands = args.operands.map(({ shape }, i) => named(inputs[i] ?? [], shape));
  const [first, ...rest] = operands;
  const done: Step[] = [];
  let so = first as Named;
  for (const [i, next] of rest.entries()) {
    const later = rest.slice(i + 1).flatMap((operand) => operand.names);
    const step = pair(so, next, new Set([...output, ...later]));
    done.push(step);
    so = step.result;
  }
  return done;
}

function costOf(args: EinsumArgs): OpCost {
  const done = steps(args);
  if (done.length === 0) return { macs: [], other: elementCount(args.operands[0]?.shape ?? []) };
  return {
    macs: done.flatMap(({ macs }) => (macs ? [macs] : [])),
    other: done.reduce((sum, { other }) => sum + other, 0),
  };
}

export const einsum = defineOp<EinsumArgs>({
  name: 'einsum',
  infer(args) {
    const { output, sizes } = parse(args);
    const shape = output.map(
      (name) => sizes.get(name) ?? fail(`einsum: index ${name} of the output is in no operand`),
    );
    return [{ shape, dtype: args.operands[0]?.dtype ?? 'float32' }];
  },
  cost: costOf,
  contracts: ['operands'],
  backwardOther: () => 0,
  // Each product has one gradient per factor.
  backwardMacs: (args) => {
    const { macs } = costOf(args);
    return [...macs, ...macs];
  },
  saves: ['operands'],
  note: '2 × indices of each batched product, from left to right; element-wise products and sums 1 per element',
});
