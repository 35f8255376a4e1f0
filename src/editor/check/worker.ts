// What the worker for comparisons does: it takes tasks one after the other, asks Git, prices what has changed and answers.
// It knows no VS Code, and is ended by whoever started it when a task is given up.

import type { MessagePort } from 'node:worker_threads';
import type { OnnxFiles } from '../../analysis/onnx-files';
import { checkChanges, type HistoryCache, priceHistory, trailers } from '../../check';
import { toMarkdown } from '../../check/formats/markdown';
import { openBytes } from '../../node/bytes';
import { createNodeReader } from '../../node/files';
import { openRepository } from '../../node/git';
import { changeHook } from '../../node/hook';
import { loadOnnx } from '../../node/onnx';
import type { CheckMessage, CheckResult, CheckTask, CompareTask, HistoryTask, HookTask } from './protocol';

const PROGRESS_MS = 100;

/** Answers the tasks that come through a port, until the thread ends. */
export function serveChecks(port: MessagePort): void {
  const history: HistoryCache = new Map();
  const say = (message: CheckMessage) => port.postMessage(message);
  port.on('message', (task: CheckTask) => {
    try {
      say({ type: 'result', result: perform(task, history, progressOf(say)) });
    } catch (error) {
      say({ type: 'error', message: error instanceof Error ? error.message : String(error) });
    }
  });
}

/** Tells of a file now and then: many small ones go by faster than anybody reads. */
function progressOf(say: (message: CheckMessage) => void): (file: string) => void {
  let [done, last] = [0, 0];
  return (what) => {
    done++;
    if (Date.now() - last < PROGRESS_MS) return;
    last = Date.now();
    say({ type: 'progress', done, what });
  };
}

function perform(task: CheckTask, history: HistoryCache, progress: (file: string) => void): CheckResult {
  switch (task.kind) {
    case 'compare':
      return compare(task, progress);
    case 'history':
      return pastPrices(task, history);
    case 'hook':
      return hook(task);
  }
}

function compare({ folder, program, request }: CompareTask, progress: (file: string) => void): CheckResult {
  const git = openRepository(folder, { program });
  const services = { git, reader: createNodeReader(), onnx: onnxFiles(), progress };
  const report = checkChanges(request, services);
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

const onnxFiles = (): OnnxFiles => ({
  openBytes,
  onnx: loadOnnx,
});
