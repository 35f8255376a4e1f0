// `_functools`: partial objects, reduce, caches, cached_property.

import { table } from '../builtins/receivers';
import type { Interpreter } from '../interpreter';
import { starred } from '../known';
import { native } from '../native';
import { reprOf } from '../text';
import {
  BoundMethod,
  type Key,
  type Keywords,
  type Namespace,
  NativeFunction,
  PyClass,
  PyDict,
  PyInstance,
  PyProperty,
  PyTuple,
  Unknown,
  type Value,
} from '../values';

export function functoolsModule(interpreter: Interpreter): Namespace {
  return new Map<string, Value>([
    ['_Cached', cachedClass(interpreter)],
    [
      'cached_property',
      native(
        'cached_property',
        'func, /',
        (_, [getter]) => new PyProperty(getter as Value, null, null, nameOf(getter as Value)),
      ),
    ],
    ['cmp_to_key', cmpToKey(interpreter)],
    ['partial', partialClass(interpreter)],
    ['reduce', native('reduce', 'function, iterable, *initial, /', reduce)],
  ]);
}

const nameOf = (callee: Value): string => String((callee as { name?: string }).name ?? 'value');

function reduce(interpreter: Interpreter, [callee, iterable, initial]: readonly Value[]): Value {
  if (iterable instanceof Unknown) return iterable;
  const items = [...starred(initial), ...interpreter.list(iterable as Value)];
  if (items.length === 0) interpreter.raise('TypeError', 'reduce() of empty iterable with no initial value');
  return items.reduce((total, item) => interpreter.call(callee as Value, [total, item]));
}

// --- partial ----------------------------------------------------------------------------------------------------------

interface Partial {
  readonly func: Value;
  readonly args: readonly Value[];
  readonly keywords: Keywords;
}

export const partialOf = (self: Value | undefined): Partial | undefined =>
  self instanceof PyInstance && isPartial(self.payload) ? self.payload : undefined;

const isPartial = (payload: unknown): payload is Partial =>
  typeof payload === 'object' && payload !== null && 'func' in payload && 'keywords' in payload;

function partialClass({ types }: Interpreter): PyClass {
  const { object } = types;
  const methods = table([
    new NativeFunction('__call__', (ip, [self, ...args], keywords) => {
      const held = partialOf(self);
      if (!held) return ip.raise('TypeError', "descriptor requires a 'partial' object");
      return ip.call(held.func, [...held.args, ...args], new Map([...held.keywords, ...keywords]));
    }),
    new NativeFunction('__new__', makePartial),
    native('__deepcopy__', 'self, memo, /', (_, [self]) => self as Value),
    native('__repr__', 'self, /', partialRepr),
  ]);
  const readable = (name: string, read: (held: Partial) => Value): void => {
    methods.set(
      name,
      new PyProperty(
        native(name, 'self, /', (_, [self]) => {
          const held = partialOf(self);
          return held ? read(held) : null;
        }),
      ),
    );
  };
  readable('args', ({ args }) => new PyTuple(args));
  readable('func', ({ func }) => func);
  readable('keywords', ({ keywords }) => dictFrom(keywords));
  return new PyClass('partial', [object], methods, object.mro, 'functools');
}

function makePartial(
  interpreter: Interpreter,
  [cls, callee, ...args]: readonly Value[],
  keywords: Keywords,
): Value {
  if (callee === undefined)
    return interpreter.raise('TypeError', "type 'partial' takes at least one argument");
  if (callee instanceof Unknown) return callee;
  const inner = partialOf(callee);
  const made = new PyInstance(cls as PyClass);
  made.payload = inner
    ? {
        func: inner.func,
        args: [...inner.args, ...args],
        keywords: new Map([...inner.keywords, ...keywords]),
      }
    : { func: callee, args, keywords: new Map(keywords) };
  return made;
}

function partialRepr(interpreter: Interpreter, [self]: readonly Value[]): Value {
  const { func, args, keywords } = partialOf(self) as Partial;
  const parts = [func, ...args].map((item) => reprOf(interpreter, item));
  for (const [name, value] of keywords) parts.push(`${name}=${reprOf(interpreter, value)}`);
  return `functools.partial(${parts.join(', ')})`;
}

function dictFrom(keywords: Keywords): PyDict {
  const dict = new PyDict();
  for (const [name, value] of keywords) dict.entries.set(name, [name, value]);
  return dict;
}

// --- caches and keys --------------------------------------------------------------------------------------------------

/** A function whose results are kept. Arguments that cannot be hashed go past the cache. */
function cachedClass({ types }: Interpreter): PyClass {
  const { object } = types;
  const methods = table([
    new NativeFunction('__call__', (ip, [self, ...args], keywords) =>
      callCached(ip, self as PyInstance, args, keywords),
    ),
    native('__get__', 'self, instance, owner=None, /', (_, [self, instance]) =>
      instance === null ? (self as Value) : new BoundMethod(instance as Value, self as Value),
    ),
    native('__init__', 'self, function, /', (_, [self, callee]) => {
      (self as PyInstance).attributes.set('__wrapped__', callee as Value);
      (self as PyInstance).payload = new Map<Key, Value>();
      return null;
    }),
    native('cache_clear', 'self, /', (_, [self]) => {
      (self as PyInstance).payload = new Map<Key, Value>();
      return null;
    }),
    native('cache_info', 'self, /', (ip) => ip.unknown('how a cache was used is not known')),
  ]);
  return new PyClass('_lru_cache_wrapper', [object], methods, object.mro, 'functools');
}

function callCached(
  interpreter: Interpreter,
  self: PyInstance,
  args: readonly Value[],
  keywords: Keywords,
): Value {
  const callee = self.attributes.get('__wrapped__') as Value;
  const results = self.payload as Map<Key, Value>;
  const named: Value[] = [...keywords].flat();
  const all = [...args, '=', ...named];
  if (all.some((item) => item instanceof Unknown)) return interpreter.call(callee, args, keywords);
  const key = interpreter.key(new PyTuple(all));
  const kept = results.get(key);
  if (kept !== undefined) return kept;
  const result = interpreter.call(callee, args, keywords);
  results.set(key, result);
  return result;
}

/** Objects that compare by a function of two arguments. */
function cmpToKey({ types }: Interpreter): NativeFunction {
  const { object } = types;
  return native('cmp_to_key', 'mycmp', (_, [compare]) => {
    const order = (name: string, test: (order: number) => boolean): NativeFunction =>
      native(name, 'self, other, /', (ip, [self, other]) => {
        const [a, b] = [self, other].map((side) => (side as PyInstance).attributes.get('obj') as Value) as [
          Value,
          Value,
        ];
        return test(Number(ip.call(compare as Value, [a, b])));
      });
    const methods = table([
      order('__eq__', (n) => n === 0),
      order('__ge__', (n) => n >= 0),
      order('__gt__', (n) => n > 0),
      native('__init__', 'self, obj', (__, [self, item]) => {
        (self as PyInstance).attributes.set('obj', item as Value);
        return null;
      }),
      order('__le__', (n) => n <= 0),
      order('__lt__', (n) => n < 0),
    ]);
    return new PyClass('K', [object], methods, object.mro, 'functools');
  });
}
