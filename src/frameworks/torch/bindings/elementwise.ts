// Arithmetic, elementary functions, comparisons and logic: torch.add, Tensor.clamp, torch.where and their like.

import { ACTIVATIONS } from '../../../ops/activations';
import { isTensor } from '../../../ops/arguments';
import { COMPARISON } from '../../../ops/comparison';
import { bitwiseNot, maskedFill, where } from '../../../ops/copies';
import { ELEMENTWISE } from '../../../ops/elementwise';
import type { Op } from '../../../ops/operator';
import { nonzero } from '../../../ops/sorting';
import { alias } from '../../../ops/views';
import type { Binding, Namespace } from '../binding';
import { absent, BOTH, METHOD, num, numOr, row, TORCH } from './rows';

const E = ELEMENTWISE;
const C = COMPARISON;

/** Functions of one tensor. */
const UNARY: readonly (readonly [name: string, op: Op, namespaces?: readonly Namespace[]])[] = [
  ['abs', E.abs],
  ['absolute', E.abs],
  ['acos', E.acos],
  ['acosh', E.acosh],
  ['angle', E.angle],
  ['arccos', E.acos],
  ['arccosh', E.acosh],
  ['arcsin', E.asin],
  ['arcsinh', E.asinh],
  ['arctan', E.atan],
  ['arctanh', E.atanh],
  ['asin', E.asin],
  ['asinh', E.asinh],
  ['atan', E.atan],
  ['atanh', E.atanh],
  ['bitwise_not', bitwiseNot],
  ['ceil', E.ceil],
  ['conj_physical', E.conj_physical],
  ['cos', E.cos],
  ['cosh', E.cosh],
  ['deg2rad', E.deg2rad],
  ['digamma', E.digamma],
  ['digamma', E.digamma, ['torch.special']],
  ['erf', E.erf],
  ['erf', E.erf, ['torch.special']],
  ['erfc', E.erfc],
  ['erfc', E.erfc, ['torch.special']],
  ['erfinv', E.erfinv],
  ['erfinv', E.erfinv, ['torch.special']],
  ['exp', E.exp],
  ['exp2', E.exp2],
  ['exp2', E.exp2, ['torch.special']],
  ['expit', ACTIVATIONS.sigmoid, ['torch.special']],
  ['expm1', E.expm1],
  ['expm1', E.expm1, ['torch.special']],
  ['fix', E.trunc],
  ['floor', E.floor],
  ['frac', E.frac],
  ['gammaln', E.lgamma, ['torch.special']],
  ['i0', E.special],
  ['isfinite', C.isfinite],
  ['isinf', C.isinf],
  ['isnan', C.isnan],
  ['isneginf', C.isneginf],
  ['isposinf', C.isposinf],
  ['isreal', C.isreal],
  ['lgamma', E.lgamma],
  ['log', E.log],
  ['log10', E.log10],
  ['log1p', E.log1p],
  ['log1p', E.log1p, ['torch.special']],
  ['log2', E.log2],
  ['logical_not', C.logical_not],
  ['neg', E.neg],
  ['negative', E.neg],
  ['positive', alias],
  ['rad2deg', E.rad2deg],
  ['psi', E.digamma, ['torch.special']],
  ['reciprocal', E.reciprocal],
  ['rsqrt', E.rsqrt],
  ['sgn', E.sgn],
  ['sigmoid', ACTIVATIONS.sigmoid, ['torch', 'Tensor', 'F']],
  ['sign', E.sign],
  ['signbit', C.signbit],
  ['sin', E.sin],
  ['sinc', E.sinc],
  ['sinc', E.sinc, ['torch.special']],
  ['sinh', E.sinh],
  ['sqrt', E.sqrt],
  ['tan', E.tan],
  ['tanh', E.tanh, ['torch', 'Tensor', 'F']],
  ['trunc', E.trunc],
];

/** Functions of torch.special that have no name elsewhere; one FPO each, as every elementary function. */
const SPECIAL = `airy_ai bessel_j0 bessel_j1 bessel_y0 bessel_y1 entr erfcx i0 i0e i1 i1e log_ndtr modified_bessel_i0
  modified_bessel_i1 modified_bessel_k0 modified_bessel_k1 ndtr ndtri scaled_modified_bessel_k0 scaled_modified_bessel_k1
  spherical_bessel_j0`;

/** Polynomials of a degree: one FPO each as well, whatever the degree. */
const POLYNOMIALS = `chebyshev_polynomial_t chebyshev_polynomial_u chebyshev_polynomial_v chebyshev_polynomial_w
  hermite_polynomial_h hermite_polynomial_he laguerre_polynomial_l legendre_polynomial_p shifted_chebyshev_polynomial_t
  shifted_chebyshev_polynomial_u shifted_chebyshev_polynomial_v shifted_chebyshev_polynomial_w`;

const words = (text: string): string[] => text.split(/\s+/);

