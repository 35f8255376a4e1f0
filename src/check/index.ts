// The façade of the check, for the command line and the editor's worker: a repository and two of its states in, a
// CheckReport out. It is synchronous, because evaluation is; run it where nobody waits.

import type { AnalysisRequest } from '../analysis';
import type { OnnxFiles } from '../analysis/onnx-files';
import type { FileReader } from '../base/files';
import type { GitRepository } from '../base/git';
import { runHistory } from './history';
import type { CheckReport, History } from './model';
import { runCheck } from './run';

export { CheckError } from './errors';
export { type FileVerdicts, judgeFile } from './judge-file';
export { overSince } from './over-since';
export { trailers } from './trailers';

/** What is outside: git, and files as they are on the disk (or open and not saved). */
export interface CheckServices {
  readonly git: GitRepository;
  readonly reader: FileReader;
  /** Without it ONNX files are left out. */
  readonly onnx?: OnnxFiles;
  readonly cancelled?: () => boolean;
  /** Is told of each file before it is priced, relative to the top of the repository. */
  readonly progress?: (file: string) => void;
}

export interface CheckRequest {
  /** A revision; `HEAD` where left out. Its merge base with the state after it is what is compared with. */
  readonly base?: string;
  /** What is compared with the base: the working tree, the index, or a revision. */
  readonly head: 'index' | 'workTree' | { readonly revision: string };
  /** Files and folders that are looked at, relative to the top of the repository; all where left out. */
  readonly paths?: readonly string[];
  /** Texts that are open and not saved, by absolute path; they count as the working tree's. */
  readonly unsaved?: Readonly<Record<string, string>>;
  /** Whether budgets are judged for all roots, not only for those that changed. */
  readonly all?: boolean;
  /** What the user set as inputs, by absolute path and root id. */
  readonly inputs?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly searchPaths: readonly string[];
  /** Of each file. */
  readonly limits: AnalysisRequest['limits'];
}

export interface HistoryRequest {
  /** Relative to the top of the repository. */
  readonly file: string;
  readonly root: string;
  /** Of commits that touched the root's sources. */
  readonly most: number;
  readonly searchPaths: readonly string[];
  readonly limits: AnalysisRequest['limits'];
}

/** Figures of the past by what they were read from; plain data, so that it can be kept. */
export type HistoryCache = Map<string, unknown>;

/** Compares two states of a repository. Throws CheckError where there is nothing to compare. */
export const checkChanges = (request: CheckRequest, services: CheckServices): CheckReport =>
  runCheck(request, services);

/** What a root cost after each of the last commits that touched what it is made of. Throws CheckError. */
export const priceHistory = (
  request: HistoryRequest,
  services: CheckServices,
  cache: HistoryCache = new Map(),
): History => runHistory(request, services, cache);
