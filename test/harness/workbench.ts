// A window of the real workbench with the extension in it, and what a user does there: open files, run commands,
// hover, read lenses and hints, use the extension's pages. Each read is repeated until it fits, because the
// workbench repaints as it likes; a wait followed by a single read is a race.
//
// A UI test begins with `const workbench = useWorkbench({ … })` and asks `workbench()` in its tests.

import { mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import { Bridge } from './bridge';
import { remoteUri, startBrowser, type Viewport, workbenchUrl } from './browser';
import { type Server, type ServerOptions, startServer } from './server';

export interface WorkbenchOptions extends Viewport, Pick<ServerOptions, 'settings' | 'restricted' | 'env'> {
  /** The folder to open, or what makes it; without one, a fresh copy of the test workspace. */
  readonly folder?: string | (() => string);
  /** A file to open in it at once, relative to the folder. */
  readonly file?: string;
  /** Extensions to link besides the one under test. */
  readonly extensions?: readonly string[];
}

const PATIENCE_MS = 15_000;
const START_MS = 60_000;
const SCREENSHOTS = 'shots';
const BRIDGE = 'test/harness/bridge';
const HOVER = '.monaco-hover:not(.hidden)';
const PAINTED_LINES = '.editor-instance .view-lines .view-line';

/** Reads until the value fits; fails with the last value that was read. */
export async function until<T>(
  what: string,
  read: () => Promise<T>,
  fits: (value: T) => boolean,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const end = Date.now() + patienceMs;
  for (;;) {
    const value = await read();
    if (fits(value)) return value;
    if (Date.now() > end) throw new Error(`Waited in vain for ${what}; last seen: ${JSON.stringify(value)}`);
    await sleep(50);
  }
}

/** Opens a window before the tests of a suite and closes it after them; a failed test leaves a screenshot. */
export function useWorkbench(options: WorkbenchOptions = {}): () => Workbench {
  let workbench: Workbench | undefined;
  before(async function () {
    this.timeout(START_MS);
    workbench = await Workbench.open(options);
  });
  afterEach(async function () {
    const test = this.currentTest;
    if (test?.state === 'failed') await workbench?.screenshot(`failed ${test.fullTitle()}`);
  });
  after(() => workbench?.close());
  return () => {
    if (workbench === undefined) throw new Error('The workbench is open only while tests run.');
    return workbench;
  };
}

export class Workbench {
  private bridgeTo: Promise<Bridge> | undefined;

  private constructor(
    readonly page: Page,
    readonly folder: string,
    private readonly server: Server,
    private readonly browser: Browser,
    private readonly bridgePath: string,
  ) {}

  static async open(options: WorkbenchOptions): Promise<Workbench> {
    const wanted = typeof options.folder === 'function' ? options.folder() : options.folder;
    const folder = resolve(wanted ?? process.env.TEST_WORKSPACE ?? 'examples');
    const bridgePath = join(tmpdir(), `price-tag-bridge-${process.pid}-${Date.now()}`);
    const server = await startServer(serverOptions(options, bridgePath));
    const { browser, context } = await startBrowser(options);
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const payload = options.file ? [['openFile', remoteUri(server.url, join(folder, options.file))]] : [];
    await page.goto(workbenchUrl(server.url, { folder }, payload));
    await page.locator('.monaco-workbench .part.editor').waitFor({ timeout: START_MS });
    return new Workbench(page, folder, server, browser, bridgePath);
  }

  async close(): Promise<void> {
    await this.bridgeTo?.then((bridge) => bridge.close());
    await this.browser.close();
    await this.server.stop();
    rmSync(this.bridgePath, { force: true });
  }

  /** Runs a function in the extension host; see bridge.ts for what it may use. */
  async inExtensionHost<T, V>(
    work: (vscode: typeof import('vscode'), value: V) => T | PromiseLike<T>,
    value?: V,
  ): Promise<Awaited<T>> {
    this.bridgeTo ??= Bridge.connect(this.bridgePath);
    return (await this.bridgeTo).run(work, value);
  }

  /** Changes a user setting; it applies at once. */
  async setSetting(name: string, value: unknown): Promise<void> {
    await this.inExtensionHost(
      (vscode, { name, value }) => vscode.workspace.getConfiguration().update(name, value, true),
      { name, value },
    );
  }

  /** Opens a file of the folder and waits until it is painted. */
  async openFile(file: string): Promise<void> {
    await this.inExtensionHost(
      async (vscode, path) => {
        await vscode.window.showTextDocument(vscode.Uri.file(path), { preview: false });
      },
      join(this.folder, file),
    );
    await this.page.locator(PAINTED_LINES).first().waitFor();
  }

  /** Runs a command from the palette, by its full title with its category. */
  async runCommand(title: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input[type=text]');
    await this.page.keyboard.press('F1');
    await input.waitFor({ state: 'visible' });
    await input.fill(`>${title}`);
    await this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().waitFor();
    await this.page.keyboard.press('Enter');
    await input.waitFor({ state: 'hidden' });
  }

  /** Moves the pointer to a word in the first painted line that has a text, and gives the hover's text. */
  async hoverWord(lineText: string, word: string): Promise<string> {
    const at = await until(
      `a line with ${lineText}`,
      () => this.page.evaluate(middleOfWord, { lines: PAINTED_LINES, lineText, word }),
      (point) => point !== null,
    );
    if (at === null) throw new Error('unreachable');
    await this.page.mouse.move(at.x - 3, at.y);
    await this.page.mouse.move(at.x, at.y, { steps: 3 });
    await this.hover().waitFor({ state: 'visible' });
    return this.hover().innerText();
  }

  /** The hover that is shown. */
  hover(): Locator {
    return this.page.locator(HOVER).first();
  }

  /** Texts of the code lenses that are painted, once they fit. */
  codeLenses(fits: (lenses: string[]) => boolean = (lenses) => lenses.length > 0): Promise<string[]> {
    return until('code lenses', () => this.texts('.codelens-decoration a'), fits);
  }

  /** Clicks the first code lens that has a text. */
  async clickCodeLens(text: string): Promise<void> {
    await this.page.locator('.codelens-decoration a', { hasText: text }).first().click();
  }

  /** Painted lines from top to bottom with their inlay hints, once they fit. */
  lines(fits: (lines: string[]) => boolean = () => true): Promise<string[]> {
    return until('lines of text', () => this.page.evaluate(paintedLines, PAINTED_LINES), fits);
  }

  /** Texts of the items of the status bar, once they fit. */
  statusBar(fits: (items: string[]) => boolean = () => true): Promise<string[]> {
    return until('status bar items', () => this.texts('.statusbar-item .statusbar-item-label'), fits);
  }

  /** Notifications that are shown as toasts. */
  toasts(): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item-message');
  }

  /** The content of the extension's n-th page: its document lies two frames deep. */
  webview(n = 0): FrameLocator {
    return this.page.locator('iframe.webview.ready').nth(n).contentFrame().frameLocator('#active-frame');
  }

  /** Switches between themes: 'contrast' is the dark high contrast theme. */
  async setTheme(theme: 'dark' | 'light' | 'contrast'): Promise<void> {
    const colorScheme = theme === 'light' ? 'light' : 'dark';
    await this.page.emulateMedia({ colorScheme, forcedColors: theme === 'contrast' ? 'active' : 'none' });
    const name = { dark: 'vs-dark', light: 'vs', contrast: 'hc-black' }[theme];
    await this.page.locator(`.monaco-workbench.${name}`).waitFor();
  }

  /** Saves a picture of the window in every theme, each once the extension's page has taken its colours. */
  async screenshotThemes(name: string): Promise<void> {
    const background = () =>
      this.webview()
        .locator('body')
        .evaluate((body) => getComputedStyle(body).getPropertyValue('--vscode-editor-background'));
    const seen = new Set<string>();
    for (const theme of ['light', 'contrast', 'dark'] as const) {
      await this.setTheme(theme);
      seen.add(await until(`${theme} page`, background, (color) => color !== '' && !seen.has(color)));
      await this.screenshot(`${name}-${theme}`);
    }
  }

  /** Saves what the window shows as a PNG in shots/. */
  async screenshot(name: string): Promise<void> {
    mkdirSync(SCREENSHOTS, { recursive: true });
    await this.page.screenshot({ path: join(SCREENSHOTS, `${name.replace(/[^\w.-]+/g, '-')}.png`) });
  }

  private texts(selector: string): Promise<string[]> {
    return this.page.evaluate(paintedTexts, selector);
  }
}

