// Differences between two layer trees. Children of layers that are the same are matched by name; where names are only
// positions (Sequential, ModuleList), in the order that leaves most of them as they were. What has no match was added or
// removed, with all below it; what only got another name is told apart from both.

import { diffArrays } from 'diff';
import type { LayerRow, ModelReport } from '../price/model-report';
import type { LayerFigures, LayerStatus } from './model';

/** A difference, by the rows of both reports. */
export interface RowChange {
  readonly status: LayerStatus;
  readonly before: LayerRow | null;
  readonly after: LayerRow | null;
  readonly figuresBefore: LayerFigures | null;
  readonly figuresAfter: LayerFigures | null;
  /** Rows that it stands for. */
  readonly count: number;
}

interface Tree {
  readonly rows: readonly LayerRow[];
  readonly children: readonly (readonly number[])[];
  /** Whether FPO are known in full: where a gap ended the run, a layer that was never reached costs nothing only for now. */
  readonly ran: boolean;
}

type Pair = readonly [before: number | null, after: number | null];

/** Differences in price; the largest first. */
export function layerChanges(before: ModelReport, after: ModelReport): RowChange[] {
  const [then, now] = [treeOf(before), treeOf(after)];
  if (then.rows.length === 0 || now.rows.length === 0) return [];
  const changes: RowChange[] = [];
  const open: Pair[] = [[0, 0]];
  for (let pair = open.pop(); pair; pair = open.pop()) {
    const change = rowChange(then, now, pair);
    if (change) changes.push(change);
    const [one, other] = pair;
    if (one !== null && other !== null && change?.status !== 'renamed')
      open.push(...childPairs(then, now, one, other));
  }
  return changes.sort((a, b) => weight(b) - weight(a));
}

function treeOf({ layers, fpo, gaps }: ModelReport): Tree {
  const children: number[][] = layers.map(() => []);
  for (const [id, { parent }] of layers.entries()) children[parent]?.push(id);
  return { rows: layers, children, ran: fpo !== null && gaps.length === 0 };
}

function rowChange(then: Tree, now: Tree, [one, other]: Pair): RowChange | null {
  const before = one === null ? null : (then.rows[one] as LayerRow);
  const after = other === null ? null : (now.rows[other] as LayerRow);
  const ran = then.ran && now.ran;
  if (before && after && otherName(before, after) && same(then, now, one as number, other as number)) {
    return {
      status: 'renamed',
      before,
      after,
      figuresBefore: whole(before, ran),
      figuresAfter: whole(after, ran),
      count: 1,
    };
  }
  if (before && after) {
    const [figuresBefore, figuresAfter] = [own(before, ran), own(after, ran)];
    const alike = figuresBefore.params === figuresAfter.params && figuresBefore.fpo === figuresAfter.fpo;
    return alike ? null : { status: 'changed', before, after, figuresBefore, figuresAfter, count: 1 };
  }
  if (after) {
    const count = size(now, other as number);
    return {
      status: 'added',
      before,
      after,
      figuresBefore: null,
      figuresAfter: whole(after, now.ran),
      count,
    };
  }
  if (!before) return null;
  const count = size(then, one as number);
  return {
    status: 'removed',
    before,
    after,
    figuresBefore: whole(before, then.ran),
    figuresAfter: null,
    count,
  };
}

const own = ({ ownParams, ownFpo }: LayerRow, ran: boolean): LayerFigures => ({
  params: ownParams.total,
  fpo: ran ? ownFpo.total : null,
});

const whole = ({ params, fpo }: LayerRow, ran: boolean): LayerFigures => ({
  params: params.total,
  fpo: ran ? fpo.total : null,
});

const lastName = ({ path }: LayerRow): string => path.slice(path.lastIndexOf('.') + 1);

/** Positions that moved on are no other names. */
const otherName = (before: LayerRow, after: LayerRow): boolean =>
  lastName(before) !== lastName(after) && !/^\d+$/.test(lastName(before) + lastName(after));

