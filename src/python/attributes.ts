// Attribute access with Python's protocol: data descriptors, the instance, the class, then __getattr__.
// Unknown objects have unknown attributes; classes with an unknown base likewise for what they do not define.

import { docstring } from './docstring';
import type { Interpreter } from './interpreter';
import { unlessRaised } from './known';
import { dictNamespace, namespaceDict } from './namespace-dict';
import { lookup, lookupBelowObject, typeOf } from './types';
import {
  BoundMethod,
  ClassMethod,
  type Namespace,
  NativeFunction,
  PyClass,
  PyDict,
  PyFunction,
  PyInstance,
  PyList,
  PyModule,
  PyProperty,
  PySet,
  PySuper,
  PyTuple,
  StaticMethod,
  Unknown,
  type Value,
} from './values';

/** Raises AttributeError where there is none. */
export function getAttribute(interpreter: Interpreter, object: Value, name: string): Value {
  const found = findAttribute(interpreter, object, name);
  if (found !== undefined) return found;
  return interpreter.raise('AttributeError', `${describe(interpreter, object)} has no attribute '${name}'`);
}

function describe(interpreter: Interpreter, object: Value): string {
  if (object instanceof PyModule) return `module '${object.name}'`;
  if (object instanceof PyClass) return `type object '${object.name}'`;
  return `'${typeOf(interpreter, object).name}' object`;
}

/** undefined where there is none. */
export function findAttribute(interpreter: Interpreter, object: Value, name: string): Value | undefined {
  if (object instanceof PyInstance) return instanceAttribute(interpreter, object, name, object.attributes);
  if (object instanceof PyModule) return moduleAttribute(interpreter, object, name);
  if (object instanceof PyClass) return classAttribute(interpreter, object, name);
  if (object instanceof Unknown) return object;
  if (object instanceof PySuper) return superAttribute(interpreter, object, name);
  const found = instanceAttribute(interpreter, object, name, ownAttributes(object));
  return found === undefined ? special(object, name) : found;
}

function moduleAttribute(interpreter: Interpreter, module: PyModule, name: string): Value | undefined {
  const found = interpreter.modules.attribute(module, name);
  if (found !== undefined || name !== '__dict__') return found;
  return namespaceDict(module.variables, {
    read: (global) => interpreter.modules.global(module, global),
    names: () => module.pending.keys(),
  });
}

/** What `object.__getattribute__` finds: no `__getattr__` of the user's. */
export function plainAttribute(
  interpreter: Interpreter,
  object: Value,
  name: string,
  own = ownAttributes(object),
): Value | undefined {
  const type = typeOf(interpreter, object);
  const found = lookup(type, name);
  if (found instanceof PyProperty) return readProperty(interpreter, found, object, own);
  const mine = own?.get(name);
  if (mine !== undefined) return mine;
  if (found !== undefined) return bind(interpreter, found, object, type, name);
  if (name === '__dict__') return dictOfAttributes(object, own);
  if (name === '__class__') return type;
  return object instanceof PyInstance ? noDoc(name) : undefined;
}

function instanceAttribute(
  interpreter: Interpreter,
  object: Value,
  name: string,
  own: Namespace | undefined,
): Value | undefined {
  const type = typeOf(interpreter, object);
  const hook = lookup(type, '__getattr__');
  const custom = lookup(type, '__getattribute__');
  const isCustom = custom instanceof PyFunction;
  if (hook === undefined && !isCustom) {
    const found = plainAttribute(interpreter, object, name, own);
    return found === undefined ? type.unknownBase : found;
  }
  const found = unlessRaised(interpreter, 'AttributeError', () =>
    isCustom ? interpreter.call(custom, [object, name]) : plainAttribute(interpreter, object, name, own),
  );
  return found === undefined && hook !== undefined ? askHook(interpreter, hook, object, name) : found;
}

/** `__getattr__` says that there is none by raising AttributeError. */
function askHook(interpreter: Interpreter, hook: Value, object: Value, name: string): Value | undefined {
  return interpreter.callOr(hook, [object, name], 'AttributeError');
}

function classAttribute(interpreter: Interpreter, cls: PyClass, name: string): Value | undefined {
  const found = lookup(cls, name);
  if (found instanceof ClassMethod) return new BoundMethod(cls, found.callee);
  if (found instanceof StaticMethod) return found.callee;
  if (found instanceof PyInstance) return bind(interpreter, found, null, cls, name);
  if (found !== undefined && !(found instanceof PyProperty && name.startsWith('__'))) return found;
  const described = describeClass(cls, name);
  if (described !== undefined) return described;
  const type = typeOf(interpreter, cls);
  const meta = lookup(type, name);
  if (meta instanceof PyProperty) return readProperty(interpreter, meta, cls, undefined);
  if (meta !== undefined) return bind(interpreter, meta, cls, type, name);
  const hook = lookup(type, '__getattr__');
  if (hook !== undefined) return askHook(interpreter, hook, cls, name);
  return name === '__class__' ? type : cls.unknownBase;
}

