// The check: which files to price in both states, which roots belong together, and what is told of them.

import { SourceCache } from '../analysis/source-cache';
import type { FileReader } from '../base/files';
import { dependents, isPriced } from './affected';
import { configProblems } from './budgets';
import { Causes, type Texts } from './causes';
import { compareRoots } from './compare';
import { Configs } from './configs';
import type { CheckRequest, CheckServices } from './index';
import { type Located, matchRoots } from './match';
import type { BudgetOutcome, CheckReport, RootChange } from './model';
import { orphanedBudgets } from './orphans';
import { type PricedFile, Pricer } from './pricing';
import { type Comparison, compareStates, type Difference } from './states';

/** What both states have been priced to, by path. */
export interface PricedStates {
  readonly before: ReadonlyMap<string, PricedFile>;
  readonly after: ReadonlyMap<string, PricedFile>;
  /** Files that are here for their budgets only: nothing that they are made of differs. */
  readonly forBudgets: ReadonlySet<string>;
}

interface Tools {
  readonly request: CheckRequest;
  readonly services: CheckServices;
  readonly comparison: Comparison;
  readonly head: Pricer;
  readonly base: Pricer;
  readonly configs: Configs;
  /** Where a file was before the change, and where it is after it. */
  readonly pathBefore: (path: string) => string;
  readonly pathAfter: (path: string) => string;
}

export function runCheck(request: CheckRequest, services: CheckServices): CheckReport {
  const started = Date.now();
  const open = new Map(Object.entries(request.unsaved ?? {}));
  const comparison = compareStates(services.git, request, services.reader, open);
  const tools = toolsFor(request, services, comparison);
  const priced = priceStates(tools);
  const roots = changesOf(priced, tools);
  return {
    base: comparison.base.name,
    head: comparison.head.name,
    roots,
    problems: [
      ...tools.configs.all().flatMap(configProblems),
      ...orphanedBudgets(tools.configs, priced, roots),
    ],
    notes: [...comparison.notes, ...conflictNotes(comparison), ...fileNotes(priced)],
    outcome: outcomeOf(roots),
    priced: priced.after.size,
    milliseconds: Date.now() - started,
  };
}

function toolsFor(request: CheckRequest, services: CheckServices, comparison: Comparison): Tools {
  const { base, head, blobs, differences } = comparison;
  const { top } = services.git;
  const sources = new SourceCache();
  const common = { ...request, ...services, top, blobs, sources };
  // Both sides are priced with the inputs and knobs of the state after.
  const baseReader = withConfigsOf(head.reader, base.reader);
  const was = new Map(differences.map(({ path, pathBefore }) => [path, pathBefore]));
  const is = new Map(differences.map(({ path, pathBefore }) => [pathBefore, path]));
  return {
    request,
    services,
    comparison,
    head: new Pricer({ ...common, ...head }),
    base: new Pricer({ ...common, ...base, reader: baseReader }),
    configs: new Configs(head.reader, base.reader, top),
    pathBefore: (path) => was.get(path) ?? path,
    pathAfter: (path) => is.get(path) ?? path,
  };
}

const withConfigsOf = (configs: FileReader, reader: FileReader): FileReader => ({
  read: (path) => (Configs.isConfig(path) ? configs : reader).read(path),
  isFolder: (path) => reader.isFolder(path),
  list: (path) => reader.list?.(path),
});

// --- pricing ----------------------------------------------------------------------------------------------------------

function priceStates(tools: Tools): PricedStates {
  const { comparison, head, services, request } = tools;
  const { top } = services.git;
  const changed = changedPaths(comparison.differences);
  comparison.blobs.fetch(
    comparison.differences
      .filter(({ pathBefore }) => /\.(ipynb|py)$/.test(pathBefore))
      .map(({ before }) => before),
  );
  const after = new Map<string, PricedFile>();
  for (const { path, stands, status } of comparison.differences) {
    if (stands && status !== 'unmerged' && isPriced(path) && inScope(path, request))
      after.set(path, head.price(path));
  }
  const isChanged = (file: string): boolean => changed.has(file.slice(top.length + 1));
  for (const path of dependents(changed, services.git, comparison.head.state, comparison.head.reader)) {
    if (!inScope(path, request)) continue;
    const priced = head.price(path);
    if ([...priced.asked].some(isChanged)) after.set(path, priced);
  }
  const forBudgets = new Set<string>();
  for (const path of tools.configs.filesToJudge(
    changed,
    request.all ?? false,
    services.git,
    comparison.head.state,
  )) {
    if (after.has(path) || !inScope(path, request)) continue;
    forBudgets.add(path);
    after.set(path, head.price(path));
  }
  return { after, before: priceBefore(after, forBudgets, tools), forBudgets };
}

function changedPaths(differences: readonly Difference[]): ReadonlySet<string> {
  return new Set(differences.flatMap(({ path, pathBefore }) => [path, pathBefore]));
}

