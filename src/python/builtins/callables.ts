// Types of what can be called or bound: functions, methods, property, staticmethod, classmethod, super, modules.

import type { Interpreter } from '../interpreter';
import { starred } from '../known';
import { native } from '../native';
import { builtinRepr } from '../text';
import { isSubclass } from '../types';
import {
  BoundMethod,
  ClassMethod,
  type Namespace,
  NativeFunction,
  PyClass,
  PyModule,
  PyProperty,
  PySuper,
  StaticMethod,
  Unknown,
  type Value,
} from '../values';
import { classOf, table, textArgument } from './receivers';

/** Functions of either kind, and bound methods. */
export function callableMethods(): Namespace {
  return table([
    new NativeFunction('__call__', (interpreter, [self, ...args], keywords) =>
      interpreter.call(self as Value, args, keywords),
    ),
    native('__get__', 'self, instance, owner=None, /', (_, [self, instance]) =>
      instance === null ? (self as Value) : new BoundMethod(instance as Value, self as Value),
    ),
    native('__repr__', 'self, /', (interpreter, [self]) => builtinRepr(interpreter, self as Value)),
  ]);
}

export function methodMethods(): Namespace {
  const methods = callableMethods();
  const make = native(
    '__new__',
    'cls, function, instance, /',
    (_, [, callee, instance]) => new BoundMethod(instance as Value, callee as Value),
  );
  methods.set('__new__', make);
  return methods;
}

const propertyOf = (interpreter: Interpreter, self: Value | undefined): PyProperty =>
  self instanceof PyProperty
    ? self
    : interpreter.raise('TypeError', "descriptor requires a 'property' object");

export function propertyMethods(): Namespace {
  const methods = table([
    native('__get__', 'self, instance, owner=None, /', (interpreter, [self, instance]) =>
      instance === null
        ? (self as Value)
        : interpreter.call(propertyOf(interpreter, self).getter, [instance as Value]),
    ),
    native(
      '__new__',
      'cls, fget=None, fset=None, fdel=None, doc=None',
      (_, [, getter, setter, deleter]) => new PyProperty(getter as Value, setter as Value, deleter as Value),
    ),
    native('__set__', 'self, instance, value, /', (interpreter, [self, instance, value]) =>
      interpreter.call(propertyOf(interpreter, self).setter, [instance as Value, value as Value]),
    ),
    changed('deleter', ({ getter, setter }, deleter) => new PyProperty(getter, setter, deleter)),
    changed('getter', ({ setter, deleter }, getter) => new PyProperty(getter, setter, deleter)),
    changed('setter', ({ getter, deleter }, setter) => new PyProperty(getter, setter, deleter)),
  ]);
  for (const [name, part] of [
    ['fdel', 'deleter'],
    ['fget', 'getter'],
    ['fset', 'setter'],
  ] as const) {
    methods.set(
      name,
      new PyProperty(native(name, 'self, /', (interpreter, [self]) => propertyOf(interpreter, self)[part])),
    );
  }
  return methods;
}

/** `@x.setter` and its kin: a property with one part replaced. */
const changed = (name: string, change: (property: PyProperty, part: Value) => PyProperty): NativeFunction =>
  native(name, 'self, function, /', (interpreter, [self, part]) =>
    change(propertyOf(interpreter, self), part as Value),
  );

export function staticMethodMethods(): Namespace {
  return wrapper((callee) => new StaticMethod(callee));
}

export function classMethodMethods(): Namespace {
  return wrapper((callee) => new ClassMethod(callee));
}

function wrapper(wrap: (callee: Value) => Value): Namespace {
  const inner = (self: Value | undefined): Value =>
    self instanceof StaticMethod || self instanceof ClassMethod ? self.callee : (self as Value);
  const methods = table([
    native('__get__', 'self, instance, owner=None, /', (interpreter, [self, instance, owner]) =>
      self instanceof ClassMethod
        ? new BoundMethod(owner ?? interpreter.typeOf(instance as Value), self.callee)
        : inner(self),
    ),
    native('__new__', 'cls, function, /', (_, [, callee]) => wrap(callee as Value)),
  ]);
  methods.set('__func__', new PyProperty(native('__func__', 'self, /', (_, [self]) => inner(self))));
  methods.set('__wrapped__', new PyProperty(native('__wrapped__', 'self, /', (_, [self]) => inner(self))));
  return methods;
}

/** `super(cls, object)`; without arguments it is the evaluator's business. */
export function superMethods(): Namespace {
  return table([
    native('__new__', 'cls, type, object=None, /', (interpreter, [, type, object]) => {
      if (type instanceof Unknown) return type;
      const self = object as Value;
      if (self instanceof Unknown) return self;
      const after = classOf(interpreter, type);
      const isClass = self instanceof PyClass && isSubclass(self, after);
      return new PySuper(after, self, isClass ? self : interpreter.typeOf(self));
    }),
  ]);
}

export function moduleMethods(): Namespace {
  return table([
    native('__new__', 'cls, name, doc=None', (interpreter, [, name]) => {
      const text = textArgument(interpreter, name);
      return new PyModule(text, new Map<string, Value>([['__name__', text]]));
    }),
    native('__repr__', 'self, /', (interpreter, [self]) => builtinRepr(interpreter, self as Value)),
  ]);
}

/** A type that gives a value of its own and takes no arguments: NoneType, ellipsis. */
export function constantMethods(value: Value): Namespace {
  return table([
    native('__bool__', 'self, /', (interpreter) => interpreter.truth(value)),
    native('__new__', 'cls, *args', (_, [, args]) => (starred(args).length === 0 ? value : null)),
    native('__repr__', 'self, /', (interpreter) => builtinRepr(interpreter, value)),
  ]);
}
