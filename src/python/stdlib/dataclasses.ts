// dataclasses. The decorator reads the annotations of the class body, which the evaluator keeps as text, and puts natives
// into the class: __init__, __repr__, __eq__ and what else was asked for.
// Left out: field(compare=…) beyond equality and order, __match_args__ for keyword-only fields, weakref_slot.

import { classOf, table } from '../builtins/receivers';
import { hashOf } from '../hashing';
import type { Interpreter } from '../interpreter';
import { keywordsOf } from '../known';
import { native } from '../native';
import { nativeWith } from '../parameters';
import { reprOf } from '../text';
import { lookup, lookupBelowObject, makeClass } from '../types';
import {
  type Namespace,
  NativeFunction,
  NotImplementedValue,
  type Parameter,
  PyClass,
  PyDict,
  PyInstance,
  PyList,
  PyProperty,
  PySet,
  PyTuple,
  Unknown,
  type Value,
} from '../values';
import { deepCopyOf } from './copy';

const FIELDS = '__dataclass_fields__';

/** A field as dataclasses.Field shows it; `payload` of that instance. */
interface Field {
  readonly name: string;
  readonly annotation: string;
  readonly kind: 'field' | 'initvar';
  readonly default: Value | undefined;
  readonly factory: Value | undefined;
  readonly init: boolean;
  readonly repr: boolean;
  readonly compare: boolean;
  readonly hash: boolean;
  readonly keywordOnly: boolean;
  readonly metadata: Value;
}

/** The classes and marks of one interpreter's module. */
interface Marks {
  readonly Field: PyClass;
  readonly missing: PyInstance;
  readonly frozenError: PyClass;
  /** The `__setattr__`s that refuse: they are passed by while an object is made. */
  readonly refusing: WeakSet<object>;
}

export function dataclassesModule(interpreter: Interpreter): Namespace {
  const { object, exceptions } = interpreter.types;
  const mark = (name: string, bases = object): PyClass =>
    new PyClass(name, [bases], new Map(), bases.mro, 'dataclasses');
  const missing = new PyInstance(mark('_MISSING_TYPE'));
  const marks: Marks = {
    Field: mark('Field'),
    missing,
    frozenError: mark('FrozenInstanceError', exceptions.get('AttributeError')),
    refusing: new WeakSet(),
  };
  return new Map<string, Value>([
    ...table([
      native('asdict', 'obj, *, dict_factory=None', (ip, [object_]) => plain(ip, object_ as Value, true)),
      native('astuple', 'obj, *, tuple_factory=None', (ip, [object_]) => plain(ip, object_ as Value, false)),
      new NativeFunction('dataclass', (ip, args, options) => decorate(ip, marks, args[0] ?? null, options)),
      new NativeFunction('field', (_, __, options) => makeField(marks, options)),
      native(
        'fields',
        'class_or_instance',
        (ip, [target]) => new PyTuple(ownFields(ip, target as Value).map((f) => show(marks, f))),
      ),
      native('is_dataclass', 'obj', (ip, [target]) => {
        if (target instanceof Unknown) return target;
        return lookup(target instanceof PyClass ? target : ip.typeOf(target as Value), FIELDS) !== undefined;
      }),
      native('make_dataclass', 'cls_name, fields, *, bases=(), namespace=None, **options', (ip, args) =>
        makeDataclass(ip, marks, args),
      ),
      new NativeFunction('replace', (ip, [target], changes) => replace(ip, marks, target as Value, changes)),
    ]),
    ['Field', marks.Field],
    ['FrozenInstanceError', marks.frozenError],
    ['InitVar', mark('InitVar')],
    ['KW_ONLY', mark('KW_ONLY')],
    ['MISSING', missing],
  ]);
}

// --- fields -----------------------------------------------------------------------------------------------------------

/** What `field(default=…)` gives; the class body holds it until the decorator comes. */
function makeField(marks: Marks, options: ReadonlyMap<string, Value>): PyInstance {
  const made = new PyInstance(marks.Field, new Map(options));
  return made;
}