function inScope(path: string, { paths }: CheckRequest): boolean {
  return paths?.every((one) => one !== '' && path !== one && !path.startsWith(`${one}/`)) !== true;
}

/** The files before of those after, and those that are no more. */
function priceBefore(
  after: ReadonlyMap<string, PricedFile>,
  forBudgets: ReadonlySet<string>,
  { comparison, base, request, pathBefore }: Tools,
): ReadonlyMap<string, PricedFile> {
  const before = new Map<string, PricedFile>();
  const added = new Set(comparison.differences.filter(isNew).map(({ path }) => path));
  for (const [path, priced] of after) {
    if (forBudgets.has(path)) before.set(path, priced);
    else if (!added.has(path)) before.set(pathBefore(path), base.price(pathBefore(path)));
  }
  for (const { stands, path, pathBefore: was, before: content, status } of comparison.differences) {
    const gone = content !== null && status !== 'unmerged' && (!stands || path !== was) && isPriced(was);
    if (gone && !before.has(was) && inScope(was, request)) before.set(was, base.price(was));
  }
  return before;
}

const isNew = ({ status, before }: Difference): boolean => status === 'added' && before === null;

// --- comparing --------------------------------------------------------------------------------------------------------

function changesOf(priced: PricedStates, tools: Tools): RootChange[] {
  const { comparison, services, configs, base, request, ...paths } = tools;
  const { top } = services.git;
  const matches = matchRoots(located(priced.before), located(priced.after), paths.pathBefore);
  const relative = (file: string): string | undefined =>
    file.startsWith(`${top}/`) ? file.slice(top.length + 1) : undefined;
  const causes = new Causes({ relative, texts: textsOf(comparison, priced, top, paths) });
  const changedFiles = [...changedPaths(comparison.differences)];
  const changedSources = (file: string): string[] =>
    changedFiles.filter((path) => priced.after.get(file)?.asked.has(`${top}/${path}`));
  const changes = compareRoots(matches, {
    configs,
    ...priced,
    ...paths,
    basePricer: base,
    causes,
    changedSources,
  });
  const isJudged = ({ after }: RootChange): boolean =>
    after !== null &&
    (request.all === true || priced.forBudgets.has(after.file) || configs.hasChanged(after));
  return changes
    .filter((change) => change.status !== 'unchanged' || (isJudged(change) && !allHold(change)))
    .sort((a, b) => order(a, b));
}

const allHold = ({ verdicts }: RootChange): boolean => verdicts.every(({ outcome }) => outcome === 'holds');

function located(files: ReadonlyMap<string, PricedFile>): Located[] {
  return [...files.values()].flatMap(({ path, text, roots }) =>
    roots.map((root) => ({ file: path, root, body: text.slice(root.extent.start, root.extent.end) })),
  );
}

/** Texts of both sides of a file: as they were priced, since a notebook's offsets are those of its code. */
function textsOf(
  { base, head }: Comparison,
  { before, after }: PricedStates,
  top: string,
  { pathBefore, pathAfter }: Pick<Tools, 'pathAfter' | 'pathBefore'>,
): Texts {
  const then = (path: string): string => before.get(path)?.text ?? base.reader.read(`${top}/${path}`) ?? '';
  const now = (path: string): string => after.get(path)?.text ?? head.reader.read(`${top}/${path}`) ?? '';
  return (file, side) =>
    side === 'after'
      ? { before: then(pathBefore(file)), after: now(file) }
      : { before: then(file), after: now(pathAfter(file)) };
}

function order(one: RootChange, other: RootChange): number {
  const place = ({ after, before }: RootChange) => (after ?? before)?.definition;
  const [a, b] = [place(one), place(other)];
  if (!a || !b || a.file === b.file) return (a?.first ?? 0) - (b?.first ?? 0);
  return a.file < b.file ? -1 : 1;
}

function outcomeOf(roots: readonly RootChange[]): BudgetOutcome {
  const outcomes = roots.flatMap(({ verdicts }) => verdicts.map(({ outcome }) => outcome));
  if (outcomes.includes('broken')) return 'broken';
  return outcomes.includes('uncertain') ? 'uncertain' : 'holds';
}

// --- notes ------------------------------------------------------------------------------------------------------------

const conflictNotes = ({ differences }: Comparison): string[] =>
  differences
    .filter(({ status, path }) => status === 'unmerged' && isPriced(path))
    .map(({ path }) => `${path} is in conflict: it is priced when the conflict is resolved.`);

function fileNotes({ before, after }: PricedStates): string[] {
  const notes = (files: ReadonlyMap<string, PricedFile>, when: string): string[] =>
    [...files.values()].flatMap(({ path, problem }) =>
      problem === null ? [] : [`${path}${when}: ${problem}`],
    );
  return [...notes(before, ' before the change'), ...notes(after, '')];
}
