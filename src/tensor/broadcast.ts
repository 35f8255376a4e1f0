// Broadcasting: shapes are aligned at their last dimension, and a size of 1 stretches to whatever stands beside it.

import type { Shape } from './tensor';

/** The shape that all of these stretch to; null where they do not fit. */
export function broadcastShapes(shapes: readonly Shape[]): Shape | null {
  let rank = 0;
  for (const shape of shapes) rank = Math.max(rank, shape.length);
  const result = new Array<number>(rank).fill(1);
  for (const shape of shapes) {
    const lead = rank - shape.length;
    for (let i = 0; i < shape.length; i++) {
      const size = shape[i] as number;
      const so = result[lead + i] as number;
      if (size !== 1 && so !== 1 && size !== so) return null;
      if (size !== 1) result[lead + i] = size;
    }
  }
  return result;
}

/** Whether two shapes are the same, size for size. */
export function sameShape(a: Shape, b: Shape): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** As PyTorch prints a shape: `[1, 3, 224, 224]`. */
export const showShape = (shape: Shape): string => `[${shape.join(', ')}]`;
