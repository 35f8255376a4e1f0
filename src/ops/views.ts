// Views: the same storage seen in another shape. They cost nothing. `reshape` is a view where the strides allow it and a
// copy where not, as in PyTorch; `view` refuses then. Cutting into several views is in splitting.ts, indexing in indexing.ts.

import { broadcastShapes, showShape } from '../tensor/broadcast';
import { stretchContents, withContents } from '../tensor/contents';
import { byteSize, type DType } from '../tensor/dtype';
import { complexOf, realOf } from '../tensor/promotion';
import { isContiguous, stretchedStrides, strided, stridesOf, viewStrides } from '../tensor/strides';
import type { Shape, TensorSpec } from '../tensor/tensor';
import { count, fail, product, resolveDim, sizeAt } from './arguments';
import { dropped, inserted, permuted, selected, sliced, view, views } from './layout';
import { defineOp, type Op } from './operator';

type Input = { readonly input: TensorSpec };

/** The shape with its -1 filled in. */
export function filledShape(input: TensorSpec, shape: Shape): Shape {
  const total = count(input);
  const known = product(shape.filter((size) => size !== -1));
  const open = shape.filter((size) => size === -1).length;
  if (open > 1) fail(`only one size of ${showShape(shape)} can be -1`);
  if (open === 1 && known > 0 && total % known === 0)
    return shape.map((size) => (size === -1 ? total / known : size));
  if (open === 1 || known !== total)
    fail(
      `shape ${showShape(shape)} does not fit ${total} elements of a tensor of shape ${showShape(input.shape)}`,
    );
  return shape;
}

type Reshape = Input & { readonly shape: Shape };

/** Strides of the view in another shape; null where there is none. */
const reshapedStrides = ({ input, shape }: Reshape) =>
  viewStrides(input.shape, stridesOf(input), filledShape(input, shape));

function reshaped(args: Reshape): TensorSpec {
  const { input } = args;
  const shape = filledShape(input, args.shape);
  const strides = reshapedStrides(args);
  const out = strides ? strided(shape, input.dtype, strides) : { shape, dtype: input.dtype };
  return withContents(out, input.contents);
}

export const reshape = defineOp<Reshape>({
  name: 'reshape',
  infer: (args) => [reshaped(args)],
  alias: (args) => (reshapedStrides(args) === null ? 'fresh' : 'view'),
});

export const viewAs = defineOp<Reshape>({
  name: 'view',
  infer(args) {
    const out = reshaped(args);
    if (reshapedStrides(args) === null)
      fail(
        `view of shape ${showShape(out.shape)} does not fit the strides [${stridesOf(args.input)}] of a tensor of shape ${showShape(args.input.shape)}: use reshape`,
      );
    return [out];
  },
  alias: 'view',
});

export const permute = defineOp<Input & { readonly dims: readonly number[] }>({
  name: 'permute',
  infer({ input, dims }) {
    const rank = input.shape.length;
    const order = dims.map((dim) => resolveDim(dim, rank)).filter((dim) => dim < rank);
    if (new Set(order).size !== rank || order.length !== rank)
      fail(
        `permute of a tensor of shape ${showShape(input.shape)} needs each dimension once, but got [${dims}]`,
      );
    return [view(input, (layout) => permuted(layout, order))];
  },
  alias: 'view',
});

/** Two dimensions change places. */
export const transpose = defineOp<Input & { readonly dim0: number; readonly dim1: number }>({
  name: 'transpose',
  infer({ input, dim0, dim1 }) {
    const rank = input.shape.length;
    const [a, b] = [resolveDim(dim0, rank), resolveDim(dim1, rank)];
    const order = input.shape.map((_, i) => (i === a ? b : i === b ? a : i));
    return [view(input, (layout) => permuted(layout, order))];
  },
  alias: 'view',
});

function expandedShape(input: TensorSpec, sizes: Shape): Shape {
  const lead = sizes.length - input.shape.length;
  const shape = sizes.map((size, i) => (size === -1 ? (input.shape[i - lead] ?? -1) : size));
  const fits =
    lead >= 0 && !shape.includes(-1) && broadcastShapes([input.shape, shape])?.join() === shape.join();
  return fits
    ? shape
    : fail(`a tensor of shape ${showShape(input.shape)} cannot be expanded to ${showShape(sizes)}`);
}

