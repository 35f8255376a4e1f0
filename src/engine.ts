// What the command line and the editor's workers share, in one bundle. Loading it starts nothing and asks Node.js for
// little: src/cli/launch.ts and src/editor/worker-thread.ts start the one or the other.

export { startCommandLine } from './cli/main';
export { serveChecks } from './editor/check/worker';
export { serveAnalysis } from './editor/worker';
