// All bindings, by domain. '' is ai.onnx.

import { type Bindings, bindings } from '../binding';
import { CONTRACTION_ROWS } from './contractions';
import { CONTROL_ROWS } from './control';
import { ELEMENTWISE_ROWS } from './elementwise';
import { INDEXING_ROWS } from './indexing';
import { POOLING_ROWS } from './pooling';
import { QUANTIZATION_ROWS } from './quantization';
import { REDUCTION_ROWS } from './reductions';
import { SEQUENCE_ROWS } from './sequences';
import { SHAPE_ROWS } from './shapes';

export const DOMAINS: ReadonlyMap<string, Bindings> = new Map([
  [
    '',
    bindings(
      CONTRACTION_ROWS,
      CONTROL_ROWS,
      ELEMENTWISE_ROWS,
      INDEXING_ROWS,
      POOLING_ROWS,
      QUANTIZATION_ROWS,
      REDUCTION_ROWS,
      SEQUENCE_ROWS,
      SHAPE_ROWS,
    ),
  ],
]);
