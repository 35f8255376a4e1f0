// Attributes of tensors: shape, dtype, device, requires_grad, data, T and the like.

import { type PyInstance, PyTuple, type Value } from '../../python/values';
import { byteSize } from '../../tensor/dtype';
import { bytesOf } from '../../tensor/tensor';
import type { PropertyRow } from './classes';
import { callBinding, requireGrad } from './recorder';
import { type TorchState, torchOf } from './state';
import { findBound } from './table';
import { TensorData, tensorOf } from './tensors';

const dataOf = (self: Value): TensorData => (self as PyInstance).payload as TensorData;
const rankOf = (self: Value): number => dataOf(self).spec.shape.length;

export const TENSOR_PROPERTIES: readonly PropertyRow[] = [
  ['H', (interpreter, self) => transposed(torchOf(interpreter), self)],
  ['T', (interpreter, self) => reversed(torchOf(interpreter), self)],
  ['data', (interpreter, self) => detached(torchOf(interpreter), self), replaceData],
  ['device', (interpreter) => torchOf(interpreter).device()],
  ['dtype', (interpreter, self) => torchOf(interpreter).dtype(dataOf(self).spec.dtype)],
  ['grad_fn', () => null],
  ['imag', (interpreter, self) => bound(torchOf(interpreter), 'imag', self)],
  ['is_cpu', () => true],
  ['is_cuda', () => false],
  ['is_leaf', (_, self) => !dataOf(self).hasHistory],
  ['is_meta', () => false],
  ['is_mkldnn', () => false],
  ['is_mps', () => false],
  ['is_nested', () => false],
  ['is_quantized', () => false],
  ['is_sparse', () => false],
  ['is_xla', () => false],
  ['itemsize', (_, self) => byteSize(dataOf(self).spec.dtype, 1)],
  ['layout', (interpreter) => torchOf(interpreter).constants.get('strided') ?? null],
  ['mH', (interpreter, self) => transposed(torchOf(interpreter), self)],
  ['mT', (interpreter, self) => transposed(torchOf(interpreter), self)],
  ['names', (_, self) => new PyTuple(Array.from({ length: rankOf(self) }, () => null))],
  ['nbytes', (_, self) => bytesOf(dataOf(self).spec)],
  ['ndim', (_, self) => rankOf(self)],
  ['output_nr', () => 0],
  ['real', (interpreter, self) => bound(torchOf(interpreter), 'real', self)],
  ['requires_grad', (_, self) => dataOf(self).requiresGrad, setRequiresGrad],
  ['shape', (interpreter, self) => torchOf(interpreter).size(dataOf(self).spec.shape)],
];

function bound(torch: TorchState, name: string, self: Value, ...args: Value[]): Value {
  const found = findBound('torch', name);
  if (!found) return torch.interpreter.unknown(`torch.${name} is not modelled yet`);
  return callBinding(torch, found, [self, ...args]);
}

function reversed(torch: TorchState, self: Value): Value {
  const order = Array.from({ length: rankOf(self) }, (_, index) => rankOf(self) - 1 - index);
  return bound(torch, 'permute', self, new PyTuple(order));
}

const transposed = (torch: TorchState, self: Value): Value =>
  rankOf(self) < 2 ? self : bound(torch, 'transpose', self, -2, -1);

/** The same storage, no gradient. */
export function detached(torch: TorchState, self: Value): Value {
  const { spec, storage } = dataOf(self);
  const result = torch.tensor(spec, storage.kind, storage);
  (result.payload as TensorData).detached = true;
  return result;
}

/** `parameter.data = other`: the tensor becomes what the other one is. */
function replaceData(_: unknown, self: Value, value: Value): void {
  const other = tensorOf(value);
  if (!other) return;
  const old = dataOf(self);
  const data = new TensorData(other.spec, other.storage);
  data.requiresGrad = old.requiresGrad;
  if (old.storage.kind === 'parameter') other.storage.kind = 'parameter';
  (self as PyInstance).payload = data;
}

function setRequiresGrad(_: unknown, self: Value, value: Value): void {
  if (value === true) requireGrad(self as PyInstance);
  else dataOf(self).requiresGrad = false;
}
