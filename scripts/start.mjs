// The first look: builds, prices examples/ in the terminal, and opens that folder in VS Code with the extension in
// it. Where there is no `code` command it says so; with --browser the editor is code-server, in the browser.
//
//   npm start [-- --browser]

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../esbuild.mjs';
import { bundleModule } from './bundle-tests.mjs';
import { install } from './install-harness.mjs';

const EXAMPLES = 'examples';
const WINDOWS = process.platform === 'win32';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await withProgress('Building', build()).catch(() => process.exit(1));
await priceExamples();
if (process.argv.includes('--browser')) await openInBrowser();
else openInEditor();

/** Shows what is being done, with the seconds it takes where the terminal can take a line back. */
async function withProgress(what, work) {
  const { stdout } = process;
  const started = Date.now();
  const show = () => stdout.write(`\r${what} … ${Math.round((Date.now() - started) / 1000)} s`);
  if (!stdout.isTTY) console.log(`${what} …`);
  const timer = stdout.isTTY ? setInterval(show, 200) : undefined;
  try {
    return await work;
  } finally {
    clearInterval(timer);
    if (stdout.isTTY) stdout.write('\r\u001b[K');
  }
}

async function priceExamples() {
  const args = ['dist/cli.cjs', 'report', EXAMPLES];
  const { code, output } = await withProgress(`Pricing ${EXAMPLES}/`, outputOf(process.execPath, args));
  process.stdout.write(output);
  if (code !== 0) process.exit(code ?? 1);
}

/** Runs a program to its end and gives what it printed. */
function outputOf(program, args) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  return new Promise((done, fail) => {
    child.once('error', fail);
    child.once('close', (code) => done({ code, output: Buffer.concat(chunks) }));
  });
}

function openInEditor() {
  const code = onPath(WINDOWS ? 'code.cmd' : 'code');
  const args = [`--extensionDevelopmentPath=${resolve('.')}`, resolve(EXAMPLES)];
  if (code === undefined) {
    console.log('\nVS Code was not found: there is no `code` command on the PATH.');
    console.log('In VS Code, "Shell Command: Install \'code\' command in PATH" makes it;');
    console.log('`npm start -- --browser` shows the extension in a browser instead.');
    return;
  }
  console.log(`\nOpening ${EXAMPLES}/ in VS Code.`);
  start(WINDOWS ? 'cmd.exe' : code, WINDOWS ? ['/d', '/c', code, ...args] : args);
}

async function openInBrowser() {
  await install();
  await bundleModule('test/harness/server.ts', 'out/harness/server.cjs');
  await bundleModule('test/harness/browser.ts', 'out/harness/browser.cjs');
  const { startServer } = (await import('../out/harness/server.cjs')).default;
  const { remoteUri, workbenchUrl } = (await import('../out/harness/browser.cjs')).default;
  const server = await startServer({ linked: ['.'] });
  const url = workbenchUrl(server.url, { folder: resolve(EXAMPLES) }, openFirst(server.url, remoteUri));
  console.log(`\n${EXAMPLES}/ is open at\n${url}\nuntil you end this with Ctrl+C.`);
  openUrl(url);
}

/** Has the workbench open the README of the examples, if there is one. */
function openFirst(server, remoteUri) {
  const file = resolve(EXAMPLES, 'README.md');
  return existsSync(file) ? [['openFile', remoteUri(server, file)]] : [];
}

/** Opens the page where there is a screen. */
function openUrl(url) {
  if (process.platform === 'darwin') start('open', [url]);
  else if (WINDOWS) start('explorer.exe', [url]);
  else if (process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY) start('xdg-open', [url]);
}

/** Starts a program that outlives this one; if it cannot be started, what was printed is enough. */
function start(program, args) {
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.once('error', (error) => console.log(`${program} could not be started: ${error.message}`));
  child.unref();
}

function onPath(program) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path));
}
