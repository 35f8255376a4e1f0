// F.pad in all its modes: a copy with room around it. Sizes are given from the last dimension on, two numbers each.

import { withContents } from '../tensor/contents';
import { elementCount, type TensorSpec } from '../tensor/tensor';
import { fail } from './arguments';
import { defineOp } from './operator';

interface PadArgs {
  readonly input: TensorSpec;
  /** Before and after the last dimension, then before and after the one before it, and so on; negative cuts off. */
  readonly pad: readonly number[];
  readonly mode: string;
  readonly value: number;
}

/** Contents with a constant around them. */
function padded({ input, pad, mode, value }: PadArgs, shape: readonly number[]): number[] | undefined {
  const { contents } = input;
  if (contents === undefined || mode !== 'constant' || elementCount(shape) > 4096) return undefined;
  const rank = shape.length;
  return Array.from({ length: elementCount(shape) }, (_, flat) => {
    let [rest, at, step] = [flat, 0, 1];
    for (let dim = rank - 1; dim >= 0; dim--) {
      const size = input.shape[dim] as number;
      const i = (rest % (shape[dim] as number)) - (pad[2 * (rank - 1 - dim)] ?? 0);
      if (i < 0 || i >= size) return value;
      at += i * step;
      step *= size;
      rest = Math.floor(rest / (shape[dim] as number));
    }
    return contents[at] as number;
  });
}

export const pad = defineOp<PadArgs>({
  name: 'pad',
  infer(args) {
    const { input, pad: sizes, mode } = args;
    const rank = input.shape.length;
    if (sizes.length % 2 !== 0 || sizes.length > 2 * rank)
      fail(`padding [${sizes}] does not fit a tensor of shape [${input.shape}]`);
    const shape = input.shape.map((size, dim) => {
      const at = 2 * (rank - 1 - dim);
      return size + (sizes[at] ?? 0) + (sizes[at + 1] ?? 0);
    });
    if (shape.some((size) => size < 0))
      fail(`padding [${sizes}] cuts more off than shape [${input.shape}] has`);
    if (mode === 'reflect') checkReflection(input, sizes);
    return [withContents({ shape, dtype: input.dtype }, padded(args, shape))];
  },
  saves: ({ mode }) => (mode === 'constant' ? [] : ['input']),
});

function checkReflection(input: TensorSpec, sizes: readonly number[]): void {
  for (const [i, size] of sizes.entries()) {
    const dim = input.shape.length - 1 - Math.floor(i / 2);
    if (size >= (input.shape[dim] as number) && size > 0)
      fail(
        `reflection padding of ${size} needs more than the ${input.shape[dim]} elements of dimension ${dim}`,
      );
  }
}
