// Picking and putting elements: Gather, Scatter and their like, and operators whose output depends on the data.

import {
  empty,
  emptyLike,
  eye,
  multinomial,
  oneHot,
  randomLike,
  tril,
  triu,
  windowFunction,
} from '../../ops/creation';
import { embedding, gather, indexSelect, scatter, scatterAdd } from '../../ops/gathering';
import { index } from '../../ops/indexing';
import { compress, gatherNd, scatterNd } from '../../ops/nd-indexing';
import { nonzero, topk, unique } from '../../ops/sorting';
import { permute } from '../../ops/views';
import type { DType } from '../../tensor/dtype';
import { elementCount } from '../../tensor/tensor';
import { axisOf, type Row } from '../binding';
import type { NodeCall } from '../node-call';
import type { Argument } from '../recorder';
import type { Tensor } from '../values';
import { typeAttribute } from './elementwise';
import { reshaped } from './shapes';

const ALL: Argument = ['slice', null, null, null];

/** Rows of a table, or of any other dimension, by index tensors of any rank. */
function gatherNode(n: NodeCall): Tensor[] {
  const [input, indices] = [n.in(0), n.in(1)];
  const axis = axisOf(n.int('axis'), input.spec.shape.length);
  const isTable = axis === 0 && input.spec.shape.length === 2 && indices.spec.contents === undefined;
  if (isTable) return n.call(embedding, { weight: input, indices });
  const items = [...new Array<Argument>(axis).fill(ALL), indices];
  return n.call(index, { input, items }, { types: [input.spec.dtype] });
}

const gatherElements: Row['bind'] = (n) =>
  n.call(gather, { input: n.in(0), dim: n.int('axis'), index: n.in(1) });

const scatterElements: Row['bind'] = (n) => {
  const op = n.text('reduction', 'none') === 'none' ? scatter : scatterAdd;
  return n.call(op, { input: n.in(0), dim: n.int('axis'), index: n.in(1), source: n.in(2) });
};

const scatterNdNode: Row['bind'] = (n) => {
  const accumulate = n.text('reduction', 'none') !== 'none';
  return n.call(scatterNd, { input: n.in(0), indices: n.in(1), updates: n.in(2), accumulate });
};

/** Coordinates stand in rows here, in columns in the catalogue. */
function nonZero(n: NodeCall): Tensor[] {
  const [rows] = n.call(nonzero, { input: n.in(0), asTuple: false }) as [Tensor];
  return n.call(permute, { input: rows, dims: [1, 0] });
}

function topK(n: NodeCall): Tensor[] {
  const [k = 1] = n.has(1) ? n.numbers(1) : [n.int('k', 1)];
  const args = { input: n.in(0), k, dim: n.int('axis', -1), largest: n.int('largest', 1) !== 0 };
  return n.call(topk, args, { types: [n.dtype(0), 'int64'] });
}

/** The catalogue gives values, inverse, counts; ONNX has the first places between the values and the inverse. */
function uniqueNode(n: NodeCall): Tensor[] {
  const axis = n.attribute('axis');
  const dim = axis === undefined ? null : n.int('axis');
  const sortedValues = n.int('sorted', 1) !== 0;
  const args = { input: n.in(0), dim, inverse: true, counts: true, consecutive: false };
  const [values, inverse, counts] = n.call(unique, args) as [Tensor, Tensor, Tensor];
  const vague = ({ spec }: Tensor): Tensor => n.made(spec.shape, spec.dtype);
  const places = vague(counts);
  return sortedValues
    ? [values, places, inverse, counts]
    : [vague(values), places, vague(inverse), vague(counts)];
}

function compressNode(n: NodeCall): Tensor[] {
  const flat = n.attribute('axis') === undefined;
  const [input] = flat ? reshaped(n, n.in(0), [elementCount(n.shape(0))]) : [n.in(0)];
  const dim = flat ? 0 : axisOf(n.int('axis'), n.shape(0).length);
  const condition = n.in(1).spec.contents;
  if (!condition) return n.call(compress, { input: input as Tensor, condition: n.in(1), dim });
  const chosen = condition.flatMap((one, i) => (one === 0 ? [] : [i]));
  const places = n.folded([chosen.length], 'int64', chosen);
  return n.call(indexSelect, { input: input as Tensor, dim, index: places });
}

/** A new dimension of the given depth; `values` say what stands for off and on. */
function oneHotNode(n: NodeCall): Tensor[] {
  const [depth = 1] = n.numbers(1);
  const rank = n.shape(0).length + 1;
  const axis = axisOf(n.int('axis', -1), rank);
  const options = { as: 'int64', types: [n.dtype(2)] } as const;
  const hot = n.call(oneHot, { input: n.in(0), classes: depth }, options);
  if (axis === rank - 1) return hot;
  const dims = Array.from({ length: rank - 1 }, (_, i) => i);
  dims.splice(axis, 0, rank - 1);
  return n.call(permute, { input: hot[0] as Tensor, dims });
}

