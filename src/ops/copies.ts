// Operators that copy or select without arithmetic: clone, contiguous, conversion between element types, where,
// masked_fill, fill, dropout. `contiguous` and `convert` give the tensor itself where there is nothing to do.

import { asElement, castContents, foldElements, stretchContents, withContents } from '../tensor/contents';
import type { DType } from '../tensor/dtype';
import { resultType } from '../tensor/promotion';
import { isScalar, type Scalar, scalarValue } from '../tensor/scalar';
import {
  channelsLastStrides,
  elementwiseSpec,
  isChannelsLast,
  isContiguous,
  isDense,
  strided,
} from '../tensor/strides';
import { elementCount, type TensorSpec } from '../tensor/tensor';
import { broadcast, count, isTensor, otherCost } from './arguments';
import { defineOp, type Op } from './operator';

type Input = { readonly input: TensorSpec };
type MemoryFormat = string | null;

/** Whether the tensor lies as this memory format asks; null and `preserve_format` ask nothing. */
function lies(input: TensorSpec, format: MemoryFormat): boolean {
  if (format?.startsWith('channels_last')) return isChannelsLast(input);
  return format === 'contiguous_format' ? isContiguous(input) : true;
}

/** A copy of a tensor in a memory format. */
function copied(input: TensorSpec, dtype: DType, format: MemoryFormat): TensorSpec {
  const contents = castContents(input.contents, dtype);
  if (format?.startsWith('channels_last'))
    return withContents(strided(input.shape, dtype, channelsLastStrides(input.shape)), contents);
  const keeps = format !== 'contiguous_format' && isDense(input);
  return withContents(
    keeps
      ? { ...input, dtype, contents: undefined }
      : elementwiseSpec(input.shape, dtype, format ? [] : [input]),
    contents,
  );
}

export const clone = defineOp<Input & { readonly memoryFormat?: MemoryFormat }>({
  name: 'clone',
  infer: ({ input, memoryFormat }) => [copied(input, input.dtype, memoryFormat ?? null)],
});

export const contiguous = defineOp<Input & { readonly memoryFormat?: MemoryFormat }>({
  name: 'contiguous',
  infer({ input, memoryFormat }) {
    const format = memoryFormat ?? 'contiguous_format';
    return [lies(input, format) ? input : copied(input, input.dtype, format)];
  },
  alias: ({ input, memoryFormat }) => (lies(input, memoryFormat ?? 'contiguous_format') ? 'view' : 'fresh'),
});

type Convert = Input & {
  readonly dtype: DType;
  readonly copy?: boolean | null;
  readonly memoryFormat?: MemoryFormat;
};

const nothingToDo = ({ input, dtype, copy, memoryFormat }: Convert): boolean =>
  input.dtype === dtype && !copy && lies(input, memoryFormat ?? null);

/** To another element type: Tensor.to and its like. */
export const convert = defineOp<Convert>({
  name: 'convert',
  infer: (args) => [
    nothingToDo(args) ? args.input : copied(args.input, args.dtype, args.memoryFormat ?? null),
  ],
  alias: (args) => (nothingToDo(args) ? 'view' : 'fresh'),
});

type Operand = TensorSpec | Scalar;

/** Contents of an operand stretched over a shape; a number fills it. */
const contentsOver = (one: Operand, shape: readonly number[]) =>
  isScalar(one) ? new Array<number>(elementCount(shape)).fill(scalarValue(one)) : stretchContents(one, shape);

/** Elements of `input` where the condition holds, of `other` elsewhere. */
function chosen(condition: TensorSpec, input: Operand, other: Operand, dtype: DType): TensorSpec {
  const tensors = [condition, input, other].filter(isTensor);
  const shape = broadcast(...tensors.map((tensor) => tensor.shape));
  const out = elementwiseSpec(shape, dtype, tensors);
  if (tensors.some((tensor) => tensor.contents === undefined) || elementCount(shape) > 4096) return out;
  const operands = [contentsOver(condition, shape), contentsOver(input, shape), contentsOver(other, shape)];
  return withContents(
    out,
    foldElements(operands, dtype, (c, a, b) => (c !== 0 ? a : b)),
  );
}

export const where = defineOp<{
  readonly condition: TensorSpec;
  readonly input: Operand;
  readonly other: Operand;
}>({
  name: 'where',
  infer: ({ condition, input, other }) => [chosen(condition, input, other, resultType([input, other]))],
  saves: ['condition'],
});

export const maskedFill = defineOp<Input & { readonly mask: TensorSpec; readonly value: Operand }>({
  name: 'masked_fill',
  infer({ input, mask, value }) {
    const fill = isScalar(value) ? asElement(scalarValue(value), input.dtype) : value;
    return [chosen(mask, fill, input, input.dtype)];
  },
  saves: ['mask'],
});

/** Tensor.fill_: every element becomes one number. */
export const fill = defineOp<Input & { readonly value: Operand }>({
  name: 'fill',
  infer({ input, value }) {
    const number = isScalar(value) ? scalarValue(value) : value.contents?.[0];
    const out = { ...input, contents: undefined };
    if (number === undefined || count(input) > 4096) return [out];
    const contents = new Array<number>(count(input)).fill(asElement(number, input.dtype));
    return [withContents(out, contents)];
  },
});

/** Tensor.copy_: the elements of another tensor, in this one's shape and type. */
export const copyInto = defineOp<Input & { readonly source: TensorSpec }>({
  name: 'copy',
  infer({ input, source }) {
    broadcast(input.shape, source.shape);
    const contents = castContents(stretchContents(source, input.shape), input.dtype);
    return [withContents({ ...input, contents: undefined }, contents)];
  },
});

/** Drops elements at random and scales the rest; keeps what it dropped. In evaluation the binding gives the tensor itself. */
export const dropout = defineOp<Input & { readonly featurewise?: boolean | null }>({
  name: 'dropout',
  infer: ({ input }) => [elementwiseSpec(input.shape, input.dtype, [input])],
  cost: ({ input }) => otherCost(2 * count(input)),
  // The scaled mask, in the input's type, as on the CPU and the meta device. CUDA's fused kernel keeps a bool per element.
  saves: ({ input, featurewise }) => [
    { shape: featurewise ? input.shape.slice(0, 2) : input.shape, dtype: input.dtype },
  ],
  note: '2 per element: mask and scale; none in evaluation',
});

/** ~x: logical not of bools, all bits of integers. */
export const bitwiseNot = defineOp<Input>({
  name: 'bitwise_not',
  infer({ input }) {
    const not = input.dtype === 'bool' ? (x: number) => Number(x === 0) : (x: number) => -x - 1;
    const out = elementwiseSpec(input.shape, input.dtype, [input]);
    return [withContents(out, foldElements([input.contents], input.dtype, not))];
  },
});

export const COPIES: readonly Op[] = [
  bitwiseNot,
  clone,
  contiguous,
  convert,
  copyInto,
  dropout,
  fill,
  maskedFill,
  where,
];
