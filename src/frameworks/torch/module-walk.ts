// Walks over the tree of modules: named_modules, named_parameters, state_dict, apply, and conversions of everything in it.

import type { Interpreter } from '../../python/interpreter';
import { type PyDict, PyInstance, PyIterator, PySet, PyTuple, type Value } from '../../python/values';
import { type DType, kindOf } from '../../tensor/dtype';
import { childrenOf, type MemberKind, namedMembers } from './module-members';
import { freshStorage, TensorData, tensorOf } from './tensors';

export type Named = readonly [name: string, value: PyInstance];

export const joined = (prefix: string, name: string): string => (prefix === '' ? name : `${prefix}.${name}`);

/** The module and all below it, depth first, each once unless `repeat`. */
export function walk(
  interpreter: Interpreter,
  root: PyInstance,
  prefix = '',
  seen: Set<PyInstance> | 'repeat' = new Set(),
): Named[] {
  const found: Named[] = [];
  const visit = (path: string, module: PyInstance): void => {
    if (seen !== 'repeat') {
      if (seen.has(module)) return;
      seen.add(module);
    }
    found.push([path, module]);
    for (const [name, child] of childrenOf(interpreter, module)) visit(joined(path, name), child);
  };
  visit(prefix, root);
  return found;
}

interface WalkOptions {
  readonly prefix?: string;
  readonly recurse?: boolean;
  /** Tensors that were there before are left out. */
  readonly once?: boolean;
}

/** Parameters or buffers with their dotted names. */
export function* walkTensors(
  interpreter: Interpreter,
  root: PyInstance,
  kind: MemberKind,
  { prefix = '', recurse = true, once = true }: WalkOptions = {},
): Generator<Named> {
  const seen = new Set<PyInstance>();
  const modules = recurse
    ? walk(interpreter, root, prefix, once ? new Set() : 'repeat')
    : [[prefix, root] as const];
  for (const [path, module] of modules) {
    for (const [name, value] of namedMembers(module, kind)) {
      if (!(value instanceof PyInstance) || (once && seen.has(value))) continue;
      seen.add(value);
      yield [joined(path, name), value];
    }
  }
}

/** `(name, value)` tuples, as an iterator of Python's. */
export function pairs(named: Iterable<Named>): PyIterator {
  return new PyIterator(mapped(named, ([name, value]) => new PyTuple([name, value])));
}

export const values = (named: Iterable<Named>): PyIterator =>
  new PyIterator(mapped(named, ([, value]) => value));

/** A copy is walked, because code changes modules while it loops over them. */
function mapped(named: Iterable<Named>, make: (entry: Named) => Value): Iterator<Value, undefined, Value> {
  return [...named].map(make)[Symbol.iterator]() as Iterator<Value, undefined, Value>;
}

/** Parameters and persistent buffers by name. */
export function stateDict(interpreter: Interpreter, root: PyInstance, into: PyDict, prefix: string): PyDict {
  for (const [path, module] of walk(interpreter, root, '', 'repeat')) {
    for (const kind of ['_parameters', '_buffers'] as const) {
      for (const [name, value] of namedMembers(module, kind)) {
        if (!tensorOf(value) || (kind === '_buffers' && isTransient(interpreter, module, name))) continue;
        const key = prefix + joined(path, name);
        into.entries.set(interpreter.key(key), [key, value]);
      }
    }
  }
  return into;
}

function isTransient(interpreter: Interpreter, module: PyInstance, name: string): boolean {
  const transient = module.attributes.get('_non_persistent_buffers_set');
  return transient instanceof PySet && transient.entries.has(interpreter.key(name));
}

/** Children first, then the module itself: `Module.apply`. */
export function applyTo(interpreter: Interpreter, root: PyInstance, callee: Value): void {
  for (const [, child] of childrenOf(interpreter, root)) interpreter.callMethod(child, 'apply', [callee]);
  interpreter.call(callee, [root]);
}

/** Gives floating-point parameters and buffers another dtype, where they are. */
export function convertFloats(interpreter: Interpreter, root: PyInstance, dtype: DType): void {
  for (const kind of ['_parameters', '_buffers'] as const) {
    for (const [, instance] of walkTensors(interpreter, root, kind)) convertFloat(instance, dtype);
  }
}

function convertFloat(instance: PyInstance, dtype: DType): void {
  const data = tensorOf(instance);
  if (!data || kindOf(data.spec.dtype) !== 'float' || data.spec.dtype === dtype) return;
  const spec = { ...data.spec, dtype };
  const converted = new TensorData(spec, freshStorage(spec, data.storage.kind));
  converted.requiresGrad = data.requiresGrad;
  instance.payload = converted;
}
