// Tensors made from Python data: torch.tensor([[1, 2]]), torch.as_tensor, torch.Tensor(2, 3). Shapes and dtypes follow
// from the nesting and the types of the elements, as in PyTorch.

import type { Interpreter } from '../../python/interpreter';
import { intOf, isForeignNumber } from '../../python/unwrap';
import { PyComplex, PyFloat, type PyInstance, Unknown, type Value } from '../../python/values';
import { type DType, isDType } from '../../tensor/dtype';
import { complexOf, promoteTypes } from '../../tensor/promotion';
import { CONTENTS_LIMIT, type TensorSpec } from '../../tensor/tensor';
import { assumptionOf } from './assumed';
import { numberOf, sequenceItems } from './convert';
import type { TorchState } from './state';
import { keptContents, tensorOf } from './tensors';

/** Element types in the order in which they win over each other. */
const RANKS: readonly DType[] = ['bool', 'int64', 'float32', 'complex64'];

/** What was found while walking through nested lists. */
interface Found {
  readonly items: number[];
  rank: number;
  /** Of tensors among the elements. */
  dtype?: DType;
  unknown?: Unknown;
}

/** The tensor that data makes: nested sequences of numbers and tensors. Raises ValueError where they do not fit. */
function specOfData(torch: TorchState, data: Value, dtype?: DType): TensorSpec | Unknown {
  if (data instanceof Unknown) return data;
  const found: Found = { items: [], rank: -1 };
  const shape = walk(torch, data, found);
  if (found.unknown && dtype === undefined) torch.interpreter.gap(found.unknown.reason);
  const type = dtype ?? naturalType(torch, found);
  const contents = found.unknown ? undefined : keptContents(found.items);
  const complete = contents?.length === shape.reduce((a, b) => a * b, 1) ? contents : undefined;
  return { shape, dtype: type, ...(complete && { contents: complete.map((item) => rounded(type, item)) }) };
}

/** What the elements meet in: Python's numbers, and tensors and NumPy's numbers among them. */
function naturalType(torch: TorchState, { rank, dtype }: Found): DType {
  const plain = RANKS[rank];
  if (plain === undefined) return dtype ?? torch.defaultDtype;
  const own =
    plain === 'float32' ? torch.defaultDtype : plain === 'complex64' ? complexOf(torch.defaultDtype) : plain;
  return dtype ? promoteTypes(dtype, own) : own;
}

/** The shape of data; elements are gathered on the way. */
function walk(torch: TorchState, data: Value, found: Found): number[] {
  const tensor = tensorOf(data);
  if (tensor) return walkTensor(tensor.spec, found);
  const items = sequenceItems(data);
  if (!items) {
    if (isForeignNumber(data)) meet(found, foreignType(torch.interpreter, data));
    else found.rank = Math.max(found.rank, rankOf(data));
    element(torch.interpreter, data, found);
    return [];
  }
  if (items.every((item) => typeof item === 'number')) return walkNumbers(items, found);
  const shapes = items.map((item) => walk(torch, item, found));
  const [first = []] = shapes;
  if (shapes.some((shape) => shape.join() !== first.join())) {
    torch.interpreter.raise(
      'ValueError',
      `expected sequence of length ${first[0] ?? 0} at dim 1: sizes differ`,
    );
  }
  return [items.length, ...first];
}

/** Whole numbers, of which there may be very many: where they are, none are kept. */
function walkNumbers(items: readonly number[], found: Found): number[] {
  if (items.length > 0) found.rank = Math.max(found.rank, rankOf(0));
  if (items.length <= CONTENTS_LIMIT) for (const item of items) found.items.push(item);
  return [items.length];
}

function walkTensor(spec: TensorSpec, found: Found): number[] {
  const { shape, dtype, contents } = spec;
  meet(found, dtype);
  if (contents && assumptionOf(spec) === undefined) found.items.push(...contents);
  else found.unknown ??= new Unknown('the contents of a tensor are not known', []);
  return [...shape];
}

function meet(found: Found, dtype: DType): void {
  found.dtype = found.dtype === undefined ? dtype : promoteTypes(found.dtype, dtype);
}

/** NumPy's scalars have an element type of their own. */
function foreignType(interpreter: Interpreter, value: Value): DType {
  const name = interpreter.str(interpreter.getAttribute(value, 'dtype'));
  return isDType(name) ? name : 'float64';
}

function rankOf(value: Value): number {
  if (typeof value === 'boolean') return 0;
  if (value instanceof PyComplex) return 3;
  return value instanceof PyFloat || value instanceof Unknown ? 2 : 1;
}

function element(interpreter: Interpreter, value: Value, found: Found): void {
  const number = numberOf(interpreter, value);
  if (number !== undefined) found.items.push(number);
  else if (value instanceof Unknown) found.unknown ??= value;
  else if (!(value instanceof PyComplex)) {
    const type = interpreter.typeOf(value).name;
    interpreter.raise('TypeError', `a tensor cannot be made from a '${type}' object`);
  }
}

function rounded(dtype: DType, value: number): number {
  if (dtype === 'float32') return Math.fround(value);
  if (dtype === 'bool') return Number(value !== 0);
  return dtype.includes('int') ? Math.trunc(value) : value;
}

/** A tensor from data, a copy of its own. */
export function tensorFromData(torch: TorchState, data: Value, dtype?: DType): PyInstance | Unknown {
  const spec = specOfData(torch, data, dtype);
  if (!(spec instanceof Unknown))
    return torch.tensor(spec, torch.recording?.active ? 'activation' : 'constant');
  torch.interpreter.gap(`a tensor is made from data that is not known: ${spec.reason}`);
  return spec;
}

/** `torch.Tensor(2, 3)` makes a tensor of that shape, `torch.Tensor([2, 3])` one of those elements. */
export function legacyTensor(torch: TorchState, args: readonly Value[], dtype: DType): PyInstance | Unknown {
  const sizes = args.map((arg) => intOf(arg)).map((size) => (size === undefined ? undefined : Number(size)));
  const kind = torch.recording?.active ? 'activation' : 'constant';
  if (sizes.every((size) => size !== undefined)) {
    return torch.tensor({ shape: sizes.length === 0 ? [0] : sizes, dtype }, kind);
  }
  const [data = null] = args;
  if (torch.interpreter.isInstance(data, torch.classes.Size)) {
    return torch.tensor({ shape: (sequenceItems(data) ?? []).map(Number), dtype }, kind);
  }
  return tensorFromData(torch, data, dtype);
}
