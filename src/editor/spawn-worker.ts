// Starts the analysis worker as a thread of Node.js, with a ceiling for its memory.

import { Worker } from 'node:worker_threads';
import type { WorkerLike } from './analysis-client';
import type { WorkerData, WorkerRequest, WorkerResponse } from './protocol';

/** A worker of the bundle at a path. */
export function spawnWorker(path: string, cancelled: SharedArrayBuffer, maxMegabytes: number): WorkerLike {
  const worker = new Worker(path, {
    workerData: { cancelled } satisfies WorkerData,
    resourceLimits: { maxOldGenerationSizeMb: maxMegabytes },
    name: 'price-tag',
  });
  return {
    postMessage: (request: WorkerRequest) => worker.postMessage(request),
    onMessage: (listener: (response: WorkerResponse) => void) => {
      worker.on('message', listener);
    },
    onEnd: (listener) => {
      worker.on('error', (error) => listener(reasonOf(error, maxMegabytes)));
      worker.on('exit', (code) => listener(`the worker exited with code ${code}`));
    },
    terminate: () => {
      void worker.terminate();
    },
  };
}

function reasonOf(error: unknown, maxMegabytes: number): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return `it needed more than ${maxMegabytes} MiB of memory`;
  return error instanceof Error ? `the worker failed: ${error.message}` : 'the worker failed';
}
