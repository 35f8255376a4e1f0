// The worker's entry for comparisons: it takes tasks one after the other, asks Git, prices what has changed and answers.
// It knows no VS Code, and is ended by whoever started it when a task is given up.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { OnnxFiles } from '../../analysis/onnx-files';
import { checkChanges, type HistoryCache, priceHistory, trailers } from '../../check';
import { toMarkdown } from '../../check/formats/markdown';
import { openBytes } from '../../node/bytes';
import { createNodeReader } from '../../node/files';
import { openRepository } from '../../node/git';
import { changeHook } from '../../node/hook';
import type {
  CheckMessage,
  CheckResult,
  CheckTask,
  CheckWorkerData,
  CompareTask,
  HistoryTask,
  HookTask,
} from './protocol';

/** Whether this thread was started for comparisons. */
export const isCheckWorker = (): boolean =>
  (workerData as Partial<CheckWorkerData> | null | undefined)?.checks === true;

/** Answers the tasks of the thread that started this one, until it ends. */
export function serveChecks(): void {
  const history: HistoryCache = new Map();
  const say = (message: CheckMessage) => parentPort?.postMessage(message);
  parentPort?.on('message', (task: CheckTask) => {
    try {
      say({ type: 'result', result: perform(task, history) });
    } catch (error) {
      say({ type: 'error', message: error instanceof Error ? error.message : String(error) });
    }
  });
}

function perform(task: CheckTask, history: HistoryCache): CheckResult {
  switch (task.kind) {
    case 'compare':
      return compare(task);
    case 'history':
      return pastPrices(task, history);
    case 'hook':
      return hook(task);
  }
}

function compare({ folder, program, request }: CompareTask): CheckResult {
  const git = openRepository(folder, { program });
  const report = checkChanges(request, { git, reader: createNodeReader(), onnx: onnxFiles() });
  const { top } = git;
  return { kind: 'compare', report, markdown: toMarkdown(report, top), trailers: trailers(report), top };
}

function pastPrices({ folder, program, request }: HistoryTask, cache: HistoryCache): CheckResult {
  const git = openRepository(folder, { program });
  const history = priceHistory(request, { git, reader: createNodeReader() }, cache);
  return { kind: 'history', history, top: git.top };
}

const hook = ({ action, folder, program, command }: HookTask): CheckResult => ({
  kind: 'hook',
  ...changeHook(action, openRepository(folder, { program }), command),
});

/** The ONNX reader, a bundle of its own that is loaded only for ONNX files. */
const onnxFiles = (): OnnxFiles => ({
  openBytes,
  onnx: () => createRequire(__filename)(join(__dirname, 'onnx.cjs')),
});
