// What PyTorch keeps per interpreted program: its native classes and singletons, whether gradients are recorded, and the
// recording that is under way. One per Interpreter, made when first asked for.

import { identityOf } from '../../python/hashing';
import type { Interpreter } from '../../python/interpreter';
import { type PyClass, PyDict, PyInstance, PyTuple, type Value } from '../../python/values';
import type { DType } from '../../tensor/dtype';
import type { TensorSpec } from '../../tensor/tensor';
import type { StorageKind } from '../../trace/trace';
import {
  createDevice,
  createDtypes,
  createNamed,
  LAYOUTS,
  MEMORY_FORMATS,
  namedConstants,
} from './constants';
import { createModuleClass } from './module';
import type { Recording } from './recording';
import { Signatures } from './signature';
import { createSize } from './size';
import { createTensorClasses, type TensorClasses } from './tensor';
import { freshStorage, newTensor, Storage, TensorData } from './tensors';

const FIRST_ADDRESS = 0x7f00_0000_0000;

export interface TorchClasses extends TensorClasses {
  readonly Module: PyClass;
  readonly Size: PyClass;
  readonly device: PyClass;
  readonly dtype: PyClass;
  readonly layout: PyClass;
  readonly memory_format: PyClass;
}

export class TorchState {
  readonly classes: TorchClasses;
  readonly dtypes: ReadonlyMap<DType, PyInstance>;
  /** Layouts and memory formats by name. */
  readonly constants: ReadonlyMap<string, Value>;
  readonly signatures = new Signatures();
  gradEnabled = true;
  /** Whether a training step is traced. */
  trains = false;
  inferenceMode = false;
  defaultDtype: DType = 'float32';
  recording: Recording | undefined;
  private readonly copies = new WeakMap<PyDict, Map<Storage, Storage>>();

  constructor(readonly interpreter: Interpreter) {
    const { dtype, instances } = createDtypes(interpreter);
    const { layout, memory_format } = createNamed(interpreter);
    this.dtypes = instances;
    this.constants = new Map([
      ...namedConstants(layout, 'layout', LAYOUTS),
      ...namedConstants(memory_format, 'memory_format', MEMORY_FORMATS),
    ]);
    this.classes = {
      dtype,
      layout,
      memory_format,
      device: createDevice(interpreter),
      Size: createSize(interpreter),
      ...createTensorClasses(interpreter),
      Module: createModuleClass(interpreter),
    };
  }

  /** A new tensor: a storage of its own unless one is given. */
  tensor(spec: TensorSpec, kind: StorageKind = 'activation', storage?: Storage): PyInstance {
    return newTensor(this.classes.Tensor, new TensorData(spec, storage ?? freshStorage(spec, kind)));
  }

  /** Whether a value is a torch.Tensor; an array of numpy's is none. */
  isTensor(value: Value | undefined): value is PyInstance {
    return value instanceof PyInstance && value.type.mro.includes(this.classes.Tensor);
  }

  /** `torch.float32` and the like. */
  dtype(name: DType): Value {
    return this.dtypes.get(name) ?? null;
  }

  size(shape: readonly number[]): PyTuple {
    return new PyTuple(shape, this.classes.Size);
  }

  device(type = 'cpu'): PyInstance {
    const attributes: [string, Value][] = [
      ['type', type],
      ['index', null],
    ];
    return new PyInstance(this.classes.device, new Map(attributes));
  }

  /** A number that stands for an object, as its address would. */
  identity(object: object): number {
    return FIRST_ADDRESS + 64 * identityOf(this.interpreter, object);
  }

  /** The copy of a storage in one deepcopy: `memo` stands for the whole of it. */
  copyOf(storage: Storage, memo: Value | undefined): Storage {
    const copy = () => new Storage(storage.kind, storage.bytes, storage.elements);
    if (!(memo instanceof PyDict)) return copy();
    const known = this.copies.get(memo) ?? new Map<Storage, Storage>();
    this.copies.set(memo, known);
    const made = known.get(storage) ?? copy();
    known.set(storage, made);
    return made;
  }
}

const STATE = Symbol('torch');

/** The state of an interpreter's PyTorch. */
export function torchOf(interpreter: Interpreter): TorchState {
  let state = interpreter.state.get(STATE) as TorchState | undefined;
  if (!state) {
    state = new TorchState(interpreter);
    interpreter.state.set(STATE, state);
  }
  return state;
}
