// The two states of a repository that are compared: which they are, which paths differ between them, and how the files of
// each are read.

import type { FileReader } from '../base/files';
import type { GitRepository, PathChange, State } from '../base/git';
import { CheckError } from './errors';
import type { StateName } from './model';
import { Blobs, type Content, type Overlay, stateReader } from './overlay';

export interface StateRequest {
  readonly base?: string;
  readonly head: 'index' | 'workTree' | { readonly revision: string };
}

/** A path that differs, relative to the top folder. */
export interface Difference {
  readonly status: PathChange['status'];
  readonly path: string;
  readonly pathBefore: string;
  /** null where the path is not there. */
  readonly before: Content;
  readonly stands: boolean;
}

/** One of the two states. */
export interface Side {
  readonly state: State;
  readonly name: StateName;
  readonly reader: FileReader;
  readonly overlay: Overlay;
}

export interface Comparison {
  readonly base: Side;
  readonly head: Side;
  readonly differences: readonly Difference[];
  readonly blobs: Blobs;
  /** What could not be compared: sentences. */
  readonly notes: readonly string[];
}

type Named = { readonly state: Exclude<State, { kind: 'workTree' }>; readonly name: StateName };

/** `open` are texts by absolute path that go before what is on the disk: files that are open and not saved. */
export function compareStates(
  git: GitRepository,
  request: StateRequest,
  disk: FileReader,
  open: ReadonlyMap<string, string> = new Map(),
): Comparison {
  const notes: string[] = [];
  const head = headOf(git, request.head);
  const base = baseOf(git, request.base, head.name.commit, notes);
  const differences = withUntracked(
    git,
    head.state,
    expanded(git, git.changes(base.state, head.state), head.state, notes),
  );
  const blobs = new Blobs();
  const headOverlay = overlayOf(git, head.state, notes);
  const baseOverlay = new Map(headOverlay);
  lay(baseOverlay, git.top, differences);
  const seen = head.state.kind === 'workTree' ? withOpen(disk, open) : disk;
  return {
    base: { ...base, reader: stateReader(disk, baseOverlay, blobs, git.top), overlay: baseOverlay },
    head: { ...head, reader: stateReader(seen, headOverlay, blobs, git.top), overlay: headOverlay },
    differences: head.state.kind === 'workTree' ? withUnsaved(git, differences, open) : differences,
    blobs,
    notes,
  };
}

/** One state by itself. */
export function stateOf(
  git: GitRepository,
  state: State,
  disk: FileReader,
  blobs: Blobs,
): { readonly reader: FileReader; readonly overlay: Overlay } {
  const overlay = overlayOf(git, state, []);
  return { reader: stateReader(disk, overlay, blobs, git.top), overlay };
}

// --- which states -----------------------------------------------------------------------------------------------------

function headOf(git: GitRepository, head: StateRequest['head']): { state: State; name: StateName } {
  if (head === 'workTree')
    return { state: { kind: 'workTree' }, name: { kind: 'workTree', words: 'the working tree' } };
  if (head === 'index') return { state: { kind: 'index' }, name: { kind: 'index', words: 'what is staged' } };
  return revision(git, head.revision);
}

function revision(git: GitRepository, spelled: string): Named {
  const commit = git.resolve(spelled);
  if (commit === undefined) throw new CheckError('noRevision', noRevision(git, spelled));
  return named(spelled, commit);
}

const named = (spelled: string, commit: string): Named => ({
  state: { kind: 'tree', id: commit },
  name: {
    kind: 'revision',
    commit,
    words: commit.startsWith(spelled) ? commit.slice(0, 9) : `${spelled} (${commit.slice(0, 9)})`,
  },
});

function noRevision(git: GitRepository, spelled: string): string {
  const shallow = git.isShallow()
    ? ' This clone is shallow: fetch that commit first (in CI, check out with fetch-depth: 0).'
    : '';
  return `There is no revision ${JSON.stringify(spelled)} in this repository.${shallow}`;
}

/** What is compared with: where the two lines of development parted, so that others' changes are not told as ours. */
function baseOf(
  git: GitRepository,
  spelled: string | undefined,
  head: string | undefined,
  notes: string[],
): Named {
  const tip = head ?? git.resolve('HEAD');
  if (spelled === undefined) {
    const start = head === undefined ? tip : git.resolve(`${head}^`);
    return start === undefined
      ? nothing(git)
      : named(head === undefined ? 'HEAD' : `${head.slice(0, 9)}^`, start);
  }
  const base = revision(git, spelled);
  const commit = base.name.commit as string;
  const common = tip === undefined ? undefined : git.mergeBase(commit, tip);
  if (common === commit) return base;
  if (common !== undefined) {
    const words = `${common.slice(0, 9)}, where this parted from ${spelled}`;
    return { state: { kind: 'tree', id: common }, name: { kind: 'revision', commit: common, words } };
  }
  notes.push(
    `No common ancestor with ${spelled} is known here, so it is compared with itself, others' changes included.`,
  );
  return base;
}

