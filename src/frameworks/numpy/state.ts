// What NumPy keeps per interpreted program: its classes. Arrays are instances whose payload is the same TensorData as that
// of a torch.Tensor, so that PyTorch takes them for what they are; they are never recorded. Small arrays keep their
// elements, as doubles rounded to the element type; integers beyond 2^53 are not known.

import type { Interpreter } from '../../python/interpreter';
import { type PyClass, PyFloat, PyInstance, type Value } from '../../python/values';
import { type DType, kindOf } from '../../tensor/dtype';
import { CONTENTS_LIMIT, elementCount, type TensorSpec } from '../../tensor/tensor';
import { freshStorage, newTensor, type Storage, TensorData } from '../torch/tensors';
import { notKnown } from './rows';
import { elementOf, type NumpyTypes, SCALARS } from './types';

const STATE = Symbol('numpy');

export class Numpy {
  constructor(
    readonly interpreter: Interpreter,
    readonly types: NumpyTypes,
    readonly ndarray: PyClass,
  ) {
    interpreter.state.set(STATE, this);
  }

  /** An array; on the storage of another one where it is a view of that. */
  array(spec: TensorSpec, storage?: Storage): PyInstance {
    const settled = settle(spec);
    return newTensor(this.ndarray, new TensorData(settled, storage ?? freshStorage(settled, 'constant')));
  }

  /** What a function returns: without dimensions, a scalar. */
  result(spec: TensorSpec, storage?: Storage): Value {
    if (spec.shape.length > 0) return this.array(spec, storage);
    const [element] = settle(spec).contents ?? [];
    return element === undefined || kindOf(spec.dtype) === 'complex'
      ? notKnown(this.interpreter)
      : this.scalar(spec.dtype, element);
  }

  /** numpy.float64(2.0) and the like. */
  scalar(dtype: DType, element: number): PyInstance {
    const [name = ''] = SCALARS.find(([, type]) => type === dtype) ?? [];
    const instance = new PyInstance(this.types.classes.get(name) as PyClass);
    instance.payload = elementOf(dtype, element);
    return instance;
  }

  /** The value of a float of 64 bits, Python's or NumPy's; undefined of anything else. */
  doubleOf(value: Value): number | undefined {
    if (value instanceof PyFloat) return value.value;
    const isDouble = value instanceof PyInstance && value.type === this.types.classes.get('float64');
    return isDouble && value.payload instanceof PyFloat ? value.payload.value : undefined;
  }

  dtype(name: DType): Value {
    return this.types.dtypes.get(name) ?? null;
  }
}

/** Rid of strides, and of elements that are too many, too large, or no real numbers. */
function settle({ shape, dtype, contents }: TensorSpec): TensorSpec {
  const kind = kindOf(dtype);
  const isKept =
    contents !== undefined &&
    contents.length <= CONTENTS_LIMIT &&
    contents.length === elementCount(shape) &&
    kind !== 'complex' &&
    (kind !== 'int' || contents.every(Number.isSafeInteger));
  return { shape, dtype, ...(isKept && { contents }) };
}

/** The state of an interpreter's NumPy, made when the module is. */
export function numpyOf(interpreter: Interpreter): Numpy {
  const state = interpreter.state.get(STATE);
  if (!(state instanceof Numpy)) throw new Error('numpy was not imported');
  return state;
}
