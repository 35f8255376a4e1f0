// numpy.random: arrays of known shape and unknown elements. A single random number is an unknown value.

import { broadcast } from '../../ops/arguments';
import type { Interpreter } from '../../python/interpreter';
import { shuffleList } from '../../python/stdlib/host';
import { makeClass } from '../../python/types';
import { type Namespace, type PyInstance, PyList, PyTuple, type Value } from '../../python/values';
import type { DType } from '../../tensor/dtype';
import { elementCount } from '../../tensor/tensor';
import { tensorOf } from '../torch/tensors';
import { dtypeArgument, intArgument, intsArgument, specOf } from './convert';
import { forget } from './operators';
import { functionsOf, NotKnown, type Row, unread } from './rows';
import { numpyOf } from './state';

type Args = readonly Value[];

function drawn(interpreter: Interpreter, shape: readonly number[], dtype: DType): Value {
  if (shape.length > 0) return numpyOf(interpreter).array({ shape, dtype });
  throw new NotKnown(unread(interpreter, 'a random number is not known'));
}

/** Of the size that is asked for; else that in which the parameters meet. */
const distribution = (name: string, parameters: string, dtype: DType = 'float64'): Row => {
  const count = parameters.split(',').length;
  return [
    name,
    `${parameters}, size=None, dtype=None`,
    (interpreter, args) => {
      const size = args[count];
      const given = args.slice(0, count).filter((arg) => arg !== null);
      const shape =
        size === null || size === undefined
          ? broadcast(...given.map((arg) => specOf(interpreter, arg).shape))
          : intsArgument(interpreter, size);
      return drawn(interpreter, shape, dtypeArgument(interpreter, args[count + 1]) ?? dtype);
    },
  ];
};

/** Sizes one by one: `rand(2, 3)`. */
const sized = (name: string): Row => [
  name,
  '*sizes',
  (interpreter, [sizes]) =>
    drawn(
      interpreter,
      interpreter.list(sizes as Value).map((size) => intArgument(interpreter, size)),
      'float64',
    ),
];

const simple = (name: string): Row => [
  name,
  'size=None, dtype=None, out=None',
  (interpreter, [size, dtype]) =>
    drawn(
      interpreter,
      size === null ? [] : intsArgument(interpreter, size as Value),
      dtypeArgument(interpreter, dtype) ?? 'float64',
    ),
];

/** Some elements of an array, or some numbers below one. */
function choice(interpreter: Interpreter, [a, size]: Args): Value {
  const { shape, dtype } = specOf(interpreter, a as Value);
  const sizes = size === null ? [] : intsArgument(interpreter, size as Value);
  return drawn(interpreter, [...sizes, ...shape.slice(1)], dtype);
}

function permutation(interpreter: Interpreter, [x]: Args): Value {
  const { shape, dtype } = specOf(interpreter, x as Value);
  return numpyOf(interpreter).array({
    shape: shape.length === 0 ? [intArgument(interpreter, x)] : shape,
    dtype,
  });
}

/** The order of an array is unknown from now on; a list is left in the order that it has. */
function shuffle(interpreter: Interpreter, [x]: Args): Value {
  if (tensorOf(x)) forget(x as Value, unread(interpreter, 'a random order is not known'));
  else if (x instanceof PyList) shuffleList(interpreter, x);
  return null;
}

function multivariate(interpreter: Interpreter, [mean, , size]: Args): Value {
  const sizes = size === null ? [] : intsArgument(interpreter, size as Value);
  return drawn(interpreter, [...sizes, elementCount(specOf(interpreter, mean as Value).shape)], 'float64');
}

const nothing = (name: string): Row => [name, '*args, **kwargs', () => null];

const DRAWING: readonly Row[] = [
  distribution('beta', 'a, b'),
  distribution('binomial', 'n, p', 'int64'),
  ['choice', 'a, size=None, replace=True, p=None, axis=0, shuffle=True', choice],
  distribution('exponential', 'scale=1.0'),
  distribution('gamma', 'shape, scale=1.0'),
  distribution('gumbel', 'loc=0.0, scale=1.0'),
  distribution('integers', 'low, high=None', 'int64'),
  distribution('laplace', 'loc=0.0, scale=1.0'),
  distribution('lognormal', 'mean=0.0, sigma=1.0'),
  ['multivariate_normal', 'mean, cov, size=None', multivariate],
  distribution('normal', 'loc=0.0, scale=1.0'),
  ['permutation', 'x', permutation],
  distribution('poisson', 'lam=1.0', 'int64'),
  sized('rand'),
  distribution('randint', 'low, high=None', 'int64'),
  sized('randn'),
  simple('random'),
  simple('random_sample'),
  nothing('seed'),
  ['shuffle', 'x', shuffle],
  simple('standard_normal'),
  distribution('uniform', 'low=0.0, high=1.0'),
];

/** A generator's methods are the module's functions. */
function generatorClass(interpreter: Interpreter, name: string): Value {
  const functions = functionsOf(DRAWING).map(([own, callee]): [string, Value] => [own, callee]);
  const cls = makeClass(interpreter, { name, bases: [], module: 'numpy.random', attributes: new Map() });
  const init: Row = [
    '__init__',
    'self, *args, **kwargs',
    (_, [self]) => {
      for (const [own, callee] of functions) (self as PyInstance).attributes.set(own, callee);
      return null;
    },
  ];
  for (const [own, callee] of functionsOf([init])) cls.attributes.set(own, callee);
  return cls;
}

export function randomNamespace(interpreter: Interpreter): Namespace {
  const generator = generatorClass(interpreter, 'Generator');
  return new Map<string, Value>([
    ...functionsOf(DRAWING),
    ...functionsOf([
      ['default_rng', 'seed=None', (ip) => ip.call(generator)],
      ['get_state', 'legacy=True', () => new PyTuple([])],
      nothing('set_state'),
    ]),
    ['Generator', generator],
    ['RandomState', generatorClass(interpreter, 'RandomState')],
  ]);
}