const nothing = (git: GitRepository): Named => ({
  state: { kind: 'tree', id: git.emptyTree() },
  name: { kind: 'empty', words: 'nothing (there are no commits yet)' },
});

// --- what differs -----------------------------------------------------------------------------------------------------

const SUBMODULE = '160000';

/** Differences with those inside of submodules. */
function expanded(
  git: GitRepository,
  changes: readonly PathChange[],
  head: State,
  notes: string[],
): Difference[] {
  return changes.flatMap((change) => {
    const { before, after } = change;
    if (before?.mode === SUBMODULE || after?.mode === SUBMODULE) return inside(git, change, head, notes);
    return [difference(git, change)];
  });
}

const difference = (
  repository: GitRepository,
  { status, path, pathBefore, before, after }: PathChange,
): Difference => ({
  status,
  path,
  pathBefore,
  before: before && { ...before, repository },
  stands: after !== null,
});

function inside(git: GitRepository, change: PathChange, head: State, notes: string[]): Difference[] {
  const { path, before, after } = change;
  const inner = git.submodule(path);
  const tree = (id: string | undefined): { kind: 'tree'; id: string } => ({
    kind: 'tree',
    id: id ?? (inner as GitRepository).emptyTree(),
  });
  const known = (id: string | null | undefined): boolean => id == null || inner?.resolve(id) !== undefined;
  if (inner === undefined || !known(before?.id) || !known(after?.id)) {
    notes.push(
      `The submodule ${path} changed, and its commits are not all here, so what it holds is not compared. Run git submodule update.`,
    );
    return [];
  }
  const later: State = head.kind === 'workTree' && after !== null ? head : tree(after?.id ?? undefined);
  const changes = expanded(inner, inner.changes(tree(before?.id), later), later, notes);
  return withUntracked(inner, later, changes).map((one) => ({
    ...one,
    path: `${path}/${one.path}`,
    pathBefore: `${path}/${one.pathBefore}`,
  }));
}

/** Files that git does not know yet are additions to the working tree. */
function withUntracked(git: GitRepository, state: State, differences: readonly Difference[]): Difference[] {
  if (state.kind !== 'workTree') return [...differences];
  const known = new Set(differences.map(({ path }) => path));
  const added = git.untracked().filter((path) => !known.has(path));
  return [
    ...differences,
    ...added.map(
      (path): Difference => ({ status: 'added', path, pathBefore: path, before: null, stands: true }),
    ),
  ];
}

/** Where a state other than the working tree differs from the disk. */
function overlayOf(git: GitRepository, state: State, notes: string[]): Map<string, Content> {
  const overlay = new Map<string, Content>();
  for (const { path, ...entry } of git.leftOut())
    overlay.set(`${git.top}/${path}`, { ...entry, repository: git });
  if (state.kind === 'workTree') return overlay;
  const changes = expanded(git, git.changes(state, { kind: 'workTree' }), { kind: 'workTree' }, notes);
  lay(overlay, git.top, withUntracked(git, { kind: 'workTree' }, changes));
  return overlay;
}

/** Puts what stood before the differences over what stands there now. */
function lay(overlay: Map<string, Content>, top: string, differences: readonly Difference[]): void {
  for (const { status, path, pathBefore, before } of differences) {
    // Of a file in conflict the index has no content of its own.
    if (status === 'unmerged' && before === null) continue;
    overlay.set(`${top}/${path}`, path === pathBefore ? before : null);
    if (path !== pathBefore) overlay.set(`${top}/${pathBefore}`, before);
  }
}

// --- files that are open and not saved --------------------------------------------------------------------------------

const withOpen = (disk: FileReader, open: ReadonlyMap<string, string>): FileReader => ({
  read: (path) => open.get(path) ?? disk.read(path),
  isFolder: (path) => disk.isFolder(path),
  list: (path) => disk.list?.(path),
});

function withUnsaved(
  git: GitRepository,
  differences: readonly Difference[],
  open: ReadonlyMap<string, string>,
): readonly Difference[] {
  const known = new Set(differences.map(({ path }) => path));
  const paths = [...open.keys()]
    .filter((path) => path.startsWith(`${git.top}/`))
    .map((path) => path.slice(git.top.length + 1))
    .filter((path) => !known.has(path));
  // Saved, the file is as it was in the base: that is where its text before comes from.
  return [
    ...differences,
    ...paths.map(
      (path): Difference => ({ status: 'modified', path, pathBefore: path, before: null, stands: true }),
    ),
  ];
}
