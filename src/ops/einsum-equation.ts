// The equation of an einsum: which index each dimension of each operand has, which the output has, and how large each is.
// Indices are letters; those that `...` stands for are called `0`, `1` …, counted so that the last one is the last of all.

import { showShape } from '../tensor/broadcast';
import type { TensorSpec } from '../tensor/tensor';
import { fail } from './arguments';

export interface EinsumArgs {
  readonly equation: string;
  readonly operands: readonly TensorSpec[];
}

export interface Equation {
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

export function parseEquation({ equation, operands }: EinsumArgs): Equation {
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

function sizesOf(equation: string, inputs: Equation['inputs'], operands: readonly TensorSpec[]) {
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
