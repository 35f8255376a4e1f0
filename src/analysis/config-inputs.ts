// Inputs in price-tag.json: a list of tensors by position, or an object of them by name. A tensor is a list of sizes,
// `{"shape": [1, 128], "dtype": "int64"}`, or a text as `--input` takes it, `"1,128:int64"`.

import { getNodeValue, type Node } from 'jsonc-parser';
import type { InputTree } from '../frameworks/torch';
import { isDType } from '../tensor/dtype';
import type { ConfigInputs } from './config';
import { type Complain, type Property, propertiesOf, rangeOf } from './config-text';
import { parseInputSpec } from './inputs';

const NONE: ConfigInputs = { positional: [], keywords: {} };

/** The inputs of one root; what cannot be read is left out with a complaint, and then nothing is taken. */
export function configInputs(node: Node, complain: Complain): ConfigInputs {
  if (node.type === 'string') return spelled(node, complain) ?? NONE;
  if (node.type === 'array') {
    const tensors = (node.children ?? []).map((child) => tensor(child, complain));
    const positional = tensors.flatMap((one) => (one === undefined ? [] : [one]));
    return positional.length === tensors.length ? { positional, keywords: {} } : NONE;
  }
  if (node.type === 'object') return byName(propertiesOf(node, complain), complain);
  complain(
    'Inputs are a list of shapes, as [[1, 3, 224, 224]], or an object of them by name.',
    rangeOf(node),
  );
  return NONE;
}

function byName(properties: readonly Property[], complain: Complain): ConfigInputs {
  const named = properties.map(({ key, value }) => [key, tensor(value, complain)] as const);
  const known = named.flatMap(([key, one]) => (one === undefined ? [] : [[key, one] as const]));
  return known.length === named.length ? { positional: [], keywords: Object.fromEntries(known) } : NONE;
}

function tensor(node: Node, complain: Complain): InputTree | undefined {
  const value: unknown = getNodeValue(node);
  if (isShape(value)) return { shape: value, dtype: 'float32' };
  if (node.type === 'string') return spelled(node, complain)?.positional[0];
  const { shape, dtype = 'float32' } = (node.type === 'object' ? value : {}) as Record<string, unknown>;
  if (isShape(shape) && typeof dtype === 'string' && isDType(dtype)) return { shape, dtype };
  complain(
    isShape(shape)
      ? `${JSON.stringify(dtype)} is not a dtype: write one of PyTorch's, as "int64".`
      : 'An input is a list of sizes, as [1, 3, 224, 224], or {"shape": [1, 128], "dtype": "int64"}.',
    rangeOf(node),
  );
  return undefined;
}

function spelled(node: Node, complain: Complain): ConfigInputs | undefined {
  try {
    return parseInputSpec(String(node.value));
  } catch (error) {
    complain((error as Error).message, rangeOf(node));
    return undefined;
  }
}

const isShape = (value: unknown): value is number[] =>
  Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
