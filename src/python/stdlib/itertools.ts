// itertools: lazy, like CPython's. Of an iterable that is not known the result is not known.

import { together } from '../builtins/functions-iteration';
import { intArgument, table } from '../builtins/receivers';
import type { Interpreter } from '../interpreter';
import { firstUnknown, known, starred } from '../known';

import { type Namespace, NativeFunction, PyIterator, PyTuple, Unknown, type Value } from '../values';

type Items = Generator<Value, undefined, Value>;

export function itertoolsModule(): Namespace {
  const natives = [
    lazy('accumulate', 'iterable, func=None, *, initial=None', accumulate),
    lazy('batched', 'iterable, n', batched),
    lazy('chain', '*iterables', (ip, [iterables]) => chained(ip, starred(iterables))),
    lazy('combinations', 'iterable, r', (ip, [iterable, r]) =>
      combinations(ip.list(iterable as Value), size(ip, r)),
    ),
    lazy('combinations_with_replacement', 'iterable, r', (ip, [iterable, r]) =>
      repeating(ip.list(iterable as Value), size(ip, r)),
    ),
    lazy('compress', 'data, selectors', compress),
    lazy('count', 'start=0, step=1', count),
    lazy('cycle', 'iterable, /', cycle),
    lazy('dropwhile', 'predicate, iterable, /', dropWhile),
    lazy('filterfalse', 'predicate, iterable, /', filterFalse),
    lazy('groupby', 'iterable, key=None', groupBy),
    lazy('islice', 'iterable, start, *more', islice),
    lazy('pairwise', 'iterable, /', pairwise),
    lazy('permutations', 'iterable, r=None', (ip, [iterable, r]) => {
      const items = ip.list(iterable as Value);
      return permutations(items, r === null ? items.length : size(ip, r));
    }),
    lazy('product', '*iterables, repeat=1', (ip, [iterables, repeat]) => {
      const pools = starred(iterables).map((iterable) => ip.list(iterable));
      return product(Array.from({ length: size(ip, repeat) }, () => pools).flat());
    }),
    lazy('repeat', 'object, times=None', repeat),
    lazy('starmap', 'function, iterable, /', starmap),
    lazy('takewhile', 'predicate, iterable, /', takeWhile),
    known('tee', 'iterable, n=2, /', (ip, [iterable, n]) => {
      const items = ip.list(iterable as Value);
      return new PyTuple(Array.from({ length: size(ip, n) }, () => new PyIterator(items.values())));
    }),
    lazy('zip_longest', '*iterables, fillvalue=None', (ip, [iterables, fill]) =>
      zipLongest(ip, starred(iterables), fill as Value),
    ),
  ];
  const namespace = table(natives);
  const fromIterable = known(
    'from_iterable',
    'iterable, /',
    (ip, [iterable]) => new PyIterator(chainedLazily(ip, iterable as Value)),
  );
  const chain = namespace.get('chain');
  if (chain instanceof NativeFunction) chain.attributes = new Map([['from_iterable', fromIterable]]);
  return namespace;
}

/** A function whose result is an iterator; unknown where one of the iterables is. */
function lazy(
  name: string,
  signature: string,
  steps: (ip: Interpreter, args: readonly Value[]) => Items,
): NativeFunction {
  return known(
    name,
    signature,
    (ip, args) => firstUnknown(starred(args[0])) ?? new PyIterator(steps(ip, args), name),
  );
}

const size = (interpreter: Interpreter, value: Value | undefined): number =>
  Number(intArgument(interpreter, value));

function* accumulate(ip: Interpreter, [iterable, func, initial]: readonly Value[]): Items {
  let total: Value | undefined = initial === null ? undefined : initial;
  if (total !== undefined) yield total;
  for (const item of ip.iterate(iterable as Value)) {
    if (total === undefined) total = item;
    else total = func === null ? ip.binary('+', total, item) : ip.call(func as Value, [total, item]);
    yield total;
  }
  return undefined;
}

function* batched(ip: Interpreter, [iterable, n]: readonly Value[]): Items {
  let batch: Value[] = [];
  for (const item of ip.iterate(iterable as Value)) {
    batch.push(item);
    if (batch.length < size(ip, n)) continue;
    yield new PyTuple(batch);
    batch = [];
  }
  if (batch.length > 0) yield new PyTuple(batch);
  return undefined;
}

function* chained(ip: Interpreter, iterables: readonly Value[]): Items {
  for (const iterable of iterables) yield* ip.iterate(iterable);
  return undefined;
}

function* chainedLazily(ip: Interpreter, iterables: Value): Items {
  for (const iterable of ip.iterate(iterables)) yield* ip.iterate(iterable);
  return undefined;
}

function* combinations(items: readonly Value[], r: number, start = 0, chosen: readonly Value[] = []): Items {
  if (chosen.length === r) yield new PyTuple(chosen);
  else
    for (let at = start; at < items.length; at++)
      yield* combinations(items, r, at + 1, [...chosen, items[at] as Value]);
  return undefined;
}