const size = (tree: Tree, id: number): number =>
  1 + (tree.children[id] ?? []).reduce((sum, child) => sum + size(tree, child), 0);

/** By how much a layer's difference matters: FPO where they are known, else parameters. */
function weight({ figuresBefore, figuresAfter }: RowChange): number {
  const by = (figure: (figures: LayerFigures) => number | null): number =>
    Math.abs(((figuresAfter && figure(figuresAfter)) ?? 0) - ((figuresBefore && figure(figuresBefore)) ?? 0));
  return by(({ fpo }) => fpo) || by(({ params }) => params);
}

// --- matching ---------------------------------------------------------------------------------------------------------

function childPairs(then: Tree, now: Tree, one: number, other: number): Pair[] {
  const before = then.children[one] ?? [];
  const after = now.children[other] ?? [];
  const positions = [...before.map((id) => then.rows[id]), ...after.map((id) => now.rows[id])];
  const numbered = positions.every((row) => row !== undefined && /^\d+$/.test(lastName(row)));
  return numbered ? inOrder(then, now, before, after) : byName(then, now, before, after);
}

function byName(then: Tree, now: Tree, before: readonly number[], after: readonly number[]): Pair[] {
  const names = new Map(before.map((id) => [lastName(then.rows[id] as LayerRow), id]));
  const pairs: Pair[] = [];
  const added: number[] = [];
  for (const id of after) {
    const name = lastName(now.rows[id] as LayerRow);
    const match = names.get(name);
    names.delete(name);
    if (match === undefined) added.push(id);
    else pairs.push([match, id]);
  }
  return [...pairs, ...renamed(then, now, [...names.values()], added)];
}

/** What is the same but for its name belongs together; the rest came or went. */
function renamed(then: Tree, now: Tree, removed: readonly number[], added: readonly number[]): Pair[] {
  const left = new Set(removed);
  const pairs = added.map((id): Pair => {
    const match = [...left].find((candidate) => same(then, now, candidate, id));
    if (match === undefined) return [null, id];
    left.delete(match);
    return [match, id];
  });
  return [...pairs, ...[...left].map((id): Pair => [id, null])];
}

const same = (then: Tree, now: Tree, one: number, other: number): boolean =>
  signature(then.rows[one] as LayerRow) === signature(now.rows[other] as LayerRow);

const signature = ({ className, arguments: given, params, fpo }: LayerRow): string =>
  [className, given ?? '', params.total, fpo.total].join(' ');

/** Positions: what is the same stays, what stands in the same gap with the same class has changed. */
function inOrder(then: Tree, now: Tree, before: readonly number[], after: readonly number[]): Pair[] {
  const keysOf = (tree: Tree, ids: readonly number[]): string[] =>
    ids.map((id) => signature(tree.rows[id] as LayerRow));
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  let removed: number[] = [];
  let added: number[] = [];
  const settle = (): void => {
    pairs.push(...inGap(then, now, removed, added));
    [removed, added] = [[], []];
  };
  for (const { count = 0, added: isAdded, removed: isRemoved } of diffArrays(
    keysOf(then, before),
    keysOf(now, after),
  )) {
    const [olds, news] = [before.slice(i, i + count), after.slice(j, j + count)];
    if (isRemoved) removed.push(...olds);
    else if (isAdded) added.push(...news);
    else {
      settle();
      pairs.push(...olds.map((id, at): Pair => [id, news[at] as number]));
    }
    if (!isAdded) i += count;
    if (!isRemoved) j += count;
  }
  settle();
  return pairs;
}

/** Pairs of the same class in order. */
function inGap(then: Tree, now: Tree, removed: readonly number[], added: readonly number[]): Pair[] {
  const left = [...removed];
  const pairs = added.map((id): Pair => {
    const at = left.findIndex((one) => then.rows[one]?.className === now.rows[id]?.className);
    return [at < 0 ? null : (left.splice(at, 1)[0] as number), id];
  });
  return [...pairs, ...left.map((id): Pair => [id, null])];
}
