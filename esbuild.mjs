// Bundles what ships: the extension, its worker, the command line and the pages, and the web editions of the
// first two. Python preludes travel inside the bundles as text. The table below is all there is to know.
//
//   node esbuild.mjs [--minify] [--watch] [--metafile]
//
// --metafile leaves dist/<name>.meta.json beside each bundle, for esbuild's analyser. Type checking is tsc's business.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { notices } from './scripts/notices.mjs';

const ROOT = fileURLToPath(new URL('.', import.meta.url));

/** What every bundle has in common; the tests are bundled with it too. */
export const COMMON = {
  absWorkingDir: ROOT,
  bundle: true,
  loader: { '.py': 'text', '.ttf': 'file' },
  assetNames: '[name]',
  charset: 'ascii',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
};

/** Settings of a bundle that Node.js loads. Of packages their modules are taken: what UMD requires cannot be bundled. */
export const NODE = { platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'] };

const VERSION = {
  'process.env.PRICE_TAG_VERSION': JSON.stringify(
    JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8')).version,
  ),
};

const BROWSER = { platform: 'browser', format: 'iife', target: 'es2022' };

/** Settings of an extension that a browser's worker loads: CommonJS without Node.js. */
const WEB_HOST = { platform: 'browser', format: 'cjs', target: 'es2022', external: ['vscode'] };

/** The bundles by name: `dist/<name>` is made from `entry`; one that is optional is made where its entry exists. */
const BUNDLES = {
  'extension.cjs': { entry: 'src/editor/extension.ts', ...NODE, external: ['vscode'] },
  'engine.cjs': { entry: 'src/engine.ts', ...NODE, define: VERSION },
  'cli.cjs': { entry: 'src/cli/launch.ts', ...NODE, banner: { js: '#!/usr/bin/env node' } },
  'worker.cjs': { entry: 'src/editor/worker-thread.ts', ...NODE },
  'onnx.cjs': { entry: 'src/onnx/index.ts', ...NODE },
  'webview.js': { entry: 'webview/main.ts', ...BROWSER },
  'changes.js': { entry: 'webview/changes/main.ts', ...BROWSER },
  'web/extension.js': { entry: 'src/editor/web/extension.ts', optional: true, ...WEB_HOST },
  'web/worker.js': { entry: 'src/editor/web/worker.ts', optional: true, ...BROWSER },
};

/** @typedef {{ minify?: boolean, watch?: boolean, metafile?: boolean }} BuildOptions */

/**
 * Builds every bundle, and rejects after esbuild has printed what is wrong. What is minified is meant to be shipped:
 * it is built into an empty folder, with the licences of what it contains.
 * @param {BuildOptions} [options]
 */
export async function build(options = {}) {
  const ships = options.minify && !options.watch;
  if (ships) rmSync(resolve(ROOT, 'dist'), { recursive: true, force: true });
  const names = Object.keys(BUNDLES).filter(isWanted);
  const metafiles = await Promise.all(names.map((name) => buildOne(name, options)));
  if (ships) writeFileSync(resolve(ROOT, 'dist/ThirdPartyNotices.txt'), notices(metafiles));
  if (!options.watch) keepCompiledCode();
}

/** Leaves what V8 compiles for a report in dist/engine.cache, for this version of Node; see src/cli/launch.ts. */
function keepCompiledCode() {
  const cache = resolve(ROOT, 'dist/engine.cache');
  rmSync(cache, { force: true });
  const targets = ['examples', 'scripts/warm-up.py', 'scripts/warm-up.py::small()'].map((path) =>
    resolve(ROOT, path),
  );
  const args = [resolve(ROOT, 'dist/cli.cjs'), 'report', ...targets, '--format', 'json'];
  const env = { ...process.env, PRICE_TAG_WRITE_CACHE: '1' };
  const { status } = spawnSync(process.execPath, args, { env, stdio: 'ignore', timeout: 60_000 });
  if (status === null) rmSync(cache, { force: true });
}

function isWanted(name) {
  const { entry, optional } = BUNDLES[name];
  return !optional || existsSync(resolve(ROOT, entry));
}

async function buildOne(name, { minify = false, watch = false, metafile = false }) {
  const { entry, optional: _, ...settings } = BUNDLES[name];
  const job = {
    ...COMMON,
    ...settings,
    entryPoints: [entry],
    outfile: `dist/${name}`,
    minify,
    sourcemap: minify ? false : 'linked',
  };
  if (watch) return (await esbuild.context({ ...job, logLevel: 'info' })).watch();
  const result = await esbuild.build(job);
  if (metafile) writeFileSync(resolve(ROOT, `dist/${name}.meta.json`), JSON.stringify(result.metafile));
  return result.metafile;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const has = (flag) => process.argv.includes(flag);
  const options = { minify: has('--minify'), watch: has('--watch'), metafile: has('--metafile') };
  await build(options).catch(() => process.exit(1));
}