function describeClass(cls: PyClass, name: string): Value | undefined {
  switch (name) {
    case '__bases__':
      return new PyTuple(cls.bases);
    case '__dict__':
      return namespaceDict(cls.attributes);
    case '__module__':
      return cls.module;
    case '__mro__':
      return new PyTuple(cls.mro);
    case '__name__':
    case '__qualname__':
      return cls.name;
    case '__doc__':
      return null;
    case '__annotations__':
      return new PyDict();
  }
  return undefined;
}

function superAttribute(interpreter: Interpreter, proxy: PySuper, name: string): Value | undefined {
  const { mro } = proxy.type;
  for (const cls of mro.slice(mro.indexOf(proxy.after) + 1)) {
    const found = cls.attributes.get(name);
    if (found === undefined) continue;
    if (found instanceof PyProperty)
      return readProperty(interpreter, found, proxy.self, ownAttributes(proxy.self));
    if (name === '__new__') return found instanceof StaticMethod ? found.callee : found;
    if (found instanceof NativeFunction && !cls.fromSource) return new BoundMethod(proxy.self, found);
    return bind(interpreter, found, proxy.self, proxy.type, name);
  }
  return proxy.type.unknownBase;
}

function readProperty(
  interpreter: Interpreter,
  property: PyProperty,
  object: Value,
  own: Namespace | undefined,
): Value {
  const kept = property.cachedAs === undefined ? undefined : own?.get(property.cachedAs);
  if (kept !== undefined) return kept;
  const value = interpreter.call(property.getter, [object]);
  if (property.cachedAs !== undefined) own?.set(property.cachedAs, value);
  return value;
}

/** What a definition in a class becomes when it is read through an object. */
function bind(interpreter: Interpreter, found: Value, self: Value, type: PyClass, name: string): Value {
  if (found instanceof PyFunction) return new BoundMethod(self, found);
  if (found instanceof NativeFunction)
    return found.binds || isMethod(name, type) ? new BoundMethod(self, found) : found;
  if (found instanceof ClassMethod) return new BoundMethod(type, found.callee);
  if (found instanceof StaticMethod) return found.callee;
  if (!(found instanceof PyInstance)) return found;
  const getter = lookup(found.type, '__get__');
  return getter === undefined ? found : interpreter.call(getter, [found, self, type]);
}

/** `act = torch.relu` in a class of the user's stays a plain function, as built-in functions do in CPython. */
function isMethod(name: string, type: PyClass): boolean {
  if (name === '__new__') return false;
  return !type.mro.find(({ attributes }) => attributes.has(name))?.fromSource || name.startsWith('__');
}

function ownAttributes(object: Value): Namespace | undefined {
  if (object instanceof PyInstance) return object.attributes;
  if (
    object instanceof PyTuple ||
    object instanceof PyList ||
    object instanceof PyDict ||
    object instanceof PySet ||
    object instanceof PyFunction ||
    object instanceof NativeFunction
  ) {
    return object.attributes;
  }
  return undefined;
}

/** Attributes of functions and methods. */
function special(object: Value, name: string): Value | undefined {
  if (object instanceof BoundMethod) return methodAttribute(object, name);
  if (object instanceof PyFunction) return functionAttribute(object, name);
  if (object instanceof NativeFunction)
    return name === '__name__' || name === '__qualname__' ? object.name : nativeAttribute(name);
  return undefined;
}

function methodAttribute(method: BoundMethod, name: string): Value | undefined {
  if (name === '__self__') return method.self;
  if (name === '__func__') return method.callee;
  const own = ownAttributes(method.callee)?.get(name);
  return own === undefined ? special(method.callee, name) : own;
}

function functionAttribute(callee: PyFunction, name: string): Value | undefined {
  switch (name) {
    case '__name__':
      return callee.name;
    case '__qualname__':
      return callee.qualifiedName;
    case '__module__':
      return callee.scope.module.name;
    case '__defaults__':
      return new PyTuple(
        callee.parameters.flatMap((p) =>
          p.default === undefined || p.kind === 'keyword' ? [] : [p.default],
        ),
      );
    case '__globals__':
      return namespaceDict(callee.scope.module.variables);
    case '__dict__':
      callee.attributes ??= new Map();
      return namespaceDict(callee.attributes);
    case '__kwdefaults__':
      return keywordDefaults(callee);
    case '__doc__':
      return callee.node.kind === 'FunctionDef' ? docstring(callee.node.body) : null;
    case '__annotations__':
      return new PyDict();
  }
  return undefined;
}

