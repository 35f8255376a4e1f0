// ONNX files as something to price: the same trace and report as code, from bytes instead of text.

import { UnreadableFile } from '../base/files';
import type * as Onnx from '../onnx';
import type { ModelRecord } from '../onnx/model';
import type { ByteSource } from '../onnx/source';
import type { ModelReport, Problem } from '../price/model-report';
import { price } from '../price/price';
import type { FileReport } from './file-report';

/** Sizes of inputs by name; dtypes as PyTorch or ONNX spells them. */
export type OnnxInputs = Readonly<
  Record<string, { readonly shape: readonly number[]; readonly dtype?: string }>
>;

/** Sizes that the file leaves open, by name. */
type Knobs = Readonly<Record<string, number>>;

/** An open file: its bytes, and what stands beside it under a name. */
type OpenFile = ByteSource & { beside(name: string): Onnx.Beside; close(): void };

/** Opens a file by its path; what it gives is closed by whoever asked. */
export type OpenBytes = (path: string) => OpenFile;

/** A model, with what is worth saying of the files around it. */
interface Read {
  readonly model: ModelRecord;
  readonly notes: readonly string[];
}

/** How ONNX files are opened and read; the reader is loaded when the first of them comes. */
export interface OnnxFiles {
  readonly openBytes: OpenBytes;
  readonly onnx: () => typeof Onnx;
}

type Outcome = { readonly report: ModelReport } | { readonly problem: Problem };

export const isOnnx = (file: string): boolean => file.endsWith('.onnx');

/** Prices a file by its path. */
export function priceOnnx(file: string, files: OnnxFiles, inputs: OnnxInputs = {}, knobs?: Knobs): Outcome {
  return guarded(files.onnx(), (onnx) => traced(onnx, readFile(file, files), file, inputs, knobs));
}

/** A file to price, as it is now. */
export interface OnnxRequest {
  readonly uri: string;
  /** Changes whenever the file does. */
  readonly version: number;
  /** What is in it, where it cannot be opened by its path. */
  readonly bytes?: Uint8Array;
  readonly knobs: Knobs;
}

/** Prices the same file again and again, with other knobs: what was read last is kept. */
export function createOnnxPricing(files: OnnxFiles): (request: OnnxRequest) => FileReport {
  let last: { readonly uri: string; readonly version: number; readonly read: Read } | undefined;
  const modelOf = ({ uri, version, bytes }: OnnxRequest): Read => {
    if (last?.uri === uri && last.version === version) return last.read;
    last = undefined;
    const { memorySource, readOnnx } = files.onnx();
    const read = bytes ? { model: readOnnx(memorySource(bytes)), notes: [] } : readFile(uri, files);
    last = { uri, version, read };
    return read;
  };
  return (request) => {
    const started = Date.now();
    const { uri, version, knobs } = request;
    const outcome = guarded(files.onnx(), (onnx) => traced(onnx, modelOf(request), uri, {}, knobs));
    return { uri, version, ...rootOf(uri, outcome), milliseconds: Date.now() - started };
  };
}

/** The file as the only root of itself. */
function rootOf(uri: string, outcome: Outcome): Pick<FileReport, 'roots' | 'marks' | 'problems'> {
  const nowhere = { start: 0, end: 0 };
  const root = {
    id: nameOf(uri),
    kind: 'file',
    expression: '',
    range: nowhere,
    extent: nowhere,
    report: 'report' in outcome ? outcome.report : null,
    problem: 'problem' in outcome ? outcome.problem : null,
    input: null,
    broken: false,
  } as const;
  return { roots: [root], marks: [], problems: [] };
}

function readFile(file: string, { openBytes, onnx }: OnnxFiles): Read {
  const source = openBytes(file);
  try {
    const model = onnx().readOnnx(source);
    return { model, notes: onnx().locationNotes(model, (name) => source.beside(name)) };
  } finally {
    source.close();
  }
}

function traced(
  onnx: typeof Onnx,
  { model, notes }: Read,
  file: string,
  inputs: OnnxInputs,
  knobs?: Knobs,
): ModelReport {
  const shapes = Object.entries(inputs).map(([name, { shape, dtype }]) => [
    name,
    { shape: [...shape], dtype },
  ]);
  const trace = onnx.traceModel(model, { name: file, inputs: Object.fromEntries(shapes), knobs });
  const report = price(trace, { name: nameOf(file), mode: 'eval' });
  return notes.length === 0 ? report : { ...report, notes };
}

/** What is wrong with the file, or with opening it, is the report. */
function guarded(onnx: typeof Onnx, run: (onnx: typeof Onnx) => ModelReport): Outcome {
  try {
    return { report: run(onnx) };
  } catch (error) {
    if (!(error instanceof onnx.OnnxError) && !(error instanceof UnreadableFile)) throw error;
    return { problem: { message: (error as Error).message, stack: [] } };
  }
}

const nameOf = (file: string): string => file.replace(/^.*[\\/]/, '');

/** Outputs with their element types as ONNX spells them. */
export const onnxOutputs = ({ outputs }: ModelReport, { onnx }: OnnxFiles) =>
  outputs.map(({ name, shape, dtype }) => ({ name, shape, dtype: onnx().onnxName(dtype) }));
