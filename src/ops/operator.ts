// What an operator is: one definition that holds its shape rule, its cost, what it keeps for backward, and whether its
// result is a view. Frameworks bind their names to these definitions and translate arguments; nothing here knows them.
//
// Costs follow the paper's measure: FPO counts ADD and MUL one each. A contraction (matmul, convolution, attention, RNN)
// is given as multiply-accumulates, written as a sum of products, so that a formula can be shown with this call's numbers.

import type { DType } from '../tensor/dtype';
import type { FloatScalar } from '../tensor/scalar';
import type { TensorSpec } from '../tensor/tensor';

/**
 * What operators take: tensors, plain values, and lists of either. `null` is an argument left out. A Python float is a
 * FloatScalar, so that promotion knows it from an int; a number that is integral is an int. Traces keep the bare number.
 */
export type OpArgument =
  | TensorSpec
  | FloatScalar
  | DType
  | number
  | boolean
  | string
  | null
  | readonly OpArgument[];

/** A product of sizes, in the order in which a formula shows them. */
export type Product = readonly number[];

/** What a call costs going forward. */
export interface OpCost {
  /** Multiply-accumulates of contractions: the sum of these products. Contraction FPO = 2 × MAC, bias not included. */
  readonly macs: readonly Product[];
  /** FPO outside of contractions: bias, element-wise, norms, softmax, pooling, reductions. */
  readonly other: number;
}

/**
 * How outputs lie in memory: `fresh` storages, a `view` of the first tensor argument, or `inplace` = written into it.
 * A function decides by the arguments (reshape is a view where the strides allow it).
 */
export type Aliasing = 'fresh' | 'view' | 'inplace';

/**
 * Whether a gradient flows into the argument of this name; of a list, into the tensor at an index, or without one into any
 * of its tensors.
 */
export type Needs = (argument: string, index?: number) => boolean;

/** One operator. `A` is the record of its arguments, by name. */
export interface OpDefinition<A> {
  /** Unique in the catalogue, in the words of the field: `conv`, `matmul`, `layer_norm`. */
  readonly name: string;
  /** Shapes and dtypes of the outputs. Throws OpError where the arguments do not fit together. */
  readonly infer: (args: A) => readonly TensorSpec[];
  /** FPO of a call; left out = none (views, copies, comparisons of indices). */
  readonly cost?: (args: A, outputs: readonly TensorSpec[]) => OpCost;
  /**
   * Names of the arguments whose gradient costs one more contraction of the same size each, as in
   * conv: input, weight. Other FPO going backward = the forward's, once per argument that needs a gradient, unless
   * `backwardOther` says otherwise.
   */
  readonly contracts?: readonly (keyof A & string)[];
  readonly backwardOther?: (args: A, outputs: readonly TensorSpec[]) => number;
  /** Multiply-accumulates going backward where they are not `contracts` times the forward's: attention, RNN. */
  readonly backwardMacs?: (args: A, outputs: readonly TensorSpec[], needs: Needs) => readonly Product[];
  /**
   * What autograd keeps until backward: argument names, `output` (all of them) or `output:1`, or tensors of its own.
   * A function can also ask which arguments need a gradient: `mul` keeps one factor for the gradient of the other.
   */
  readonly saves?:
    | readonly string[]
    | ((args: A, outputs: readonly TensorSpec[], needs: Needs) => readonly (string | TensorSpec)[]);
  /** The same where the result is written over the first argument, if that is not a copy of what `saves` says. */
  readonly savesInplace?: OpDefinition<A>['saves'];
  /** Tensors that live only while the call runs, as the copies that a matmul makes of strided arguments. */
  readonly workspace?: (args: A, outputs: readonly TensorSpec[]) => readonly TensorSpec[];
  readonly alias?: Aliasing | ((args: A) => Aliasing);
  /** One sentence for the user: what is counted, per element, and where the formula comes from. */
  readonly note?: string;
}

/** A definition with the type of its arguments forgotten: what the catalogue holds. */
export type Op = OpDefinition<Readonly<Record<string, OpArgument>>>;

/** Arguments that do not fit an operator; the message is a sentence for the user. */
export class OpError extends Error {}

/** Operands of different dtypes where PyTorch takes one: sizes and cost are known all the same, as of `assumed`. */
export class UnequalTypes extends OpError {
  constructor(
    message: string,
    readonly assumed: readonly TensorSpec[],
  ) {
    super(message);
  }
}

/**
 * Thrown by `infer` where the output's size depends on the data (nonzero, boolean masks, NMS). The caller goes on with
 * `assumed` and marks the figure with a knob of this name and reason.
 */
export class DataDependentSize extends Error {
  constructor(
    readonly knob: string,
    reason: string,
    readonly assumed: readonly TensorSpec[],
  ) {
    super(reason);
  }
}

/** Declares an operator; the argument record is checked where it is defined and forgotten where it is used. */
export function defineOp<A extends object>(definition: OpDefinition<A>): Op {
  return definition as unknown as Op;
}

/** Contraction FPO of a cost: 2 × the multiply-accumulates. */
export function contractionFpo({ macs }: OpCost): number {
  let sum = 0;
  for (const product of macs) {
    let macsOfProduct = 1;
    for (const size of product) macsOfProduct *= size;
    sum += macsOfProduct;
  }
  return 2 * sum;
}
