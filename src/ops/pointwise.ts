// The family of element-wise operators: one function of one, two or three operands, applied to elements that broadcasting
// brings together. A member is a row of a table (elementwise.ts, activations.ts, comparison.ts): its FPO per element of the
// output, its element type, what autograd keeps, and, where shapes are computed with it, the function itself.
//
// FPO: ADD, MUL and every elementary function (division, square root, exp, log, sine, tanh, erf, power, comparison that
// selects) count one each; a composite counts what its textbook formula is made of.

import { asElement, foldElements, keepsContents, stretchContents, withContents } from '../tensor/contents';
import { type DType, kindOf } from '../tensor/dtype';
import { complexOf, floatOf, realOf, resultType } from '../tensor/promotion';
import { isScalar, type Scalar, scalarValue } from '../tensor/scalar';
import { elementwiseSpec } from '../tensor/strides';
import { elementCount, type Shape, type TensorSpec } from '../tensor/tensor';
import { broadcast, count, fail, isTensor, operand, otherCost } from './arguments';
import { defineOp, type Needs, type Op, type OpArgument, type OpDefinition } from './operator';

type Operand = TensorSpec | Scalar;
type Args = Readonly<Record<string, OpArgument | undefined>>;

/** Element type of the result: promoted, as a float, bool, the real part's, or that of the first operand. */
type TypeRule = 'promoted' | 'float' | 'double' | 'bool' | 'real' | 'realFloat' | 'complex' | 'first';

export interface PointwiseRow {
  /** FPO per element of the output. */
  readonly fpo: number;
  /** What the count is made of, as `exp, add, divide, negate`. */
  readonly counts?: string;
  /** Argument names of the operands, in the order in which `fold` takes them; default: input. */
  readonly operands?: readonly string[];
  readonly type?: TypeRule;
  /** The function itself; an operand left out (None) comes as NaN. */
  readonly fold?: (...elements: number[]) => number;
  /**
   * What autograd keeps: names of arguments or `output`; `factors` = each factor for the gradient of the others;
   * `quotient` = likewise, and the last of them, the divisor, also for its own; `tensors` = all operands where more than one is a tensor, else none.
   */
  readonly saves?: readonly string[] | 'factors' | 'quotient' | 'tensors' | OpDefinition<Args>['saves'];
  /** What is kept where the result is written over the input, if the gradient can be told from the result. */
  readonly savesInplace?: OpDefinition<Args>['saves'];
  readonly workspace?: OpDefinition<Args>['workspace'];
  /** A tensor of bools is refused, with this advice. */
  readonly refusesBool?: string;
  /** Rounds a quotient, which types of 16 bits have rounded before: their elements are not followed. */
  readonly roundsQuotient?: boolean;
  /** Computes in float, but gives the promoted type: floor_divide and the like. */
  readonly compute?: 'promoted' | 'float';
}

const RULES: Readonly<Record<TypeRule, (promoted: DType, first: DType) => DType>> = {
  promoted: (promoted) => promoted,
  float: floatOf,
  double: (promoted) => (kindOf(promoted) === 'complex' ? 'complex128' : 'float64'),
  bool: () => 'bool',
  real: realOf,
  realFloat: (promoted) => floatOf(realOf(promoted)),
  complex: complexOf,
  first: (_, first) => first,
};

/** Contents of an operand in the type that is computed in, stretched to the output's shape. */
function operandContents(one: Operand | null, shape: Shape, compute: DType): readonly number[] | undefined {
  if (!keepsContents(shape)) return undefined;
  if (one === null) return new Array<number>(elementCount(shape)).fill(Number.NaN);
  if (!isScalar(one)) return stretchContents(one, shape)?.map((value) => asElement(value, compute));
  return new Array<number>(elementCount(shape)).fill(asElement(scalarValue(one), compute));
}

