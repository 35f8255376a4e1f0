// Linear attention with a recurrent state (linear, gated, delta and gated delta rules). Counted as the recurrence that it is
// defined by, not as the chunked products that a kernel may compute: per step and head, the state takes the outer product of
// key and value, and is read by the query; a delta rule reads it by the key as well.

import type { TensorSpec } from '../tensor/tensor';
import { contraction, count } from './arguments';
import { defineOp, type Product } from './operator';

interface LinearAttentionArgs {
  /** [batch, steps, query heads × key width]. */
  readonly query: TensorSpec;
  readonly key: TensorSpec;
  /** [batch, steps, heads × value width]. */
  readonly value: TensorSpec;
  readonly queryHeads: number;
  readonly heads: number;
  readonly rule: string;
}

/** Each query head reads a state; where there are more states than queries, each state is read. */
const readers = ({ queryHeads, heads }: LinearAttentionArgs): number => Math.max(queryHeads, heads);

const widths = ({ query, value, queryHeads, heads }: LinearAttentionArgs) => ({
  key: (query.shape[2] ?? 0) / queryHeads,
  value: (value.shape[2] ?? 0) / heads,
});

export const linearAttention = defineOp<LinearAttentionArgs>({
  name: 'linear_attention',
  infer(args) {
    const { query, heads } = args;
    const [batch = 1, steps = 1] = query.shape;
    const { key, value } = widths(args);
    return [
      { shape: [batch, steps, readers(args) * value], dtype: query.dtype },
      { shape: [batch, heads, key, value], dtype: query.dtype },
    ];
  },
  cost(args) {
    const [batch = 1, steps = 1] = args.query.shape;
    const { key, value } = widths(args);
    const update: Product = [batch, steps, args.heads, key, value];
    const read: Product = [batch, steps, readers(args), key, value];
    const delta = args.rule.includes('delta') ? [update] : [];
    const decayed = args.rule.includes('gated') ? batch * steps * args.heads * key * value : 0;
    return contraction([update, read, ...delta], decayed + count(args.value));
  },
  contracts: ['query', 'key', 'value'],
  saves: ['query', 'key', 'value'],
  note: '2 × steps × heads × key width × value width × batch, for each time that the state is written or read',
});
