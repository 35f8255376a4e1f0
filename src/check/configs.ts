// The price-tag.json files of a check: that of the state after counts, and what it says anew is judged even where no model
// has changed.

import {
  CONFIG_NAME,
  type Config,
  configOf,
  type Entry,
  fitsRoot,
  readConfig,
  rootKey,
  split,
} from '../analysis/config';
import type { FileReader } from '../base/files';
import type { GitRepository, State } from '../base/git';
import { isPattern } from '../base/glob';
import { isPriced } from './affected';
import type { RootState } from './model';

export class Configs {
  private readonly byFolder = new Map<string, Config | undefined>();
  /** Keys of entries that say something else than before, by config. */
  private readonly changed = new Map<Config, ReadonlySet<string>>();

  constructor(
    private readonly after: FileReader,
    private readonly before: FileReader,
    private readonly top: string,
  ) {}

  static isConfig = (path: string): boolean => path === CONFIG_NAME || path.endsWith(`/${CONFIG_NAME}`);

  /** The config of a file, by its path from the top. */
  of(path: string): Config | undefined {
    const file = `${this.top}/${path}`;
    const folder = file.slice(0, file.lastIndexOf('/'));
    if (!this.byFolder.has(folder)) this.byFolder.set(folder, this.kept(configOf(file, this.after)));
    return this.byFolder.get(folder);
  }

  /** Those that were met, and the one at the top. */
  all(): Config[] {
    this.of(CONFIG_NAME);
    return [...new Set(this.byFolder.values())].filter((config) => config !== undefined);
  }

  /** The key of a root, as its config would have it. */
  keyOf(path: string, id: string): string {
    return rootKey(this.of(path) ?? { folder: this.top }, `${this.top}/${path}`, id);
  }

  /** A path of a config, from the top. */
  fromTop = ({ folder }: Config, path: string): string => `${folder}/${path}`.slice(this.top.length + 1);

  /** Whether a file is there after the change. */
  stands = (path: string): boolean => this.after.read(`${this.top}/${path}`) !== undefined;

  /** Files whose budgets are to be judged though they may not have changed. */
  filesToJudge(changed: ReadonlySet<string>, all: boolean, git: GitRepository, state: State): string[] {
    const configs = [...changed].filter(Configs.isConfig).map((path) => this.of(path));
    const wanted = all ? this.all() : configs.filter((config) => config !== undefined);
    const keys = wanted.map(
      (config) => [config, all ? keysOf(config.budgets) : this.changedKeys(config)] as const,
    );
    if (keys.every(([, list]) => list.size === 0)) return [];
    const fits = (path: string): boolean =>
      keys.some(
        ([config, list]) =>
          this.of(path) === config && [...list].some((key) => this.concerns(config, key, path)),
      );
    return git.files(state).filter((path) => isPriced(path) && fits(path));
  }

  /** Whether what is said of a root has changed. */
  hasChanged({ file, id }: RootState): boolean {
    const config = this.of(file);
    return (
      config !== undefined && [...this.changedKeys(config)].some((key) => fitsRoot(this.keyOf(file, id), key))
    );
  }

  private concerns(config: Config, key: string, path: string): boolean {
    const [file] = split(key);
    return isPattern(file) ? fitsRoot(this.keyOf(path, ''), file) : this.fromTop(config, file) === path;
  }

  /** The same text is the same config, whichever file it was found for. */
  private kept(config: Config | undefined): Config | undefined {
    return [...this.byFolder.values()].find((known) => known?.file === config?.file) ?? config;
  }

  private changedKeys(config: Config): ReadonlySet<string> {
    const known = this.changed.get(config) ?? this.compared(config);
    this.changed.set(config, known);
    return known;
  }

  private compared(config: Config): ReadonlySet<string> {
    const text = this.before.read(config.file);
    if (text === config.text) return new Set();
    const old = readConfig(config.file, text ?? '{}');
    const said = ({ inputs, knobs, budgets }: Config): Set<string> =>
      new Set(
        [...inputs, ...knobs, ...budgets].map(({ key, value }) =>
          JSON.stringify([key, value], withoutPlaces),
        ),
      );
    const before = said(old);
    return new Set(
      [...said(config)].filter((one) => !before.has(one)).map((one) => (JSON.parse(one) as [string])[0]),
    );
  }
}

const withoutPlaces = (name: string, value: unknown): unknown => (name === 'range' ? undefined : value);

const keysOf = (entries: readonly Entry<unknown>[]): Set<string> => new Set(entries.map(({ key }) => key));
