// enum. EnumMeta is a metaclass for looking members up in their class; Enum's `__init_subclass__` makes the members from
// the names in the class body. A member of a class with a mixed-in type keeps the plain value as its payload, so that it
// computes like it. Left out: `_ignore_`, boundaries of flags, verify().

import { raiseWith } from '../builtins/raising';
import { classOf, table } from '../builtins/receivers';
import { DEFERS, Deferred } from '../evaluate/deferred';
import type { Interpreter } from '../interpreter';
import { known } from '../known';
import { native } from '../native';
import { formatBuiltin, reprOf, strOf } from '../text';
import { isSubclass, lookup, makeClass } from '../types';
import { unwrap } from '../unwrap';
import {
  BoundMethod,
  ClassMethod,
  type Namespace,
  NativeFunction,
  NotImplementedValue,
  PyClass,
  PyDict,
  PyFunction,
  PyInstance,
  PyIterator,
  PyList,
  PyProperty,
  PyTuple,
  StaticMethod,
  Unknown,
  type Value,
} from '../values';

const MEMBERS = '_member_map_';

/** The classes of one interpreter's module. */
interface Enums {
  readonly Enum: PyClass;
  readonly Flag: PyClass;
  readonly auto: PyClass;
}

export function enumModule(interpreter: Interpreter): Namespace {
  const { types } = interpreter;
  const meta = new PyClass('EnumType', [types.type], metaMethods(), types.type.mro, 'enum');
  const make = (name: string, bases: readonly PyClass[], attributes: Namespace): PyClass =>
    new PyClass(name, bases, attributes, mroOf(bases), 'enum', undefined, meta);
  const auto = new PyClass('auto', [types.object], new Map(), types.object.mro, 'enum');
  const enums: { Enum?: PyClass; Flag?: PyClass; auto: PyClass } = { auto };
  enums.Enum = make('Enum', [types.object], enumMethods(enums as Enums));
  const ReprEnum = make('ReprEnum', [enums.Enum], new Map());
  enums.Flag = make('Flag', [enums.Enum], flagMethods());
  const plainText = table([
    native('__format__', 'self, spec, /', (ip, [self, spec]) =>
      formatBuiltin(ip, unwrap(self as Value), String(spec)),
    ),
    native('__str__', 'self, /', (ip, [self]) => strOf(ip, unwrap(self as Value))),
  ]);
  const repr = lookup(enums.Enum, '__repr__');
  if (repr !== undefined) plainText.set('__repr__', repr);
  return new Map<string, Value>([
    ['Enum', enums.Enum],
    ['EnumMeta', meta],
    ['EnumType', meta],
    ['Flag', enums.Flag],
    ['IntEnum', make('IntEnum', [types.int, ReprEnum], new Map(plainText))],
    [
      'IntFlag',
      make('IntFlag', [types.int, enums.Flag], new Map<string, Value>([...flagMethods(), ...plainText])),
    ],
    ['ReprEnum', ReprEnum],
    [
      'StrEnum',
      make('StrEnum', [types.str, ReprEnum], new Map([...plainText, ['_generate_next_value_', lowerName()]])),
    ],
    ['auto', auto],
    ['member', native('member', 'value', (_, [value]) => value as Value)],
    ['nonmember', native('nonmember', 'value', (_, [value]) => new StaticMethod(value as Value))],
    ['property', types.property],
    ['unique', native('unique', 'enumeration', (_, [cls]) => cls as Value)],
  ]);
}

/** The bases' orders one after the other, `object` last: all that these few classes need. */
function mroOf(bases: readonly PyClass[]): PyClass[] {
  const order: PyClass[] = [];
  for (const cls of bases.flatMap((base) => base.mro)) {
    const at = order.indexOf(cls);
    if (at >= 0) order.splice(at, 1);
    order.push(cls);
  }
  return order;
}

const lowerName = (): StaticMethod =>
  new StaticMethod(
    native('_generate_next_value_', 'name, start, count, last_values', (_, [name]) =>
      String(name).toLowerCase(),
    ),
  );

// --- members ----------------------------------------------------------------------------------------------------------

/** Members by name, aliases too. */
function memberMap(cls: Value | undefined): ReadonlyMap<string, PyInstance> {
  const map = new Map<string, PyInstance>();
  const kept = cls instanceof PyClass ? cls.attributes.get(MEMBERS) : undefined;
  if (!(kept instanceof PyDict)) return map;
  for (const [name, member] of kept.entries.values())
    if (member instanceof PyInstance) map.set(String(name), member);
  return map;
}

/** Members in order, aliases left out. */
const distinct = (cls: Value | undefined): PyInstance[] => [...new Set(memberMap(cls).values())];