export const expand = defineOp<Input & { readonly shape: Shape }>({
  name: 'expand',
  infer({ input, shape }) {
    const wide = expandedShape(input, shape);
    const out = strided(wide, input.dtype, stretchedStrides(input, wide));
    return [withContents(out, stretchContents(input, wide))];
  },
  alias: 'view',
});

export const slice = defineOp<
  Input & {
    readonly dim: number;
    readonly start: number;
    readonly length: number;
    readonly step?: number | null;
  }
>({
  name: 'slice',
  infer({ input, dim, start, length, step }) {
    const at = resolveDim(dim, input.shape.length);
    const size = sizeAt(input, at);
    const first = start < 0 ? start + size : start;
    if (first < 0 || first + (length - 1) * (step ?? 1) >= size + (length === 0 ? 2 : 0))
      fail(
        `${length} elements from ${start} on do not fit into dimension ${at} of shape ${showShape(input.shape)}`,
      );
    return [view(input, (layout) => sliced(layout, at, first, length, step ?? 1))];
  },
  alias: 'view',
});

export const select = defineOp<Input & { readonly dim: number; readonly index: number }>({
  name: 'select',
  infer({ input, dim, index }) {
    const at = resolveDim(dim, input.shape.length);
    const size = sizeAt(input, at);
    if (index < -size || index >= size)
      fail(`index ${index} is out of bounds for dimension ${at} of shape ${showShape(input.shape)}`);
    return [view(input, (layout) => selected(layout, at, index < 0 ? index + size : index))];
  },
  alias: 'view',
});

export const unsqueeze = defineOp<Input & { readonly dim: number }>({
  name: 'unsqueeze',
  infer({ input, dim }) {
    const at = resolveDim(dim, input.shape.length + 1);
    return [view(input, (layout) => inserted(layout, at))];
  },
  alias: 'view',
});

export const squeeze = defineOp<Input & { readonly dims: readonly number[] | null }>({
  name: 'squeeze',
  infer({ input, dims }) {
    const rank = input.shape.length;
    const among = dims === null ? [...input.shape.keys()] : dims.map((dim) => resolveDim(dim, rank));
    const gone = among.filter((dim) => input.shape[dim] === 1);
    return [view(input, (layout) => dropped(layout, gone))];
  },
  alias: 'view',
});

/** Tensor.unfold: windows along a dimension, in a new last dimension; they overlap in the storage. */
export const unfold = defineOp<
  Input & { readonly dim: number; readonly size: number; readonly step: number }
>({
  name: 'unfold',
  infer({ input, dim, size, step }) {
    const at = resolveDim(dim, input.shape.length);
    const whole = sizeAt(input, at);
    if (size > whole)
      fail(`windows of ${size} do not fit into dimension ${at} of shape ${showShape(input.shape)}`);
    const windows = Math.floor((whole - size) / step) + 1;
    // a lone element is one window, which makes no dimension of its own
    if (input.shape.length === 0)
      return [view(input, (layout) => ({ ...layout, shape: [size], strides: [1] }))];
    return [
      view(input, (layout) => {
        const stride = layout.strides[at] ?? 1;
        const cut = sliced(layout, at, 0, windows, step);
        return { ...cut, shape: [...cut.shape, size], strides: [...cut.strides, stride] };
      }),
    ];
  },
  alias: 'view',
});

export const diagonal = defineOp<
  Input & { readonly offset: number; readonly dim1: number; readonly dim2: number }
>({
  name: 'diagonal',
  infer({ input, offset, dim1, dim2 }) {
    const rank = input.shape.length;
    const [a, b] = [resolveDim(dim1, rank), resolveDim(dim2, rank)];
    if (a === b) fail('the two dimensions of a diagonal cannot be the same');
    const [down, right] = [Math.max(-offset, 0), Math.max(offset, 0)];
    const length = Math.max(0, Math.min(sizeAt(input, a) - down, sizeAt(input, b) - right));
    return [
      view(input, (layout) => {
        const [sa, sb] = [layout.strides[a] as number, layout.strides[b] as number];
        const rest = dropped(layout, [a, b]);
        return {
          shape: [...rest.shape, length],
          strides: [...rest.strides, sa + sb],
          offset: layout.offset + (length > 0 ? down * sa + right * sb : 0),
        };
      }),
    ];
  },
  alias: 'view',
});

