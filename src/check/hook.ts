// The git hook that checks a commit: where it goes, what it says, and how it is taken out again. A pure plan: whoever
// carries it out reads and writes the files. The hook is a marked block, so that a hook that is there already goes on
// working and the block can be found again. Only a budget that does not hold stops a commit: a check that cannot be made,
// or a command that is gone, lets it pass and says so.

/** What stands in the repository, as whoever asks has found it. Paths are absolute, with slashes. */
export interface HookSurroundings {
  /** Folder of hooks as git uses it (`git rev-parse --git-path hooks`), which respects `core.hooksPath`. */
  readonly hooksFolder: string;
  /** Whether that folder is this repository's own: in its working tree or in its git folder. */
  readonly own: boolean;
  /** Text of the hook's file, at hookPath(); undefined where there is none, and NUL where it is no text in UTF-8. */
  readonly existing: string | undefined;
  /** Whether that file is a symbolic link, which is left as it is. */
  readonly isLink: boolean;
  /** Whether a hook that was put aside by an earlier install stands at asidePath(). */
  readonly aside: boolean;
  /** The command that the hook runs, as separate words: `['price-tag']`, `['/usr/bin/node', '/…/cli.cjs']`. */
  readonly command: readonly string[];
}

/** Steps in order: renames, then writes, then deletes. */
export interface HookPlan {
  readonly renames: readonly { readonly from: string; readonly to: string }[];
  readonly writes: readonly { readonly path: string; readonly text: string; readonly executable: boolean }[];
  readonly deletes: readonly string[];
  /** Whether the hook is (or is no longer) there after the plan; false where it refuses. */
  readonly done: boolean;
  /** What is done, or why nothing is, and what to do instead: a sentence for the user. */
  readonly words: string;
}

const HOOK = 'pre-commit';
const BEGIN = '# >>> price-tag: checks what a commit costs; "price-tag hook uninstall" takes this out';
const END = '# <<< price-tag';
const BLOCK = /(?:^|\n)# >>> price-tag[^\n]*\n[\s\S]*?\n# <<< price-tag[^\n]*(?=\n|$)/;

/** The file that is the hook. husky keeps hooks in `.husky` and has git look in `.husky/_`, which it writes anew. */
export const hookPath = (hooksFolder: string): string =>
  `${hooksFolder.replace(/\/\.husky\/_$/, '/.husky')}/${HOOK}`;

/** Where a hook goes that our block cannot be written into. */
export const asidePath = (hooksFolder: string): string => `${hookPath(hooksFolder)}.before-price-tag`;

export function planInstall(surroundings: HookSurroundings): HookPlan {
  const { hooksFolder, own, existing, command, isLink } = surroundings;
  const path = hookPath(hooksFolder);
  if (!own)
    return refusal(
      `The hooks of this repository are in ${hooksFolder}, which is not its own (core.hooksPath): a hook there would run for other repositories, too. Add this line to it yourself: ${commandLine(command)}`,
    );
  const manager = managerOf(existing);
  if (manager)
    return refusal(
      `${path} is made by ${manager}, which would overwrite a change. Let ${manager} run this command before commits: ${commandLine(command)}`,
    );
  const write = (text: string): HookPlan['writes'] => [{ path, text, executable: true }];
  if (existing === undefined)
    return done(write(`#!/bin/sh\n${block(command)}\n`), `Commits are checked by ${path}.`);
  if (BLOCK.test(existing))
    return done(
      write(replaced(existing, command)),
      `${path} checks commits already; its command is up to date.`,
    );
  if (!isLink && isShell(existing))
    return done(
      write(inserted(existing, command, path)),
      `${path} checks commits as well as what it did before.`,
    );
  const aside = asidePath(hooksFolder);
  const text = `#!/bin/sh\n${block(command)}\n${chain(aside)}\n`;
  return {
    ...done(
      write(text),
      `Commits are checked by ${path}, which then runs the hook that was there, now ${aside}.`,
    ),
    renames: [{ from: path, to: aside }],
  };
}

export function planUninstall({ hooksFolder, existing, aside }: HookSurroundings): HookPlan {
  const path = hookPath(hooksFolder);
  if (existing === undefined || !BLOCK.test(existing))
    return { ...NOTHING, done: true, words: `${path} does not check commits.` };
  if (aside) {
    return {
      ...NOTHING,
      done: true,
      renames: [{ from: asidePath(hooksFolder), to: path }],
      words: `${path} is again what it was before.`,
    };
  }
  const rest = existing.replace(BLOCK, '');
  if (/^(#![^\n]*)?\s*$/.test(rest))
    return { ...NOTHING, done: true, deletes: [path], words: `${path} is removed.` };
  return done(
    [{ path, text: rest, executable: true }],
    `${path} no longer checks commits, and goes on with what else it does.`,
  );
}

const NOTHING: HookPlan = { renames: [], writes: [], deletes: [], done: false, words: '' };

const refusal = (words: string): HookPlan => ({ ...NOTHING, words });

const done = (writes: HookPlan['writes'], words: string): HookPlan => ({
  ...NOTHING,
  writes,
  done: true,
  words,
});

// --- the script -------------------------------------------------------------------------------------------------------

const commandLine = (command: readonly string[]): string =>
  [...command, 'check', '--staged'].map(quoted).join(' ');

/** A word of a shell's line that stands for itself. */
const quoted = (word: string): string =>
  /^[\w./=+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

/** `if` keeps a shell that ends at the first failure (`sh -e`) from ending for any other reason than a budget. */
function block(command: readonly string[]): string {
  const files = command.filter((word) => /^(\/|[A-Za-z]:)/.test(word));
  const missing = files.map((file) => `[ ! -f ${quoted(file)} ]`).join(' || ');
  const run = [`if ${commandLine(command)}; then :`, 'elif [ $? -eq 1 ]; then', '  exit 1', 'fi'];
  const guarded =
    missing === ''
      ? run
      : [
          `if ${missing}; then`,
          "  echo 'Price Tag was not found: this commit is not checked. Install its hook anew.' >&2",
          ...run.map((line, at) => (at === 0 ? `el${line}` : line)),
        ];
  return [BEGIN, ...guarded, END].join('\n');
}

const chain = (aside: string): string =>
  `exec "$(dirname "$0")/${aside.slice(aside.lastIndexOf('/') + 1)}" "$@"`;

const replaced = (existing: string, command: readonly string[]): string =>
  existing.replace(BLOCK, (old) => (old.startsWith('\n') ? '\n' : '') + block(command));

/** Behind the first line, because a hook may end anywhere; husky's own lines go first. */
function inserted(existing: string, command: readonly string[], path: string): string {
  if (path.endsWith(`/.husky/${HOOK}`)) return `${existing.replace(/\n*$/, '\n')}${block(command)}\n`;
  const [, first = '', rest = ''] = /^(#![^\n]*\n?)?([\s\S]*)$/.exec(existing) ?? [];
  const head = first === '' ? '' : first.replace(/\n?$/, '\n');
  return `${head}${block(command)}\n${rest}`;
}

/** Without a first line that says otherwise a hook is run by the shell. */
const isShell = (text: string): boolean =>
  !text.includes('\0') &&
  (!text.startsWith('#!') || /^#!\s*(\/usr)?\/bin\/(env\s+)?(ba|da|z|k)?sh\b/.test(text));

function managerOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (/generated by pre-commit|pre-commit\.com/.test(text)) return 'pre-commit';
  return /lefthook/i.test(text) ? 'lefthook' : undefined;
}
