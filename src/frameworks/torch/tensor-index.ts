// Brackets on tensors: x[1:, None, mask] and x[0] = value. What stands in the brackets is handed to the operator as data;
// ops/indexing.ts says in which form.

import { index, indexPut, writeElement } from '../../ops/indexing';
import {
  NativeFunction,
  PyFloat,
  type PyInstance,
  PyList,
  PySlice,
  PyTuple,
  type Value,
} from '../../python/values';
import type { Binding } from './binding';
import { tensorFromData } from './creation';
import { callBinding } from './recorder';
import { type TorchState, torchOf } from './state';
import { tensorOf } from './tensors';

const GET: Binding = { name: '__getitem__', namespaces: [], signature: 'input, items', op: index };
const SET: Binding = { name: '__setitem__', namespaces: [], signature: 'input, items, value', op: indexPut };

export const indexMethods = (): [string, Value][] => [
  [
    '__getitem__',
    new NativeFunction('__getitem__', (interpreter, [self, at]) =>
      callBinding(torchOf(interpreter), { binding: GET, spelled: '[]' }, [
        self as Value,
        itemsOf(at as Value),
      ]),
    ),
  ],
  [
    '__setitem__',
    new NativeFunction('__setitem__', (interpreter, [self, at, value]) => {
      const torch = torchOf(interpreter);
      if (!torch.recording?.active && writesElement(self as Value, at as Value, value as Value)) return null;
      const args = [self as Value, itemsOf(at as Value), written(torch, self as Value, value as Value)];
      callBinding(torch, { binding: SET, spelled: '[]=' }, args);
      return null;
    }),
  ],
];

/** A list with slices in it was taken for a tuple until PyTorch 2.9. */
function itemsOf(at: Value): PyTuple {
  if (at instanceof PyTuple) return at;
  const isTuple = at instanceof PyList && at.items.some((item) => item === null || item instanceof PySlice);
  return new PyTuple(isTuple ? (at as PyList).items : [at]);
}

/** Writes a number to one element, where `at` names one; whether it did. */
function writesElement(self: Value, at: Value, value: Value): boolean {
  const data = tensorOf(self);
  const number = value instanceof PyFloat ? value.value : value;
  if (!data || typeof number !== 'number') return false;
  const spec = writeElement(data.spec, at instanceof PyTuple ? at.items : [at], number);
  if (spec) (self as PyInstance).payload = data.rewritten(spec);
  return spec !== undefined;
}

/** Lists may be written too. */
const written = (torch: TorchState, self: Value, value: Value): Value =>
  value instanceof PyList || value instanceof PyTuple
    ? tensorFromData(torch, value, tensorOf(self)?.spec.dtype)
    : value;
