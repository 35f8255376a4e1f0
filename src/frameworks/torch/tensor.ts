// The classes torch.Tensor, nn.Parameter and nn.Buffer, and the legacy constructors torch.FloatTensor and the like. Bound
// names come first; what tensor-*.ts defines stands in front of them. Names that PyTorch has and nobody models are
// unknown when they are called; names that it does not have are no attributes.

import type { Interpreter } from '../../python/interpreter';
import { native } from '../../python/native';
import { makeClass } from '../../python/types';
import {
  BoundMethod,
  type Keywords,
  type Namespace,
  NativeFunction,
  type PyClass,
  PyFunction,
  PyInstance,
  Unknown,
  type Value,
} from '../../python/values';
import type { DType } from '../../tensor/dtype';
import { elementCount } from '../../tensor/tensor';
import { methodsOf, propertiesOf } from './classes';
import { legacyTensor } from './creation';
import { boundFunction } from './recorder';
import { torchOf } from './state';
import { findBound, namesOf } from './table';
import { TENSOR_PROPERTIES } from './tensor-attributes';
import { CONTENT_METHODS } from './tensor-contents';
import { indexMethods } from './tensor-index';
import { flexibleMethods, TENSOR_METHODS } from './tensor-methods';
import { operatorMethods } from './tensor-operators';
import { newTensor, Storage, TensorData, tensorOf } from './tensors';
import { isTorchName } from './unmodelled';

export interface TensorClasses {
  readonly Buffer: PyClass;
  readonly Parameter: PyClass;
  readonly Tensor: PyClass;
}

/** `torch.LongTensor` makes tensors of this dtype. */
export const LEGACY_TENSORS: Readonly<Record<string, DType>> = {
  BFloat16Tensor: 'bfloat16',
  BoolTensor: 'bool',
  ByteTensor: 'uint8',
  CharTensor: 'int8',
  DoubleTensor: 'float64',
  FloatTensor: 'float32',
  HalfTensor: 'float16',
  IntTensor: 'int32',
  LongTensor: 'int64',
  ShortTensor: 'int16',
};

export function createTensorClasses(interpreter: Interpreter): TensorClasses {
  const Tensor = makeClass(interpreter, {
    name: 'Tensor',
    bases: [],
    attributes: tensorAttributes(),
    module: 'torch',
  });
  return {
    Buffer: wrapper(interpreter, Tensor, 'Buffer', 'cls, data=None, *, persistent=True', makeBuffer),
    Parameter: wrapper(interpreter, Tensor, 'Parameter', 'cls, data=None, requires_grad=True', makeParameter),
    Tensor,
  };
}

function tensorAttributes(): Namespace {
  const attributes: Namespace = new Map();
  for (const name of namesOf('Tensor').keys()) {
    for (const spelling of [name, `${name}_`]) {
      const bound = findBound('Tensor', spelling);
      if (bound) attributes.set(spelling, boundFunction(spelling, bound));
    }
  }
  const own = [
    ...operatorMethods(),
    ...methodsOf(CONTENT_METHODS),
    ...methodsOf(TENSOR_METHODS),
    ...indexMethods(),
    ...flexibleMethods(),
    ...propertiesOf(TENSOR_PROPERTIES),
  ];
  for (const [name, value] of own) attributes.set(name, value);
  attributes.set('__new__', new NativeFunction('__new__', makeTensor));
  attributes.set('__getattr__', native('__getattr__', 'self, name', unmodelled));
  attributes.set('grad', null);
  attributes.set(
    '_is_view',
    native('_is_view', 'self', () => false),
  );
  return attributes;
}

/** `torch.Tensor(2, 3)`; of a subclass too. */
function makeTensor(interpreter: Interpreter, [cls, ...args]: readonly Value[], keywords: Keywords): Value {
  const torch = torchOf(interpreter);
  const given = [...args, ...[...keywords].filter(([name]) => name === 'data').map(([, value]) => value)];
  const source = torch.isTensor(given[0]) ? tensorOf(given[0]) : undefined;
  const made = source
    ? torch.tensor(source.spec, source.storage.kind, source.storage)
    : legacyTensor(torch, given, torch.defaultDtype);
  if (made instanceof PyInstance) made.type = cls as PyClass;
  return made;
}

/** A method written in Python, or a name that PyTorch's tensors have but nobody models: unknown when it is called. */
function unmodelled(interpreter: Interpreter, [self, name]: readonly Value[]): Value {
  const text = String(name);
  const written = pythonMethod(interpreter, text);
  if (written instanceof PyFunction) return new BoundMethod(self as Value, written);
  if (!isTorchName('Tensor', text)) {
    const type = (self as PyInstance).type.name;
    interpreter.raise('AttributeError', `'${type}' object has no attribute '${text}'`);
  }
  return new NativeFunction(text, () => interpreter.unknown(`Tensor.${text} is not modelled yet`));
}

/** Functions of torch.functional serve as methods too. */
function pythonMethod(interpreter: Interpreter, name: string): Value | undefined {
  const module = interpreter.modules.import('torch.functional');
  interpreter.modules.ensureRun(module);
  return interpreter.modules.global(module, name);
}

type Wrap = (interpreter: Interpreter, cls: PyClass, data: Value, option: Value) => Value;

/** A subclass of Tensor whose constructor takes a tensor over. */
function wrapper(
  interpreter: Interpreter,
  base: PyClass,
  name: string,
  signature: string,
  wrap: Wrap,
): PyClass {
  const make = native('__new__', signature, (_, [cls, data, option]) =>
    wrap(interpreter, cls as PyClass, data as Value, option as Value),
  );
  const attributes: Namespace = new Map([['__new__', make as Value]]);
  return makeClass(interpreter, { name, bases: [base], attributes, module: 'torch.nn.parameter' });
}

function makeParameter(interpreter: Interpreter, cls: PyClass, data: Value, requiresGrad: Value): Value {
  if (data instanceof Unknown) return data;
  const parameter = takeOver(interpreter, cls, data, 'parameter');
  const made = tensorOf(parameter);
  if (made) made.requiresGrad = requiresGrad !== false && made.isFloating;
  return parameter;
}

const makeBuffer: Wrap = (interpreter, cls, data, persistent) => {
  if (data instanceof Unknown) return data;
  const buffer = takeOver(interpreter, cls, data, 'buffer');
  buffer.attributes.set('persistent', persistent);
  return buffer;
};

/** The data's storage becomes a parameter's; of a part of a storage, the part alone. */
function takeOver(
  interpreter: Interpreter,
  cls: PyClass,
  data: Value,
  kind: 'parameter' | 'buffer',
): PyInstance {
  const source =
    tensorOf(data) ??
    new TensorData({ shape: [0], dtype: torchOf(interpreter).defaultDtype }, new Storage(kind, 0, 0));
  const { spec, storage } = source;
  const count = elementCount(spec.shape);
  const whole = count === storage.elements;
  const bytes = whole ? storage.bytes : (storage.bytes / Math.max(storage.elements, 1)) * count;
  const own = whole ? storage : new Storage(kind, bytes, count);
  own.kind = kind;
  const instance = newTensor(cls, new TensorData(spec, own));
  if (data instanceof PyInstance)
    for (const [name, value] of data.attributes) instance.attributes.set(name, value);
  return instance;
}
