// Where scripts/install-harness.mjs puts code-server and its Node.js, and in which versions. Paths are seen from the
// project's folder, which every runner makes its working directory.

import { existsSync } from 'node:fs';
import { join } from 'node:path';

export const CODE_SERVER_VERSION = '4.139.1';
export const NODE_VERSION = '24.21.0';
export const NODE_PACKAGE = `node-${process.platform}-${process.arch}`;

/** The folder of installs. */
export const HARNESS = process.env.HARNESS_DIR ?? '.harness';

/** The folder of the install that this version of the project wants. */
export const INSTALLED = join(HARNESS, `code-server-${CODE_SERVER_VERSION}`);

/** VS Code inside an install. */
export const VSCODE = 'code-server/node_modules/code-server/lib/vscode';

/** code-server's entry point, once installed. */
export const ENTRY = join(INSTALLED, 'code-server/node_modules/code-server/out/node/entry.js');

/** The folder of VS Code's built-in extensions. */
export const BUILT_IN_EXTENSIONS = join(INSTALLED, VSCODE, 'extensions');

/** The Node.js that code-server runs on: this one if it has the right major version. */
export function serverNode() {
  const isRight = process.versions.node.split('.')[0] === NODE_VERSION.split('.')[0];
  return isRight ? process.execPath : join(INSTALLED, `node/node_modules/${NODE_PACKAGE}/bin/node`);
}

/** Whether everything is in place. */
export function isInstalled() {
  return existsSync(ENTRY) && existsSync(serverNode());
}
