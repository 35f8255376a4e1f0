// Members of nn.Module: parameters, buffers and sub-modules live in dicts of the instance, and attribute access goes
// through them with torch's rules. These run for every layer of every model, so they are TypeScript.

import { deletePlainAttribute, setPlainAttribute } from '../../python/attributes';
import type { Interpreter } from '../../python/interpreter';
import { PyClass, PyDict, PyInstance, PySet, Unknown, type Value } from '../../python/values';
import { torchOf } from './state';
import { tensorOf } from './tensors';

export type MemberKind = '_parameters' | '_buffers' | '_modules';

const MEMBER_KINDS: readonly MemberKind[] = ['_parameters', '_buffers', '_modules'];

/** Dicts of an instance that hooks are kept in. */
const HOOKS = ['_forward_hooks', '_forward_pre_hooks', '_backward_hooks', '_state_dict_hooks'];

/** What `Module.__init__` sets. */
export function initialise(instance: PyInstance): void {
  const { attributes } = instance;
  attributes.set('training', true);
  for (const name of [...MEMBER_KINDS, ...HOOKS]) attributes.set(name, new PyDict());
  attributes.set('_non_persistent_buffers_set', new PySet());
}

/** One of the dicts of a module; undefined before `__init__` was called. */
export function membersOf(instance: PyInstance, kind: MemberKind): PyDict | undefined {
  const members = instance.attributes.get(kind);
  return members instanceof PyDict ? members : undefined;
}

/** Names and values of one of the dicts. */
export function namedMembers(instance: PyInstance, kind: MemberKind): [string, Value][] {
  const members = membersOf(instance, kind);
  return members ? [...members.entries.values()].map(([name, value]) => [String(name), value]) : [];
}

/** Sub-modules that are modules, not None. */
export const childrenOf = (interpreter: Interpreter, instance: PyInstance): [string, PyInstance][] =>
  namedMembers(instance, '_modules').filter((pair): pair is [string, PyInstance] =>
    isModule(interpreter, pair[1]),
  );

export function isModule(interpreter: Interpreter, value: Value | undefined): value is PyInstance {
  return value instanceof PyInstance && interpreter.isInstance(value, torchOf(interpreter).classes.Module);
}

export const isParameter = (interpreter: Interpreter, value: Value | undefined): boolean =>
  value instanceof PyInstance && interpreter.isInstance(value, torchOf(interpreter).classes.Parameter);

const isBuffer = (interpreter: Interpreter, value: Value): boolean =>
  value instanceof PyInstance && interpreter.isInstance(value, torchOf(interpreter).classes.Buffer);

// --- attribute access -------------------------------------------------------------------------------------------------

/** A member that is no plain attribute; undefined where there is none. */
export function memberOf(interpreter: Interpreter, instance: PyInstance, name: string): Value | undefined {
  const key = interpreter.key(name);
  for (const kind of MEMBER_KINDS) {
    const entry = membersOf(instance, kind)?.entries.get(key);
    if (entry) return entry[1];
  }
  return undefined;
}

export function setMember(interpreter: Interpreter, instance: PyInstance, name: string, value: Value): void {
  if (name === '__class__' && value instanceof PyClass) {
    instance.type = value;
    return;
  }
  const kind = kindFor(interpreter, instance, name, value);
  if (kind === undefined) {
    setPlainAttribute(interpreter, instance, name, value);
    torchOf(interpreter).recording?.keep(instance, value);
    return;
  }
  if (!membersOf(instance, kind)) {
    interpreter.raise('AttributeError', `cannot assign ${kind.slice(1)} before Module.__init__() call`);
  }
  if (kind === '_buffers' && value instanceof PyInstance) notePersistence(interpreter, instance, name, value);
  store(interpreter, instance, kind, name, value);
}

/** The dict that a value belongs to under this name; undefined for a plain attribute. */
function kindFor(
  interpreter: Interpreter,
  instance: PyInstance,
  name: string,
  value: Value,
): MemberKind | undefined {
  if (isParameter(interpreter, value)) return '_parameters';
  if (isModule(interpreter, value)) return '_modules';
  if (value instanceof PyInstance && isBuffer(interpreter, value)) return '_buffers';
  const key = interpreter.key(name);
  const kind = MEMBER_KINDS.find((candidate) => membersOf(instance, candidate)?.entries.has(key));
  if (kind !== undefined) checkMember(interpreter, kind, name, value);
  return kind;
}

/** What is not a parameter cannot take a parameter's place, and so on; None can. */
function checkMember(interpreter: Interpreter, kind: MemberKind, name: string, value: Value): void {
  if (value === null || value instanceof Unknown || (kind === '_buffers' && tensorOf(value))) return;
  const wanted = { _parameters: 'torch.nn.Parameter', _buffers: 'torch.Tensor', _modules: 'torch.nn.Module' }[
    kind
  ];
  const what = { _parameters: 'parameter', _buffers: 'buffer', _modules: 'child module' }[kind];
  const type = interpreter.typeOf(value).name;
  interpreter.raise('TypeError', `cannot assign '${type}' as ${what} '${name}' (${wanted} or None expected)`);
}

/** Puts a value into a dict of the instance and takes the name out of the others. */
export function store(
  interpreter: Interpreter,
  instance: PyInstance,
  kind: MemberKind,
  name: string,
  value: Value,
): void {
  const key = interpreter.key(name);
  instance.attributes.delete(name);
  for (const other of MEMBER_KINDS) if (other !== kind) membersOf(instance, other)?.entries.delete(key);
  membersOf(instance, kind)?.entries.set(key, [name, value]);
  const storage = kind === '_buffers' ? tensorOf(value)?.storage : undefined;
  if (storage && storage.kind !== 'parameter') storage.kind = 'buffer';
}

function notePersistence(
  interpreter: Interpreter,
  instance: PyInstance,
  name: string,
  value: PyInstance,
): void {
  if (value.attributes.get('persistent') !== false) return;
  const transient = instance.attributes.get('_non_persistent_buffers_set');
  if (transient instanceof PySet) transient.entries.set(interpreter.key(name), name);
}

export function deleteMember(interpreter: Interpreter, instance: PyInstance, name: string): void {
  const key = interpreter.key(name);
  const kind = MEMBER_KINDS.find((candidate) => membersOf(instance, candidate)?.entries.has(key));
  if (kind === undefined) deletePlainAttribute(interpreter, instance, name);
  else membersOf(instance, kind)?.entries.delete(key);
}

// --- registration -----------------------------------------------------------------------------------------------------

/** Refuses names that torch refuses; `what` is `parameter`, `buffer` or `module`. */
export function checkName(interpreter: Interpreter, instance: PyInstance, what: string, name: Value): string {
  if (typeof name !== 'string') {
    interpreter.raise('TypeError', `${what} name should be a string. Got ${interpreter.typeOf(name).name}`);
  }
  if (name.includes('.')) interpreter.raise('KeyError', `${what} name can't contain ".", got: "${name}"`);
  if (name === '') interpreter.raise('KeyError', `${what} name can't be empty string ""`);
  if (instance.attributes.has(name)) interpreter.raise('KeyError', `attribute '${name}' already exists`);
  return name;
}
