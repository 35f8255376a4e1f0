// All bindings, by domain. '' is ai.onnx.

import { type Bindings, bindings } from '../binding';
import { ATTENTION_ROWS, PREVIEW_ROWS } from './attention';
import { CLASSICAL_ROWS } from './classical';
import { CONTRACTION_ROWS } from './contractions';
import { CONTROL_ROWS } from './control';
import { ELEMENTWISE_ROWS } from './elementwise';
import { IMAGE_ROWS } from './images';
import { INDEXING_ROWS } from './indexing';
import { LEGACY_ROWS } from './legacy';
import { microsoftRows } from './microsoft';
import { MICROSOFT_ATTENTION_ROWS } from './microsoft-attention';
import { MICROSOFT_DECODER_ROWS } from './microsoft-decoder';
import { fusedRows } from './microsoft-fused';
import { MICROSOFT_LANGUAGE_ROWS } from './microsoft-language';
import { nchwcRows } from './microsoft-nchwc';
import { MICROSOFT_PACKED_ROWS } from './microsoft-packed';
import { MICROSOFT_QUANTIZED_ROWS } from './microsoft-quantized';
import { MICROSOFT_SEARCH_ROWS } from './microsoft-search';
import { MICROSOFT_STATE_ROWS } from './microsoft-states';
import { POOLING_ROWS } from './pooling';
import { MICROSOFT_QUANTIZATION_ROWS, QUANTIZATION_ROWS } from './quantization';
import { RECURRENT_ROWS } from './recurrent';
import { REDUCTION_ROWS } from './reductions';
import { SEQUENCE_ROWS } from './sequences';
import { SHAPE_ROWS } from './shapes';
import { MICROSOFT_TEXT_ROWS, TEXT_ROWS } from './text';
import { PREVIEW_TRAINING_ROWS, TRAINING_ROWS } from './training';

const STANDARD = bindings(
  ATTENTION_ROWS,
  CONTRACTION_ROWS,
  CONTROL_ROWS,
  ELEMENTWISE_ROWS,
  IMAGE_ROWS,
  INDEXING_ROWS,
  LEGACY_ROWS,
  POOLING_ROWS,
  QUANTIZATION_ROWS,
  RECURRENT_ROWS,
  REDUCTION_ROWS,
  SEQUENCE_ROWS,
  SHAPE_ROWS,
  TEXT_ROWS,
  TRAINING_ROWS,
);

export const DOMAINS: ReadonlyMap<string, Bindings> = new Map([
  ['', STANDARD],
  ['ai.onnx.ml', bindings(CLASSICAL_ROWS)],
  ['ai.onnx.preview', bindings(PREVIEW_ROWS)],
  ['ai.onnx.preview.training', bindings(PREVIEW_TRAINING_ROWS)],
  [
    'com.microsoft',
    bindings(
      microsoftRows(STANDARD),
      fusedRows(STANDARD),
      MICROSOFT_ATTENTION_ROWS,
      MICROSOFT_DECODER_ROWS,
      MICROSOFT_LANGUAGE_ROWS,
      MICROSOFT_PACKED_ROWS,
      MICROSOFT_QUANTIZATION_ROWS,
      MICROSOFT_QUANTIZED_ROWS,
      MICROSOFT_SEARCH_ROWS,
      MICROSOFT_STATE_ROWS,
      MICROSOFT_TEXT_ROWS,
    ),
  ],
  ['com.microsoft.nchwc', bindings(nchwcRows(STANDARD))],
]);