/** Names in a class body that are no members: descriptors, and what begins and ends with underscores. */
function isMember(name: string, value: Value): boolean {
  if (/^_.*_$/.test(name) || name.startsWith('__')) return false;
  return !(
    value instanceof PyFunction ||
    value instanceof NativeFunction ||
    value instanceof PyProperty ||
    value instanceof StaticMethod ||
    value instanceof ClassMethod ||
    value instanceof BoundMethod ||
    value instanceof PyClass
  );
}

function makeMembers(interpreter: Interpreter, enums: Enums, cls: PyClass): void {
  const members = new PyDict();
  cls.attributes.set(MEMBERS, members);
  printAsEnum(enums, cls);
  const values: Value[] = [];
  for (const [name, given] of [...cls.attributes]) {
    if (!isMember(name, given) || isDescriptor(given)) continue;
    const member = isWaiting(given)
      ? waitingMember(cls, name, given)
      : memberOf(
          interpreter,
          cls,
          name,
          isAuto(enums, given) ? nextValue(interpreter, enums, cls, name, values) : given,
        );
    values.push(member.attributes.get('_value_') ?? given);
    members.entries.set(name, [name, member]);
    cls.attributes.set(name, member);
  }
}

const memberOf = (interpreter: Interpreter, cls: PyClass, name: string, value: Value): PyInstance =>
  aliased(interpreter, cls, value) ?? makeMember(interpreter, cls, name, value);

const isWaiting = (given: Value): given is PyInstance & { payload: Deferred } =>
  given instanceof PyInstance && given.payload instanceof Deferred;

/** A member whose value is told when it is asked for; the same value again is the same member. */
function waitingMember(cls: PyClass, name: string, { payload }: { payload: Deferred }): PyInstance {
  const known = distinct(cls).find((member) => member.payload === payload);
  if (known) return known;
  const member = new PyInstance(cls, new Map([['_name_', name]]));
  member.payload = payload;
  cls.attributes.set('_value_', VALUE);
  return member;
}

const VALUE = new PyProperty(native('_value_', 'self, /', (_, [self]) => valueIn(self)));

/** What a member stands for. */
function valueIn(member: Value | undefined): Value {
  if (!(member instanceof PyInstance)) return null;
  const { payload, attributes } = member;
  if (payload instanceof Deferred) {
    attributes.set('_value_', payload.evaluate());
    member.payload = undefined;
  }
  return attributes.get('_value_') ?? null;
}

/** A mixed-in type comes before Enum in the order of classes, but members print as Enum's do. */
function printAsEnum(enums: Enums, cls: PyClass): void {
  const base = cls.bases.findLast((candidate) => isSubclass(candidate, enums.Enum));
  for (const name of ['__format__', '__repr__', '__str__']) {
    const home = cls.mro.find(({ attributes }) => attributes.has(name));
    const own = base && lookup(base, name);
    if (home?.module === 'builtins' && own !== undefined) cls.attributes.set(name, own);
  }
}

const isDescriptor = (value: Value): boolean =>
  value instanceof PyInstance && lookup(value.type, '__get__') !== undefined;

const isAuto = (enums: Enums, value: Value): boolean =>
  value === enums.auto || (value instanceof PyInstance && value.type === enums.auto);

/** `auto()`: by the class's own rule, doubling for flags, one more than the largest else. */
function nextValue(
  interpreter: Interpreter,
  enums: Enums,
  cls: PyClass,
  name: string,
  values: readonly Value[],
): Value {
  const rule = lookup(cls, '_generate_next_value_');
  if (rule !== undefined) {
    const callee = rule instanceof StaticMethod ? rule.callee : rule;
    return interpreter.call(callee, [name, 1, values.length, new PyList([...values])]);
  }
  const numbers = values.map(unwrap).filter((value): value is number => typeof value === 'number');
  const largest = Math.max(0, ...numbers);
  if (!isSubclass(cls, enums.Flag)) return largest + 1;
  return largest === 0 ? 1 : 2 ** (Math.floor(Math.log2(largest)) + 1);
}

function aliased(interpreter: Interpreter, cls: PyClass, value: Value): PyInstance | undefined {
  return distinct(cls).find((member) => interpreter.equal(valueIn(member), value));
}

function makeMember(interpreter: Interpreter, cls: PyClass, name: string | null, value: Value): PyInstance {
  const args = value instanceof PyTuple ? value.items : [value];
  const member = newMember(interpreter, cls, value, args);
  member.attributes.set('_name_', name);
  if (!member.attributes.has('_value_'))
    member.attributes.set('_value_', member.payload === undefined ? value : unwrap(member));
  const initialise = lookup(cls, '__init__');
  if (initialise instanceof PyFunction) interpreter.call(initialise, [member, ...args]);
  return member;
}