function eyeLike(n: NodeCall): Tensor[] {
  const [rows = 1, columns = 1] = n.shape(0);
  const dtype = typeAttribute(n, 'dtype', n.dtype(0));
  const made = n.call(eye, { rows, columns, dtype });
  return n.int('k') === 0 ? made : [n.made([rows, columns], dtype)];
}

function triangle(n: NodeCall): Tensor[] {
  const diagonal = n.maybe(1)?.spec.contents;
  const known = !n.has(1) || diagonal !== undefined;
  const op = n.int('upper', 1) === 0 ? tril : triu;
  return n.call(op, { input: n.in(0), diagonal: diagonal?.[0] ?? 0 }, known ? {} : { as: n.dtype(0) });
}

const random: Row['bind'] = (n) =>
  n.call(empty, { shape: [...(n.ints('shape') ?? [])], dtype: typeAttribute(n, 'dtype', 'float32') });

const randomAs: Row['bind'] = (n) =>
  n.call(randomLike, { input: n.in(0), dtype: typeAttribute(n, 'dtype', n.dtype(0)) });

const windowNode: Row['bind'] = (n) =>
  n.call(windowFunction, {
    length: n.numbers(0)[0] ?? 0,
    dtype: typeAttribute(n, 'output_datatype', 'float32'),
  });

function melWeights(n: NodeCall): Tensor[] {
  const [bins = 1] = n.numbers(0);
  const [length = 1] = n.numbers(1);
  const shape = [Math.floor(length / 2) + 1, bins];
  return n.call(empty, { shape, dtype: typeAttribute(n, 'output_datatype', 'float32') });
}

function multinomialNode(n: NodeCall): Tensor[] {
  const dtype: DType = typeAttribute(n, 'dtype', 'int32');
  return n.call(multinomial, { input: n.in(0), samples: n.int('sample_size', 1) }, { types: [dtype] });
}

/** Boxes that survive: at most so many per class and image, where the file says how many. */
function nonMaxSuppression(n: NodeCall): Tensor[] {
  const [batch = 1, boxes = 1] = n.shape(0);
  const classes = n.shape(1)[1] ?? 1;
  const most = n.maybe(2)?.spec.contents?.[0] ?? (n.has(2) ? boxes : 0);
  const assumed = batch * classes * Math.min(boxes, most);
  n.assumption('boxes', assumed, 'how many boxes survive depends on the data; as many as may are assumed');
  return n.call(empty, { shape: [assumed, 3], dtype: 'int64' });
}

/** Same shape, elements moved around: counts nothing. */
const sameShape: Row['bind'] = (n) => n.call(emptyLike, { input: n.in(0), dtype: null });

/** Vectors of coordinates of one tensor or many; tuples in the last dimension. */
const gatherNdNode: Row['bind'] = (n) =>
  n.call(gatherNd, { input: n.in(0), indices: n.in(1), batchDims: n.int('batch_dims') });

export const INDEXING_ROWS: readonly Row[] = [
  { op: 'Bernoulli', bind: randomAs },
  { op: 'BlackmanWindow', bind: windowNode },
  { op: 'Compress', bind: compressNode },
  { op: 'EyeLike', bind: eyeLike },
  { op: 'Gather', bind: gatherNode },
  { op: 'GatherElements', bind: gatherElements },
  { op: 'GatherND', bind: gatherNdNode },
  { op: 'HammingWindow', bind: windowNode },
  { op: 'HannWindow', bind: windowNode },
  { op: 'MelWeightMatrix', bind: melWeights },
  { op: 'Multinomial', bind: multinomialNode },
  { op: 'NonMaxSuppression', bind: nonMaxSuppression },
  { op: 'NonZero', bind: nonZero },
  { op: 'OneHot', bind: oneHotNode },
  { op: 'RandomNormal', bind: random },
  { op: 'RandomNormalLike', bind: randomAs },
  { op: 'RandomUniform', bind: random },
  { op: 'RandomUniformLike', bind: randomAs },
  { op: 'ReverseSequence', bind: sameShape },
  { op: 'Scatter', bind: scatterElements },
  { op: 'ScatterElements', bind: scatterElements },
  { op: 'ScatterND', bind: scatterNdNode },
  { op: 'TopK', bind: topK },
  { op: 'Trilu', bind: triangle },
  { op: 'Unique', bind: uniqueNode },
];
