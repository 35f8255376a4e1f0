// Indexing with brackets: x[items] and x[items] = value. A frontend brings what stands in the brackets into a list of items:
//
//   number                          one element of a dimension, which goes
//   ['slice', start, stop, step]    a range; each of the three may be null
//   null                            a new dimension of size 1
//   '...'                           all dimensions in between
//   true / false                    a mask without dimensions
//   tensor of int64 …               elements by number; tensors of this kind are broadcast together
//   tensor of bool                  elements by mask, over as many dimensions as the mask has
//   list of numbers or bools        the same as a tensor of them; lists may be nested
//
// Without tensors, lists and masks the result is a view, else a copy. A number beside tensors selects first, as in PyTorch
// (NumPy makes it one of the tensors). A tensor of integers without dimensions selects too.

import { showShape } from '../tensor/broadcast';
import { asElement, castContents, keepsContents, stretchContents, withContents } from '../tensor/contents';
import type { DType } from '../tensor/dtype';
import { isScalar, type Scalar, scalarValue } from '../tensor/scalar';
import { elementCount, type Shape, type TensorSpec } from '../tensor/tensor';
import { broadcast, fail, isTensor, product } from './arguments';
import { inserted, type Layout, positions, selected, sliced, views } from './layout';
import { DataDependentSize, defineOp, type Op, type OpArgument } from './operator';
import { nonzeroRows } from './sorting';

export type SliceItem = readonly ['slice', number | null, number | null, number | null];
type NestedList = readonly (number | boolean | NestedList)[];
export type IndexItem = number | boolean | null | '...' | SliceItem | TensorSpec | NestedList;

const isSlice = (item: IndexItem): item is SliceItem => Array.isArray(item) && item[0] === 'slice';

const flattened = (list: NestedList): (number | boolean)[] =>
  list.flatMap((one) => (typeof one === 'object' ? flattened(one) : [one]));

/** A nested list as a tensor. */
function listTensor(list: NestedList): TensorSpec {
  const shape: number[] = [];
  for (let level: unknown = list; Array.isArray(level); level = level[0]) shape.push(level.length);
  const flat = flattened(list);
  const dtype: DType = typeof flat[0] === 'boolean' ? 'bool' : 'int64';
  return { shape, dtype, contents: flat.map(Number) };
}

/** Items with lists and bare truth values as tensors. */
const asTensors = (items: readonly IndexItem[]) =>
  items.map((item) => {
    if (typeof item === 'boolean')
      return { shape: [], dtype: 'bool', contents: [Number(item)] } as TensorSpec;
    return Array.isArray(item) && !isSlice(item) ? listTensor(item as NestedList) : item;
  }) as readonly Exclude<IndexItem, boolean | NestedList>[];

const isMask = (tensor: TensorSpec): boolean => tensor.dtype === 'bool' || tensor.dtype === 'uint8';

/** A tensor that stands for a plain number. */
const selects = (tensor: TensorSpec): boolean => tensor.shape.length === 0 && !isMask(tensor);

/** Whether an index gives a view. */
const isBasic = (items: readonly IndexItem[]): boolean =>
  asTensors(items).every((item) => !isTensor(item) || selects(item));

/** How many dimensions of the tensor an item is for. */
function dimensionsFor(item: IndexItem): number {
  if (item === null || item === '...') return 0;
  return isTensor(item) && isMask(item) ? item.shape.length : 1;
}

/** Numbers of the elements that a slice takes: first, how many, step. */
function sliceRange(
  [, start, stop, step]: SliceItem,
  size: number,
): [first: number, length: number, step: number] {
  const by = step ?? 1;
  if (by <= 0) fail(`a slice of a tensor needs a positive step, but got ${by}`);
  const clip = (at: number): number => Math.min(Math.max(at < 0 ? at + size : at, 0), size);
  const [first, end] = [clip(start ?? 0), clip(stop ?? size)];
  return [first, Math.max(0, Math.ceil((end - first) / by)), by];
}

function elementAt(index: number, size: number, input: TensorSpec): number {
  if (index < -size || index >= size)
    fail(
      `index ${index} is out of bounds for a dimension of size ${size} of shape ${showShape(input.shape)}`,
    );
  return index < 0 ? index + size : index;
}

/** What the basic items make of a tensor, and the tensors that stand before its dimensions. */
interface Applied {
  readonly viewed: TensorSpec;
  readonly tensors: readonly (TensorSpec | null)[];
}

/** Goes through the items from left to right: views now, tensors noted at the dimension they are for. */
function applyBasic(input: TensorSpec, given: readonly IndexItem[]): Applied {
  const items = asTensors(given);
  const rank = input.shape.length;
  const wanted = items.reduce((sum: number, item) => sum + dimensionsFor(item), 0);
  if (wanted > rank)
    fail(`too many indices for a tensor of shape ${showShape(input.shape)}: ${wanted} of ${rank}`);
  const tensors: (TensorSpec | null)[] = [];
  const walk = (layout: Layout): Layout => {
    tensors.length = 0;
    return items.reduce((so, item) => step(so, item, input, rank - wanted, tensors), layout);
  };
  const viewed = views(input, (layout) => [walk(layout)])[0] as TensorSpec;
  return { viewed, tensors };
}

