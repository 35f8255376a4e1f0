// All names of PyTorch that stand for an operator, family by family.

import type { Binding } from '../binding';
import { ACTIVATION_BINDINGS } from './activations';
import { ALGEBRA_BINDINGS } from './algebra';
import { CONVOLUTION_BINDINGS } from './convolution';
import { CREATION_BINDINGS } from './creation';
import { ELEMENTWISE_BINDINGS } from './elementwise';
import { IMAGE_BINDINGS } from './images';
import { INDEXING_BINDINGS } from './indexing';
import { LOSS_BINDINGS } from './losses';
import { MATMUL_BINDINGS } from './matmul';
import { NORMALIZATION_BINDINGS } from './normalization';
import { RECURRENT_BINDINGS } from './recurrent';
import { REDUCTION_BINDINGS } from './reductions';
import { VIEW_BINDINGS } from './views';

export const BINDINGS: readonly Binding[] = [
  ...ACTIVATION_BINDINGS,
  ...ALGEBRA_BINDINGS,
  ...CONVOLUTION_BINDINGS,
  ...CREATION_BINDINGS,
  ...ELEMENTWISE_BINDINGS,
  ...IMAGE_BINDINGS,
  ...INDEXING_BINDINGS,
  ...LOSS_BINDINGS,
  ...MATMUL_BINDINGS,
  ...NORMALIZATION_BINDINGS,
  ...RECURRENT_BINDINGS,
  ...REDUCTION_BINDINGS,
  ...VIEW_BINDINGS,
];
