// The part of `torch` that is TypeScript: `torch._native`, from which the prelude imports, and the modules whose names are
// operators. Functions of `torch` that are no operators stand in the tables below.

import type { Interpreter } from '../../python/interpreter';
import { native } from '../../python/native';
import { makeClass } from '../../python/types';
import {
  type Namespace,
  NativeFunction,
  PyInstance,
  PyTuple,
  Unknown,
  type Value,
} from '../../python/values';
import { type DType, kindOf } from '../../tensor/dtype';
import { promoteTypes } from '../../tensor/promotion';
import { elementCount } from '../../tensor/tensor';
import type { Namespace as Bound } from './binding';
import { type MethodRow, makeNativeClass, methodsOf } from './classes';
import { DTYPE_ALIASES, dtypeOf, floatLimits, intLimits } from './constants';
import { legacyTensor, tensorFromData } from './creation';
import { boundFunction, requireGrad } from './recorder';
import { type TorchState, torchOf } from './state';
import { findBound, namesOf } from './table';
import { LEGACY_TENSORS } from './tensor';
import { tensorOf } from './tensors';
import { isTorchName } from './unmodelled';

type Args = readonly Value[];

/** Functions of `torch` that are no operators. */
const FUNCTIONS: readonly MethodRow[] = [
  ['as_tensor', 'data, dtype=None, device=None', asTensor],
  ['asarray', 'obj, *, dtype=None, device=None, copy=None, requires_grad=False', asTensor],
  ['from_dlpack', 'ext_tensor', asTensor],
  ['from_numpy', 'ndarray', asTensor],
  ['get_default_dtype', '', (interpreter) => torchOf(interpreter).dtype(torchOf(interpreter).defaultDtype)],
  ['is_complex', 'input', (_, [input]) => kindOf(tensorOf(input)?.spec.dtype ?? 'bool') === 'complex'],
  ['is_floating_point', 'input', (_, [input]) => kindOf(tensorOf(input)?.spec.dtype ?? 'bool') === 'float'],
  ['is_grad_enabled', '', (interpreter) => torchOf(interpreter).gradEnabled],
  ['is_inference_mode_enabled', '', (interpreter) => torchOf(interpreter).inferenceMode],
  ['is_storage', 'obj', () => false],
  ['is_tensor', 'obj', (interpreter, [value]) => torchOf(interpreter).isTensor(value)],
  ['numel', 'input', (_, [input]) => elementCount(tensorOf(input)?.spec.shape ?? [])],
  ['promote_types', 'type1, type2', promote],
  ['result_type', 'tensor1, tensor2', promote],
  [
    'scalar_tensor',
    's, *, dtype=None, layout=None, device=None, pin_memory=False, requires_grad=False',
    makeTensor,
  ],
  ['set_default_dtype', 'd', setDefaultDtype],
  ['set_default_tensor_type', 't', () => null],
  ['tensor', 'data, *, dtype=None, device=None, requires_grad=False, pin_memory=False', makeTensor],
];

/** Functions that only the prelude uses. */
const INTERNAL: readonly MethodRow[] = [
  ['assume', 'name, value, reason', assume],
  ['filled', 'tensor, *args, **kwargs', filled],
  ['ntuple', 'n, name="parse"', (_, [n, name]) => tuplesOf(Number(n), String(name))],
  ['reverse_repeat_tuple', 't, n', reverseRepeated],
  ['set_gradients', 'on', (interpreter, [on]) => switchGradients(torchOf(interpreter), on)],
  ['set_inference', 'on', (interpreter, [on]) => switchInference(torchOf(interpreter), on)],
  ['trains', '', (interpreter) => torchOf(interpreter).trains && torchOf(interpreter).gradEnabled],
  ['unmodelled', 'namespace, name', unmodelled],
  ['unread', 'reason', (interpreter, [reason]) => new Unknown(String(reason), interpreter.stack())],
];

/** `torch._native`. */
export function nativeNamespace(interpreter: Interpreter): Namespace {
  const torch = torchOf(interpreter);
  const { classes } = torch;
  return new Map<string, Value>([
    ...boundNames('torch'),
    ...methodsOf(FUNCTIONS),
    ...methodsOf(INTERNAL),
    ...Object.entries(classes),
    ...torch.constants,
    ...[...torch.dtypes].map(([name, dtype]): [string, Value] => [name, dtype]),
    ...Object.entries(DTYPE_ALIASES).map(([alias, name]): [string, Value] => [alias, torch.dtype(name)]),
    ...Object.entries(LEGACY_TENSORS).map(([name, dtype]): [string, Value] => [
      name,
      legacyClass(interpreter, name, dtype),
    ]),
    ['finfo', limitsClass(interpreter, 'finfo', floatLimits)],
    ['iinfo', limitsClass(interpreter, 'iinfo', intLimits)],
  ]);
}

/** A module of operators: `torch.fft`, `torch.nn.functional`'s bound part. Other names are unknown, or none. */
export function boundNamespace(namespace: Bound, module: string): (interpreter: Interpreter) => Namespace {
  return () =>
    new Map<string, Value>([
      ...boundNames(namespace),
      [
        '__getattr__',
        native('__getattr__', 'name', (interpreter, [name]) =>
          unmodelled(interpreter, [module, name as Value]),
        ),
      ],
    ]);
}

/** Functions for all bound names of a namespace, in-place twins included. */
export function boundNames(namespace: Bound): [string, Value][] {
  return [...namesOf(namespace).keys()].flatMap((name) =>
    [name, `${name}_`].flatMap((spelling): [string, Value][] => {
      const bound = findBound(namespace, spelling);
      return bound ? [[spelling, boundFunction(spelling, bound)]] : [];
    }),
  );
}

