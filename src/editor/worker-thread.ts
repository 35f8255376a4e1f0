// The first file of the worker thread: hands the thread's port to the analysis in the engine, which is a bundle of its own.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type * as Engine from '../engine';

const engine = createRequire(__filename)(join(__dirname, 'engine.cjs')) as typeof Engine;
if (parentPort) engine.serveAnalysis(parentPort, workerData);
