// `_collections`: defaultdict, whose factory the dict itself keeps, and named tuples, which are tuples with a class.

import { copyDict, update } from '../builtins/dict';
import { classOf, dictOf, table, textArgument, tupleOf } from '../builtins/receivers';
import type { Interpreter } from '../interpreter';
import { keywordsOf, known } from '../known';
import { native } from '../native';
import { nativeWith } from '../parameters';
import { reprOf } from '../text';
import { makeClass } from '../types';
import {
  ClassMethod,
  type Namespace,
  NativeFunction,
  type Parameter,
  PyClass,
  PyDict,
  PyProperty,
  PyTuple,
  type Value,
} from '../values';

export function collectionsModule(interpreter: Interpreter): Namespace {
  return new Map<string, Value>([
    ['NamedTuple', namedTupleBase(interpreter)],
    ['defaultdict', defaultDict(interpreter)],
    [
      'namedtuple',
      known(
        'namedtuple',
        'typename, field_names, *, rename=False, defaults=None, module=None',
        (ip, [name, fields, , defaults]) =>
          namedTuple(
            ip,
            textArgument(ip, name),
            fieldNames(ip, fields as Value),
            defaults === null ? [] : ip.list(defaults as Value),
          ),
      ),
    ],
  ]);
}

// --- defaultdict ------------------------------------------------------------------------------------------------------

function defaultDict(interpreter: Interpreter): PyClass {
  const { dict } = interpreter.types;
  const methods = table([
    native('__copy__', 'self, /', (ip, [self]) => copyDict(dictOf(ip, self), dictOf(ip, self).type)),
    new NativeFunction('__init__', (ip, [self, factory, ...args], keywords) => {
      dictOf(ip, self).factory = factory ?? null;
      update(ip, dictOf(ip, self), args, keywords);
      return null;
    }),
    native('__repr__', 'self, /', (ip, [self]) => {
      const { factory, entries } = dictOf(ip, self);
      const shown = [...entries.values()].map(([key, value]) => `${reprOf(ip, key)}: ${reprOf(ip, value)}`);
      return `defaultdict(${reprOf(ip, factory ?? null)}, {${shown.join(', ')}})`;
    }),
    native('copy', 'self, /', (ip, [self]) => copyDict(dictOf(ip, self), dictOf(ip, self).type)),
  ]);
  methods.set(
    'default_factory',
    new PyProperty(
      native('default_factory', 'self, /', (ip, [self]) => dictOf(ip, self).factory ?? null),
      native('default_factory', 'self, value, /', (ip, [self, value]) => {
        dictOf(ip, self).factory = value;
        return null;
      }),
    ),
  );
  return new PyClass('defaultdict', [dict], methods, dict.mro, 'collections');
}

// --- named tuples -----------------------------------------------------------------------------------------------------

function fieldNames(interpreter: Interpreter, fields: Value): string[] {
  if (typeof fields === 'string') return fields.replaceAll(',', ' ').split(/\s+/).filter(Boolean);
  return interpreter.list(fields).map((field) => textArgument(interpreter, field));
}

function namedTuple(
  interpreter: Interpreter,
  name: string,
  fields: readonly string[],
  defaults: readonly Value[],
): PyClass {
  const attributes: Namespace = new Map();
  const module = interpreter.frames.at(-1)?.scope.module.name ?? 'builtins';
  equip(
    interpreter,
    attributes,
    fields,
    new Map(fields.slice(fields.length - defaults.length).map((f, i) => [f, defaults[i] as Value])),
  );
  return makeClass(interpreter, { name, bases: [interpreter.types.tuple], attributes, module });
}

