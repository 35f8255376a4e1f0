// Methods of tensors that are no operators: sizes and facts, conversions, gradients, and new tensors like this one.
// They stand before bound names of the same spelling.

import type { Interpreter } from '../../python/interpreter';
import { intOf } from '../../python/unwrap';
import { type Keywords, NativeFunction, PyInstance, PyTuple, Unknown, type Value } from '../../python/values';
import { byteSize, type DType, kindOf } from '../../tensor/dtype';
import { elementCount } from '../../tensor/tensor';
import type { MethodRow } from './classes';
import { DTYPE_ALIASES, dtypeOf } from './constants';
import { tensorFromData } from './creation';
import { callBinding, requireGrad } from './recorder';
import { type TorchState, torchOf } from './state';
import { findBound } from './table';
import { detached } from './tensor-attributes';
import { TensorData, tensorOf } from './tensors';

const dataOf = (self: Value | undefined): TensorData => (self as PyInstance).payload as TensorData;
const same = (_: Interpreter, [self]: readonly Value[]): Value => self as Value;

export const TENSOR_METHODS: readonly MethodRow[] = [
  ['__deepcopy__', 'self, memo=None', deepCopy],
  [
    '__dir__',
    'self',
    (interpreter, [self]) => interpreter.getAttribute((self as PyInstance).type, '__dict__'),
  ],
  ['__hash__', 'self', (interpreter, [self]) => torchOf(interpreter).identity(self as PyInstance)],
  ['__reduce_ex__', 'self, protocol', () => new PyTuple([])],
  ['backward', 'self, gradient=None, retain_graph=None, create_graph=False, inputs=None', () => null],
  ['cpu', 'self, memory_format=None', same],
  ['cuda', 'self, device=None, non_blocking=False, memory_format=None', same],
  ['data_ptr', 'self', (interpreter, [self]) => torchOf(interpreter).identity(dataOf(self).storage)],
  ['detach', 'self', (interpreter, [self]) => detached(torchOf(interpreter), self as Value)],
  ['detach_', 'self', detachInPlace],
  ['dim', 'self', (_, [self]) => dataOf(self).spec.shape.length],
  ['element_size', 'self', (_, [self]) => byteSize(dataOf(self).spec.dtype, 1)],
  ['get_device', 'self', () => -1],
  ['has_names', 'self', () => false],
  ['is_complex', 'self', (_, [self]) => kindOf(dataOf(self).spec.dtype) === 'complex'],
  ['is_contiguous', 'self, memory_format=None', (_, [self]) => isDense(dataOf(self))],
  ['is_floating_point', 'self', (_, [self]) => kindOf(dataOf(self).spec.dtype) === 'float'],
  ['is_inference', 'self', () => false],
  ['is_pinned', 'self, device=None', () => false],
  ['is_set_to', 'self, tensor', (_, [self, other]) => dataOf(self).storage === tensorOf(other)?.storage],
  ['is_shared', 'self', () => false],
  ['is_signed', 'self', (_, [self]) => !dataOf(self).spec.dtype.startsWith('uint')],
  ['ndimension', 'self', (_, [self]) => dataOf(self).spec.shape.length],
  ['nelement', 'self', (_, [self]) => elementCount(dataOf(self).spec.shape)],
  ['new', 'self, *sizes', (interpreter, [self, sizes]) => newLike(interpreter, 'empty', self, sizes)],
  ['new_tensor', 'self, data, dtype=None, device=None, requires_grad=False', newTensorFrom],
  ['numel', 'self', (_, [self]) => elementCount(dataOf(self).spec.shape)],
  ['numpy', 'self, *, force=False', toNumpy],
  ['pin_memory', 'self', same],
  ['register_hook', 'self, hook', handle],
  ['register_post_accumulate_grad_hook', 'self, hook', handle],
  ['requires_grad_', 'self, requires_grad=True', switchGradient],
  ['retain_grad', 'self', () => null],
  ['set_', 'self, source=None', replace],
  ['share_memory_', 'self', same],
  ['size', 'self, dim=None', size],
  ['storage_offset', 'self', () => 0],
  ['stride', 'self, dim=None', stride],
  ['to_dense', 'self', same],
  ['type', 'self, dtype=None, non_blocking=False', type],
  [
    'type_as',
    'self, other',
    (interpreter, [self, other]) => cast(torchOf(interpreter), self, tensorOf(other)?.spec.dtype),
  ],
  ['xpu', 'self, device=None', same],
];

