// Classical models of scikit-learn's kind, as ONNX files hold them: linear models, support vectors, trees. Their weights are
// attributes, not tensors, so only sizes come in. Their products are no contractions of tensors and count as other FPO.

import type { DType } from '../tensor/dtype';
import type { Shape, TensorSpec } from '../tensor/tensor';
import { count, otherCost } from './arguments';
import { defineOp, type Op } from './operator';

interface ClassicalArgs {
  /** [rows, features] or [features]. */
  readonly input: TensorSpec;
  readonly outputs: readonly (readonly [shape: Shape, dtype: DType])[];
}

const rows = ({ shape }: TensorSpec): number => (shape.length > 1 ? (shape[0] ?? 1) : 1);

const inferred = ({ outputs }: ClassicalArgs): TensorSpec[] =>
  outputs.map(([shape, dtype]) => ({ shape, dtype }));

export const linearModel = defineOp<ClassicalArgs & { readonly targets: number }>({
  name: 'linear_model',
  infer: inferred,
  cost: ({ input, targets }) => otherCost(2 * count(input) * targets),
  note: '2 per feature and target: multiply, add',
});

export const supportVectors = defineOp<
  ClassicalArgs & { readonly vectors: number; readonly targets: number }
>({
  name: 'support_vectors',
  infer: inferred,
  cost: ({ input, vectors, targets }) =>
    otherCost(2 * count(input) * vectors + 2 * rows(input) * vectors * targets),
  note: '2 per feature and support vector, and 2 per support vector and target; kernels other than linear cost more',
});

export const treeEnsemble = defineOp<ClassicalArgs & { readonly trees: number; readonly depth: number }>({
  name: 'tree_ensemble',
  infer: inferred,
  cost: ({ input, trees, depth }) => otherCost(rows(input) * trees * (depth + 1)),
  note: 'per row and tree, a comparison per level of the deepest path, and an add: an upper bound',
});

/** Scales each feature: subtract, multiply. */
export const featureScaler = defineOp<{ readonly input: TensorSpec }>({
  name: 'feature_scaler',
  infer: ({ input }) => [{ shape: input.shape, dtype: 'float32' }],
  cost: ({ input }) => otherCost(2 * count(input)),
  note: '2 per element: subtract, multiply',
});

/** Divides each row by its largest element, sum or length. */
export const rowNormalizer = defineOp<{ readonly input: TensorSpec }>({
  name: 'row_normalizer',
  infer: ({ input }) => [{ shape: input.shape, dtype: 'float32' }],
  cost: ({ input }) => otherCost(3 * count(input)),
  note: '3 per element: multiply, add, divide',
});

export const CLASSICAL: readonly Op[] = [
  featureScaler,
  linearModel,
  rowNormalizer,
  supportVectors,
  treeEnsemble,
];
