// What the extension and the worker that compares revisions say to each other. Plain data. The worker runs Git and reads
// files; a task that is given up ends with the worker.

import type { CheckRequest, HistoryRequest } from '../../check';
import type { CheckReport, History } from '../../check/model';
import type { TaskMessage, TaskWorker } from './task-runner';

/** A comparison of two states of the repository that holds a folder. */
export interface CompareTask {
  readonly kind: 'compare';
  readonly folder: string;
  /** Git's program, where it is not `git`. */
  readonly program?: string;
  readonly request: CheckRequest;
}

/** The price of a root after each of the last commits. */
export interface HistoryTask {
  readonly kind: 'history';
  readonly folder: string;
  readonly program?: string;
  readonly request: HistoryRequest;
}

/** Putting the commit hook in, or taking it out. */
export interface HookTask {
  readonly kind: 'hook';
  readonly action: 'install' | 'uninstall';
  readonly folder: string;
  readonly program?: string;
  /** What the hook runs, as separate words. */
  readonly command: readonly string[];
}

export type CheckTask = CompareTask | HistoryTask | HookTask;

export interface CompareResult {
  readonly kind: 'compare';
  readonly report: CheckReport;
  /** The report for a pull request. */
  readonly markdown: string;
  /** Lines for the commit message. */
  readonly trailers: readonly string[];
  /** Top folder of the repository, which the paths of the report start from. */
  readonly top: string;
}

export interface HistoryResult {
  readonly kind: 'history';
  readonly history: History;
  readonly top: string;
}

export interface HookResult {
  readonly kind: 'hook';
  readonly done: boolean;
  /** What was done, or why nothing was: a sentence. */
  readonly words: string;
}

export type CheckResult = CompareResult | HistoryResult | HookResult;

/** What a task results in. */
export type ResultOf<Task extends CheckTask> = Extract<CheckResult, { readonly kind: Task['kind'] }>;

/** What the worker says. */
export type CheckMessage = TaskMessage<CheckResult>;

export type CheckWorker = TaskWorker<CheckTask, CheckMessage>;

/** What the worker is started with. */
export interface CheckWorkerData {
  readonly checks: true;
}
