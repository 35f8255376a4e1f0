// The editor's end of the analysis: one worker, started when it is first needed, one request at a time, the latest of
// each file. A request that is overtaken is cancelled through shared memory and its result dropped. A worker that takes
// too long or too much memory is ended; its file's report then says so, and the same text is not tried again. Other
// files go on with a new worker. Knows nothing of VS Code, so that it is tested without one.

import type { JudgedReport, WorkerRequest, WorkerResponse } from './protocol';

/** What to analyse. Two jobs with the same key are about the same file; the later one counts. */
export interface Job extends Omit<WorkerRequest, 'id'> {
  readonly key: string;
}

/** The part of a worker that is used. */
export interface WorkerLike {
  postMessage(request: WorkerRequest): void;
  onMessage(listener: (response: WorkerResponse) => void): void;
  /** The worker has ended by itself: a crash, or no memory left. */
  onEnd(listener: (reason: string) => void): void;
  terminate(): void;
}

export interface ClientOptions {
  /** Starts a worker; `cancelled` is the shared cell of the request to give up. */
  readonly spawn: (cancelled: SharedArrayBuffer) => WorkerLike;
  readonly log: (message: string) => void;
  /** Milliseconds beyond the time limit before a worker is ended: the analysis keeps time itself, if it can. */
  readonly graceMs: number;
}

interface Waiting {
  readonly job: Job;
  readonly done: (report: JudgedReport | undefined) => void;
}

interface Running extends Waiting {
  readonly id: number;
  readonly worker: WorkerLike;
  readonly timer: NodeJS.Timeout;
  overtaken: boolean;
}

export class AnalysisClient {
  private worker: WorkerLike | undefined;
  private running: Running | undefined;
  private readonly waiting = new Map<string, Waiting>();
  /** What a worker came to its end with, by file: not to be tried again. */
  private readonly fatal = new Map<string, { readonly job: string; readonly report: JudgedReport }>();
  private readonly cancelled = new Int32Array(new SharedArrayBuffer(4));
  private ids = 0;

  constructor(private readonly options: ClientOptions) {}

  /** The report of a job, or undefined where a later one has taken its place. */
  analyse(job: Job): Promise<JudgedReport | undefined> {
    const fatal = this.fatal.get(job.key);
    if (fatal?.job === fingerprint(job)) return Promise.resolve(fatal.report);
    this.overtake(job.key);
    return new Promise((done) => {
      this.waiting.set(job.key, { job, done });
      this.next();
    });
  }

  /** Ends the worker; whatever waits gets nothing. */
  dispose(): void {
    for (const key of [...this.waiting.keys()]) this.overtake(key);
    if (this.running) this.settle(this.running, undefined);
    this.worker?.terminate();
    this.worker = undefined;
  }

  private overtake(key: string): void {
    this.waiting.get(key)?.done(undefined);
    this.waiting.delete(key);
    if (this.running?.job.key !== key) return;
    this.running.overtaken = true;
    Atomics.store(this.cancelled, 0, this.running.id);
  }

  /** Starts the job that came last: it is most likely what the user looks at. */
  private next(): void {
    const latest = [...this.waiting.values()].at(-1);
    if (this.running !== undefined || latest === undefined) return;
    this.waiting.delete(latest.job.key);
    this.worker ??= this.start();
    const id = ++this.ids;
    const { milliseconds } = latest.job.limits;
    const timer = setTimeout(() => this.outOfTime(), milliseconds + this.options.graceMs);
    this.running = { ...latest, id, worker: this.worker, timer, overtaken: false };
    const { key: _, ...request } = latest.job;
    this.worker.postMessage({ id, ...request });
  }

  private start(): WorkerLike {
    const worker = this.options.spawn(this.cancelled.buffer as SharedArrayBuffer);
    worker.onMessage((response) => this.answer(response));
    worker.onEnd((reason) => this.ended(worker, reason));
    return worker;
  }

  private answer({ id, report, error }: WorkerResponse): void {
    const { running } = this;
    if (running?.id !== id) return;
    if (error !== undefined) this.options.log(`${running.job.uri}: the analysis failed: ${error}`);
    this.settle(running, report ?? problemReport(running.job, FAILED));
  }

  private outOfTime(): void {
    const { running } = this;
    if (running === undefined) return;
    running.worker.terminate();
    this.worker = undefined;
    const seconds = Math.round((running.job.limits.milliseconds + this.options.graceMs) / 100) / 10;
    this.giveUp(running, `Pricing this file took more than ${seconds} s and was ended. ${WHAT_TO_DO}`);
  }

  private ended(worker: WorkerLike, reason: string): void {
    if (worker !== this.worker) return;
    this.worker = undefined;
    const { running } = this;
    if (running?.worker !== worker) return;
    this.giveUp(running, `Pricing this file was ended: ${reason}. ${WHAT_TO_DO}`);
  }

  /** A worker is gone: the file says why, and is left alone until it changes. */
  private giveUp(running: Running, message: string): void {
    const report = problemReport(running.job, message);
    this.options.log(`${running.job.uri}, version ${running.job.version}: ${message}`);
    this.fatal.set(running.job.key, { job: fingerprint(running.job), report });
    this.settle(running, report);
  }

  private settle(running: Running, report: JudgedReport | undefined): void {
    clearTimeout(running.timer);
    this.running = undefined;
    running.done(running.overtaken ? undefined : report);
    this.next();
  }
}

const WHAT_TO_DO =
  'It is tried again when the file changes; the limits are in the settings under priceTag.limits.';
const FAILED = 'The analysis of this file failed; the output channel “Price Tag” has the details.';

/** What a report depends on. */
const fingerprint = ({ version, text, inputs, searchPaths, limits, graph }: Job): string =>
  JSON.stringify([version, text.length, inputs, searchPaths, limits, graph?.knobs]);

const problemReport = ({ uri, version }: Job, message: string): JudgedReport => ({
  uri,
  version,
  roots: [],
  marks: [],
  problems: [{ message, stack: [] }],
  milliseconds: 0,
});
