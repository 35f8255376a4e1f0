// Built-in functions about objects and classes: callable, getattr … vars.
// Whether something unknown has an attribute or is an instance of a class is unknown.

import { deleteAttribute } from '../attributes';
import { hashOf, identityOf } from '../hashing';
import type { Interpreter } from '../interpreter';
import { known, starred, unlessRaised } from '../known';
import { namespaceDict } from '../namespace-dict';
import { native } from '../native';
import { isSubclass, lookup } from '../types';
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
  PyTuple,
  StaticMethod,
  Unknown,
  type Value,
} from '../values';
import { namesOf } from './object';
import { classOf, textArgument } from './receivers';

export const reflectionFunctions = (): NativeFunction[] => [
  native('__build_class__', 'func, name, /, *bases, **kwargs', (interpreter) =>
    interpreter.unknown('__build_class__ is not followed'),
  ),
  known('__import__', 'name, globals=None, locals=None, fromlist=(), level=0', importNamed),
  known('callable', 'object, /', (interpreter, [object]) => isCallable(interpreter, object as Value)),
  known('delattr', 'object, name, /', (interpreter, [object, name]) => {
    deleteAttribute(interpreter, object as Value, textArgument(interpreter, name));
    return null;
  }),
  known(
    'dir',
    'object=None, /',
    (interpreter, [object]) =>
      new PyList(
        object === null ? [...localsOf(interpreter).keys()].sort() : namesOf(interpreter, object as Value),
      ),
  ),
  native('getattr', 'object, name, *default, /', getAttribute),
  native('globals', '', (interpreter) => globalsOf(interpreter)),
  known('hasattr', 'object, name, /', hasAttribute),
  known('hash', 'object, /', (interpreter, [object]) => hash(interpreter, object as Value)),
  native('id', 'object, /', (interpreter, [object]) => {
    const isObject = typeof object === 'object' && object !== null;
    return isObject
      ? 0x7f0000000000 + 16 * identityOf(interpreter, object)
      : hashOf(interpreter, object as Value);
  }),
  native('isinstance', 'object, classinfo, /', (interpreter, [object, type]) =>
    object instanceof Unknown ? object : instanceCheck(interpreter, object as Value, type as Value),
  ),
  known('issubclass', 'cls, classinfo, /', (interpreter, [cls, type]) =>
    subclassCheck(interpreter, cls as Value, type as Value),
  ),
  native('locals', '', (interpreter) => localsDict(interpreter)),
  native('setattr', 'object, name, value, /', (interpreter, [object, name, value]) => {
    if (name instanceof Unknown)
      interpreter.gap(`an attribute is set whose name is not known: ${name.reason}`);
    else interpreter.setAttribute(object as Value, textArgument(interpreter, name), value as Value);
    return null;
  }),
  known('vars', 'object=None, /', (interpreter, [object]) => variablesOf(interpreter, object as Value)),
];

// --- names ------------------------------------------------------------------------------------------------------------

const localsOf = (interpreter: Interpreter): Namespace =>
  interpreter.frames.at(-1)?.scope.variables ?? new Map();

/** Of a function, a copy; of a module, its namespace itself. */
function localsDict(interpreter: Interpreter): Value {
  const scope = interpreter.frames.at(-1)?.scope;
  if (scope?.kind === 'module') return globalsOf(interpreter);
  const copy = new Map(localsOf(interpreter));
  return namespaceDict(scope?.owner ? copy.set('__class__', scope.owner) : copy);
}

function globalsOf(interpreter: Interpreter): Value {
  const module = interpreter.frames.at(-1)?.scope.module;
  if (!module) return new PyDict();
  return moduleDict(interpreter, module);
}

/** Names at module level whose imports have waited are found too. */
const moduleDict = (interpreter: Interpreter, module: PyModule): PyDict =>
  namespaceDict(module.variables, {
    read: (name) => interpreter.modules.global(module, name),
    names: () => module.pending.keys(),
  });

function variablesOf(interpreter: Interpreter, object: Value): Value {
  if (object === null) return localsDict(interpreter);
  if (object instanceof PyModule) {
    interpreter.modules.ensureRun(object);
    return moduleDict(interpreter, object);
  }
  if (object instanceof PyInstance || object instanceof PyClass) return namespaceDict(object.attributes);
  return (
    interpreter.findAttribute(object, '__dict__') ??
    interpreter.raise('TypeError', 'vars() argument must have __dict__ attribute')
  );
}

