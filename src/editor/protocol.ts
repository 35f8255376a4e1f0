// What the extension and its worker say to each other. Plain data; a cancelled request is told through shared memory,
// because a worker that is computing reads no messages.

import type { FileReport } from '../analysis/file-report';
import type { FileVerdicts } from '../check';

/** A request as it travels. */
export interface WorkerRequest {
  readonly id: number;
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** Other files that are open and not saved, by path. */
  readonly unsaved: Readonly<Record<string, string>>;
  readonly searchPaths: readonly string[];
  readonly limits: { readonly steps: number; readonly milliseconds: number };
  /** Set where the file is an ONNX graph: it has no text. */
  readonly graph?: GraphRequest;
}

export interface GraphRequest {
  /** What is in the file, where the worker cannot open it by its path. */
  readonly bytes?: Uint8Array;
  /** Sizes that the file leaves open, as the user has set them. */
  readonly knobs: Readonly<Record<string, number>>;
}

/** A file's report, with its budgets where there is a price-tag.json. */
export interface JudgedReport extends FileReport {
  readonly budgets?: FileVerdicts;
}

export interface WorkerResponse {
  readonly id: number;
  /** Absent where the analysis itself failed; `error` then says how, for the log. */
  readonly report?: JudgedReport;
  readonly error?: string;
}

/** What the worker is started with: one cell that holds the id of the request to give up. */
export interface WorkerData {
  readonly cancelled: SharedArrayBuffer;
}