/** Defaults of parameters that are given by keyword alone; None where there are none. */
function keywordDefaults({ parameters }: PyFunction): Value {
  const dict = new PyDict();
  for (const { name, kind, default: standard } of parameters)
    if (kind === 'keyword' && standard !== undefined) dict.entries.set(name, [name, standard]);
  return dict.entries.size === 0 ? null : dict;
}

/** Native functions are what CPython writes in Python as often as not: they say that they have nothing special. */
const nativeAttribute = (name: string): Value | undefined =>
  name === '__kwdefaults__' || name === '__defaults__' ? null : noDoc(name);

const noDoc = (name: string): Value | undefined => (name === '__doc__' ? null : undefined);

/** `object.name = value`, `__setattr__` and descriptors included. */
export function setAttribute(interpreter: Interpreter, object: Value, name: string, value: Value): void {
  if (object instanceof PyModule) {
    interpreter.modules.ensureRun(object);
    object.variables.set(name, value);
  } else if (object instanceof PyClass) {
    object.attributes.set(name, value);
  } else if (!(object instanceof Unknown)) {
    const hook = lookupBelowObject(interpreter, typeOf(interpreter, object), '__setattr__');
    if (hook !== undefined) interpreter.call(hook, [object, name, value]);
    else setPlainAttribute(interpreter, object, name, value);
  }
}

/** `object.__dict__`: what is written to it is an attribute of the object. */
function dictOfAttributes(object: Value, own: Namespace | undefined): PyDict | undefined {
  if (own) return namespaceDict(own);
  if (!hasAttributes(object)) return undefined;
  object.attributes = new Map();
  return namespaceDict(object.attributes);
}

/** `object.__dict__ = mapping`: from now on they are the same. */
function replaceAttributes(object: Value, dict: PyDict): void {
  if (object instanceof PyInstance || hasAttributes(object)) {
    Object.defineProperty(object, 'attributes', { value: dictNamespace(dict), writable: true });
  }
}

/** What `object.__setattr__` does. */
export function setPlainAttribute(interpreter: Interpreter, object: Value, name: string, value: Value): void {
  const type = typeOf(interpreter, object);
  const found = lookup(type, name);
  if (found instanceof PyProperty && found.cachedAs === undefined) {
    if (found.setter === null)
      interpreter.raise('AttributeError', `property '${name}' of '${type.name}' object has no setter`);
    interpreter.call(found.setter, [object, value]);
    return;
  }
  if (found instanceof PyInstance) {
    const setter = lookup(found.type, '__set__');
    if (setter !== undefined) {
      interpreter.call(setter, [found, object, value]);
      return;
    }
  }
  if (name === '__dict__' && value instanceof PyDict) replaceAttributes(object, value);
  else if (object instanceof PyInstance) object.attributes.set(name, value);
  else if (object instanceof BoundMethod) setPlainAttribute(interpreter, object.callee, name, value);
  else if (hasAttributes(object)) {
    object.attributes ??= new Map();
    if (object instanceof PyFunction && name === '__name__' && typeof value === 'string') object.name = value;
    object.attributes.set(name, value);
  }
}

const hasAttributes = (
  object: Value,
): object is PyTuple | PyList | PyDict | PySet | PyFunction | NativeFunction =>
  object instanceof PyTuple ||
  object instanceof PyList ||
  object instanceof PyDict ||
  object instanceof PySet ||
  object instanceof PyFunction ||
  object instanceof NativeFunction;

/** `del object.name`. Raises AttributeError where there is none. */
export function deleteAttribute(interpreter: Interpreter, object: Value, name: string): void {
  if (object instanceof Unknown) return;
  const hook = lookupBelowObject(interpreter, typeOf(interpreter, object), '__delattr__');
  if (hook !== undefined && !(object instanceof PyClass)) {
    interpreter.call(hook, [object, name]);
    return;
  }
  deletePlainAttribute(interpreter, object, name);
}

/** What `object.__delattr__` does. */
export function deletePlainAttribute(interpreter: Interpreter, object: Value, name: string): void {
  const property = object instanceof PyClass ? undefined : lookup(typeOf(interpreter, object), name);
  if (property instanceof PyProperty && property.deleter !== null) {
    interpreter.call(property.deleter, [object]);
    return;
  }
  const own =
    object instanceof PyModule
      ? object.variables
      : object instanceof PyClass
        ? object.attributes
        : ownAttributes(object);
  if (!own?.delete(name)) interpreter.raise('AttributeError', name);
}
