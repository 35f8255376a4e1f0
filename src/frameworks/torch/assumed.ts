// Contents that are assumed. Which experts a router chooses depends on the data, but how many rows all of them see in the
// end does not: top-k of n has exactly k a row. So an even spread stands for what top-k would choose: where code picks the
// rows of each expert, the sum over the experts is exact. Specs computed from such contents carry the reason on; as soon as
// a size or a Python number comes from them, a knob says so.

import type { Op, OpArgument } from '../../ops/operator';
import { topk } from '../../ops/sorting';
import { keepsContents } from '../../tensor/contents';
import { elementCount, type TensorSpec } from '../../tensor/tensor';
import type { TorchState } from './state';

/** The reason why contents are assumed, if they are. */
export const assumptionOf = ({ contents, assumed }: TensorSpec): string | undefined =>
  contents === undefined ? undefined : assumed;

/** Notes that a size or a number was taken from assumed contents. */
export function noteAssumption({ recording }: TorchState, reason: string, value: readonly number[]): void {
  const site = recording?.stack().at(-1);
  recording?.builder.knob({ name: 'routing', value, source: 'assumed', reason, ...(site && { site }) });
}

/** The same argument with nothing assumed in it. */
export function withoutAssumed(argument: OpArgument): OpArgument {
  if (Array.isArray(argument)) return argument.map(withoutAssumed);
  if (typeof argument !== 'object' || argument === null || !('shape' in argument)) return argument;
  return assumptionOf(argument) === undefined ? argument : withoutContents(argument);
}

const withoutContents = ({ contents: _, assumed: __, ...spec }: TensorSpec): TensorSpec => spec;

/** topk, whose choice is an even spread where it depends on the data. */
export const evenTopk: Op = {
  ...topk,
  infer(args) {
    const [values, indices] = topk.infer(args) as [TensorSpec, TensorSpec];
    const { input, dim } = args as { readonly input: TensorSpec; readonly dim: number };
    return [values, isAlongRows(input, dim) ? evenly(indices, input.shape.at(-1) as number) : indices];
  },
};

/** A choice for each of several rows; one choice out of a vector is no routing. */
const isAlongRows = ({ shape }: TensorSpec, dim: number): boolean =>
  shape.length > 1 && (dim === -1 || dim === shape.length - 1);

function evenly(indices: TensorSpec, choices: number): TensorSpec {
  if (indices.contents !== undefined || !keepsContents(indices.shape)) return indices;
  const contents = Array.from({ length: elementCount(indices.shape) }, (_, at) => at % choices);
  const assumed = `which of the ${choices} are chosen depends on the data; an even spread is assumed`;
  return { ...indices, contents, assumed };
}
