// The inputs that a user types: `1,3,224,224`, `1,128:int64`, `ids=1,128:int64; mask=1,128`. Parsed here only to say
// what is wrong before it is used; the analysis reads the same text.

import type { TensorType } from '../price/model-report';
import { isDType } from '../tensor/dtype';

const SIZES = /^\(?\s*(\d+\s*(,\s*\d+\s*)*)?,?\s*\)?$/;
const MOST = 2 ** 31;

/** What is wrong with a specification, as a sentence; undefined where it is fine. */
export function inputProblem(spec: string): string | undefined {
  const parts = spec.split(';').map((part) => part.trim());
  if (parts.every((part) => part === '')) return undefined;
  return parts.map(partProblem).find((problem) => problem !== undefined);
}

function partProblem(part: string): string | undefined {
  if (part === '') return 'There is nothing between two semicolons.';
  const { name, sizes, dtype } = split(part);
  if (name !== undefined && !/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name))
    return `“${name}” is not the name of an argument.`;
  if (!SIZES.test(sizes))
    return `“${sizes}” is not a shape: write sizes with commas between them, as 1,3,224,224.`;
  if (dtype !== undefined && !isDType(dtype))
    return `“${dtype}” is not a dtype: write one of PyTorch’s, as int64.`;
  const large = sizes.match(/\d+/g)?.find((size) => Number(size) > MOST);
  return large === undefined ? undefined : `${large} is too large a size.`;
}

function split(part: string): { name?: string; sizes: string; dtype?: string } {
  const [, name, rest = ''] = /^(?:([^=]*)=)?(.*)$/s.exec(part) ?? [];
  const [sizes = '', dtype] = rest.split(':').map((text) => text.trim());
  return {
    sizes,
    ...(name === undefined ? {} : { name: name.trim() }),
    ...(dtype === undefined ? {} : { dtype }),
  };
}

/** The specification of inputs that a report has: `1,3,224,224; 1,128:int64`. */
export const inputSpec = (inputs: readonly TensorType[]): string =>
  inputs.map(({ shape, dtype }) => shape.join(',') + (dtype === 'float32' ? '' : `:${dtype}`)).join('; ');

/** The comment that says the same in the source: `# price-tag: input=(1, 3, 224, 224)`. */
export function inputComment(spec: string): string {
  const parts = spec
    .split(';')
    .map((part) => split(part.trim()))
    .map(({ name, sizes, dtype }) => {
      const numbers = sizes.match(/\d+/g) ?? [];
      const shape = numbers.length === 1 ? `(${numbers[0]},)` : `(${numbers.join(', ')})`;
      return `${name === undefined ? '' : `${name}=`}${shape}${dtype === undefined ? '' : `:${dtype}`}`;
    });
  return `# price-tag: input=${parts.join('; ')}`;
}

/** A comment that fixes an input, as it stands above a definition. */
export const INPUT_COMMENT = /^\s*#\s*price-tag:\s*input\s*=/;