/** By the class's own `__new__`, or by the mixed-in type's. */
function newMember(interpreter: Interpreter, cls: PyClass, value: Value, args: readonly Value[]): PyInstance {
  const maker = lookup(cls, '__new__');
  const own = maker instanceof StaticMethod ? maker.callee : maker;
  if (own instanceof PyFunction) {
    const made = interpreter.call(own, [cls, ...args]);
    if (made instanceof PyInstance) return made;
  }
  const member = new PyInstance(cls);
  const { int, str, float } = interpreter.types;
  const mixed = [str, int, float].find((type) => isSubclass(cls, type));
  if (mixed) member.payload = plainPayload(interpreter.call(mixed, args), value);
  return member;
}

const plainPayload = (made: Value, value: Value): Value => (made instanceof Unknown ? value : made);

// --- Enum -------------------------------------------------------------------------------------------------------------

const shown = (self: Value | undefined, name: string): Value =>
  self instanceof PyInstance ? (self.attributes.get(name) ?? null) : null;

function enumMethods(enums: Enums): Namespace {
  const methods = table([
    native('__copy__', 'self, /', (_, [self]) => self as Value),
    native('__deepcopy__', 'self, memo, /', (_, [self]) => self as Value),
    native('__format__', 'self, spec, /', (ip, [self, spec]) =>
      formatBuiltin(ip, strOf(ip, self as Value), String(spec)),
    ),
    native('__repr__', 'self, /', (ip, [self]) => {
      const type = ip.typeOf(self as Value).name;
      return `<${type}.${memberName(self)}: ${reprOf(ip, valueIn(self))}>`;
    }),
    native('__str__', 'self, /', (ip, [self]) => `${ip.typeOf(self as Value).name}.${memberName(self)}`),
  ]);
  methods.set('name', new PyProperty(native('name', 'self, /', (_, [self]) => shown(self, '_name_'))));
  methods.set('value', new PyProperty(native('value', 'self, /', (_, [self]) => valueIn(self))));
  const initialise = native('__init_subclass__', 'cls, /, **kwargs', (ip, [cls]) => {
    makeMembers(ip, enums, classOf(ip, cls));
    return null;
  });
  methods.set('__init_subclass__', new ClassMethod(initialise));
  return methods;
}

const memberName = (self: Value | undefined): string => String(shown(self, '_name_') ?? valueIn(self));

function metaMethods(): Namespace {
  const methods = table([
    new NativeFunction('__call__', callEnum),
    native('__contains__', 'cls, member, /', (ip, [cls, item]) => {
      if (item instanceof Unknown) return item;
      return distinct(cls).some((member) => member === item || ip.equal(valueIn(member), item as Value));
    }),
    known(
      '__getitem__',
      'cls, name, /',
      (ip, [cls, name]) => memberMap(cls).get(String(name)) ?? raiseWith(ip, 'KeyError', [name as Value]),
    ),
    native('__iter__', 'cls, /', (_, [cls]) => new PyIterator(distinct(cls).values())),
    native('__len__', 'cls, /', (_, [cls]) => distinct(cls).length),
    native('__repr__', 'cls, /', (ip, [cls]) =>
      memberMap(cls).size > 0 ? `<enum '${classOf(ip, cls).name}'>` : `<class '${classOf(ip, cls).name}'>`,
    ),
    native('__reversed__', 'cls, /', (_, [cls]) => new PyIterator(distinct(cls).reverse().values())),
  ]);
  methods.set(DEFERS, true);
  methods.set(
    '__members__',
    new PyProperty(
      native('__members__', 'cls, /', (_, [cls]) => {
        const dict = new PyDict();
        for (const [name, member] of memberMap(cls)) dict.entries.set(name, [name, member]);
        return dict;
      }),
    ),
  );
  return methods;
}

/** `Color(1)` looks a member up; `Enum('Color', 'RED GREEN')` makes a class. */
function callEnum(interpreter: Interpreter, [cls, value, names]: readonly Value[]): Value {
  const type = classOf(interpreter, cls);
  if (value instanceof Unknown) return value;
  if (names !== undefined && memberMap(type).size === 0)
    return functional(interpreter, type, String(value), names);
  const found =
    value instanceof PyInstance && value.type === type ? value : aliased(interpreter, type, value ?? null);
  if (found) return found;
  return missing(interpreter, type, value ?? null);
}

