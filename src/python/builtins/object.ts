// `object` and `type`: what every instance and every class can do.

import { deletePlainAttribute, plainAttribute, setPlainAttribute } from '../attributes';
import { instantiate } from '../calls';
import { hashOf, identityOf } from '../hashing';
import type { Interpreter } from '../interpreter';
import { keywordsOf, known, starred } from '../known';
import { isPrelude } from '../library';
import { native } from '../native';
import { builtinRepr, formatBuiltin, objectRepr, reprOf, strOf } from '../text';
import { isSubclass, lookup, makeClass, typeOf } from '../types';
import {
  ClassMethod,
  type Namespace,
  NativeFunction,
  NotImplementedValue,
  PyClass,
  PyDict,
  PyInstance,
  PyList,
  type Value,
} from '../values';
import { classOf, table, textArgument } from './receivers';

export function objectMethods(): Namespace {
  const methods = table([
    known('__delattr__', 'self, name, /', (interpreter, [self, name]) => {
      deletePlainAttribute(interpreter, self as Value, textArgument(interpreter, name));
      return null;
    }),
    known('__dir__', 'self, /', (interpreter, [self]) => new PyList(namesOf(interpreter, self as Value))),
    native(
      '__eq__',
      'self, other, /',
      (interpreter, [self, other]) =>
        self === other || (typeOf(interpreter, self as Value).unknownBase ?? NotImplementedValue.only),
    ),
    known('__format__', 'self, spec, /', (interpreter, [self, spec]) =>
      formatBuiltin(interpreter, self as Value, textArgument(interpreter, spec)),
    ),
    known('__getattribute__', 'self, name, /', (interpreter, [self, name]) => {
      const found = plainAttribute(interpreter, self as Value, textArgument(interpreter, name));
      if (found !== undefined) return found;
      const type = typeOf(interpreter, self as Value);
      return (
        type.unknownBase ??
        interpreter.raise('AttributeError', `'${type.name}' object has no attribute '${name}'`)
      );
    }),
    native('__hash__', 'self, /', (interpreter, [self]) =>
      self instanceof PyInstance ? identityOf(interpreter, self) : hashOf(interpreter, self as Value),
    ),
    new NativeFunction('__init__', initialise, 'self, /'),
    native('__ne__', 'self, other, /', notEqual),
    new NativeFunction(
      '__new__',
      (interpreter, [cls]) => new PyInstance(classOf(interpreter, cls)),
      'cls, /',
    ),
    native('__reduce__', 'self, /', (interpreter) => interpreter.unknown('pickling is not followed')),
    native('__repr__', 'self, /', (interpreter, [self]) =>
      self instanceof PyInstance ? objectRepr(interpreter, self) : builtinRepr(interpreter, self as Value),
    ),
    native('__setattr__', 'self, name, value, /', (interpreter, [self, name, value]) => {
      setPlainAttribute(interpreter, self as Value, textArgument(interpreter, name), value as Value);
      return null;
    }),
    native('__str__', 'self, /', (interpreter, [self]) => reprOf(interpreter, self as Value)),
  ]);
  methods.set(
    '__init_subclass__',
    new ClassMethod(new NativeFunction('__init_subclass__', () => null, 'cls, /, **kwargs')),
  );
  return methods;
}

/** Arguments that nobody took are an error, as in CPython, unless a base is unknown and may have wanted them. */
function initialise(
  interpreter: Interpreter,
  args: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
): Value {
  const self = args[0] as Value;
  const type = typeOf(interpreter, self);
  if (
    args.length + keywords.size > 1 &&
    !type.unknownBase &&
    self instanceof PyInstance &&
    self.payload === undefined
  ) {
    const overridden = lookup(type, '__init__') !== interpreter.types.object.attributes.get('__init__');
    if (overridden) {
      const message = 'object.__init__() takes exactly one argument (the instance to initialize)';
      interpreter.raise('TypeError', message);
    }
  }
  return null;
}

function notEqual(interpreter: Interpreter, [self, other]: readonly Value[]): Value {
  const method = lookup(typeOf(interpreter, self as Value), '__eq__');
  if (method === undefined) return NotImplementedValue.only;
  const equal = interpreter.call(method, [self as Value, other as Value]);
  return equal instanceof NotImplementedValue ? equal : !interpreter.truth(equal);
}

/** `dir(object)`: own attributes and those of its classes, sorted. */
export function namesOf(interpreter: Interpreter, object: Value): string[] {
  const names = new Set<string>();
  const own = interpreter.findAttribute(object, '__dict__');
  if (own instanceof PyDict)
    for (const key of own.entries.keys()) if (typeof key === 'string') names.add(key);
  const type = object instanceof PyClass ? object : typeOf(interpreter, object);
  for (const cls of type.mro) for (const name of cls.attributes.keys()) names.add(name);
  return [...names].sort();
}

export function typeMethods(): Namespace {
  const methods = table([
    new NativeFunction('__call__', (interpreter, [cls, ...args], keywords) =>
      instantiate(interpreter, classOf(interpreter, cls), args, keywords),
    ),
    native('__dir__', 'self, /', (interpreter, [self]) => new PyList(namesOf(interpreter, self as Value))),
    new NativeFunction('__init__', () => null, 'self, *args, **kwargs'),
    native('__instancecheck__', 'cls, instance, /', (interpreter, [cls, instance]) =>
      isSubclass(typeOf(interpreter, instance as Value), classOf(interpreter, cls)),
    ),
    native('__new__', 'cls, name, bases=None, namespace=None, /, **kwargs', newType),
    native('__repr__', 'self, /', (interpreter, [self]) => builtinRepr(interpreter, self as Value)),
    native('__str__', 'self, /', (interpreter, [self]) =>
      self instanceof PyClass ? reprOf(interpreter, self) : strOf(interpreter, self as Value),
    ),
    native('__subclasscheck__', 'cls, subclass, /', (interpreter, [cls, subclass]) =>
      isSubclass(classOf(interpreter, subclass), classOf(interpreter, cls)),
    ),
    native('mro', 'cls, /', (interpreter, [cls]) => new PyList([...classOf(interpreter, cls).mro])),
  ]);
  methods.set(
    '__prepare__',
    new ClassMethod(
      new NativeFunction('__prepare__', () => new PyDict(), 'metacls, name, bases, /, **kwargs'),
    ),
  );
  return methods;
}

/** `type(x)` and `type(name, bases, namespace)`. */
function newType(interpreter: Interpreter, [cls, name, bases, namespace, extra]: readonly Value[]): Value {
  if (bases === null || bases === undefined) return unknownOr(interpreter, name as Value);
  const attributes: Namespace = new Map();
  for (const [key, value] of keywordsOf(namespace)) attributes.set(key, value);
  const keywords = keywordsOf(extra);
  if (cls !== interpreter.types.type) keywords.set('metaclass', cls as Value);
  const frame = interpreter.frames.at(-1);
  return makeClass(interpreter, {
    name: textArgument(interpreter, name),
    bases: starred(bases),
    attributes,
    keywords,
    module: String(attributes.get('__module__') ?? frame?.scope.module.name ?? 'builtins'),
    fromSource: frame !== undefined && !isPrelude(frame.file),
  });
}

const unknownOr = (interpreter: Interpreter, value: Value): Value => {
  const type = typeOf(interpreter, value);
  return type === interpreter.types.unknown ? value : type;
};