function serverOptions(options: WorkbenchOptions, bridgePath: string): ServerOptions {
  const packed = process.env.PRICE_TAG_VSIX;
  return {
    settings: options.settings ?? {},
    restricted: options.restricted ?? false,
    packed: packed ? [packed] : [],
    linked: [...(packed ? [] : ['.']), BRIDGE, ...(options.extensions ?? [])],
    env: { ...options.env, TEST_BRIDGE: bridgePath },
  };
}

// The functions below run in the page. Monaco paints spaces as U+00A0 and adds marks of no width.

function paintedTexts(selector: string): string[] {
  return [...document.querySelectorAll(selector)].map((node) =>
    (node.textContent ?? '').replace(/\u00a0/g, ' ').trim(),
  );
}

function paintedLines(selector: string): string[] {
  return [...document.querySelectorAll<HTMLElement>(selector)]
    .sort((a, b) => Number.parseInt(a.style.top, 10) - Number.parseInt(b.style.top, 10))
    .map((line) => (line.textContent ?? '').replace(/\u00a0/g, ' ').replace(/[\u200b-\u200d]/g, ''));
}

function middleOfWord(at: {
  lines: string;
  lineText: string;
  word: string;
}): { x: number; y: number } | null {
  const plain = (text: string | null) => (text ?? '').replace(/\u00a0/g, ' ').replace(/[\u200b-\u200d]/g, '');
  const lines = [...document.querySelectorAll(at.lines)];
  const line = lines.find((candidate) => plain(candidate.textContent).includes(at.lineText));
  if (!line) return null;
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const start = plain(node.textContent).indexOf(at.word);
    if (start < 0) continue;
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, start + at.word.length);
    const box = range.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  }
  return null;
}
