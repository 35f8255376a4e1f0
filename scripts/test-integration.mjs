// Runs test/integration in a real extension host, by @vscode/test-electron: in a desktop VS Code where there is a
// screen and it can be downloaded, else in code-server with a headless Chromium, which test/harness/code-shim.ts
// passes off as VS Code. Only counts that were written at the end of the suite are believed.
//
//   npm run test:integration [-- PART… --grep PATTERN --verbose --no-build]
//   EDITOR_KIND=desktop or EDITOR_KIND=browser in the environment decides between the two.

import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { build } from '../esbuild.mjs';
import { bundleModule, bundleTests, testFiles } from './bundle-tests.mjs';
import { makeWorkspace } from './editor-workspace.mjs';
import { install } from './install-harness.mjs';

const OUT = 'out/integration';

const { values: options, positionals: parts } = parseArgs({
  allowPositionals: true,
  options: { grep: { type: 'string' }, verbose: { type: 'boolean' }, 'no-build': { type: 'boolean' } },
});
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const results = resolve(process.env.RESULTS ?? `${OUT}/results.json`);
if (!options['no-build']) await build().catch(() => process.exit(1));
await bundleTests(testFiles('test/integration', parts), `${OUT}/tests.cjs`);
await bundleModule('test/harness/suite.ts', `${OUT}/suite.cjs`);
rmSync(results, { force: true });
const code = await runSuite(await editor()).catch(report);
process.exit(believable(code) ? 0 : 1);

/** The editor's executable: a downloaded VS Code, or the stand-in for code-server. */
async function editor() {
  const kind = process.env.EDITOR_KIND ?? (hasScreen() ? undefined : 'browser');
  if (kind !== 'browser') {
    const desktop = downloadAndUnzipVSCode(process.env.VSCODE_VERSION ?? 'stable');
    const found = await (kind === 'desktop' ? desktop : desktop.catch(() => undefined));
    if (found) return found;
    console.log('VS Code cannot be downloaded here; code-server stands in for it.');
  }
  await install();
  const shim = resolve(OUT, 'code.cjs');
  await bundleModule('test/harness/code-shim.ts', shim, '#!/usr/bin/env node');
  chmodSync(shim, 0o755);
  return shim;
}

function hasScreen() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
}

function runSuite(vscodeExecutablePath) {
  const workspace = makeWorkspace();
  const userData = join(dirname(workspace), 'user-data');
  writeSettings(userData);
  return runTests({
    vscodeExecutablePath,
    extensionDevelopmentPath: resolve('.'),
    extensionTestsPath: resolve(OUT, 'suite.cjs'),
    launchArgs: [
      workspace,
      `--user-data-dir=${userData}`,
      '--disable-extensions',
      ...(options.verbose ? ['--verbose'] : []),
    ],
    extensionTestsEnv: {
      PROJECT: resolve('.'),
      RESULTS: results,
      TEST_WORKSPACE: workspace,
      ...(options.grep ? { TEST_GREP: options.grep } : {}),
    },
  });
}

/** The settings the tests begin with: those of the workspace, which a user would have in the user's own. */
function writeSettings(userData) {
  const source = 'test/integration/user-settings.json';
  mkdirSync(join(userData, 'User'), { recursive: true });
  if (existsSync(source)) writeFileSync(join(userData, 'User/settings.json'), readFileSync(source));
}

function report(error) {
  console.error(error instanceof Error ? error.message : error);
  return 1;
}

/** Whether the suite came to its end, ran something, and nothing failed. */
function believable(code) {
  if (!existsSync(results)) {
    console.error('The suite did not come to its end.');
    return false;
  }
  const { passed, failed } = JSON.parse(readFileSync(results, 'utf8'));
  if (passed + failed === 0) console.error('No integration test was run.');
  return code === 0 && failed === 0 && passed > 0;
}
