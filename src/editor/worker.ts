// The worker's entry: it takes requests one after the other and answers with reports. All of the analysis runs here,
// so that neither typing nor hovering ever waits for it. It knows no VS Code.

import { parentPort, workerData } from 'node:worker_threads';
import { createAnalysis } from '../analysis/index';
import { createNodeReader } from '../node/files';
import type { WorkerData, WorkerRequest, WorkerResponse } from './protocol';

const reader = createNodeReader();
const analysis = createAnalysis(reader);
const cancelled = new Int32Array((workerData as WorkerData).cancelled);

/** Files may have changed since the last request: nothing that was read then counts now. */
function answer({ id, ...request }: WorkerRequest): WorkerResponse {
  reader.forget();
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
