// The git hook that checks a commit: where it goes, what it says, and how it is taken out again. A pure plan: whoever
// carries it out reads and writes the files.

/** What stands in the repository, as whoever asks has found it. */
export interface HookSurroundings {
  /** Folder of hooks as git uses it (`git rev-parse --git-path hooks`), absolute, with slashes. */
  readonly hooksFolder: string;
  /** Text of `pre-commit` there; undefined where there is none. */
  readonly existing: string | undefined;
  /** Text of `.husky/pre-commit` at the top of the repository, and its path, where husky is in use. */
  readonly husky?: { readonly path: string; readonly text: string | undefined };
  /** Whether `.pre-commit-config.yaml` stands at the top: the hook is then pre-commit's. */
  readonly preCommit: boolean;
  /** The command that the hook runs, as separate words: `['price-tag']`, `['node', '/…/cli.cjs']`. */
  readonly command: readonly string[];
}

/** Files to write or to delete, and sentences about it. */
export interface HookPlan {
  readonly writes: readonly { readonly path: string; readonly text: string; readonly executable: boolean }[];
  readonly deletes: readonly string[];
  /** What is done, or why nothing is. */
  readonly words: string;
}

export declare function planInstall(surroundings: HookSurroundings): HookPlan;
export declare function planUninstall(surroundings: HookSurroundings): HookPlan;
