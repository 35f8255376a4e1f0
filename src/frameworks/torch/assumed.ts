// Contents that are assumed. Which experts a router chooses depends on the data, but how many rows all of them see in the
// end does not: top-k of n has exactly k a row. So an even spread stands for what top-k would choose: where code picks the
// rows of each expert, the sum over the experts is exact. Specs computed from such contents carry the reason on; as soon as
// a size or a Python number comes from them, a knob says so.

import type { Op, OpArgument } from '../../ops/operator';
import { argmax, maxWithIndices } from '../../ops/reductions';
import { topk } from '../../ops/sorting';
import { keepsContents } from '../../tensor/contents';
import { elementCount, type TensorSpec } from '../../tensor/tensor';
import type { TorchState } from './state';

/** The reason why contents are assumed, if they are. */
export const assumptionOf = ({ contents, assumed }: TensorSpec): string | undefined =>
  contents === undefined ? undefined : assumed;

/** Notes that a size or a number was taken from assumed contents. */
export function noteAssumption({ recording }: TorchState, reason: string, value: readonly number[]): void {
  recording?.assume('routing', value, reason);
}

/** The same argument with nothing assumed in it. */
export function withoutAssumed(argument: OpArgument): OpArgument {
  if (Array.isArray(argument)) return argument.map(withoutAssumed);
  if (typeof argument !== 'object' || argument === null || !('shape' in argument)) return argument;
  return assumptionOf(argument) === undefined ? argument : withoutContents(argument);
}

const withoutContents = ({ contents: _, assumed: __, ...spec }: TensorSpec): TensorSpec => spec;

/** Routers choose among few; among many, as the tokens of a vocabulary, a choice is a result. */
const FEW = 256;

/** An operator whose last output says what is chosen along the last dimension: an even spread where the data decides. */
const choosing = (op: Op, most = Number.POSITIVE_INFINITY): Op => ({
  ...op,
  infer(args) {
    const outputs = op.infer(args);
    const { input, dim } = args as { readonly input: TensorSpec; readonly dim: number | null };
    const choices = input.shape.at(-1) ?? 0;
    if (!isAlongRows(input, dim) || choices > most) return outputs;
    return [...outputs.slice(0, -1), evenly(outputs.at(-1) as TensorSpec, choices)];
  },
});

export const evenArgmax = choosing(argmax, FEW);
export const evenMax = choosing(maxWithIndices, FEW);
export const evenTopk = choosing(topk);

/** A choice for each of several rows; one choice out of a vector is no routing. */
const isAlongRows = ({ shape }: TensorSpec, dim: number | null): boolean =>
  shape.length > 1 && (dim === -1 || dim === shape.length - 1);

function evenly(indices: TensorSpec, choices: number): TensorSpec {
  if (indices.contents !== undefined || !keepsContents(indices.shape)) return indices;
  const contents = Array.from({ length: elementCount(indices.shape) }, (_, at) => at % choices);
  const assumed = `which of the ${choices} are chosen depends on the data; an even spread is assumed`;
  return { ...indices, contents, assumed };
}
