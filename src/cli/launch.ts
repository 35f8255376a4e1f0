// The command's first file. It loads the engine, with V8's compiled code from a cache where the build has left one for
// this version of Node: a report takes so little time that compiling would be a third of it. A cache that does not fit is
// passed by, silently and safely, by V8 itself. PRICE_TAG_WRITE_CACHE is for the build.

import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Script } from 'node:vm';
import type * as Engine from '../engine';

const ENGINE = join(__dirname, 'engine.cjs');
const CACHE = join(__dirname, 'engine.cache');

// A report is done before optimised code pays for itself: V8 is told to wait longer before it makes any.
setFlagsFromString('--interrupt-budget=500000');

// The bundle is ASCII, which is read fastest as what it is.
const source = readFileSync(ENGINE, 'latin1');
const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, {
  filename: ENGINE,
  cachedData: cached(),
});
const engine = { exports: {} as typeof Engine };
script.runInThisContext()(engine.exports, createRequire(ENGINE), engine, ENGINE, __dirname);
if (process.env.PRICE_TAG_WRITE_CACHE)
  process.on('exit', () => writeFileSync(CACHE, script.createCachedData()));
engine.exports.startCommandLine();

function cached(): Buffer | undefined {
  try {
    return process.env.PRICE_TAG_WRITE_CACHE ? undefined : readFileSync(CACHE);
  } catch {
    return undefined;
  }
}