function show(marks: Marks, field: Field): PyInstance {
  return new PyInstance(
    marks.Field,
    new Map<string, Value>([
      ['name', field.name],
      ['type', field.annotation],
      ['default', field.default === undefined ? marks.missing : field.default],
      ['default_factory', field.factory ?? marks.missing],
      ['init', field.init],
      ['repr', field.repr],
      ['compare', field.compare],
      ['hash', field.hash],
      ['kw_only', field.keywordOnly],
      ['metadata', field.metadata],
    ]),
  );
}

/** Fields of this class alone, from its annotations. Takes `field()` values out of the class body. */
function declaredFields(
  interpreter: Interpreter,
  marks: Marks,
  cls: PyClass,
  allKeywordOnly: boolean,
): Field[] {
  const annotations = cls.attributes.get('__annotations__');
  const fields: Field[] = [];
  let keywordOnly = allKeywordOnly;
  for (const [name, annotation] of keywordsOf(annotations)) {
    const text = String(annotation).replace(/^(typing|t|dataclasses)\./, '');
    if (text === 'KW_ONLY') keywordOnly = true;
    else if (!text.startsWith('ClassVar'))
      fields.push(declaredField(interpreter, marks, cls, name, text, keywordOnly));
  }
  return fields;
}

function declaredField(
  interpreter: Interpreter,
  marks: Marks,
  cls: PyClass,
  name: string,
  annotation: string,
  keywordOnly: boolean,
): Field {
  const value = cls.attributes.get(name);
  const isField = value instanceof PyInstance && value.type === marks.Field;
  const options: Namespace = isField ? value.attributes : new Map();
  const fallback = isField ? given(marks, options.get('default')) : value;
  if (isField) cls.attributes.delete(name);
  if (fallback !== undefined) cls.attributes.set(name, fallback);
  if (fallback instanceof PyList || fallback instanceof PyDict || fallback instanceof PySet) {
    const type = interpreter.typeOf(fallback).name;
    interpreter.raise(
      'ValueError',
      `mutable default <class '${type}'> for field ${name} is not allowed: use default_factory`,
    );
  }
  const flag = (option: string, otherwise: boolean): boolean => {
    const set = given(marks, options.get(option)) ?? null;
    return set === null ? otherwise : interpreter.truth(set);
  };
  return {
    name,
    annotation,
    kind: annotation.startsWith('InitVar') ? 'initvar' : 'field',
    default: fallback,
    factory: given(marks, options.get('default_factory')),
    init: flag('init', true),
    repr: flag('repr', true),
    compare: flag('compare', true),
    hash: flag('hash', flag('compare', true)),
    keywordOnly: flag('kw_only', keywordOnly),
    metadata: options.get('metadata') ?? new PyDict(),
  };
}

const given = (marks: Marks, value: Value | undefined): Value | undefined =>
  value === marks.missing ? undefined : value;

const FIELD_KEY = Symbol('fields of dataclasses');

/** Fields of dataclasses, bases' first; a field redefined keeps its place. */
function fieldTable(interpreter: Interpreter): WeakMap<PyClass, readonly Field[]> {
  const known = interpreter.state.get(FIELD_KEY) as WeakMap<PyClass, readonly Field[]> | undefined;
  if (known) return known;
  const made = new WeakMap<PyClass, readonly Field[]>();
  interpreter.state.set(FIELD_KEY, made);
  return made;
}

function allFields(interpreter: Interpreter, cls: PyClass, own: readonly Field[]): Field[] {
  const fields = new Map<string, Field>();
  const known = fieldTable(interpreter);
  for (const base of [...cls.mro].slice(1).reverse())
    for (const field of known.get(base) ?? []) fields.set(field.name, field);
  for (const field of own) fields.set(field.name, field);
  return [...fields.values()];
}

function fieldsOf(interpreter: Interpreter, type: PyClass): readonly Field[] | undefined {
  const known = fieldTable(interpreter);
  return type.mro.map((cls) => known.get(cls)).find((fields) => fields !== undefined);
}

/** Of a dataclass or an instance of one. */
function ownFields(interpreter: Interpreter, target: Value): readonly Field[] {
  const fields = fieldsOf(interpreter, target instanceof PyClass ? target : interpreter.typeOf(target));
  if (!fields) interpreter.raise('TypeError', 'must be called with a dataclass type or instance');
  return fields.filter((field) => field.kind === 'field');
}

// --- the decorator ----------------------------------------------------------------------------------------------------

type Options = ReadonlyMap<string, Value>;

