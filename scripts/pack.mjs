// Packs the extension as a VSIX by vsce, which builds it minified first (vscode:prepublish). Nothing is asked and
// nothing is fetched: all that ships is bundled, so that no dependencies are packed.
//
//   npm run package                     makes out/price-tag.vsix

import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const VSCE = 'node_modules/@vscode/vsce/vsce';

/**
 * Packs and gives the full path of the package.
 * @param {string} file
 */
export function pack(file) {
  mkdirSync(dirname(file), { recursive: true });
  const args = [VSCE, 'package', '--no-dependencies', '--out', file];
  execFileSync(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  return resolve(file);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  console.log(pack('out/price-tag.vsix'));
}
