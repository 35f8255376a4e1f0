// Git by its own program. Each question is one short process with a list of arguments, never a shell; nothing of the
// repository is changed, no hook, pager, external diff or text conversion is run, and no object is fetched over a network.
// Paths travel separated by NUL, so that any name a file can have is read as it is.

import type ChildProcess from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import type { Commit, GitRepository, PathChange, State, TreeEntry } from '../base/git';

/** Why git cannot be asked: a sentence for the user. */
export class GitError extends Error {
  constructor(
    readonly reason: 'failed' | 'noGit' | 'noRepository',
    message: string,
  ) {
    super(message);
  }
}

/** Above this many bytes the answer to one question is not taken. */
const LONGEST_ANSWER = 1024 * 1024 * 1024;
const MILLISECONDS = 120_000;

/** Said to git in the environment: take no locks, ask nobody, fetch nothing, speak English. */
const QUIET: Readonly<Record<string, string>> = {
  GIT_ALLOW_PROTOCOL: 'none',
  GIT_NO_LAZY_FETCH: '1',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
  NoDefaultCurrentDirectoryInExePath: '1',
};

/** Variables that bind git to one repository. A hook has them, and they hold for the repository that it runs in only. */
const BOUND = [
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
  'GIT_COMMON_DIR',
  'GIT_DIR',
  'GIT_INDEX_FILE',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_WORK_TREE',
];

const CONFIG = [
  'core.fsmonitor=false',
  'core.quotePath=false',
  'log.follow=false',
  'log.showSignature=false',
].flatMap((setting) => ['-c', setting]);

/** Loaded when git is first asked: it brings Node's networking with it, which no report needs. */
const childProcess = (): typeof ChildProcess => createRequire(__filename)('node:child_process');

interface Runner {
  /** Standard output; throws GitError where git ends with another code than 0 or one of `accepted`. */
  run(args: readonly string[], options?: { input?: string; accepted?: readonly number[] }): Buffer;
  /** Whether git ended with 0. */
  ask(args: readonly string[]): string | undefined;
}

export interface GitOptions {
  /** The program, by name or path. */
  readonly program?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** The repository that a folder belongs to. Throws GitError. */
export function openRepository(folder: string, options: GitOptions = {}): GitRepository {
  if (!fs.existsSync(folder)) throw new GitError('failed', `There is no folder ${folder}.`);
  const answer = createRunner(folder, options).run([
    'rev-parse',
    '--is-shallow-repository',
    '--show-toplevel',
  ]);
  const [shallow, top] = splitFirst(answer.toString('utf8'), '\n');
  return repository(top.replace(/\n$/, ''), shallow === 'true', options);
}

function createRunner(cwd: string, { program = 'git', env = process.env }: GitOptions): Runner {
  const start = (args: readonly string[], input?: string): ChildProcess.SpawnSyncReturns<Buffer> => {
    const settings = { ...env, ...QUIET };
    return childProcess().spawnSync(program, [...CONFIG, ...args], {
      cwd,
      env: settings,
      input: input ?? '',
      maxBuffer: LONGEST_ANSWER,
      timeout: MILLISECONDS,
      windowsHide: true,
    });
  };
  return {
    run(args, { input, accepted = [] } = {}) {
      const ended = start(args, input);
      if (ended.error || ended.status === null) throw notStarted(ended, program, args);
      if (ended.status !== 0 && !accepted.includes(ended.status)) throw failure(ended, args, cwd);
      return ended.stdout;
    },
    ask(args) {
      const ended = start(args);
      if (ended.error) throw notStarted(ended, program, args);
      return ended.status === 0 ? ended.stdout.toString('utf8').trim() : undefined;
    },
  };
}

function notStarted(
  { error }: ChildProcess.SpawnSyncReturns<Buffer>,
  program: string,
  [command]: readonly string[],
): GitError {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === 'ENOENT')
    return new GitError('noGit', `${program} was not found. Install git, or put it on the PATH.`);
  return new GitError('failed', `git ${command} was ended: ${error?.message ?? 'it took too long'}.`);
}

function failure(
  { stderr }: ChildProcess.SpawnSyncReturns<Buffer>,
  [command]: readonly string[],
  cwd: string,
): GitError {
  const said = stderr.toString('utf8').trim();
  if (/not a git repository/i.test(said))
    return new GitError('noRepository', `${cwd} is in no git repository.`);
  if (/must be run in a work tree/i.test(said))
    return new GitError('noRepository', `${cwd} is a git repository without a working tree.`);
  return new GitError('failed', `git ${command} failed: ${said.replace(/^fatal: /, '')}`);
}

