// The inputs that a user writes, on the command line, in a comment, in price-tag.json or in a box of the editor:
// `1,3,224,224`, `1,128:int64`, `ids=1,128:int64; mask=1,128`, with or without brackets around the sizes.

import { type DType, isDType } from './dtype';

/** One input as it is written; without a name it is fed by position. */
export interface SpecifiedInput {
  readonly name?: string;
  readonly shape: readonly number[];
  readonly dtype: DType;
}

const NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const SIZES = /^\(?\s*(?:\d+(?:(?:\s*[,x\u00d7]\s*|\s+)\d+)*)?\s*,?\s*\)?$/;
const LARGEST = 2 ** 31;

/** The inputs of a specification, none where it is empty, or a sentence that says what is wrong with it. */
export function readInputSpec(spec: string): readonly SpecifiedInput[] | string {
  if (spec.trim() === '') return [];
  const inputs: SpecifiedInput[] = [];
  for (const part of spec.replace(/;\s*$/, '').split(';')) {
    const input = readInput(part.trim());
    if (typeof input === 'string') return input;
    inputs.push(input);
  }
  return inputs;
}

function readInput(part: string): SpecifiedInput | string {
  if (part === '') return 'There is nothing between two semicolons.';
  const [, given, rest = ''] = /^(?:([^=]*)=)?(.*)$/s.exec(part) ?? [];
  const [sizes = '', dtype = 'float32', ...more] = rest.split(':').map((text) => text.trim());
  const name = given?.trim();
  if (name !== undefined && !NAME.test(name)) return `“${name}” is not the name of an argument.`;
  if (!SIZES.test(sizes) || sizes === '')
    return `“${sizes}” is not a shape: write sizes with commas between them, as 1,3,224,224.`;
  if (!isDType(dtype) || more.length > 0)
    return `“${[dtype, ...more].join(':')}” is not a dtype: write one of PyTorch’s, as int64.`;
  const shape = (sizes.match(/\d+/g) ?? []).map(Number);
  const large = shape.find((size) => size > LARGEST);
  if (large !== undefined) return `${large} is too large a size.`;
  return { ...(name !== undefined && { name }), shape, dtype };
}
