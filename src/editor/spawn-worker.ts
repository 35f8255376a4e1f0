// Starts a worker of the engine as a thread of Node.js, with a ceiling for its memory.

import { Worker } from 'node:worker_threads';

/** A worker that takes requests of one kind and answers with responses of another. */
export interface SpawnedWorker<Request, Response> {
  postMessage(request: Request): void;
  onMessage(listener: (response: Response) => void): void;
  onEnd(listener: (reason: string) => void): void;
  terminate(): void;
}

/** A worker of the bundle at a path, started with some data. */
export function spawnWorker<Request, Response>(
  path: string,
  workerData: unknown,
  maxMegabytes: number,
): SpawnedWorker<Request, Response> {
  const worker = new Worker(path, {
    workerData,
    resourceLimits: { maxOldGenerationSizeMb: maxMegabytes },
    name: 'price-tag',
  });
  return {
    postMessage: (request) => worker.postMessage(request),
    onMessage: (listener) => {
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
