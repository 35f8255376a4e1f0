// What the command line and the editor's worker share, in one bundle. Loading it starts nothing and asks Node.js for
// little: src/cli/launch.ts and src/editor/worker-thread.ts start the one or the other.

export { startCommandLine } from './cli/main';
export { serveAnalysis } from './editor/worker';
