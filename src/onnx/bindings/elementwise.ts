// Element-wise operators of ai.onnx: arithmetic, comparison, logic, activations, casts.

import { ACTIVATIONS, prelu } from '../../ops/activations';
import { COMPARISON } from '../../ops/comparison';
import { bitwiseNot, convert, where } from '../../ops/copies';
import { ELEMENTWISE } from '../../ops/elementwise';
import type { Op } from '../../ops/operator';
import { viewDtype } from '../../ops/views';
import { type DType, isDType, kindOf } from '../../tensor/dtype';
import { FloatScalar } from '../../tensor/scalar';
import { elementCount } from '../../tensor/tensor';
import { alignedOther, binary, type Row, test, unary } from '../binding';
import { elementType } from '../element-types';
import type { NodeCall } from '../node-call';
import type { Argument } from '../recorder';
import { type Tensor, Unfollowed } from '../values';

/** ai.onnx names of functions of one operand. */
const UNARY: Readonly<Record<string, Op>> = {
  Abs: ELEMENTWISE.abs,
  Acos: ELEMENTWISE.acos,
  Acosh: ELEMENTWISE.acosh,
  Asin: ELEMENTWISE.asin,
  Asinh: ELEMENTWISE.asinh,
  Atan: ELEMENTWISE.atan,
  Atanh: ELEMENTWISE.atanh,
  BitwiseNot: bitwiseNot,
  Ceil: ELEMENTWISE.ceil,
  Celu: ACTIVATIONS.celu,
  Cos: ELEMENTWISE.cos,
  Cosh: ELEMENTWISE.cosh,
  Elu: ACTIVATIONS.elu,
  Erf: ELEMENTWISE.erf,
  Exp: ELEMENTWISE.exp,
  Floor: ELEMENTWISE.floor,
  HardSigmoid: ACTIVATIONS.hardsigmoid,
  HardSwish: ACTIVATIONS.hardswish,
  LeakyRelu: ACTIVATIONS.leaky_relu,
  Log: ELEMENTWISE.log,
  Mish: ACTIVATIONS.mish,
  Neg: ELEMENTWISE.neg,
  Reciprocal: ELEMENTWISE.reciprocal,
  Relu: ACTIVATIONS.relu,
  Round: ELEMENTWISE.round,
  Selu: ACTIVATIONS.selu,
  Shrink: ACTIVATIONS.softshrink,
  Sigmoid: ACTIVATIONS.sigmoid,
  Sign: ELEMENTWISE.sign,
  Sin: ELEMENTWISE.sin,
  Sinh: ELEMENTWISE.sinh,
  Softplus: ACTIVATIONS.softplus,
  Sqrt: ELEMENTWISE.sqrt,
  Swish: ACTIVATIONS.silu,
  Tan: ELEMENTWISE.tan,
  Tanh: ELEMENTWISE.tanh,
  ThresholdedRelu: ACTIVATIONS.threshold,
};

/** ai.onnx names of functions of two operands. */
const BINARY: Readonly<Record<string, Op>> = {
  Add: ELEMENTWISE.add,
  BitwiseAnd: COMPARISON.bitwise_and,
  BitwiseOr: COMPARISON.bitwise_or,
  BitwiseXor: COMPARISON.bitwise_xor,
  Mul: ELEMENTWISE.mul,
  Pow: ELEMENTWISE.pow,
  Sub: ELEMENTWISE.sub,
};

/** ai.onnx names of comparisons. */
const COMPARE: Readonly<Record<string, Op>> = {
  And: COMPARISON.logical_and,
  Equal: COMPARISON.eq,
  Greater: COMPARISON.gt,
  GreaterOrEqual: COMPARISON.ge,
  Less: COMPARISON.lt,
  LessOrEqual: COMPARISON.le,
  Or: COMPARISON.logical_or,
  Xor: COMPARISON.logical_xor,
};

/** Before opset 6, Cast wrote the type as a word. */
const WORDS: Readonly<Record<string, DType>> = { DOUBLE: 'float64', FLOAT: 'float32' };

/** The element type that an attribute names. */
export function typeAttribute(n: NodeCall, name: string, otherwise?: DType): DType {
  const word = n.text(name);
  if (word !== '') {
    const dtype = WORDS[word] ?? word.toLowerCase();
    if (isDType(dtype)) return dtype;
  }
  const number = n.int(name);
  const dtype = number === 0 ? otherwise : elementType(number);
  if (dtype === undefined)
    throw new Unfollowed(`${n.node.op} names element type ${number}, which is not known here`);
  return dtype;
}

/** Truncates where both are integers, as C does. */
function divide(n: NodeCall): Tensor[] {
  const whole = kindOf(n.dtype(0)) === 'int';
  const op = whole ? ELEMENTWISE.trunc_divide : ELEMENTWISE.div;
  return n.call(op, { input: n.in(0), other: alignedOther(n) }, { types: [n.dtype(0)] });
}