function* repeating(items: readonly Value[], r: number, start = 0, chosen: readonly Value[] = []): Items {
  if (chosen.length === r) yield new PyTuple(chosen);
  else
    for (let at = start; at < items.length; at++)
      yield* repeating(items, r, at, [...chosen, items[at] as Value]);
  return undefined;
}

function* permutations(items: readonly Value[], r: number, chosen: readonly number[] = []): Items {
  if (chosen.length === r) yield new PyTuple(chosen.map((at) => items[at] as Value));
  else
    for (let at = 0; at < items.length; at++)
      if (!chosen.includes(at)) yield* permutations(items, r, [...chosen, at]);
  return undefined;
}

function* product(pools: readonly (readonly Value[])[], chosen: readonly Value[] = []): Items {
  const pool = pools[chosen.length];
  if (!pool) yield new PyTuple(chosen);
  else for (const item of pool) yield* product(pools, [...chosen, item]);
  return undefined;
}

function* compress(ip: Interpreter, [data, selectors]: readonly Value[]): Items {
  for (const [item, wanted] of together(ip, [data as Value, selectors as Value]))
    if (ip.truth(wanted as Value)) yield item as Value;
  return undefined;
}

function* count(ip: Interpreter, [start, step]: readonly Value[]): Items {
  for (let value = start as Value; ; value = ip.binary('+', value, step as Value)) yield value;
}

function* cycle(ip: Interpreter, [iterable]: readonly Value[]): Items {
  const items = ip.list(iterable as Value);
  while (items.length > 0) yield* items;
  return undefined;
}

function* dropWhile(ip: Interpreter, [test, iterable]: readonly Value[]): Items {
  let dropping = true;
  for (const item of ip.iterate(iterable as Value)) {
    dropping = dropping && ip.truth(ip.call(test as Value, [item]));
    if (!dropping) yield item;
  }
  return undefined;
}

function* takeWhile(ip: Interpreter, [test, iterable]: readonly Value[]): Items {
  for (const item of ip.iterate(iterable as Value)) {
    if (!ip.truth(ip.call(test as Value, [item]))) return undefined;
    yield item;
  }
  return undefined;
}

function* filterFalse(ip: Interpreter, [test, iterable]: readonly Value[]): Items {
  for (const item of ip.iterate(iterable as Value))
    if (!ip.truth(test === null ? item : ip.call(test as Value, [item]))) yield item;
  return undefined;
}

/** Groups are kept as a whole: going on does not spoil the one before, as it would in CPython. */
function* groupBy(ip: Interpreter, [iterable, key]: readonly Value[]): Items {
  let group: { key: Value; items: Value[] } | undefined;
  for (const item of ip.iterate(iterable as Value)) {
    const own = key === null ? item : ip.call(key as Value, [item]);
    if (group && ip.equal(group.key, own)) group.items.push(item);
    else {
      if (group) yield new PyTuple([group.key, new PyIterator(group.items.values())]);
      group = { key: own, items: [item] };
    }
  }
  if (group) yield new PyTuple([group.key, new PyIterator(group.items.values())]);
  return undefined;
}

function* islice(ip: Interpreter, [iterable, first, more]: readonly Value[]): Items {
  const [stop, step] = starred(more);
  const bound = (value: Value | undefined, otherwise: number): number =>
    value === null || value === undefined ? otherwise : size(ip, value);
  const from = stop === undefined ? 0 : bound(first, 0);
  const to = bound(stop === undefined ? first : stop, Number.POSITIVE_INFINITY);
  const by = bound(step, 1);
  if (to <= 0) return undefined;
  let index = 0;
  for (const item of ip.iterate(iterable as Value)) {
    if (index >= from && (index - from) % by === 0 && index < to) yield item;
    if (++index >= to) return undefined;
  }
  return undefined;
}

function* pairwise(ip: Interpreter, [iterable]: readonly Value[]): Items {
  let last: Value | undefined;
  for (const item of ip.iterate(iterable as Value)) {
    if (last !== undefined) yield new PyTuple([last, item]);
    last = item;
  }
  return undefined;
}

function* repeat(ip: Interpreter, [object, times]: readonly Value[]): Items {
  const count = times === null ? Number.POSITIVE_INFINITY : size(ip, times);
  for (let index = 0; index < count; index++) yield object as Value;
  return undefined;
}

function* starmap(ip: Interpreter, [callee, iterable]: readonly Value[]): Items {
  for (const args of ip.iterate(iterable as Value)) {
    yield args instanceof Unknown ? args : ip.call(callee as Value, ip.list(args));
  }
  return undefined;
}

function* zipLongest(ip: Interpreter, sources: readonly Value[], fill: Value): Items {
  const iterators = sources.map((source) => ip.iterate(source)[Symbol.iterator]());
  for (;;) {
    const results = iterators.map((iterator) => iterator.next());
    if (results.every(({ done }) => done)) return undefined;
    yield new PyTuple(results.map(({ done, value }) => (done ? fill : value)));
  }
}