export const asStrided = defineOp<
  Input & { readonly size: Shape; readonly stride: readonly number[]; readonly offset: number }
>({
  name: 'as_strided',
  infer({ input, size, stride, offset }) {
    const dense = isContiguous(input) ? input : { ...input, contents: undefined };
    return [view(dense, () => ({ shape: size, strides: stride, offset }))];
  },
  alias: 'view',
});

/** A complex tensor as pairs of numbers in a new last dimension. */
export const viewAsReal = defineOp<Input>({
  name: 'view_as_real',
  infer({ input }) {
    const strides = [...stridesOf(input).map((step) => 2 * step), 1];
    return [strided([...input.shape, 2], realOf(input.dtype), strides)];
  },
  alias: 'view',
});

/** Pairs of numbers in the last dimension as complex numbers. */
export const viewAsComplex = defineOp<Input>({
  name: 'view_as_complex',
  infer({ input }) {
    if (input.shape.at(-1) !== 2)
      fail(`view_as_complex needs a last dimension of size 2, but the shape is ${showShape(input.shape)}`);
    const strides = stridesOf(input).slice(0, -1);
    return [
      strided(
        input.shape.slice(0, -1),
        complexOf(input.dtype),
        strides.map((step) => step / 2),
      ),
    ];
  },
  alias: 'view',
});

/** The real or imaginary parts of complex numbers: every second number of the storage. */
export const part = defineOp<Input>({
  name: 'real_or_imaginary',
  infer: ({ input }) => [
    strided(
      input.shape,
      realOf(input.dtype),
      stridesOf(input).map((step) => 2 * step),
    ),
  ],
  alias: 'view',
});

/** The same bytes as another type; the last dimension grows or shrinks where the widths differ. */
export const viewDtype = defineOp<Input & { readonly dtype: DType }>({
  name: 'view_dtype',
  infer({ input, dtype }) {
    const ratio = byteSize(input.dtype, 8) / byteSize(dtype, 8);
    const last = (input.shape.at(-1) ?? 1) * ratio;
    if (!Number.isInteger(last))
      fail(`${showShape(input.shape)} of ${input.dtype} cannot be seen as ${dtype}`);
    return [{ shape: ratio === 1 ? input.shape : [...input.shape.slice(0, -1), last], dtype }];
  },
  alias: 'view',
});

/** The same tensor, as a view of itself: detach, alias, dropout in evaluation. */
export const detach = defineOp<Input>({ name: 'detach', infer: ({ input }) => [input], alias: 'view' });
export const alias = defineOp<Input>({ name: 'alias', infer: ({ input }) => [input], alias: 'view' });

/** Cuts a dimension into pieces of these sizes; each is a view. */
export const split = defineOp<Input & { readonly sizes: readonly number[]; readonly dim: number }>({
  name: 'split',
  infer({ input, sizes, dim }) {
    const at = resolveDim(dim, input.shape.length);
    const total = sizes.reduce((a, b) => a + b, 0);
    if (total !== sizeAt(input, at))
      fail(
        `sizes [${sizes}] should add up to ${sizeAt(input, at)}, the size of dimension ${at} of shape ${showShape(input.shape)}`,
      );
    return views(input, (layout) => {
      let start = 0;
      return sizes.map((size) => {
        start += size;
        return sliced(layout, at, start - size, size);
      });
    });
  },
  alias: 'view',
});

/** Every element of a dimension as a view of its own. */
export const unbind = defineOp<Input & { readonly dim: number }>({
  name: 'unbind',
  infer({ input, dim }) {
    const at = resolveDim(dim, input.shape.length);
    if (input.shape.length === 0) fail('unbind needs a tensor of at least one dimension');
    return views(input, (layout) =>
      Array.from({ length: sizeAt(input, at) }, (_, i) => selected(layout, at, i)),
    );
  },
  alias: 'view',
});

export const VIEWS: readonly Op[] = [
  alias,
  asStrided,
  detach,
  diagonal,
  expand,
  part,
  permute,
  reshape,
  select,
  slice,
  split,
  squeeze,
  transpose,
  unbind,
  unfold,
  unsqueeze,
  viewAs,
  viewAsComplex,
  viewAsReal,
  viewDtype,
];