/** One item; `tensors` grows by one entry for each dimension that is done with. */
function step(
  layout: Layout,
  item: ReturnType<typeof asTensors>[number],
  input: TensorSpec,
  free: number,
  tensors: (TensorSpec | null)[],
): Layout {
  const dim = tensors.length;
  const size = layout.shape[dim] ?? 0;
  if (item === '...') {
    for (let i = 0; i < free; i++) tensors.push(null);
    return layout;
  }
  if (item === null) {
    tensors.push(null);
    return inserted(layout, dim);
  }
  if (typeof item === 'number') return selected(layout, dim, elementAt(item, size, input));
  if (isTensor(item)) return stepTensor(layout, item, tensors);
  tensors.push(null);
  return sliced(layout, dim, ...sliceRange(item as SliceItem, size));
}

function stepTensor(layout: Layout, item: TensorSpec, tensors: (TensorSpec | null)[]): Layout {
  const dim = tensors.length;
  if (selects(item)) return selected(layout, dim, Math.max(0, item.contents?.[0] ?? 0));
  if (item.shape.length === 0) {
    tensors.push(item);
    return inserted(layout, dim);
  }
  tensors.push(item);
  for (let i = 1; isMask(item) && i < item.shape.length; i++) tensors.push(null);
  return layout;
}

/** Index tensors per dimension, masks turned into numbers. */
function numbered(viewed: TensorSpec, tensors: readonly (TensorSpec | null)[]): (TensorSpec | null)[] {
  const result = [...tensors];
  for (const [dim, tensor] of tensors.entries()) {
    if (tensor === null || !isMask(tensor)) continue;
    const mask = tensor.shape.length === 0 ? { ...tensor, shape: [1] } : tensor;
    const span = viewed.shape.slice(dim, dim + mask.shape.length);
    if (span.join() !== mask.shape.join())
      fail(
        `a mask of shape ${showShape(mask.shape)} does not fit the indexed shape ${showShape(viewed.shape)}`,
      );
    for (const [i, column] of maskColumns(mask).entries()) result[dim + i] = column;
  }
  return result;
}

/** Numbers of the elements that a mask lets through, per dimension of the mask; all of them where that is not known. */
function maskColumns(mask: TensorSpec): TensorSpec[] {
  const rows = mask.contents && nonzeroRows(mask);
  const length = rows?.length ?? elementCount(mask.shape);
  return mask.shape.map((_, dim) =>
    withContents(
      { shape: [length], dtype: 'int64' },
      rows?.map((row) => row[dim] as number),
    ),
  );
}

/** The result of index tensors on a tensor: theirs are broadcast, and stand in the first's place where they are neighbours. */
function gather(viewed: TensorSpec, tensors: readonly (TensorSpec | null)[]): TensorSpec {
  const at = [...tensors.keys()].filter((dim) => tensors[dim] !== null);
  const indices = at.map((dim) => tensors[dim] as TensorSpec);
  const block = broadcast(...indices.map((index) => index.shape));
  const neighbours = at.every((dim, i) => i === 0 || dim === (at[i - 1] as number) + 1);
  const lead = neighbours ? (at[0] as number) : 0;
  const rest = [...viewed.shape.keys()].filter((dim) => !at.includes(dim));
  const sizes = (dims: readonly number[]): Shape => dims.map((dim) => viewed.shape[dim] as number);
  const shape = [...sizes(rest.slice(0, lead)), ...block, ...sizes(rest.slice(lead))];
  const out = { shape, dtype: viewed.dtype };
  if (!keepsContents(shape)) return out;
  return withContents(out, gathered(viewed, at, indices, block, lead));
}

/** Contents of a gathered result. */
function gathered(
  viewed: TensorSpec,
  at: readonly number[],
  indices: readonly TensorSpec[],
  block: Shape,
  lead: number,
): number[] | undefined {
  const { contents, shape } = viewed;
  const wide = indices.map((index) => stretchContents(index, block));
  if (contents === undefined || wide.includes(undefined)) return undefined;
  const steps = shape.map((_, dim) => product(shape.slice(dim + 1)));
  const rest = [...shape.keys()].filter((dim) => !at.includes(dim));
  const run = (offsets: number[], dims: readonly number[]): number[] =>
    dims.reduce(
      (so, dim) =>
        so.flatMap((base) =>
          Array.from({ length: shape[dim] as number }, (_, i) => base + i * (steps[dim] as number)),
        ),
      offsets,
    );
  const hits = Array.from({ length: product(block) }, (_, i) =>
    at.reduce((sum, dim, k) => {
      const index = wide[k]?.[i] as number;
      return sum + elementAt(index, shape[dim] as number, viewed) * (steps[dim] as number);
    }, 0),
  );
  const outer = run([0], rest.slice(0, lead)).flatMap((base) => hits.map((hit) => base + hit));
  return run(outer, rest.slice(lead)).map((offset) => contents[offset] as number);
}