function repository(top: string, shallow: boolean, options: GitOptions): GitRepository {
  const { run, ask } = createRunner(top, options);
  return {
    top,
    folders: () => ({ hooks: folder(run, '--git-path', 'hooks'), common: folder(run, '--git-common-dir') }),
    resolve: (revision) =>
      isRevision(revision) ? ask(['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]) : undefined,
    mergeBase: (one, other) => ask(['merge-base', one, other])?.split('\n')[0],
    emptyTree: () => run(['hash-object', '-t', 'tree', '--stdin']).toString('utf8').trim(),
    changes: (before, after) => changes(run, before, after),
    files: (state) => zeroSplit(run(LISTS[state.kind](state))).filter(isFile),
    untracked: () => zeroSplit(run(['ls-files', '--others', '--exclude-standard', '-z'])).filter(isFile),
    leftOut: () => (ask(['config', '--bool', 'core.sparseCheckout']) === 'true' ? leftOut(run) : []),
    blobs: (ids) => blobs(run, ids),
    grep: (pattern, state, pathspecs) => grep(run, pattern, state, pathspecs),
    log: (from, paths, most) => log(run, from, paths, most),
    isShallow: () => shallow,
    submodule: (path) => submodule(`${top}/${path}`, options),
  };
}

const folder = (run: Runner['run'], ...what: readonly string[]): string =>
  run(['rev-parse', '--path-format=absolute', ...what])
    .toString('utf8')
    .replace(/\n$/, '');

/** A revision could be taken for an option, and no argument can hold NUL. */
const isRevision = (revision: string): boolean => /^[^-\0][^\0]*$/.test(revision);

/** Of a nested repository (`dir/`) nothing is known. */
const isFile = (path: string): boolean => !path.endsWith('/');

const DIFF = [
  '--raw',
  '-z',
  '--no-abbrev',
  '--find-renames',
  '--no-color',
  '--no-ext-diff',
  '--no-relative',
  '--no-textconv',
  '--ignore-submodules=none',
];

function states(before: State, after: State): string[] {
  const cached = after.kind === 'index' ? ['--cached'] : [];
  return [...cached, ...[before, after].flatMap((state) => (state.kind === 'tree' ? [state.id] : []))];
}

const LISTS: Readonly<Record<State['kind'], (state: State) => string[]>> = {
  index: () => ['ls-files', '-z'],
  tree: (state) => [
    'ls-tree',
    '-r',
    '-z',
    '--name-only',
    '--full-tree',
    state.kind === 'tree' ? state.id : '',
  ],
  workTree: () => ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
};

// --- answers ----------------------------------------------------------------------------------------------------------

const zeroSplit = (bytes: Buffer): string[] => bytes.toString('utf8').split('\0').filter(Boolean);

function splitFirst(text: string, mark: string): [first: string, rest: string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
}

const STATUS: Readonly<Record<string, PathChange['status']>> = {
  A: 'added',
  C: 'added',
  D: 'deleted',
  M: 'modified',
  R: 'renamed',
  T: 'modified',
  U: 'unmerged',
};

function changes(run: Runner['run'], before: State, after: State): PathChange[] {
  const found = rawChanges(run(['diff', ...DIFF, ...states(before, after), '--']));
  if (after.kind === 'tree') return found;
  // Against a tree a file in conflict looks like any other that has changed.
  const open = run(['ls-files', '--unmerged', '-z']);
  const unmerged = new Set(zeroSplit(open).map((line) => line.slice(line.indexOf('\t') + 1)));
  return found.map((change) => (unmerged.has(change.path) ? { ...change, status: 'unmerged' } : change));
}

/** `:100644 100644 <id> <id> M` and one path or two, separated by NUL. */
function rawChanges(answer: Buffer): PathChange[] {
  const fields = zeroSplit(answer);
  const changes = new Map<string, PathChange>();
  for (let at = 0; at < fields.length; ) {
    const [modeBefore = '', modeAfter = '', idBefore = '', idAfter = '', letter = ''] = (fields[at++] ?? '')
      .slice(1)
      .split(' ');
    const first = fields[at++] ?? '';
    const path = /^[RC]/.test(letter) ? (fields[at++] ?? '') : first;
    const status = STATUS[letter[0] ?? ''] ?? 'modified';
    const change: PathChange = {
      status,
      path,
      pathBefore: status === 'renamed' ? first : path,
      before: isNone(modeBefore) ? null : { mode: modeBefore, id: idBefore },
      after: isNone(modeAfter) ? null : { mode: modeAfter, id: isNone(idAfter) ? null : idAfter },
    };
    const other = changes.get(path);
    changes.set(path, other ? inConflict(other, change) : change);
  }
  return [...changes.values()];
}

/** A path in conflict comes twice: once as such, and once with how it differs. */
const inConflict = (one: PathChange, other: PathChange): PathChange => ({
  ...one,
  status: 'unmerged',
  before: one.before ?? other.before,
  after: one.after ?? other.after,
});

const isNone = (digits: string): boolean => /^0*$/.test(digits);

/** `S 100644 <id> 0\tpath`: S is for what the sparse checkout leaves out. */
function leftOut(run: Runner['run']): TreeEntry[] {
  return zeroSplit(run(['ls-files', '-t', '--stage', '-z'])).flatMap((line) => {
    const [, mode = '', id = '', path = ''] = /^S (\d+) ([0-9a-f]+) 0\t([\s\S]*)$/.exec(line) ?? [];
    return path === '' ? [] : [{ mode, id, path }];
  });
}

/** Where one blob cannot be had git ends at once: it is found by halves, and the others are taken. */
function blobs(run: Runner['run'], ids: readonly string[]): Map<string, Uint8Array> {
  if (ids.length === 0) return new Map();
  try {
    return blobsIn(run(['cat-file', '--batch'], { input: ids.join('\n') }));
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    const half = Math.floor(ids.length / 2);
    if (half === 0) return new Map();
    return new Map([...blobs(run, ids.slice(0, half)), ...blobs(run, ids.slice(half))]);
  }
}

/** `<id> blob <size>`, a line break, the bytes and a line break; `<id> missing` for what is not there. */
function blobsIn(answer: Buffer): Map<string, Uint8Array> {
  const blobs = new Map<string, Uint8Array>();
  for (let at = 0; at < answer.length; ) {
    const end = answer.indexOf(10, at);
    const [id = '', kind, size] = answer.subarray(at, end).toString('latin1').split(' ');
    at = end + 1;
    if (size === undefined) continue;
    const length = Number(size);
    if (kind === 'blob') blobs.set(id, answer.subarray(at, at + length));
    at += length + 1;
  }
  return blobs;
}

function grep(run: Runner['run'], pattern: string, state: State, pathspecs: readonly string[]): string[] {
  const where = { index: ['--cached'], tree: [], workTree: ['--untracked'] }[state.kind];
  const tree = state.kind === 'tree' ? [state.id] : [];
  const options = [
    '-l',
    '-z',
    '-E',
    '-I',
    '--full-name',
    '--no-color',
    '--no-textconv',
    '--no-recurse-submodules',
  ];
  const answer = run(['grep', ...options, ...where, '-e', pattern, ...tree, '--', ...pathspecs], {
    accepted: [1],
  });
  return zeroSplit(answer).map((path) => (state.kind === 'tree' ? path.slice(state.id.length + 1) : path));
}

function log(run: Runner['run'], from: string, paths: readonly string[], most: number): Commit[] {
  const format = [
    '--format=%H%x00%ct%x00%an%x00%s%x00',
    '--no-color',
    '--no-show-signature',
    '--no-decorate',
  ];
  const answer = run(['--literal-pathspecs', 'log', `-n${most}`, ...format, from, '--', ...paths]);
  const fields = answer.toString('utf8').split('\0');
  const commits: Commit[] = [];
  for (let at = 0; at + 3 < fields.length; at += 4) {
    const [id = '', time = '', author = '', subject = ''] = fields.slice(at, at + 4);
    commits.push({ id: id.trim(), time: Number(time), author, subject });
  }
  return commits;
}

/** A repository of its own, without the variables that a hook of the outer one has. */
function submodule(folder: string, { env = process.env, program }: GitOptions): GitRepository | undefined {
  if (!fs.existsSync(`${folder}/.git`)) return undefined;
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !BOUND.includes(name)));
  try {
    return openRepository(folder, { program, env: own });
  } catch (error) {
    if (error instanceof GitError) return undefined;
    throw error;
  }
}
