// A check's differences as text to show: each figure before and after with the sign of its certainty, what it has become
// more or less, and the words for roots and layers. Pure; the editor's tree and its page of changes are made of it.
// Text of the user is passed on as it is: whoever shows it escapes it.

import type { Numbers } from '../report/numbers';
import type {
  FigureName,
  Figures,
  LayerChange,
  LayerFigures,
  LayerStatus,
  RootChange,
  RootState,
  RootStatus,
  Trust,
} from './model';

export type Direction = 'down' | 'same' | 'unknown' | 'up';

/** One figure on both sides. */
export interface FigureChange {
  readonly name: FigureName;
  readonly label: string;
  /** `25.6 M`; empty where there is none on that side. */
  readonly before: string;
  readonly after: string;
  /** `+1.20 M`; empty where nothing has changed or a side is missing. */
  readonly change: string;
  /** `+4.7 %`; empty like `change`, and where there was nothing before. */
  readonly percent: string;
  readonly direction: Direction;
  /** After over before, for bars; null where a side is missing. */
  readonly ratio: number | null;
}

type Show = (value: number, numbers: Numbers) => string;

const count: Show = (value, numbers) => numbers.count(value);
const fpo: Show = (value, numbers) => numbers.fpo(value);
const bytes: Show = (value, numbers) => numbers.bytes(value);

/** The figures in the order in which they are shown. */
const FIGURES: readonly (readonly [name: FigureName, label: string, show: Show])[] = [
  ['params', 'Parameters', count],
  ['fpo', 'FPO, forward', fpo],
  ['memory', 'Inference peak', bytes],
  ['trainable', 'Trainable', count],
  ['buffers', 'Buffers', count],
  ['weights', 'Weights', bytes],
  ['contraction', 'FPO in contractions', fpo],
  ['macs', 'MACs', count],
  ['trainingFpo', 'FPO, training step', fpo],
];

/** The three that a price tag consists of. */
export const MAIN_FIGURES: readonly FigureName[] = ['params', 'fpo', 'memory'];

const SIGNS: Readonly<Record<Trust, string>> = { assumed: '~', atLeast: '≥ ', exact: '' };

/** All figures of a root on both sides. */
export const figureChanges = ({ before, after }: RootChange, numbers: Numbers): FigureChange[] =>
  FIGURES.map(([name, label, show]) => ({
    name,
    label,
    before: figureText(before, name, show, numbers),
    after: figureText(after, name, show, numbers),
    ...difference(figureOf(before, name), figureOf(after, name), (value) => show(value, numbers), numbers),
  }));

/** A figure as the label of a budget names it. */
export const figureLabel = (name: FigureName): string => FIGURES.find(([each]) => each === name)?.[1] ?? name;

/** A value of a figure as text: `25.6 M`, `97.5 MiB`. */
export function figureValue(name: FigureName, value: number, numbers: Numbers): string {
  const show = FIGURES.find(([each]) => each === name)?.[2] ?? count;
  return show(value, numbers);
}

const figureOf = (state: RootState | null, name: FigureName): number | null => state?.figures?.[name] ?? null;

function figureText(state: RootState | null, name: FigureName, show: Show, numbers: Numbers): string {
  const value = figureOf(state, name);
  if (value === null) return state === null ? '' : 'unknown';
  return SIGNS[state?.trust?.[name] ?? 'exact'] + show(value, numbers);
}

/** What a figure has become more or less. */
export function difference(
  before: number | null,
  after: number | null,
  show: (value: number) => string,
  numbers: Numbers,
): Pick<FigureChange, 'change' | 'direction' | 'percent' | 'ratio'> {
  if (before === null || after === null)
    return { change: '', percent: '', direction: 'unknown', ratio: null };
  if (before === after) return { change: '', percent: '', direction: 'same', ratio: 1 };
  const sign = after > before ? '+' : '−';
  const size = Math.abs(after - before);
  return {
    change: sign + show(size),
    percent: before === 0 ? '' : sign + numbers.percent(size, before),
    direction: after > before ? 'up' : 'down',
    ratio: before === 0 ? null : after / before,
  };
}

/** `ResNet`, or `Old → New`. */
export const rootTitle = ({ before, after }: RootChange): string =>
  before && after && before.id !== after.id ? `${before.id} → ${after.id}` : (after ?? before)?.id || '';

