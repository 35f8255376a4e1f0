// What the worker does: it takes requests one after the other and answers with reports. All of the analysis runs here,
// so that neither typing nor hovering ever waits for it. It knows no VS Code.

import type { MessagePort } from 'node:worker_threads';
import type { FileReport } from '../analysis/file-report';
import { createAnalysis } from '../analysis/index';
import { createOnnxPricing } from '../analysis/onnx-files';
import type { FileReader } from '../base/files';
import { judgeFile } from '../check';
import { openBytes } from '../node/bytes';
import { createNodeReader } from '../node/files';
import { loadOnnx } from '../node/onnx';
import type { JudgedReport, WorkerData, WorkerRequest, WorkerResponse } from './protocol';

/** Answers the requests that come through a port, until the thread ends. */
export function serveAnalysis(port: MessagePort, data: WorkerData): void {
  const cancelled = new Int32Array(data.cancelled);
  const answer = answering((id) => Atomics.load(cancelled, 0) === id);
  port.on('message', (request: WorkerRequest) => port.postMessage(answer(request)));
}

function answering(isCancelled: (id: number) => boolean): (request: WorkerRequest) => WorkerResponse {
  const disk = createNodeReader();
  /** Texts as they are in the editor, which go before what is on the disk. */
  const open = new Map<string, string>();
  const reader: FileReader = {
    read: (path) => open.get(path) ?? disk.read(path),
    isFolder: (path) => disk.isFolder(path),
    list: (path) => disk.list(path),
  };
  const analysis = createAnalysis(reader);
  const priceGraph = createOnnxPricing({
    openBytes,
    onnx: loadOnnx,
  });
  return ({ id, unsaved, graph, ...request }) => {
    // Files may have changed since the last request: nothing that was read then counts now.
    disk.forget();
    open.clear();
    for (const [path, text] of Object.entries({ ...unsaved, [request.uri]: request.text }))
      open.set(path, text);
    try {
      if (graph) return { id, report: priceGraph({ ...request, ...graph }) };
      const report = analysis.analyse({ ...request, cancelled: () => isCancelled(id) });
      return { id, report: judged(report, reader) };
    } catch (error) {
      return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  };
}

/** Budgets are judged where the figures are: the editor only shows what is said of them. */
function judged(report: FileReport, reader: FileReader): JudgedReport {
  const budgets = judgeFile(report, reader);
  const isSilent = Object.keys(budgets.verdicts).length === 0;
  return isSilent ? report : { ...report, budgets };
}