function decorate(interpreter: Interpreter, marks: Marks, cls: Value, options: Options): Value {
  if (cls instanceof PyClass) return process(interpreter, marks, cls, options);
  if (cls instanceof Unknown) return cls;
  return native('wrap', 'cls, /', (ip, [inner]) =>
    inner instanceof PyClass ? process(ip, marks, inner, options) : (inner as Value),
  );
}

function process(interpreter: Interpreter, marks: Marks, cls: PyClass, options: Options): PyClass {
  const wants = (name: string, otherwise: boolean): boolean => {
    const option = options.get(name);
    return option === undefined ? otherwise : interpreter.truth(option);
  };
  const own = declaredFields(interpreter, marks, cls, wants('kw_only', false));
  const fields = allFields(interpreter, cls, own);
  fieldTable(interpreter).set(cls, fields);
  cls.attributes.set(FIELDS, fieldDict(marks, fields));
  const put = (method: NativeFunction, replaces = false): void => {
    if (replaces || !cls.attributes.has(method.name)) cls.attributes.set(method.name, method);
  };
  if (wants('init', true)) put(initialiser(interpreter, marks, fields));
  if (wants('repr', true)) put(representation(fields));
  if (wants('eq', true)) put(equality(fields));
  if (wants('order', false)) for (const method of ordering(fields)) put(method);
  const frozen = wants('frozen', false);
  if (frozen) for (const method of freezing(marks, cls)) put(method, true);
  if (wants('eq', true)) hashing(cls, fields, frozen || wants('unsafe_hash', false));
  const positional = fields.filter(({ init, keywordOnly }) => init && !keywordOnly).map(({ name }) => name);
  if (!cls.attributes.has('__match_args__')) cls.attributes.set('__match_args__', new PyTuple(positional));
  return cls;
}

function fieldDict(marks: Marks, fields: readonly Field[]): PyDict {
  const dict = new PyDict();
  for (const field of fields)
    if (field.kind === 'field') dict.entries.set(field.name, [field.name, show(marks, field)]);
  return dict;
}

function initialiser(interpreter: Interpreter, marks: Marks, fields: readonly Field[]): NativeFunction {
  const taken = fields.filter(({ init }) => init);
  const order = [...taken.filter((f) => !f.keywordOnly), ...taken.filter((f) => f.keywordOnly)];
  checkOrder(interpreter, order);
  const parameters = order.map(
    (field): Parameter => ({
      name: field.name,
      kind: field.keywordOnly ? 'keyword' : 'normal',
      default: field.factory === undefined ? field.default : marks.missing,
    }),
  );
  return nativeWith(
    interpreter,
    '__init__',
    [{ name: 'self', kind: 'positional' }, ...parameters],
    (ip, [self, ...values]) => {
      const bound = new Map(order.map((field, index) => [field.name, values[index] as Value]));
      fill(ip, marks, self as Value, fields, bound);
      return null;
    },
  );
}

function checkOrder(interpreter: Interpreter, fields: readonly Field[]): void {
  let optional = false;
  for (const field of fields) {
    if (field.keywordOnly) continue;
    const hasDefault = field.default !== undefined || field.factory !== undefined;
    if (optional && !hasDefault) {
      interpreter.raise('TypeError', `non-default argument '${field.name}' follows default argument`);
    }
    optional ||= hasDefault;
  }
}

/** Sets the attributes, then calls `__post_init__` with the InitVars. */
function fill(
  ip: Interpreter,
  marks: Marks,
  self: Value,
  fields: readonly Field[],
  bound: ReadonlyMap<string, Value>,
): void {
  const type = ip.typeOf(self);
  const direct = isSetDirectly(ip, marks, type);
  const initial: Value[] = [];
  for (const field of fields) {
    const passed = given(marks, bound.get(field.name));
    const value = passed === undefined ? made(ip, field) : passed;
    if (field.kind === 'initvar') initial.push(value ?? null);
    else if (value !== undefined) store(ip, self, field.name, value, direct && isPlain(type, field.name));
  }
  const after = lookup(type, '__post_init__');
  if (after !== undefined) ip.callMethod(self, '__post_init__', initial);
}

