// ONNX files as something to price: the same trace and report as code, from bytes instead of text.

import type * as Onnx from '../onnx';
import type { ByteSource } from '../onnx/source';
import type { ModelReport, Problem } from '../price/model-report';
import { price } from '../price/price';

/** Sizes of inputs by name; dtypes as PyTorch or ONNX spells them. */
export type OnnxInputs = Readonly<
  Record<string, { readonly shape: readonly number[]; readonly dtype?: string }>
>;

/** Opens a file by its path; what it gives is closed by whoever asked. */
export type OpenBytes = (path: string) => ByteSource & { close(): void };

/** How ONNX files are opened and read; the reader is loaded when the first of them comes. */
export interface OnnxFiles {
  readonly openBytes: OpenBytes;
  readonly onnx: () => typeof Onnx;
}

export const isOnnx = (file: string): boolean => file.endsWith('.onnx');

export function priceOnnx(
  file: string,
  { openBytes, onnx }: OnnxFiles,
  inputs: OnnxInputs = {},
  knobs?: Readonly<Record<string, number>>,
): { readonly report: ModelReport } | { readonly problem: Problem } {
  const { OnnxError, traceOnnx } = onnx();
  const source = openBytes(file);
  try {
    const shapes = Object.entries(inputs).map(([name, { shape, dtype }]) => [
      name,
      { shape: [...shape], dtype },
    ]);
    const trace = traceOnnx(source, { name: file, inputs: Object.fromEntries(shapes), knobs });
    return { report: price(trace, { name: file.replace(/^.*[\\/]/, ''), mode: 'eval' }) };
  } catch (error) {
    if (!(error instanceof OnnxError)) throw error;
    return { problem: { message: error.message, stack: [] } };
  } finally {
    source.close();
  }
}

/** Outputs with their element types as ONNX spells them. */
export const onnxOutputs = ({ outputs }: ModelReport, { onnx }: OnnxFiles) =>
  outputs.map(({ name, shape, dtype }) => ({ name, shape, dtype: onnx().onnxName(dtype) }));
