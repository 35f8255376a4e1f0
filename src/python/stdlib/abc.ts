// ABCMeta: classes that count others as their subclasses, because these were registered or have the right methods.
// A class says which methods make its instances by `_structural_`, in its own body: what collections.abc does.

import { classOf, table } from '../builtins/receivers';
import type { Interpreter } from '../interpreter';
import { native } from '../native';
import { isSubclass, lookup, typeOf } from '../types';
import { type Namespace, PyClass, PyList, PyTuple, type Value } from '../values';

const REGISTRY = '_abc_registry';

export function abcModule(interpreter: Interpreter): Namespace {
  const { type } = interpreter.types;
  const methods = table([
    native('__instancecheck__', 'cls, instance, /', (ip, [cls, instance]) =>
      counts(classOf(ip, cls), typeOf(ip, instance as Value)),
    ),
    native('__subclasscheck__', 'cls, subclass, /', (ip, [cls, subclass]) =>
      counts(classOf(ip, cls), classOf(ip, subclass)),
    ),
    native('register', 'cls, subclass, /', (ip, [cls, subclass]) => {
      const { attributes } = classOf(ip, cls);
      const known = attributes.get(REGISTRY);
      if (known instanceof PyList) known.items.push(subclass as Value);
      else attributes.set(REGISTRY, new PyList([subclass as Value]));
      return subclass as Value;
    }),
  ]);
  return new Map([['ABCMeta', new PyClass('ABCMeta', [type], methods, type.mro, 'abc')]]);
}

function counts(abstract: PyClass, type: PyClass): boolean {
  if (isSubclass(type, abstract) || isStructural(abstract, type)) return true;
  const registered = abstract.attributes.get(REGISTRY);
  return (
    registered instanceof PyList &&
    registered.items.some((cls) => cls instanceof PyClass && isSubclass(type, cls))
  );
}

function isStructural(abstract: PyClass, type: PyClass): boolean {
  const names = abstract.attributes.get('_structural_');
  if (!(names instanceof PyTuple)) return false;
  return names.items.every((name) => typeof name === 'string' && (lookup(type, name) ?? null) !== null);
}