/** Whether attributes go where they are kept: nobody has a say in it, or who has one refuses all. */
function isSetDirectly(ip: Interpreter, marks: Marks, type: PyClass): boolean {
  const setter = lookup(type, '__setattr__');
  if (setter === lookup(ip.types.object, '__setattr__')) return true;
  return setter instanceof NativeFunction && marks.refusing.has(setter);
}

/** No property or other descriptor has this name. */
const isPlain = (type: PyClass, name: string): boolean => {
  const found = lookup(type, name);
  return !(found instanceof PyProperty || found instanceof PyInstance);
};

/** A `__setattr__` of the user's sees what is set; one that refuses is passed by. */
function store(ip: Interpreter, self: Value, name: string, value: Value, direct: boolean): void {
  if (direct && self instanceof PyInstance) self.attributes.set(name, value);
  else ip.setAttribute(self, name, value);
}

const made = (ip: Interpreter, { default: fallback, factory, init }: Field): Value | undefined => {
  if (factory !== undefined) return ip.call(factory);
  return init ? fallback : undefined;
};

// --- what is put into the class ---------------------------------------------------------------------------------------

function representation(fields: readonly Field[]): NativeFunction {
  const shown = fields.filter(({ kind, repr }) => kind === 'field' && repr);
  return native('__repr__', 'self, /', (ip, [self]) => {
    const parts = shown.map(({ name }) => `${name}=${reprOf(ip, ip.getAttribute(self as Value, name))}`);
    const type = ip.typeOf(self as Value);
    return `${String(type.attributes.get('__qualname__') ?? type.name)}(${parts.join(', ')})`;
  });
}

/** The compared fields of an object as a tuple. */
function comparedBy(ip: Interpreter, fields: readonly Field[], self: Value): PyTuple {
  return new PyTuple(
    fields.filter((f) => f.kind === 'field' && f.compare).map(({ name }) => ip.getAttribute(self, name)),
  );
}

function equality(fields: readonly Field[]): NativeFunction {
  return native('__eq__', 'self, other, /', (ip, [self, other]) => {
    if (ip.typeOf(self as Value) !== ip.typeOf(other as Value)) return NotImplementedValue.only;
    return ip.compare('==', comparedBy(ip, fields, self as Value), comparedBy(ip, fields, other as Value));
  });
}

function ordering(fields: readonly Field[]): NativeFunction[] {
  const operators = { __ge__: '>=', __gt__: '>', __le__: '<=', __lt__: '<' };
  return Object.entries(operators).map(([name, operator]) =>
    native(name, 'self, other, /', (ip, [self, other]) => {
      if (ip.typeOf(self as Value) !== ip.typeOf(other as Value)) return NotImplementedValue.only;
      return ip.compare(
        operator,
        comparedBy(ip, fields, self as Value),
        comparedBy(ip, fields, other as Value),
      );
    }),
  );
}

function freezing(marks: Marks, cls: PyClass): NativeFunction[] {
  const refuse = (ip: Interpreter, self: Value, verb: string, name: Value): null => {
    if (ip.typeOf(self) !== cls && !fieldsOf(ip, cls)?.some((field) => field.name === name)) return null;
    return ip.raise(marks.frozenError, `cannot ${verb} field ${reprOf(ip, name)}`);
  };
  const setter = native('__setattr__', 'self, name, value, /', (ip, [self, name, value]) => {
    refuse(ip, self as Value, 'assign to', name as Value);
    if (self instanceof PyInstance) self.attributes.set(String(name), value as Value);
    return null;
  });
  marks.refusing.add(setter);
  return [
    native('__delattr__', 'self, name, /', (ip, [self, name]) =>
      refuse(ip, self as Value, 'delete', name as Value),
    ),
    setter,
  ];
}

function hashing(cls: PyClass, fields: readonly Field[], wanted: boolean): void {
  if (cls.attributes.has('__hash__')) return;
  const hashed = fields.filter((field) => field.kind === 'field' && field.hash);
  const method = native('__hash__', 'self, /', (ip, [self]) =>
    hashOf(ip, new PyTuple(hashed.map(({ name }) => ip.getAttribute(self as Value, name)))),
  );
  cls.attributes.set('__hash__', wanted ? method : null);
}

// --- functions --------------------------------------------------------------------------------------------------------

