// The cases of test/data/operators.json, and how they are run through our bindings and operators without an interpreter:
// arguments bound by the signature, adapted, inferred. See scripts/oracle-operators.py for how they are made.

import { readFileSync } from 'node:fs';
import type { Binding, BoundArguments, Overload } from '../../src/frameworks/torch/binding';
import { BINDINGS } from '../../src/frameworks/torch/bindings';
import { isDifferentiable, tensorsIn } from '../../src/ops/arguments';
import { CATALOGUE } from '../../src/ops/catalogue';
import { contractionFpo, DataDependentSize, type Op, type OpArgument } from '../../src/ops/operator';
import { parseSignature } from '../../src/python/native';
import { type Parameter, PyFloat, PyTuple, type Value } from '../../src/python/values';
import { byteSize, type DType } from '../../src/tensor/dtype';
import { FloatScalar } from '../../src/tensor/scalar';
import { elementCount, type TensorSpec } from '../../src/tensor/tensor';

interface NotedTensor {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly strides?: readonly number[];
  /** Of its storage, where it is strided. */
  readonly elements?: number;
  readonly contents?: readonly (number | string)[];
}

type Noted =
  | { readonly tensor: NotedTensor }
  | { readonly float: number | string }
  | number
  | string
  | boolean
  | null
  | readonly Noted[];

export interface Case {
  readonly name: string;
  readonly args: readonly Noted[];
  readonly kwargs?: Readonly<Record<string, Noted>>;
  readonly refused?: string;
  readonly outputs?: readonly NotedTensor[];
  readonly view?: boolean;
  readonly flops?: number;
  readonly backward?: number;
  readonly saved?: number;
}

export const CASES: readonly Case[] = JSON.parse(readFileSync('test/data/operators.json', 'utf8')).cases;

/** Bytes of the storages of input tensors that are strided. */
const STORAGES = new WeakMap<TensorSpec, number>();

const unspelled = (x: number | string): number =>
  typeof x === 'number' ? x : Number(x.replace('inf', 'Infinity'));

function argument(noted: Noted): OpArgument {
  if (Array.isArray(noted)) return noted.map(argument);
  if (typeof noted !== 'object' || noted === null) return noted as OpArgument;
  if ('float' in noted) return new FloatScalar(unspelled(noted.float));
  const { elements, contents, ...spec } = (noted as { tensor: NotedTensor }).tensor;
  const made: TensorSpec = { ...spec, ...(contents && { contents: contents.map(unspelled) }) };
  if (elements !== undefined) STORAGES.set(made, byteSize(made.dtype, elements));
  return made;
}

function defaultOf(value: Value | undefined): OpArgument {
  if (value instanceof PyFloat) return new FloatScalar(value.value);
  if (value instanceof PyTuple) return value.items.map(defaultOf);
  return (value ?? null) as OpArgument;
}

/** Arguments by parameter name, as the recorder binds them. */
function bound(parameters: readonly Parameter[], { args, kwargs = {} }: Case): BoundArguments {
  const rest = args.map(argument);
  const result: Record<string, OpArgument> = {};
  for (const { name, kind, default: standard } of parameters) {
    if (kind === 'variadic') {
      const items = rest.splice(0);
      const [only] = items;
      result[name] = items.length === 1 && Array.isArray(only) ? only : items;
    } else if (name in kwargs) result[name] = argument(kwargs[name] as Noted);
    else
      result[name] =
        kind !== 'keyword' && rest.length > 0 ? (rest.shift() as OpArgument) : defaultOf(standard);
  }
  if (rest.length > 0) throw new Error(`${rest.length} arguments are left over`);
  const known = new Set(parameters.map(({ name }) => name));
  for (const name of Object.keys(kwargs)) if (!known.has(name)) throw new Error(`no parameter ${name}`);
  return result;
}

export function findBinding(name: string): Binding | undefined {
  const at = name.lastIndexOf('.');
  const [space, member] = [name.slice(0, at), name.slice(at + 1)];
  return BINDINGS.find((row) => row.name === member && row.namespaces.some((one) => one === space));
}

/** What a call gives with us. */
export interface Outcome {
  readonly outputs: readonly TensorSpec[];
  readonly view: boolean;
  readonly flops: number;
  readonly backward: number;
  readonly saved: number;
}

