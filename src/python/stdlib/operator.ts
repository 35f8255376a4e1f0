// operator: the operators as functions, and objects that get items, attributes or call methods.

import { table } from '../builtins/receivers';
import type { Interpreter } from '../interpreter';
import { known, starred } from '../known';
import { native } from '../native';
import { inplaceOperation, unaryOperation } from '../operators';
import { deleteItem } from '../truth';
import { unwrap } from '../unwrap';
import { type Namespace, NativeFunction, PyTuple, type Value } from '../values';

const BINARY: Readonly<Record<string, string>> = {
  add: '+',
  and_: '&',
  concat: '+',
  floordiv: '//',
  lshift: '<<',
  matmul: '@',
  mod: '%',
  mul: '*',
  or_: '|',
  pow: '**',
  rshift: '>>',
  sub: '-',
  truediv: '/',
  xor: '^',
};

const COMPARE: Readonly<Record<string, string>> = {
  eq: '==',
  ge: '>=',
  gt: '>',
  is_: 'is',
  is_not: 'is not',
  le: '<=',
  lt: '<',
  ne: '!=',
};

const UNARY: Readonly<Record<string, string>> = { inv: '~', invert: '~', neg: '-', not_: 'not', pos: '+' };

export function operatorModule(): Namespace {
  const namespace = table([
    ...Object.entries(BINARY).map(([name, operator]) =>
      native(name, 'a, b, /', (ip, [a, b]) => ip.binary(operator, a as Value, b as Value)),
    ),
    ...Object.entries(BINARY).map(([name, operator]) =>
      native(`i${name.replace(/_$/, '')}`, 'a, b, /', (ip, [a, b]) =>
        inplaceOperation(ip, operator, a as Value, b as Value),
      ),
    ),
    ...Object.entries(COMPARE).map(([name, operator]) =>
      native(name, 'a, b, /', (ip, [a, b]) => ip.compare(operator, a as Value, b as Value)),
    ),
    ...Object.entries(UNARY).map(([name, operator]) =>
      native(name, 'a, /', (ip, [a]) => unaryOperation(ip, operator, a as Value)),
    ),
    ...others(),
  ]);
  for (const name of ['add', 'eq', 'ge', 'gt', 'le', 'lt', 'mod', 'mul', 'ne', 'neg', 'sub', 'truediv']) {
    namespace.set(`__${name}__`, namespace.get(name) as Value);
  }
  return namespace;
}

const others = (): NativeFunction[] => [
  native('abs', 'a, /', (ip, [a]) => ip.call(ip.builtins.get('abs') as Value, [a as Value])),
  native('attrgetter', 'attr, /, *attrs', (_, [first, more]) => {
    const paths = [first as Value, ...starred(more)].map(String);
    return getter('attrgetter', paths, (ip, object, path) =>
      path.split('.').reduce((value, name) => ip.getAttribute(value, name), object),
    );
  }),
  new NativeFunction('call', (ip, [callee, ...args], keywords) => ip.call(callee as Value, args, keywords)),
  native('contains', 'a, b, /', (ip, [a, b]) => ip.compare('in', b as Value, a as Value)),
  known(
    'countOf',
    'a, b, /',
    (ip, [a, b]) => ip.list(a as Value).filter((item) => ip.equal(item, b as Value)).length,
  ),
  native('delitem', 'a, b, /', (ip, [a, b]) => {
    deleteItem(ip, a as Value, b as Value);
    return null;
  }),
  native('getitem', 'a, b, /', (ip, [a, b]) => ip.getItem(a as Value, b as Value)),
  known('index', 'a, /', (ip, [a]) => ip.callMethod(a as Value, '__index__')),
  known('indexOf', 'a, b, /', (ip, [a, b]) => {
    const at = ip.list(a as Value).findIndex((item) => ip.equal(item, b as Value));
    return at < 0 ? ip.raise('ValueError', 'sequence.index(x): x not in sequence') : at;
  }),
  native('itemgetter', 'item, /, *items', (_, [first, more]) =>
    getter('itemgetter', [first as Value, ...starred(more)], (ip, object, item) => ip.getItem(object, item)),
  ),
  known('length_hint', 'obj, default=0, /', (ip, [object]) =>
    ip.call(ip.builtins.get('len') as Value, [object as Value]),
  ),
  new NativeFunction('methodcaller', (_, [name, ...args], keywords) =>
    native('methodcaller', 'obj, /', (ip, [object]) =>
      ip.callMethod(object as Value, String(unwrap(name as Value)), args, keywords),
    ),
  ),
  native('setitem', 'a, b, c, /', (ip, [a, b, c]) => {
    ip.setItem(a as Value, b as Value, c as Value);
    return null;
  }),
  native('truth', 'a, /', (ip, [a]) => ip.truth(a as Value)),
];

/** One value for one key, a tuple for several. */
function getter<K>(
  name: string,
  keys: readonly K[],
  get: (ip: Interpreter, object: Value, key: K) => Value,
): NativeFunction {
  return native(name, 'obj, /', (ip, [object]) => {
    const values = keys.map((key) => get(ip, object as Value, key));
    return values.length === 1 ? (values[0] as Value) : new PyTuple(values);
  });
}