const unknownMask = (tensors: readonly (TensorSpec | null)[]): boolean =>
  tensors.some((tensor) => tensor !== null && isMask(tensor) && tensor.contents === undefined);

/** What an index takes out of a tensor; a mask that is not known is taken as all true. */
function indexed(input: TensorSpec, items: readonly IndexItem[]): { out: TensorSpec; certain: boolean } {
  const { viewed, tensors } = applyBasic(input, items);
  if (tensors.every((tensor) => tensor === null)) return { out: viewed, certain: true };
  return { out: gather(viewed, numbered(viewed, tensors)), certain: !unknownMask(tensors) };
}

interface IndexArgs {
  readonly input: TensorSpec;
  readonly items: readonly IndexItem[];
}

/** x[items] */
export const index = defineOp<IndexArgs>({
  name: 'index',
  infer({ input, items }) {
    const { out, certain } = indexed(input, items);
    if (!certain)
      throw new DataDependentSize(
        'elements of a mask',
        'how many elements a mask lets through depends on the data; all of them are assumed',
        [out],
      );
    return [out];
  },
  alias: ({ items }) => (isBasic(items) ? 'view' : 'fresh'),
  saves: ({ items }) => items.filter(isTensor).filter((item) => !selects(item)),
});

interface IndexPutArgs extends IndexArgs {
  readonly value: TensorSpec | Scalar;
  readonly accumulate?: boolean | null;
}

/** Contents after elements were written; undefined where something is not known. */
function written({ input, items, value, accumulate }: IndexPutArgs): readonly number[] | undefined {
  const { contents } = input;
  if (contents === undefined) return undefined;
  const where = indexed(positions(input.shape), items).out;
  const source = isScalar(value)
    ? where.contents?.map(() => scalarValue(value))
    : stretchContents(trimmed(value, where.shape.length), where.shape);
  if (where.contents === undefined || source === undefined) return undefined;
  const result = [...contents];
  for (const [i, at] of where.contents.entries()) {
    const base = accumulate ? (result[at] as number) : 0;
    result[at] = asElement(base + (source[i] as number), input.dtype);
  }
  return result;
}

/** A value without its leading dimensions of size 1 that the target has not. */
function trimmed(value: TensorSpec, rank: number): TensorSpec {
  const extra = Math.max(0, value.shape.length - rank);
  return value.shape.slice(0, extra).every((size) => size === 1)
    ? { shape: value.shape.slice(extra), dtype: value.dtype, contents: value.contents }
    : value;
}

/** x[items] = value: the tensor as it is afterwards. */
export const indexPut = defineOp<IndexPutArgs>({
  name: 'index_put',
  infer(args) {
    const { input, items, value } = args;
    const { out, certain } = indexed(input, items);
    if (certain && !isScalar(value)) checkFits(trimmed(value, out.shape.length).shape, out.shape);
    return [withContents({ ...input, contents: undefined }, written(args))];
  },
  alias: 'inplace',
  saves: ({ items }) => items.filter(isTensor).filter((item) => !selects(item)),
});

/**
 * `x[i, j] = number` for one element: the tensor as it is afterwards, or undefined where the items are no whole numbers
 * within its sizes. The same as `index_put`, in less time: tables are filled element by element.
 */
export function writeElement(
  input: TensorSpec,
  items: readonly unknown[],
  value: number,
): TensorSpec | undefined {
  const { shape, contents, dtype } = input;
  if (items.length !== shape.length) return undefined;
  let at = 0;
  for (const [dim, size] of shape.entries()) {
    const index = items[dim];
    if (typeof index !== 'number' || index < -size || index >= size) return undefined;
    at = at * size + (index < 0 ? index + size : index);
  }
  if (contents === undefined) return input;
  const result = contents.slice();
  result[at] = asElement(value, dtype);
  return { ...input, contents: result };
}

function checkFits(value: Shape, target: Shape): void {
  if (broadcast(value, target).join() !== target.join())
    fail(`a value of shape ${showShape(value)} cannot be written into a place of shape ${showShape(target)}`);
}

/** Index items among operator arguments, as a binding hands them over. */
export const indexItems = (argument: OpArgument): readonly IndexItem[] =>
  (Array.isArray(argument) ? argument : [argument]) as readonly IndexItem[];

/** Contents of another type, for a frontend that writes into a tensor. */
export const castSpec = (spec: TensorSpec, dtype: DType): TensorSpec =>
  withContents({ ...spec, dtype, contents: undefined }, castContents(spec.contents, dtype));

export const INDEXING: readonly Op[] = [index, indexPut];
