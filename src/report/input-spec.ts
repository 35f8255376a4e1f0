// Inputs as text: what is wrong with what a user types, and how a report's inputs are written (tensor/input-spec.ts reads it).

import type { TensorType } from '../price/model-report';
import { readInputSpec, type SpecifiedInput } from '../tensor/input-spec';

/** What is wrong with a specification, as a sentence; undefined where it is fine. */
export function inputProblem(spec: string): string | undefined {
  const read = readInputSpec(spec);
  return typeof read === 'string' ? read : undefined;
}

/** The specification of inputs that a report has: `1,3,224,224; 1,128:int64`. */
export const inputSpec = (inputs: readonly TensorType[]): string =>
  inputs.map(({ shape, dtype }) => shape.join(',') + (dtype === 'float32' ? '' : `:${dtype}`)).join('; ');

/** The comment that says the same in the source: `# price-tag: input=(1, 3, 224, 224)`. */
export function inputComment(spec: string): string {
  const read = readInputSpec(spec);
  return `# price-tag: input=${typeof read === 'string' ? spec : read.map(written).join('; ')}`;
}

function written({ name, shape, dtype }: SpecifiedInput): string {
  const sizes = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  return `${name === undefined ? '' : `${name}=`}${sizes}${dtype === 'float32' ? '' : `:${dtype}`}`;
}

/** A comment that fixes an input, as it stands above a definition. */
export const INPUT_COMMENT = /^\s*#\s*price-tag:\s*input\s*=/;