/** `asdict` and `astuple`: dataclasses within are turned too, everything else is copied. */
function plain(ip: Interpreter, value: Value, asDict: boolean): Value {
  const again = (item: Value): Value => plain(ip, item, asDict);
  const fields = value instanceof PyInstance ? fieldsOf(ip, value.type) : undefined;
  if (fields) {
    const pairs = fields
      .filter(({ kind }) => kind === 'field')
      .map(({ name }) => [name, again(ip.getAttribute(value, name))] as const);
    return asDict ? dictOf(pairs) : new PyTuple(pairs.map(([, item]) => item));
  }
  if (value instanceof PyList) return new PyList(value.items.map(again), value.type);
  if (value instanceof PyTuple) return new PyTuple(value.items.map(again), value.type);
  if (!(value instanceof PyDict)) return deepCopyOf(ip, value);
  const dict = new PyDict();
  for (const [key, item] of value.entries.values()) dict.entries.set(ip.key(key), [again(key), again(item)]);
  return dict;
}

function dictOf(pairs: readonly (readonly [string, Value])[]): PyDict {
  const dict = new PyDict();
  for (const [name, value] of pairs) dict.entries.set(name, [name, value]);
  return dict;
}

/** The value of a field; what the object keeps itself is looked up nowhere else. */
function fieldValue(ip: Interpreter, target: Value, name: string): Value {
  const own =
    target instanceof PyInstance && isPlain(target.type, name) ? target.attributes.get(name) : undefined;
  return own ?? ip.getAttribute(target, name);
}

function replace(ip: Interpreter, marks: Marks, target: Value, changes: ReadonlyMap<string, Value>): Value {
  if (target instanceof Unknown) return target;
  const fields = fieldsOf(ip, ip.typeOf(target));
  if (!fields) return ip.raise('TypeError', 'replace() should be called on dataclass instances');
  const copy = target instanceof PyInstance ? copied(ip, marks, target, fields, changes) : undefined;
  return copy ?? ip.call(ip.typeOf(target), [], replaced(ip, target, fields, changes));
}

/** What the constructor is given to make the same object again with some changes. */
function replaced(
  ip: Interpreter,
  target: Value,
  fields: readonly Field[],
  changes: ReadonlyMap<string, Value>,
): ReadonlyMap<string, Value> {
  const values = new Map(changes);
  for (const { name, init, kind } of fields) {
    if (!init && values.has(name))
      ip.raise(
        'ValueError',
        `field ${name} is declared with init=False, it cannot be specified with replace()`,
      );
    if (init && kind === 'field' && !values.has(name)) values.set(name, fieldValue(ip, target, name));
  }
  return values;
}

/** The same without the constructor, where it would do nothing but set fields; registries replace by the thousand. */
function copied(
  ip: Interpreter,
  marks: Marks,
  { type, attributes }: PyInstance,
  fields: readonly Field[],
  changes: ReadonlyMap<string, Value>,
): PyInstance | undefined {
  if (!(type.attributes.get('__init__') instanceof NativeFunction) || !isSetDirectly(ip, marks, type)) return;
  if (lookup(type, '__post_init__') !== undefined || lookupBelowObject(ip, type, '__new__') !== undefined)
    return;
  const copy = new PyInstance(type);
  for (const { name, init, kind } of fields) {
    const value = changes.has(name) ? changes.get(name) : attributes.get(name);
    if (value === undefined || !init || kind !== 'field' || !isPlain(type, name)) return;
    copy.attributes.set(name, value);
  }
  const isField = (name: string): boolean => copy.attributes.has(name);
  return [...changes.keys()].every(isField) ? copy : undefined;
}

function makeDataclass(
  ip: Interpreter,
  marks: Marks,
  [name, fields, bases, namespace, options]: readonly Value[],
): Value {
  const attributes = keywordsOf(namespace);
  const annotations = new PyDict();
  for (const field of ip.list(fields as Value)) {
    const [key = field, , value] = field instanceof PyTuple ? field.items : [field];
    annotations.entries.set(ip.key(key), [key, 'Any']);
    if (value !== undefined) attributes.set(String(key), value);
  }
  attributes.set('__annotations__', annotations);
  const cls = makeClass(ip, {
    name: String(name),
    bases: ip.list(bases as Value),
    attributes,
    module: 'types',
  });
  return process(ip, marks, classOf(ip, cls), keywordsOf(options));
}
