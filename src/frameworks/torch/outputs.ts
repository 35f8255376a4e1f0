// What went into a run and came out of it, by name: positions of tuples, keys of dicts, fields of objects.

import {
  BoundMethod,
  PyDict,
  PyFunction,
  PyInstance,
  PyList,
  PyTuple,
  type Value,
} from '../../python/values';
import { type DType, isDType } from '../../tensor/dtype';
import type { NamedValue } from '../../trace/trace';
import type { Recording } from './recording';
import type { TorchState } from './state';
import { type TensorData, tensorOf } from './tensors';

const DEEPEST = 6;

export interface TensorInput {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** A tensor, a plain value, or a list or map of them. */
export type InputTree =
  | TensorInput
  | number
  | boolean
  | string
  | null
  | readonly InputTree[]
  | { readonly [name: string]: InputTree };

export const isTensorInput = (tree: InputTree): tree is TensorInput =>
  typeof tree === 'object' &&
  tree !== null &&
  'shape' in tree &&
  Array.isArray(tree.shape) &&
  'dtype' in tree &&
  typeof tree.dtype === 'string' &&
  isDType(tree.dtype);

/** An input as Python gets it: tensors of unknown contents. */
export function inputValue(torch: TorchState, tree: InputTree): Value {
  if (typeof tree !== 'object' || tree === null) return tree;
  if (isTensorInput(tree)) return torch.tensor({ shape: tree.shape, dtype: tree.dtype }, 'input');
  if (Array.isArray(tree)) return new PyList(tree.map((item: InputTree) => inputValue(torch, item)));
  const dict = new PyDict();
  for (const [name, item] of Object.entries(tree as Readonly<Record<string, InputTree>>)) {
    dict.entries.set(torch.interpreter.key(name), [name, inputValue(torch, item)]);
  }
  return dict;
}

/** Tensors in a value with their names; a lone tensor has the name that is given. */
export function namedTensors(recording: Recording, name: string, value: Value): NamedValue[] {
  const found: NamedValue[] = [];
  visit(value, '', DEEPEST, (path, data) =>
    found.push({ name: path === '' ? name : path, value: recording.valueId(data) }),
  );
  return found;
}

/** The outputs of a run: tuple → `0`, `1`; dict → its keys; an object → its fields. */
export const summariseOutputs = (recording: Recording, result: Value): NamedValue[] =>
  namedTensors(recording, 'output', result);

type Visit = (path: string, data: TensorData) => void;

function visit(value: Value, path: string, depth: number, found: Visit): void {
  const data = tensorOf(value);
  if (data) found(path, data);
  else if (depth > 0)
    for (const [name, item] of partsOf(value))
      visit(item, path === '' ? name : `${path}.${name}`, depth - 1, found);
}

/** What a value is made of, by name. */
function partsOf(value: Value): [string, Value][] {
  if (value instanceof PyTuple && value.attributes) return [...value.attributes];
  if (value instanceof PyTuple || value instanceof PyList)
    return value.items.map((item, index) => [String(index), item]);
  if (value instanceof PyDict) return [...value.entries.values()].map(([key, item]) => [String(key), item]);
  if (value instanceof PyInstance && value.payload === undefined) return [...value.attributes];
  return [];
}

/** Names of the parameters that arguments by position go to, `self` left out. */
export function parameterNames(callee: Value | undefined): { name: string; required: boolean }[] | undefined {
  const bound = callee instanceof BoundMethod;
  const target = unwrapped(bound ? callee.callee : callee);
  if (!(target instanceof PyFunction)) return undefined;
  const plain = target.parameters.filter(({ kind }) => kind === 'normal' || kind === 'positional');
  return plain
    .slice(bound ? 1 : 0)
    .map(({ name, default: standard }) => ({ name, required: standard === undefined }));
}

/** The function that decorators have been put around. */
export function unwrapped(callee: Value | undefined): Value | undefined {
  const inner = callee instanceof PyFunction ? callee.attributes?.get('__wrapped__') : undefined;
  return inner === undefined ? callee : unwrapped(inner);
}