/** Contents of the result, where all operands' contents are known. */
function folded(row: PointwiseRow, operands: readonly (Operand | null)[], out: TensorSpec) {
  const { fold } = row;
  const tensors = operands.filter(isTensor);
  if (fold === undefined || tensors.some((tensor) => tensor.contents === undefined)) return undefined;
  const promoted = resultType(operands.filter((one) => one !== null));
  const compute = row.type === 'float' || row.compute === 'float' ? floatOf(promoted) : promoted;
  if (kindOf(compute) === 'complex' || !keepsContents(out.shape)) return undefined;
  if (row.roundsQuotient && (compute === 'float16' || compute === 'bfloat16')) return undefined;
  const contents = operands.map((one) => operandContents(one, out.shape, compute));
  return foldElements(contents, out.dtype, fold);
}

/** The operands of a call by the row's names; null where one is left out. */
function operandsOf(row: PointwiseRow, args: Args): readonly (Operand | null)[] {
  return (row.operands ?? ['input']).map((name) => {
    const value = args[name];
    return value === null || value === undefined ? null : operand(value);
  });
}

/** Shape, type, layout and, where known, contents of an element-wise result. */
export function inferPointwise(row: PointwiseRow, operands: readonly (Operand | null)[]): TensorSpec {
  const given = operands.filter((one) => one !== null);
  const tensors = given.filter(isTensor);
  const shape = broadcast(...tensors.map((tensor) => tensor.shape));
  // Numbers alone give a tensor without dimensions: torch.div(7, 2).
  const type = given.length > 0 ? resultType(given) : fail('expected at least one operand');
  const dtype = RULES[row.type ?? 'promoted'](type, tensors[0]?.dtype ?? type);
  const out = elementwiseSpec(shape, dtype, tensors);
  return withContents(out, folded(row, operands, out));
}

/** All operands, where there are at least two tensors among them. */
const keptTensors =
  (names: readonly string[]) =>
  (args: Args): readonly string[] =>
    names.filter((name) => isTensor(args[name])).length > 1 ? names : [];

/** `mul` keeps a factor where another one needs a gradient; a divisor is kept for its own gradient too. */
const keptFactors =
  (names: readonly string[], divisor?: string) =>
  (args: Args, _: readonly TensorSpec[], needs: Needs): readonly string[] =>
    names.filter(
      (name) =>
        isTensor(args[name]) && names.some((other) => (other !== name || name === divisor) && needs(other)),
    );

/** Defines an element-wise operator from its row. */
export function pointwise(name: string, row: PointwiseRow): Op {
  const names = row.operands ?? ['input'];
  return defineOp<Args>({
    name,
    infer(args) {
      const operands = operandsOf(row, args);
      if (row.refusesBool && operands.some((one) => isTensor(one) && one.dtype === 'bool'))
        fail(row.refusesBool);
      return [inferPointwise(row, operands)];
    },
    cost: (_, [out]) => otherCost(row.fpo * count(out)),
    saves: savesOf(row.saves, names),
    savesInplace: row.savesInplace,
    workspace: row.workspace,
    note: noteOf(row),
  });
}

/** What autograd keeps, as an operator says it. */
function savesOf(saves: PointwiseRow['saves'], names: readonly string[]): OpDefinition<Args>['saves'] {
  // A tensor that the product is added to is not a factor: addcmul.
  const factors = names.filter((name) => names.length < 3 || name !== 'input');
  if (saves === 'factors') return keptFactors(factors);
  if (saves === 'quotient') return keptFactors(factors, factors.at(-1));
  return saves === 'tensors' ? keptTensors(names) : saves;
}

const noteOf = ({ fpo, counts }: PointwiseRow): string =>
  fpo === 0 ? 'none' : `${fpo} per output element${counts ? `: ${counts}` : ''}`;

/** Defines a table of element-wise operators; the keys are their names. */
export const pointwiseTable = <K extends string>(rows: Readonly<Record<K, PointwiseRow>>): Record<K, Op> =>
  Object.fromEntries(
    Object.entries<PointwiseRow>(rows).map(([name, row]) => [name, pointwise(name, row)]),
  ) as Record<K, Op>;