/** `net.py`, or `old.py → net.py`. */
export const rootFile = ({ before, after }: RootChange): string =>
  before && after && before.file !== after.file
    ? `${before.file} → ${after.file}`
    : (after ?? before)?.file || '';

const STATUS: Readonly<Record<RootStatus, string>> = {
  added: 'new',
  changed: '',
  moved: 'moved',
  removed: 'removed',
  renamed: 'renamed',
  unchanged: 'unchanged',
};

/** What became of a root in a few words: `26.8 M params (+4.7 %) · 9.21 GFPO (+12 %)`, `new · 25.6 M params · …`. */
export function rootSummary(root: RootChange, numbers: Numbers): string {
  const changes = figureChanges(root, numbers);
  const parts = MAIN_FIGURES.map((name) => changes.find((each) => each.name === name)).flatMap((each) =>
    each && isWorthSaying(each, root) ? [summaryOf(each)] : [],
  );
  const words = [STATUS[root.status], ...parts].filter((part) => part !== '');
  if (parts.length === 0 && root.status === 'changed') words.push(unpriced(root) ?? 'same price');
  return words.join(' · ');
}

/** Of a root on both sides what has changed, of one that is new what there is, of one that is gone nothing. */
const isWorthSaying = (each: FigureChange, { before, after }: RootChange): boolean => {
  if (after === null) return false;
  return before === null ? each.after !== 'unknown' && each.name !== 'memory' : each.change !== '';
};

function summaryOf({ name, before, after, change, percent }: FigureChange): string {
  const unit = name === 'params' ? ' params' : name === 'memory' ? ' peak' : '';
  if (before === '') return after + unit;
  return `${after}${unit} (${percent || change})`;
}

const unpriced = ({ before, after }: RootChange): string | undefined =>
  before?.figures && after?.figures ? undefined : 'not priced on both sides';

/** A layer's place in the tree; the model's own row has no path. */
export const layerPath = ({ path, pathBefore }: LayerChange): string =>
  pathBefore !== undefined && pathBefore !== path ? `${pathBefore} → ${path}` : path || 'the model itself';

/** `+1.18 M params · +231 MFPO`; what a layer has gained and lost. */
export function layerSummary(
  { before, after, status, count: layers }: LayerChange,
  numbers: Numbers,
): string {
  const part = (name: keyof LayerFigures, show: Show, unit: string): string => {
    const { change } = difference(
      before?.[name] ?? 0,
      after?.[name] ?? 0,
      (value) => show(value, numbers),
      numbers,
    );
    return change && change + unit;
  };
  const parts = [part('params', count, ' params'), part('fpo', fpo, '')].filter((each) => each !== '');
  const more = layers > 1 ? [numbers.plural(layers, 'layer')] : [];
  return [...more, ...(parts.length > 0 ? parts : [SAME_PRICE[status]])].join(' · ');
}

const SAME_PRICE: Readonly<Record<LayerStatus, string>> = {
  added: 'costs nothing',
  changed: 'same price',
  removed: 'cost nothing',
  renamed: 'same price',
};

/** Constructor arguments before and after, where they differ: `64, 128 → 64, 256`. */
export function layerArguments({ argumentsBefore, argumentsAfter }: LayerChange): string {
  if (argumentsBefore === undefined || argumentsAfter === undefined || argumentsBefore === argumentsAfter)
    return argumentsAfter ?? argumentsBefore ?? '';
  return `${argumentsBefore} → ${argumentsAfter}`;
}

/** Whether a root costs more, less or the same, by the figures of its price tag. */
export function rootDirection(figures: {
  readonly before: Figures | null;
  readonly after: Figures | null;
}): Direction {
  const { before, after } = figures;
  if (before === null || after === null) return 'unknown';
  const differing = [...MAIN_FIGURES, 'weights' as const].filter((name) => before[name] !== after[name]);
  const known = differing.filter((name) => before[name] !== null && after[name] !== null);
  if (known.length === 0) return differing.length === 0 ? 'same' : 'unknown';
  const up = known.filter((name) => (after[name] ?? 0) > (before[name] ?? 0));
  return up.length === known.length ? 'up' : up.length === 0 ? 'down' : 'unknown';
}