/** Names of conversions: `x.half()`. */
const CASTS: Readonly<Record<string, DType>> = {
  ...DTYPE_ALIASES,
  bfloat16: 'bfloat16',
  bool: 'bool',
  byte: 'uint8',
  char: 'int8',
};

const CREATORS = ['empty', 'full', 'ones', 'zeros'];

/** Methods that take what they are given in any order, and the families of conversions and creators. */
export function flexibleMethods(): [string, Value][] {
  return [
    ['to', new NativeFunction('to', convert)],
    ...Object.entries(CASTS).map(([name, dtype]): [string, Value] => [
      name,
      new NativeFunction(name, (interpreter, [self]) => cast(torchOf(interpreter), self, dtype)),
    ]),
    ...CREATORS.map((name): [string, Value] => [`new_${name}`, creator(name)]),
  ];
}

/** `to(dtype)`, `to(device)`, `to(device, dtype)`, `to(other)`, keywords too. */
function convert(interpreter: Interpreter, [self, ...args]: readonly Value[], keywords: Keywords): Value {
  const candidates = [...args, ...keywords.values()];
  const dtype = candidates.map((value) => dtypeOf(value) ?? tensorOf(value)?.spec.dtype).find(Boolean);
  return cast(torchOf(interpreter), self, dtype);
}

/** The tensor in another dtype; itself where it has that dtype already. */
function cast(torch: TorchState, self: Value | undefined, dtype: DType | undefined): Value {
  const target = dtype && torch.dtypes.get(dtype);
  if (!target || dataOf(self).spec.dtype === dtype) return self as Value;
  const bound = findBound('Tensor', 'to');
  if (!bound) return torch.interpreter.unknown('Tensor.to is not modelled yet');
  return callBinding(torch, bound, [self as Value, target]);
}

/** `new_zeros(2, 3)`: torch.zeros with this tensor's dtype. */
function creator(name: string): NativeFunction {
  return new NativeFunction(`new_${name}`, (interpreter, [self, ...args], keywords) => {
    const dtype = keywords.get('dtype') ?? null;
    const like = dtype === null ? torchOf(interpreter).dtype(dataOf(self).spec.dtype) : dtype;
    return call(interpreter, name, args, new Map([...keywords, ['dtype', like]]));
  });
}

function newLike(
  interpreter: Interpreter,
  name: string,
  self: Value | undefined,
  sizes: Value | undefined,
): Value {
  const torch = torchOf(interpreter);
  const args = sizes instanceof PyTuple ? sizes.items : [];
  if (args.length > 0 && intOf(args[0] as Value) === undefined)
    return tensorFromData(torch, args[0] as Value);
  return call(
    interpreter,
    name,
    args.length === 0 ? [0] : args,
    new Map([['dtype', torch.dtype(dataOf(self).spec.dtype)]]),
  );
}

function call(interpreter: Interpreter, name: string, args: readonly Value[], keywords: Keywords): Value {
  const bound = findBound('torch', name);
  if (!bound) return interpreter.unknown(`torch.${name} is not modelled yet`);
  return callBinding(torchOf(interpreter), bound, args, keywords);
}

function newTensorFrom(interpreter: Interpreter, [self, data, dtype]: readonly Value[]): Value {
  return tensorFromData(torchOf(interpreter), data as Value, dtypeOf(dtype) ?? dataOf(self).spec.dtype);
}

/** The tensor as an array of NumPy's, on the same storage. */
function toNumpy(interpreter: Interpreter, [self]: readonly Value[]): Value {
  const numpy = interpreter.modules.find('numpy');
  if (!numpy) return interpreter.unknown('the module numpy was not found');
  return interpreter.call(interpreter.getAttribute(numpy, 'asarray'), [self as Value]);
}

