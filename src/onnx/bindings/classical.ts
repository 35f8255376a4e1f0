// ai.onnx.ml: classical models and the preparation of their features.

import { featureScaler, linearModel, rowNormalizer, supportVectors, treeEnsemble } from '../../ops/classical';
import { indexSelect } from '../../ops/gathering';
import { cat } from '../../ops/joining';
import type { DType } from '../../tensor/dtype';
import { elementCount } from '../../tensor/tensor';
import type { Row } from '../binding';
import type { NodeCall } from '../node-call';
import { Sequence, type Tensor, Unfollowed, type Value } from '../values';

/** Rows of the input; a vector is one row. */
const rowsOf = (n: NodeCall): number => (n.shape(0).length > 1 ? (n.shape(0)[0] ?? 1) : 1);

/** The type and number of the classes that a classifier knows. */
function classesOf(n: NodeCall, ints: string, texts: string): readonly [count: number, dtype: DType] {
  const numbers = n.length(ints);
  return numbers > 0 ? [numbers, 'int64'] : [n.length(texts), 'string'];
}

/** Two classes may share one set of weights. */
const bothOf = (count: number): number => Math.max(count, 2);

function linearClassifier(n: NodeCall): Tensor[] {
  const [classes, dtype] = classesOf(n, 'classlabels_ints', 'classlabels_strings');
  const targets = n.length('intercepts') || bothOf(classes);
  const rows = rowsOf(n);
  const scores = classes === 2 && targets === 1 ? 2 : classes || bothOf(targets);
  return classical(
    n,
    [
      [[rows], dtype],
      [[rows, scores], 'float32'],
    ],
    (args) => n.call(linearModel, { ...args, targets }),
  );
}

type Outputs = readonly (readonly [shape: readonly number[], dtype: DType])[];

const classical = (
  n: NodeCall,
  outputs: Outputs,
  call: (args: { readonly input: Tensor; readonly outputs: Outputs }) => Tensor[],
): Tensor[] => call({ input: n.in(0), outputs });

function linearRegressor(n: NodeCall): Tensor[] {
  const targets = n.int('targets', 1);
  return classical(n, [[[rowsOf(n), targets], 'float32']], (args) =>
    n.call(linearModel, { ...args, targets }),
  );
}

function svmRegressor(n: NodeCall): Tensor[] {
  const vectors = n.int('n_supports') || n.length('coefficients');
  return classical(n, [[[rowsOf(n), 1], 'float32']], (args) =>
    n.call(supportVectors, { ...args, vectors, targets: 1 }),
  );
}

function svmClassifier(n: NodeCall): Tensor[] {
  const [classes, dtype] = classesOf(n, 'classlabels_ints', 'classlabels_strings');
  const vectors = n.ints('vectors_per_class')?.reduce((a, b) => a + b, 0) ?? 0;
  const rows = rowsOf(n);
  const hasProbabilities = n.length('prob_a') > 0;
  const pairs = (classes * (classes - 1)) / 2;
  const scores = hasProbabilities || vectors === 0 || classes <= 2 ? bothOf(classes) : pairs;
  return classical(
    n,
    [
      [[rows], dtype],
      [[rows, scores], 'float32'],
    ],
    (args) => n.call(supportVectors, { ...args, vectors, targets: classes }),
  );
}

// --- trees ----------------------------------------------------------------------------------------------------------

/** Distinct trees, and a bound for the longest way down. */
function treesOf(n: NodeCall): { readonly trees: number; readonly depth: number } {
  const ids = n.ints('nodes_treeids');
  const trees = ids ? new Set(ids).size : n.length('tree_roots');
  const nodes = n.length('nodes_treeids') || n.length('nodes_featureids');
  const perTree = nodes / Math.max(trees, 1);
  return { trees, depth: Math.ceil(Math.log2(perTree + 1)) };
}

function noteTrees(n: NodeCall): void {
  const reason = 'how deep trees are walked depends on the data; the depth of balanced trees is assumed';
  n.assumption('tree depth', treesOf(n).depth, reason);
}

function treeClassifier(n: NodeCall): Tensor[] {
  const [classes, dtype] = classesOf(n, 'classlabels_int64s', 'classlabels_strings');
  const rows = rowsOf(n);
  noteTrees(n);
  return classical(
    n,
    [
      [[rows], dtype],
      [[rows, classes], 'float32'],
    ],
    (args) => n.call(treeEnsemble, { ...args, ...treesOf(n) }),
  );
}

