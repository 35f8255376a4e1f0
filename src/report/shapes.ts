// Shapes and tensor types as text: `(1, 3, 224, 224)` as Python has it, `1×3×224×224` where room is short.

import type { NamedTensorType, TensorType } from '../price/model-report';
import type { Shape } from '../tensor/tensor';

/** As Python writes it: `(1, 3)`, `(5,)`, `()`. Sizes are not grouped, as in Python. */
export const tuple = (shape: Shape): string =>
  shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;

/** The short form: `1×3×224×224`, `scalar`. */
export const cross = (shape: Shape): string => (shape.length === 0 ? 'scalar' : shape.join('×'));

const SHOWN = 3;

/** Shapes in a row, the first three of them: `(1, 8), (1, 4)`; the same one several times is counted: `3 × (1, 8)`. */
export function tuples(types: readonly TensorType[]): string {
  const shapes = types.map(({ shape }) => tuple(shape));
  const same = shapes.length > 1 && shapes.every((shape) => shape === shapes[0]);
  return same ? `${shapes.length} × ${shapes[0]}` : list(shapes);
}

/** Short shapes in a row: `1×8, 1×8`; a dtype that is not float32 is named. */
export const crosses = (types: readonly TensorType[]): string =>
  list(types.map(({ shape, dtype }) => cross(shape) + (dtype === 'float32' ? '' : ` ${dtype}`)));

function list(texts: readonly string[]): string {
  const more = texts.length - SHOWN;
  return texts.slice(0, SHOWN).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** `(1, 3, 224, 224) → (1, 64, 112, 112), float32`: dtypes once where they agree, else with each side. */
export function flow(inputs: readonly TensorType[], outputs: readonly TensorType[]): string {
  const dtypes = [...new Set([...inputs, ...outputs].map(({ dtype }) => dtype))];
  if (dtypes.length <= 1) return [arrow(tuples(inputs), tuples(outputs)), ...dtypes].join(', ');
  return arrow(typed(inputs), typed(outputs));
}

const arrow = (from: string, to: string): string =>
  [from, to].every((side) => side !== '') ? `${from} → ${to}` : from === '' ? `→ ${to}` : `${from} →`;

const typed = (types: readonly TensorType[]): string =>
  list(types.map(({ shape, dtype }) => `${tuple(shape)} ${dtype}`));

/** `x (1, 3, 224, 224) float32`, for lists of inputs and outputs. */
export const named = ({ name, shape, dtype }: NamedTensorType): string =>
  `${name === '' ? '' : `${name} `}${tuple(shape)} ${dtype}`;
