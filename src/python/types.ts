// Classes: which class a value has, the method resolution order, and how a class is made.
// The order is Python's C3 linearisation. A base that is not known leaves a mark on the class instead of an error.

import type { Interpreter } from './interpreter';
import {
  BoundMethod,
  ClassMethod,
  EllipsisValue,
  type Keywords,
  type Namespace,
  NativeFunction,
  NotImplementedValue,
  PyBytes,
  PyClass,
  PyComplex,
  PyDict,
  PyFloat,
  PyFunction,
  PyInstance,
  PyIterator,
  PyList,
  PyModule,
  PyProperty,
  PyRange,
  PySet,
  PySlice,
  PySuper,
  PyTuple,
  StaticMethod,
  Unknown,
  type Value,
} from './values';

/** The class of a value, as `type(value)`. */
export function typeOf(interpreter: Interpreter, value: Value): PyClass {
  const { types } = interpreter;
  switch (typeof value) {
    case 'string':
      return types.str;
    case 'number':
    case 'bigint':
      return types.int;
    case 'boolean':
      return types.bool;
  }
  if (value === null) return types.NoneType;
  if (value instanceof PyInstance) return value.type;
  if (value instanceof PyTuple) return value.type ?? types.tuple;
  if (value instanceof PyList) return value.type ?? types.list;
  if (value instanceof PyDict) return value.type ?? types.dict;
  if (value instanceof PySet) return value.type ?? (value.frozen ? types.frozenset : types.set);
  if (value instanceof PyClass) return value.metaclass ?? types.type;
  return rareType(interpreter, value);
}

function rareType({ types }: Interpreter, value: object): PyClass {
  if (value instanceof PyFloat) return types.float;
  if (value instanceof PyFunction) return types.function;
  if (value instanceof NativeFunction) return types.builtinFunction;
  if (value instanceof BoundMethod) return types.method;
  if (value instanceof PyModule) return types.module;
  if (value instanceof PyRange) return types.range;
  if (value instanceof PySlice) return types.slice;
  if (value instanceof PyIterator) return types.generator;
  if (value instanceof PyProperty) return types.property;
  if (value instanceof StaticMethod) return types.staticmethod;
  if (value instanceof ClassMethod) return types.classmethod;
  if (value instanceof PySuper) return types.super;
  if (value instanceof PyComplex) return types.complex;
  if (value instanceof PyBytes) return types.bytes;
  if (value instanceof EllipsisValue) return types.ellipsis;
  if (value instanceof NotImplementedValue) return types.notImplemented;
  return types.unknown;
}

export const isSubclass = (type: PyClass, ancestor: PyClass): boolean => type.mro.includes(ancestor);

/** The first definition of a name along the method resolution order. */
export const lookup = (type: PyClass, name: string): Value | undefined => type.lookup(name);

/** A definition along the order, but not the one that every object has. */
export function lookupBelowObject(interpreter: Interpreter, type: PyClass, name: string): Value | undefined {
  const found = lookup(type, name);
  return found === undefined || found === interpreter.types.object.attributes.get(name) ? undefined : found;
}

export interface ClassParts {
  readonly name: string;
  readonly bases: readonly Value[];
  readonly attributes: Namespace;
  readonly keywords?: Keywords;
  readonly module?: string;
  readonly fromSource?: boolean;
}

/** Makes a class as a `class` statement does, `__set_name__` and `__init_subclass__` included. */
export function makeClass(interpreter: Interpreter, parts: ClassParts): PyClass {
  const known = parts.bases.filter((base): base is PyClass => base instanceof PyClass);
  const strange = parts.bases.find((base) => !(base instanceof PyClass));
  const unknownBase =
    strangeBase(interpreter, strange) ?? known.find((base) => base.unknownBase)?.unknownBase;
  const bases = known.length > 0 ? known : [interpreter.types.object];
  const metaclass = parts.keywords?.get('metaclass');
  const cls = new PyClass(
    parts.name,
    bases,
    parts.attributes,
    linearise(interpreter, bases),
    parts.module,
    unknownBase,
    metaclass instanceof PyClass ? metaclass : bases.find((base) => base.metaclass)?.metaclass,
    parts.fromSource,
  );
  for (const value of cls.attributes.values()) adopt(value, cls);
  announce(interpreter, cls, parts.keywords);
  return cls;
}

function strangeBase(interpreter: Interpreter, base: Value | undefined): Unknown | undefined {
  if (base === undefined || base instanceof Unknown) return base;
  return interpreter.unknown('a base class is not a class that could be followed');
}

/** Tells functions which class they were defined in, so that super() works. */
function adopt(value: Value, cls: PyClass): void {
  if (value instanceof PyFunction) value.owner ??= cls;
  else if (value instanceof StaticMethod || value instanceof ClassMethod) adopt(value.callee, cls);
  else if (value instanceof PyProperty) {
    for (const part of [value.getter, value.setter, value.deleter]) adopt(part, cls);
  }
}

function announce(interpreter: Interpreter, cls: PyClass, keywords?: Keywords): void {
  for (const [name, value] of [...cls.attributes]) {
    if (!(value instanceof PyInstance)) continue;
    const setName = lookup(value.type, '__set_name__');
    if (setName !== undefined) interpreter.call(setName, [value, cls, name]);
  }
  for (const base of cls.mro.slice(1)) {
    const hook = base.attributes.get('__init_subclass__');
    if (hook === undefined) continue;
    const passed = new Map([...(keywords ?? [])].filter(([name]) => name !== 'metaclass'));
    interpreter.call(hook instanceof ClassMethod ? hook.callee : hook, [cls], passed);
    return;
  }
}

/** C3: the bases' orders merged, keeping each of them. */
function linearise(interpreter: Interpreter, bases: readonly PyClass[]): PyClass[] {
  const queues = [...bases.map((base) => [...base.mro]), [...bases]].filter((queue) => queue.length > 0);
  const order: PyClass[] = [];
  while (queues.some((queue) => queue.length > 0)) {
    const next = queues
      .map((queue) => queue[0])
      .find((head) => head && !queues.some((queue) => queue.indexOf(head) > 0));
    if (!next) interpreter.raise('TypeError', 'cannot create a consistent method resolution order (MRO)');
    order.push(next);
    for (const queue of queues) if (queue[0] === next) queue.shift();
  }
  return order;
}