function importNamed(interpreter: Interpreter, [name, , , fromList]: readonly Value[]): Value {
  const text = textArgument(interpreter, name);
  const module = interpreter.importModule(text);
  const wantsLeaf = fromList !== null && interpreter.truth(fromList as Value);
  return wantsLeaf || !text.includes('.') ? module : interpreter.importModule(text.split('.')[0] as string);
}

// --- attributes -------------------------------------------------------------------------------------------------------

function getAttribute(interpreter: Interpreter, [object, name, rest]: readonly Value[]): Value {
  if (object instanceof Unknown) return object;
  if (name instanceof Unknown) return name;
  const [fallback] = starred(rest);
  const text = textArgument(interpreter, name);
  if (fallback === undefined) return interpreter.getAttribute(object as Value, text);
  const found = unlessRaised(interpreter, 'AttributeError', () =>
    interpreter.findAttribute(object as Value, text),
  );
  return found === undefined ? fallback : found;
}

/** Where a base is unknown, what is not found may be there. */
function hasAttribute(interpreter: Interpreter, [object, name]: readonly Value[]): Value {
  const text = textArgument(interpreter, name);
  const found = unlessRaised(interpreter, 'AttributeError', () =>
    interpreter.findAttribute(object as Value, text),
  );
  if (found instanceof Unknown && found === interpreter.typeOf(object as Value).unknownBase) return found;
  return found !== undefined;
}

function hash(interpreter: Interpreter, object: Value): Value {
  const method = object instanceof PyInstance ? lookup(object.type, '__hash__') : undefined;
  const own = object instanceof PyInstance && method instanceof PyFunction;
  return own ? interpreter.call(method, [object]) : hashOf(interpreter, object);
}

function isCallable(interpreter: Interpreter, object: Value): Value {
  if (object instanceof PyClass || object instanceof PyFunction || object instanceof NativeFunction)
    return true;
  if (object instanceof BoundMethod || object instanceof StaticMethod) return true;
  if (object instanceof ClassMethod || object instanceof PyModule) return false;
  const type = interpreter.typeOf(object);
  return lookup(type, '__call__') !== undefined || (type.unknownBase ?? false);
}

// --- classes ----------------------------------------------------------------------------------------------------------

/** Members of a union, a tuple, or one class. Generic aliases stand for the class behind them. */
function classesIn(interpreter: Interpreter, info: Value): Value[] {
  if (info instanceof PyTuple) return info.items.flatMap((item) => classesIn(interpreter, item));
  if (info === null) return [interpreter.types.NoneType];
  if (typeof info !== 'object') {
    interpreter.raise('TypeError', 'isinstance() arg 2 must be a type, a tuple of types, or a union');
  }
  if (!(info instanceof PyInstance)) return [info];
  const args = interpreter.findAttribute(info, '__union_args__');
  if (args instanceof PyTuple) return classesIn(interpreter, args);
  return [interpreter.findAttribute(info, '__origin__') ?? info];
}

/** What has no unknown base is no instance of a class that could not be followed. */
function instanceCheck(interpreter: Interpreter, object: Value, info: Value): Value {
  const type = interpreter.typeOf(object);
  for (const cls of classesIn(interpreter, info)) {
    if (!(cls instanceof PyClass)) continue;
    if (isSubclass(type, cls)) return true;
    const check = cls.metaclass && lookup(cls.metaclass, '__instancecheck__');
    if (check === undefined || check === interpreter.types.type.attributes.get('__instancecheck__')) continue;
    if (interpreter.truth(interpreter.call(check, [cls, object]))) return true;
  }
  return type.unknownBase ?? false;
}

function subclassCheck(interpreter: Interpreter, cls: Value, info: Value): Value {
  const type = classOf(interpreter, cls);
  for (const base of classesIn(interpreter, info)) {
    if (!(base instanceof PyClass)) continue;
    if (isSubclass(type, base)) return true;
    const check = base.metaclass && lookup(base.metaclass, '__subclasscheck__');
    if (check === undefined || check === interpreter.types.type.attributes.get('__subclasscheck__')) continue;
    if (interpreter.truth(interpreter.call(check, [base, type]))) return true;
  }
  return type.unknownBase ?? false;
}
