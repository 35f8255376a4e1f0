// How far a figure may be trusted, as signs and as words. A figure is exact, or it carries the assumption or the gap
// that makes it less than exact: `~` stands before what an assumed value decides, `≥` before what misses a part.

import type { InputSource, RootReport } from '../analysis/file-report';
import type { ModelReport } from '../price/model-report';
import { isOfGraph } from './graph';
import type { Numbers } from './numbers';

type Knob = ModelReport['knobs'][number];

export interface Certainty {
  /** Before FPO and memory of activations: '', '~' or '≥ '. */
  readonly sign: string;
  /** Before parameters and bytes of weights. */
  readonly weightSign: string;
  /** Values that were assumed, the inputs among them. */
  readonly assumed: readonly Knob[];
  /** Whether the inputs themselves were assumed. */
  readonly assumedInput: boolean;
  /** Places that could not be followed. */
  readonly gaps: number;
}

/** Names of knobs that shape the inputs and leave parameters alone. */
const INPUT_KNOB = /^(inputs?|batch|image|height|width|sequence|length|tokens|frames)\b/i;

const shapesInput = ({ name }: Knob): boolean => INPUT_KNOB.test(name);

/** What is less than exact about a report. */
export function certaintyOf(report: ModelReport, input: InputSource | null = null): Certainty {
  const assumed = report.knobs.filter(({ source }) => source === 'assumed');
  const assumedInput = input?.kind === 'assumed' || assumed.some(shapesInput);
  const gaps = report.gaps.length;
  const guess = (yes: boolean) => (gaps > 0 ? '≥ ' : yes ? '~' : '');
  return {
    sign: guess(assumedInput || assumed.length > 0),
    // what is assumed of a graph leaves the weights alone that its file holds
    weightSign: guess(!isOfGraph(report) && assumed.some((knob) => !shapesInput(knob))),
    assumed,
    assumedInput,
    gaps,
  };
}

/** Certainty of a root's report; null where there is none. */
export const certaintyOfRoot = ({ report, input }: RootReport): Certainty | null =>
  report === null ? null : certaintyOf(report, input);

/** Assumed values other than the inputs, in short: `assumed num_classes = 10`, `3 assumed values`. */
export function assumptionWords({ assumed }: Certainty, numbers: Numbers): string | undefined {
  const others = assumed.filter((knob) => !shapesInput(knob));
  const [first] = others;
  if (first === undefined) return undefined;
  return others.length === 1 && String(first.value).length <= 16
    ? `assumed ${first.name} = ${knobValue(first)}`
    : numbers.plural(others.length, 'assumed value');
}

/** `2 gaps`, or nothing. */
export const gapWords = ({ gaps }: Certainty, numbers: Numbers): string | undefined =>
  gaps === 0 ? undefined : numbers.plural(gaps, 'gap');

/** A knob's value as Python would write it. */
export function knobValue({ value }: Knob): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'object' ? `(${value.join(', ')})` : String(value);
}

/** `num_classes = 10 (assumed: reason)` without markup. */
export function knobSentence(knob: Knob): string {
  const { name, source, reason } = knob;
  const words = reason.startsWith(source)
    ? reason
    : [source, reason].filter((part) => part !== '').join(': ');
  return `${name} = ${knobValue(knob)} (${words})`;
}

/** `reason (4 times)` without markup. */
export const gapSentence = ({ reason, count }: ModelReport['gaps'][number], numbers: Numbers): string =>
  count > 1 ? `${reason} (${numbers.plural(count, 'time')})` : reason;