function clip(n: NodeCall): Tensor[] {
  const bound = (index: number, name: string): Argument => {
    if (n.has(index)) return n.in(index);
    return n.attribute(name) === undefined ? null : new FloatScalar(n.float(name));
  };
  const args = { input: n.in(0), min: bound(1, 'min'), max: bound(2, 'max') };
  return n.call(ELEMENTWISE.clamp, args, { types: [n.dtype(0)] });
}

/** Max, Min and Sum of many: one after the other. */
const chain =
  (op: Op): Row['bind'] =>
  (n) => {
    const [first, ...rest] = n.rest();
    if (first === undefined) throw new Unfollowed(`${n.node.op} has no inputs`);
    const types = [first.spec.dtype];
    return rest.reduce((so, next) => n.call(op, { input: so, other: next }, { types })[0] as Tensor, first);
  };

function mean(n: NodeCall): Tensor[] {
  const sum = chain(ELEMENTWISE.add)(n) as Tensor;
  const count = new FloatScalar(n.rest().length);
  return n.call(ELEMENTWISE.div, { input: sum, other: count }, { types: [sum.spec.dtype] });
}

/** Slopes that are neither one nor one per channel are stretched over the input; they cost the same. */
function preluNode(n: NodeCall): Tensor[] {
  const slopes = elementCount(n.shape(1));
  const fits = slopes === 1 || (n.shape(0).length > 1 && slopes === n.shape(0)[1]);
  const weight = fits ? n.in(1) : n.relabelled(n.in(1), { shape: [1], dtype: n.dtype(1) });
  return n.call(prelu, { input: n.in(0), weight }, { types: [n.dtype(0)] });
}

function cast(n: NodeCall, dtype: DType): Tensor[] {
  return n.call(convert, { input: n.in(0), dtype });
}

function swiglu(n: NodeCall): Tensor[] {
  const [gate] = n.call(ACTIVATIONS.silu, { input: n.in(0) }) as [Tensor];
  return n.call(ELEMENTWISE.mul, { input: gate, other: n.in(1) });
}

function softsign(n: NodeCall): Tensor[] {
  const types = [n.dtype(0)];
  const [size] = n.call(ELEMENTWISE.abs, { input: n.in(0) }, { types }) as [Tensor];
  const [below] = n.call(ELEMENTWISE.add, { input: size, other: new FloatScalar(1) }, { types }) as [Tensor];
  return n.call(ELEMENTWISE.div, { input: n.in(0), other: below }, { types });
}

const isInf: Row['bind'] = (n) => {
  const [negative, positive] = [n.int('detect_negative', 1), n.int('detect_positive', 1)];
  const op = negative && positive ? 'isinf' : negative ? 'isneginf' : 'isposinf';
  return test(COMPARISON[op])(n);
};

const OTHERS: readonly Row[] = [
  { op: 'BitCast', bind: (n) => n.call(viewDtype, { input: n.in(0), dtype: typeAttribute(n, 'to') }) },
  {
    op: 'BitShift',
    bind: (n) =>
      binary(COMPARISON[n.text('direction') === 'LEFT' ? 'bitwise_left_shift' : 'bitwise_right_shift'])(n),
  },
  { op: 'Cast', bind: (n) => cast(n, typeAttribute(n, 'to')) },
  { op: 'CastLike', bind: (n) => cast(n, n.dtype(1)) },
  { op: 'Clip', bind: clip },
  { op: 'Div', bind: divide },
  {
    op: 'Gelu',
    bind: (n) => unary(n.text('approximate') === 'tanh' ? ACTIVATIONS.gelu_tanh : ACTIVATIONS.gelu)(n),
  },
  { op: 'IsInf', bind: isInf },
  { op: 'IsNaN', bind: test(COMPARISON.isnan) },
  { op: 'Max', bind: chain(ELEMENTWISE.maximum) },
  { op: 'Mean', bind: mean },
  { op: 'Min', bind: chain(ELEMENTWISE.minimum) },
  { op: 'Mod', bind: (n) => binary(n.int('fmod') ? ELEMENTWISE.fmod : ELEMENTWISE.remainder)(n) },
  { op: 'Not', bind: test(COMPARISON.logical_not) },
  { op: 'PRelu', bind: preluNode },
  { op: 'Softsign', bind: softsign },
  { op: 'Sum', bind: chain(ELEMENTWISE.add) },
  { op: 'SwiGLU', bind: swiglu },
  {
    op: 'Where',
    bind: (n) =>
      n.call(where, { condition: n.in(0), input: n.in(1), other: n.in(2) }, { types: [n.dtype(1)] }),
  },
];

const table = (ops: Readonly<Record<string, Op>>, bind: (op: Op) => Row['bind']): Row[] =>
  Object.entries(ops).map(([op, definition]) => ({ op, bind: bind(definition) }));

export const ELEMENTWISE_ROWS: readonly Row[] = [
  ...table(UNARY, unary),
  ...table(BINARY, (op) => binary(op)),
  ...table(COMPARE, (op) => binary(op, 'bool')),
  ...OTHERS,
];
