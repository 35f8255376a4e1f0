// Which element type comes out where types meet, as torch.result_type gives it. Operands fall into three classes: tensors
// with dimensions, tensors without, and plain Python numbers. A lower class changes the result only where it is of a higher
// kind (bool < int < float < complex): `int64_tensor * 2.5` is float32, `float16_tensor * 2.5` stays float16.

import { type DType, kindOf } from './dtype';
import { isScalar, type Scalar, scalarKind } from './scalar';
import type { TensorSpec } from './tensor';

/** What floats are made as when nothing says otherwise. */
export const DEFAULT_FLOAT: DType = 'float32';

const SIGNED: readonly DType[] = ['int8', 'int16', 'int32', 'int64'];
const FLOATS: readonly DType[] = ['float16', 'float32', 'float64'];
const COMPLEXES: readonly DType[] = ['complex32', 'complex64', 'complex128'];
const RANK = { string: 0, bool: 1, int: 2, float: 3, complex: 4 } as const;

const laterOf = (order: readonly DType[], a: DType, b: DType): DType =>
  order.indexOf(a) >= order.indexOf(b) ? a : b;

/** The complex type of the same precision; of what is not a float, the default one. */
export function complexOf(dtype: DType): DType {
  if (kindOf(dtype) === 'complex') return dtype;
  const at = FLOATS.indexOf(dtype);
  return COMPLEXES[at] ?? 'complex64';
}

/** The type of a complex type's parts; other types are their own. */
export const realOf = (dtype: DType): DType => FLOATS[COMPLEXES.indexOf(dtype)] ?? dtype;

function promoteInts(a: DType, b: DType): DType {
  if (!SIGNED.includes(a)) return SIGNED.includes(b) ? promoteInts(b, a) : widerUnsigned(a, b);
  if (SIGNED.includes(b)) return laterOf(SIGNED, a, b);
  return b === 'uint8' ? laterOf(SIGNED, a, 'int16') : 'int64';
}

const widerUnsigned = (a: DType, b: DType): DType => laterOf(['uint8', 'uint16', 'uint32', 'uint64'], a, b);

function promoteFloats(a: DType, b: DType): DType {
  const known = FLOATS.includes(a) && FLOATS.includes(b);
  if (known) return laterOf(FLOATS, a, b);
  // bfloat16 and float16 meet in float32, and the 8-bit types meet nobody; the wider one is as good a guess as any.
  const wide = [a, b].filter((type) => type === 'float32' || type === 'float64');
  if (wide.length > 0) return wide.includes('float64') ? 'float64' : 'float32';
  return a.startsWith('float8') ? b : b.startsWith('float8') ? a : 'float32';
}

function promoteComplex(a: DType, b: DType): DType {
  if (kindOf(a) !== 'complex') return promoteComplex(b, a);
  return kindOf(b) === 'float' || kindOf(b) === 'complex' ? laterOf(COMPLEXES, a, complexOf(b)) : a;
}

/** The type that two types meet in, both as tensors with dimensions. */
export function promoteTypes(a: DType, b: DType): DType {
  if (a === b) return a;
  const [ka, kb] = [kindOf(a), kindOf(b)];
  if (ka === 'complex' || kb === 'complex') return promoteComplex(a, b);
  if (ka !== kb) return RANK[ka] > RANK[kb] ? a : b;
  return ka === 'float' ? promoteFloats(a, b) : promoteInts(a, b);
}

/** The type of a Python number as an operand. */
function scalarType(scalar: Scalar): DType {
  const kind = scalarKind(scalar);
  return kind === 'bool' ? 'bool' : kind === 'int' ? 'int64' : DEFAULT_FLOAT;
}

/** A class of operands above a lower one: the lower one counts only where its kind is higher. */
function combine(higher: DType | null, lower: DType | null): DType | null {
  if (higher === null || lower === null) return higher ?? lower;
  const [kh, kl] = [kindOf(higher), kindOf(lower)];
  if (kh === 'complex') return higher;
  if (kh === 'float') return kl === 'complex' ? complexOf(higher) : higher;
  return kh === 'bool' || kl === 'float' || kl === 'complex' ? promoteTypes(higher, lower) : higher;
}

/** The type that operands of an arithmetic operator meet in: torch.result_type of all of them. */
export function resultType(operands: readonly (TensorSpec | Scalar)[]): DType {
  let withDims: DType | null = null;
  let withoutDims: DType | null = null;
  let numbers: DType | null = null;
  const meet = (so: DType | null, type: DType): DType => (so === null ? type : promoteTypes(so, type));
  for (const operand of operands) {
    if (isScalar(operand)) numbers = meet(numbers, scalarType(operand));
    else if (operand.shape.length > 0) withDims = meet(withDims, operand.dtype);
    else withoutDims = meet(withoutDims, operand.dtype);
  }
  return combine(withDims, combine(withoutDims, numbers)) ?? DEFAULT_FLOAT;
}

/** The type of a function that gives floats also for integers: sqrt, mean, true division. */
export const floatOf = (dtype: DType): DType =>
  kindOf(dtype) === 'int' || kindOf(dtype) === 'bool' ? DEFAULT_FLOAT : dtype;

/** The type that integers are summed in. */
export const sumType = (dtype: DType): DType =>
  kindOf(dtype) === 'int' || kindOf(dtype) === 'bool' ? 'int64' : dtype;