/** Functions of two operands, input and other. */
const BINARY: readonly (readonly [name: string, op: Op, namespaces?: readonly Namespace[]])[] = [
  ['arctan2', E.atan2],
  ['atan2', E.atan2],
  ['bitwise_and', C.bitwise_and],
  ['bitwise_left_shift', C.bitwise_left_shift],
  ['bitwise_or', C.bitwise_or],
  ['bitwise_right_shift', C.bitwise_right_shift],
  ['bitwise_xor', C.bitwise_xor],
  ['copysign', E.copysign],
  ['eq', C.eq],
  ['floor_divide', E.floor_divide],
  ['fmax', E.maximum],
  ['fmin', E.minimum],
  ['fmod', E.fmod],
  ['gammainc', E.special_of_two, ['torch.special']],
  ['gammaincc', E.special_of_two, ['torch.special']],
  ['gcd', E.gcd],
  ['ge', C.ge],
  ['greater', C.gt],
  ['greater_equal', C.ge],
  ['gt', C.gt],
  ['heaviside', E.heaviside],
  ['hypot', E.hypot],
  ['igamma', E.special_of_two],
  ['igammac', E.special_of_two],
  ['lcm', E.lcm],
  ['ldexp', E.ldexp],
  ['le', C.le],
  ['less', C.lt],
  ['less_equal', C.le],
  ['logaddexp', E.logaddexp],
  ['logaddexp2', E.logaddexp2],
  ['logical_and', C.logical_and],
  ['logical_or', C.logical_or],
  ['logical_xor', C.logical_xor],
  ['lt', C.lt],
  ['maximum', E.maximum],
  ['minimum', E.minimum],
  ['mul', E.mul],
  ['multiply', E.mul],
  ['ne', C.ne],
  ['nextafter', E.nextafter],
  ['not_equal', C.ne],
  ['remainder', E.remainder],
  ['true_divide', E.div],
  ['xlog1py', E.xlogy, ['torch.special']],
  ['xlogy', E.xlogy],
  ['xlogy', E.xlogy, ['torch.special']],
  ['zeta', E.special_of_two, ['torch.special']],
];

const SCALED = 'input, other, *, alpha=1';

/** Addition and subtraction of a multiple: two FPO per element. */
const scaled = (sign: 1 | -1): Pick<Binding, 'overload'> => ({
  overload: ({ alpha }) =>
    numOr(alpha, 1) === 1
      ? undefined
      : {
          op: E.add_scaled,
          adapt: ({ input = null, other = null, alpha }) => ({
            input,
            other,
            alpha: sign === 1 ? (alpha ?? 1) : -num(alpha),
          }),
        },
});

const rounded: Pick<Binding, 'overload'> = {
  overload({ rounding_mode: mode }) {
    if (mode === 'floor') return { op: E.floor_divide };
    return mode === 'trunc' ? { op: E.trunc_divide } : undefined;
  },
};

const chooses: Pick<Binding, 'overload'> = {
  overload: ({ input }) =>
    absent(input)
      ? {
          op: nonzero,
          adapt: ({ condition = null }) => ({ input: condition, asTuple: true }),
          result: 'tuple',
        }
      : undefined,
};

export const ELEMENTWISE_BINDINGS: readonly Binding[] = [
  ...UNARY.map(([name, op, namespaces = BOTH]) => row(name, namespaces, 'input', op)),
  ...BINARY.map(([name, op, namespaces = BOTH]) => row(name, namespaces, 'input, other', op)),
  ...words(SPECIAL).map((name) => row(name, ['torch.special'], 'input', E.special)),
  ...words(POLYNOMIALS).map((name) =>
    row(name, ['torch.special'], 'input, n', E.special_of_two, {
      adapt: ({ input = null, n = null }) => ({ input, other: n }),
    }),
  ),
  row('add', BOTH, SCALED, E.add, scaled(1)),
  row('addcdiv', BOTH, 'input, tensor1, tensor2, *, value=1', E.addcdiv),
  row('addcmul', BOTH, 'input, tensor1, tensor2, *, value=1', E.addcmul),
  row('clamp', BOTH, 'input, min=None, max=None', E.clamp),
  row('clamp_max', BOTH, 'input, max', E.clamp),
  row('clamp_min', BOTH, 'input, min', E.clamp),
  row('clip', BOTH, 'input, min=None, max=None', E.clamp),
  row('complex', TORCH, 'real, imag', E.complex),
  row('div', BOTH, 'input, other, *, rounding_mode=None', E.div, rounded),
  row('divide', BOTH, 'input, other, *, rounding_mode=None', E.div, rounded),
  row('float_power', BOTH, 'input, exponent', E.float_power),
  row('isclose', BOTH, 'input, other, rtol=1e-05, atol=1e-08, equal_nan=False', C.isclose),
  row('lerp', BOTH, 'input, end, weight', E.lerp),
  row('logit', BOTH, 'input, eps=None', E.logit),
  row('logit', ['torch.special'], 'input, eps=None', E.logit),
  row('masked_fill', BOTH, 'input, mask, value', maskedFill),
  row('multigammaln', ['torch.special'], 'input, p', E.mvlgamma),
  row('mvlgamma', BOTH, 'input, p', E.mvlgamma),
  row('nan_to_num', BOTH, 'input, nan=None, posinf=None, neginf=None', E.nan_to_num),
  row('polar', TORCH, 'abs, angle', E.polar),
  row('polygamma', [...TORCH, 'torch.special'], 'n, input', E.polygamma),
  row('polygamma', METHOD, 'input, n', E.polygamma),
  row('pow', BOTH, 'input, exponent', E.pow),
  row('round', [...BOTH, 'torch.special'], 'input, *, decimals=0', E.round, {
    overload: ({ decimals }) => (numOr(decimals, 0) === 0 ? undefined : { op: E.round_decimals }),
  }),
  row('rsub', TORCH, 'input, other, *, alpha=1', E.rsub),
  row('square', BOTH, 'input', E.square, {
    overload: ({ input }) =>
      isTensor(input) && input.dtype === 'bool'
        ? { op: E.pow, adapt: ({ input = null }) => ({ input, exponent: 2 }) }
        : undefined,
  }),
  row('sub', BOTH, SCALED, E.sub, scaled(-1)),
  row('subtract', BOTH, SCALED, E.sub, scaled(-1)),
  row('where', TORCH, 'condition, input=None, other=None', where, chooses),
  row('where', METHOD, 'input, condition, other', where, {
    adapt: ({ input = null, condition = null, other = null }) => ({ condition, input, other }),
  }),
];
