// Prices files of one state, each at most once, and records which files it read for each: a root's sources.

import { type Analysis, type AnalysisRequest, createAnalysis } from '../analysis';
import { configOf, inputsFor, knobsFor, rootKey } from '../analysis/config';
import type { FileReport, RootReport } from '../analysis/file-report';
import { notebookText } from '../analysis/notebook';
import { isOnnx, type OnnxFiles, type OnnxInputs, priceOnnx } from '../analysis/onnx-files';
import type { SourceCache } from '../analysis/source-cache';
import type { FileReader } from '../base/files';
import { LineIndex } from '../base/lines';
import { type Blobs, type Overlay, pathFrom } from './overlay';

export interface PricedFile {
  /** Relative to the top folder. */
  readonly path: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly roots: readonly RootReport[];
  /** Absolute paths that were asked for, whether they are there or not. */
  readonly asked: ReadonlySet<string>;
  /** Why nothing could be priced: a sentence. */
  readonly problem: string | null;
}

export interface PricerOptions {
  readonly top: string;
  readonly reader: FileReader;
  readonly overlay: Overlay;
  readonly blobs: Blobs;
  readonly sources: SourceCache;
  readonly onnx?: OnnxFiles;
  /** What the user set, by absolute path and root id. */
  readonly inputs?: Readonly<Record<string, GivenInputs>>;
  readonly searchPaths: readonly string[];
  readonly limits: AnalysisRequest['limits'];
  readonly cancelled?: () => boolean;
  readonly progress?: (file: string) => void;
}

/** Inputs by root id. */
export type GivenInputs = Readonly<Record<string, string>>;

export class Pricer {
  private asked = new Set<string>();
  private readonly analysis: Analysis;
  private readonly recording: FileReader;

  constructor(private readonly options: PricerOptions) {
    const { reader, sources, top } = options;
    const note = (path: string): string => {
      const place = pathFrom(top, path);
      this.asked.add(place);
      return place;
    };
    this.recording = {
      read: (path) => reader.read(note(path)),
      isFolder: (path) => reader.isFolder(path),
      list: (path) => {
        const names = reader.list?.(path);
        for (const name of names ?? []) note(`${path}/${name}`);
        return names;
      },
    };
    this.analysis = createAnalysis(this.recording, sources);
  }

  /** Prices a file, or only some of its roots, with inputs that go before all others. */
  price(path: string, inputs?: GivenInputs, only?: readonly string[]): PricedFile {
    const file = `${this.options.top}/${path}`;
    this.options.progress?.(path);
    this.asked = new Set([file]);
    if (isOnnx(path)) {
      const root = this.onnxRoot(file);
      return this.done(path, '', [root], root.problem?.message ?? null);
    }
    const raw = this.options.reader.read(file);
    if (raw === undefined) return this.done(path, '', [], UNREADABLE);
    try {
      const text = path.endsWith('.ipynb') ? notebookText(raw) : raw;
      const { roots, problems } = this.analyse(file, text, inputs, only);
      return this.done(path, text, roots, roots.length > 0 ? null : (problems[0]?.message ?? null));
    } catch (error) {
      return this.done(path, raw, [], error instanceof Error ? error.message : String(error));
    }
  }

  private analyse(uri: string, text: string, inputs?: GivenInputs, only?: readonly string[]): FileReport {
    const { searchPaths, limits, cancelled } = this.options;
    const given = { ...this.options.inputs?.[uri], ...inputs };
    const request = { uri, version: 0, text, inputs: given, only, searchPaths, limits, cancelled };
    return this.analysis.analyse(request);
  }

  private done(path: string, text: string, roots: readonly RootReport[], problem: string | null): PricedFile {
    return { path, text, lines: new LineIndex(text), roots, asked: this.asked, problem };
  }

  private onnxRoot(file: string): RootReport {
    const nowhere = { start: 0, end: 0 };
    const root = {
      id: '',
      kind: 'file',
      expression: '',
      range: nowhere,
      extent: nowhere,
      input: null,
      broken: false,
    } as const;
    const outcome = this.onnxOutcome(file);
    if ('report' in outcome) return { ...root, report: outcome.report, problem: null };
    return { ...root, report: null, problem: { message: outcome.problem, stack: [] } };
  }

  private onnxOutcome(file: string): { report: NonNullable<RootReport['report']> } | { problem: string } {
    const { onnx, overlay, blobs, reader } = this.options;
    if (!onnx) return { problem: 'ONNX files are not read here.' };
    const content = overlay.get(file);
    const bytes = content === undefined ? undefined : blobs.bytes(content);
    if (content !== undefined && bytes === undefined) return { problem: UNREADABLE };
    if (bytes && isPointer(bytes)) return { problem: POINTER };
    const config = configOf(file, reader);
    const key = config ? rootKey(config, file, '') : '';
    const inputs = (config && inputsFor(config, key)?.keywords) ?? {};
    const openBytes = bytes ? () => inMemory(bytes) : onnx.openBytes;
    try {
      const outcome = priceOnnx(
        file,
        { ...onnx, openBytes },
        inputs as OnnxInputs,
        config && knobsFor(config, key),
      );
      return 'report' in outcome ? outcome : { problem: outcome.problem.message };
    } catch (error) {
      return { problem: error instanceof Error ? error.message : String(error) };
    }
  }
}

const UNREADABLE = 'It is not UTF-8 text, is too large, or is not in this clone.';
const POINTER = 'It is kept by Git LFS, and only its pointer is in the repository.';

const isPointer = (bytes: Uint8Array): boolean =>
  bytes.length < 1024 &&
  new TextDecoder().decode(bytes).startsWith('version https://git-lfs.github.com/spec/');

const inMemory = (bytes: Uint8Array) => ({
  size: bytes.length,
  read: (offset: number, length: number) => bytes.subarray(offset, Math.min(offset + length, bytes.length)),
  /** Whether weights in files of their own were committed too changes no price: nothing is said of them. */
  beside: () => 'there' as const,
  close: () => undefined,
});
