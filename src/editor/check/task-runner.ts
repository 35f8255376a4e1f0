// The editor's end of the worker that compares revisions: tasks one after the other, each with its progress, and a
// worker that lives only while there is something to do. Giving a task up ends the worker, Git and all; what waits goes
// on with a new one. Knows nothing of VS Code, so that it is tested without one.

/** The part of a worker that is used. */
export interface TaskWorker<Task, Message> {
  postMessage(task: Task): void;
  onMessage(listener: (message: Message) => void): void;
  /** The worker has ended by itself: a crash, or no memory left. */
  onEnd(listener: (reason: string) => void): void;
  terminate(): void;
}

/** What a worker says of the task it was given last. */
export type TaskMessage<Result> =
  | { readonly type: 'progress'; readonly done: number; readonly what: string }
  | { readonly type: 'result'; readonly result: Result }
  | { readonly type: 'error'; readonly message: string };

export type Progress = Extract<TaskMessage<never>, { type: 'progress' }>;

/** Gives a task up, wherever it is. */
export interface Running<Result> {
  /** Undefined where the task was given up; rejects with an Error with a sentence where it failed. */
  readonly result: Promise<Result | undefined>;
  cancel(): void;
}

interface Entry<Task, Result> {
  readonly task: Task;
  readonly progress: (progress: Progress) => void;
  readonly done: (result: Result | undefined) => void;
  readonly fail: (error: Error) => void;
}

const IDLE_MS = 30_000;

export class TaskRunner<Task, Result> {
  private readonly waiting: Entry<Task, Result>[] = [];
  private current: Entry<Task, Result> | undefined;
  private worker: TaskWorker<Task, TaskMessage<Result>> | undefined;
  private idle: NodeJS.Timeout | undefined;

  constructor(
    private readonly spawn: () => TaskWorker<Task, TaskMessage<Result>>,
    private readonly idleMs = IDLE_MS,
  ) {}

  run(task: Task, progress: (progress: Progress) => void = () => {}): Running<Result> {
    let entry: Entry<Task, Result> | undefined;
    const result = new Promise<Result | undefined>((done, fail) => {
      entry = { task, progress, done, fail };
      this.waiting.push(entry);
    });
    this.next();
    return { result, cancel: () => entry && this.cancel(entry) };
  }

  dispose(): void {
    for (const entry of this.waiting.splice(0)) entry.done(undefined);
    this.current?.done(undefined);
    this.current = undefined;
    this.endWorker();
  }

  private cancel(entry: Entry<Task, Result>): void {
    const at = this.waiting.indexOf(entry);
    if (at >= 0) this.waiting.splice(at, 1);
    entry.done(undefined);
    if (entry !== this.current) return;
    this.endWorker();
    this.settled();
  }

  private next(): void {
    const entry = this.current === undefined ? this.waiting.shift() : undefined;
    if (entry === undefined) return;
    clearTimeout(this.idle);
    this.current = entry;
    this.worker ??= this.start();
    this.worker.postMessage(entry.task);
  }

  private start(): TaskWorker<Task, TaskMessage<Result>> {
    const worker = this.spawn();
    worker.onMessage((message) => worker === this.worker && this.take(message));
    worker.onEnd((reason) => worker === this.worker && this.ended(reason));
    return worker;
  }

  private take(message: TaskMessage<Result>): void {
    const entry = this.current;
    if (message.type === 'progress') {
      entry?.progress(message);
      return;
    }
    if (message.type === 'result') entry?.done(message.result);
    else entry?.fail(new Error(message.message));
    this.settled();
  }

  private ended(reason: string): void {
    this.worker = undefined;
    const entry = this.current;
    entry?.fail(new Error(reason));
    this.settled();
  }

  private settled(): void {
    this.current = undefined;
    this.idle = setTimeout(() => this.endWorker(), this.idleMs);
    this.idle.unref?.();
    this.next();
  }

  private endWorker(): void {
    clearTimeout(this.idle);
    const { worker } = this;
    this.worker = undefined;
    worker?.terminate();
  }
}
