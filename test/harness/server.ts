// Starts code-server on a free port of this machine, with state that is thrown away: home, user data, extensions.
// The settings keep the window quiet: no welcome page, no prompts, no requests to anyone. Trust is given unless
// asked otherwise. Not here: the page that shows the workbench (browser.ts, workbench.ts).

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BUILT_IN_EXTENSIONS, ENTRY, serverNode } from './places.mjs';

export interface ServerOptions {
  /** Folders of unpacked extensions, linked as if they were installed. */
  readonly linked?: readonly string[];
  /** Packed extensions to install. */
  readonly packed?: readonly string[];
  /** User settings, over the quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Ask for trust instead of giving it: folders open in Restricted Mode. */
  readonly restricted?: boolean;
  /** Lets a page name extensions under development and a test suite; hides notifications. */
  readonly testDriver?: boolean;
  /** Environment variables for the server and so for the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** Gets what the server prints. */
  readonly log?: (text: string) => void;
}

export interface Server {
  /** Address of the workbench, without a slash at the end. */
  readonly url: string;
  /** The folder that holds all state, removed by stop(). */
  readonly folder: string;
  stop(): Promise<void>;
}

const LISTEN_MS = 30_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const LISTENING = /HTTP server listening on (http:\/\/127\.0\.0\.1:\d+)\//;

const QUIET_SETTINGS = {
  'chat.disableAIFeatures': true,
  'editor.hover.delay': 100,
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'files.hotExit': 'off',
  'git.openRepositoryInParentFolders': 'never',
  'github.gitAuthentication': false,
  'json.schemaDownload.enable': false,
  'npm.fetchOnlinePackageInfo': false,
  'telemetry.telemetryLevel': 'off',
  'typescript.disableAutomaticTypeAcquisition': true,
  'update.mode': 'none',
  'window.autoDetectColorScheme': true,
  'window.commandCenter': false,
  'workbench.enableExperiments': false,
  'workbench.preferredDarkColorTheme': 'Dark Modern',
  'workbench.preferredLightColorTheme': 'Light Modern',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.settings.enableNaturalLanguageSearch': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/** Built-in extensions that these tests can meet; the others only make each window slower. */
const KEPT_EXTENSIONS = [
  'git',
  'git-base',
  'ipynb',
  'json',
  'markdown-basics',
  'python',
  'theme-defaults',
  'theme-modern-icons',
  'theme-seti',
];

/** Variables of the surrounding process that would confuse a server of our own. */
const FOREIGN_ENV = /^(VSCODE_|ELECTRON_|npm_|NODE_OPTIONS$|CODE_SERVER_|PORT$|XDG_)/i;

export async function startServer(options: ServerOptions = {}): Promise<Server> {
  const folder = mkdtempSync(join(tmpdir(), 'price-tag-editor-'));
  const dirs = prepare(folder, options);
  const env = environment(folder, options.env);
  for (const file of options.packed ?? []) installPacked(file, dirs, env);
  const child = spawn(serverNode(), [ENTRY, ...dirs, ...flags(options)], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  const stop = stopper(child, remove);
  try {
    return { url: await listening(child, options.log), folder, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Makes the folders and files that the server starts from; says so in command line arguments. */
function prepare(folder: string, { settings, linked = [] }: ServerOptions): string[] {
  const [config, userData, extensions] = ['config.yaml', 'user-data', 'extensions'].map((name) =>
    join(folder, name),
  );
  if (!config || !userData || !extensions) throw new Error('unreachable');
  for (const name of [join(userData, 'User'), extensions, join(folder, 'home')])
    mkdirSync(name, { recursive: true });
  writeFileSync(config, 'auth: none\n');
  writeFileSync(join(userData, 'User/settings.json'), JSON.stringify({ ...QUIET_SETTINGS, ...settings }));
  for (const extension of linked) link(extension, extensions);
  return ['--config', config, '--user-data-dir', userData, '--extensions-dir', extensions];
}

/** At its first start the server takes for installed what lies in the extensions folder. */
function link(extension: string, folder: string): void {
  const { publisher, name, version } = JSON.parse(readFileSync(join(extension, 'package.json'), 'utf8'));
  symlinkSync(resolve(extension), join(folder, `${publisher}.${name}-${version}`));
}

function environment(folder: string, more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const outer = Object.entries(process.env).filter(([name]) => !FOREIGN_ENV.test(name));
  return {
    ...Object.fromEntries(outer),
    HOME: join(folder, 'home'),
    TMPDIR: folder,
    EXTENSIONS_GALLERY: '{"serviceUrl":""}',
    VSCODE_SKIP_BUILTIN_EXTENSIONS: dispensableExtensions().join(','),
    ...more,
  };
}

/** Names, as `publisher.name`, of the extensions not kept; those a browser could load have to stay. */
function dispensableExtensions(): string[] {
  return readdirSync(BUILT_IN_EXTENSIONS)
    .filter((name) => !KEPT_EXTENSIONS.includes(name))
    .map((name) => join(BUILT_IN_EXTENSIONS, name, 'package.json'))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')))
    .filter((manifest) => manifest.browser === undefined)
    .map(({ publisher, name }) => `${publisher}.${name}`);
}

function flags({ restricted, testDriver }: ServerOptions): string[] {
  return [
    ...['--auth', 'none', '--bind-addr', '127.0.0.1:0', '--ignore-last-opened'],
    ...[
      '--disable-telemetry',
      '--disable-update-check',
      '--disable-getting-started-override',
      '--disable-proxy',
    ],
    ...(restricted ? [] : ['--disable-workspace-trust']),
    ...(testDriver ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
  ];
}

function installPacked(file: string, dirs: readonly string[], env: NodeJS.ProcessEnv): void {
  const args = [ENTRY, ...dirs, '--install-extension', resolve(file), '--force'];
  execFileSync(serverNode(), args, { env, stdio: ['ignore', 'ignore', 'inherit'], timeout: 60_000 });
}

/** The address that the server prints once it listens. */
function listening(child: ChildProcess, log: (text: string) => void = () => {}): Promise<string> {
  let output = '';
  return new Promise((done, fail) => {
    const timer = setTimeout(
      () => fail(new Error(`code-server did not start in time.\n${output}`)),
      LISTEN_MS,
    );
    const take = (chunk: Buffer) => {
      output += chunk;
      log(String(chunk));
      const url = LISTENING.exec(output)?.[1];
      if (url) done(url);
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    child.once('error', fail);
    child.once('exit', (code) => fail(new Error(`code-server ended with ${code}.\n${output}`)));
    child.once('exit', () => clearTimeout(timer));
  });
}

/** Ends the server with everything it started, and removes its folder, also where this process is ended early. */
function stopper(child: ChildProcess, remove: () => void): () => Promise<void> {
  const gone = new Promise((done) => child.once('exit', done));
  const atExit = () => {
    signalGroup(child, 'SIGKILL');
    remove();
  };
  process.once('exit', atExit);
  const quit = () => process.exit(1);
  for (const signal of SIGNALS) process.once(signal, quit);
  return async () => {
    signalGroup(child, 'SIGTERM');
    await Promise.race([gone, new Promise((done) => setTimeout(done, 3000).unref())]);
    process.off('exit', atExit);
    for (const signal of SIGNALS) process.off(signal, quit);
    atExit();
  };
}

/** The server leads a process group of its own, so that the extension host goes with it. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid) process.kill(-child.pid, signal);
  } catch {
    // it has ended by itself
  }
}
