// Sizes of a reshape or a split that are not known. All elements have to find room: one size that is not known is what the
// others leave, and that is certain. Of several only the product or the sum is: those of a reshape are assumed to be one
// long dimension, the parts of a split to be as even as can be.

import { PyTuple, Unknown, type Value } from '../../python/values';
import { elementCount } from '../../tensor/tensor';
import { sequenceItems } from './convert';
import type { TorchState } from './state';
import { tensorOf } from './tensors';

/** The sizes with numbers for what is not known; undefined where nothing fits. A sole unknown may be a list, or a dtype. */
export function fittedSizes(torch: TorchState, input: Value, sizes: Value): PyTuple | undefined {
  const data = tensorOf(input);
  const items = sequenceItems(sizes);
  if (!data || !items || items.length < 2) return undefined;
  if (!items.every((item) => typeof item === 'number' || item instanceof Unknown)) return undefined;
  const known = items.filter((item) => typeof item === 'number' && item >= 0) as number[];
  const room = elementCount(data.spec.shape) / known.reduce((product, size) => product * size, 1);
  if (!Number.isInteger(room)) return undefined;
  const open = items.length - known.length;
  if (open > 1) {
    const reason =
      'how elements are shared among sizes that are not known depends on the data: one is assumed to hold all';
    torch.recording?.assume('sizes', [room, ...new Array<number>(open - 1).fill(1)], reason);
  }
  let left = room;
  return new PyTuple(
    items.map((item) => {
      if (typeof item === 'number' && item >= 0) return item;
      const size = left;
      left = 1;
      return size;
    }),
  );
}

/** Likewise the sizes of parts along a dimension. */
export function fittedParts(torch: TorchState, input: Value, sizes: Value, dim: Value): PyTuple | undefined {
  const data = tensorOf(input);
  const items = sequenceItems(sizes);
  if (!data || !items?.every((item) => typeof item === 'number' || item instanceof Unknown)) return undefined;
  const length = typeof dim === 'number' ? data.spec.shape.at(dim) : undefined;
  const known = items.filter((item) => typeof item === 'number');
  const room = (length ?? Number.NaN) - known.reduce((sum, size) => sum + size, 0);
  const open = items.length - known.length;
  if (!(room >= 0) || open === 0) return undefined;
  const share = (at: number): number => Math.floor((room * (at + 1)) / open) - Math.floor((room * at) / open);
  const shares = Array.from({ length: open }, (_, at) => share(at));
  if (open > 1) {
    const reason = 'how long the parts of a split are depends on the data: even parts are assumed';
    torch.recording?.assume('sizes', shares, reason);
  }
  let at = 0;
  return new PyTuple(items.map((item) => (typeof item === 'number' ? item : (shares[at++] as number))));
}
