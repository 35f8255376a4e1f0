// Runs test/ui: the real workbench of code-server in a headless Chromium, driven as a user would. The extension is
// the project's folder as it was just built, or with --packed the VSIX that would be published. Screenshots of
// failures and of what the tests want to show lie in shots/.
//
//   npm run test:ui [-- PART… --grep PATTERN --packed --no-build]

import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import Mocha from 'mocha';
import { build } from '../esbuild.mjs';
import { SuiteReporter } from '../test/harness/reporter.mjs';
import { bundleTests, testFiles } from './bundle-tests.mjs';
import { makeWorkspace } from './editor-workspace.mjs';
import { install } from './install-harness.mjs';
import { pack } from './pack.mjs';

const { values: options, positionals: parts } = parseArgs({
  allowPositionals: true,
  options: { grep: { type: 'string' }, packed: { type: 'boolean' }, 'no-build': { type: 'boolean' } },
});
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
process.setSourceMapsEnabled(true);
await prepare().catch((error) => {
  console.error(`The UI tests cannot be run: ${error.message}`);
  process.exit(1);
});
process.exit((await run(resolve('out/ui/tests.cjs'))) ? 0 : 1);

async function prepare() {
  await install();
  process.env.TEST_WORKSPACE = makeWorkspace();
  if (options.packed) process.env.PRICE_TAG_VSIX = pack('out/price-tag.vsix');
  else if (!options['no-build']) await build();
  await bundleTests(testFiles('test/ui', parts), 'out/ui/tests.cjs');
}

/** Whether something was run and nothing failed. */
function run(file) {
  const mocha = new Mocha({ reporter: SuiteReporter, timeout: 60_000, diff: false, grep: options.grep });
  mocha.addFile(file);
  return new Promise((done) => {
    const runner = mocha.run((failures) => {
      if (runner.stats.passes + failures === 0) console.error('No UI test was run.');
      done(failures === 0 && runner.stats.passes > 0);
    });
  });
}
