// What a root cost after each of the last commits that touched what it is made of: its file and the files that its
// analysis reads, followed through renames of the file and of the root. All are priced with the input that it has now, so
// that the line shows the model and not its input; where an old one cannot be run with that, with its own.
//
// Left out: sources that the root had once and has no more; a commit that touched only those is not looked at.

import type { RootReport } from '../analysis/file-report';
import { isOnnx } from '../analysis/onnx-files';
import { SourceCache } from '../analysis/source-cache';
import type { Commit } from '../base/git';
import { figuresOf } from '../price/figures';
import { inputSpec } from '../report/input-spec';
import { CheckError } from './errors';
import type { CheckServices, HistoryCache, HistoryRequest } from './index';
import { type Located, matchRoots } from './match';
import type { History, HistoryEntry } from './model';
import { Blobs } from './overlay';
import { type PricedFile, Pricer } from './pricing';
import { stateOf } from './states';

/** Where a root is at some commit. */
interface Place {
  readonly file: string;
  readonly id: string;
}

type PriceAt = (
  commit: string,
  file: string,
  inputs?: Readonly<Record<string, string>>,
) => PricedFile | undefined;

export function runHistory(request: HistoryRequest, services: CheckServices, cache: HistoryCache): History {
  const { git } = services;
  const key = `${request.file}::${request.root}`;
  const head = git.resolve('HEAD');
  if (head === undefined) return { key, entries: [], more: false };
  const priceAt = pricing(request, services);
  const now = priceAt(head, request.file);
  const root = now?.roots.find(({ id }) => id === request.root);
  if (!now || !root)
    throw new CheckError('noRoot', `${request.file} has no model ${request.root} in the last commit.`);
  const inputs = root.report ? inputSpec(root.report.inputs) : '';
  const walk = new Walk(services, priceAt, inputs, request, cache);
  const entries = walk.entries(head, { file: request.file, id: request.root }, sourcesOf(now, git.top));
  return { key, entries: entries.reverse(), more: entries.length >= request.most || git.isShallow() };
}

/** Files of the repository that a priced file asked for. */
function sourcesOf({ asked }: PricedFile, top: string): string[] {
  return [...asked].filter((path) => path.startsWith(`${top}/`)).map((path) => path.slice(top.length + 1));
}

function pricing(request: HistoryRequest, services: CheckServices): PriceAt {
  const blobs = new Blobs();
  const sources = new SourceCache();
  const pricers = new Map<string, { readonly pricer: Pricer; readonly stands: (file: string) => boolean }>();
  const { git, reader: disk } = services;
  const at = (commit: string) => {
    const { reader, overlay } = stateOf(git, { kind: 'tree', id: commit }, disk, blobs);
    const pricer = new Pricer({ ...request, ...services, top: git.top, reader, overlay, blobs, sources });
    return {
      pricer,
      stands: (file: string) => isOnnx(file) || reader.read(`${git.top}/${file}`) !== undefined,
    };
  };
  return (commit, file, inputs) => {
    const known = pricers.get(commit) ?? at(commit);
    pricers.set(commit, known);
    return known.stands(file) ? known.pricer.price(file, inputs) : undefined;
  };
}

class Walk {
  constructor(
    private readonly services: CheckServices,
    private readonly priceAt: PriceAt,
    private readonly inputs: string,
    private readonly request: HistoryRequest,
    private readonly cache: HistoryCache,
  ) {}

  /** Newest first. */
  entries(head: string, place: Place, sources: readonly string[]): HistoryEntry[] {
    const { git } = this.services;
    const { most } = this.request;
    const entries: HistoryEntry[] = [];
    let [from, at]: [string | undefined, Place | undefined] = [head, place];
    let newer = head;
    while (from !== undefined && at !== undefined && entries.length < most) {
      const commits = git.log(from, [...new Set([at.file, ...sources])], most - entries.length);
      for (const commit of commits) {
        at = at && this.followed(at, newer, commit.id);
        if (!at) break;
        entries.push(this.entry(commit, at));
        newer = commit.id;
      }
      const last = commits.at(-1)?.id;
      from = last === undefined || !at ? undefined : git.resolve(`${last}^`);
      at = from === undefined || !at ? undefined : this.renamedFrom(at, from, last as string);
    }
    return entries;
  }

  /** Where a file was before the oldest commit that git tells of by its present name. */
  private renamedFrom({ file, id }: Place, before: string, commit: string): Place | undefined {
    const changes = this.services.git.changes({ kind: 'tree', id: before }, { kind: 'tree', id: commit });
    const renamed = changes.find(({ path, status }) => path === file && status === 'renamed');
    return renamed && { file: renamed.pathBefore, id };
  }

  /** The root in an older commit: by its name, or by its definition. */
  private followed(place: Place, newer: string, older: string): Place | undefined {
    if (newer === older) return place;
    const then = this.priceAt(older, place.file);
    if (!then || then.roots.some(({ id }) => id === place.id)) return then && place;
    const now = this.priceAt(newer, place.file);
    const located = (file: PricedFile | undefined): Located[] =>
      (file?.roots ?? []).map((root) => ({ file: place.file, root, body: bodyOf(file as PricedFile, root) }));
    const matches = matchRoots(located(then), located(now), (file) => file);
    const before = matches.find(({ after }) => after?.root.id === place.id)?.before;
    return before ? { file: place.file, id: before.root.id } : undefined;
  }

  private entry(commit: Commit, place: Place): HistoryEntry {
    const key = JSON.stringify([commit.id, place, this.inputs]);
    const known = this.cache.get(key) as HistoryEntry | undefined;
    if (known) return known;
    const priced = this.priceAt(commit.id, place.file, { [place.id]: this.inputs });
    const own = this.priceAt(commit.id, place.file);
    const find = (file: PricedFile | undefined): RootReport | undefined =>
      file?.roots.find(({ id }) => id === place.id);
    const root = this.inputs !== '' && find(priced)?.report?.fpo ? find(priced) : find(own);
    const { id, time, author, subject } = commit;
    const entry: HistoryEntry = {
      ...{ commit: id, time, author, subject, ...place },
      atLeast: (root?.report?.gaps.length ?? 0) > 0,
      figures: root?.report ? figuresOf(root.report) : null,
      problem: root?.report ? null : (root?.problem?.message ?? 'It has no price in this commit.'),
    };
    this.cache.set(key, entry);
    return entry;
  }
}

const bodyOf = ({ text }: PricedFile, { extent }: RootReport): string => text.slice(extent.start, extent.end);