/** Gives a class what makes it a named tuple of these fields. */
function equip(
  interpreter: Interpreter,
  attributes: Namespace,
  fields: readonly string[],
  defaults: ReadonlyMap<string, Value>,
): void {
  const parameters: Parameter[] = [
    { name: '_cls', kind: 'positional' },
    ...fields.map((name): Parameter => ({ name, kind: 'normal', default: defaults.get(name) })),
  ];
  const put = (name: string, value: Value): void => {
    if (!attributes.has(name)) attributes.set(name, value);
  };
  put(
    '__new__',
    nativeWith(
      interpreter,
      '__new__',
      parameters,
      (ip, [cls, ...items]) => new PyTuple(items, classOf(ip, cls)),
    ),
  );
  fields.forEach((name, index) => {
    attributes.set(
      name,
      new PyProperty(native(name, 'self, /', (ip, [self]) => tupleOf(ip, self).items[index] ?? null)),
    );
  });
  put('_fields', new PyTuple([...fields]));
  put('_field_defaults', dictFrom(defaults));
  for (const method of namedTupleMethods(fields)) {
    method.binds = true;
    put(method.name, method);
  }
  put(
    '_make',
    new ClassMethod(
      native(
        '_make',
        'cls, iterable, /',
        (ip, [cls, items]) => new PyTuple(ip.list(items as Value), classOf(ip, cls)),
      ),
    ),
  );
}

const namedTupleMethods = (fields: readonly string[]): NativeFunction[] => [
  native('__getnewargs__', 'self, /', (ip, [self]) => new PyTuple(tupleOf(ip, self).items)),
  native('__repr__', 'self, /', (ip, [self]) => {
    const { items } = tupleOf(ip, self);
    const shown = fields.map((name, index) => `${name}=${reprOf(ip, items[index] ?? null)}`);
    return `${ip.typeOf(self as Value).name}(${shown.join(', ')})`;
  }),
  native('_asdict', 'self, /', (ip, [self]) =>
    dictFrom(fields.map((name, index) => [name, tupleOf(ip, self).items[index] ?? null])),
  ),
  native('_replace', 'self, /, **kwds', (ip, [self, changes]) => {
    const fresh = keywordsOf(changes);
    const { items } = tupleOf(ip, self);
    const wrong = [...fresh.keys()].filter((name) => !fields.includes(name));
    if (wrong.length > 0)
      ip.raise('ValueError', `Got unexpected field names: ${ip.repr(new PyTuple(wrong))}`);
    return new PyTuple(
      fields.map((name, index) => (fresh.has(name) ? fresh.get(name) : items[index]) as Value),
      ip.typeOf(self as Value),
    );
  }),
];

function dictFrom(pairs: Iterable<readonly [string, Value]>): PyDict {
  const dict = new PyDict();
  for (const [name, value] of pairs) dict.entries.set(name, [name, value]);
  return dict;
}

/** `class P(NamedTuple): x: int = 0` and `NamedTuple('P', [('x', int)])`. */
function namedTupleBase(interpreter: Interpreter): PyClass {
  const { tuple } = interpreter.types;
  const methods = table([
    native('__new__', 'cls, typename, fields=(), /, **kwargs', (ip, [, name, fields, more]) => {
      const names = ip.list(fields as Value).map((field) => textArgument(ip, ip.getItem(field, 0)));
      return namedTuple(ip, textArgument(ip, name), [...names, ...keywordsOf(more).keys()], []);
    }),
  ]);
  const initialise = native('__init_subclass__', 'cls, /, **kwargs', (ip, [cls]) => {
    const { attributes } = classOf(ip, cls);
    const annotations = attributes.get('__annotations__');
    if (attributes.has('_fields') || !(annotations instanceof PyDict)) return null;
    const fields = [...keywordsOf(annotations).keys()];
    const defaults = fields.flatMap((name): [string, Value][] => {
      const value = attributes.get(name);
      return value === undefined ? [] : [[name, value]];
    });
    equip(ip, attributes, fields, new Map(defaults));
    return null;
  });
  methods.set('__init_subclass__', new ClassMethod(initialise));
  return new PyClass('NamedTuple', [tuple], methods, tuple.mro, 'typing');
}
