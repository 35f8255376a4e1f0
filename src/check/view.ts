// A check's differences as the editor shows them: each figure before and after with the sign of its certainty, and what
// it has become more or less, as far as that can be told. Pure; the tree, the marks and the page of changes are made of it.
// Text of the user is passed on as it is: whoever shows it escapes it.

import type { FigureName } from '../price/figures';
import type { Amounts } from './amounts';
import type { LayerChange, RootChange, RootState } from './model';
import type { Direction, FigureChange } from './page-data';
import { boundOf, figureOf, layerWords } from './words';

/** The figures in the order in which they are shown. */
const LABELS: readonly (readonly [name: FigureName, label: string])[] = [
  ['params', 'Parameters'],
  ['fpo', 'FPO, forward'],
  ['memory', 'Inference peak'],
  ['trainable', 'Trainable'],
  ['buffers', 'Buffers'],
  ['weights', 'Weights'],
  ['contraction', 'FPO in contractions'],
  ['macs', 'MACs'],
  ['trainingFpo', 'FPO, training step'],
];

/** The three that a price tag consists of. */
export const MAIN_FIGURES: readonly FigureName[] = ['params', 'fpo', 'memory'];

/** A figure's name in the editor. */
export const figureLabel = (name: FigureName): string => LABELS.find(([each]) => each === name)?.[1] ?? name;

/** All figures of a root on both sides. */
export const figureChanges = (root: RootChange, amounts: Amounts): FigureChange[] =>
  LABELS.map(([name, label]) => ({
    name,
    label,
    before: shown(root.before, name, amounts),
    after: shown(root.after, name, amounts),
    ...differenceOf(root, name, amounts),
  }));

const shown = (state: RootState | null, name: FigureName, amounts: Amounts): string =>
  state === null ? '' : (figureOf(state, name, amounts) ?? 'unknown');

type Difference = Pick<FigureChange, 'change' | 'direction' | 'percent'>;

const UNKNOWN: Difference = { change: '', percent: '', direction: 'unknown' };

/** What is known of a difference; of a figure that misses a part only that it has grown by at least so much. */
function differenceOf({ before, after }: RootChange, name: FigureName, amounts: Amounts): Difference {
  const [then, now] = [before?.figures?.[name] ?? null, after?.figures?.[name] ?? null];
  if (then === null || now === null) return UNKNOWN;
  const bound = boundOf(name, before, after);
  if (bound === 'none' || (bound === 'lower' && now <= then)) return UNKNOWN;
  return signed(name, then, now, amounts, bound === 'lower' ? '≥ ' : '');
}

function signed(name: FigureName, then: number, now: number, amounts: Amounts, least = ''): Difference {
  if (then === now) return { change: '', percent: '', direction: 'same' };
  const sign = now > then ? '+' : '−';
  return {
    change: least + amounts.difference(name, then, now),
    percent: then === 0 ? '' : `${least}${sign}${amounts.share(Math.abs(now - then), then)}`,
    direction: now > then ? 'up' : 'down',
  };
}

/** What a layer has gained or lost of a figure; a layer that is not there costs nothing. */
export function layerDifference(
  { before, after }: LayerChange,
  name: 'fpo' | 'params',
  amounts: Amounts,
): Difference {
  const [then, now] = [before ? before[name] : 0, after ? after[name] : 0];
  return then === null || now === null ? UNKNOWN : signed(name, then, now, amounts);
}

/** `ResNet`, or `Old → New`; an ONNX file is its own name. */
export function rootTitle({ before, after }: RootChange): string {
  const name = (state: RootState | null) => state && (state.id || state.file);
  const [then, now] = [name(before), name(after)];
  return then && now && then !== now ? `${then} → ${now}` : now || then || '';
}

/** `net.py`, or `old.py → net.py`. */
export const rootFile = ({ before, after }: RootChange): string =>
  before && after && before.file !== after.file
    ? `${before.file} → ${after.file}`
    : (after ?? before)?.file || '';

/** What became of a root in a few words, for narrow places: `+12 % FPO · +1.20 M params`, `new · 25.6 M params`. */
export function rootShort(root: RootChange, amounts: Amounts): string {
  const { before, after } = root;
  if (after === null) return 'removed';
  if (after.figures === null) return 'no price';
  const changes = figureChanges(root, amounts);
  const of = (name: FigureName) => changes.find((each) => each.name === name);
  if (before === null) return ['new', of('fpo')?.after, `${of('params')?.after} params`].join(' · ');
  const [fpo, params, memory] = [of('fpo'), of('params'), of('memory')];
  const parts = [
    fpo?.change && `${fpo.percent || fpo.change} FPO`,
    params?.change && `${params.change} params`,
    memory?.change && !fpo?.change && !params?.change && `${memory.change} peak`,
  ].filter((part) => part);
  const moved = root.status === 'moved' || root.status === 'renamed' ? [root.status] : [];
  return [...moved, ...(parts.length > 0 ? parts : ['same price'])].join(' · ');
}

/** A layer's place in the tree; the model's own row has no path. */
export const layerPath = ({ path, pathBefore }: LayerChange): string =>
  pathBefore !== undefined && pathBefore !== path ? `${pathBefore} → ${path}` : path || 'the model itself';

/** `+1.18 M parameters, +231 MFPO`; what costs nothing says so. */
export const layerSummary = (layer: LayerChange, amounts: Amounts): string =>
  layerWords(layer, amounts) || 'same price';

/** Constructor arguments before and after, where they differ: `64, 128 → 64, 256`. */
export function layerArguments({ argumentsBefore, argumentsAfter }: LayerChange): string {
  if (argumentsBefore === undefined || argumentsAfter === undefined || argumentsBefore === argumentsAfter)
    return argumentsAfter ?? argumentsBefore ?? '';
  return `${argumentsBefore} → ${argumentsAfter}`;
}

/** Whether a root costs more, less or the same, by the figures of its price tag; `unknown` where they disagree. */
export function rootDirection(root: RootChange, amounts: Amounts): Direction {
  const directions = figureChanges(root, amounts)
    .filter(({ name }) => MAIN_FIGURES.includes(name))
    .map(({ direction }) => direction)
    .filter((direction) => direction !== 'same');
  const [first] = directions;
  if (first === undefined) return 'same';
  return directions.every((direction) => direction === first) ? first : 'unknown';
}
