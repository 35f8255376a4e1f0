// The worker's entry: it takes requests one after the other and answers with reports. All of the analysis runs here,
// so that neither typing nor hovering ever waits for it. It knows no VS Code.

import { parentPort, workerData } from 'node:worker_threads';
import { createAnalysis } from '../analysis/index';
import { createNodeReader } from '../node/files';
import type { WorkerData, WorkerRequest, WorkerResponse } from './protocol';

const disk = createNodeReader();
/** Texts as they are in the editor, which go before what is on the disk. */
const open = new Map<string, string>();
const analysis = createAnalysis({
  read: (path) => open.get(path) ?? disk.read(path),
  isFolder: (path) => disk.isFolder(path),
});
const cancelled = new Int32Array((workerData as WorkerData).cancelled);

/** Files may have changed since the last request: nothing that was read then counts now. */
function answer({ id, unsaved, ...request }: WorkerRequest): WorkerResponse {
  disk.forget();
  open.clear();
  for (const [path, text] of Object.entries({ ...unsaved, [request.uri]: request.text }))
    open.set(path, text);
  try {
    return {
      id,
      report: analysis.analyse({ ...request, cancelled: () => Atomics.load(cancelled, 0) === id }),
    };
  } catch (error) {
    return { id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

parentPort?.on('message', (request: WorkerRequest) => {
  parentPort?.postMessage(answer(request));
});