/** A name that PyTorch has but nobody models: a function says so when it is called, a class is unknown. */
function unmodelled(interpreter: Interpreter, [namespace, name]: Args): Value {
  const text = String(name);
  const spelled = `${String(namespace).replace('torch.nn.functional', 'F')}.${text}`;
  if (!isTorchName(String(namespace), text)) {
    return interpreter.raise('AttributeError', `module '${String(namespace)}' has no attribute '${text}'`);
  }
  const reason = `${spelled} is not modelled yet`;
  if (/^[A-Z]/.test(text)) return new Unknown(reason, interpreter.stack());
  return new NativeFunction(text, () => interpreter.unknown(reason));
}

// --- tensors ----------------------------------------------------------------------------------------------------------

/** A copy, with a gradient where it is asked for; `requires_grad` is the argument in its place. */
function makeTensor(interpreter: Interpreter, args: Args): Value {
  const [data, dtype] = args;
  const tensor = tensorFromData(torchOf(interpreter), data as Value, dtypeOf(dtype));
  if (tensor instanceof PyInstance && args.includes(true)) requireGrad(tensor);
  return tensor;
}

/** A tensor stays what it is, unless another dtype is asked for. */
function asTensor(interpreter: Interpreter, [data, dtype]: Args): Value {
  const torch = torchOf(interpreter);
  const source = tensorOf(data);
  const wanted = dtypeOf(dtype);
  if (!source) return tensorFromData(torch, data as Value, wanted);
  const isTensor = interpreter.isInstance(data as Value, torch.classes.Tensor);
  const tensor = isTensor ? (data as Value) : torch.tensor(source.spec, 'constant', source.storage);
  return wanted ? interpreter.callMethod(tensor, 'to', [dtype as Value]) : tensor;
}

function legacyClass(interpreter: Interpreter, name: string, dtype: DType): Value {
  const make = new NativeFunction('__new__', (i, [, ...args]) => legacyTensor(torchOf(i), args, dtype));
  return makeClass(interpreter, {
    name,
    bases: [],
    attributes: new Map([['__new__', make as Value]]),
    module: 'torch',
  });
}

// --- dtypes and modes -------------------------------------------------------------------------------------------------

function promote(interpreter: Interpreter, [left, right]: Args): Value {
  const [one, other] = [left, right].map((value) => dtypeOf(value) ?? tensorOf(value)?.spec.dtype);
  const torch = torchOf(interpreter);
  if (!one || !other) return torch.dtype(one ?? other ?? torch.defaultDtype);
  return torch.dtype(promoteTypes(one, other));
}

function setDefaultDtype(interpreter: Interpreter, [dtype]: Args): Value {
  torchOf(interpreter).defaultDtype = dtypeOf(dtype) ?? 'float32';
  return null;
}

/** Gives what was set before. */
function switchGradients(torch: TorchState, on: Value | undefined): Value {
  const before = torch.gradEnabled;
  torch.gradEnabled = on !== false;
  return before;
}

function switchInference(torch: TorchState, on: Value | undefined): Value {
  const before = torch.inferenceMode;
  torch.inferenceMode = on === true;
  return before;
}

type Limits = (dtype: DType) => Map<string, Value> | undefined;

/** `torch.finfo(dtype)`, of the default dtype where none is given. */
function limitsClass(interpreter: Interpreter, name: string, limits: Limits): Value {
  return makeNativeClass(interpreter, name, [
    ['__init__', 'self, type=None', (i, [self, type]) => initialise(i, name, limits, self, type)],
  ]);
}

function initialise(
  interpreter: Interpreter,
  name: string,
  limits: Limits,
  self?: Value,
  type?: Value,
): Value {
  const dtype = dtypeOf(type) ?? torchOf(interpreter).defaultDtype;
  const facts = limits(dtype);
  if (!facts) interpreter.raise('TypeError', `torch.${name}() does not go with torch.${dtype}`);
  for (const [key, value] of facts) (self as PyInstance).attributes.set(key, value);
  return null;
}

/** Something was written into the tensor: what was known of its contents is not any more. */
function filled(_: Interpreter, [tensor]: Args): Value {
  const storage = tensorOf(tensor)?.storage;
  if (storage) storage.version++;
  return tensor as Value;
}

/** A function that makes a tuple of `n` out of a number, and of an iterable a tuple as long as it is. */
const tuplesOf = (n: number, name: string): Value =>
  native(name, 'x', (interpreter, [x]) => {
    if (x instanceof PyTuple) return x.type ? new PyTuple(x.items) : x;
    const isIterable =
      !(x instanceof Unknown) && interpreter.findAttribute(x as Value, '__iter__') !== undefined;
    return new PyTuple(isIterable ? interpreter.list(x as Value) : new Array(n).fill(x));
  });

/** `(a, b)`, twice each: `(b, b, a, a)`. What F.pad takes. */
function reverseRepeated(interpreter: Interpreter, [t, n]: Args): Value {
  const items = [...interpreter.list(t as Value)].reverse();
  return new PyTuple(items.flatMap((item) => new Array<Value>(Number(n)).fill(item)));
}

/** A value that the data decides and the price depends on: a knob. At module level, where none is noted, a gap. */
function assume(interpreter: Interpreter, [name, value, reason]: Args): Value {
  const { recording } = torchOf(interpreter);
  if (recording) recording.assume(String(name), Number(value), String(reason));
  else interpreter.gap(String(reason));
  return null;
}
