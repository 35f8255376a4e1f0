// Installs what the editor tests need where no desktop VS Code can be had: code-server (the VS Code workbench and its
// extension host, behind a web server) and the Node.js it runs on, both as npm packages. Everything lands in a staging
// folder that is renamed at the end: an interrupted install leaves nothing that looks finished. No install script
// is run: stand-ins replace the two native modules that would have to be compiled. Not here: desktop VS Code, Chromium.
//
//   npm run harness:install             into .harness/, or into the folder that HARNESS_DIR names

import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  CODE_SERVER_VERSION,
  HARNESS,
  INSTALLED,
  isInstalled,
  NODE_PACKAGE,
  NODE_VERSION,
  serverNode,
  VSCODE,
} from '../test/harness/places.mjs';

const MINUTES_PER_STEP = 10;

/** Parts of code-server that tests never load: half of its size. */
const NOT_NEEDED = [
  'extensions/copilot',
  'node_modules/@github',
  'node_modules/@microsoft/mxc-sdk',
  'node_modules/@vscode/sqlite3/deps',
];

/** Installs unless installed; rejects with a sentence and npm's words where a step fails. */
export async function install() {
  if (isInstalled()) return;
  const started = Date.now();
  const staging = join(HARNESS, `staging-${process.pid}`);
  removeAbandoned();
  process.once('exit', () => rmSync(staging, { recursive: true, force: true }));
  console.log(`Installing code-server ${CODE_SERVER_VERSION} for the editor tests (about 500 MB, once).`);
  await installNode(join(staging, 'node'));
  await installCodeServer(join(staging, 'code-server'));
  replaceNativeModules(join(staging, VSCODE, 'node_modules/@vscode'));
  prune(join(staging, VSCODE));
  settle(staging);
  console.log(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
}

async function installNode(folder) {
  if (serverNode() !== process.execPath) await npmInstall(folder, `${NODE_PACKAGE}@${NODE_VERSION}`);
}

async function installCodeServer(folder) {
  await npmInstall(folder, `code-server@${CODE_SERVER_VERSION}`);
  await npm(join(folder, 'node_modules/code-server/lib/vscode'), ['install', '--omit=dev']);
}

function npmInstall(folder, what) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  return npm(folder, ['install', what]);
}

/** Runs npm without scripts, and without the settings that an outer `npm run` hands down. */
function npm(folder, args) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
  const command = [...args, '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const child = spawn('npm', command, {
    cwd: folder,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: MINUTES_PER_STEP * 60_000,
  });
  let words = '';
  child.stderr.on('data', (chunk) => {
    words += chunk;
  });
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) =>
      code === 0 ? done() : fail(new Error(`npm ${args.join(' ')} failed.\n${words}`)),
    );
  });
}

/** The native modules that an extension host loads at its start; without them it works and complains loudly. */
function replaceNativeModules(folder) {
  for (const name of ['spdlog', 'native-watchdog']) {
    copyFileSync(join('test/harness/stand-ins', `${name}.cjs`), join(folder, name, 'index.js'));
  }
}

function prune(vscode) {
  for (const part of NOT_NEEDED) rmSync(join(vscode, part), { recursive: true, force: true });
  const ripgrep = join(vscode, 'node_modules/@vscode/ripgrep-universal/bin');
  if (!existsSync(ripgrep)) return;
  for (const platform of readdirSync(ripgrep)) {
    if (platform !== `${process.platform}-${process.arch}`)
      rmSync(join(ripgrep, platform), { recursive: true });
  }
}

/** Moves the finished install into place, unless someone else was faster. */
function settle(staging) {
  if (isInstalled()) return;
  rmSync(INSTALLED, { recursive: true, force: true });
  renameSync(staging, INSTALLED);
}

/** Staging folders of installs whose process is gone. */
function removeAbandoned() {
  if (!existsSync(HARNESS)) return;
  for (const name of readdirSync(HARNESS)) {
    const pid = Number(/^staging-(\d+)$/.exec(name)?.[1] ?? Number.NaN);
    if (pid > 0 && !isRunning(pid)) rmSync(join(HARNESS, name), { recursive: true, force: true });
  }
}

function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.chdir(fileURLToPath(new URL('..', import.meta.url)));
  if (isInstalled()) console.log(`code-server ${CODE_SERVER_VERSION} is installed.`);
  else await install().catch(fail);
}

function fail(error) {
  console.error(`The editor tests cannot be prepared: ${error.message}`);
  process.exit(1);
}
