// Stands where @vscode/test-electron expects the executable of VS Code: takes its switches, opens the workbench of
// code-server in Chromium, has it run the suite in its extension host, and ends with the suite's exit code. Switches
// for the desktop alone are ignored. The environment, less what belongs to this process, reaches the extension host.

import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { format, parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { remoteUri, startBrowser, workbenchUrl } from './browser';
import { type Server, startServer } from './server';

const TIMEOUT_MS = Number(process.env.EDITOR_TEST_TIMEOUT_MS ?? 180_000);

/** Lines of the workbench itself, which speaks through the same channel as the extension host's console. */
const WORKBENCH_NOISE =
  /^(Ignoring fetching|Updating additional builtin|Resolv(ing|ed) connection|Creating a socket|Creation of workbench contribution|\[(Service Worker|AccountPolicyGate|AgentHost|reconnection)|Error: \d+ test)/;
const OWN_ENV = /^(PATH|HOME|PWD|OLDPWD|SHLVL|_|TMPDIR|NODE_.*|npm_.*|VSCODE_.*|ELECTRON_.*)$/i;

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string', multiple: true },
    extensionTestsPath: { type: 'string' },
    'extensions-dir': { type: 'string' },
    'user-data-dir': { type: 'string' },
    verbose: { type: 'boolean' },
  },
});
const verbose = values.verbose === true;

main().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);

async function main(): Promise<number> {
  const log = verbose ? (text: string) => void process.stderr.write(text) : undefined;
  const server = await startServer({ testDriver: true, settings: userSettings(), ...(log ? { log } : {}) });
  try {
    return await runSuite(server);
  } finally {
    await server.stop();
  }
}

/** The settings that the caller laid into the user data folder. */
function userSettings(): Record<string, unknown> {
  const file = join(String(values['user-data-dir'] ?? ''), 'User/settings.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

async function runSuite(server: Server): Promise<number> {
  const { browser, context } = await startBrowser();
  try {
    const page = await context.newPage();
    const exit = exitCode(page);
    await page.exposeFunction('codeAutomationLog', printLine);
    await page.goto(suiteUrl(server.url));
    return await exit;
  } finally {
    await browser.close();
  }
}

/** The workbench reads the extension to develop and the suite to run from its address. */
function suiteUrl(server: string): string {
  const extensions = [values.extensionDevelopmentPath ?? []].flat().map((path) => resolve(String(path)));
  const target = positionals.at(-1);
  const open =
    target === undefined
      ? {}
      : { [target.endsWith('.code-workspace') ? 'workspace' : 'folder']: resolve(target) };
  const outer = Object.entries(process.env).filter(([name]) => !OWN_ENV.test(name));
  return workbenchUrl(server, open, [
    ...extensions.map((path) => ['extensionDevelopmentPath', remoteUri(server, path)]),
    ['extensionTestsPath', remoteUri(server, resolve(String(values.extensionTestsPath)))],
    ['extensionEnvironment', JSON.stringify(Object.fromEntries(outer))],
  ]);
}

/** The code that the workbench gives at the end of the suite, or 1 with a sentence where there is none. */
function exitCode(page: Page): Promise<number> {
  return new Promise((done) => {
    const fail = (why: string) => {
      console.error(why);
      done(1);
    };
    void page.exposeFunction('codeAutomationExit', done);
    page.on('crash', () => fail('The page of the workbench crashed.'));
    setTimeout(() => fail(`The suite did not end within ${TIMEOUT_MS / 1000} s.`), TIMEOUT_MS).unref();
  });
}

function printLine(type: string, args: unknown[]): void {
  const text = format(...args);
  if (!verbose && WORKBENCH_NOISE.test(text)) return;
  (type === 'error' ? process.stderr : process.stdout).write(`${text}\n`);
}
