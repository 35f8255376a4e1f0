// Python's operators on tensors: `a + b`, `2 * a`, `a += b`, `a < b`, `-a`, `a[...]`. Each is a bound name of `torch`;
// what is not a number or a tensor on the other side is left to that side (NotImplemented).

import type { Interpreter } from '../../python/interpreter';
import { unwrap } from '../../python/unwrap';
import {
  type Keywords,
  NativeFunction,
  NotImplementedValue,
  PyComplex,
  PyFloat,
  PyInstance,
  Unknown,
  type Value,
} from '../../python/values';
import { boundFunction } from './recorder';
import { type TorchState, torchOf } from './state';
import { findBound } from './table';
import { tensorOf } from './tensors';

/** Dunder stem, bound name, token. Each gives `__add__`, `__radd__` and `__iadd__`. */
const ARITHMETIC: readonly (readonly [stem: string, name: string, token: string])[] = [
  ['add', 'add', '+'],
  ['and', 'bitwise_and', '&'],
  ['floordiv', 'floor_divide', '//'],
  ['lshift', 'bitwise_left_shift', '<<'],
  ['matmul', 'matmul', '@'],
  ['mod', 'remainder', '%'],
  ['mul', 'mul', '*'],
  ['or', 'bitwise_or', '|'],
  ['pow', 'pow', '**'],
  ['rshift', 'bitwise_right_shift', '>>'],
  ['sub', 'sub', '-'],
  ['truediv', 'div', '/'],
  ['xor', 'bitwise_xor', '^'],
];

const COMPARISONS: readonly (readonly [stem: string, token: string])[] = [
  ['eq', '=='],
  ['ge', '>='],
  ['gt', '>'],
  ['le', '<='],
  ['lt', '<'],
  ['ne', '!='],
];

const UNARY: readonly (readonly [stem: string, name: string, token: string])[] = [
  ['abs', 'abs', 'abs'],
  ['invert', 'bitwise_not', '~'],
  ['neg', 'neg', '-'],
  ['pos', 'positive', '+'],
];

/** All operator methods of the class. */
export function operatorMethods(): [string, Value][] {
  return [
    ...ARITHMETIC.flatMap(([stem, name, token]) => [
      method(`__${stem}__`, binary(name, token)),
      method(`__r${stem}__`, binary(name, token, 'reflected')),
      method(`__i${stem}__`, binary(name, `${token}=`, 'inplace')),
    ]),
    ...COMPARISONS.map(([stem, token]) => method(`__${stem}__`, binary(stem, token))),
    ...UNARY.map(([stem, name, token]) => method(`__${stem}__`, unary(name, token))),
  ];
}

type Operator = (interpreter: Interpreter, args: readonly Value[]) => Value;

const method = (name: string, body: Operator): [string, Value] => [
  name,
  new NativeFunction(name, (interpreter, args, _: Keywords) => body(interpreter, args)),
];

function unary(name: string, token: string): Operator {
  const call = operator(name, token);
  return (interpreter, args) => call(interpreter, args.slice(0, 1));
}

function binary(name: string, token: string, form?: 'reflected' | 'inplace'): Operator {
  const call = operator(name, token, form === 'inplace');
  return (interpreter, [self, other]) => {
    if (other instanceof Unknown) return withUnknown(torchOf(interpreter), token, self as Value, other);
    if (!isOperand(other as Value)) return NotImplementedValue.only;
    const pair = [self, other] as Value[];
    return call(interpreter, form === 'reflected' ? pair.reverse() : pair);
  };
}

/** What is computed with an unknown other side has the shape of the known one, if that is a number: a gap says so. */
function withUnknown(torch: TorchState, token: string, self: Value, other: Unknown): Value {
  torch.interpreter.gap(
    `the other side of ${token} is not known and was taken for a number: ${other.reason}`,
  );
  const data = tensorOf(self);
  if (!data) return other;
  const isBool = /^[<>=!]=?$/.test(token);
  const { contents: _, ...spec } = data.spec;
  const result = torch.tensor(isBool ? { ...spec, dtype: 'bool' } : spec);
  const made = tensorOf(result);
  if (made) made.requiresGrad = made.hasHistory = data.requiresGrad && torch.gradEnabled && !isBool;
  return result;
}

const isOperand = (value: Value): boolean =>
  typeof value === 'number' ||
  typeof value === 'boolean' ||
  typeof value === 'bigint' ||
  value instanceof PyFloat ||
  value instanceof PyComplex ||
  (value instanceof PyInstance && (tensorOf(value) !== undefined || isNumber(value)));

/** Numbers of other packages, and what can stand for an index. */
const isNumber = (value: PyInstance): boolean => {
  const plain = unwrap(value);
  return typeof plain === 'number' || plain instanceof PyFloat || value.type.attributes.has('__index__');
};

function operator(name: string, token: string, inplace = false): Operator {
  let callee: NativeFunction | undefined;
  return (interpreter, args) => {
    callee ??= operatorFunction(name, token, inplace);
    if (!callee) return interpreter.unknown(`torch.${name} is not modelled yet`);
    return callee.body(interpreter, args, new Map());
  };
}

function operatorFunction(name: string, token: string, inplace: boolean): NativeFunction | undefined {
  const bound = findBound('torch', name) ?? findBound('Tensor', name);
  return bound && boundFunction(name, { ...bound, spelled: token, inplace });
}
