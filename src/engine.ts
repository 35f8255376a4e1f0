// What the command line and the editor's worker share, in one bundle: in a worker thread it serves the editor, otherwise it
// is the command line.

import { isMainThread } from 'node:worker_threads';
import { startCommandLine } from './cli/main';
import { serveAnalysis } from './editor/worker';

if (isMainThread) startCommandLine();
else serveAnalysis();