// --- facts ------------------------------------------------------------------------------------------------------------

function size(interpreter: Interpreter, [self, dim]: readonly Value[]): Value {
  const { shape } = dataOf(self).spec;
  const at = intOf(dim as Value);
  if (at === undefined) return dim instanceof Unknown ? dim : torchOf(interpreter).size(shape);
  return pick(interpreter, shape, Number(at));
}

function stride(interpreter: Interpreter, [self, dim]: readonly Value[]): Value {
  const { shape, strides } = dataOf(self).spec;
  const steps = strides ?? denseStrides(shape);
  return typeof dim === 'number' ? pick(interpreter, steps, dim) : new PyTuple(steps);
}

function pick(interpreter: Interpreter, list: readonly number[], dim: number): Value {
  const value = list.at(dim);
  if (value !== undefined && dim < list.length && dim >= -list.length) return value;
  const range = `[${-list.length}, ${list.length - 1}]`;
  const message = `Dimension out of range (expected to be in range of ${range}, but got ${dim})`;
  return interpreter.raise('IndexError', message);
}

/** Steps of a dense row-major tensor. */
function denseStrides(shape: readonly number[]): number[] {
  const strides: number[] = new Array(shape.length);
  let step = 1;
  for (let index = shape.length - 1; index >= 0; index--) {
    strides[index] = step;
    step *= Math.max(shape[index] as number, 1);
  }
  return strides;
}

function isDense({ spec: { shape, strides } }: TensorData): boolean {
  if (!strides) return true;
  const dense = denseStrides(shape);
  return shape.every((length, index) => length === 1 || strides[index] === dense[index]);
}

const LEGACY: Readonly<Partial<Record<DType, string>>> = {
  bool: 'Bool',
  float16: 'Half',
  float32: 'Float',
  float64: 'Double',
  int16: 'Short',
  int32: 'Int',
  int64: 'Long',
  int8: 'Char',
  uint8: 'Byte',
};

/** `x.type()` gives a name, `x.type(dtype)` converts. */
function type(interpreter: Interpreter, [self, dtype]: readonly Value[]): Value {
  const own = dataOf(self).spec.dtype;
  if (dtype === null) return `torch.${LEGACY[own] ?? own}Tensor`;
  const named =
    typeof dtype === 'string'
      ? Object.keys(LEGACY).find((name) => dtype === `torch.${LEGACY[name as DType]}Tensor`)
      : undefined;
  return cast(torchOf(interpreter), self, dtypeOf(dtype) ?? (named as DType | undefined));
}

// --- gradients and storage --------------------------------------------------------------------------------------------

function switchGradient(_: Interpreter, [self, on]: readonly Value[]): Value {
  if (on === false) dataOf(self).requiresGrad = false;
  else requireGrad(self as PyInstance);
  return self as Value;
}

function detachInPlace(_: Interpreter, [self]: readonly Value[]): Value {
  const data = dataOf(self);
  data.requiresGrad = data.hasHistory = false;
  data.detached = true;
  return self as Value;
}

function replace(_: Interpreter, [self, source]: readonly Value[]): Value {
  const other = tensorOf(source);
  if (other) (self as PyInstance).payload = new TensorData(other.spec, other.storage);
  return self as Value;
}

/** A hook is never run: what it returns can be asked to remove it. */
function handle(interpreter: Interpreter): Value {
  const instance = new PyInstance(interpreter.types.object);
  instance.attributes.set('remove', new NativeFunction('remove', () => null));
  return instance;
}

/** A copy with a storage of its own; tensors that shared one share the copy. */
function deepCopy(interpreter: Interpreter, [self, memo]: readonly Value[]): Value {
  const instance = self as PyInstance;
  const { spec, storage, requiresGrad } = dataOf(self);
  const copy = new PyInstance(instance.type, new Map(instance.attributes));
  const data = new TensorData(spec, torchOf(interpreter).copyOf(storage, memo));
  data.requiresGrad = requiresGrad;
  copy.payload = data;
  return copy;
}
