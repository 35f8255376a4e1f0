// The catalogue: every operator by its name. A name can be given once only.

import { ACTIVATIONS, glu, prelu } from './activations';
import { attention } from './attention';
import { CLASSICAL } from './classical';
import { COMPARISON } from './comparison';
import { col2im, conv, convTranspose, im2col } from './conv';
import { COPIES } from './copies';
import { CREATION } from './creation';
import { einsum } from './einsum';
import { ELEMENTWISE } from './elementwise';
import { FFT } from './fft';
import { GATHERING } from './gathering';
import { INDEXING } from './indexing';
import { INTERPOLATION } from './interpolation';
import { JOINING } from './joining';
import { LINALG } from './linalg';
import { linearAttention } from './linear-attention';
import { LOSSES } from './losses';
import { MATMUL } from './matmul';
import { ND_INDEXING } from './nd-indexing';
import { NORMALIZATION } from './normalization';
import type { Op } from './operator';
import { optimizerStep } from './optimizers';
import { pad } from './padding';
import { POOLING } from './pooling';
import { QUANTIZATION } from './quantization';
import { recurrent, recurrentCell } from './recurrent';
import { REDUCTIONS } from './reductions';
import { rotaryEmbedding } from './rotary';
import { SCANS } from './scans';
import { logSoftmax, softmax } from './softmax';
import { SORTING } from './sorting';
import { VIEWS } from './views';
import { VISION } from './vision';

/** Operators by name; refuses two of one name. */
export function collect(ops: readonly Op[]): ReadonlyMap<string, Op> {
  const byName = new Map<string, Op>();
  for (const op of ops) {
    if (byName.has(op.name)) throw new Error(`two operators are called ${op.name}`);
    byName.set(op.name, op);
  }
  return byName;
}

export const CATALOGUE: ReadonlyMap<string, Op> = collect([
  ...Object.values(ACTIVATIONS),
  ...Object.values(COMPARISON),
  ...Object.values(ELEMENTWISE),
  ...CLASSICAL,
  ...COPIES,
  ...CREATION,
  ...FFT,
  ...GATHERING,
  ...INDEXING,
  ...INTERPOLATION,
  ...JOINING,
  ...LINALG,
  ...LOSSES,
  ...MATMUL,
  ...ND_INDEXING,
  ...NORMALIZATION,
  ...POOLING,
  ...QUANTIZATION,
  ...REDUCTIONS,
  ...SCANS,
  ...SORTING,
  ...VIEWS,
  ...VISION,
  attention,
  col2im,
  conv,
  convTranspose,
  einsum,
  glu,
  im2col,
  linearAttention,
  logSoftmax,
  optimizerStep,
  pad,
  prelu,
  recurrent,
  recurrentCell,
  rotaryEmbedding,
  softmax,
]);
