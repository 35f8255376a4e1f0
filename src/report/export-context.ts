// What every export has in common: where a place is, which convention the figures follow, and the rows of the price tag.

import { LineIndex } from '../base/lines';
import type { Site } from '../base/site';
import type { ModelReport } from '../price/model-report';
import { certaintyOf, gapSentence, knobSentence } from './certainty';
import { largest } from './layers';
import { createNumbers, type Numbers } from './numbers';
import { crosses, named } from './shapes';

export interface ExportContext {
  /** The text of a file, to give line numbers; without it places are files alone. */
  readonly fileText?: (file: string) => string | undefined;
}

/** Exports read the same everywhere: English, whatever the locale. */
export const exportNumbers = (): Numbers => createNumbers('en-US');

/** One line of the price tag: what, the exact figure, and the figure as it is quoted. */
export interface TagRow {
  readonly what: string;
  readonly exact: string;
  readonly short: string;
}

/** The price tag of a model, one figure a row; a figure that is not known says so. */
export function tagRows(report: ModelReport, numbers: Numbers): TagRow[] {
  const { fpo, training, memory, params, buffers } = report;
  const { sign, weightSign } = certaintyOf(report);
  const counted = (what: string, value: number | null, mark: string, show: (value: number) => string) =>
    row(what, value, mark, numbers.exact, show);
  return [
    counted('Parameters', params.total, weightSign, numbers.count),
    ...(params.trainable === params.total
      ? []
      : [counted('of these trainable', params.trainable, weightSign, numbers.count)]),
    ...(buffers === 0 ? [] : [counted('Buffer elements', buffers, weightSign, numbers.count)]),
    counted('FPO, forward', fpo?.total ?? null, sign, numbers.fpo),
    counted('of these in contractions', fpo?.contraction ?? null, sign, numbers.fpo),
    counted('MACs', fpo === null ? null : fpo.contraction / 2, sign, (macs) => numbers.macs(2 * macs)),
    ...(training.fpo === null ? [] : [counted('FPO, training step', training.fpo.total, sign, numbers.fpo)]),
    counted('Weights, bytes', memory.weights, weightSign, numbers.bytes),
    counted('Inference peak, bytes', memory.inferencePeak, sign, numbers.bytes),
    ...(memory.savedForBackward === null
      ? []
      : [counted('Saved for backward, bytes', memory.savedForBackward, sign, numbers.bytes)]),
  ];
}

function row(
  what: string,
  value: number | null,
  sign: string,
  exact: (value: number) => string,
  short: (value: number) => string,
): TagRow {
  if (value === null) return { what, exact: 'unknown', short: 'unknown' };
  return { what, exact: sign + exact(value), short: sign + short(value) };
}

/** What the figures mean, in sentences. */
export const convention = (report: ModelReport): string[] => [
  'FPO = floating-point operations: additions and multiplications, counted one each; 1 MAC = 2 FPO.',
  `FPO of one forward pass in evaluation mode, ${batchWords(report)}.`,
];

function batchWords({ inputs, knobs }: ModelReport): string {
  const batch = knobs.find(({ name }) => name === 'batch');
  if (batch !== undefined) return `batch ${batch.value}`;
  const [first] = inputs;
  const size = first?.shape[0];
  return size === undefined ? 'on the inputs given' : `batch ${size} (first dimension of the input)`;
}

/** `x (1, 3, 224, 224) float32` for each tensor; `none` where there are none. */
export const tensorLines = (types: ModelReport['inputs']): string =>
  types.length === 0 ? 'none' : types.map(named).join('; ');

/** Knobs and gaps as sentences, each with its place. */
export function caveatLines(report: ModelReport, context: ExportContext, numbers: Numbers): CaveatLines {
  const place = places(context);
  const at = (site: Site | undefined) => (site === undefined ? '' : ` [${place(site)}]`);
  return {
    knobs: report.knobs.map((knob) => knobSentence(knob) + at(knob.site)),
    gaps: report.gaps.map((gap) => gapSentence(gap, numbers) + at(gap.stack.at(-1))),
  };
}

export interface CaveatLines {
  readonly knobs: readonly string[];
  readonly gaps: readonly string[];
}

/** Names places as `file.py:12`. */
export function places(context: ExportContext): (site: Site) => string {
  const lineOf = lineNumbers(context);
  return (site) => {
    const line = lineOf(site);
    return line === undefined ? site.file : `${site.file}:${line}`;
  };
}

/** Line numbers (from 1) of sites, where the text is at hand; each file's lines are found once. */
export function lineNumbers({ fileText }: ExportContext): (site: Site) => number | undefined {
  const indices = new Map<string, LineIndex | undefined>();
  return ({ file, start }) => {
    if (!indices.has(file)) {
      const text = fileText?.(file);
      indices.set(file, text === undefined ? undefined : new LineIndex(text));
    }
    const line = indices.get(file)?.lineOf(start);
    return line === undefined ? undefined : line + 1;
  };
}

/** A layer of the tables. */
export interface LayerLine {
  readonly path: string;
  readonly layer: string;
  readonly params: string;
  readonly fpo: string;
  readonly share: string;
  readonly output: string;
}

/** What the largest layers are the largest of. */
export const measureWords = ({ fpo }: ModelReport): string => (fpo === null ? 'parameters' : 'FPO');

/** The layers that cost most, each with what it does itself. */
export function layerLines(report: ModelReport, most: number, numbers: Numbers): LayerLine[] {
  return largest(report, most).map((layer) => ({
    path: layer.path === '' ? '(itself)' : layer.path,
    layer: layer.className,
    params: numbers.exact(layer.ownParams.total),
    fpo: report.fpo === null ? 'unknown' : numbers.fpo(layer.ownFpo.total),
    share: report.fpo === null ? 'unknown' : numbers.percent(layer.ownFpo.total, report.fpo.total),
    output: crosses(layer.outputs),
  }));
}
