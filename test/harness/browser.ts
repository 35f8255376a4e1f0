// Starts the Chromium that shows the workbench, without a window and without a way to any other machine.

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';

export interface Viewport {
  readonly width?: number;
  readonly height?: number;
  /** Device pixels per pixel. */
  readonly scale?: number;
}

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
];
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

const FLAGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-quic',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
  '--no-first-run',
];

/** Path of a Chromium or Chrome: CHROMIUM_PATH, else the first on the PATH or in the usual places. */
export function findChromium(): string {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  const candidates = [process.env.CHROMIUM_PATH ?? '', ...onPath, ...APPLICATIONS];
  const found = candidates.find((path) => path !== '' && existsSync(path));
  if (found === undefined)
    throw new Error('No Chromium or Chrome was found: install one or set CHROMIUM_PATH.');
  return found;
}

export async function startBrowser(
  viewport: Viewport = {},
): Promise<{ browser: Browser; context: BrowserContext }> {
  const browser = await chromium.launch({ executablePath: findChromium(), headless: true, args: FLAGS });
  const { width = 1280, height = 800, scale = 1 } = viewport;
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: scale,
    colorScheme: 'dark',
  });
  return { browser, context };
}

/** The address of a workbench page: a folder, a workspace file or nothing, and what the page is to know. */
export function workbenchUrl(
  server: string,
  open: { folder?: string; workspace?: string },
  payload: string[][],
): string {
  const url = new URL(server);
  if (open.folder) url.searchParams.set('folder', open.folder);
  else if (open.workspace) url.searchParams.set('workspace', open.workspace);
  else url.searchParams.set('ew', 'true');
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/** A path of this machine as the workbench names it, which runs remotely as far as it knows. */
export function remoteUri(server: string, path: string): string {
  return `vscode-remote://${new URL(server).host}${path}`;
}