export function run(one: Case): Outcome {
  if (one.name === 'Tensor.__getitem__') return outcome(CATALOGUE.get('index') as Op, indexArguments(one));
  const binding = findBinding(one.name);
  if (binding === undefined) throw new Error('not bound');
  const args = bound(parseSignature(binding.signature), one);
  const row: Overload = binding.overload?.(args) ?? binding;
  return outcome(row.op, row.adapt?.(args) ?? args);
}

function indexArguments({ args }: Case): Readonly<Record<string, OpArgument>> {
  const [input = null, items = null] = args.map(argument);
  return { input, items: Array.isArray(items) ? items : [items] };
}

function outcome(op: Op, args: Readonly<Record<string, OpArgument>>): Outcome {
  const outputs = inferred(op, args);
  const alias = typeof op.alias === 'function' ? op.alias(args) : op.alias;
  const cost = op.cost?.(args, outputs) ?? { macs: [], other: 0 };
  const needs = (name: string): boolean => tensorsIn(args[name]).some(isDifferentiable);
  const macs = op.backwardMacs
    ? op.backwardMacs(args, outputs, needs)
    : (op.contracts ?? []).filter(needs).flatMap(() => cost.macs);
  return {
    outputs,
    view: alias === 'view',
    flops: contractionFpo(cost),
    backward: contractionFpo({ macs, other: 0 }),
    saved: savedBytes(op, args, outputs, needs),
  };
}

function inferred(op: Op, args: Readonly<Record<string, OpArgument>>): readonly TensorSpec[] {
  try {
    return op.infer(args);
  } catch (error) {
    if (error instanceof DataDependentSize) return error.assumed;
    throw error;
  }
}

const bytes = (spec: TensorSpec): number =>
  STORAGES.get(spec) ?? byteSize(spec.dtype, elementCount(spec.shape));

function savedBytes(
  op: Op,
  args: Readonly<Record<string, OpArgument>>,
  outputs: readonly TensorSpec[],
  needs: (name: string) => boolean,
): number {
  const saves = typeof op.saves === 'function' ? op.saves(args, outputs, needs) : (op.saves ?? []);
  const given = new Set(Object.values(args).flatMap((value) => tensorsIn(value)));
  const kept = new Set<TensorSpec>();
  let own = 0;
  for (const saved of saves) {
    if (typeof saved !== 'string' && !given.has(saved)) own += bytes(saved);
    else for (const spec of typeof saved === 'string' ? named(saved, args, outputs) : [saved]) kept.add(spec);
  }
  return own + [...kept].reduce((sum, spec) => sum + bytes(spec), 0);
}

function named(
  name: string,
  args: Readonly<Record<string, OpArgument>>,
  outputs: readonly TensorSpec[],
): readonly TensorSpec[] {
  if (name === 'output') return outputs;
  if (name.startsWith('output:')) return outputs.slice(Number(name.slice(7)), Number(name.slice(7)) + 1);
  return tensorsIn(args[name]);
}

/** Strides that matter: those of dimensions with more than one element. */
export const visibleStrides = (shape: readonly number[], strides: readonly number[]): string =>
  elementCount(shape) === 0 ? '' : strides.map((step, i) => ((shape[i] as number) > 1 ? step : '·')).join();

/** A case as a line of Python, for messages. */
export function spelled({ name, args, kwargs = {} }: Case): string {
  const named = Object.entries(kwargs).map(([key, value]) => `${key}=${spell(value)}`);
  return `${name}(${[...args.map(spell), ...named].join(', ')})`;
}

function spell(noted: Noted): string {
  if (Array.isArray(noted)) return `[${noted.map(spell).join(', ')}]`;
  if (typeof noted !== 'object' || noted === null) return String(noted);
  if ('float' in noted) return String(noted.float);
  const { shape, dtype, contents, strides } = (noted as { tensor: NotedTensor }).tensor;
  const more = contents ? `{${contents}}` : strides ? `/${strides}` : '';
  return `${dtype}[${shape}]${more}`;
}

export const contentsOf = ({ contents }: NotedTensor): readonly number[] | undefined =>
  contents?.map(unspelled);
