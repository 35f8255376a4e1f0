// copy.copy and copy.deepcopy. Classes may say how by `__copy__` and `__deepcopy__`, in Python or natively, as tensors do.
// Functions, classes, modules and what is unknown are not copied. Left out: `__reduce__` and `__setstate__`.

import { copyDict } from '../builtins/dict';
import { table } from '../builtins/receivers';
import { copySet } from '../builtins/set';
import { identityOf } from '../hashing';
import type { Interpreter } from '../interpreter';
import { native } from '../native';
import { lookup } from '../types';
import {
  BoundMethod,
  type Namespace,
  PyDict,
  PyInstance,
  PyList,
  PySet,
  PyTuple,
  type Value,
} from '../values';

export function copyModule(interpreter: Interpreter): Namespace {
  const error = interpreter.types.exceptions.get('Exception') as Value;
  return new Map<string, Value>([
    ...table([
      native('copy', 'x', (ip, [value]) => copyOf(ip, value as Value)),
      native('deepcopy', 'x, memo=None, _nil=None', (ip, [value, memo]) =>
        deepCopyOf(ip, value as Value, memo instanceof PyDict ? memo : new PyDict()),
      ),
    ]),
    ['Error', error],
    ['error', error],
  ]);
}

function copyOf(interpreter: Interpreter, value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  const own = lookup(interpreter.typeOf(value), '__copy__');
  if (own !== undefined) return interpreter.call(own, [value]);
  const copy = shallow(value);
  if (copy !== value) copyAttributes(value, copy, (item) => item);
  return copy;
}

function shallow(value: Value): Value {
  if (value instanceof PyList) return new PyList([...value.items], value.type);
  if (value instanceof PyDict) return copyDict(value, value.type);
  if (value instanceof PySet) return value.frozen ? value : copySet(value, value.type);
  return value instanceof PyInstance ? bare(value) : value;
}

/** An instance of the same class with the same payload and no attributes. */
function bare(instance: PyInstance): PyInstance {
  const made = new PyInstance(instance.type);
  made.payload = instance.payload;
  return made;
}

/** What was copied is kept in `memo` by its id, as in CPython, so that what is shared stays shared. */
export function deepCopyOf(interpreter: Interpreter, value: Value, memo: PyDict = new PyDict()): Value {
  if (typeof value !== 'object' || value === null) return value;
  const id = 0x7f0000000000 + 16 * identityOf(interpreter, value);
  const known = memo.entries.get(id);
  if (known) return known[1];
  interpreter.step();
  const own = lookup(interpreter.typeOf(value), '__deepcopy__');
  const copy = own === undefined ? deep(interpreter, value, memo, id) : interpreter.call(own, [value, memo]);
  if (copy !== value) memo.entries.set(id, [id, copy]);
  return copy;
}

function deep(interpreter: Interpreter, value: Value & object, memo: PyDict, id: number): Value {
  const again = (item: Value): Value => deepCopyOf(interpreter, item, memo);
  const remember = <T extends Value>(copy: T): T => {
    memo.entries.set(id, [id, copy]);
    return copy;
  };
  if (value instanceof PyTuple) return deepTuple(value, again);
  if (value instanceof PyList) {
    const copy = remember(new PyList([], value.type));
    copy.items = value.items.map(again);
    return copyAttributes(value, copy, again);
  }
  if (value instanceof PyDict) {
    const copy = remember(copyDict(value, value.type));
    copy.entries.clear();
    for (const [key, item] of value.entries.values()) {
      const fresh = again(key);
      copy.entries.set(interpreter.key(fresh), [fresh, again(item)]);
    }
    return copyAttributes(value, copy, again);
  }
  if (value instanceof PySet) return deepSet(interpreter, value, again);
  if (value instanceof PyInstance) return copyAttributes(value, remember(bare(value)), again);
  return value instanceof BoundMethod ? new BoundMethod(again(value.self), value.callee) : value;
}

/** A tuple of what cannot change is its own copy. */
function deepTuple(value: PyTuple, again: (item: Value) => Value): PyTuple {
  const items = value.items.map(again);
  if (items.every((item, index) => item === value.items[index]) && !value.attributes) return value;
  return copyAttributes(value, new PyTuple(items, value.type), again);
}

function deepSet(interpreter: Interpreter, value: PySet, again: (item: Value) => Value): PySet {
  const copy = copySet(value, value.type);
  copy.entries.clear();
  for (const item of value.entries.values()) {
    const fresh = again(item);
    copy.entries.set(interpreter.key(fresh), fresh);
  }
  return copy;
}

function copyAttributes<T extends Value>(from: Value, to: T, each: (item: Value) => Value): T {
  const source = (from as { attributes?: Namespace }).attributes;
  if (!source || source.size === 0) return to;
  const target = to as T & { attributes?: Namespace };
  target.attributes ??= new Map();
  for (const [name, value] of source) target.attributes.set(name, each(value));
  return to;
}