function missing(interpreter: Interpreter, cls: PyClass, value: Value): Value {
  const hook = interpreter.findAttribute(cls, '_missing_');
  const found = hook === undefined ? null : interpreter.call(hook, [value]);
  if (found !== null) return found;
  return interpreter.raise('ValueError', `${reprOf(interpreter, value)} is not a valid ${cls.name}`);
}

function functional(interpreter: Interpreter, base: PyClass, name: string, names: Value): Value {
  const attributes: Namespace = new Map();
  const list =
    typeof names === 'string'
      ? names.replaceAll(',', ' ').split(/\s+/).filter(Boolean)
      : interpreter.list(names);
  list.forEach((item, index) => {
    if (item instanceof PyTuple) attributes.set(String(item.items[0]), item.items[1] ?? null);
    else attributes.set(String(item), names instanceof PyDict ? interpreter.getItem(names, item) : index + 1);
  });
  return makeClass(interpreter, {
    name,
    bases: [base],
    attributes,
    module: interpreter.frames.at(-1)?.scope.module.name,
  });
}

// --- Flag -------------------------------------------------------------------------------------------------------------

const bitsOf = (value: Value | undefined): number | undefined => {
  const bits = value instanceof PyInstance ? valueIn(value) : value;
  return typeof bits === 'number' ? bits : typeof bits === 'boolean' ? Number(bits) : undefined;
};

function flagMethods(): Namespace {
  const combine = (name: string, compute: (a: number, b: number) => number): NativeFunction =>
    native(name, 'self, other, /', (ip, [self, other]) => {
      const [a, b] = [bitsOf(self), bitsOf(other)];
      return a === undefined || b === undefined
        ? NotImplementedValue.only
        : flagOf(ip, ip.typeOf(self as Value), compute(a, b));
    });
  const and = (a: number, b: number): number => Number(BigInt(a) & BigInt(b));
  const or = (a: number, b: number): number => Number(BigInt(a) | BigInt(b));
  const xor = (a: number, b: number): number => Number(BigInt(a) ^ BigInt(b));
  const methods = table([
    combine('__and__', and),
    native('__bool__', 'self, /', (_, [self]) => bitsOf(self) !== 0),
    native(
      '__contains__',
      'self, other, /',
      (_, [self, other]) => and(bitsOf(self) ?? 0, bitsOf(other) ?? 0) === bitsOf(other),
    ),
    native('__invert__', 'self, /', (ip, [self]) => {
      const type = ip.typeOf(self as Value);
      const all = distinct(type).reduce((sum, member) => or(sum, bitsOf(member) ?? 0), 0);
      return flagOf(ip, type, xor(all, and(all, bitsOf(self) ?? 0)));
    }),
    native(
      '__iter__',
      'self, /',
      (ip, [self]) => new PyIterator(parts(ip.typeOf(self as Value), bitsOf(self) ?? 0).values()),
    ),
    native('__len__', 'self, /', (ip, [self]) => parts(ip.typeOf(self as Value), bitsOf(self) ?? 0).length),
    combine('__or__', or),
    combine('__ror__', or),
    combine('__xor__', xor),
  ]);
  methods.set(
    '_missing_',
    new ClassMethod(
      native('_missing_', 'cls, value, /', (ip, [cls, value]) => {
        const bits = bitsOf(value);
        return bits === undefined ? null : flagOf(ip, classOf(ip, cls), bits);
      }),
    ),
  );
  return methods;
}

/** Members of one bit that are set. */
const parts = (cls: PyClass, bits: number): PyInstance[] =>
  distinct(cls).filter((member) => {
    const own = bitsOf(member) ?? 0;
    return own !== 0 && Number.isInteger(Math.log2(own)) && (BigInt(own) & BigInt(bits)) !== 0n;
  });

/** A combination of flags is made once and kept. */
function flagOf(interpreter: Interpreter, cls: PyClass, bits: number): PyInstance {
  const known = aliased(interpreter, cls, bits);
  if (known) return known;
  const kept = cls.attributes.get('_combined_');
  const combined = kept instanceof PyDict ? kept : new PyDict();
  cls.attributes.set('_combined_', combined);
  const seen = combined.entries.get(bits)?.[1];
  if (seen instanceof PyInstance) return seen;
  const names = parts(cls, bits).map((member) => String(shown(member, '_name_')));
  const member = new PyInstance(
    cls,
    new Map<string, Value>([
      ['_name_', names.length > 0 ? names.join('|') : null],
      ['_value_', bits],
    ]),
  );
  if (isSubclass(cls, interpreter.types.int)) member.payload = bits;
  combined.entries.set(bits, [bits, member]);
  return member;
}
