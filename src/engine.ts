// What the command line and the editor's workers share, in one bundle: in a worker thread it serves the editor, with
// prices or with comparisons, otherwise it is the command line.

import { isMainThread } from 'node:worker_threads';
import { startCommandLine } from './cli/main';
import { isCheckWorker, serveChecks } from './editor/check/worker';
import { serveAnalysis } from './editor/worker';

if (isMainThread) startCommandLine();
else if (isCheckWorker()) serveChecks();
else serveAnalysis();
