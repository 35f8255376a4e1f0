// The first file of a worker thread: hands the thread's port to the analysis, or to what compares revisions, in the engine,
// which is a bundle of its own.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type * as Engine from '../engine';
import type { CheckWorkerData } from './check/protocol';
import type { WorkerData } from './protocol';

const engine = createRequire(__filename)(join(__dirname, 'engine.cjs')) as typeof Engine;
const data = workerData as CheckWorkerData | WorkerData;
if (parentPort && 'checks' in data) engine.serveChecks(parentPort);
else if (parentPort) engine.serveAnalysis(parentPort, data as WorkerData);