function treeRegressor(n: NodeCall): Tensor[] {
  const dtype = n.node.op === 'TreeEnsemble' ? n.dtype(0) : 'float32';
  noteTrees(n);
  return classical(n, [[[rowsOf(n), n.int('n_targets', 1)], dtype]], (args) =>
    n.call(treeEnsemble, { ...args, ...treesOf(n) }),
  );
}

// --- features -------------------------------------------------------------------------------------------------------

const sameType: Row['bind'] = (n) => n.made(n.shape(0), n.dtype(0));

/** One place per category behind the input's dimensions. */
function oneHotEncoder(n: NodeCall): Tensor {
  const count = n.length('cats_int64s') || n.length('cats_strings');
  return n.made([...n.shape(0), count], 'float32');
}

/** Columns that are chosen, of the last dimension. */
function extractor(n: NodeCall): Tensor[] {
  const shape = n.shape(0);
  const count = elementCount(n.shape(1));
  const index = n.relabelled(n.in(1), { shape: [count], dtype: n.dtype(1) });
  const matrix = shape.length === 1 ? n.view(n.in(0), [1, ...shape]) : n.in(0);
  return n.call(indexSelect, { input: matrix, dim: -1, index }, { as: n.dtype(0), types: [n.dtype(0)] });
}

/** What each kind of key is turned into. */
function labelEncoder(n: NodeCall): Tensor {
  const value = n.attribute('values_tensor');
  if (value?.kind === 'tensor' && value.tensor.dtype) return n.made(n.shape(0), value.tensor.dtype);
  const kinds: readonly (readonly [string, DType])[] = [
    ['values_strings', 'string'],
    ['values_int64s', 'int64'],
    ['values_floats', 'float32'],
  ];
  const kind = kinds.find(([name]) => n.length(name) > 0);
  if (kind) return n.made(n.shape(0), kind[1]);
  // Version 1 turns texts into numbers and back.
  if (n.length('classes_strings') > 0)
    return n.made(n.shape(0), n.dtype(0) === 'string' ? 'int64' : 'string');
  throw new Unfollowed(`${n.title} does not say what it turns labels into`);
}

/** The inputs' columns side by side. */
function featureVectorizer(n: NodeCall): Tensor[] {
  const tensors = n.rest().map((tensor) => {
    const { shape } = tensor.spec;
    const rows = shape.length > 1 ? (shape[0] ?? 1) : 1;
    return n.relabelled(tensor, { shape: [rows, elementCount(shape) / Math.max(rows, 1)], dtype: 'float32' });
  });
  return n.call(cat, { tensors, dim: 1 });
}

const categoryMapper: Row['bind'] = (n) => n.made(n.shape(0), n.dtype(0) === 'string' ? 'int64' : 'string');

/** Maps have no shape. */
const unfollowed: Row['bind'] = (n): Value => {
  throw new Unfollowed(
    `what \`ai.onnx.ml:${n.node.op}\` gives is a map or depends on one, which is not followed`,
  );
};

export const CLASSICAL_ROWS: readonly Row[] = [
  { op: 'ArrayFeatureExtractor', bind: extractor },
  { op: 'Binarizer', bind: sameType },
  { op: 'CastMap', bind: unfollowed },
  { op: 'CategoryMapper', bind: categoryMapper },
  { op: 'DictVectorizer', bind: unfollowed },
  { op: 'FeatureVectorizer', bind: featureVectorizer },
  { op: 'Imputer', bind: sameType },
  { op: 'LabelEncoder', bind: labelEncoder },
  { op: 'LinearClassifier', bind: linearClassifier },
  { op: 'LinearRegressor', bind: linearRegressor },
  { op: 'Normalizer', bind: (n) => n.call(rowNormalizer, { input: n.in(0) }) },
  { op: 'OneHotEncoder', bind: oneHotEncoder },
  { op: 'SVMClassifier', bind: svmClassifier },
  { op: 'SVMRegressor', bind: svmRegressor },
  { op: 'Scaler', bind: (n) => n.call(featureScaler, { input: n.in(0) }) },
  { op: 'TreeEnsemble', bind: treeRegressor },
  { op: 'TreeEnsembleClassifier', bind: treeClassifier },
  { op: 'TreeEnsembleRegressor', bind: treeRegressor },
  { op: 'ZipMap', bind: () => new Sequence(undefined) },
];
