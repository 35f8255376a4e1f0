// Elements picked and put by index tensors: gather, scatter, index_select and its in-place relatives, embeddings, masked
// selection. Picking counts no FPO; adding what is scattered counts one per element that is added.

import { showShape } from '../tensor/broadcast';
import { keepsContents, stretchContents, withContents } from '../tensor/contents';
import type { Scalar } from '../tensor/scalar';
import type { Shape, TensorSpec } from '../tensor/tensor';
import {
  broadcast,
  count,
  fail,
  isTensor,
  otherCost,
  product,
  resolveDim,
  sizeAt,
  withSize,
} from './arguments';
import { DataDependentSize, defineOp, type Op } from './operator';

interface GatherArgs {
  readonly input: TensorSpec;
  readonly dim: number;
  readonly index: TensorSpec;
}

/** One element of `input` for each element of `index`, at the same place but along `dim`. */
export const gather = defineOp<GatherArgs>({
  name: 'gather',
  infer({ input, dim, index }) {
    const at = resolveDim(dim, input.shape.length);
    // a number counts as a vector of one element
    const rank = (spec: TensorSpec): number => Math.max(spec.shape.length, 1);
    const fits =
      rank(index) === rank(input) && index.shape.every((size, i) => i === at || size <= sizeAt(input, i));
    if (!fits && count(index) > 0)
      fail(
        `gather with an index of shape ${showShape(index.shape)} does not fit a tensor of shape ${showShape(input.shape)}`,
      );
    return [{ shape: index.shape, dtype: input.dtype }];
  },
  saves: ['input', 'index'],
});

/** take_along_dim: gather, with all other dimensions broadcast. */
export const takeAlongDim = defineOp<Omit<GatherArgs, 'dim'> & { readonly dim: number | null }>({
  name: 'take_along_dim',
  infer({ input, dim, index }) {
    if (dim === null) return [{ shape: [count(index)], dtype: input.dtype }];
    const at = resolveDim(dim, input.shape.length);
    const others = broadcast(withSize(input.shape, at, 1), withSize(index.shape, at, 1));
    return [{ shape: withSize(others, at, sizeAt(index, at)), dtype: input.dtype }];
  },
  saves: ['input', 'index'],
});

/** Writes or adds elements of `source` where `index` says; the result has the input's shape. */
const scattering = (name: string, adds: boolean, saves: readonly string[] = ['index']): Op =>
  defineOp<GatherArgs & { readonly source: TensorSpec | Scalar }>({
    name,
    infer({ input, dim }) {
      resolveDim(dim, input.shape.length);
      return [{ shape: input.shape, dtype: input.dtype }];
    },
    cost: adds
      ? ({ index, source }) => otherCost(isTensor(source) ? count(source) : count(index))
      : undefined,
    saves,
    note: adds ? '1 per element that is added' : 'none',
  });

export const scatter = scattering('scatter', false);
export const scatterReduce = scattering('scatter_reduce', true, ['input', 'index', 'source', 'output']);
export const scatterAdd = scattering('scatter_add', true);
export const indexAdd = scattering('index_add', true, ['index', 'source']);
export const indexCopy = scattering('index_copy', false, ['index', 'source']);
export const indexFill = scattering('index_fill', false);

interface IndexSelectArgs extends GatherArgs {}

export const indexSelect = defineOp<IndexSelectArgs>({
  name: 'index_select',
  infer({ input, dim, index }) {
    const at = resolveDim(dim, input.shape.length);
    if (index.shape.length > 1)
      fail(`index_select takes a vector, but the index has shape ${showShape(index.shape)}`);
    const shape = input.shape.length === 0 ? [] : withSize(input.shape, at, count(index));
    return [withContents({ shape, dtype: input.dtype }, selectedContents(input, at, index, shape))];
  },
  saves: ['index'],
});

function selectedContents(
  input: TensorSpec,
  dim: number,
  index: TensorSpec,
  shape: Shape,
): number[] | undefined {
  const { contents } = input;
  if (!contents || !index.contents || !keepsContents(shape)) return undefined;
  const inner = product(input.shape.slice(dim + 1));
  const size = sizeAt(input, dim);
  const outer = product(input.shape.slice(0, dim));
  return Array.from({ length: outer }, (_, row) =>
    (index.contents ?? []).flatMap((at) => {
      const from = (row * size + at) * inner;
      return contents.slice(from, from + inner);
    }),
  ).flat();
}

/** Elements of the flat tensor by number. */
export const take = defineOp<{ readonly input: TensorSpec; readonly index: TensorSpec }>({
  name: 'take',
  infer({ input, index }) {
    const contents = input.contents && index.contents?.map((at) => input.contents?.at(at) as number);
    return [withContents({ shape: index.shape, dtype: input.dtype }, contents)];
  },
  saves: ['input', 'index'],
});

/** Elements of a tensor that a mask lets through, as a vector. */
export const maskedSelect = defineOp<{ readonly input: TensorSpec; readonly mask: TensorSpec }>({
  name: 'masked_select',
  infer({ input, mask }) {
    const shape = broadcast(input.shape, mask.shape);
    const chosen = stretchContents(mask, shape);
    const values = stretchContents(input, shape);
    const picked = chosen && values?.filter((_, i) => chosen[i] !== 0);
    const length = chosen ? chosen.filter((x) => x !== 0).length : product(shape);
    const out = withContents({ shape: [length], dtype: input.dtype }, picked);
    if (chosen === undefined)
      throw new DataDependentSize(
        'elements of a mask',
        'how many elements a mask lets through depends on the data; all of them are assumed',
        [out],
      );
    return [out];
  },
  saves: ['mask'],
});

/** Writes elements of `source`, one after the other, where a mask is true. */
export const maskedScatter = defineOp<{
  readonly input: TensorSpec;
  readonly mask: TensorSpec;
  readonly source: TensorSpec;
}>({
  name: 'masked_scatter',
  infer: ({ input, mask }) => [{ shape: broadcast(input.shape, mask.shape), dtype: input.dtype }],
  saves: ['mask'],
});

/** Rows of a table by number. */
export const embedding = defineOp<{ readonly weight: TensorSpec; readonly indices: TensorSpec }>({
  name: 'embedding',
  infer({ weight, indices }) {
    if (weight.shape.length !== 2)
      fail(`embedding takes a table of two dimensions, but the weight has shape ${showShape(weight.shape)}`);
    return [{ shape: [...indices.shape, weight.shape[1] as number], dtype: weight.dtype }];
  },
  saves: ['indices'],
});

interface BagArgs {
  readonly weight: TensorSpec;
  readonly indices: TensorSpec;
  readonly offsets: TensorSpec | null;
  readonly includeLastOffset: boolean;
}

/** Rows of a table, added up per bag. */
export const embeddingBag = defineOp<BagArgs>({
  name: 'embedding_bag',
  infer({ weight, indices, offsets, includeLastOffset }) {
    const bags = indices.shape.length === 2 ? sizeAt(indices, 0) : count(offsets) - Number(includeLastOffset);
    return [{ shape: [bags, weight.shape[1] as number], dtype: weight.dtype }];
  },
  cost: ({ weight, indices }) => otherCost(count(indices) * (weight.shape[1] as number)),
  saves: ['indices', 'offsets'],
  note: '1 per element that is looked up: add',
});

export const GATHERING: readonly Op[] = [
  embedding,
  embeddingBag,
  gather,
  indexAdd,
  indexCopy,
  indexFill,
  indexSelect,
  maskedScatter,
  maskedSelect,
  scatter,
  scatterAdd,
  scatterReduce,
  take,
  takeAlongDim,
];
