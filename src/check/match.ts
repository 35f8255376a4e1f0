// Which root after a change is which before it. First those of the same name in the same file (or in the file that git
// says it was renamed from); then those of the same name in another file; then those whose definition is the same but for
// its name, or nearly so.

import type { RootReport } from '../analysis/file-report';

/** A root with the text of its definition. */
export interface Located {
  /** Relative to the top folder. */
  readonly file: string;
  readonly root: RootReport;
  readonly body: string;
}

export interface Match {
  readonly before: Located | null;
  readonly after: Located | null;
}

/** From how alike definitions are taken for the same: one that kept its name may have changed more. */
const SAME_NAME = 0.3;
const OTHER_NAME = 0.6;
/** Beyond this many pairs only definitions that are the same to the letter are found again. */
const MOST_PAIRS = 10_000;

/** `fileBefore` is where a file was before: its own path, unless it was renamed. */
export function matchRoots(
  before: readonly Located[],
  after: readonly Located[],
  fileBefore: (file: string) => string,
): Match[] {
  const left = new Set(before);
  const matches = new Map<Located, Located>();
  const take = (now: Located, then: Located | undefined): void => {
    if (then === undefined) return;
    matches.set(now, then);
    left.delete(then);
  };
  const byPlace = new Map(before.map((one, at) => [placeKey(one.file, one.root.id, before, at), one]));
  for (const [at, now] of after.entries())
    take(now, byPlace.get(placeKey(fileBefore(now.file), now.root.id, after, at)));
  const open = (): Located[] => after.filter((now) => !matches.has(now) && now.root.id !== '');
  const sameName = (now: Located, then: Located): boolean => now.root.id === then.root.id;
  for (const now of open()) take(now, likest(now, [...left], sameName, SAME_NAME));
  const few = open().length * left.size <= MOST_PAIRS;
  for (const now of open())
    take(
      now,
      likest(now, [...left], () => true, few ? OTHER_NAME : 1),
    );
  return [
    ...after.map((now) => ({ before: matches.get(now) ?? null, after: now })),
    ...[...left].map((then) => ({ before: then, after: null })),
  ];
}

/** A file may define a name more than once: the first is matched with the first. */
function placeKey(file: string, id: string, all: readonly Located[], at: number): string {
  const own = all[at]?.file;
  const earlier = all.slice(0, at).filter((one) => one.file === own && one.root.id === id).length;
  return [file, id, earlier].join('\0');
}

/** The one that is most alike; of equals the one in the same file. */
function likest(
  now: Located,
  candidates: readonly Located[],
  fits: (now: Located, then: Located) => boolean,
  least: number,
): Located | undefined {
  let best: Located | undefined;
  let most = least;
  for (const then of candidates) {
    if (then.root.kind !== now.root.kind || then.root.id === '' || !fits(now, then)) continue;
    const alike =
      least === 1 ? Number(neutral(now) === neutral(then)) : likeness(neutral(now), neutral(then));
    const closer = alike > most || (alike === most && (best === undefined || then.file === now.file));
    if (closer) [best, most] = [then, alike];
  }
  return best;
}

/** The definition with its own name left blank. */
function neutral({ root, body }: Located): string {
  const name = root.id.replace(/\(\)$/, '');
  return body.replaceAll(new RegExp(`(?<![\\w.])${escaped(name)}(?!\\w)`, 'g'), '_');
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

/** The share of text that two definitions have in common, by lines: 0 to 1. */
export function likeness(one: string, other: string): number {
  const lines = (text: string): string[] =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean);
  const counts = new Map<string, number>();
  for (const line of lines(one)) counts.set(line, (counts.get(line) ?? 0) + 1);
  let common = 0;
  for (const line of lines(other)) {
    const count = counts.get(line) ?? 0;
    if (count > 0) common += line.length;
    counts.set(line, count - 1);
  }
  const length = (text: string): number => lines(text).reduce((sum, line) => sum + line.length, 0);
  const all = length(one) + length(other);
  return all === 0 ? 1 : (2 * common) / all;
}
