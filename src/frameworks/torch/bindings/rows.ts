// How rows of the tables are written, and how public arguments are read: numbers, lists of numbers, sizes per dimension.

import { fail, isTensor, perDimension } from '../../../ops/arguments';
import type { Op, OpArgument } from '../../../ops/operator';
import type { DType } from '../../../tensor/dtype';
import { isScalar, scalarValue } from '../../../tensor/scalar';
import type { TensorSpec } from '../../../tensor/tensor';
import type { Binding, BoundArguments, Namespace, Overload } from '../binding';

export type Adapted = Readonly<Record<string, OpArgument>>;
type Extra = Pick<Binding, 'adapt' | 'fits' | 'overload' | 'result'>;

/** Where most names are: a function of torch and a method. */
export const BOTH: readonly Namespace[] = ['torch', 'Tensor'];
/** Likewise, and a function of torch.nn.functional. */
export const ALL: readonly Namespace[] = ['torch', 'Tensor', 'F'];
export const TORCH: readonly Namespace[] = ['torch'];
export const METHOD: readonly Namespace[] = ['Tensor'];
export const F: readonly Namespace[] = ['F'];
export const TORCH_F: readonly Namespace[] = ['torch', 'F'];

export const row = (
  name: string,
  namespaces: readonly Namespace[],
  signature: string,
  op: Op,
  extra: Extra = {},
): Binding => ({ name, namespaces, signature, op, ...extra });

/** The same name and operator with another signature as a method than as a function. */
export const rows = (names: readonly string[], make: (name: string) => Binding): readonly Binding[] =>
  names.map(make);

/** A number; of a tensor, the one in it. */
export function num(value: OpArgument | undefined, name = 'an argument'): number {
  if (isScalar(value)) return scalarValue(value);
  const sole = isTensor(value) && value.contents?.length === 1 ? value.contents[0] : undefined;
  return sole ?? fail(`${name} should be a number that is known`);
}

export const numOr = (value: OpArgument | undefined, otherwise: number): number =>
  value === null || value === undefined ? otherwise : num(value);

export const numOrNull = (value: OpArgument | undefined): number | null =>
  value === null || value === undefined ? null : num(value);

/** A list of numbers, also where it is one number or a tensor of known contents. */
export function nums(value: OpArgument | undefined, name = 'an argument'): number[] {
  if (isTensor(value)) return [...(value.contents ?? fail(`${name} should be known numbers`))];
  if (Array.isArray(value)) return value.flatMap((item) => nums(item ?? noNumber(name), name));
  return value === null || value === undefined ? [] : [num(value, name)];
}

const noNumber = (name: string): never => fail(`${name} should be numbers, but None is among them`);

/** Dimensions; null stands for all. */
export const dimsOf = (value: OpArgument | undefined): number[] | null =>
  value === null || value === undefined ? null : nums(value, 'dim');

export const flag = (value: OpArgument | undefined): boolean =>
  value === true || (isScalar(value) && num(value) !== 0);

export const tensor = (value: OpArgument | undefined, name: string): TensorSpec =>
  isTensor(value) ? value : fail(`${name} should be a tensor`);

export const tensorOrNull = (value: OpArgument | undefined): TensorSpec | null =>
  isTensor(value) ? value : null;

/** A list of tensors; a lone tensor is cut into its rows by the caller, not here. */
export function tensors(value: OpArgument | undefined): readonly TensorSpec[] {
  const list = Array.isArray(value) ? (value as readonly OpArgument[]) : [value ?? null];
  return list.flatMap((item) =>
    Array.isArray(item) ? tensors(item) : [tensor(item, 'each of the tensors')],
  );
}

/** One number per spatial dimension, from a number or a list. */
export const spread = (value: OpArgument | undefined, rank: number, name: string): number[] => {
  const list = nums(value, name);
  return perDimension(list, rank, name);
};

export const dtypeOr = <T extends DType | null>(value: OpArgument | undefined, otherwise: T): DType | T =>
  typeof value === 'string' ? (value as DType) : otherwise;

/** The overload for arguments that fulfil a condition. */
export const when =
  (condition: (args: BoundArguments) => boolean, overload: Overload) =>
  (args: BoundArguments): Overload | undefined =>
    condition(args) ? overload : undefined;

/** Whether an argument was left out. */
export const absent = (value: OpArgument | undefined): boolean => value === null || value === undefined;
