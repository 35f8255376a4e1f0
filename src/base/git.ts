// How the check sees git: by a repository that is handed in. src/node/git.ts answers with the machine's git; nothing else
// starts a process. All calls
// are synchronous, as the FileReader is, because an import in the middle of an evaluation has to be answered then and
// there: whoever must not be held up runs the check in a worker.

/** A file or submodule in a tree or in the index. */
export interface TreeEntry {
  readonly path: string;
  /** Octal, as git writes it: `100644`, `120000` (symbolic link), `160000` (submodule). */
  readonly mode: string;
  readonly id: string;
}

/** One path that differs between two states. Ids of files in the working tree are not known. */
export interface PathChange {
  readonly status: 'added' | 'deleted' | 'modified' | 'renamed' | 'unmerged';
  readonly path: string;
  /** Where it was before: another path only of `renamed`. */
  readonly pathBefore: string;
  readonly before: Omit<TreeEntry, 'path'> | null;
  readonly after: (Omit<TreeEntry, 'path' | 'id'> & { readonly id: string | null }) | null;
}

/** A state of the files of a repository. */
export type State =
  | { readonly kind: 'index' }
  | { readonly kind: 'tree'; readonly id: string }
  | { readonly kind: 'workTree' };

export interface Commit {
  readonly id: string;
  readonly time: number;
  readonly author: string;
  readonly subject: string;
}

export interface GitRepository {
  /** Top folder of the working tree, absolute, with slashes. */
  readonly top: string;
  /** Folders of git's own: of hooks, wherever they are configured to be, and what all working trees have in common. */
  folders(): { readonly hooks: string; readonly common: string };
  /** Commit of a revision; undefined where there is none of that name. */
  resolve(revision: string): string | undefined;
  /** The best common ancestor of two commits; undefined where there is none (or a shallow clone does not have it). */
  mergeBase(one: string, other: string): string | undefined;
  /** The tree of no files. */
  emptyTree(): string;
  /** What differs between two states, renames found. Untracked files are no part of it. */
  changes(before: Exclude<State, { kind: 'workTree' }>, after: State): readonly PathChange[];
  /** All files of a state; of the working tree those, too, that git does not know and does not ignore. */
  files(state: State): readonly string[];
  /** Files of the working tree that are neither in the index nor ignored. */
  untracked(): readonly string[];
  /** Entries that are in the index and not in the working tree, because a sparse checkout leaves them out. */
  leftOut(): readonly TreeEntry[];
  /** Bytes of blobs by id; ids that cannot be had (a partial clone, a damaged repository) are left out. */
  blobs(ids: readonly string[]): ReadonlyMap<string, Uint8Array>;
  /** Files in which a line fits an extended regular expression; of the paths that fit the git pathspecs only. */
  grep(pattern: string, state: State, pathspecs: readonly string[]): readonly string[];
  /** The newest commits from a revision that touched any of the paths, newest first. */
  log(from: string, paths: readonly string[], most: number): readonly Commit[];
  /** Whether history ends early, because the clone is shallow. */
  isShallow(): boolean;
  /** Another repository in this one's working tree: a submodule, if it is there. */
  submodule(path: string): GitRepository | undefined;
}
